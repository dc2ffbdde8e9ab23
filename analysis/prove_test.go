package analysis_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// claims are one of every form, with their meaning in one case.
func claims(r *rand.Rand) []claim {
	o := someOutcomes[r.IntN(4)]
	p := someOutcomes[r.IntN(4)]
	when := condition(r, 1)
	rank := map[string]int{"deny": 1, "review": 2, "permit": 3}
	ranked := func(a, b string) bool { return rank[a] > 0 && rank[b] > 0 }
	return []claim{
		{"under one: always " + o + " or " + p + " when " + when, when, func(a, _ verdict) bool { return a.answer == o || a.answer == p }},
		{"under one: never " + o + " when " + when, when, func(a, _ verdict) bool { return a.answer != o }},
		{"under one: always decided", "", func(a, _ verdict) bool { return a.answer != "undecided" && a.answer != "conflict" }},
		{": one never stricter than two when " + when, when, func(a, b verdict) bool {
			return !ranked(a.answer, b.answer) || rank[a.answer] >= rank[b.answer]
		}},
		{": one never looser than two", "", func(a, b verdict) bool {
			return !ranked(a.answer, b.answer) || rank[a.answer] <= rank[b.answer]
		}},
		{": one same as two when " + when, when, verdict.equal},
		{": one same outcomes as two when " + when, when, func(a, b verdict) bool { return a.answer == b.answer }},
		{": one requires no more than two when " + when, when, func(a, b verdict) bool {
			return !slices.ContainsFunc(a.obligations, func(o string) bool { return !slices.Contains(b.obligations, o) })
		}},
	}
}

type claim struct {
	text  string
	when  string
	holds func(one, two verdict) bool
}

// Every form of claim is proved exactly when it holds of every case, and a
// counterexample pasted into the file is a test that passes.
func TestProveAgainstBruteForce(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 7))
		text := vocabulary + policyText(r, "one", seed%3 == 0) + policyText(r, "two", seed%3 == 0)
		if seed%4 == 0 {
			text += "constraint never: not (" + condition(r, 1) + " and " + condition(r, 1) + ")\n"
		}
		cs := claims(r)
		full := text
		for i, c := range cs {
			full += fmt.Sprintf("claim \"%d\" %s\n", i, c.text)
		}
		prog := load(t, full)
		cases := everyCase(t, prog, prog.LatestDate())
		one, two := verdicts(t, policy(t, prog, "one"), cases), verdicts(t, policy(t, prog, "two"), cases)
		proofs, err := analysis.ProveAll(context.Background(), prog.Claims())
		if err != nil {
			t.Fatalf("%s\n%s", err, full)
		}
		for i, c := range cs {
			in := func(*interp.Case) bool { return true }
			if c.when != "" {
				in = holds(t, prog, c.when)
			}
			broken := -1
			for j, x := range cases {
				if one[j].answer != "" && in(x) && !c.holds(one[j], two[j]) {
					broken = j
					break
				}
			}
			switch proof := proofs[i]; {
			case broken >= 0 && proof.Status != analysis.Refuted:
				t.Errorf("%s is %s, and does not hold of %v\n%s", c.text, proof.Status, cases[broken].Sentences(), text)
			case broken < 0 && proof.Status != analysis.Proved && len(cases) < mostCases:
				t.Errorf("%s is %s, and holds of every case\n%s", c.text, proof.Status, text)
			case proof.Status == analysis.Refuted:
				checkCounterexample(t, text, proof, c)
			}
		}
	}
}

// checkCounterexample runs the tests that a refuted claim prints, and looks whether
// a fact could be left out.
func checkCounterexample(t *testing.T, text string, proof *analysis.Proof, c claim) {
	t.Helper()
	ce := proof.Counterexample
	for _, test := range ce.Tests {
		prog := load(t, text+test)
		if result := prog.Tests()[0].Run(t.Context()); !result.Passed() {
			t.Errorf("%s: %v\n%s", c.text, result.Failures, test)
		}
	}
	shows := func(x *interp.Case) bool { // whether x still shows it, whatever else holds
		if c.when != "" {
			cond, err := x.Program().Condition(c.when)
			if err != nil {
				t.Fatal(err)
			}
			if truth, _ := cond.Truth(x); truth != interp.True {
				return false
			}
		}
		var got []verdict
		for _, d := range ce.Decisions {
			e, err := d.Policy.Decide(t.Context(), x)
			if err != nil || e.Status == interp.Undetermined || len(e.MayOblige) > 0 {
				return false
			}
			v := verdictOf(e)
			if ce.Obligation == "" { // shown by the answers, which are looked at first
				v.obligations = nil
			}
			got = append(got, v)
		}
		return !c.holds(got[0], got[len(got)-1])
	}
	for _, f := range ce.Case.Facts() {
		fewer := ce.Case.Clone()
		if err := fewer.Forget(f.Name); err != nil {
			t.Fatal(err)
		}
		if f.Name != "dest" && shows(fewer) {
			t.Errorf("%s: %s can be left out of %v", c.text, f, ce.Case.Sentences())
		}
	}
}

