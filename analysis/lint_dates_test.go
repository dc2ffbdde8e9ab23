package analysis_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// calendar is a vocabulary of which every case can be tried on every day that matters.
const calendar = `outcomes deny > review > permit, refer
kind Item { form: a | b  flag: bool = no  opts: set of x | y ? }
kind Place = P | Q
role item: Item
role to dest: Place
group M of Place: P since 2010-01-01, Q since 2005-01-01 until 2015-01-01
`

var datedAtoms = []string{
	"item.form = a", "item.flag", "dest = P", "dest in M", "not (dest in M)", "has item.opts", "any of item.opts in (x)", "all of item.opts in (x)",
	"as_of > 2016-02-29", "as_of < 2016-06-27", "as_of >= 2015-01-01", "as_of within 30 days after 2016-06-01", "as_of != 2010-01-01",
}

var datedDays = []string{
	"2000-01-01", "2004-12-31", "2005-01-01", "2009-12-31", "2010-01-01", "2010-01-02", "2014-12-31", "2015-01-01", "2016-02-29", "2016-03-01", "2016-05-31",
	"2016-06-01", "2016-06-26", "2016-06-27", "2016-07-01", "2016-07-02", "2018-12-31", "2019-01-01", "2024-01-01",
}

func datedCondition(r *rand.Rand) string {
	one := func() string { return datedAtoms[r.IntN(len(datedAtoms))] }
	switch r.IntN(4) {
	case 0:
		return one()
	case 1:
		return "not (" + one() + " and " + one() + ")"
	case 2:
		return "(" + one() + " or " + one() + ")"
	}
	return one() + " and " + one()
}

// datedPolicy is a policy with dated rules, obligations and a section.
func datedPolicy(r *rand.Rand) string {
	n := 0
	rule := func() string {
		text := fmt.Sprintf("  r%d: %s any when %s", n, someOutcomes[r.IntN(5)], datedCondition(r))
		if n > 0 && r.IntN(3) == 0 {
			text += fmt.Sprintf(" notwithstanding r%d", r.IntN(n))
		}
		n++
		return text + requiring(r) + []string{"", "", "", " until 2016-06-27", " from 2010-01-01"}[r.IntN(5)] + "\n"
	}
	text := "policy p " + []string{"", "", "decides by first ", "decides by loosest ", "from 2010-01-01 ", "from 2005-01-01 until 2019-01-01 "}[r.IntN(6)] + "{\n"
	for range 1 + r.IntN(3) {
		text += rule()
	}
	if r.IntN(2) == 0 {
		text += "  section s decides by " + []string{"strictest", "loosest", "first"}[r.IntN(3)]
		if r.IntN(2) == 0 {
			text += " when " + datedCondition(r)
		}
		text += " {\n" + rule() + rule()
		if r.IntN(2) == 0 {
			text += "  otherwise " + someOutcomes[r.IntN(5)] + requiring(r) + "\n"
		}
		text += "  }\n"
	}
	if r.IntN(2) == 0 {
		text += rule()
	}
	if r.IntN(2) == 0 {
		text += "  otherwise " + someOutcomes[r.IntN(5)] + requiring(r) + "\n"
	}
	return text + "}\n"
}

// everyDatedCase is every case on every day on which the policy is in force.
func everyDatedCase(t *testing.T, p *interp.Policy) []*interp.Case {
	t.Helper()
	var out []*interp.Case
	for _, day := range datedDays {
		on := date(t, day)
		if !p.InForce(on) {
			continue
		}
		for _, form := range []string{"a", "b"} {
			for _, flag := range []string{"yes", "no"} {
				for _, dest := range []string{"P", "Q"} {
					for _, opts := range []string{"none", "()", "(x)", "(y)", "(x, y)"} {
						c := p.Program().NewCase()
						c.SetDate(on)
						if err := c.Tell("item.form = "+form, "item.flag = "+flag, "dest = "+dest, "item.opts = "+opts); err != nil {
							t.Fatal(err)
						}
						out = append(out, c)
					}
				}
			}
		}
	}
	return out
}

