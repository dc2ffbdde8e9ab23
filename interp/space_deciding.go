package interp

import (
	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// Deciding is what the decisions of a policy rest on, case by case.
//
// Unstable: it serves package analysis, and changes with it.
type Deciding struct {
	Applies  []dd.Node          // of each of Policy.Rules: where its conditions hold, and those of the sections it stands in
	Effects  []dd.Node          // where it takes effect besides
	Rules    []dd.Node          // where it is among the rules that decide, or that conflict
	Others   []OtherwiseCases   // of each otherwise, of the policy and of its sections
	Obliging map[string]dd.Node // of each obligation: where the decision carries it
	Speaks   dd.Node            // where the policy's own condition holds
}

// OtherwiseCases are the cases in which an otherwise is among what decides.
//
// Unstable: it serves package analysis, and changes with it.
type OtherwiseCases struct {
	Otherwise *Otherwise
	Section   *Section
	Cases     dd.Node
}

// Deciding finds out what the decisions of a policy rest on, given the diagram of its
// answers: Decision.Rules, Otherwise and Obligations of every possible case.
func (s *Space) Deciding(p Dated, answers dd.Node) (*Deciding, error) {
	k := &compiler{s: s, on: num.Date(p.On)}
	w := &decidingWalk{policyCompiler: newPolicyCompiler(k, p.Policy), rules: map[int32]dd.Node{}}
	w.out.Obliging = map[string]dd.Node{}
	said := make([]dd.Node, len(s.prog.outcomes))
	conflict := k.keep(s.Store.Is(answers, s.conflict()))
	for o := range said {
		said[o] = k.keep(s.Store.Is(answers, dd.Leaf(o)))
		if conflict != dd.False {
			said[o] = k.or(said[o], k.and(conflict, w.decide(0)[o]))
		}
	}
	w.out.Speaks = w.live(0)
	w.section(0, said)
	for i, n := range p.Policy.nodes {
		if n.rule != nil {
			f := w.rules[int32(i)]
			w.out.Applies = append(w.out.Applies, w.within(n.parent, w.applies(n.rule)))
			w.out.Effects = append(w.out.Effects, w.effect(int32(i)))
			w.out.Rules = append(w.out.Rules, f)
			w.oblige(n.rule.Requiring, f)
		}
	}
	for _, o := range w.out.Others {
		w.oblige(o.Otherwise.Requiring, o.Cases)
	}
	return &w.out, k.err
}

type decidingWalk struct {
	*policyCompiler
	rules map[int32]dd.Node
	out   Deciding
}

// section goes over what a section holds; said are the cases in which it gives each
// outcome to the decision. It is the walk of evaluation.collect.
func (w *decidingWalk) section(i int32, said []dd.Node) {
	sec := w.p.nodes[i].section
	rest := make([]dd.Node, len(said)) // what nothing in the section has given yet
	copy(rest, said)
	take := func(o int, f dd.Node) dd.Node {
		from := said[o]
		if sec.Mode == ByFirst {
			from = rest[o]
		}
		f = w.and(from, f)
		rest[o] = w.keep(w.s.Store.Diff(rest[o], f))
		return f
	}
	for _, child := range w.p.kids[i] {
		if w.err != nil {
			return
		}
		if r := w.p.nodes[child].rule; r != nil {
			w.rules[child] = take(r.Outcome.Index, w.effect(child))
			continue
		}
		inner := make([]dd.Node, len(said))
		for o, f := range w.decide(child) {
			inner[o] = take(o, f)
		}
		w.section(child, inner)
	}
	if sec.Otherwise != nil {
		w.out.Others = append(w.out.Others, OtherwiseCases{sec.Otherwise, sec, rest[sec.Otherwise.Outcome.Index]})
	}
}

// within is the cases in which the conditions of a section, and of those around it, hold as well.
func (w *decidingWalk) within(i int32, cases dd.Node) dd.Node {
	for ; i >= 0; i = w.p.nodes[i].parent {
		if when := w.p.nodes[i].section.when; when != nil {
			cases = w.and(cases, w.cond(when, nil))
		}
	}
	return cases
}

func (w *decidingWalk) oblige(obligations []string, cases dd.Node) {
	for _, o := range obligations {
		w.out.Obliging[o] = w.or(w.out.Obliging[o], cases)
	}
}
