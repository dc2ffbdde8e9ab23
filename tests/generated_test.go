package tests

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/lang"
)

// TestGenerated holds the parts of SPEC.md that are made from the source equal to
// it: the grammar, and the list of the codes. With -update it writes them.
func TestGenerated(t *testing.T) {
	const name = "../SPEC.md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	want := between(t, doc, "<!-- grammar:begin -->\n", "<!-- grammar:end -->", "```ebnf\n"+strings.TrimSpace(lang.Grammar())+"\n```\n")
	want = between(t, want, "<!-- codes:begin -->\n", "<!-- codes:end -->", codeList(t))
	if want == doc {
		return
	}
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("SPEC.md is behind the source; run this test with -update\n%s", cmp.Diff(doc, want))
}

// between puts text in the place of what stands between two marks.
func between(t *testing.T, doc, begin, end, text string) string {
	t.Helper()
	from := strings.Index(doc, begin)
	to := strings.Index(doc, end)
	if from < 0 || to < from {
		t.Fatalf("SPEC.md lacks %s ... %s", strings.TrimSpace(begin), end)
	}
	return doc[:from+len(begin)] + text + doc[to:]
}

// codeList is every code with what it means and an example of it, which TestCodes runs.
func codeList(t *testing.T) string {
	var b strings.Builder
	for _, c := range codes(t) {
		says, _, _ := strings.Cut(strings.TrimPrefix(c.says, c.name+" "), "\n\nExample")
		fmt.Fprintf(&b, "**%s** %s\n\n", c.code, strings.TrimSpace(says))
		if c.example != "" && len(c.example) <= 400 && printable(c.example) {
			fmt.Fprintf(&b, "```text\n%s\n```\n\n", strings.Trim(c.example, "\n"))
		}
	}
	return b.String()
}

// printable says whether an example can stand in a document as it is.
func printable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) || r == unicode.ReplacementChar }) < 0
}
