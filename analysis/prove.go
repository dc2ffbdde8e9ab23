package analysis

import (
	"context"
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// ClaimStatus says what became of a claim.
type ClaimStatus string

// The statuses. Unknown: the diagrams could not tell, for the reason given.
const (
	Proved  ClaimStatus = "proved"
	Refuted ClaimStatus = "refuted"
	Unknown ClaimStatus = "unknown"
)

// Proof is what became of one claim.
type Proof struct {
	Claim          *interp.Claim
	AsOf           interp.Date // the date it was looked at on
	Status         ClaimStatus
	Reason         string          // of Unknown, else ""
	Notes          []string        // of a claim that holds, but of no case at all
	Counterexample *Counterexample // of a refuted claim, else nil
}

// Counterexample is a smallest case in which a claim does not hold. The reference
// interpreter has decided it again.
type Counterexample struct {
	Case      *interp.Case
	Swapped   *interp.Case       // of same decision: the case with the values swapped
	Decisions []*interp.Decision // one; of a comparison the two policies', of same decision that of each case
	Tests     []string           // what the policies really say, as tests for a rule file
}

// Prove decides one claim for every possible case. An error is a mistake in the
// analysis: a counterexample that the reference interpreter does not bear out.
func Prove(ctx context.Context, claim *interp.Claim, budget int) (*Proof, error) {
	proofs, err := ProveAll(ctx, []*interp.Claim{claim}, budget)
	if err != nil {
		return nil, err
	}
	return proofs[0], nil
}

// ProveAll decides claims of one program, in their order.
func ProveAll(ctx context.Context, claims []*interp.Claim, budget int) (_ []*Proof, err error) {
	defer giveUp(ctx, &err)
	provers := map[interp.Date]*prover{}
	var out []*Proof
	for _, c := range claims {
		if ctx.Err() != nil {
			break
		}
		on := c.Date()
		p := provers[on]
		if p == nil {
			p = newProver(ctx, claims, on, budget)
			provers[on] = p
		}
		proof, err := p.prove(c)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Place(), err)
		}
		out = append(out, proof)
	}
	return out, nil
}

// prover holds the diagrams of all policies that claims about one date are about.
type prover struct {
	*graph
	on    interp.Date
	built map[*interp.Policy]built
}

type built struct{ answers, care dd.Node }

func newProver(ctx context.Context, claims []*interp.Claim, on interp.Date, budget int) *prover {
	var dated []interp.Dated
	var here []*interp.Claim
	for _, c := range claims {
		if c.Date() != on {
			continue
		}
		here = append(here, c)
		for _, p := range c.Policies {
			if d := (interp.Dated{Policy: p, On: on}); !slices.Contains(dated, d) {
				dated = append(dated, d)
			}
		}
	}
	return &prover{graph: newGraph(ctx, budget, dated, here), on: on, built: map[*interp.Policy]built{}}
}

func (p *prover) policy(pol *interp.Policy) built {
	b, done := p.built[pol]
	if !done {
		b.answers, b.care = p.graph.policy(interp.Dated{Policy: pol, On: p.on})
		if p.err == nil {
			p.built[pol] = b
		}
	}
	return b
}

// against is what would refute a claim.
type against struct {
	policies []*interp.Policy
	f, h     dd.Node    // the answers of the case, and what they are compared with (of always and never the same)
	cases    dd.Node    // where the claim does not hold
	care     dd.Node    // the cases it is about
	real     [2]dd.Node // the cases that f and h are about, real ones
	when     dd.Node    // the claim's own condition
	swaps    []dd.Swap
}

func (p *prover) prove(c *interp.Claim) (*Proof, error) {
	out := &Proof{Claim: c, AsOf: p.on, Status: Proved}
	vacuous := true
	for _, a := range p.against(c) {
		if p.err != nil {
			break
		}
		vacuous = vacuous && a.care == dd.False
		if a.cases == dd.False {
			continue
		}
		ce, err := p.counterexample(c, a)
		if err != nil {
			return nil, err
		}
		if ce != nil {
			out.Status, out.Reason, out.Counterexample = Refuted, "", ce
			return out, nil
		}
		out.Status, out.Reason = Unknown, p.unsettled(a.cases)
	}
	if err := p.fail(); err != nil {
		p.err = nil
		return &Proof{Claim: c, AsOf: p.on, Status: Unknown, Reason: err.Error()}, nil
	}
	if vacuous && out.Status == Proved {
		out.Notes = append(out.Notes, "no possible case is one that the claim speaks of")
	}
	return out, nil
}

func (p *prover) unsettled(f dd.Node) string {
	if words := p.OpaqueWords(f); len(words) > 0 {
		return "it hangs on " + quoted(words) + ", into which the analysis cannot look"
	}
	return "no case was found that shows it"
}

