package interp

import (
	"encoding/binary"
	"slices"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/lang"
)

// clause is a conjunction of literals of different slots, by the slots' index.
type clause []*literal

// mostClauses bounds how many cubes one condition may become; past it, its parts
// are evaluated as they stand.
const mostClauses = 48

// cubes writes a condition, or with not its negation, as a disjunction of clauses.
// With three truth values it is equal to the condition: negations are driven
// inwards and conjunctions distributed, which are laws of Kleene's logic, and two
// literals of one slot become one whose value in each cell is that of both.
func (b *engineBuilder) cubes(c cond, self *path, not bool) []clause {
	switch c := c.(type) {
	case *constCond:
		if (c.t == True) != not {
			return []clause{{}}
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
	case *tallyCond:
		return b.tally(c, self, not)
	case *termCond:
		return b.term(c, self, not)
	}
	return b.atom(c, self, not)
}

// orElse is x implies y from what its sides have become: not x or y, or of its
// negation x and not y.
func (b *engineBuilder) orElse(c cond, x, y []clause, self *path, not bool) []clause {
	if not {
		if out, ok := b.both(x, y); ok {
			return out
		}
		return b.opaqueClause(c, self, true)
	}
	return b.either(x, y)
}

// join is the conjunction of conditions, or else their disjunction.
func (b *engineBuilder) join(c cond, xs []cond, self *path, not, all bool) []clause {
	if !all {
		var out []clause
		for _, x := range xs {
			out = b.either(out, b.cubes(x, self, not))
		}
		if len(out) > mostClauses {
			return b.opaqueClause(c, self, not)
		}
		return out
	}
	out, ok := []clause{{}}, true
	for _, x := range xs {
		if out, ok = b.both(out, b.cubes(x, self, not)); !ok {
			return b.opaqueClause(c, self, not)
		}
	}
	return out
}

func (b *engineBuilder) term(c *termCond, self *path, not bool) []clause {
	subject, ok := subjectOf(c, self)
	if !ok {
		return b.opaqueClause(c, self, not)
	}
	key := termKey{atomKey{c.term.cond, selfName(subject), b.on}, not}
	out, known := b.terms[key]
	if !known {
		out = b.cubes(c.term.cond, subject, not)
		b.terms[key] = out
	}
	return out
}

func (b *engineBuilder) atom(c cond, self *path, not bool) []clause {
	if h, ok := c.(*hasCond); ok && !h.path.within(self).optional() {
		if not {
			return nil
		}
		return []clause{{}}
	}
	s := b.slotOf(c, self)
	if s == nil {
		if (c.truth(b.probe) == True) != not {
			return []clause{{}}
		}
		return nil
	}
	cells := b.literal(s, c)
	if not {
		cells = match.Others(cells, s.raw())
	}
	return []clause{{b.intern(s, cells)}}
}

// opaqueClause is a condition that is evaluated as it stands.
func (b *engineBuilder) opaqueClause(c cond, self *path, not bool) []clause {
	cell := uint32(cellYes)
	if not {
		cell = cellNo
	}
	return []clause{{b.intern(b.condition(c, self), []match.Span{{Lo: cell, Hi: cell}})}}
}

// intern is the one literal of a slot with some cells.
func (b *engineBuilder) intern(s *slot, cells []match.Span) *literal {
	key := make([]byte, 0, 4+8*len(cells))
	key = binary.LittleEndian.AppendUint32(key, uint32(s.index))
	for _, c := range cells {
		key = binary.LittleEndian.AppendUint32(key, c.Lo)
		key = binary.LittleEndian.AppendUint32(key, c.Hi)
	}
	l := b.lits[string(key)]
	if l == nil {
		l = &literal{s, cells}
		b.lits[string(key)] = l
		s.lits = append(s.lits, l)
	}
	return l
}

// tally is at least, at most or exactly n of some conditions.
func (b *engineBuilder) tally(c *tallyCond, self *path, not bool) []clause {
	least := func(n int, not bool) ([]clause, bool) { return b.atLeast(c.xs, n, self, not) }
	var out []clause
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
	if !ok || len(out) > mostClauses {
		return b.opaqueClause(c, self, not)
	}
	return out
}

// atLeast is n of some conditions, or that fewer hold: all but n-1 of them do not.
func (b *engineBuilder) atLeast(xs []cond, n int, self *path, not bool) ([]clause, bool) {
	if not {
		n = len(xs) - n + 1
	}
	if n > len(xs) {
		return nil, true
	}
	// ways[k] says that at least k of the conditions so far hold.
	ways := make([][]clause, max(n, 0)+1)
	ways[0] = []clause{{}}
	for _, x := range xs {
		holds := b.cubes(x, self, not)
		for k := len(ways) - 1; k > 0; k-- {
			more, ok := b.both(ways[k-1], holds)
			if ways[k] = b.either(ways[k], more); !ok || len(ways[k]) > mostClauses {
				return nil, false
			}
		}
	}
	return ways[len(ways)-1], true
}

// both is the conjunction of two disjunctions; not ok where it has too many clauses.
func (b *engineBuilder) both(x, y []clause) ([]clause, bool) {
	if len(x) == 1 && len(x[0]) == 0 {
		return y, len(y) <= mostClauses
	}
	if len(x)*len(y) > mostClauses {
		return nil, false
	}
	out := make([]clause, 0, len(x)*len(y))
	for _, p := range x {
		for _, q := range y {
			out = append(out, b.meet(p, q))
		}
	}
	return out, true
}

// meet is the conjunction of two clauses.
func (b *engineBuilder) meet(p, q clause) clause {
	out := make(clause, 0, len(p)+len(q))
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

// either is the disjunction. Clauses that are one literal of the same slot become one.
func (b *engineBuilder) either(x, y []clause) []clause {
	out := slices.Clone(x)
	for _, c := range y {
		if len(c) == 1 {
			if i := slices.IndexFunc(out, func(d clause) bool { return len(d) == 1 && d[0].slot == c[0].slot }); i >= 0 {
				out[i] = clause{b.intern(c[0].slot, match.Either(out[i][0].cells, c[0].cells))}
				continue
			}
		}
		out = append(out, c)
	}
	return out
}
