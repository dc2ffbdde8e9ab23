package interp

import (
	"context"
	"math/bits"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/match"
)

// openDiagram is the diagram of a policy's answers over the cells of its engine's
// slots, laid out to be walked: which answers does a point with unknown cells leave?
// It is immutable.
type openDiagram struct {
	nodes []openNode
	kids  []uint32 // of every node, by the slot's cell, that of the unknown cell unused
}

// openNode asks for the cell of a slot. Leaves are the answers below it, a bit for
// each; a leaf has no kids.
type openNode struct {
	at, cells    uint32 // of the slot in a point
	part         uint64 // see cell
	kids         uint32
	opaque, hazy bool // asks whether an opaque condition holds; some node from here on does
	leaves       uint64
}

// cell is the cell of the node's slot where its place in a point has what n is: n / stride % cells,
// by two multiplications. Part is 2^64 / (stride * cells), rounded up, so that the lower half of n * part is
// the fraction that is left of n / (stride * cells); and cells times as much counts the cells
// (Lemire, Kaser and Kurz, Faster Remainder by Direct Computation, 2019).
func (n *openNode) cell(p match.Point) uint32 {
	cell, _ := bits.Mul64(n.part*uint64(p[n.at]), uint64(n.cells))
	return uint32(cell)
}

// notExact stands among the bits of answers where they hang on an opaque condition;
// mostAnswers is how many they tell apart.
const (
	mostAnswers = 63
	notExact    = 1 << mostAnswers
)

// newOpenDiagram lays out a lens's diagram; nil where there is none, or where it asks
// something that no slot answers.
func (e *engine) newOpenDiagram() *openDiagram {
	if len(e.p.prog.outcomes)+2 > mostAnswers {
		return nil
	}
	l := e.p.lensOn(e.on)
	if err := l.hold(context.Background()); err != nil {
		return nil
	}
	defer l.release()
	if l.err != nil {
		return nil
	}
	b := &openBuilder{e: e, l: l, out: &openDiagram{}, done: map[dd.Node]uint32{}, asked: map[int]*slotCells{}}
	if b.node(l.f); b.lost {
		return nil
	}
	return b.out
}

// slotCells are a slot, the cell that a diagram's variable has in each of its own, and
// the other way round.
type slotCells struct {
	slot  *slot
	cells []int
	of    []uint32
}

// tells says whether the slot tells the variable's cells apart where they lead to
// different nodes.
func (s *slotCells) tells(to []dd.Node) bool {
	for i, c := range s.of {
		if to[i] != to[s.cells[c]] {
			return false
		}
	}
	return true
}

type openBuilder struct {
	e     *engine
	l     *lens
	out   *openDiagram
	done  map[dd.Node]uint32
	asked map[int]*slotCells
	lost  bool // some variable has no slot, or one that does not tell its cells apart where the answer does
}

// node lays out a diagram, what it leads to first, and gives its place.
func (b *openBuilder) node(f dd.Node) uint32 {
	if at, done := b.done[f]; done || b.lost {
		return at
	}
	var n openNode
	store := b.l.space.Store
	v, to, ok := store.Step(f)
	if !ok {
		if leaf, _ := store.Constant(f); leaf != dd.Impossible {
			n.leaves = 1 << leaf
		}
	} else if s := b.slot(v); s == nil || !s.tells(to) {
		b.lost = true
	} else {
		kids := make([]uint32, len(s.cells))
		n.opaque = s.slot.kind == conditionSlot
		n.hazy = n.opaque
		for c := 1; c < len(s.cells); c++ {
			kids[c] = b.node(to[s.cells[c]])
			if !b.lost {
				kid := &b.out.nodes[kids[c]]
				n.leaves, n.hazy = n.leaves|kid.leaves, n.hazy || kid.hazy
			}
		}
		at, stride := b.e.x.Place(s.slot.index)
		n.at, n.cells, n.kids = at, uint32(len(kids)), uint32(len(b.out.kids))
		n.part = ^uint64(0)/(uint64(stride)*uint64(n.cells)) + 1
		b.out.kids = append(b.out.kids, kids...)
	}
	at := uint32(len(b.out.nodes))
	b.out.nodes = append(b.out.nodes, n)
	b.done[f] = at
	return at
}

// slot is the one that answers a variable of the diagram.
func (b *openBuilder) slot(i int) *slotCells {
	if s, known := b.asked[i]; known {
		return s
	}
	v := b.l.space.vars[i]
	var found *slotCells
	for _, s := range b.e.slots {
		switch {
		case s.kind == memberSlot && s.name == v.name: // one cell of the variable is several slots'
			b.lost = true
		case v.blind != nil:
			if s.kind == conditionSlot && s.cond == v.blind.key.c && selfName(s.self) == v.blind.key.self {
				found = &slotCells{s, []int{dd.Unknown, 0, 1}, []uint32{cellNo, cellYes}}
			}
		case !v.set && s.kind == valueSlot && s.name == v.name:
			found = b.cells(s, v)
		}
	}
	b.asked[i] = found
	return found
}

// cells are those of a variable for each of a slot's. Several of them may share one of
// the slot's: of those the last stands for all.
func (b *openBuilder) cells(s *slot, v *variable) *slotCells {
	out := &slotCells{slot: s, cells: make([]int, s.n+1), of: make([]uint32, len(v.cells))}
	for i := range v.cells {
		c := s.of(v.cells[i].values[0], b.e.on)
		out.cells[c], out.of[i] = i, c
	}
	return out
}

// answers are the leaves that some completion of a point has.
func (d *openDiagram) answers(p match.Point) uint64 {
	var room [16]uint64
	seen := room[:]
	if n := (len(d.nodes) + 63) / 64; n > len(room) {
		seen = make([]uint64, n)
	}
	return d.walk(uint32(len(d.nodes)-1), p, 0, seen)
}

// walk adds to found what is below a node.
func (d *openDiagram) walk(at uint32, p match.Point, found uint64, seen []uint64) uint64 {
	for {
		n := &d.nodes[at]
		if n.leaves&^found == 0 && !n.hazy || seen[at/64]>>(at%64)&1 != 0 {
			return found
		}
		if n.cells == 0 {
			return found | n.leaves
		}
		cell := n.cell(p)
		if cell != match.Unknown {
			at = d.kids[n.kids+cell]
			continue
		}
		if n.opaque {
			return found | notExact
		}
		seen[at/64] |= 1 << (at % 64)
		for _, kid := range d.kids[n.kids+1 : n.kids+n.cells] {
			found = d.walk(kid, p, found, seen)
		}
		return found
	}
}
