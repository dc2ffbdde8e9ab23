package lang

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/lang/code"
)

// seeds are the files of testdata, for the fuzzers to start from.
func seeds(f *testing.F) {
	f.Helper()
	for _, pattern := range []string{"testdata/*.ctl", "testdata/mistakes/*.ctl"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal("no seeds", err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			for _, part := range strings.SplitAfter(string(text), "\n}\n") {
				f.Add(part)
			}
		}
	}
}

// sound checks what holds for the answer of Parse whatever the text is.
func sound(t fataler, text string, file *File, ds Diagnostics) {
	t.Helper()
	if len(ds) > mostProblems {
		t.Fatalf("%d diagnostics", len(ds))
	}
	for _, d := range ds {
		if d.Span.Start > d.Span.End || int(d.Span.End) > len(text) {
			t.Fatalf("%v: span %v", d, d.Span)
		}
		for _, dump := range []string{"(?", "<ident>", "unexpected token", "%!", "``"} {
			if dump == "``" && strings.Contains(text, "`") {
				continue // one of them is the author's
			}
			if strings.Contains(d.Message, dump) && !strings.Contains(text, dump) {
				t.Fatalf("the message is not for authors: %v", d)
			}
		}
	}
	end := uint32(0)
	for _, d := range file.Decls {
		r := d.Range()
		if r.Start < end || r.End <= r.Start || int(r.End) > len(text) {
			t.Fatalf("%T at %v, behind %d", d, r, end)
		}
		end = r.End
		within(t, d)
	}
}

func FuzzParse(f *testing.F) {
	seeds(f)
	f.Add("\"t\" under p\"{ \\`")
	f.Fuzz(func(t *testing.T, text string) {
		file, ds := Parse(context.Background(), "fuzz.ctl", text)
		sound(t, text, file, ds)
		ParseExpr("fuzz", text)
		ParseFact("fuzz", text)
	})
}

func FuzzFormat(f *testing.F) {
	seeds(f)
	f.Add("policy A{repeal}")
	f.Add("policy A{A repeal \nA:A}")
	f.Fuzz(func(t *testing.T, text string) {
		file, ds := Parse(context.Background(), "fuzz.ctl", text)
		if len(ds) > 0 {
			return
		}
		once := Format(file)
		again, ds := Parse(context.Background(), "once.ctl", once)
		if len(ds) > 0 {
			t.Fatalf("the formatted text has mistakes: %v\n%s", ds, once)
		}
		if a, b := dump(file), dump(again); a != b {
			t.Fatalf("the tree changes: %s\n%s", cmp.Diff(a, b), once)
		}
		if twice := Format(again); once != twice {
			t.Fatalf("formatting twice changes the text: %s", firstDifference(once, twice))
		}
		if diff := cmp.Diff(commentsOf(text), commentsOf(once)); diff != "" {
			t.Fatalf("the comments change: %s", diff)
		}
	})
}

// FuzzCell reads cells in the middle of a text: without panic, and with all places within the cell
// or at its ends.
func FuzzCell(f *testing.F) {
	for _, text := range []string{"I, II", "not III", ">= 5000 eur and < 6 km", "1 .. 2, 5", "in Denied, not in B", `like "9A*", "x"`, "under 9A5", "not (a, b)", "any", "is not x", "a/1, b", "2025-02-30", "(((", "in", "#", "within 3 days before as_of", "has x implies y"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		const before, after = "a,b\nx,", ",y\n"
		c := Cell{NewSource("t.csv", before+text+after), Span{uint32(len(before)), uint32(len(before) + len(text))}}
		of := &Ref{Span: c.Span, Path: []Name{{Text: "item"}, {Text: "value"}}}
		var all Diagnostics
		took := func(ds Diagnostics) { all = append(all, ds...) }
		x, ds := c.Condition()
		took(ds)
		if x != nil && (x.Range().Start < c.Span.Start || x.Range().End > c.Span.End) {
			t.Errorf("the condition stands at %v, and the cell at %v", x.Range(), c.Span)
		}
		_, ds = c.Test(of)
		took(ds)
		_, ds = c.Phrase()
		took(ds)
		_, ds = c.Path()
		took(ds)
		_, ds = c.Labels()
		took(ds)
		_, ds = c.Date()
		took(ds)
		_, ds = c.Name("a name", code.RuleExpected)
		took(ds)
		for _, d := range all {
			if d.Span.Start > d.Span.End || int(d.Span.End) > len(c.Source.Text) {
				t.Errorf("%v", d)
			}
		}
	})
}
