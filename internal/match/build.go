package match

import (
	"maps"
	"slices"
)

// Bounds on the tables.
const (
	mostShared  = 512  // entries of a table that several variables share in a block that is alone,
	mostGrouped = 64   // and in the blocks of a tree
	fewCells    = 8    // of variables that share there; what has more is sooner split by
	mostDirect  = 64   // cells of a variable that has an entry for each in the blocks of a tree,
	mostAlone   = 4096 // and in a block that is alone
	mostSpread  = 64   // cells up to which a cube is put into the kid of each
	mostCopies  = 8    // how many places a cube is put in, on the average
	worthASplit = 0.75 // what part of the cubes may be left, on the average
	mostMerged  = 16   // cubes in rest that are put into the kids instead
)

// Build makes the index of some cubes. Domains are the numbers of cells that the
// variables have beside Unknown. About is what each cube is about: classes tell apart what holds, and
// not by which cubes; where it is nil, each is about itself. It is nil where the tables would take more
// than so many bytes. GoOn is told of the work that is done, and may panic to end it.
func Build(domains []int, cubes []Cube, about []int32, bytes int, goOn func(work int)) (x *Index) {
	defer func() {
		if r := recover(); r != nil {
			if _, is := r.(tooLarge); !is {
				panic(r)
			}
			x = nil
		}
	}()
	b := &builder{goOn: goOn, words: bytes / 16, x: &Index{places: make([]place, len(domains))}, domains: domains, cubes: cubes, about: numbered(about), shapes: map[string]int{}, blocks: map[string]uint32{}}
	all := make([]uint32, len(cubes))
	for i := range all {
		all[i] = uint32(i)
	}
	if len(cubes) <= blockSize && !slices.ContainsFunc(domains, func(n int) bool { return n > mostAlone }) {
		b.alone(all)
		return b.x
	}
	b.group()
	b.left = mostCopies * (len(cubes) + blockSize)
	b.x.root = b.node(all, make([]bool, len(domains)))
	b.classify(all)
	return b.x
}

// numbered puts numbers from 0 on, as they come, into the place of others.
func numbered(of []int32) []uint32 {
	if of == nil {
		return nil
	}
	out, numbers := make([]uint32, len(of)), map[int32]uint32{}
	for i, n := range of {
		number, known := numbers[n]
		if !known {
			number = uint32(len(numbers))
			numbers[n] = number
		}
		out[i] = number
	}
	return out
}

// tooLarge ends the making of an index whose tables outgrow their bytes.
type tooLarge struct{}

type builder struct {
	x       *Index
	goOn    func(work int)
	words   int // that the tables may have, of 16 bytes
	domains []int
	cubes   []Cube
	about   []uint32 // what each cube is about, numbered from 0 on; nil: itself
	left    int      // copies of cubes that may still be made
	shapes  map[string]int
	blocks  map[string]uint32
	groups  [][]int // the variables that stand at each place of a point
	now     []table // of the block being made, which starts at
	start   int
}

// group gives the variables their places. Those with few cells share one, and so
// their tables.
func (b *builder) group() {
	x := b.x
	size := mostGrouped + 1
	for _, v := range b.bySize() {
		if cells := b.domains[v] + 1; size*cells <= mostGrouped && b.domains[v] <= fewCells {
			x.places[v] = place{uint32(x.width - 1), uint32(size)}
			b.groups[x.width-1] = append(b.groups[x.width-1], v)
			size *= cells
			continue
		}
		x.places[v] = place{uint32(x.width), 1}
		b.groups = append(b.groups, []int{v})
		size = b.domains[v] + 1
		x.width++
	}
	x.width = max(1, x.width)
}

// bySize are the variables, those with fewer cells first.
func (b *builder) bySize() []int {
	order := make([]int, len(b.domains))
	for v := range order {
		order[v] = v
	}
	slices.SortStableFunc(order, func(v, w int) int { return b.domains[v] - b.domains[w] })
	return order
}

