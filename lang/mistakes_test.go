package lang

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestMistakes compares the messages for files with mistakes with golden ones.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/mistakes/*.ctl")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file, ds := Parse(context.Background(), filepath.Base(name), string(text))
			got := messages(ds) + "---\n" + outline(file)
			golden := strings.TrimSuffix(name, ".ctl") + ".want"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
			checkFixes(t, string(text), ds)
		})
	}
}

// messages are the diagnostics with their notes, a line each.
func messages(ds Diagnostics) string {
	var b strings.Builder
	for _, d := range ds {
		fmt.Fprintln(&b, d)
		for _, n := range d.Notes {
			where := ""
			if n.Source != nil {
				where = n.Source.Place(n.Span.Start) + ": "
			}
			fmt.Fprintf(&b, "  %s%s\n", where, n.Text)
		}
	}
	return b.String()
}

// outline names what has been read in spite of the mistakes.
func outline(file *File) string {
	var b strings.Builder
	for _, d := range file.Decls {
		fmt.Fprint(&b, strings.TrimPrefix(fmt.Sprintf("%T", d), "*lang."))
		switch d := d.(type) {
		case *Policy:
			fmt.Fprintf(&b, " %s:", d.Name.Text)
			for _, i := range d.Items {
				words := strings.Fields(file.Source.Slice(i.Range()))
				fmt.Fprintf(&b, " [%s]", strings.Join(words[:min(3, len(words))], " "))
			}
		case *Kind:
			fmt.Fprintf(&b, " %s:", d.Name.Text)
			for _, a := range d.Attrs {
				fmt.Fprintf(&b, " %s", a.Name.Text)
			}
		case *Term:
			fmt.Fprintf(&b, " %s", d.Name.Text)
		case *Test:
			fmt.Fprintf(&b, " %d given, %d expected", len(d.Given), len(d.Expect))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// checkFixes applies every fix by itself: the problem must be gone.
func checkFixes(t *testing.T, text string, ds Diagnostics) {
	t.Helper()
	for _, d := range ds {
		if d.Fix == nil {
			continue
		}
		fixed := text[:d.Fix.Span.Start] + d.Fix.Replacement + text[d.Fix.Span.End:]
		_, after := Parse(context.Background(), "fixed", fixed)
		for _, a := range after {
			if a.Code == d.Code && a.Span.Start == d.Span.Start {
				t.Errorf("%v: the fix gives %v", d, a)
			}
		}
	}
}

func TestFiveMistakesGiveFiveMessages(t *testing.T) {
	text, err := os.ReadFile("testdata/mistakes/five.ctl")
	if err != nil {
		t.Fatal(err)
	}
	file, ds := Parse(context.Background(), "five.ctl", string(text))
	if len(ds) != 5 {
		t.Errorf("%d messages:\n%v", len(ds), ds)
	}
	for _, d := range file.Decls {
		p, ok := d.(*Policy)
		if !ok {
			continue
		}
		whole := slices.DeleteFunc(slices.Clone(p.Items), Item.Unfinished)
		if len(p.Items) != 6 || len(whole) != 4 { // bad2 is taken for what it is near to
			t.Errorf("%d items are read, %d of them to their end", len(p.Items), len(whole))
		}
	}
}
