package dd

import "slices"

// Restrict returns f as it is once v is known to be the cell.
func (s *Store) Restrict(f Node, v, cell int) (h Node, err error) {
	defer s.catch(&err)
	s.checkCell(v, cell)
	return s.restrict(f, uint32(v), uint32(cell)), nil
}

func (s *Store) restrict(f Node, v, cell uint32) Node {
	level := s.level(f)
	if level > v {
		return f
	}
	if level == v {
		return s.child(f, cell)
	}
	if r, ok := s.memo.get(opRestrict, f, Node(v), Node(cell)); ok {
		return r
	}
	s.step()
	base := len(s.tmp)
	for _, r := range s.kids(f) {
		s.push(base, r.hi, s.restrict(r.to, v, cell))
	}
	r := s.mk(level, base)
	s.memo.put(opRestrict, f, Node(v), Node(cell), r)
	return r
}

// Constrain returns f as it is once all the variables given are known to be the
// cells given.
func (s *Store) Constrain(f Node, known map[int]int) (h Node, err error) {
	defer s.catch(&err)
	if len(known) == 0 {
		return f, nil
	}
	fixed := make([]int, len(s.domains))
	for i := range fixed {
		fixed[i] = -1
	}
	deepest := 0
	for v, c := range known {
		s.checkCell(v, c)
		fixed[v] = c
		deepest = max(deepest, v)
	}
	return s.constrain(s.freshOp(), f, fixed, uint32(deepest)), nil
}

// constrain fixes the variables whose cell in fixed is not negative.
func (s *Store) constrain(id uint32, f Node, fixed []int, deepest uint32) Node {
	level := s.level(f)
	for level <= deepest && fixed[level] >= 0 {
		f = s.child(f, uint32(fixed[level]))
		level = s.level(f)
	}
	if level > deepest {
		return f
	}
	if r, ok := s.memo.get(id, f, 0, 0); ok {
		return r
	}
	s.step()
	base := len(s.tmp)
	for _, r := range s.kids(f) {
		s.push(base, r.hi, s.constrain(id, r.to, fixed, deepest))
	}
	r := s.mk(level, base)
	s.memo.put(id, f, 0, 0, r)
	return r
}

// Narrow returns a diagram that equals f wherever every variable given lies in
// its cells, and that takes the liberty elsewhere of being simple: a cell that
// is not admitted says what the admitted cell before it says.
func (s *Store) Narrow(f Node, admitted map[int][]int) (h Node, err error) {
	defer s.catch(&err)
	return s.narrow(s.freshOp(), f, s.masks(admitted)), nil
}

// masks turns lists of cells into one set per variable, nil where all cells are
// meant.
func (s *Store) masks(admitted map[int][]int) [][]bool {
	masks := make([][]bool, len(s.domains))
	for v, cells := range admitted {
		s.checkVar(v)
		if len(cells) == 0 {
			failArgument("no cell admitted for variable %d", v)
		}
		masks[v] = make([]bool, s.domains[v])
		for _, c := range cells {
			s.checkCell(v, c)
			masks[v][c] = true
		}
	}
	return masks
}

func (s *Store) narrow(id uint32, f Node, masks [][]bool) Node {
	if s.isLeaf(f) {
		return f
	}
	if r, ok := s.memo.get(id, f, 0, 0); ok {
		return r
	}
	s.step()
	level := s.level(f)
	base := len(s.tmp)
	if mask := masks[level]; mask == nil {
		for _, r := range s.kids(f) {
			s.push(base, r.hi, s.narrow(id, r.to, masks))
		}
	} else {
		s.narrowRuns(id, f, masks, base)
	}
	r := s.mk(level, base)
	s.memo.put(id, f, 0, 0, r)
	return r
}

// narrowRuns pushes the runs that hold an admitted cell; each run reaches up to
// the cell before the next one's first admitted cell, the last to the end.
func (s *Store) narrowRuns(id uint32, f Node, masks [][]bool, base int) {
	level := s.level(f)
	lo, pushed := 0, false
	var last Node
	for _, r := range s.kids(f) {
		first := slices.Index(masks[level][lo:r.hi+1], true)
		if first >= 0 {
			if pushed {
				s.push(base, uint32(lo+first-1), last)
			}
			last, pushed = s.narrow(id, r.to, masks), true
		}
		lo = int(r.hi) + 1
	}
	s.push(base, uint32(s.domains[level]-1), last)
}

