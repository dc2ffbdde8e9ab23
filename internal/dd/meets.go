package dd

import "slices"

// Meets reports whether f, a yes/no diagram, holds at some point where g says one
// of the leaves. It makes no nodes and stops at the first such point, so it costs
// less than their conjunction, above all where there is one.
func (s *Store) Meets(f, g Node, leaves ...Leaf) (found bool, err error) {
	defer s.catch(&err)
	return s.meets(s.leavesOp('m', leaves), f, g, leaves), nil
}

func (s *Store) meets(id uint32, f, g Node, leaves []Leaf) bool {
	switch {
	case f == False:
		return false
	case s.isLeaf(g) && !slices.Contains(leaves, s.leafOf(g)):
		return false
	case s.isLeaf(g): // what is not a leaf yet holds somewhere
		return true
	case s.isLeaf(f) && f != True:
		fail(ErrNotBoolean)
	}
	if _, known := s.memo.get(id, f, g, 0); known {
		return false
	}
	s.step()
	level := min(s.level(f), s.level(g))
	a, b := s.cursor(f, level), s.cursor(g, level)
	for last := uint32(s.domains[level] - 1); ; {
		hi := min(a.hi, b.hi)
		if s.meets(id, a.to, b.to, leaves) {
			return true
		}
		if hi == last {
			break
		}
		a.pass(hi)
		b.pass(hi)
	}
	s.memo.put(id, f, g, 0, False) // only failures are remembered
	return false
}
