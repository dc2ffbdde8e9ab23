package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// Where is the diagram of a condition that the space was made with.
func (s *Space) Where(c *Cond, on Date) (dd.Node, error) {
	k := &compiler{s: s, on: num.Date(on)}
	f := k.cond(c.c, nil)
	return f, k.err
}

// Point is the cell of every variable in a case, dd.Unknown where the case does not
// tell it; what has a default and is not given has the default's.
func (s *Space) Point(c *Case) []int { return s.point(c) }

// Opaque says whether a variable stands for a condition that the diagrams cannot look into.
func (s *Space) Opaque(v int) bool { return s.vars[v].opaque != nil }

// SameFact lists the variables of the fact that a variable is about: of a set one
// for each class of its elements, and of what is optional whether there is one.
func (s *Space) SameFact(v int) []int {
	if s.vars[v].fact == nil {
		return []int{v}
	}
	return s.Variables(s.vars[v].name)
}

// Variables are those about a fact; none where no condition reads it.
func (s *Space) Variables(fact string) []int {
	var out []int
	for i, w := range s.vars {
		if w.fact != nil && w.name == fact {
			out = append(out, i)
		}
	}
	return out
}

// Facts are the names of the facts that the space's conditions read, sorted.
func (s *Space) Facts() []string { return keys(s.facts) }

// OpaqueWords lists the conditions that a diagram hangs on and cannot look into.
func (s *Space) OpaqueWords(f dd.Node) []string {
	var words []string
	for _, v := range s.Store.Support(f) {
		if s.vars[v].opaque != nil {
			words = append(words, s.vars[v].name)
		}
	}
	return words
}

// Defeaters are, for each of Policy.Rules, the labels of what can defeat it.
func (p *Policy) Defeaters() [][]string {
	var out [][]string
	for i, n := range p.nodes {
		if n.rule == nil {
			continue
		}
		var by []string
		for _, d := range p.defeaters[int32(i)] {
			by = append(by, p.label(d))
		}
		out = append(out, by)
	}
	return out
}

// Cells says the values of a variable's cells in words, each: "II", "recipient in Member".
func (s *Space) Cells(v int) []string {
	out := make([]string, len(s.vars[v].cells))
	for i := range out {
		out[i] = s.Words(dd.Cube{{Var: v, Cells: []int{i}}})
	}
	return out
}

// dropped is xs without the element at i.
func dropped[T any](xs []T, i int) []T { return slices.Delete(slices.Clone(xs), i, i+1) }

// NewCase is a case of the space's program of which nothing is known.
func (s *Space) NewCase() *Case { return s.prog.NewCase() }

// Names says whether a variable is about a fact, and not about an opaque condition or a term.
func (s *Space) Names(v int) bool { return s.vars[v].fact != nil }

// Identity says whether a variable is about which thing stands in a role: which country.
func (s *Space) Identity(v int) bool {
	return s.Names(v) && s.vars[v].attr == nil && s.vars[v].t.basic == thingType
}

// RuleApplies is the cases in which a rule's own conditions hold on a date. The rule
// may be that of a variant of a policy that the space was made for.
func (s *Space) RuleApplies(r *Rule, on Date) (dd.Node, error) {
	k := &compiler{s: s, on: num.Date(on)}
	f := k.applies(r)
	return f, k.err
}

// Values are the names of the values in a cell; none where they cannot be listed.
func (s *Space) Values(v, cell int) []string {
	w := s.vars[v]
	if w.fact == nil || w.presence || ordered(w.t) || w.set || w.cells[cell].none || w.cells[cell].rest {
		return nil
	}
	return valueNames(w.cells[cell].values)
}

// IsSet says whether a variable is about a set.
func (s *Space) IsSet(v int) bool { return s.vars[v].set }
