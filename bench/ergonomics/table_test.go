package ergonomics

import (
	"flag"
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of docs/embedding.md")

// tasks are the twelve, by the names of their files; rules is what all of them rest on.
var tasks = []struct{ file, name string }{
	{"rules", "the rules, and loading them"},
	{"decide", "decide by facts that come one by one"},
	{"why", "why: the rules that decide, and their facts"},
	{"missing", "list the missing facts that matter"},
	{"own_function", "a function of the program, which may fail"},
	{"group", "a group from a database"},
	{"reload", "rules that change while it runs"},
	{"batch", "many cases on all cores"},
	{"struct", "decide by a struct with facts that may be missing"},
	{"json", "JSON in and out, mistakes refused"},
	{"test", "three tests of the rules"},
	{"metrics", "count the decisions by outcome"},
	{"ui", "rules and questions for a page"},
}

const (
	tableBegins = "<!-- from bench/ergonomics: go test ./ergonomics -update -->\n"
	tableEnds   = "<!-- to here -->\n"
)

// TestTable holds the table in docs/embedding.md to the lines as they are counted here.
func TestTable(t *testing.T) {
	const page = "../../docs/embedding.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), tableBegins)
	old, after, ends := strings.Cut(rest, tableEnds)
	if !found || !ends {
		t.Fatal("the table has no place in the page")
	}
	now := table(t)
	if *update {
		if err := os.WriteFile(page, []byte(before+tableBegins+now+tableEnds+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if old != now {
		t.Errorf("the table is another now: run this test with -update\n%s", now)
	}
}

func table(t *testing.T) string {
	var b strings.Builder
	b.WriteString("\n| lines |")
	for _, e := range engines {
		fmt.Fprintf(&b, " %s |", e.name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(engines)) + "\n")
	sums := make([]int, len(engines))
	row := func(name string, lines func(i int) int) {
		fmt.Fprintf(&b, "| %s |", name)
		for i := range engines {
			fmt.Fprintf(&b, " %d |", lines(i))
		}
		b.WriteString("\n")
	}
	for _, task := range tasks {
		row(task.name, func(i int) int {
			n := linesOf(t, engines[i].folder, task.file)
			sums[i] += n
			return n
		})
	}
	row("together", func(i int) int { return sums[i] })
	b.WriteString("\n")
	for _, s := range surprises {
		fmt.Fprintf(&b, "- **%s**: %s\n", s.engine, s.text)
	}
	b.WriteString("\n")
	return b.String()
}

// linesOf counts the lines of a task's files: of Go those with code on them, without the package
// and the imports; of rules those that are neither blank nor a comment.
func linesOf(t *testing.T, folder, file string) int {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, file+".*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no %s in %s: %v", file, folder, err)
	}
	lines := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(name) == ".go" {
			lines += linesOfGo(name, text)
			continue
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				lines++
			}
		}
	}
	return lines
}

func linesOfGo(name string, text []byte) int {
	file := token.NewFileSet().AddFile(name, -1, len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, 0)
	lines := map[int]bool{}
	head := true // the package or an import
	for {
		pos, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return len(lines)
		case token.PACKAGE, token.IMPORT:
			head = true
			continue
		case token.FUNC, token.TYPE, token.VAR, token.CONST:
			head = false
		case token.SEMICOLON:
			if lit == "\n" {
				continue
			}
		}
		if !head {
			for i := range strings.Count(lit, "\n") + 1 {
				lines[file.Line(pos)+i] = true
			}
		}
	}
}
