package match

import "math/bits"

// blockSize is how many cubes one word tells apart.
const blockSize = 64

// Index holds cubes so that those which hold at a point are found fast. It is
// immutable and safe to share.
type Index struct {
	places  []place // of the variables in a point
	width   int     // of a point
	root    ref
	splits  []split
	kids    []ref
	keys    []uint32 // first cells of the runs of splits, ascending
	lone    []lone
	leaves  []leaf
	shapes  []shape
	tables  []table
	sure    []uint64 // the blocks: what stands at block says
	maybe   []uint64 // the same; in a table the cubes that nothing rules out, where a cell may be unknown
	cubes   []uint32 // of the leaves, by bit
	classes classes
}

// place is where a variable stands in a point. Variables that share a number
// there have different strides.
type place struct{ at, stride uint32 }

// ref is a node: 0 for none, a split above, a leaf below, and far below a lone cube.
type ref int32

const firstLone ref = -1 << 30

// split is an inner node: it asks for one variable and goes on to the kid of its cell.
// Cubes that do not ask for the variable, and a few that do, are found by way of rest, which is
// always followed as well. At a point where the cell is unknown the cubes of every kid may
// hold; those that hold whatever the cell is are in rest and in the kid of the unknown cell.
type split struct {
	at   uint32
	of   uint32 // where other variables stand at the same place: the stride of its cells,
	size uint32 // and how many they are
	kids uint32 // of cell 0 on, or where keys are used of the first run on
	keys uint32
	n    uint32 // runs in keys; 0: a kid for every cell
	num  uint32 // number of kids
	rest ref
}

// cell is the cell of the split's variable at a point.
func (s *split) cell(p Point) uint32 {
	if s.size == 0 {
		return p[s.at]
	}
	return p[s.at] / s.of % s.size
}

// leaf is at most 64 cubes, and the block that tells which of them hold. Leaves whose
// cubes ask the same share one, as the rules of many departments do.
type leaf struct{ block, cubes uint32 }

// A block is a word with a bit for each cube; a word with its shape; and the tables,
// each saying for the cells of one place in a point which of the cubes they admit. It
// is one piece, since to fetch a piece of memory takes longer than to use it.
const blockHead = 2

// shape is the tables that blocks have, these being alike.
type shape struct{ first, n uint32 }

// table is where in a block a table stands: an entry for every cell, or n first cells
// of runs, and behind them an entry for the unknown cell and for every run.
type table struct{ at, off, n uint32 }

// lone is a cube of which, where it stands, no more is asked than that one place in a
// point lies in one span.
type lone struct{ at, lo, hi, cube uint32 }

// anyCell ends the span of a lone cube of which nothing more is asked.
const anyCell = ^uint32(0)

// loneHit is a bit of Hit.Block that says that the rest is the number of a lone cube.
const loneHit = 1 << 31

// Hit is some cubes of one leaf: those that hold, and those that hold or may.
type Hit struct {
	Block       uint32
	Sure, Maybe uint64
}

// Point is a cell of every variable, as an index wants them.
type Point []uint32

// Width is the length of a point.
func (x *Index) Width() int { return x.width }

// Set gives a variable of a point its cell, which must have been unknown so far.
func (p Point) Set(x *Index, v int, cell uint32) {
	at := x.places[v]
	p[at.at] += at.stride * cell
}

// Place is where a variable stands in a point, and what its cell counts there:
// p[at] is the sum of stride times cell over the variables that stand at it.
func (x *Index) Place(v int) (at, stride uint32) { return x.places[v].at, x.places[v].stride }

// Find appends the hits at a point all of whose cells are known, and where there are
// none a zero one. Their Sure and Maybe are the same.
func (x *Index) Find(p Point, hits []Hit) []Hit { return x.find(x.root, p, hits) }

// FindOne is Find where the way to the cubes does not fork, as it mostly does not; not
// ok where it does.
func (x *Index) FindOne(p Point) (h Hit, ok bool) {
	r := x.root
	for r > 0 {
		s := &x.splits[r-1]
		kid := x.kids[s.kids+x.run(s.cell(p), s.keys, s.n)]
		switch {
		case s.rest == 0:
			r = kid
		case kid == 0:
			r = s.rest
		default:
			return Hit{}, false
		}
	}
	return x.end(r, p), true
}

func (x *Index) find(r ref, p Point, hits []Hit) []Hit {
	for r > 0 {
		s := &x.splits[r-1]
		kid := x.kids[s.kids+x.run(s.cell(p), s.keys, s.n)]
		if s.rest == 0 {
			r = kid
			continue
		}
		if kid != 0 {
			hits = x.find(kid, p, hits)
		}
		r = s.rest
	}
	h := x.end(r, p)
	if h.Sure != 0 || len(hits) == 0 {
		hits = append(hits, h)
	}
	return hits
}

// end is the hit at a node that is no split.
func (x *Index) end(r ref, p Point) Hit {
	switch {
	case r <= firstLone:
		i := uint32(firstLone - r)
		l := &x.lone[i]
		_, outside := bits.Sub32(l.hi-l.lo, p[l.at]-l.lo, 0)
		return hit(i|loneHit, uint64(1-outside))
	case r < 0:
		i := uint32(-r - 1)
		return hit(i, x.mask(x.leaves[i].block, p))
	}
	return Hit{}
}

// hit is the cubes of a block that hold. Where none does it is the zero Hit; which it
// is is found without a jump, since nobody can foresee it.
func hit(block uint32, m uint64) Hit {
	some := (m | -m) >> 63
	return Hit{block * uint32(some), m, m}
}