// alone puts all cubes in one block. Variables with few cells share a table.
func (b *builder) alone(ids []uint32) {
	x := b.x
	order := b.bySize()
	b.open(ids)
	for len(order) > 0 {
		size, n := 1, 0
		for n < len(order) && (n == 0 || size*(b.domains[order[n]]+1) <= mostShared) {
			v := order[n]
			x.places[v] = place{uint32(x.width), uint32(size)}
			size *= b.domains[v] + 1
			n++
		}
		b.share(ids, uint32(x.width), order[:n], size)
		x.width++
		order = order[n:]
	}
	x.root = b.close(ids)
}

// share adds a table for several variables that stand at one place.
func (b *builder) share(ids []uint32, at uint32, vars []int, size int) {
	sure, maybe := []uint64{^uint64(0)}, []uint64{^uint64(0)}
	for _, v := range vars {
		b.goOn(b.domains[v] + 2*len(ids))
		known := b.admitted(ids, v)
		open := b.free(ids, v)
		s, m := make([]uint64, 0, size), make([]uint64, 0, size)
		for c := 0; c <= b.domains[v]; c++ {
			for i := range sure {
				if c == Unknown {
					s, m = append(s, sure[i]&open), append(m, maybe[i])
				} else {
					s, m = append(s, sure[i]&known[c-1]), append(m, maybe[i]&known[c-1])
				}
			}
		}
		sure, maybe = s, m
	}
	b.table(at, nil, sure, maybe)
}

// admitted is for every cell of a variable, from 1 on, the cubes that admit it.
func (b *builder) admitted(ids []uint32, v int) []uint64 {
	free := b.free(ids, v)
	out := make([]uint64, b.domains[v])
	for c := range out {
		out[c] = free
	}
	for i, id := range ids {
		if l, ok := b.literal(id, v); ok {
			for _, s := range l.Cells {
				for c := s.Lo; c <= s.Hi; c++ {
					out[c-1] |= 1 << i
				}
			}
		}
	}
	return out
}

// free are the cubes that say nothing of a variable.
func (b *builder) free(ids []uint32, v int) uint64 {
	m := uint64(0)
	for i, id := range ids {
		if _, ok := b.literal(id, v); !ok {
			m |= 1 << i
		}
	}
	return m
}

func (b *builder) literal(id uint32, v int) (Literal, bool) {
	if int(id) >= len(b.cubes) { // what stands for all cubes about one thing, one of which holds
		return Literal{}, false
	}
	for _, l := range b.cubes[id] {
		if l.Var == v {
			return l, true
		}
	}
	return Literal{}, false
}

func ones(n int) uint64 { return ^uint64(0) >> (blockSize - n) }

// node is the tree of some cubes; done are the variables that have been split by
// on the way.
func (b *builder) node(ids []uint32, done []bool) ref {
	b.goOn(len(ids) + len(done)/blockSize + 1)
	switch {
	case len(ids) == 0:
		return 0
	case len(ids) == 1:
		if r, ok := b.lone(ids[0], done); ok {
			return r
		}
		return b.block(ids, done)
	case len(ids) <= 4:
		return b.block(ids, done)
	}
	if v, ok := b.choose(ids, done); ok {
		return b.split(ids, v, done)
	}
	if len(ids) <= blockSize {
		return b.block(ids, done)
	}
	return b.chain(ids, done)
}

// chain is one block after the other: what no variable tells apart.
func (b *builder) chain(ids []uint32, done []bool) ref {
	next := ref(0)
	for from := 0; from < len(ids); from += blockSize {
		at := b.block(ids[from:min(from+blockSize, len(ids))], done)
		if next == 0 {
			next = at
			continue
		}
		b.x.splits = append(b.x.splits, split{kids: uint32(len(b.x.kids)), num: 2, keys: b.keyed([]uint32{1}), n: 1, rest: next})
		b.x.kids = append(b.x.kids, at, at)
		next = ref(len(b.x.splits))
	}
	return next
}

func (b *builder) keyed(first []uint32) uint32 {
	at := uint32(len(b.x.keys))
	b.x.keys = append(b.x.keys, first...)
	return at
}

