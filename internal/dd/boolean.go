package dd

import "slices"

// Literal returns the yes/no diagram of "v lies in cells".
func (s *Store) Literal(v int, cells []int) (f Node, err error) {
	defer s.catch(&err)
	return s.literal(v, cells), nil
}

func (s *Store) literal(v int, cells []int) Node {
	s.checkVar(v)
	if !slices.IsSorted(cells) {
		cells = slices.Sorted(slices.Values(cells))
	}
	base := len(s.tmp)
	next := 0 // the first cell that no run covers yet
	for _, c := range cells {
		s.checkCell(v, c)
		if c < next {
			continue
		}
		if c > next {
			s.push(base, uint32(c-1), False)
		}
		s.push(base, uint32(c), True)
		next = c + 1
	}
	if next < s.domains[v] {
		s.push(base, uint32(s.domains[v]-1), False)
	}
	return s.mk(uint32(v), base)
}

// Between returns the yes/no diagram of "v lies in the cells lo to hi", both
// included; it is False when there are none.
func (s *Store) Between(v, lo, hi int) (f Node, err error) {
	defer s.catch(&err)
	if lo > hi {
		s.checkVar(v)
		return False, nil
	}
	s.checkCell(v, lo)
	s.checkCell(v, hi)
	base := len(s.tmp)
	if lo > 0 {
		s.push(base, uint32(lo-1), False)
	}
	s.push(base, uint32(hi), True)
	if hi < s.domains[v]-1 {
		s.push(base, uint32(s.domains[v]-1), False)
	}
	return s.mk(uint32(v), base), nil
}

// And returns the diagram of "f and g".
func (s *Store) And(f, g Node) (h Node, err error) { return s.binary(opAnd, f, g) }

// Or returns the diagram of "f or g".
func (s *Store) Or(f, g Node) (h Node, err error) { return s.binary(opOr, f, g) }

// Xor returns the diagram of "f or g, but not both": where they differ.
func (s *Store) Xor(f, g Node) (h Node, err error) { return s.binary(opXor, f, g) }

// Diff returns the diagram of "f and not g".
func (s *Store) Diff(f, g Node) (h Node, err error) { return s.binary(opDiff, f, g) }

func (s *Store) binary(op uint32, f, g Node) (h Node, err error) {
	defer s.catch(&err)
	return s.apply(op, f, g), nil
}

// Not returns the diagram of "not f".
func (s *Store) Not(f Node) (h Node, err error) {
	defer s.catch(&err)
	return s.not(f), nil
}

func (s *Store) not(f Node) Node { return s.apply(opXor, f, True) }

// Implies returns the diagram of "if f then g".
func (s *Store) Implies(f, g Node) (h Node, err error) {
	defer s.catch(&err)
	return s.not(s.apply(opDiff, f, g)), nil
}

// AndAll returns the diagram of "all of fs"; True when there are none.
func (s *Store) AndAll(fs ...Node) (h Node, err error) {
	defer s.catch(&err)
	return s.fold(opAnd, True, fs), nil
}

// OrAll returns the diagram of "any of fs"; False when there are none.
func (s *Store) OrAll(fs ...Node) (h Node, err error) {
	defer s.catch(&err)
	return s.fold(opOr, False, fs), nil
}

// fold joins a list by halves, which keeps the intermediate diagrams small when
// neighbours in the list speak of the same variables.
func (s *Store) fold(op uint32, empty Node, fs []Node) Node {
	switch len(fs) {
	case 0:
		return empty
	case 1:
		return fs[0]
	}
	mid := len(fs) / 2
	return s.apply(op, s.fold(op, empty, fs[:mid]), s.fold(op, empty, fs[mid:]))
}

// AtLeast returns the diagram of "at least k of fs". It takes no more than
// k times len(fs) joins.
func (s *Store) AtLeast(k int, fs []Node) (h Node, err error) {
	defer s.catch(&err)
	if k <= 0 {
		return True, nil
	}
	// have[j] is "at least j of the conditions from i on", for growing i..end.
	have := make([]Node, k+1)
	have[0] = True
	for i := len(fs) - 1; i >= 0; i-- {
		for j := k; j >= 1; j-- {
			have[j] = s.ite(fs[i], have[j-1], have[j])
		}
	}
	return have[k], nil
}

// Ite returns the diagram that says what g says where f holds, and what h says
// elsewhere. The leaves of g and h may be any.
func (s *Store) Ite(f, g, h Node) (r Node, err error) {
	defer s.catch(&err)
	return s.ite(f, g, h), nil
}

func (s *Store) ite(f, g, h Node) Node {
	switch {
	case f == True || g == h:
		return g
	case f == False:
		return h
	case g == True && h == False:
		return f
	}
	if s.isLeaf(f) {
		fail(ErrNotBoolean)
	}
	if r, ok := s.memo.get(opIte, f, g, h); ok {
		return r
	}
	s.step()
	level := min(s.level(f), s.level(g), s.level(h))
	a, b, c := s.cursor(f, level), s.cursor(g, level), s.cursor(h, level)
	base := len(s.tmp)
	for last := uint32(s.domains[level] - 1); ; {
		hi := min(a.hi, b.hi, c.hi)
		s.push(base, hi, s.ite(a.to, b.to, c.to))
		if hi == last {
			break
		}
		a.pass(hi)
		b.pass(hi)
		c.pass(hi)
	}
	r := s.mk(level, base)
	s.memo.put(opIte, f, g, h, r)
	return r
}

// cursor walks over the runs of a node, or stays on the whole node when it does
// not decide at the level asked for.
type cursor struct {
	rest []run
	run
}

func (s *Store) cursor(f Node, level uint32) cursor {
	if s.level(f) != level {
		return cursor{run: run{hi: ^uint32(0), to: f}}
	}
	rs := s.kids(f)
	return cursor{rest: rs[1:], run: rs[0]}
}

// pass moves on when the current run ends at hi.
func (c *cursor) pass(hi uint32) {
	if c.hi == hi {
		c.run, c.rest = c.rest[0], c.rest[1:]
	}
}
