package interp

import (
	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// Deciding is what the decisions of a policy are and rest on, case by case. Its gates are
// meant of the cases that the constraints allow.
//
// Unstable: it serves package analysis, and changes with it.
type Deciding struct {
	Answers  []dd.Gate          // where each answer is given, by its leaf
	Applies  []dd.Gate          // of each of Policy.Rules: where its conditions hold, and those of the sections it stands in
	Effects  []dd.Gate          // where it takes effect besides
	Rules    []dd.Gate          // where it is among the rules that decide, or that conflict
	Others   []OtherwiseCases   // of each otherwise, of the policy and of its sections
	Obliging map[string]dd.Gate // of each obligation: where the decision carries it
	Speaks   dd.Gate            // where the policy's own condition holds
}

// OtherwiseCases are the cases in which an otherwise is among what decides.
//
// Unstable: it serves package analysis, and changes with it.
type OtherwiseCases struct {
	Otherwise *Otherwise
	Section   *Section
	Cases     dd.Gate
}

// Care is the diagram of the cells that can go together and that the constraints allow.
func (s *Space) Care(on Date) (dd.Node, error) {
	if s.tooLarge {
		return dd.False, dd.ErrBudget
	}
	k := &compiler{s: s, on: num.Date(on)}
	f := k.care()
	return f, k.err
}

// Answers are where a policy gives each answer, by its leaf, in the cases that the constraints allow.
func (s *Space) Answers(c *dd.Circuit, p Dated) ([]dd.Gate, error) {
	k := &compiler{s: s, on: num.Date(p.On)}
	out := newPolicyCompiler(k, c, p.Policy).answers()
	return out, k.err
}

// Deciding finds out what the decisions of a policy are and rest on: the answer, Decision.Rules,
// Otherwise and Obligations of every possible case.
func (s *Space) Deciding(c *dd.Circuit, p Dated) (*Deciding, error) {
	if s.tooLarge {
		return nil, dd.ErrBudget
	}
	k := &compiler{s: s, on: num.Date(p.On)}
	w := &decidingWalk{policyCompiler: newPolicyCompiler(k, c, p.Policy), obliging: map[string][]dd.Gate{}}
	w.out.Answers = w.answers()
	w.out.Speaks = w.live(0)
	w.section(0, w.decide(0))
	for _, o := range w.out.Others {
		w.oblige(o.Otherwise.Requiring, o.Cases)
	}
	w.out.Obliging = map[string]dd.Gate{}
	for o, fs := range w.obliging {
		w.out.Obliging[o] = c.Or(fs...)
	}
	return &w.out, k.err
}

type decidingWalk struct {
	*policyCompiler
	obliging map[string][]dd.Gate
	out      Deciding
}

// section goes over what a section holds; said are the cases in which it gives each
// outcome to the decision. It is the walk of evaluation.collect.
func (w *decidingWalk) section(i int32, said []dd.Gate) {
	sec := w.p.nodes[i].section
	taken := make([][]dd.Gate, len(said)) // what in the section has given each outcome
	var before dd.Gate
	take := func(o int, f dd.Gate) dd.Gate {
		taken[o] = append(taken[o], f)
		if sec.Mode == ByFirst {
			f = w.circuit.And(f, w.circuit.Not(before))
		}
		return w.circuit.And(said[o], f)
	}
	for _, child := range w.p.kids[i] {
		if w.err != nil {
			return
		}
		f := w.effect(child)
		if r := w.p.ruleAt(child); r != nil {
			w.out.Applies = append(w.out.Applies, w.within(i, w.circuit.Leaf(w.applies(r))))
			w.out.Effects = append(w.out.Effects, f)
			decides := take(r.Outcome.Index, f)
			w.out.Rules = append(w.out.Rules, decides)
			w.oblige(r.Requiring, decides)
		} else {
			inner := make([]dd.Gate, len(said))
			for o, g := range w.decide(child) {
				inner[o] = take(o, g)
			}
			w.section(child, inner)
		}
		if sec.Mode == ByFirst {
			before = w.circuit.Or(before, f)
		}
	}
	if sec.Otherwise != nil {
		o := sec.Otherwise.Outcome.Index
		w.out.Others = append(w.out.Others, OtherwiseCases{sec.Otherwise, sec, w.circuit.And(said[o], w.circuit.Not(w.circuit.Or(taken[o]...)))})
	}
}

// within is the cases in which the conditions of a section, and of those around it, hold as well.
func (w *decidingWalk) within(i int32, cases dd.Gate) dd.Gate {
	for ; i >= 0; i = w.p.nodes[i].parent {
		if when := w.p.nodes[i].section.when; when != nil {
			cases = w.circuit.And(cases, w.circuit.Leaf(w.cond(when, nil)))
		}
	}
	return cases
}

func (w *decidingWalk) oblige(obligations []string, cases dd.Gate) {
	for _, o := range obligations {
		w.obliging[o] = append(w.obliging[o], cases)
	}
}
