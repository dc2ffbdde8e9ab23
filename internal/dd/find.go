package dd

import (
	"math/bits"
	"slices"
)

// finder looks for a point at which a gate holds, without working out its diagram. It
// gives one variable after the other a cell, such as the gate asks for most urgently; what
// the gates come to with three truth values says when to turn back. Every dead end is
// explained by a box, as large as is easily seen, in which the gate fails: cells of the box
// are not tried again, and a choice that the box does not speak of is taken back untried.
//
// That is search with conflict-directed backjumping (P. Prosser, "Hybrid algorithms for the
// constraint satisfaction problem", Computational Intelligence 9, 1993) over the objectives
// of a circuit (P. Goel, "An implicit enumeration algorithm to generate tests for
// combinational logic circuits", IEEE Transactions on Computers C-30, 1981).
type finder struct {
	c       *Circuit
	s       *Store
	at      []cone   // what root is made of, parts before what they are part of
	place   []uint32 // by gate: its place in at, if mark is up to date
	mark    []uint32
	round   uint32
	users   []use // of all of at, one after the other
	readers [][]uint32
	read    []int // the variables that have readers
	cell    []int32
	trail   []undo
	root    Gate // its place in at, doubled, and whether it is negated
	seen    []uint32
	look    uint32
	stack   []Gate
}

// cone is a gate of which the one looked for is made.
type cone struct {
	gate     Gate
	users    uint32 // from there on in finder.users
	n        uint32
	left     Node   // of a diagram: what is left of it by the cells chosen
	falses   uint32 // of its parts
	unknowns uint32
	says     ternary
	depth    int32 // how many cells were chosen when that was known
}

// use is a conjunction that a gate is part of.
type use struct {
	by  uint32
	not bool
}

type ternary uint8

const (
	unknown ternary = iota
	holds
	fails
)

func (t ternary) negated(not bool) ternary {
	if not && t != unknown {
		return t ^ holds ^ fails
	}
	return t
}

// undo takes back that something came to be known of a gate, or what was left of a diagram.
type undo struct {
	place uint32
	says  bool
	left  Node
}

// Find returns choices after which a gate holds, and the region, whatever the other variables
// are. It is not ok where the gate never holds there. It takes at most so many steps; 0: any number.
func (c *Circuit) Find(g Gate, steps uint64) (choices []Choice, ok bool, err error) {
	defer c.s.catch(&err)
	if g = c.And(g, c.there); g <= Yes {
		return nil, g == Yes, nil
	}
	if steps > 0 {
		limit := c.s.stepLimit
		defer func() { c.s.stepLimit, c.s.look = limit, c.s.steps }()
		if until := c.s.steps + steps; limit == 0 || until < limit {
			c.s.stepLimit, c.s.look = until, c.s.steps
		}
	}
	f := &c.finder
	defer f.clear()
	f.begin(c, g)
	if found, _ := f.search(0); !found {
		return nil, false, nil
	}
	slices.Sort(f.read)
	for _, v := range f.read {
		if f.cell[v] >= 0 {
			choices = append(choices, Choice{v, int(f.cell[v])})
		}
	}
	return choices, true, nil
}

// begin takes in what the gate is made of.
func (f *finder) begin(c *Circuit, root Gate) {
	f.c, f.s = c, c.s
	if f.cell == nil {
		f.cell, f.readers = make([]int32, len(c.s.domains)), make([][]uint32, len(c.s.domains))
		for v := range f.cell {
			f.cell[v] = -1
		}
	}
	f.at, f.users, f.trail = f.at[:0], f.users[:0], f.trail[:0]
	if n := len(c.gates); len(f.mark) < n {
		f.mark, f.place = append(f.mark, make([]uint32, n-len(f.mark))...), append(f.place, make([]uint32, n-len(f.place))...)
	}
	f.round++
	f.take(root)
	for len(f.seen) < len(f.at) {
		f.seen = append(f.seen, 0)
	}
	f.root = f.place2(root)
	n := uint32(0)
	for i := range f.at {
		f.at[i].users, n, f.at[i].n = n, n+f.at[i].n, 0
	}
	for uint32(len(f.users)) < n {
		f.users = append(f.users, use{})
	}
	for i := range f.at {
		for _, kid := range f.c.parts(f.at[i].gate) {
			k := &f.at[f.place[kid>>1]]
			f.users[k.users+k.n] = use{uint32(i), kid&1 == 1}
			k.n++
		}
	}
}

// place2 is a gate by its place among those of root, in the way of Gate.
func (f *finder) place2(g Gate) Gate { return Gate(f.place[g>>1])<<1 | g&1 }

