package interp_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

// TestBounds loads and decides programs that are made to take too long.
func TestBounds(t *testing.T) {
	const head = "outcomes deny > permit\nkind P = text\nkind Item { a: bool  b: bool }\nrole item: Item\nrole to party: P\n"
	var doubled, deep, reversed, amended, joined strings.Builder
	for i := 1; i < 80; i++ {
		fmt.Fprintf(&doubled, "term t%d of Item: (t%d or b) and (t%d or not b)\n", i, i-1, i-1)
	}
	for i := 1; i < 3000; i++ {
		fmt.Fprintf(&deep, "term t%d of Item: t%d\n", i, i-1)
		fmt.Fprintf(&reversed, "term t%d of Item: t%d\n", 3000-i, 2999-i)
		fmt.Fprintf(&amended, "policy p%d amends p%d { }\n", 3000-i, 2999-i)
		fmt.Fprintf(&joined, "group g%d of P: g%d, \"y%d\"\n", i, i-1, i)
	}
	var many strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&many, "\"x%d\", ", i)
	}
	for _, row := range []struct{ name, text, want string }{
		{"doubled terms", head + "term t0 of Item: a\n" + doubled.String() + "policy p0 { deny when t79 otherwise permit }", ""},
		{"deep terms", head + "term t0 of Item: a\n" + deep.String() + "policy p0 { deny when t2999 }", "terms use one another more than 1000 deep"},
		{"deep terms, reversed", head + reversed.String() + "term t0 of Item: a\npolicy p0 { deny when t2999 }", "terms use one another more than 1000 deep"},
		{"amendments", head + "policy p0 { deny }\n" + amended.String(), "policies amend one another more than 1000 deep"},
		{"groups", head + "group g0 of P: " + many.String() + "\"x\"\n" + joined.String() + "policy p0 { deny to g2999 }", "groups of groups come to more than 10000000 members"},
	} {
		prog, err := interp.LoadText(context.Background(), row.name, row.text)
		if row.want != "" {
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("%s: got %.200v, want %s", row.name, err, row.want)
			}
			continue
		}
		if err != nil {
			t.Fatal(row.name, err)
		}
		p, err := prog.Policy("p0")
		if err != nil {
			t.Fatal(err)
		}
		for facts, want := range map[string]string{"item.a": "deny", "item.b": "undetermined", "not item.a": "permit"} {
			c := prog.NewCase()
			if err := c.Tell(facts); err != nil {
				t.Fatal(err)
			}
			x, err := p.Explain(t.Context(), c)
			if err != nil {
				t.Fatal(row.name, err)
			}
			if x.Decision.Answer() != want {
				t.Errorf("%s: with %s %s, want %s", row.name, facts, x.Decision.Answer(), want)
			}
		}
	}
}