// narrow says whether a literal leaves so few cells that its cube goes into the kids.
func (b *builder) narrow(l Literal) (int, bool) {
	w := width(l.Cells)
	return w, w > 0 && w <= mostSpread && 2*w <= b.domains[l.Var]
}

// choose is the variable after whose split the fewest cubes are left, on the
// average over its cells.
func (b *builder) choose(ids []uint32, done []bool) (best int, ok bool) {
	type sum struct{ cubes, cells int }
	sums := map[int]sum{}
	for _, id := range ids {
		for _, l := range b.cubes[id] {
			if w, narrow := b.narrow(l); narrow && !done[l.Var] {
				s := sums[l.Var]
				sums[l.Var] = sum{s.cubes + 1, s.cells + w}
			}
		}
	}
	least := worthASplit * float64(len(ids))
	if len(ids) <= blockSize {
		least = float64(len(ids)) / 4 // a block tells these apart by itself
	}
	for _, v := range slices.Sorted(maps.Keys(sums)) {
		s := sums[v]
		if s.cells-s.cubes > b.left {
			continue
		}
		if left := float64(s.cells)/float64(b.domains[v]) + float64(len(ids)-s.cubes); left < least {
			best, least, ok = v, left, true
		}
	}
	return best, ok
}

// split leads the cubes on by the cells of a variable.
func (b *builder) split(ids []uint32, v int, done []bool) ref {
	by := map[uint32][]uint32{}
	var rest []uint32
	for _, id := range ids {
		l, ok := b.literal(id, v)
		if ok {
			_, ok = b.narrow(l)
		}
		if !ok {
			rest = append(rest, id)
			continue
		}
		b.left++
		for _, s := range l.Cells {
			for c := s.Lo; c <= s.Hi; c++ {
				by[c] = append(by[c], id)
				b.left--
			}
		}
	}
	cells := make([]uint32, 0, len(by))
	most := 0
	for c, kid := range by {
		cells = append(cells, c)
		most = max(most, len(kid))
	}
	slices.Sort(cells)
	at := ref(len(b.x.splits) + 1)
	s := split{at: b.x.places[v].at}
	if len(b.groups[s.at]) > 1 {
		s.of, s.size = b.x.places[v].stride, uint32(b.domains[v]+1)
	}
	b.x.splits = append(b.x.splits, s)
	below := slices.Clone(done)
	below[v] = true
	other := ref(0) // what cells lead to that no cube of their own names
	if len(rest) <= mostMerged && most+len(rest) <= blockSize && len(rest)*len(cells) <= b.left {
		b.left -= len(rest) * len(cells)
		for _, c := range cells {
			by[c] = append(by[c], rest...)
		}
		other, rest = b.some(rest, below), nil
	}
	b.fan(&s, b.domains[v], other, cells, by, below)
	s.rest = b.node(rest, below)
	b.x.splits[at-1] = s
	return at
}

// some is a node without splits, which many kids may share.
func (b *builder) some(ids []uint32, done []bool) ref {
	if len(ids) == 0 {
		return 0
	}
	return b.block(ids, done)
}

// fan makes the kids of a split over n cells, that of the unknown cell first. Where few of many
// cells have one of their own, runs of cells do.
func (b *builder) fan(s *split, n int, other ref, cells []uint32, by map[uint32][]uint32, below []bool) {
	var kids []ref
	if n > 8*len(cells)+64 {
		var first []uint32
		kids = append(kids, other)
		next := uint32(1) // the first cell without a run
		for _, c := range cells {
			if c > next {
				first, kids = append(first, next), append(kids, other)
			}
			first, kids = append(first, c), append(kids, b.node(by[c], below))
			next = c + 1
		}
		if next <= uint32(n) {
			first, kids = append(first, next), append(kids, other)
		}
		s.keys, s.n = b.keyed(first), uint32(len(first))
	} else {
		kids = slices.Repeat([]ref{other}, n+1)
		for _, c := range cells {
			kids[c] = b.node(by[c], below)
		}
	}
	s.kids, s.num = uint32(len(b.x.kids)), uint32(len(kids))
	b.x.kids = append(b.x.kids, kids...)
}
