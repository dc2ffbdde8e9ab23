package interp

import (
	"encoding/binary"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/lang"
)

// cube is a conjunction of literals of different slots, by the slots' index.
type cube []*literal

// How many cubes one condition may become; past it, its parts are evaluated as they stand. A policy
// of few rules, each of which says much, has more of them: all together so many.
const (
	leastConditionCubes = 48
	mostConditionCubes  = 1 << 10
	mostPolicyCubes     = 1 << 16
)

// cubesEach is how many cubes a condition of a policy may become.
func cubesEach(p *Policy) int {
	return min(mostConditionCubes, max(leastConditionCubes, mostPolicyCubes/len(p.nodes)))
}

// rule writes a rule's clauses as cubes. A clause that would make too many of them
// is evaluated as it stands.
func (b *engineBuilder) rule(r *Rule) []cube {
	out := []cube{{}}
	for _, cl := range r.clauses() {
		not := cl.kind == ClauseUnless
		more, ok := b.both(out, b.cubes(cl.c, nil, not))
		if !ok {
			more, _ = b.both(out, b.opaqueCube(cl.c, nil, not))
		}
		out = more
	}
	return out
}

// cubes writes a condition, or with not its negation, as a disjunction of cubes.
// With three truth values it is equal to the condition: negations are driven
// inwards and conjunctions distributed, which are laws of Kleene's logic, and two
// literals of one slot become one whose value in each cell is that of both.
func (b *engineBuilder) cubes(c cond, self *path, not bool) []cube {
	c = b.unfold.of(c, b.on)
	switch c := c.(type) {
	case *constCond:
		if (c.t == True) != not {
			return []cube{{}}
		}
		return nil
	case *notCond:
		return b.cubes(c.x, self, !not)
	case *allCond:
		return b.join(c, c.xs, self, not, !not)
	case *anyCond:
		return b.join(c, c.xs, self, not, not)
	case *impliesCond:
		return b.orElse(c, b.cubes(c.x, self, !not), b.cubes(c.y, self, not), self, not)
	case *deniedCond:
		return b.denied(c, self, not)
	case *tallyCond:
		return b.tally(c, self, not)
	case *termCond:
		return b.term(c, self, not)
	}
	return b.atom(c, self, not)
}

// denied is that a relation does not hold, and that its operands have values; or the
// negation of this.
func (b *engineBuilder) denied(c *deniedCond, self *path, not bool) []cube {
	out := b.cubes(c.rel, self, !not)
	for _, h := range c.has {
		has := b.cubes(h, self, not)
		if not {
			out = b.either(out, has)
			continue
		}
		var ok bool
		if out, ok = b.both(out, has); !ok {
			return b.opaqueCube(c, self, not)
		}
	}
	return out
}

// orElse is x implies y from what its sides have become: not x or y, or of its
// negation x and not y.
func (b *engineBuilder) orElse(c cond, x, y []cube, self *path, not bool) []cube {
	if not {
		if out, ok := b.both(x, y); ok {
			return out
		}
		return b.opaqueCube(c, self, true)
	}
	return b.either(x, y)
}

// join is the conjunction of conditions, or else their disjunction.
func (b *engineBuilder) join(c cond, xs []cond, self *path, not, all bool) []cube {
	if !all {
		var u union
		for _, x := range xs {
			if u.add(b.cubes(x, self, not)); len(u.out) > b.mostCubes {
				return b.opaqueCube(c, self, not)
			}
		}
		return u.cubes(b)
	}
	out, ok := []cube{{}}, true
	for _, x := range xs {
		if out, ok = b.both(out, b.cubes(x, self, not)); !ok {
			return b.opaqueCube(c, self, not)
		}
	}
	return out
}

func (b *engineBuilder) term(c *termCond, self *path, not bool) []cube {
	subject, ok := subjectOf(c, self)
	if !ok {
		return b.opaqueCube(c, self, not)
	}
	key := termKey{atomKey{c.term.cond, selfName(subject), b.on}, not}
	out, known := b.terms[key]
	if !known {
		out = b.cubes(c.term.cond, subject, not)
		b.terms[key] = out
	}
	return out
}

func (b *engineBuilder) atom(c cond, self *path, not bool) []cube {
	if h, ok := c.(*hasCond); ok && !h.path.within(self).optional() {
		if not {
			return nil
		}
		return []cube{{}}
	}
	s := b.slotOf(c, self)
	if s == nil {
		if (c.truth(b.probe) == True) != not {
			return []cube{{}}
		}
		return nil
	}
	cells := b.literal(s, c)
	if not {
		cells = match.Others(cells, s.raw())
	}
	return []cube{{b.intern(s, cells)}}
}

// opaqueCube is a condition that is evaluated as it stands.
func (b *engineBuilder) opaqueCube(c cond, self *path, not bool) []cube {
	cell := uint32(cellYes)
	if not {
		cell = cellNo
	}
	return []cube{{b.intern(b.condition(c, self), []match.Span{{Lo: cell, Hi: cell}})}}
}