// A claim that two values are decided alike, several attributes exchanged together.
func TestSwapsAgainstBruteForce(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 8))
		text := vocabulary + policyText(r, "one", false) + "# item.form, dest: swapped\n" +
			"claim \"1\" under one: same decision when item.form swaps a, b\n" +
			"claim \"2\" under one: same decision when item.form swaps a, c and dest swaps P, Q when item.flag\n# item.flag\n"
		prog := load(t, text)
		cases := everyCase(t, prog, prog.LatestDate())
		proofs, err := analysis.ProveAll(context.Background(), prog.Claims())
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		one := policy(t, prog, "one")
		for i, swap := range []map[string]string{{"a": "b", "b": "a"}, {"a": "c", "c": "a", "P": "Q", "Q": "P"}} {
			refuted := false
			for _, x := range cases {
				if i == 1 && fact(t, x, "item.flag") != "yes" {
					continue
				}
				y := x.Clone()
				for _, name := range []string{"item.form", "dest"} {
					if w := swap[fact(t, x, name)]; w != "" {
						if err := y.Set(name, w); err != nil {
							t.Fatal(err)
						}
					}
				}
				a, b := verdicts(t, one, []*interp.Case{x}), verdicts(t, one, []*interp.Case{y})
				refuted = refuted || !a[0].equal(b[0])
			}
			if want := map[bool]analysis.ClaimStatus{true: analysis.Refuted, false: analysis.Proved}[refuted]; proofs[i].Status != want && (refuted || len(cases) < mostCases) {
				t.Errorf("seed %d: swap %d is %s, want %s\n%s", seed, i, proofs[i].Status, want, text)
			}
			if ce := proofs[i].Counterexample; ce != nil && (len(ce.Decisions) != 2 || verdictOf(ce.Decisions[0]).equal(verdictOf(ce.Decisions[1]))) {
				t.Errorf("seed %d: swap %d: the decisions are alike", seed, i)
			}
		}
	}
}

// Where the diagrams cannot look, values are tried; a claim is unknown, and says why,
// only where none of them shows that it fails.
func TestProveOpaque(t *testing.T) {
	prog := load(t, `
outcomes deny > permit
kind Part { weight: mass  hot: bool }
kind Item { size: number  limit: number  parts: list of Part  flag: bool }
role item: Item
policy p {
  deny when item.size > item.limit
  deny when some p in item.parts has (p.hot and p.weight > 10 kg)
  deny when item.size * item.size - 4 * item.size = 1234321
  deny when item.flag
  otherwise permit
}
policy q {
  deny when item.size * item.size - 4 * item.size = 1234321
  otherwise permit
}
claim "two facts" under p: always permit when not item.flag and item.limit = 7
claim "a list" under p: always permit when not item.flag and not (item.size > item.limit)
claim "no value" under q: always permit
claim "seen through" under p: always permit
claim "holds" under p: always deny when item.flag
claim "of nothing" under p: always deny when item.flag and not item.flag
`)
	proofs, err := analysis.ProveAll(context.Background(), prog.Claims())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []analysis.ClaimStatus{analysis.Refuted, analysis.Refuted, analysis.Unknown, analysis.Refuted, analysis.Proved, analysis.Proved} {
		if proofs[i].Status != want {
			t.Errorf("%s: %s, want %s (%s)", proofs[i].Claim.Name, proofs[i].Status, want, proofs[i].Reason)
		}
	}
	if want := "it hangs on `item.size * item.size - 4 * item.size = 1234321`, into which the analysis cannot look"; proofs[2].Reason != want {
		t.Errorf("reason %q, want %q", proofs[2].Reason, want)
	}
	if len(proofs[5].Notes) == 0 {
		t.Error("a claim of no case says nothing of it")
	}
}

// A claim that fails in every case, or in the one of which nothing but defaults is known,
// is refuted by a case without a fact.
func TestProveWithoutFacts(t *testing.T) {
	prog := load(t, `
outcomes deny > permit
kind Item { flag: bool  sealed: bool = no }
role item: Item
policy strict { deny when item.flag  otherwise deny }
policy lax { otherwise permit }
policy byDefault { deny unless item.sealed  otherwise permit }
claim "never" under strict: never deny
claim "always" under strict: always permit
claim "stricter": strict never stricter than lax
claim "looser": lax never looser than strict
claim "same": strict same as lax
claim "default" under byDefault: never deny
`)
	proofs, err := analysis.ProveAll(context.Background(), prog.Claims())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range proofs {
		if p.Status != analysis.Refuted || len(p.Counterexample.Case.Sentences()) > 0 {
			t.Errorf("%s: %s (%s), by %+v", p.Claim.Name, p.Status, p.Reason, p.Counterexample)
		}
	}
}

// TestSwapsAskAnew swaps the values of a fact that is compared with another one: what was so
// before says nothing of what is so then.
func TestSwapsAskAnew(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "swap.ctl", `
outcomes deny > permit
kind Land = US | FR | IN
kind Item { home: Land  made: Land }
role item: Item
policy p { permit when item.home = item.made  otherwise deny }
policy q { permit when item.home = FR  otherwise deny }
claim "hangs on both" under p: same decision when item.home swaps US, IN
claim "neither" under q: same decision when item.home swaps US, IN
`)
	if err != nil {
		t.Fatal(err)
	}
	proofs, err := analysis.ProveAll(t.Context(), prog.Claims())
	if err != nil {
		t.Fatal(err)
	}
	if proofs[0].Status == analysis.Proved || proofs[1].Status != analysis.Proved {
		t.Errorf("%s and %s", proofs[0].Status, proofs[1].Status)
	}
}
