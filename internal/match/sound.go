package match

import (
	"math/bits"
	"slices"
)

// sound says whether every place that the index names is one it has, for any point
// over the domains, and whether its tree is one.
func (x *Index) sound(domains []int, cubes int) bool {
	sizes, ok := x.sizes(domains)
	if !ok || !x.within(x.root) || slices.ContainsFunc(x.kids, func(r ref) bool { return !x.within(r) }) {
		return false
	}
	for i := range x.splits {
		s := &x.splits[i]
		if !x.within(s.rest) || !x.runs(s.at, s.keys, s.n, sizes) || uint64(s.kids)+uint64(s.size) > uint64(len(x.kids)) || s.size == 0 {
			return false
		}
		if s.n == 0 && int(s.size) != sizes[s.at] || s.n > 0 && s.size != s.n+1 {
			return false
		}
	}
	for i := range x.tables {
		t := &x.tables[i]
		if !x.runs(t.at, t.keys, t.n, sizes) {
			return false
		}
		entries := uint64(t.n) + 1
		if t.n == 0 {
			entries = uint64(sizes[t.at])
		}
		if uint64(t.off)+entries > uint64(len(x.sure)) {
			return false
		}
	}
	for i := range x.blocks {
		k := &x.blocks[i]
		n := bits.Len64(k.all)
		if uint64(k.tables)+uint64(k.n) > uint64(len(x.tables)) || uint64(k.cubes)+uint64(n) > uint64(len(x.cubes)) {
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

func (x *Index) within(r ref) bool {
	if r <= firstLone {
		return int(firstLone-r) < len(x.lone)
	}
	return int(r) <= len(x.splits) && -int(r) <= len(x.blocks)
}

// runs says whether the keys of runs are there and a place has cells.
func (x *Index) runs(at, keys, n uint32, sizes []int) bool {
	return int64(at) < int64(len(sizes)) && uint64(keys)+uint64(n) <= uint64(len(x.keys))
}

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
			for _, kid := range x.kids[s.kids : s.kids+s.size] {
				if !down(kid, depth+1) {
					return false
				}
			}
		}
		return true
	}
	return down(x.root, 0)
}