// intern is the one literal of a slot with some cells.
func (b *engineBuilder) intern(s *slot, cells []match.Span) *literal {
	b.goOn(8 + len(cells)) // a look into a map
	key := make([]byte, 0, 4+8*len(cells))
	key = binary.LittleEndian.AppendUint32(key, uint32(s.index))
	for _, c := range cells {
		key = binary.LittleEndian.AppendUint32(key, c.Lo)
		key = binary.LittleEndian.AppendUint32(key, c.Hi)
	}
	l := b.lits[string(key)]
	if l == nil {
		l = &literal{s, cells}
		b.bytes += 128 + 32*len(cells) // with its key
		b.lits[string(key)] = l
		s.lits = append(s.lits, l)
	}
	return l
}

// tally is at least, at most or exactly n of some conditions.
func (b *engineBuilder) tally(c *tallyCond, self *path, not bool) []cube {
	least := func(n int, not bool) ([]cube, bool) { return b.atLeast(c.xs, n, self, not) }
	var out []cube
	ok := true
	switch c.op {
	case lang.Least:
		out, ok = least(c.n, not)
	case lang.Most:
		out, ok = least(c.n+1, !not)
	default:
		x, okX := least(c.n, not)
		y, okY := least(c.n+1, !not)
		if ok = okX && okY; ok && not {
			out = b.either(x, y)
		} else if ok {
			out, ok = b.both(x, y)
		}
	}
	if !ok || len(out) > b.mostCubes {
		return b.opaqueCube(c, self, not)
	}
	return out
}

// atLeast is n of some conditions, or that fewer hold: all but n-1 of them do not.
func (b *engineBuilder) atLeast(xs []cond, n int, self *path, not bool) ([]cube, bool) {
	if not {
		n = len(xs) - n + 1
	}
	if n > len(xs) {
		return nil, true
	}
	// ways[k] says that at least k of the conditions so far hold.
	ways := make([][]cube, max(n, 0)+1)
	ways[0] = []cube{{}}
	for _, x := range xs {
		holds := b.cubes(x, self, not)
		for k := len(ways) - 1; k > 0; k-- {
			more, ok := b.both(ways[k-1], holds)
			if ways[k] = b.either(ways[k], more); !ok || len(ways[k]) > b.mostCubes {
				return nil, false
			}
		}
	}
	return ways[len(ways)-1], true
}

// both is the conjunction of two disjunctions; not ok where it has too many cubes.
func (b *engineBuilder) both(x, y []cube) ([]cube, bool) {
	if len(x) == 1 && len(x[0]) == 0 {
		return y, len(y) <= b.mostCubes
	}
	if len(x)*len(y) > b.mostCubes {
		return nil, false
	}
	b.goOn(4 * len(x) * len(y))
	out := make([]cube, 0, len(x)*len(y))
	for _, p := range x {
		for _, q := range y {
			out = append(out, b.meet(p, q))
		}
	}
	return out, true
}

// meet is the conjunction of two cubes.
func (b *engineBuilder) meet(p, q cube) cube {
	out := make(cube, 0, len(p)+len(q))
	for len(p) > 0 && len(q) > 0 {
		switch x, y := p[0], q[0]; {
		case x.slot.index < y.slot.index:
			out, p = append(out, x), p[1:]
		case x.slot.index > y.slot.index:
			out, q = append(out, y), q[1:]
		case x == y:
			out, p, q = append(out, x), p[1:], q[1:]
		default:
			out, p, q = append(out, b.intern(x.slot, match.Both(x.cells, y.cells))), p[1:], q[1:]
		}
	}
	return append(append(out, p...), q...)
}

// either is the disjunction of two.
func (b *engineBuilder) either(x, y []cube) []cube {
	var u union
	u.add(x)
	u.add(y)
	return u.cubes(b)
}

// union is a disjunction being made. Cubes of one literal each, of the same slot, become one cube.
type union struct {
	out   []cube
	cells [][]match.Span // by cube: of one that is made of several, the cells of all
	at    map[*slot]int  // the cubes that are one literal
}

func (u *union) add(cs []cube) {
	for _, c := range cs {
		if len(c) == 1 {
			if i, is := u.at[c[0].slot]; is {
				u.cells[i] = append(u.cells[i], c[0].cells...)
				continue
			}
			if u.at == nil {
				u.at = map[*slot]int{}
			}
			u.at[c[0].slot] = len(u.out)
		}
		u.out = append(u.out, c)
		u.cells = append(u.cells, nil)
	}
}

func (u *union) cubes(b *engineBuilder) []cube {
	for i, more := range u.cells {
		if more != nil {
			l := u.out[i][0]
			b.goOn(len(more) + len(l.cells))
			u.out[i] = cube{b.intern(l.slot, match.Either(l.cells, more))}
		}
	}
	return u.out
}