// A Class is a set of cells of one variable that a diagram does not tell apart.
type Class struct {
	Cells []int // sorted
	To    Node  // the diagram once the variable lies in those cells
}

// Cofactors returns what f becomes for each cell of v, one class for each
// different result, in the order of their first cells.
func (s *Store) Cofactors(f Node, v int) (classes []Class, err error) {
	defer s.catch(&err)
	s.checkVar(v)
	return s.cofactors(f, v), nil
}

func (s *Store) cofactors(f Node, v int) []Class {
	var classes []Class
	place := map[Node]int{}
	lo := 0
	for _, hi := range s.cellEnds(f, v) {
		to := s.restrict(f, uint32(v), uint32(lo))
		i, ok := place[to]
		if !ok {
			i = len(classes)
			place[to] = i
			classes = append(classes, Class{To: to})
		}
		for ; lo <= hi; lo++ {
			classes[i].Cells = append(classes[i].Cells, lo)
		}
	}
	return classes
}

// fewCells is how many cells are told apart one by one, rather than to look which
// of them a diagram tells apart.
const fewCells = 8

var everyCell = [fewCells]int{0, 1, 2, 3, 4, 5, 6, 7}

// cellEnds cuts the cells of v into stretches within which f is the same, and
// returns the last cell of each.
func (s *Store) cellEnds(f Node, v int) []int {
	n := s.domains[v]
	if n <= fewCells {
		return everyCell[:n]
	}
	ends := make([]bool, n)
	ends[n-1] = true
	for _, n := range s.reach(f) {
		if int(s.level(n)) == v {
			for _, r := range s.kids(n) {
				ends[r.hi] = true
			}
		}
	}
	var out []int
	for c, end := range ends {
		if end {
			out = append(out, c)
		}
	}
	return out
}

// Exists returns the diagram of "f for some cells of vars".
func (s *Store) Exists(f Node, vars ...int) (h Node, err error) {
	defer s.catch(&err)
	return s.quantify(opOr, True, f, vars), nil
}

// Forall returns the diagram of "f for all cells of vars".
func (s *Store) Forall(f Node, vars ...int) (h Node, err error) {
	defer s.catch(&err)
	return s.quantify(opAnd, False, f, vars), nil
}

// quantify joins the results for all cells of vars by the operation, of which
// stop is the result that settles it.
func (s *Store) quantify(op uint32, stop, f Node, vars []int) Node {
	vars = slices.Compact(slices.Sorted(slices.Values(vars)))
	if len(vars) == 0 {
		return f
	}
	for _, v := range vars {
		s.checkVar(v)
	}
	q := quantifier{op: op, id: s.keyedOp('q', append([]int{int(op)}, vars...)), stop: stop, vars: vars}
	return s.joinOver(&q, f)
}

type quantifier struct {
	op, id uint32
	stop   Node
	vars   []int
}

func (s *Store) joinOver(q *quantifier, f Node) Node {
	level := int(s.level(f))
	if level > q.vars[len(q.vars)-1] {
		return f
	}
	if r, ok := s.memo.get(q.id, f, 0, 0); ok {
		return r
	}
	s.step()
	var r Node
	if _, gone := slices.BinarySearch(q.vars, level); gone {
		for i, kid := range s.distinctKids(f) {
			to := s.joinOver(q, kid)
			if i == 0 {
				r = to
			} else {
				r = s.apply(q.op, r, to)
			}
			if r == q.stop {
				break
			}
		}
	} else {
		base := len(s.tmp)
		for _, kid := range s.kids(f) {
			s.push(base, kid.hi, s.joinOver(q, kid.to))
		}
		r = s.mk(uint32(level), base)
	}
	s.memo.put(q.id, f, 0, 0, r)
	return r
}

// distinctKids returns the different nodes a node leads to, by first cell.
func (s *Store) distinctKids(f Node) []Node {
	rs := s.kids(f)
	kids := make([]Node, 0, min(len(rs), 8))
	if len(rs) <= 8 {
		for _, r := range rs {
			if !slices.Contains(kids, r.to) {
				kids = append(kids, r.to)
			}
		}
		return kids
	}
	seen := make(map[Node]bool, 8)
	for _, r := range rs {
		if !seen[r.to] {
			seen[r.to] = true
			kids = append(kids, r.to)
		}
	}
	return kids
}
