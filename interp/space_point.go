package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// point is the cell of every variable that the case tells; the others are Unknown.
func (s *Space) point(c *Case) []int {
	st := &state{ctx: s.ctx, c: c, date: num.Date(c.Date())}
	out := make([]int, len(s.vars))
	for i, v := range s.vars {
		out[i] = s.cellOf(v, st)
	}
	return out
}

func (s *Space) cellOf(v *variable, st *state) int {
	if v.opaque != nil {
		return s.opaqueCell(v, st)
	}
	if v.presence {
		return truthCell((&hasCond{path: v.fact}).truth(st))
	}
	if v.attr.screens() { // that of this version
		if val := v.fact.value(st); val != nil {
			return s.cellWith(v, val)
		}
		return dd.Unknown
	}
	fact, ok := st.c.peek(v.name)
	if !ok || fact.v == nil {
		return dd.Unknown
	}
	return s.cellWith(v, fact.v)
}

// cellWith is the cell in which a known value of a fact lies, or for a set whether it has an
// element of the variable's class.
func (s *Space) cellWith(v *variable, val Value) int {
	if v.set {
		members, known := elements(val) // none has none
		for _, m := range members {
			known = known && m != nil
			if v.cells[1].holds(m) {
				return 1
			}
		}
		if !known && !isNone(val) {
			return dd.Unknown
		}
		return 0
	}
	if thing, ok := val.(*Thing); ok {
		val = thing.ID
	}
	if t, ok := keyOfText(val); ok && v.cells[0].texts != nil { // which is looked up once
		base := v.cells[0].texts.base(t)
		return slices.IndexFunc(v.cells, func(c cell) bool { return slices.Contains(c.bases, base) })
	}
	if v.ways != nil {
		return s.recurring(v, val)
	}
	for i := range v.cells {
		if v.cells[i].holds(val) {
			return i
		}
	}
	return dd.Unknown
}

// recurring is the cell of a moment by what holds of it.
func (s *Space) recurring(v *variable, val Value) int {
	key := make([]byte, len(v.atoms)+1)
	if isNone(val) {
		key[len(v.atoms)] = 1
	}
	for i, a := range v.atoms {
		if s.try(a, v, val) {
			key[i] = 1
		}
	}
	if i, ok := v.ways[string(key)]; ok {
		return i
	}
	return dd.Unknown
}

// truthCell is the cell of a variable that is no or yes.
func truthCell(t Truth) int {
	switch t {
	case True:
		return 1
	case False:
		return 0
	}
	return dd.Unknown
}

// holds says whether a known value lies in the cell.
func (c *cell) holds(v Value) bool {
	if c.none || isNone(v) {
		return c.none && isNone(v)
	}
	if thing, ok := v.(*Thing); ok {
		v = thing.ID
	}
	switch v := v.(type) {
	case Number, Date, Duration, scalarValue:
		if c.spread != nil {
			return among(c.spread, v)
		}
		return c.lo.above(v) && c.hi.below(v)
	case Text, Folded:
		key, _ := keyOfText(v)
		return c.texts != nil && slices.Contains(c.bases, c.texts.base(key)) // nil: the space was too large to be cut
	case nil:
		return false
	}
	return contains(c.values, v)
}

// above says whether v lies above the lower bound b, below whether it lies below the upper one.
func (b *bound) above(v Value) bool {
	if b == nil {
		return true
	}
	order := compareOrder(v, b.v)
	return order > 0 || order == 0 && !b.open
}

func (b *bound) below(v Value) bool {
	if b == nil {
		return true
	}
	order := compareOrder(v, b.v)
	return order < 0 || order == 0 && !b.open
}