// W0201 to W0205 and W0217 are told exactly where they are so on all days on which the
// policy is in force, with sections and obligations.
func TestLintsOverDatesAgainstBruteForce(t *testing.T) {
	codes := []code.Code{code.Gap, code.PossibleConflict, code.NeverApplies, code.NeverDecides, code.RedundantRule, code.DeadOtherwise}
	seen := map[string]int{}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 28))
		text := calendar + datedPolicy(r)
		if r.IntN(4) == 0 {
			text += "constraint k: " + datedCondition(r) + "\n"
		}
		prog := load(t, text)
		p := policy(t, prog, "p")
		cases := everyDatedCase(t, p)
		want := datedFindings(t, p, cases)
		report := lint(t, text)
		if slices.ContainsFunc(report.Findings, func(f analysis.Finding) bool { return f.Code == code.NothingPossible }) {
			continue
		}
		for _, n := range report.Notes {
			t.Errorf("%s\n%s", n, text)
		}
		got := findings(report, codes...)
		for _, f := range got {
			seen[f[:5]]++
		}
		compare(t, text, want, got)
		for _, f := range report.Findings {
			if f.Code == code.NeverDecides && !strings.Contains(f.Message, "otherwise") {
				checkBlockers(t, p, cases, f, text)
			}
		}
		if t.Failed() {
			return
		}
	}
	for _, c := range codes {
		if seen[string(c)] < 5 {
			t.Errorf("%s was found %d times: the test is no test", c, seen[string(c)])
		}
	}
}

// datedFindings are what the lints should find, from every case decided one by one.
func datedFindings(t *testing.T, p *interp.Policy, cases []*interp.Case) []string {
	t.Helper()
	var want []string
	applies, decides, others := map[*interp.Rule]bool{}, map[*interp.Rule]bool{}, map[*interp.Otherwise]bool{}
	found := map[string]bool{}
	for _, c := range cases {
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			continue // a constraint is broken
		}
		for _, x := range slices.Concat(d.Rules, d.Outranked) {
			applies[x] = true
		}
		for _, x := range d.Defeated {
			applies[x.Rule] = true
		}
		others[d.Otherwise] = true
		if d.Status == interp.Undecided {
			found["W0201 `p` leaves cases without an answer"] = true
		}
		for _, x := range d.Rules {
			decides[x] = true
			for _, y := range d.Rules {
				if x.Outcome.Chain != y.Outcome.Chain && slices.Index(p.Rules(), y) < slices.Index(p.Rules(), x) {
					found[fmt.Sprintf("W0202 `%s` (%s) and `%s` (%s) can both apply, and nothing says which prevails", y.Label, y.Outcome, x.Label, x.Outcome)] = true
				}
			}
			if o := d.Otherwise; o != nil && o.Outcome.Chain != x.Outcome.Chain {
				found[fmt.Sprintf("W0202 `%s` (%s) and the `otherwise` of the section `s` (%s) can both apply, and nothing says which prevails", x.Label, x.Outcome, o.Outcome)] = true
			}
		}
	}
	for f := range found {
		want = append(want, f)
	}
	all := verdicts(t, p, cases)
	for _, v := range p.Variants(context.Background(), true) {
		switch {
		case v.Kind != interp.VariantRule:
		case !applies[v.Rule]:
			want = append(want, "W0203 `"+v.Rule.Label+"` can never apply")
		case !slices.EqualFunc(verdicts(t, v.Policy(), cases), all, verdict.equal):
		case !decides[v.Rule]:
			want = append(want, "W0204 `"+v.Rule.Label+"` never decides")
		default:
			want = append(want, "W0205 `"+v.Rule.Label+"` is not needed")
		}
	}
	for _, o := range p.Otherwises() {
		name := "the `otherwise`"
		if o != p.Otherwise() {
			name += " of the section `s`"
		}
		if !others[o] {
			want = append(want, "W0217 "+name+" never decides")
		}
	}
	return want
}

// checkBlockers holds the rules that are said to decide in the place of another to
// every case in which that applies.
func checkBlockers(t *testing.T, p *interp.Policy, cases []*interp.Case, f analysis.Finding, text string) {
	t.Helper()
	for _, c := range cases {
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			continue
		}
		lost := slices.ContainsFunc(d.Defeated, func(x interp.Defeat) bool { return x.Rule == f.Rule })
		if !lost && !slices.Contains(d.Outranked, f.Rule) {
			continue
		}
		if !slices.ContainsFunc(f.By, func(r *interp.Rule) bool {
			return slices.Contains(d.Rules, r) || slices.ContainsFunc(d.Defeated, func(x interp.Defeat) bool { return x.Rule == f.Rule && len(x.By) > 0 })
		}) {
			t.Errorf("%s: none of them does, as of %s, in %v\n%s", f.Message, c.Date(), c.Sentences(), text)
			return
		}
	}
}
