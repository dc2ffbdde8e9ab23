package match

import (
	"cmp"
	"slices"
)

// Bounds on the diagram of classes: the steps that may be gone for it in one order and the
// cells that it may have, for each cube and to begin with.
const (
	stepsPerCube = 192
	stepsAnyway  = 1 << 20
	cellsPerCube = 48
	cellsAnyway  = 1 << 16
	fewPerCube   = 8 // cells with which no other order is tried
)

// classify gives the index its classes, where they are not too many. The places that leave
// the fewest cubes possible are asked first. Where that takes much room they are asked last as
// well, which is better for cubes that are alike but for these, as the rules of many departments
// are; what takes less room is kept.
func (b *builder) classify(ids []uint32) {
	order := b.levels(ids)
	most := cellsAnyway + cellsPerCube*len(ids)
	b.x.classes = b.diagram(ids, order, most)
	if n := len(b.x.classes.cells); n > 0 && n <= fewPerCube*len(ids) {
		return
	} else if n > 0 {
		most = n - 1
	}
	order = slices.Clone(order)
	slices.Reverse(order)
	if c := b.diagram(ids, order, most); c.n > 0 {
		b.x.classes = c
	}
}

// diagram is that of the classes, asking for the places in an order, in at most so many cells.
func (b *builder) diagram(ids, order []uint32, most int) (out classes) {
	c := &classifier{builder: b, left: stepsAnyway + stepsPerCube*len(ids), levelOf: make([]int, len(b.domains)), heldAt: make([]int, len(b.cubes)), sure: make([]int, len(b.cubes))}
	for level, at := range order {
		for _, v := range b.groups[at] {
			c.levelOf[v] = level + 1
		}
	}
	for _, id := range ids {
		for _, l := range b.cubes[id] {
			c.heldAt[id] = max(c.heldAt[id], c.levelOf[l.Var])
		}
	}
	now := newStates()
	now.add(c.held(ids, 0))
	var levels [][]row
	for level, at := range order {
		rows, after, ok := c.level(now, int(at), level+1)
		if !ok {
			return out
		}
		levels, now = append(levels, rows), after
	}
	if cells := pack(levels, most, b.goOn); cells != nil {
		out = classes{order, levels[0][0].base, cells, uint32(now.n())}
	}
	return out
}

// levels are the places of points, those first that leave the fewest cubes possible.
func (b *builder) levels(ids []uint32) []uint32 {
	left := make([]float64, len(b.groups)) // the cubes that are, on the average
	part := map[uint32]float64{}           // the part of the cells that one cube is in, where it asks
	for at := range left {
		left[at] = float64(len(ids))
	}
	for _, id := range ids {
		clear(part)
		for _, l := range b.cubes[id] {
			at := b.x.places[l.Var].at
			if _, asks := part[at]; !asks {
				part[at] = 1
			}
			part[at] *= float64(width(l.Cells)) / float64(b.domains[l.Var])
		}
		for at, p := range part {
			left[at] -= 1 - p
		}
		b.goOn(1)
	}
	order := make([]uint32, len(b.groups))
	for at := range order {
		order[at] = uint32(at)
	}
	slices.SortStableFunc(order, func(p, q uint32) int { return cmp.Compare(left[p], left[q]) })
	return order
}

// states are the sets of cubes that may be possible before a level, each once.
type states struct {
	ids  []uint32       // of all sets, one after the other,
	at   []int          // beginning with these places, of which the last is the end
	last map[uint64]int // by hash: the last state that has it,
	prev []int          // and by state the one before; -1: none
}

func newStates() *states { return &states{at: []int{0}, last: map[uint64]int{}} }

func (s *states) n() int { return len(s.prev) }

func (s *states) set(i int) []uint32 { return s.ids[s.at[i]:s.at[i+1]] }

