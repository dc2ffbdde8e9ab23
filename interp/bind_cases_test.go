package interp

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// widePolicy is a random policy of no, few, or more rules than a word has bits.
func widePolicy(t *rapid.T) string {
	atoms := slices.Concat(randomAtoms, randomAtoms, widerAtoms)
	text := widerPolicyOf(t, atoms)
	n := rapid.SampledFrom([]int{0, 0, 3, 40, 90}).Draw(t, "more")
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "x%d: o%d when %s\n", i, rapid.IntRange(0, 2).Draw(t, "xo"), randomCondOf(t, 2, atoms))
	}
	at := strings.Index(text, "policy p")
	at += strings.Index(text[at:], "{\n") + 2
	return text[:at] + b.String() + text[at:]
}

// TestBoundCasesEqualReference holds the decisions on Cases and on JSON, prepared or not,
// with some facts fixed and others told, to those of the reference evaluator.
func TestBoundCasesEqualReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := widePolicy(t)
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		p := prog.order.policies[0]
		p.engines().asked.Store(worthCompiling)
		cases, err := Bind[Case](p)
		if err != nil {
			t.Fatal(err)
		}
		lines, _ := Bind[JSON](p)
		given := prog.NewCase()
		all, _ := randomCase(t, prog, 7)
		for _, f := range all.Facts() {
			if rapid.IntRange(0, 3).Draw(t, "given") == 0 {
				if err := given.Tell(f.String()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if rapid.Bool().Draw(t, "wider") {
			widen(t, given)
		}
		given.SetDate(all.Date())
		gc, err := cases.Given(given)
		if err != nil {
			t.Fatal(err)
		}
		gl, _ := lines.Given(given)
		for range 5 {
			c, _ := randomCase(t, prog, 7)
			widen(t, c)
			compare := func(what string, c *Case, f func() (*Decision, error)) {
				want, wantErr := p.decideByWalk(t.Context(), c)
				got, gotErr := f()
				if fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
					t.Fatalf("%s: the reference says %v, the engine %v\nfacts %v\n%s", what, wantErr, gotErr, c.Facts(), text)
				}
				if diff := cmp.Diff(brief(want), brief(got), sameDecision); diff != "" {
					t.Fatalf("%s differ: %s\nfacts %v as of %s given %v\n%s", what, diff, c.Facts(), c.Date(), given.Facts(), text)
				}
			}
			compare("policy", c, func() (*Decision, error) { return p.Decide(t.Context(), c) })
			compare("bound", c, func() (*Decision, error) { return cases.Decide(c) })
			compare("given", withGiven(c, given), func() (*Decision, error) { return gc.Decide(c) })
			compare("prepared", withGiven(c, given), func() (*Decision, error) {
				q, err := gc.Prepare(c)
				if err != nil {
					return nil, err
				}
				return q.Decide()
			})
			j := randomJSON(t, prog)
			d := prog.NewCase()
			if d.ReadJSON(context.Background(), "facts", j) == nil {
				compare("json", d, func() (*Decision, error) { return lines.Decide(&j) })
				compare("json given", withGiven(d, given), func() (*Decision, error) { return gl.Decide(&j) })
			}
		}
	})
}
