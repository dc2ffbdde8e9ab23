package lang

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// hostile are texts that could make a parser overflow its stack, hang or answer
// with a thousand messages. Each is big enough for anything quadratic to show.
func hostile() map[string]string {
	const size = 1 << 17
	fill := func(piece string) string { return strings.Repeat(piece, size/len(piece)) }
	in := func(body string) string { return "outcomes deny\npolicy p {\n" + body + "\n}\n" }
	texts := map[string]string{
		"brackets in a rule":     in("deny when " + strings.Repeat("(", size/2) + "a" + strings.Repeat(")", size/2)),
		"nested sections":        strings.Repeat("policy p { ", 1) + fill("section s { "),
		"a comment above":        fill("# comment\n") + "use a\n",
		"names on one line":      "group G of K: a" + fill(", b"),
		"long name":              fill("abcdefgh"),
		"long number":            fill("12345678"),
		"alternatives":           in("deny a" + fill(", b") + " to any"),
		"list":                   "term a: b in (1" + fill(", 2") + ")",
		"attributes":             "kind K {\n" + fill("a: b | c\n") + "}",
		"choices":                "kind K = a" + fill(" | b"),
		"broken attributes":      "kind K {\n" + fill("a b | c\n") + "}",
		"broken rules":           in(fill("deny to\n")),
		"broken rules on a line": in(fill("deny to unless ")),
		"broken heads":           in(fill("section s whn ")),
		"facts":                  "test \"t\" {\n given a = 1" + fill(", b = 2") + "\n}",
		"broken tests":           fill("test \"t\" { given = }\n"),
		"empty lines":            fill("\n"),
		"carriage returns":       fill("\r"),
		"outcomes":               "outcomes a" + fill(" > b") + "\npolicy p {\n" + fill("dny x\n") + "}",
	}
	for _, piece := range []string{
		"(", ")", "{", "}", "not ", "- ", "a or ", "a and (", "a implies ", "some p in l has ", "set of ", "x: set of ", "policy a b ", "policy a b { ", "use a ", "use ", "‘", "“a", "'a ",
		"\"", "\\", "# c\n", "deny ", ": ", "a: ", "section s x ", "test ", "test \"x\" ", "to ", "1 ", "1993-09-27", "1993-1-", ".", "..", "a.", "a(", "f(a, ", "at least 1 of (", "\xff", "\xff a ", "é", "\u202e", "\u200b",
		"/*", "//", ";", "@", "& ", "term a: ", "term a: b\n", "group g of k: ", "claim \"c\": ", "unit a = ", "role to ", "expect ", "outcomes a > ", "kind K { ", "any of ", "in (", "\"\\u{", "1_", "open term ", "polcy p { ", "|", "?",
	} {
		texts[fmt.Sprintf("%q again and again", piece)] = fill(piece)
		texts[fmt.Sprintf("%q in a term", piece)] = "term a: " + fill(piece)
		texts[fmt.Sprintf("%q in a rule", piece)] = in("deny x when " + fill(piece))
	}
	return texts
}

func TestHostileTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const limit = 20 * time.Second // on a busy machine; what is quadratic takes hours
	for name, text := range hostile() {
		start := time.Now()
		file, ds := Parse(context.Background(), "hostile.ctl", text)
		if took := time.Since(start); took > limit {
			t.Errorf("%s: parsing took %v", name, took)
		}
		sound(t, text, file, ds)
		if len(ds) == 0 {
			start = time.Now()
			once, _ := formatted(t, text)
			if took := time.Since(start); took > limit {
				t.Errorf("%s: formatting took %v", name, took)
			}
			if again, _ := formatted(t, once); again != once {
				t.Errorf("%s: formatting is not stable", name)
			}
		}
	}
}

func TestNestingIsReportedOnce(t *testing.T) {
	for _, c := range []struct{ text, code string }{
		{"term a: " + strings.Repeat("(", 10_000) + "b" + strings.Repeat(")", 10_000), "E0009"},
		{"term a: " + strings.Repeat("not ", 10_000) + "b", "E0009"},
		{"term a: b" + strings.Repeat(" and b", 10_001), "E0117"},
		{"kind K { a: " + strings.Repeat("set of ", 10_000) + "b }", "E0009"},
	} {
		_, ds := Parse(context.Background(), "deep.ctl", c.text)
		if len(ds) != 1 || string(ds[0].Code) != c.code {
			t.Errorf("%.30s…: %v", c.text, ds)
		}
	}
}

func TestManyProblemsAreCounted(t *testing.T) {
	_, ds := Parse(context.Background(), "many.ctl", strings.Repeat("@\n", 1000))
	if len(ds) != mostProblems {
		t.Fatalf("%d diagnostics", len(ds))
	}
	last := ds[len(ds)-1]
	if len(last.Notes) != 1 || last.Notes[0].Text != "900 more problems in this file are not shown" {
		t.Errorf("the last one says %+v", last.Notes)
	}
}
