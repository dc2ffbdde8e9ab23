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
	at, cells             uint32 // of the slot in a point
	part                  uint64 // see cell
	kids                  uint32
	opaque, hangsOnOpaque bool // asks whether an opaque condition holds; some node from here on does
	leaves                uint64
}

// cell is the cell of the node's slot where its place in a point has what n is: n / stride % cells,
// by two multiplications. Part is 2^64 / (stride * cells), rounded up, so that the lower half of n * part is
// the fraction that is left of n / (stride * cells); and cells times as much counts the cells
// (Lemire, Kaser and Kurz, Faster Remainder by Direct Computation, 2019).
func (n *openNode) cell(p match.Point) uint32 {
	cell, _ := bits.Mul64(n.part*uint64(p[n.at]), uint64(n.cells))
	return uint32(cell)
}

// inexact stands among the bits of answers where they hang on an opaque condition;
// mostAnswers is how many they tell apart.
const (
	mostAnswers = 63
	inexact     = 1 << mostAnswers
)

// laidOpen is the diagram laid out; nil where that is not done before ctx is, or another
// goroutine is at it.
func (e *engine) laidOpen(ctx context.Context) *openDiagram {
	if d := e.open.Load(); d != nil {
		return d
	}
	if ctx.Done() == nil {
		e.openMu.Lock()
	} else if !e.openMu.TryLock() {
		return nil
	}
	defer e.openMu.Unlock()
	if e.open.Load() == nil {
		if d := e.newOpenDiagram(ctx); d != nil {
			e.open.Store(d)
		}
	}
	return e.open.Load()
}

// newOpenDiagram lays out the diagram kept of a policy. It is without nodes where there is none, or
// where it asks something that no slot answers; nil where ctx is done before.
func (e *engine) newOpenDiagram(ctx context.Context) *openDiagram {
	if len(e.p.prog.outcomes)+2 > mostAnswers {
		return &openDiagram{}
	}
	l := e.p.diagramOn(e.on)
	if err := l.hold(ctx); err != nil {
		return nil
	}
	defer l.release()
	if l.err != nil {
		return &openDiagram{}
	}
	b := newOpenBuilder(e, l)
	if b.node(l.f); b.lost {
		return &openDiagram{}
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
	e       *engine
	l       *cachedDiagram
	out     *openDiagram
	done    map[dd.Node]uint32
	asked   map[int]*slotCells
	facts   map[string]*slot  // by the name of the fact in whose value they are
	atoms   map[atomKey]*slot // by the condition that they are
	pairs   map[string]*slot  // comparisons, by the pair that they compare
	inGroup map[string]bool   // facts of which slots ask only whether they are in a group
	lost    bool              // some variable has no slot, or one that does not tell its cells apart where the answer does
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
		n.hangsOnOpaque = n.opaque
		for c := 1; c < len(s.cells); c++ {
			kids[c] = b.node(to[s.cells[c]])
			if !b.lost {
				kid := &b.out.nodes[kids[c]]
				n.leaves, n.hangsOnOpaque = n.leaves|kid.leaves, n.hangsOnOpaque || kid.hangsOnOpaque
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
	switch {
	case b.inGroup[v.name]: // one cell of the variable is several slots'
		b.lost = true
	case v.pair != nil:
		if s := b.pairs[pairKey(v.opaque.key.c.(*compareCond), v.opaque.self)]; s != nil {
			found = pairCells(s, v.pair.cells(s.cond.(*compareCond), s.self))
		}
	case v.opaque != nil:
		if s := b.atoms[atomKey{c: v.opaque.key.c, self: v.opaque.key.self}]; s != nil {
			found = &slotCells{s, []int{dd.Unknown, 0, 1}, []uint32{cellNo, cellYes}}
		}
	case !v.set && !v.presence:
		if s := b.facts[v.name]; s != nil {
			found = b.cells(s, v)
		}
	}
	b.asked[i] = found
	return found
}

func newOpenBuilder(e *engine, l *cachedDiagram) *openBuilder {
	b := &openBuilder{e: e, l: l, out: &openDiagram{}, done: map[dd.Node]uint32{}, asked: map[int]*slotCells{},
		facts: map[string]*slot{}, atoms: map[atomKey]*slot{}, pairs: map[string]*slot{}, inGroup: map[string]bool{}}
	for _, s := range e.slots {
		switch s.kind {
		case valueSlot:
			b.facts[s.name] = s
		case memberSlot:
			b.inGroup[s.name] = true
		case conditionSlot:
			b.atoms[atomKey{c: s.cond, self: selfName(s.self)}] = s
			if c, compares := s.cond.(*compareCond); compares {
				b.pairs[pairKey(c, s.self)] = s
			}
		}
	}
	return b
}

// pairCells are the cells of a comparison's variable for a slot that says of one of its
// comparisons whether it holds.
func pairCells(s *slot, yes []bool) *slotCells {
	out := &slotCells{s, []int{dd.Unknown, 0, 0}, make([]uint32, len(yes))}
	for i, y := range yes {
		out.of[i] = cellNo
		if y {
			out.of[i] = cellYes
		}
		out.cells[out.of[i]] = i
	}
	return out
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
		if n.leaves&^found == 0 && !n.hangsOnOpaque || seen[at/64]>>(at%64)&1 != 0 {
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
			return found | inexact
		}
		seen[at/64] |= 1 << (at % 64)
		for _, kid := range d.kids[n.kids+1 : n.kids+n.cells] {
			found = d.walk(kid, p, found, seen)
		}
		return found
	}
}
