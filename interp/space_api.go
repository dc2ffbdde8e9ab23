package interp

import (
	"strconv"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// stepsPerNode bounds the work of building a diagram, beside its size.
const stepsPerNode = 50

// Policy is the diagram of a policy's answers and that of what the constraints
// allow. Its leaves are those of Leaf; Impossible stands where a constraint is broken.
// The error is dd.ErrBudget where the diagram would be too large.
func (s *Space) Policy(p Dated) (answers, care dd.Node, err error) {
	if s.tooLarge {
		return dd.False, dd.False, dd.ErrBudget
	}
	s.Store.SetStepLimit(stepsPerNode * uint64(s.budget))
	defer s.Store.SetStepLimit(0)
	k := &compiler{s: s, on: num.Date(p.On)}
	care = k.care()
	answers = k.policy(p.Policy, care)
	if k.err == nil && s.isOpaque(answers) {
		said, kept := k.saidAndKept(p.Policy)
		answers = k.where(s.withoutOpaque(kept), s.withoutOpaque(said))
	}
	return answers, care, k.err
}

// saidAndKept are the diagrams of a policy's answers and of whether the constraints are kept,
// each Impossible only where cells cannot go together. An opaque condition on which one of
// them does not hang can be left out of that one. Not of both in one: that a constraint
// leaves some answer of the condition impossible does not make the others possible.
func (k *compiler) saidAndKept(p *Policy) (said, kept dd.Node) {
	links := k.links()
	said = k.policy(p, links)
	kept = k.keep(k.s.Store.Ite(links, k.constraints(), k.impossible()))
	return said, kept
}

// where is what is said where the constraints are kept, and Impossible elsewhere.
func (k *compiler) where(kept, said dd.Node) dd.Node {
	return k.keep(k.s.Store.Ite(k.keep(k.s.Store.Is(kept, yesLeaf)), said, k.impossible()))
}

// yesLeaf is the leaf of a yes/no diagram where it holds.
const yesLeaf dd.Leaf = 1

func (k *compiler) impossible() dd.Node { return k.keep(k.s.Store.Leaf(dd.Impossible)) }

// When is the diagram of a claim's condition, True where it has none.
func (s *Space) When(c *Claim, on Date) (dd.Node, error) {
	k := &compiler{s: s, on: num.Date(on)}
	if c.when == nil {
		return dd.True, nil
	}
	f := k.cond(c.when, nil)
	return f, k.err
}

// Leaf is the leaf of an outcome, or where that is nil of Undecided or Conflict.
func (s *Space) Leaf(st Status, o *Outcome) dd.Leaf {
	switch {
	case o != nil:
		return s.leafOf(o)
	case st == Conflict:
		return s.conflict()
	}
	return s.undecided()
}

// Answer is what a leaf says.
func (s *Space) Answer(l dd.Leaf) Possibility { return s.answer(l) }

// SayWhen says in the author's words when an answer comes about: in the cases of f, wherever
// care holds.
func (s *Space) SayWhen(p *Possibility, f, care dd.Node) {
	said, further, more := s.anyWords().brief(f, care)
	if said == nil {
		return
	}
	p.When, p.Further = said.words(), further
	switch {
	case further > 0:
		p.When += " or " + inFurtherCases(further, more)
	case said.Op == OpAnd || said.Op == OpOr:
		p.Any = said.Op == OpOr
		for _, c := range said.Parts {
			p.Parts = append(p.Parts, c.String())
		}
	}
}

// inFurtherCases says how many more ways there are than those that are listed, or with more at
// least how many.
func inFurtherCases(n int, more bool) string {
	words, cases := "in ", " further cases"
	if more {
		words = "in at least "
	}
	if n == 1 {
		cases = " further case"
	}
	return words + strconv.Itoa(n) + cases
}

// Cover is a diagram as few, maximal cubes that a person can read, wherever care
// holds. They are over facts and over terms: Words says them, and Cube gives the
// cases of one in terms of facts alone. At most most of them; whole says whether
// they are all there is.
func (s *Space) Cover(f, care dd.Node, most int) (cubes []dd.Cube, whole bool, err error) {
	cubes, rest, err := s.anyWords().cover(f, care, most)
	return cubes, rest == dd.False, err
}

// Words are a cube in the author's words; "" of one without parts.
func (s *Space) Words(c dd.Cube) string { return s.anyWords().cubeSaid(c).words() }

// Cube is the diagram of the cases that a cube of Cover stands for.
func (s *Space) Cube(c dd.Cube) (dd.Node, error) {
	k := &compiler{s: s}
	f := dd.True
	for _, lit := range c {
		g := k.keep(s.Store.Cube(dd.Cube{lit}))
		for _, j := range s.anyWords().joint {
			if j.spare.index != lit.Var {
				continue
			}
			if g = j.f; lit.Cells[0] == 0 {
				g = k.not(j.f)
			}
		}
		f = k.and(f, g)
	}
	return f, k.err
}

// anyWords is the wording by the vocabulary of the first date that conditions were read on.
func (s *Space) anyWords() *wording {
	if s.words != nil {
		return s.words
	}
	return s.wordsOn(s.first)
}

// Blind says whether a diagram hangs on a condition that the diagrams cannot look into.
func (s *Space) Blind(f dd.Node) bool { return s.isOpaque(f) }

// Fact is the name of the fact that a variable is about; "" for an opaque condition or a term.
func (s *Space) Fact(v int) string {
	if s.vars[v].fact == nil {
		return ""
	}
	return s.vars[v].name
}

// Weights say how many of a fact's listed values lie in each cell, so that a
// share of the case space counts countries and not classes of countries.
func (s *Space) Weights() dd.Weights {
	w := make(dd.Weights, len(s.vars))
	for i, v := range s.vars {
		w[i] = make([]int64, len(v.cells))
		for j, c := range v.cells {
			w[i][j] = 1
			if !v.set && !v.presence && finite(v.t) && len(c.values) > 0 {
				w[i][j] = int64(len(c.values))
			}
		}
	}
	return w
}

// GivenOf are the cells of what may be told of a thing that files give of the one in a cell of the
// variable of which thing it is.
func (s *Space) GivenOf(thing, cell int) map[int]int {
	out := map[int]int{}
	for i, v := range s.vars {
		if v.attr.toldBeside() && v.fact.thingOf().fact() == s.vars[thing].name {
			if given, known := s.givenCells(v)[cell]; known && given != dd.Unknown {
				out[i] = given
			}
		}
	}
	return out
}

// Swaps are a claim's swaps as swaps of cells. A fact that no policy reads has none.
func (s *Space) Swaps(c *Claim) []dd.Swap {
	var out []dd.Swap
	for _, w := range c.swaps {
		v := s.facts[w.path.fact()]
		a, b := 0, 0
		for i := range v.cells {
			if v.cells[i].holds(w.v) {
				a = i
			}
			if v.cells[i].holds(w.w) {
				b = i
			}
		}
		out = append(out, dd.Swap{Var: v.index, A: a, B: b})
	}
	return out
}
