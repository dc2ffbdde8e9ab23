package dd

import (
	"math/big"
	"slices"
)

// Weights says how many cases each cell of each variable stands for. A nil
// list, for all variables or for one, means one case per cell.
type Weights [][]int64

func (w Weights) of(v int) []int64 {
	if v >= len(w) {
		return nil
	}
	return w[v]
}

// sums returns the weights of the cells before each cell, and of all.
func (s *Store) sums(w Weights, v int) []int64 {
	sums := make([]int64, s.domains[v]+1)
	cells := w.of(v)
	for c := range s.domains[v] {
		one := int64(1)
		if cells != nil {
			one = cells[c]
		}
		sums[c+1] = sums[c] + one
	}
	return sums
}

// Count returns at how many points f says the leaf, each cell counted by its
// weight.
func (s *Store) Count(f Node, l Leaf, w Weights) *big.Int {
	if n := s.Counts(f, w)[l]; n != nil {
		return n
	}
	return new(big.Int)
}

// Counts returns at how many points f says each of its leaves, each cell counted by
// its weight.
func (s *Store) Counts(f Node, w Weights) map[Leaf]*big.Int {
	sums := make([][]int64, len(s.domains))
	totals := make([]*big.Int, len(s.domains))
	for v := range s.domains {
		sums[v] = s.sums(w, v)
		totals[v] = big.NewInt(sums[v][s.domains[v]])
	}
	order := s.reach(f)
	counts := make([]big.Int, len(order)) // of the ways to a node, over the variables before its level
	var cell, term big.Int
	pass := func(from, to uint32, n Node) {
		for v := from; v < to; v++ {
			term.Mul(&term, totals[v])
		}
		at := &counts[s.where[n]]
		at.Add(at, &term)
	}
	term.SetInt64(1)
	pass(0, s.level(f), f)
	said := map[Leaf]*big.Int{}
	for i, n := range slices.Backward(order) {
		if s.isLeaf(n) {
			said[s.leafOf(n)] = &counts[i]
			continue
		}
		v := s.level(n)
		lo := uint32(0)
		for _, r := range s.kids(n) {
			cell.SetInt64(sums[v][r.hi+1] - sums[v][lo])
			term.Mul(&cell, &counts[i])
			pass(v+1, s.level(r.to), r.to)
			lo = r.hi + 1
		}
	}
	return said
}

// Share returns which part of the possible points f gives the leaf, each cell
// counted by its weight: 0 to 1. It is 0 when no point is possible.
func (s *Store) Share(f Node, l Leaf, w Weights) float64 {
	shares := s.shares(w)
	said := s.mass(f, shares, func(m Leaf) bool { return m == l })
	if said == 0 {
		return 0
	}
	return said / s.mass(f, shares, func(m Leaf) bool { return m != Impossible })
}

// evenShares are the shares of cells that count alike.
func (s *Store) evenShares() [][]float64 {
	if s.even == nil {
		s.even = s.shares(nil)
	}
	return s.even
}

// shares returns for each variable the part of its weight before each cell; a
// variable without weight is taken as even.
func (s *Store) shares(w Weights) [][]float64 {
	shares := make([][]float64, len(s.domains))
	for v := range s.domains {
		sums := s.sums(w, v)
		if sums[s.domains[v]] <= 0 {
			sums = s.sums(nil, v)
		}
		shares[v] = make([]float64, len(sums))
		for c, n := range sums {
			shares[v][c] = float64(n) / float64(sums[s.domains[v]])
		}
	}
	return shares
}

// mass returns the share of the points whose leaf counts.
func (s *Store) mass(f Node, shares [][]float64, counts func(Leaf) bool) float64 {
	order := s.reach(f)
	s.parts = slices.Grow(s.parts[:0], len(order))[:len(order)]
	for i, n := range order {
		part := 0.0
		if !s.isLeaf(n) {
			before := shares[s.level(n)]
			from := before[0]
			for _, r := range s.kids(n) {
				to := before[r.hi+1]
				part += (to - from) * s.parts[s.where[r.to]]
				from = to
			}
		} else if counts(s.leafOf(n)) {
			part = 1
		}
		s.parts[i] = part
	}
	return s.parts[len(order)-1]
}
