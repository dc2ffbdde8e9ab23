package analysis

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// counterexample is a smallest case of those against a claim, over all pairs of
// answers; nil where none can be shown.
func (p *prover) counterexample(c *interp.Claim, a against) (*Counterexample, error) {
	var best []dd.Choice // none where the claim fails before anything is known
	var want [2]dd.Leaf
	fewest, found := anyFacts, false
	for _, l := range p.leaves(a.f) {
		for _, m := range p.leaves(a.h) {
			cases := p.and(a.cases, p.and(p.is(a.f, l), p.is(a.h, m)))
			if cases == dd.False {
				continue
			}
			choices, ok := p.smallest(cases, p.unlike(a, l, m), fewest, false)
			if !ok || p.err != nil {
				continue
			}
			e := &exampler{g: p.graph, blank: p.Point(p.NewCase())}
			if n := e.cost(choices); !found || n < fewest || n == fewest && e.compare(choices, best) < 0 {
				best, want, fewest, found = choices, [2]dd.Leaf{l, m}, n, true
			}
		}
	}
	if p.err != nil {
		return nil, nil
	}
	if !found {
		return p.sought(c, a)
	}
	ce, err := p.show(c, a, best, want)
	if err != nil && a.obligation == "" {
		return nil, err
	}
	full, ok := p.whole(p.and(a.cases, p.and(p.is(a.f, want[0]), p.is(a.h, want[1]))), best)
	if !ok {
		return ce, err
	}
	// Once more with every fact given, which rests on no diagram at all.
	whole, wrong := p.show(c, a, full, want)
	if wrong != nil {
		return nil, wrong
	}
	switch {
	case err == nil:
		return ce, nil
	case c.Form == lang.SameDecision:
		return whole, nil
	}
	// Which rule decides, and so what is required, hangs on facts that the answer does not need.
	bad := p.unlike(a, want[0], want[1])
	x := pruned(whole.Case, func(x *interp.Case) bool { return p.staysOut(x, bad) && p.decidesSo(a, x, want) })
	return p.decided(c, a, x, nil, want)
}

// decidesSo says whether the policies decide a case as wanted.
func (p *prover) decidesSo(a against, x *interp.Case, want [2]dd.Leaf) bool {
	for i, pol := range a.policies {
		if d, err := pol.Unobserved(p.ctx, x); err != nil || !p.says(a, want[i], d) {
			return false
		}
	}
	return true
}

// sought is a counterexample found by trying values of what the diagrams cannot look
// into; nil where none is. Values are not exchanged in what they do not see.
func (p *prover) sought(c *interp.Claim, a against) (*Counterexample, error) {
	if c.Form == lang.SameDecision {
		return nil, nil
	}
	for _, l := range p.leaves(a.f) {
		for _, m := range p.leaves(a.h) {
			cases := p.and(a.cases, p.and(p.is(a.f, l), p.is(a.h, m)))
			want := [2]dd.Leaf{l, m}
			x := p.seek(cases, p.unlike(a, l, m), p.on, func(x *interp.Case) bool { return p.decidesSo(a, x, want) })
			if x != nil {
				return p.decided(c, a, x, nil, want)
			}
		}
	}
	return nil, nil
}

// unlike is the cases in which the claim is not spoken of, or the answers are not l and m.
func (p *prover) unlike(a against, l, m dd.Leaf) dd.Node {
	bad := p.or(p.diff(a.real[0], p.is(a.f, l)), p.diff(a.real[1], p.is(a.h, m)))
	return p.or(bad, p.diff(a.real[0], a.when))
}

// show has the reference interpreter decide the case, and its counterpart.
func (p *prover) show(c *interp.Claim, a against, choices []dd.Choice, want [2]dd.Leaf) (*Counterexample, error) {
	var swapped *interp.Case
	if c.Form == lang.SameDecision {
		swapped = p.Case(p.exchanged(choices, a.swaps), p.on)
	}
	return p.decided(c, a, p.Case(choices, p.on), swapped, want)
}

// decided is a counterexample that the reference interpreter has decided as wanted.
func (p *prover) decided(c *interp.Claim, a against, x, swapped *interp.Case, want [2]dd.Leaf) (*Counterexample, error) {
	ce := &Counterexample{Case: x, Swapped: swapped, Obligation: a.obligation}
	cases := []*interp.Case{ce.Case}
	policies := a.policies
	if swapped != nil {
		cases, policies = append(cases, ce.Swapped), append(policies, policies[0])
	}
	for i, pol := range policies {
		x := cases[min(i, len(cases)-1)]
		d, err := pol.Unobserved(p.ctx, x)
		if err != nil {
			return nil, fmt.Errorf("deciding a counterexample again: %w", err)
		}
		if !p.says(a, want[i], d) {
			return nil, fmt.Errorf("mistake in the analysis: %s should %s of a counterexample, and says %s (%v)", pol.Name, p.sayingWords(a, want[i]), d.Answer(), x.Sentences())
		}
		ce.Decisions = append(ce.Decisions, d)
		title := "against the claim: " + c.Name
		switch {
		case ce.Swapped != nil && i == 1:
			title += " (swapped)"
		case len(a.policies) == 2:
			title += " (" + pol.Name + ")"
		}
		if x.InWords() {
			ce.Tests = append(ce.Tests, x.AsTest(title, d))
		}
	}
	return ce, nil
}

// exchanged are the choices with the cells of the swaps exchanged.
func (p *prover) exchanged(choices []dd.Choice, swaps []dd.Swap) []dd.Choice {
	out := slices.Clone(choices)
	blank := p.Point(p.NewCase())
	for _, w := range swaps {
		told := slices.ContainsFunc(out, func(c dd.Choice) bool { return c.Var == w.Var })
		if cell := blank[w.Var]; !told && cell != dd.Unknown {
			out = append(out, dd.Choice{Var: w.Var, Cell: cell})
		}
		for i := range out {
			switch {
			case out[i].Var != w.Var:
			case out[i].Cell == w.A:
				out[i].Cell = w.B
			case out[i].Cell == w.B:
				out[i].Cell = w.A
			}
		}
	}
	return out
}
