package analysis

import (
	"context"
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
	AsOf           interp.Date // the day it was looked at, of one that is not proved the last on which it is not; interp.NoDate: all days
	Status         ClaimStatus
	Reason         string          // of Unknown, else ""
	Notes          []string        // of a claim that holds, but of no case at all
	Counterexample *Counterexample // of a refuted claim, else nil
}

// Counterexample is a smallest case in which a claim does not hold. The reference
// interpreter has decided it again.
type Counterexample struct {
	Case       *interp.Case
	Swapped    *interp.Case       // of same decision: the case with the values swapped
	Decisions  []*interp.Decision // one; of a comparison the two policies', of same decision that of each case
	Obligation string             // that one of the two decisions carries and the other does not, where the claim fails by that; else ""
	Tests      []string           // what the policies really say, as tests for a rule file; none where a fact of the case cannot be told in words
}

// Prove decides one claim for every possible case.
func Prove(ctx context.Context, claim *interp.Claim) (*Proof, error) {
	proofs, err := ProveAll(ctx, []*interp.Claim{claim})
	if err != nil {
		return nil, err
	}
	return proofs[0], nil
}

// ProveAll decides claims of one program, in their order. One that cannot be looked
// into, or whose counterexample the reference interpreter does not bear out, is
// Unknown for that reason; the others stand.
func ProveAll(ctx context.Context, claims []*interp.Claim) (_ []*Proof, err error) {
	defer giveUp(ctx, &err)
	all := &provers{ctx: ctx, on: map[interp.Date]*prover{}, about: map[interp.Date][]*interp.Claim{}}
	for _, c := range claims {
		days, _ := c.Days()
		for _, day := range days {
			all.about[day] = append(all.about[day], c)
		}
	}
	var out []*Proof
	for _, c := range claims {
		if ctx.Err() != nil {
			break
		}
		out = append(out, all.prove(c))
	}
	return out, nil
}

// provers are those of the days that claims are about.
type provers struct {
	ctx   context.Context
	on    map[interp.Date]*prover
	about map[interp.Date][]*interp.Claim
}

// prove decides a claim on each of its days, from the last back to one on which it is not
// proved.
func (all *provers) prove(c *interp.Claim) *Proof {
	days, whole := c.Days()
	var out *Proof
	vacuous := true
	for _, day := range slices.Backward(days) { // the law of today first
		proof := all.proveOn(c, day)
		if proof.Status != Proved {
			return proof
		}
		vacuous = vacuous && len(proof.Notes) > 0
		out = proof
	}
	switch {
	case out == nil:
		return &Proof{Claim: c, AsOf: interp.NoDate, Status: Unknown, Reason: "it is about no day"}
	case c.AsOf != nil:
		return out
	case !whole:
		return &Proof{Claim: c, AsOf: interp.NoDate, Status: Unknown,
			Reason: "the rules reckon with the date of the case in ways that are not looked into for all days: name one in the claim, with as of"}
	}
	out.AsOf = interp.NoDate
	if !vacuous {
		out.Notes = nil
	}
	return out
}

func (all *provers) proveOn(c *interp.Claim, day interp.Date) *Proof {
	p := all.on[day]
	if p == nil {
		p = newProver(all.ctx, all.about[day], day)
		all.on[day] = p
	}
	proof, err := p.prove(c)
	if len(all.about[day]) > 1 && (err != nil || proof.Status == Unknown) { // what the others are about may stand in the way
		proof, err = newProver(all.ctx, []*interp.Claim{c}, day).prove(c)
	}
	if err != nil {
		return &Proof{Claim: c, AsOf: day, Status: Unknown, Reason: err.Error()}
	}
	return proof
}

// prover holds the diagrams of all policies that claims about one date are about.
type prover struct {
	*graph
	on    interp.Date
	built map[*interp.Policy]*built
}

type built struct {
	answers, care dd.Node
	obliging      map[string]dd.Node // where a decision carries each obligation, once asked for
}

func newProver(ctx context.Context, claims []*interp.Claim, on interp.Date) *prover {
	var dated []interp.Dated
	for _, c := range claims {
		for _, p := range c.Policies {
			if d := (interp.Dated{Policy: p, On: on}); !slices.Contains(dated, d) {
				dated = append(dated, d)
			}
		}
	}
	return &prover{graph: newGraph(ctx, dated, claims), on: on, built: map[*interp.Policy]*built{}}
}

func (p *prover) policy(pol *interp.Policy) *built {
	b := p.built[pol]
	if b == nil {
		b = &built{}
		b.answers, b.care = p.graph.policy(interp.Dated{Policy: pol, On: p.on})
		if p.err == nil {
			p.built[pol] = b
		}
	}
	return b
}