// take takes in a gate and its parts.
func (f *finder) take(g Gate) {
	i := g >> 1
	if g <= Yes || f.mark[i] == f.round {
		return
	}
	f.mark[i] = f.round
	f.s.step()
	parts := f.c.parts(g)
	for _, kid := range parts {
		f.take(kid)
	}
	f.place[i] = uint32(len(f.at))
	x := cone{gate: g &^ 1, unknowns: uint32(len(parts))}
	if len(parts) == 0 {
		x.left = f.c.gates[i].leaf
		for _, v := range f.c.profile(x.left).vars {
			if len(f.readers[v]) == 0 {
				f.read = append(f.read, v)
			}
			f.readers[v] = append(f.readers[v], uint32(len(f.at)))
		}
	}
	f.at = append(f.at, x)
	for _, kid := range parts {
		f.at[f.place[kid>>1]].n++
	}
}

// clear makes room for the next search.
func (f *finder) clear() {
	for _, v := range f.read {
		f.readers[v], f.cell[v] = f.readers[v][:0], -1
	}
	f.read = f.read[:0]
}

func (f *finder) says(g Gate) ternary { return f.at[g>>1].says.negated(g&1 == 1) }

// search chooses further cells. It reports whether it came to a point at which the gate
// holds; else why the gate fails whatever further cells are chosen.
func (f *finder) search(depth int32) (found bool, why box) {
	switch f.says(f.root) {
	case holds:
		return true, nil
	case fails:
		return false, f.explain()
	}
	v, cell := f.next()
	var all box   // why it fails for the cells tried, as far as other variables have to do with it
	var tried set // cells
	for ; cell >= 0; cell = f.c.quietest(v, func(c int) bool { return !tried.has(c) }) {
		mark := len(f.trail)
		f.choose(v, cell, depth+1)
		if found, why = f.search(depth + 1); found {
			return true, nil
		}
		f.takeBack(v, mark)
		own := why.of(v)
		if own == nil {
			return false, why
		}
		if tried == nil {
			tried = newSet(f.s.domains[v])
		}
		tried.add(own)
		for _, b := range why {
			if b.v != v {
				all.meet(b.v, b.cells)
			}
		}
	}
	return false, all
}

// choose gives a variable a cell.
func (f *finder) choose(v, cell int, depth int32) {
	f.cell[v] = int32(cell)
	f.s.step()
	for _, i := range f.readers[v] {
		x := &f.at[i]
		if x.says != unknown {
			continue
		}
		f.s.steps++
		left := f.s.restrict(x.left, uint32(v), uint32(cell))
		if left == x.left {
			continue
		}
		f.trail = append(f.trail, undo{place: i, left: x.left})
		switch x.left = left; left {
		case False:
			f.know(i, fails, depth)
		case True:
			f.know(i, holds, depth)
		}
	}
}

// know takes in what a gate says, and what follows for those that it is part of.
func (f *finder) know(i uint32, says ternary, depth int32) {
	x := &f.at[i]
	x.says, x.depth = says, depth
	f.trail = append(f.trail, undo{place: i, says: true})
	for _, u := range f.users[x.users : x.users+x.n] {
		by := &f.at[u.by]
		by.unknowns--
		if says.negated(u.not) == fails {
			by.falses++
		}
	}
	for _, u := range f.users[x.users : x.users+x.n] {
		switch by := &f.at[u.by]; {
		case by.says != unknown:
		case by.falses > 0:
			f.know(u.by, fails, depth)
		case by.unknowns == 0:
			f.know(u.by, holds, depth)
		}
	}
}

// takeBack takes back a choice and what followed from it.
func (f *finder) takeBack(v, mark int) {
	for len(f.trail) > mark {
		t := f.trail[len(f.trail)-1]
		f.trail = f.trail[:len(f.trail)-1]
		x := &f.at[t.place]
		if !t.says {
			x.left = t.left
			continue
		}
		for _, u := range f.users[x.users : x.users+x.n] {
			by := &f.at[u.by]
			by.unknowns++
			if x.says.negated(u.not) == fails {
				by.falses--
			}
		}
		x.says = unknown
	}
	f.cell[v] = -1
}

// next is a choice that helps the gate to hold: it follows the gates that are to hold, or
// to fail, down to a diagram.
func (f *finder) next() (v, cell int) {
	g := f.root
	for {
		x := &f.at[g>>1]
		parts := f.c.parts(x.gate)
		if len(parts) == 0 {
			return f.towards(x.left, g&1 == 0)
		}
		best, rank := Gate(0), 4
		for _, kid := range parts {
			kid = f.place2(kid)
			if f.says(kid) != unknown {
				continue
			}
			if r := f.urgency(kid, g&1 == 1); r < rank {
				best, rank = kid, r
			}
		}
		g = best ^ g&1 // one of several is to fail, where all are not to hold
	}
}

// urgency ranks the parts of a conjunction by which is looked at first. Where all are to hold,
// those that hold in the fewest cases come first; where one is to fail, the one that does so most easily.
func (f *finder) urgency(g Gate, oneFails bool) int {
	diagram := len(f.c.parts(f.at[g>>1].gate)) == 0
	switch {
	case !diagram:
		return 1
	case (g&1 == 1) == oneFails: // a diagram is to hold
		if oneFails {
			return 2
		}
		return 0
	case oneFails:
		return 0
	}
	return 2
}

