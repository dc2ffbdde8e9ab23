package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// slot is one question that the compiled engine asks of a case: in which cell of
// its values a fact lies, or whether a condition holds that no cells of one fact
// decide. Cell 0, match.Unknown, is the answer not known.
type slot struct {
	index int
	kind  slotKind
	fact  *path // nil: of a condition about several facts
	name  string
	cond  cond  // of conditionSlot
	self  *path // what the term that it stands in is about
	group *Group
	// The cells of a value. Raw cells tell apart all values that conditions name;
	// cell says into which of the final cells each goes.
	n        int // of final cells
	cell     []uint32
	points   []Value           // of an ordered type, ascending: raw cell 2i+2 is points[i], 2i+1 what is below
	texts    map[string]uint32 // of texts: the raw cells of those that conditions name
	patterns *patterns         // of texts: the raw cells of the others are those of their classes
	lits     []*literal        // the sets of cells that conditions ask for
}

type slotKind uint8

const (
	valueSlot     slotKind = iota // in which cell the fact's value lies
	memberSlot                    // whether a text is in a group
	conditionSlot                 // whether a condition holds, by the reference evaluator
)

// The cells of the slots that answer yes or no.
const (
	cellNo  = 1
	cellYes = 2
)

// literal is a set of cells of a slot.
type literal struct {
	slot  *slot
	cells []match.Span
}

// raw is how many raw cells a value has.
func (s *slot) raw() int {
	n := 0
	switch {
	case s.kind != valueSlot, s.fact.t.basic == boolType:
		return 2 + s.nones()
	case s.fact.t.basic == enumType:
		n = len(s.fact.t.enum.Choices)
	case s.fact.t.basic == thingType && s.fact.t.kind.Ids != nil:
		n = len(s.fact.t.kind.Ids.Choices)
	case ordered(s.fact.t):
		n = 2*len(s.points) + 1
	default:
		n = len(s.texts) + s.patterns.classes()
	}
	return n + s.nones()
}

// nones is 1 where none is one of the values: it then has the last raw cell.
func (s *slot) nones() int {
	if s.kind == valueSlot && s.fact.t.optional {
		return 1
	}
	return 0
}

// values is every raw cell but that of none.
func (s *slot) values() []match.Span { return []match.Span{{Lo: 1, Hi: uint32(s.raw() - s.nones())}} }

// rawOf is the raw cell of a known value.
func (s *slot) rawOf(v Value) uint32 {
	if thing, ok := v.(*Thing); ok {
		v = thing.ID
	}
	switch v := v.(type) {
	case None:
		if s.nones() == 1 {
			return uint32(s.raw())
		}
	case Bool:
		if v {
			return cellYes
		}
		return cellNo
	case Choice:
		return uint32(v.I + 1)
	case Text, Folded:
		key, _ := keyOfText(v)
		return s.rawOfText(key)
	case Number, Date, Duration, scalarValue:
		i, found := slices.BinarySearchFunc(s.points, v, compareOrder)
		if found {
			return uint32(2*i + 2)
		}
		return uint32(2*i + 1)
	}
	return match.Unknown
}

// rawOfText is the raw cell of a text, folded.
func (s *slot) rawOfText(key string) uint32 {
	if c, ok := s.texts[key]; ok {
		return c
	}
	return uint32(len(s.texts) + 1 + s.patterns.class(key))
}

// of is the cell of a value, nil being unknown.
func (s *slot) of(v Value, on num.Date) uint32 {
	if s.kind == memberSlot {
		id, known := identity(v)
		switch {
		case isNone(v):
			return cellNo
		case !known:
			return match.Unknown
		case s.group.has(id, on):
			return cellYes
		}
		return cellNo
	}
	if v == nil {
		return match.Unknown
	}
	return s.cell[s.rawOf(v)]
}

// rawIn is the raw cell that a case lies in; unknown also where a condition cannot be evaluated.
func (s *slot) rawIn(st *state) uint32 {
	if s.kind == valueSlot {
		if v := s.fact.value(st); v != nil {
			return s.rawOf(v)
		}
		return match.Unknown
	}
	cell, _ := s.in(st)
	st.err = nil
	return cell
}

// hasDefaultOf says whether the slot's fact is told beside what a file says, and has a default
// where the file says nothing of the thing: which that is hangs on the identity.
func (s *slot) hasDefaultOf(thing string) bool {
	if s.kind == conditionSlot || !s.fact.isAttr() {
		return false
	}
	a := s.fact.lastAttr()
	return a.toldBeside() && a.Default != nil && s.name == thing+"."+a.Name
}

