package interp

import (
	"fmt"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// leaves of a policy's diagram: an outcome's index, then undecided and conflict.
func (s *Space) leafOf(o *Outcome) dd.Leaf { return dd.Leaf(o.Index) }

func (s *Space) undecided() dd.Leaf { return dd.Leaf(len(s.prog.outcomes)) }

func (s *Space) conflict() dd.Leaf { return dd.Leaf(len(s.prog.outcomes) + 1) }

// answer is what a leaf says.
func (s *Space) answer(l dd.Leaf) Possibility { return s.prog.answer(int(l)) }

// answer is an outcome by its index, or behind them Undecided and Conflict.
func (p *Program) answer(i int) Possibility {
	switch i - len(p.outcomes) {
	case 0:
		return Possibility{Status: Undecided}
	case 1:
		return Possibility{Status: Conflict}
	}
	return Possibility{Status: Decided, Outcome: p.outcomes[i]}
}

// compiler builds diagrams. It keeps the first error; after it every result is False.
type compiler struct {
	s   *Space
	on  num.Date
	err error
}

func (k *compiler) keep(f dd.Node, err error) dd.Node {
	if err != nil && k.err == nil {
		k.err = err
	}
	return f
}

// stop makes it an error that the context is done.
func (k *compiler) stop() { k.keep(dd.False, k.s.ctx.Err()) }

func (k *compiler) and(f, g dd.Node) dd.Node { return k.keep(k.s.Store.And(f, g)) }
func (k *compiler) or(f, g dd.Node) dd.Node  { return k.keep(k.s.Store.Or(f, g)) }
func (k *compiler) not(f dd.Node) dd.Node    { return k.keep(k.s.Store.Not(f)) }

// cond is the diagram of a condition that the space was made for.
func (k *compiler) cond(c cond, self *path) dd.Node {
	if k.err != nil {
		return dd.False
	}
	c = k.s.unfold.of(c, k.on)
	key := atomKey{c, selfName(self), k.on}
	if f, known := k.s.done[key]; known {
		return f
	}
	f := k.build(c, self)
	if k.err == nil {
		k.s.done[key] = f
	}
	return f
}

func (k *compiler) build(c cond, self *path) dd.Node {
	switch c := c.(type) {
	case *constCond:
		return truthNode(c.t == True)
	case *allCond:
		f := dd.True
		for _, x := range c.xs {
			f = k.and(f, k.cond(x, self))
		}
		return f
	case *anyCond:
		f := dd.False
		for _, x := range c.xs {
			f = k.or(f, k.cond(x, self))
		}
		return f
	case *notCond:
		return k.not(k.cond(c.x, self))
	case *impliesCond:
		return k.or(k.not(k.cond(c.x, self)), k.cond(c.y, self))
	case *deniedCond:
		f := k.not(k.cond(c.rel, self))
		for _, h := range c.has {
			f = k.and(f, k.cond(h, self))
		}
		return f
	case *hasCond:
		return k.present(c.path.within(self))
	case *termCond:
		if subject, ok := c.about(self); ok {
			return k.and(k.present(subject), k.cond(c.term.cond, subject))
		}
	case *tallyCond:
		return k.tally(c, self)
	}
	return k.atom(c, self)
}

func truthNode(b bool) dd.Node {
	if b {
		return dd.True
	}
	return dd.False
}

func (k *compiler) tally(c *tallyCond, self *path) dd.Node {
	fs := make([]dd.Node, len(c.xs))
	for i, x := range c.xs {
		fs[i] = k.cond(x, self)
	}
	least := func(n int) dd.Node { return k.keep(k.s.Store.AtLeast(n, fs)) }
	switch c.op {
	case lang.Least:
		return least(c.n)
	case lang.Most:
		return k.not(least(c.n + 1))
	}
	return k.and(least(c.n), k.not(least(c.n+1)))
}

func (k *compiler) atom(c cond, self *path) dd.Node {
	a := k.s.atoms[atomKey{c, selfName(self), k.on}]
	switch {
	case a == nil:
		return k.keep(dd.False, k.unread(condWords(c, self)))
	case a.v == nil:
		return truthNode(c.truth(&state{c: k.s.probe, date: k.on}) == True)
	case a.v.pair != nil:
		return k.literal(a.v, a.v.pair.cells(c.(*compareCond), self))
	case a.v.opaque != nil:
		return k.literal(a.v, []bool{false, true})
	case a.v.set:
		return k.setAtom(a, c)
	}
	return k.literal(a.v, a.yes)
}

// unread is the error of what a space was not made for: no diagram says what holds of it.
func (k *compiler) unread(what string) error {
	return fmt.Errorf("mistake in the analysis: `%s` was not taken in", what)
}

func (k *compiler) literal(v *variable, yes []bool) dd.Node {
	var cells []int
	for i, y := range yes {
		if y {
			cells = append(cells, i)
		}
	}
	return k.keep(k.s.Store.Literal(v.index, cells))
}

// setAtom is any or all of a set, or an element in it, over the classes of its elements.
func (k *compiler) setAtom(a *atom, c cond) dd.Node {
	contains, outside := dd.False, dd.False
	for i, w := range a.v.classes {
		has := k.literal(w, []bool{false, true})
		if a.yes[i] {
			contains = k.or(contains, has)
		} else {
			outside = k.or(outside, has)
		}
	}
	if q, ok := c.(*setCond); ok && q.op == lang.AllOf {
		return k.and(k.not(outside), k.present(a.v.fact))
	}
	return contains
}

// care is the diagram of the cells that can go together and that the constraints allow.
func (k *compiler) care() dd.Node { return k.and(k.links(), k.constraints()) }

func (k *compiler) constraints() dd.Node {
	f := dd.True
	for _, c := range k.s.prog.constraints {
		f = k.and(f, k.cond(c.cond, nil))
	}
	return f
}
