package match

import (
	"math/bits"
	"slices"
)

// sound says whether every place that the index names is one it has, for any point
// over the domains, and whether its tree is one.
func (x *Index) sound(domains []int, cubes int) bool {
	sizes, ok := x.sizes(domains)
	if !ok || !x.classes.sound(x.width) || !x.node(x.root) || slices.ContainsFunc(x.kids, func(r ref) bool { return !x.node(r) }) ||
		slices.ContainsFunc(x.leaves, func(l leaf) bool { return !x.leaf(l, sizes) }) {
		return false
	}
	for i := range x.splits {
		s := &x.splits[i]
		if !x.node(s.rest) || int64(s.at) >= int64(x.width) || uint64(s.keys)+uint64(s.n) > uint64(len(x.keys)) ||
			uint64(s.kids)+uint64(s.num) > uint64(len(x.kids)) || s.size > 0 && s.of == 0 {
			return false
		}
		cells := s.n + 1
		if s.n == 0 && s.size > 0 {
			cells = s.size
		} else if s.n == 0 {
			cells = uint32(sizes[s.at])
		}
		if s.num != cells {
			return false
		}
	}
	for _, l := range x.lone {
		if int64(l.at) >= int64(x.width) || uint64(l.cube) >= uint64(cubes) {
			return false
		}
	}
	return x.noCircle() && !slices.ContainsFunc(x.cubes, func(c uint32) bool { return uint64(c) >= uint64(cubes) })
}

// node says whether a node is there.
func (x *Index) node(r ref) bool {
	if r <= firstLone {
		return int(firstLone-r) < len(x.lone)
	}
	return int(r) <= len(x.splits) && -int(r) <= len(x.leaves)
}

// leaf says whether a leaf has all that it says it has.
func (x *Index) leaf(l leaf, sizes []int) bool {
	at := uint64(l.block)
	if at+blockHead > uint64(len(x.sure)) {
		return false
	}
	all, n := x.sure[at], x.sure[at+1]
	if x.maybe[at] != all || x.maybe[at+1] != n || n >= uint64(len(x.shapes)) || uint64(l.cubes)+uint64(bits.Len64(all)) > uint64(len(x.cubes)) {
		return false
	}
	s := x.shapes[n]
	if uint64(s.first)+uint64(s.n) > uint64(len(x.tables)) {
		return false
	}
	for _, t := range x.tables[s.first : s.first+s.n] {
		if int64(t.at) >= int64(x.width) {
			return false
		}
		entries := 2*uint64(t.n) + 1
		if t.n == 0 {
			entries = uint64(sizes[t.at])
		}
		if at+uint64(t.off)+entries > uint64(len(x.sure)) {
			return false
		}
	}
	return true
}

// sizes are the numbers of cells that can stand at each place of a point.
func (x *Index) sizes(domains []int) ([]int, bool) {
	if len(x.places) != len(domains) || x.width > max(1, len(domains)) || x.width < 0 {
		return nil, false
	}
	most := make([]uint64, x.width)
	for v, p := range x.places {
		if int64(p.at) >= int64(x.width) || p.stride == 0 {
			return nil, false
		}
		if most[p.at] += uint64(p.stride) * uint64(domains[v]); most[p.at] > mostAlone*mostShared+MostCells {
			return nil, false
		}
	}
	sizes := make([]int, x.width)
	for at, n := range most {
		sizes[at] = int(n) + 1
	}
	return sizes, true
}

// MostCells bounds the cells of a variable in an index that is decoded.
const MostCells = 1 << 24

// noCircle says whether no split is come to twice on the way down from the root, nor
// deeper than one that tells cubes apart can be.
func (x *Index) noCircle() bool {
	seen := make([]bool, len(x.splits)+1)
	var down func(r ref, depth int) bool
	down = func(r ref, depth int) bool {
		for ; r > 0; r = x.splits[r-1].rest { // long chains of rest are followed without recursion
			if seen[r] || depth > len(x.places)+1 {
				return false
			}
			seen[r] = true
			s := &x.splits[r-1]
			for _, kid := range x.kids[s.kids : s.kids+s.num] {
				if !down(kid, depth+1) {
					return false
				}
			}
		}
		return true
	}
	return down(x.root, 0)
}