// towards is a cell of the variable that a diagram asks first, by which the diagram may come to
// what is wanted; better one by which it does at once, and best one of which few others speak.
func (f *finder) towards(n Node, want bool) (v, cell int) {
	v = int(f.s.level(n))
	goal, miss := True, False
	if !want {
		goal, miss = False, True
	}
	rs := f.s.kids(n)
	at := 0
	pick := func(ok func(Node) bool) int {
		at = 0
		return f.c.quietest(v, func(c int) bool {
			for int(rs[at].hi) < c {
				at++
			}
			return ok(rs[at].to)
		})
	}
	if cell = pick(func(to Node) bool { return to == goal }); cell < 0 {
		cell = pick(func(to Node) bool { return to != miss })
	}
	return v, cell
}

// explain is a box, around the cells chosen, in which the gate fails.
func (f *finder) explain() box {
	var out box
	f.look++
	f.stack = append(f.stack[:0], f.root>>1)
	for len(f.stack) > 0 {
		i := f.stack[len(f.stack)-1]
		f.stack = f.stack[:len(f.stack)-1]
		if f.seen[i] == f.look {
			continue
		}
		f.seen[i] = f.look
		x := &f.at[i]
		parts := f.c.parts(x.gate)
		switch {
		case len(parts) == 0:
			f.s.newVisit()
			f.around(f.c.gates[x.gate>>1].leaf, truthOf(x.says == holds), &out)
		case x.says == holds:
			for _, kid := range parts {
				f.stack = append(f.stack, f.place2(kid)>>1)
			}
		default:
			first := Gate(0)
			found := false
			for _, kid := range parts {
				kid = f.place2(kid)
				if f.says(kid) == fails && (!found || f.earlier(kid>>1, first)) {
					first, found = kid>>1, true
				}
			}
			f.stack = append(f.stack, first)
		}
	}
	return out
}

// earlier says whether a gate was known before another, or takes part in the explanation already.
func (f *finder) earlier(i, j Gate) bool {
	if a, b := f.seen[i] == f.look, f.seen[j] == f.look; a != b {
		return a
	}
	return f.at[i].depth < f.at[j].depth
}

func truthOf(b bool) Node {
	if b {
		return True
	}
	return False
}

// around narrows a box so that a diagram says in it what it says by the cells chosen.
func (f *finder) around(n, says Node, out *box) {
	s := f.s
	if s.isLeaf(n) || s.seen[n] == s.visit {
		return
	}
	s.seen[n] = s.visit
	rs := s.kids(n)
	v := int(s.level(n))
	if f.cell[v] < 0 {
		for _, r := range rs {
			f.around(r.to, says, out)
		}
		return
	}
	to := s.child(n, uint32(f.cell[v]))
	lo := uint32(0)
	cells := newSet(s.domains[v])
	for _, r := range rs {
		if r.to == to || r.to == says {
			cells.fill(lo, r.hi)
		}
		lo = r.hi + 1
	}
	out.meet(v, cells)
	f.around(to, says, out)
}

// box is the points at which each variable named has one of its cells.
type box []side

type side struct {
	v     int
	cells set
}

// of is the cells of a variable; nil where it may have any.
func (b box) of(v int) set {
	for _, x := range b {
		if x.v == v {
			return x.cells
		}
	}
	return nil
}

// meet narrows a box. The cells become its own.
func (b *box) meet(v int, cells set) {
	for _, x := range *b {
		if x.v == v {
			for i := range x.cells {
				x.cells[i] &= cells[i]
			}
			return
		}
	}
	*b = append(*b, side{v, cells})
}

// set is a set of cells.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (x set) has(c int) bool { return x[c/64]>>(c%64)&1 == 1 }

func (x set) add(y set) {
	for i := range x {
		x[i] |= y[i]
	}
}

// fill adds the cells lo to hi.
func (x set) fill(lo, hi uint32) {
	for w := lo / 64; w <= hi/64; w++ {
		mask := ^uint64(0)
		if w == lo/64 {
			mask <<= lo % 64
		}
		if w == hi/64 {
			mask &= ^uint64(0) >> (63 - hi%64)
		}
		x[w] |= mask
	}
}

func (x set) meets(y set) bool {
	for i := range x {
		if x[i]&y[i] != 0 {
			return true
		}
	}
	return false
}

func (x set) inside(y set) bool {
	for i := range x {
		if x[i]&^y[i] != 0 {
			return false
		}
	}
	return true
}

func (x set) count() (n int) {
	for _, w := range x {
		n += bits.OnesCount64(w)
	}
	return n
}

// each yields the cells in their order.
func (x set) each(yield func(cell int) bool) {
	for w, word := range x {
		for ; word != 0; word &= word - 1 {
			if !yield(64*w + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}