// against lists the ways in which a claim could fail: one for each policy, or one
// for a comparison of two.
func (p *prover) against(c *interp.Claim) []against {
	when := p.keep(p.When(c, p.on))
	var out []against
	switch c.Form {
	case lang.NeverStricter, lang.NeverLooser, lang.SameAs:
		if len(c.Policies) == 2 {
			out = append(out, p.comparison(c, when))
		}
		return out
	}
	for _, pol := range c.Policies {
		b := p.policy(pol)
		a := against{policies: []*interp.Policy{pol}, f: b.answers, h: b.answers, care: p.and(b.care, when), real: [2]dd.Node{b.care, b.care}, when: when}
		switch c.Form {
		case lang.Always:
			a.cases = p.diff(a.care, p.saying(a.f, c.Outcomes))
		case lang.Never:
			a.cases = p.and(a.care, p.saying(a.f, c.Outcomes))
		case lang.AlwaysDecided:
			a.cases = p.diff(a.care, p.saying(a.f, pol.Program().Outcomes()))
		case lang.SameDecision:
			a.swaps = p.Swaps(c)
			// A case that the swap makes impossible has no counterpart.
			a.real[1] = p.swapped(b.care, a.swaps)
			a.care = p.and(a.care, a.real[1])
			a.h = p.swapped(b.answers, a.swaps)
			a.cases = p.and(a.care, p.apart(a.f, a.h))
		}
		out = append(out, a)
	}
	return out
}

func (p *prover) comparison(c *interp.Claim, when dd.Node) against {
	x, y := p.policy(c.Policies[0]), p.policy(c.Policies[1])
	a := against{policies: c.Policies, f: x.answers, h: y.answers, care: p.and(p.and(x.care, y.care), when), real: [2]dd.Node{x.care, y.care}, when: when}
	differ := dd.False
	switch c.Form {
	case lang.SameAs:
		differ = p.apart(a.f, a.h)
	default:
		for _, l := range p.leaves(a.f) {
			for _, m := range p.leaves(a.h) {
				if to := direction(p.Answer(m), p.Answer(l)); to == Stricter && c.Form == lang.NeverStricter || to == Looser && c.Form == lang.NeverLooser {
					differ = p.or(differ, p.and(p.is(a.f, l), p.is(a.h, m)))
				}
			}
		}
	}
	a.cases = p.and(a.care, differ)
	return a
}

// saying is the cases that are decided as one of the outcomes.
func (p *prover) saying(f dd.Node, outcomes []*interp.Outcome) dd.Node {
	out := dd.False
	for _, o := range outcomes {
		out = p.or(out, p.is(f, p.Leaf(interp.Decided, o)))
	}
	return out
}

func (p *prover) swapped(f dd.Node, swaps []dd.Swap) dd.Node {
	if len(swaps) == 0 {
		return f
	}
	return p.keep(p.Store.SwapCells(f, swaps...))
}

// apart is the points at which two diagrams do not say the same.
func (g *graph) apart(f, h dd.Node) dd.Node {
	out := dd.False
	for _, l := range g.leaves(f) {
		out = g.or(out, g.diff(g.is(f, l), g.is(h, l)))
	}
	return out
}

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
	if err != nil {
		return nil, err
	}
	full, ok := p.whole(p.and(a.cases, p.and(p.is(a.f, want[0]), p.is(a.h, want[1]))), best)
	if ok { // once more with every fact given, which rests on no diagram at all
		if _, err := p.show(c, a, full, want); err != nil {
			return nil, err
		}
	}
	return ce, nil
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
			x := p.seek(cases, p.unlike(a, l, m), p.on, func(x *interp.Case) bool {
				for i, pol := range a.policies {
					if d, err := pol.Decide(x); err != nil || d.Answer() != p.Answer(want[i]).Name() {
						return false
					}
				}
				return true
			})
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
	ce := &Counterexample{Case: x, Swapped: swapped}
	cases := []*interp.Case{ce.Case}
	policies := a.policies
	if swapped != nil {
		cases, policies = append(cases, ce.Swapped), append(policies, policies[0])
	}
	for i, pol := range policies {
		x := cases[min(i, len(cases)-1)]
		d, err := pol.Decide(x)
		if err != nil {
			return nil, fmt.Errorf("deciding a counterexample again: %w", err)
		}
		if name := p.Answer(want[i]).Name(); d.Answer() != name {
			return nil, fmt.Errorf("mistake in the analysis: %s should say %s of a counterexample, and says %s (%v)", pol.Name, name, d.Answer(), x.Sentences())
		}
		ce.Decisions = append(ce.Decisions, d)
		title := "against the claim: " + c.Name
		switch {
		case ce.Swapped != nil && i == 1:
			title += " (swapped)"
		case len(a.policies) == 2:
			title += " (" + pol.Name + ")"
		}
		ce.Tests = append(ce.Tests, interp.TestText(title, x, d))
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
