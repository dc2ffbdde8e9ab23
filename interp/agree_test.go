package interp

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// plainAtoms are few, so that many rules apply and defeat one another.
var plainAtoms = []string{"item.heavy", "urgent", "recipient is vetted"}

// TestDecisionsAgree holds all that a decision says to what the reference says, whoever
// decides: the policy at first and once it is compiled, a Bound, one with facts fixed, a
// prepared case, a batch.
func TestDecisionsAgree(t *testing.T) {
	bySection, ofSection := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicyOf(t, randomVocabulary, rapid.SampledFrom([][]string{randomAtoms, plainAtoms}).Draw(t, "atoms"))
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		p := prog.order.policies[0]
		b, err := Bind[Case](p)
		if err != nil {
			t.Fatal(err)
		}
		var cases []Case
		var want []*Decision
		check := func(who string, i int, got *Decision, err error) {
			t.Helper()
			if (err == nil) != (want[i] != nil) {
				t.Fatalf("%s: %v, and the reference says %v\nfacts %v\n%s", who, err, want[i], cases[i].Facts(), text)
			}
			ref := want[i]
			if who != "cold" && who != "warm" {
				ref, got = brief(ref), brief(got)
			}
			if diff := cmp.Diff(ref, got, sameDecision); diff != "" {
				t.Fatalf("%s and the reference differ: %s\nfacts %v as of %s\n%s", who, diff, cases[i].Facts(), cases[i].Date(), text)
			}
		}
		for range 6 {
			c, _ := randomCase(t, prog, 3)
			d, _ := p.decideByWalk(t.Context(), c)
			cases, want = append(cases, *c), append(want, d)
			if d == nil {
				continue
			}
			for _, f := range d.Defeated {
				at := p.byLabel[f.Rule.Label]
				if section := p.nodes[at].parent; len(p.defeaters[at]) == 0 && section > 0 {
					ofSection++
				}
				if slices.ContainsFunc(f.By, func(by string) bool { return by[0] == 's' }) {
					bySection++
				}
			}
		}
		for i := range cases {
			d, err := p.Decide(t.Context(), &cases[i])
			check("cold", i, d, err)
		}
		p.engines().asked.Store(worthCompiling)
		for i := range cases {
			for range 2 { // worked out, and kept
				d, err := p.Decide(t.Context(), &cases[i])
				check("warm", i, d, err)
			}
			d, err := b.Decide(&cases[i])
			check("a bound", i, d, err)
			prepared, err := b.Prepare(&cases[i])
			if err == nil {
				d, err = prepared.Decide()
			}
			check("a prepared case", i, d, err)
			given := prog.NewCase()
			given.things[0], given.whole = cases[i].things[0], cases[i].whole
			given.SetDate(cases[i].Date())
			fixed, err := b.Given(given)
			if err != nil {
				t.Fatal(err)
			}
			d, err = fixed.Decide(&cases[i])
			check("a bound with facts fixed", i, d, err)
		}
		answers, err := b.DecideAll(t.Context(), cases)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range answers {
			if a.Err != nil {
				a.Decision = nil
			}
			check("a batch", i, a.Decision, a.Err)
		}
	})
	if bySection+ofSection == 0 && !testing.Short() { // a short run draws too few
		t.Errorf("%d rules were defeated by a section, %d with theirs", bySection, ofSection)
	}
}

// TestPartialDecisionsHold holds what a decision says of a partial case to the decisions
// on its completions: a rule that is said to be defeated or outranked is so in all of
// them, an obligation is one in all, and one of any is an obligation or may be.
func TestPartialDecisionsHold(t *testing.T) {
	open := 0
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicy(t)
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatal(err)
		}
		p := prog.order.policies[0]
		c, missing := randomCase(t, prog, 3)
		part, err := p.decideByWalk(t.Context(), c)
		if err != nil {
			return
		}
		if len(missing) > 0 && part.Status == Decided {
			open++
		}
		var all grounds
		completions(c, missing, func(full *Case) {
			d, err := p.decideByWalk(t.Context(), full)
			if err != nil {
				return
			}
			fail := func(what string, x any) {
				t.Fatalf("%s: %v\npart  %+v\nwhole %+v\nfacts %v, then %v\n%s", what, x, part, d, c.Facts(), full.Facts(), text)
			}
			for _, f := range part.Defeated {
				i := slices.IndexFunc(d.Defeated, func(g Defeat) bool { return g.Rule == f.Rule })
				if i < 0 || slices.ContainsFunc(f.By, func(by string) bool { return !slices.Contains(d.Defeated[i].By, by) }) {
					fail("not defeated", f)
				}
			}
			for _, r := range part.Outranked {
				if !slices.Contains(d.Outranked, r) {
					fail("not outranked", r.Label)
				}
			}
			if part.Status == Undetermined {
				return
			}
			for _, o := range part.Obligations {
				if !slices.Contains(d.Obligations, o) {
					fail("no obligation", o)
				}
			}
			for _, o := range d.Obligations {
				if !slices.Contains(part.Obligations, o) && !slices.Contains(part.MayOblige, o) {
					fail("an obligation that was not told of", o)
				}
			}
			all.rules = append(all.rules, d.Rules...)
		})
		for _, r := range part.Rules {
			if part.Exact && len(all.rules) > 0 && !slices.Contains(all.rules, r) && !slices.Contains(part.Notes, settledNote) {
				t.Fatalf("%s never decides\n%+v\nfacts %v\n%s", r.Label, part, c.Facts(), text)
			}
		}
	})
	if open == 0 && !testing.Short() { // a short run draws too few
		t.Error("no partial case is decided")
	}
}