// byDefault says whether the slot's cell hangs on a fact that the case does not tell
// and that has a default, which another case may tell otherwise.
func (s *slot) byDefault(c *Case) bool {
	if s.kind != conditionSlot {
		f, _ := c.peek(s.name)
		return f.Default
	}
	read := newFactReader()
	read.cond(s.cond, selfName(s.self))
	for name := range read.names {
		if f, _ := c.peek(name); f.Default {
			return true
		}
	}
	return false
}

// in is the cell that a case lies in; not ok where the condition cannot be evaluated.
func (s *slot) in(st *state) (cell uint32, ok bool) {
	if s.kind != conditionSlot {
		return s.of(s.fact.value(st), st.date), true
	}
	var t Truth
	if s.self == nil {
		t = s.cond.truth(st)
	} else if thing, otherwise := s.self.thing(st); thing == nil {
		t = otherwise
	} else {
		st.self, st.name = thing, s.self.fact()
		t = s.cond.truth(st)
		st.self, st.name = nil, ""
	}
	switch {
	case st.err != nil:
		return match.Unknown, false
	case t == True:
		return cellYes, true
	case t == False:
		return cellNo, true
	}
	return match.Unknown, true
}

// squeeze joins raw cells that no literal tells apart, and puts the literals in terms
// of what is left.
func (s *slot) squeeze(b *engineBuilder) {
	if s.kind != valueSlot {
		s.n = 2
		return
	}
	raw := s.raw()
	b.goOn(raw)
	if ordered(s.fact.t) {
		s.cell = joinNeighbours(raw, s.lits)
	} else {
		s.cell = joinAlike(raw, s.lits, b.goOn)
	}
	for _, c := range s.cell {
		s.n = max(s.n, int(c))
	}
	for _, l := range s.lits {
		if ordered(s.fact.t) { // the cells are numbered in their order
			b.goOn(len(l.cells))
			cells := make([]match.Span, len(l.cells))
			for i, raw := range l.cells {
				cells[i] = match.Span{Lo: s.cell[raw.Lo], Hi: s.cell[raw.Hi]}
			}
			l.cells = match.Either(cells, nil)
			continue
		}
		rawCells, others := fewer(l.cells, raw)
		var cells []match.Span
		for _, raw := range rawCells {
			for c := raw.Lo; c <= raw.Hi; c++ {
				cells = append(cells, match.Span{Lo: s.cell[c], Hi: s.cell[c]})
			}
		}
		b.goOn(len(cells))
		if l.cells = match.Either(cells, nil); others {
			l.cells = match.Others(l.cells, s.n)
		}
	}
}

// fewer are some cells of n, or the others where these are fewer.
func fewer(cells []match.Span, n int) (_ []match.Span, others bool) {
	if spanWidth(cells) > n/2 {
		return match.Others(cells, n), true
	}
	return cells, false
}

// joinNeighbours keeps a cell apart from the one before it where some literal does.
func joinNeighbours(raw int, lits []*literal) []uint32 {
	edge := make([]bool, raw+2)
	for _, l := range lits {
		for _, s := range l.cells {
			edge[s.Lo], edge[s.Hi+1] = true, true
		}
	}
	cell := make([]uint32, raw+1)
	n := uint32(1)
	for c := 1; c <= raw; c++ {
		if edge[c] && c > 1 {
			n++
		}
		cell[c] = n
	}
	return cell
}

// joinAlike refines one class of all cells by each literal in turn, going through
// the smaller of its two sides.
func joinAlike(raw int, lits []*literal, goOn func(work int)) []uint32 {
	class := make([]uint32, raw+1)
	size := []int{raw}
	for _, l := range lits {
		cells, _ := fewer(l.cells, raw)
		goOn(1 + spanWidth(cells))
		inside := map[uint32][]uint32{}
		for _, s := range cells {
			for c := s.Lo; c <= s.Hi; c++ {
				inside[class[c]] = append(inside[class[c]], c)
			}
		}
		for _, old := range sortedKeys(inside) {
			moved := inside[old]
			if len(moved) == size[old] {
				continue
			}
			size[old] -= len(moved)
			for _, c := range moved {
				class[c] = uint32(len(size))
			}
			size = append(size, len(moved))
		}
	}
	number := map[uint32]uint32{} // in the order of the cells, so that runs stay runs
	cell := make([]uint32, raw+1)
	for c := 1; c <= raw; c++ {
		if _, seen := number[class[c]]; !seen {
			number[class[c]] = uint32(len(number) + 1)
		}
		cell[c] = number[class[c]]
	}
	return cell
}

func spanWidth(spans []match.Span) int {
	n := 0
	for _, s := range spans {
		n += int(s.Hi-s.Lo) + 1
	}
	return n
}

func sortedKeys[T any](m map[uint32]T) []uint32 {
	out := make([]uint32, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
