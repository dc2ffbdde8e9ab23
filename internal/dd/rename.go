package dd

import "slices"

// A Swap exchanges two cells of a variable.
type Swap struct{ Var, A, B int }

// SwapCells returns the diagram that says at each point what f says at the
// point with the given cells exchanged, all swaps being made one after another.
// A policy treats a and b alike in v exactly when the result is f itself.
func (s *Store) SwapCells(f Node, swaps ...Swap) (h Node, err error) {
	defer s.catch(&err)
	to := map[int][]int{}
	for _, w := range swaps {
		s.checkCell(w.Var, w.A)
		s.checkCell(w.Var, w.B)
		if to[w.Var] == nil {
			to[w.Var] = s.identity(w.Var)
		}
		cells := to[w.Var]
		cells[w.A], cells[w.B] = cells[w.B], cells[w.A]
	}
	return s.moveCells(f, to), nil
}

func (s *Store) identity(v int) []int {
	cells := make([]int, s.domains[v])
	for c := range cells {
		cells[c] = c
	}
	return cells
}

// MoveCells returns the diagram that says at each point what f says at the
// point where each variable v given has the cell to[v][c] instead of its cell c.
func (s *Store) MoveCells(f Node, to map[int][]int) (h Node, err error) {
	defer s.catch(&err)
	for v, cells := range to {
		s.checkVar(v)
		if len(cells) != s.domains[v] {
			failArgument("%d cells for variable %d, which has %d", len(cells), v, s.domains[v])
		}
		for _, c := range cells {
			s.checkCell(v, c)
		}
	}
	return s.moveCells(f, to), nil
}

func (s *Store) moveCells(f Node, to map[int][]int) Node {
	deepest := -1
	for v := range to {
		deepest = max(deepest, v)
	}
	return s.move(s.freshOp(), f, to, deepest)
}

func (s *Store) move(id uint32, f Node, to map[int][]int, deepest int) Node {
	level := int(s.level(f))
	if level > deepest {
		return f
	}
	if r, ok := s.memo.get(id, f, 0, 0); ok {
		return r
	}
	s.step()
	base := len(s.tmp)
	if cells := to[level]; cells == nil {
		for _, r := range s.kids(f) {
			s.push(base, r.hi, s.move(id, r.to, to, deepest))
		}
	} else {
		moved := map[Node]Node{}
		for c, from := range cells {
			kid := s.child(f, uint32(from))
			r, ok := moved[kid]
			if !ok {
				r = s.move(id, kid, to, deepest)
				moved[kid] = r
			}
			s.push(base, uint32(c), r)
		}
	}
	r := s.mk(uint32(level), base)
	s.memo.put(id, f, 0, 0, r)
	return r
}

// Rename returns f with each variable v given replaced by to[v], which must
// have as many cells; exchanging two variables is {v: w, w: v}. Variables
// that are not given stay themselves.
func (s *Store) Rename(f Node, to map[int]int) (h Node, err error) {
	defer s.catch(&err)
	for v, w := range to {
		s.checkVar(v)
		s.checkVar(w)
		if s.domains[v] != s.domains[w] {
			failArgument("variable %d has %d cells and variable %d has %d", v, s.domains[v], w, s.domains[w])
		}
	}
	return s.rename(s.freshOp(), f, to), nil
}

func (s *Store) rename(id uint32, f Node, to map[int]int) Node {
	if s.isLeaf(f) {
		return f
	}
	if r, ok := s.memo.get(id, f, 0, 0); ok {
		return r
	}
	s.step()
	v := int(s.level(f))
	w, ok := to[v]
	if !ok {
		w = v
	}
	kids := s.distinctKids(f)
	r := s.rename(id, kids[0], to)
	for _, kid := range kids[1:] {
		r = s.ite(s.literal(w, s.cellsTo(f, kid)), s.rename(id, kid, to), r)
	}
	s.memo.put(id, f, 0, 0, r)
	return r
}

// cellsTo returns the cells by which a node leads to a child.
func (s *Store) cellsTo(f, kid Node) []int {
	var cells []int
	lo := 0
	for _, r := range s.kids(f) {
		if r.to == kid {
			cells = slices.Grow(cells, int(r.hi)+1-lo)
			for c := lo; c <= int(r.hi); c++ {
				cells = append(cells, c)
			}
		}
		lo = int(r.hi) + 1
	}
	return cells
}