// add is the number of a set, which is copied if it is new.
func (s *states) add(set []uint32) int {
	h := uint64(len(set))
	for _, id := range set {
		h = (h ^ uint64(id)) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	last, ok := s.last[h]
	if !ok {
		last = -1
	}
	for i := last; i >= 0; i = s.prev[i] {
		if slices.Equal(s.set(i), set) {
			return i
		}
	}
	s.ids, s.prev = append(s.ids, set...), append(s.prev, last)
	s.at = append(s.at, len(s.ids))
	s.last[h] = s.n() - 1
	return s.n() - 1
}

// classifier makes one level after the other.
type classifier struct {
	*builder
	left    int   // steps that may still be gone
	levelOf []int // by variable, from 1 on
	heldAt  []int // by cube: behind which level it holds, if it is still possible
	sure    []int // by what cubes are about: the round in which it was found to hold
	round   int
	room    []uint32
	on      []uint32 // room for the cubes possible at a cell,
	spare   []uint32 // and at the one before
	edges   []edge
	ends    []end
}

// row is what a state makes of the cells of a place.
type row struct {
	base  uint32
	size  int // of the place
	most  int // the state after all cells but
	cells []next
}

type next struct {
	cell  uint32
	state int
}

// step is what the cells of one variable make of some states: by state, runs of cells.
type step struct {
	runs []run // of all states, one after the other,
	at   []int // beginning with these places, of which the last is the end
}

// run is some neighbouring cells of a variable that lead to one state.
type run struct {
	Span
	state int
}

func (s *step) of(state int) []run { return s.runs[s.at[state]:s.at[state+1]] }

// level is the rows of some states for a place, and the states that they lead to; not
// ok where that takes too long.
func (c *classifier) level(now *states, at, level int) (rows []row, after *states, ok bool) {
	vars := c.groups[at]
	steps := make([]step, len(vars))
	size := 1
	after = now
	for i, v := range vars {
		before := after
		after, steps[i].at = newStates(), []int{0}
		for state := range before.n() {
			c.runs(&steps[i], before.set(state), v, after, level, i == len(vars)-1)
		}
		size += int(c.x.places[v].stride) * c.domains[v]
	}
	if c.left < 0 {
		return nil, nil, false
	}
	rows = make([]row, now.n())
	for state := range rows {
		c.ends = c.ends[:0]
		c.reach(vars, steps, state, 0)
		rows[state] = c.sparse()
		rows[state].size = size
	}
	return rows, after, c.left >= 0
}

// edge is where the cells of a cube begin or, if out, end: cell, cube and out from the
// upper bits on, which sort fast.
type edge uint64

func edgeAt(cell, id uint32, out edge) edge { return edge(cell)<<32 | edge(id)<<1 | out }

func (e edge) cell() uint32 { return uint32(e >> 32) }
func (e edge) id() uint32   { return uint32(e) >> 1 }
func (e edge) out() bool    { return e&1 != 0 }

// runs adds the runs of a variable's cells that leave the same of some cubes, as far as
// steps are left. Last says that it is the last variable of a level.
func (c *classifier) runs(s *step, set []uint32, v int, after *states, level int, last bool) {
	c.goOn(len(set) + 1)
	on, edges := c.on[:0], c.edges[:0] // the cubes possible at a cell, ascending
	for _, id := range set {
		l, asks := c.literal(id, v)
		if !asks {
			on = append(on, id)
		}
		for _, s := range l.Cells {
			edges = append(edges, edgeAt(s.Lo, id, 0), edgeAt(s.Hi+1, id, 1))
		}
	}
	slices.Sort(edges)
	c.edges = edges
	cells := uint32(c.domains[v])
	for cell := uint32(1); cell <= cells && c.left >= 0; {
		n := 0
		for n < len(edges) && edges[n].cell() == cell {
			n++
		}
		on = c.pass(on, edges[:n])
		edges = edges[n:]
		end := cells
		if len(edges) > 0 {
			end = edges[0].cell() - 1
		}
		c.goOn(len(on) + 1)
		left := on
		if last {
			left = c.held(on, level)
		}
		s.runs = append(s.runs, run{Span{cell, end}, after.add(left)})
		c.left -= len(on) + 1
		cell = end + 1
	}
	c.left -= len(set) + len(c.edges)
	s.at = append(s.at, len(s.runs))
	c.on = on
}

// held puts one that stands for all into the place of the cubes about one thing, where one of
// them holds behind a level, whatever is asked further on: the others tell nothing more.
func (c *classifier) held(set []uint32, level int) []uint32 {
	if c.about == nil {
		return set
	}
	n := uint32(len(c.cubes))
	c.round++
	out := c.room[:0]
	for _, id := range set {
		about := id - n // of what stands for all
		switch {
		case id >= n:
		case c.heldAt[id] <= level:
			about = c.about[id]
		default:
			continue
		}
		if c.sure[about] != c.round {
			c.sure[about] = c.round
			out = append(out, n+about)
		}
	}
	for _, id := range set {
		if id < n && c.sure[c.about[id]] != c.round {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	c.room = out
	return out
}

// pass is the cubes possible behind the edges of a cell.
func (c *classifier) pass(on []uint32, edges []edge) []uint32 {
	if len(edges) == 0 {
		return on
	}
	behind := c.spare[:0]
	for _, e := range edges {
		n, _ := slices.BinarySearch(on, e.id())
		behind = append(behind, on[:n]...)
		if on = on[n:]; e.out() {
			on = on[1:]
		} else {
			behind = append(behind, e.id())
		}
	}
	behind = append(behind, on...)
	c.on, c.spare = behind, c.on
	return behind
}

// end is a run of cells of the last variable of a place, the others having the cells that
// off stands for.
type end struct {
	run
	off, stride uint32
}

// reach goes through the runs of the variables of a place.
func (c *classifier) reach(vars []int, steps []step, state int, off uint32) {
	stride := c.x.places[vars[0]].stride
	for _, r := range steps[0].of(state) {
		c.left--
		if len(vars) == 1 {
			c.ends = append(c.ends, end{r, off, stride})
			continue
		}
		for cell := r.Lo; cell <= r.Hi && c.left >= 0; cell++ {
			c.reach(vars[1:], steps[1:], r.state, off+stride*cell)
		}
	}
}

// sparse is a row without the cells that lead where most do.
func (c *classifier) sparse() (r row) {
	cells := map[int]int{} // by state
	all := 0
	for _, e := range c.ends {
		n := int(e.Hi-e.Lo) + 1
		cells[e.state] += n
		all += n
		if n := cells[e.state]; n > cells[r.most] || n == cells[r.most] && e.state < r.most {
			r.most = e.state
		}
	}
	left := all - cells[r.most]
	if c.left -= left; c.left < 0 {
		return r
	}
	r.cells = make([]next, 0, left)
	for _, e := range c.ends {
		for cell := e.Lo; cell <= e.Hi && e.state != r.most; cell++ {
			r.cells = append(r.cells, next{e.off + e.stride*cell, e.state})
		}
	}
	return r
}