// against is what would refute a claim.
type against struct {
	policies   []*interp.Policy
	f, h       dd.Node    // the answers of the case, and what they are compared with (of always and never the same)
	cases      dd.Node    // where the claim does not hold
	care       dd.Node    // the cases it is about
	real       [2]dd.Node // the cases that f and h are about, real ones
	when       dd.Node    // the claim's own condition
	swaps      []dd.Swap
	anew       []int  // the opaque conditions that h asks anew, since their facts are swapped
	obligation string // where it is that which is compared: f and h are the cases in which a decision carries it
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
		out.Status, out.Reason = Unknown, p.unsettled(a)
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

func (p *prover) unsettled(a against) string {
	words := p.OpaqueWords(a.cases)
	if len(words) == 0 && len(a.anew) > 0 {
		words = p.OpaqueWords(a.f)
	}
	if len(words) > 0 {
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
	case lang.NeverStricter, lang.NeverLooser, lang.SameAs, lang.SameOutcomes, lang.RequiresNoMore:
		if len(c.Policies) == 2 {
			out = p.comparison(c, when)
		}
		return out
	}
	for _, pol := range c.Policies {
		if c.AsOf == nil && !pol.InForce(p.on) {
			continue
		}
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
			a.anew = p.Swapped(c)
			// A case that the swap makes impossible has no counterpart.
			a.real[1] = p.exists(p.swapped(p.freed(b.care, a.swaps), a.swaps), a.anew)
			a.care = p.and(a.care, a.real[1])
			a.h = p.swapped(p.freed(b.answers, a.swaps), a.swaps)
			a.cases = p.and(a.care, p.apart(a.f, a.h, a.anew...))
		}
		out = append(out, a)
		if c.Form == lang.SameDecision {
			out = append(out, p.obligations(a, p.obliging(pol), nil)...)
		}
	}
	return out
}

// comparison lists the ways in which a comparison could fail: by the answers, and by each obligation.
func (p *prover) comparison(c *interp.Claim, when dd.Node) []against {
	x, y := p.policy(c.Policies[0]), p.policy(c.Policies[1])
	a := against{policies: c.Policies, f: x.answers, h: y.answers, care: p.and(p.and(x.care, y.care), when), real: [2]dd.Node{x.care, y.care}, when: when}
	differ := dd.False
	switch c.Form {
	case lang.SameAs, lang.SameOutcomes:
		differ = p.apart(a.f, a.h)
	case lang.RequiresNoMore:
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
	out := []against{a}
	if c.Form == lang.SameAs || c.Form == lang.RequiresNoMore {
		out = append(out, p.obligations(a, p.obliging(c.Policies[0]), p.obliging(c.Policies[1]))...)
	}
	if c.Form == lang.RequiresNoMore {
		for i := range out {
			if out[i].obligation != "" {
				out[i].cases = p.diff(out[i].cases, out[i].h)
			}
		}
	}
	return out
}

// saying is the cases that are decided as one of the outcomes.
func (p *prover) saying(f dd.Node, outcomes []*interp.Outcome) dd.Node {
	out := dd.False
	for _, o := range outcomes {
		out = p.or(out, p.is(f, p.Leaf(interp.Decided, o)))
	}
	return out
}

// freed is f where what files give of the things that swaps exchange may be told in any way: which
// things they are says what it is.
func (p *prover) freed(f dd.Node, swaps []dd.Swap) dd.Node {
	for _, w := range swaps {
		for _, thing := range []int{w.A, w.B} {
			given := p.GivenOf(w.Var, thing)
			if len(given) == 0 {
				continue
			}
			given[w.Var] = thing
			at, follows := p.keep(p.Store.Literal(w.Var, []int{thing})), p.keep(p.Store.Constrain(f, given))
			f = p.keep(p.Store.Ite(at, follows, f))
		}
	}
	return f
}

func (p *prover) swapped(f dd.Node, swaps []dd.Swap) dd.Node {
	if len(swaps) == 0 {
		return f
	}
	return p.keep(p.Store.SwapCells(f, swaps...))
}

// apart is the points at which two diagrams do not say the same, or may not, where the second
// asks some variables anew.
func (g *graph) apart(f, h dd.Node, anew ...int) dd.Node {
	out := dd.False
	for _, l := range g.leaves(f) {
		for _, m := range g.leaves(h) {
			if l != m {
				out = g.or(out, g.and(g.is(f, l), g.exists(g.is(h, m), anew)))
			}
		}
	}
	return out
}