// run is the place of a cell among n runs whose first cells are given, or the cell itself.
func (x *Index) run(cell, keys, n uint32) uint32 {
	if n == 0 || cell == Unknown {
		return cell
	}
	return upTo(x.keys[keys:keys+n], cell)
}

// fewRuns are gone through without a jump sooner than halved.
const fewRuns = 8

// upTo is how many of some first cells a cell reaches.
func upTo[K uint32 | uint64](first []K, cell K) uint32 {
	if len(first) <= fewRuns {
		n := uint64(len(first))
		for _, f := range first {
			_, below := bits.Sub64(uint64(cell), uint64(f), 0)
			n -= below
		}
		return uint32(n)
	}
	lo, hi := 0, len(first) // first[lo-1] <= cell < first[hi]
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if first[mid] <= cell {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint32(lo)
}

// entry is the place of a cell's entry in a block.
func (t *table) entry(block []uint64, cell uint32) uint32 {
	if t.n == 0 {
		return t.off + cell
	}
	if cell == Unknown {
		return t.off + t.n
	}
	return t.off + t.n + upTo(block[t.off:t.off+t.n], uint64(cell))
}

// mask is the cubes of a block that hold at a known point.
func (x *Index) mask(at uint32, p Point) uint64 {
	block := x.sure[at:]
	m, s := block[0], &x.shapes[block[1]]
	tables := x.tables[s.first : s.first+s.n]
	for i := range tables {
		t := &tables[i]
		m &= block[t.entry(block, p[t.at])]
	}
	return m
}

// FindOpen appends the hits at a point some of whose cells may be unknown.
func (x *Index) FindOpen(p Point, hits []Hit) []Hit { return x.findOpen(x.root, p, true, hits) }

func (x *Index) findOpen(r ref, p Point, sure bool, hits []Hit) []Hit {
	for r > 0 {
		s := &x.splits[r-1]
		if cell := s.cell(p); cell == Unknown {
			kids := x.kids[s.kids : s.kids+s.num]
			for _, kid := range kids[1:] {
				if kid != 0 && kid != kids[Unknown] {
					hits = x.findOpen(kid, p, false, hits)
				}
			}
			if kids[Unknown] != 0 {
				hits = x.findOpen(kids[Unknown], p, sure, hits)
			}
		} else if kid := x.kids[s.kids+x.run(s.cell(p), s.keys, s.n)]; kid != 0 {
			hits = x.findOpen(kid, p, sure, hits)
		}
		r = s.rest
	}
	switch {
	case r == 0:
		return hits
	case r <= firstLone:
		return x.loneOpen(uint32(firstLone-r), p, sure, hits)
	}
	at := x.leaves[-r-1].block
	block, open := x.sure[at:], x.maybe[at:]
	h := Hit{uint32(-r - 1), block[0], block[0]}
	s := &x.shapes[block[1]]
	for i := range x.tables[s.first : s.first+s.n] {
		t := &x.tables[s.first+uint32(i)]
		j := t.entry(block, p[t.at])
		h.Sure &= block[j]
		h.Maybe &= open[j]
	}
	if !sure {
		h.Sure = 0
	}
	if h.Maybe != 0 {
		hits = append(hits, h)
	}
	return hits
}

func (x *Index) loneOpen(i uint32, p Point, sure bool, hits []Hit) []Hit {
	l := &x.lone[i]
	cell := p[l.at]
	h := Hit{Block: i | loneHit}
	if l.hi == anyCell || cell-l.lo <= l.hi-l.lo && cell != Unknown {
		h.Maybe = 1
	} else if cell == Unknown {
		h.Maybe, sure = 1, false
	}
	if sure {
		h.Sure = h.Maybe
	}
	if h.Maybe != 0 {
		hits = append(hits, h)
	}
	return hits
}

// Cubes appends the numbers of the cubes of a hit that hold, and of those that
// only may. A cube can be in several hits.
func (x *Index) Cubes(h Hit, sure, maybe []uint32) ([]uint32, []uint32) {
	if h.Block&loneHit != 0 && h.Maybe != 0 {
		if cube := x.lone[h.Block&^loneHit].cube; h.Sure != 0 {
			return append(sure, cube), maybe
		} else {
			return sure, append(maybe, cube)
		}
	}
	if h.Maybe == 0 {
		return sure, maybe
	}
	first := x.leaves[h.Block].cubes
	for m := h.Sure; m != 0; m &= m - 1 {
		sure = append(sure, x.cubes[first+uint32(bits.TrailingZeros64(m))])
	}
	for m := h.Maybe &^ h.Sure; m != 0; m &= m - 1 {
		maybe = append(maybe, x.cubes[first+uint32(bits.TrailingZeros64(m))])
	}
	return sure, maybe
}

// One is the tables of an index that is a single block, for a caller that goes
// through them itself: the cubes that hold at a known point are all the bits
// that All and Sure[Offs[i]+point[i]] have in common. Ok is false for other indexes.
func (x *Index) One() (one One, ok bool) {
	if x.root != -1 || len(x.splits) > 0 || x.leaves[0].block != 0 {
		return One{}, false
	}
	one.All, one.Sure = x.sure[0], x.sure
	s := x.shapes[x.sure[1]]
	for _, t := range x.tables[s.first : s.first+s.n] {
		if t.n != 0 || int(t.at) != len(one.Offs) {
			return One{}, false
		}
		one.Offs = append(one.Offs, t.off)
	}
	return one, len(one.Offs) == x.width
}

// One is what Index.One gives.
type One struct {
	All  uint64
	Sure []uint64
	Offs []uint32
}
