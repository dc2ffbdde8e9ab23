package dd

import (
	"encoding/binary"
	"slices"
)

// The operations with an identity of their own in the memo.
const (
	opAnd uint32 = 1 + iota
	opOr
	opXor
	opDiff
	opIte
	opRestrict
	opStrict   // "and" over 0, 1 and Impossible: Impossible asks nothing
	opAgree    // the one possible leaf of two, or clash
	opOver     // the first leaf unless it is none
	opLeftOver // whether a guard reaches a point left over
	opFirstFree
)

// An Op joins the leaves of two diagrams. Results are remembered by the Op's
// address, so an Op is created once and used again.
type Op struct {
	join func(a, b Leaf) Leaf
}

// NewOp returns the operation that joins leaves by the function, which must
// depend on nothing but its arguments. Impossible is passed on like any leaf.
func NewOp(join func(a, b Leaf) Leaf) *Op { return &Op{join: join} }

// Apply joins two diagrams point by point.
func (s *Store) Apply(op *Op, f, g Node) (h Node, err error) {
	defer s.catch(&err)
	id, ok := s.ops[op]
	if !ok {
		id = s.freshOp()
		s.ops[op] = id
	}
	return s.joinBy(id, op.join, f, g), nil
}

func (s *Store) freshOp() uint32 {
	s.nextOp++
	return s.nextOp - 1
}

// keyedOp returns the same operation number for the same key, so that results
// are shared between calls with equal arguments.
func (s *Store) keyedOp(kind byte, numbers []int) uint32 {
	key := []byte{kind}
	for _, n := range numbers {
		key = binary.AppendVarint(key, int64(n))
	}
	id, ok := s.keyed[string(key)]
	if !ok {
		id = s.freshOp()
		s.keyed[string(key)] = id
	}
	return id
}

func (s *Store) joinBy(id uint32, join func(a, b Leaf) Leaf, f, g Node) Node {
	if s.isLeaf(f) && s.isLeaf(g) {
		return s.leaf(join(s.leafOf(f), s.leafOf(g)))
	}
	if r, ok := s.memo.get(id, f, g, 0); ok {
		return r
	}
	s.step()
	level := min(s.level(f), s.level(g))
	a, b := s.cursor(f, level), s.cursor(g, level)
	base := len(s.tmp)
	for last := uint32(s.domains[level] - 1); ; {
		hi := min(a.hi, b.hi)
		s.push(base, hi, s.joinBy(id, join, a.to, b.to))
		if hi == last {
			break
		}
		a.pass(hi)
		b.pass(hi)
	}
	r := s.mk(level, base)
	s.memo.put(id, f, g, 0, r)
	return r
}

// apply is Apply for the package's own operations, which know when one operand
// settles the result.
func (s *Store) apply(op uint32, f, g Node) Node {
	if r, ok := s.settled(op, f, g); ok {
		return r
	}
	if f > g && op != opDiff && op != opOver {
		f, g = g, f
	}
	if r, ok := s.memo.get(op, f, g, 0); ok {
		return r
	}
	s.step()
	level := min(s.level(f), s.level(g))
	a, b := s.cursor(f, level), s.cursor(g, level)
	base := len(s.tmp)
	for last := uint32(s.domains[level] - 1); ; {
		hi := min(a.hi, b.hi)
		s.push(base, hi, s.apply(op, a.to, b.to))
		if hi == last {
			break
		}
		a.pass(hi)
		b.pass(hi)
	}
	r := s.mk(level, base)
	s.memo.put(op, f, g, 0, r)
	return r
}

func (s *Store) settled(op uint32, f, g Node) (Node, bool) {
	switch op {
	case opAnd:
		switch {
		case f == False || g == False:
			return False, true
		case f == True || f == g:
			return g, true
		case g == True:
			return f, true
		}
	case opOr:
		switch {
		case f == True || g == True:
			return True, true
		case f == False || f == g:
			return g, true
		case g == False:
			return f, true
		}
	case opXor:
		switch {
		case f == g:
			return False, true
		case f == False:
			return g, true
		case g == False:
			return f, true
		}
	case opDiff:
		switch {
		case f == False || g == True || f == g:
			return False, true
		case g == False:
			return f, true
		}
	default:
		return s.settledLeaf(op, f, g)
	}
	if s.isLeaf(f) && s.isLeaf(g) {
		fail(ErrNotBoolean)
	}
	return 0, false
}

// settledLeaf is settled for the operations over other leaves than 0 and 1.
func (s *Store) settledLeaf(op uint32, f, g Node) (Node, bool) {
	if f == g {
		return f, true
	}
	fl, gl := s.isLeaf(f), s.isLeaf(g)
	switch op {
	case opStrict:
		switch {
		case f == False || g == False:
			return False, true
		case fl && s.leafOf(f) == Impossible:
			return g, true
		case gl && s.leafOf(g) == Impossible:
			return f, true
		case fl && gl:
			fail(ErrNotBoolean)
		}
	case opAgree:
		switch {
		case fl && s.leafOf(f) == Impossible, gl && s.leafOf(g) == clash:
			return g, true
		case gl && s.leafOf(g) == Impossible, fl && s.leafOf(f) == clash:
			return f, true
		case fl && gl:
			return s.leaf(clash), true
		}
	case opOver:
		switch {
		case !s.says(f, saysNone), gl && s.leafOf(g) == none:
			return f, true
		case fl:
			return g, true
		}
	}
	return 0, false
}

// Map replaces every leaf by what the function makes of it.
func (s *Store) Map(f Node, change func(Leaf) Leaf) (h Node, err error) {
	defer s.catch(&err)
	return s.mapLeaves(s.freshOp(), f, change), nil
}

// Is returns the yes/no diagram of "f says one of the leaves".
func (s *Store) Is(f Node, leaves ...Leaf) (h Node, err error) {
	defer s.catch(&err)
	return s.is(f, leaves...), nil
}

func (s *Store) is(f Node, leaves ...Leaf) Node {
	return s.mapLeaves(s.leavesOp('i', leaves), f, func(l Leaf) Leaf {
		if slices.Contains(leaves, l) {
			return 1
		}
		return 0
	})
}

// leavesOp returns the number of an operation that asks for leaves, in any order.
func (s *Store) leavesOp(kind byte, leaves []Leaf) uint32 {
	key := make([]int, len(leaves))
	for i, l := range leaves {
		key[i] = int(l)
	}
	slices.Sort(key)
	return s.keyedOp(kind, key)
}

func (s *Store) mapLeaves(id uint32, f Node, change func(Leaf) Leaf) Node {
	if s.isLeaf(f) {
		return s.leaf(change(s.leafOf(f)))
	}
	if r, ok := s.memo.get(id, f, 0, 0); ok {
		return r
	}
	s.step()
	level := s.level(f)
	base := len(s.tmp)
	for _, r := range s.kids(f) {
		s.push(base, r.hi, s.mapLeaves(id, r.to, change))
	}
	r := s.mk(level, base)
	s.memo.put(id, f, 0, 0, r)
	return r
}

// Within returns f where care holds and Impossible elsewhere.
func (s *Store) Within(f, care Node) (h Node, err error) {
	defer s.catch(&err)
	return s.within(f, care), nil
}

func (s *Store) within(f, care Node) Node {
	if care == True {
		return f
	}
	return s.ite(care, f, s.leaf(Impossible))
}
