package dd

import (
	"iter"
	"slices"
)

// A Lit says that a variable lies in one of some cells, which are sorted.
type Lit struct {
	Var   int
	Cells []int
}

// A Cube is a set of points: those in which every variable named lies in its
// cells. Variables come in their order; those not named may have any cell.
type Cube []Lit

// Cells returns the cells of a variable and whether the cube names it.
func (c Cube) Cells(v int) ([]int, bool) {
	i, ok := slices.BinarySearchFunc(c, v, func(l Lit, v int) int { return l.Var - v })
	if !ok {
		return nil, false
	}
	return c[i].Cells, true
}

// Has reports whether a point lies in the cube.
func (c Cube) Has(point []int) bool {
	for _, l := range c {
		if !slices.Contains(l.Cells, point[l.Var]) {
			return false
		}
	}
	return true
}

// compareCubes orders cubes: fewer variables first, then by variable and cells.
func compareCubes(a, b Cube) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	for i := range a {
		if a[i].Var != b[i].Var {
			return a[i].Var - b[i].Var
		}
		if c := slices.Compare(a[i].Cells, b[i].Cells); c != 0 {
			return c
		}
	}
	return 0
}

// Cube returns the yes/no diagram of the points in a cube.
func (s *Store) Cube(c Cube) (f Node, err error) {
	defer s.catch(&err)
	return s.cube(c), nil
}

func (s *Store) cube(c Cube) Node {
	f := True
	for _, l := range slices.Backward(c) {
		f = s.apply(opAnd, s.literal(l.Var, l.Cells), f)
	}
	return f
}

// Paths yields the points where f says the leaf, as cubes that do not overlap,
// one for each way through the diagram, lowest cells first. The caller may stop
// at any of them.
func (s *Store) Paths(f Node, l Leaf) iter.Seq[Cube] {
	return func(yield func(Cube) bool) {
		goal := map[Node]bool{}
		for _, n := range s.reach(f) {
			if s.isLeaf(n) {
				goal[n] = s.leafOf(n) == l
				continue
			}
			for _, r := range s.kids(n) {
				goal[n] = goal[n] || goal[r.to]
			}
		}
		s.paths(f, goal, nil, yield)
	}
}

func (s *Store) paths(f Node, goal map[Node]bool, above Cube, yield func(Cube) bool) bool {
	if !goal[f] {
		return true
	}
	if s.isLeaf(f) {
		return yield(slices.Clone(above))
	}
	for _, kid := range s.distinctKids(f) {
		if !goal[kid] {
			continue
		}
		if !s.paths(kid, goal, append(above, Lit{int(s.level(f)), s.cellsTo(f, kid)}), yield) {
			return false
		}
	}
	return true
}
