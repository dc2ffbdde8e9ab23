package tests

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// TestSpec runs every example of the language's specification.
func TestSpec(t *testing.T) { runDocument(t, "../SPEC.md") }

// TestReadme runs every example of the project's first page.
func TestReadme(t *testing.T) { runDocument(t, "../README.md") }

// block is a fenced block of a document: its first line is the language and what
// stands behind it (ctl slv.ctl, ctl-error E0303, console, go).
type block struct {
	kind, arg  string
	text       string
	line       int // of its first line of text, in the document
	start, end int // of the text, in bytes
}

// blocks finds the fenced blocks of a document.
func blocks(doc string) []block {
	var out []block
	var open *block
	at := 0
	for i, line := range strings.SplitAfter(doc, "\n") {
		switch fence, isFence := strings.CutPrefix(strings.TrimRight(line, "\r\n"), "```"); {
		case isFence && open == nil:
			kind, arg, _ := strings.Cut(fence, " ")
			open = &block{kind: kind, arg: strings.TrimSpace(arg), line: i + 2, start: at + len(line)}
		case isFence:
			open.end = at
			open.text = doc[open.start:open.end]
			out = append(out, *open)
			open = nil
		}
		at += len(line)
	}
	return out
}

// runDocument runs the blocks of a document, in one folder and one after another. With
// -update it writes the true output into the console blocks.
func runDocument(t *testing.T, name string) {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	d := &document{dir: t.TempDir(), files: fstest.MapFS{}}
	var updated strings.Builder
	done, ran := 0, 0
	for _, b := range blocks(doc) {
		updated.WriteString(doc[done:b.start])
		text := b.text
		t.Run(fmt.Sprintf("line_%d_%s", b.line, b.kind), func(t *testing.T) {
			ran++
			switch b.kind {
			case "ctl":
				d.ruleFile(t, b)
			case "ctl-error":
				d.wrongFile(t, b)
			case "console":
				text = d.console(t, b)
			case "go":
				d.goProgram(t, b)
			default:
				d.dataFile(t, b)
			}
		})
		updated.WriteString(text)
		done = b.end
	}
	updated.WriteString(doc[done:])
	if ran == 0 {
		t.Error("the document has no examples")
	}
	if *update && updated.String() != doc {
		if err := os.WriteFile(name, []byte(updated.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// document is the folder in which the examples of a document run.
type document struct {
	dir   string
	files fstest.MapFS
}

// ruleFile is a whole file that checks without an error and whose tests pass.
func (d *document) ruleFile(t *testing.T, b block) {
	name := b.arg
	if name == "" {
		name = "example.ctl"
		d.files[name] = &fstest.MapFile{Data: []byte(b.text)}
	}
	d.dataFile(t, b)
	prog, err := interp.Options{OpenGroups: true}.Load(context.Background(), d.files, name)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range prog.Warnings() {
		t.Error(w)
	}
	for _, test := range prog.Tests() {
		for _, f := range test.Run(t.Context()).Failures {
			t.Errorf("%s: %s: %s", test.Site().String(), test.Name, f)
		}
	}
}

// dataFile is a block that stands for a file, if it has a name: blocks behind it use it.
func (d *document) dataFile(t *testing.T, b block) {
	if b.arg == "" {
		return
	}
	d.files[b.arg] = &fstest.MapFile{Data: []byte(b.text)}
	if err := os.WriteFile(filepath.Join(d.dir, b.arg), []byte(b.text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// wrongFile is a whole file whose first problem has a certain code.
func (d *document) wrongFile(t *testing.T, b block) {
	d.files["wrong.ctl"] = &fstest.MapFile{Data: []byte(b.text)}
	c := code.Code(b.arg)
	prog, err := interp.Load(context.Background(), d.files, "wrong.ctl")
	ds, _ := err.(lang.Diagnostics)
	switch {
	case prog != nil && strings.HasPrefix(b.arg, "W02"):
		ds = lints(c, d.files, "wrong.ctl")
	case prog != nil:
		ds = prog.Warnings()
	}
	if first := firstOf(ds, c.Severity()); first == nil || first.Code != c {
		t.Errorf("want %s, got %v", c, ds)
	}
}

// console is a dialogue with a shell: lines that begin with $ are commands, and what
// stands behind each is its output. The result is the dialogue as it truly is.
func (d *document) console(t *testing.T, b block) string {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell")
	}
	var truth strings.Builder
	for _, line := range strings.SplitAfter(b.text, "\n") {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		truth.WriteString(line)
		command = strings.ReplaceAll(strings.TrimSpace(command), "go run ./cmd/ctl ", "ctl ")
		cmd := exec.Command(sh, "-c", command)
		cmd.Dir = d.dir
		out, err := cmd.CombinedOutput()
		var ee *exec.ExitError
		if err != nil && (!errors.As(err, &ee) || ee.ExitCode() > 3) {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
		truth.Write(out)
		if len(out) > 0 && !bytes.HasSuffix(out, []byte("\n")) {
			truth.WriteString("\n")
		}
	}
	if diff := cmp.Diff(b.text, truth.String()); diff != "" && !*update {
		t.Errorf("the document differs from the truth (rewrite it with -update):\n%s", diff)
	}
	return truth.String()
}

// goProgram is a whole program, whose last lines say in a comment what it prints. It runs
// in the document's folder, together with the Go files that are there.
func (d *document) goProgram(t *testing.T, b block) {
	program, want, ok := strings.Cut(b.text, "\n// Output:\n")
	if !ok {
		t.Fatal("the program does not say what it prints: // Output:")
	}
	source := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(source, []byte(program), 0o666); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	// The program stands in this module without being a file of it.
	files := map[string]string{filepath.Join(root, "tests", "example", "main.go"): source}
	beside, err := filepath.Glob(filepath.Join(d.dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range beside {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files[filepath.Join(root, "tests", "example", filepath.Base(name))] = name
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": files})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(file, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(t.TempDir(), "example.exe")
	build := exec.Command("go", "build", "-overlay", file, "-o", binary, "./tests/example")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := exec.Command(binary)
	run.Dir = d.dir
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if diff := cmp.Diff(comment(want), string(out)); diff != "" {
		t.Error(diff)
	}
	if laidOut, err := format.Source([]byte(program)); err != nil || string(laidOut) != program {
		t.Error("the program is not laid out by gofmt")
	}
}

// comment is the text of // comments.
func comment(text string) string {
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " ") + "\n")
	}
	return b.String()
}
