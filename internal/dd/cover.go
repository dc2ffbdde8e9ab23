package dd

import (
	"math"
	"slices"
)

// Cover returns cubes whose union is f wherever care holds: few cubes, each with
// few variables, none of which could be left out, and none of which could take
// in another cell without leaving f inside care. Where care does not hold they
// may say anything. Cubes with fewer variables come first.
func (s *Store) Cover(f, care Node) (cubes []Cube, err error) {
	cubes, _, err = s.CoverUpTo(f, care, math.MaxInt)
	return cubes, err
}

// CoverUpTo is Cover with at most the given number of cubes. The points of f
// inside care that they do not reach are the rest, which is False when the
// cover is complete; the cubes that reach most come first into the cover.
func (s *Store) CoverUpTo(f, care Node, most int) (cubes []Cube, rest Node, err error) {
	defer s.catch(&err)
	c := coverer{s: s, need: s.apply(opAnd, f, care), may: s.apply(opOr, f, s.not(care))}
	c.shares = s.shares(nil)
	rest = c.need
	for rest != False && len(cubes) < most {
		cube := c.next(rest)
		cubes = append(cubes, cube)
		rest = s.apply(opDiff, rest, s.cube(cube))
	}
	cubes = c.irredundant(cubes, s.apply(opDiff, c.need, rest))
	slices.SortFunc(cubes, compareCubes)
	return cubes, rest, nil
}

// coverer looks for cubes inside may that together hold all of need.
type coverer struct {
	s         *Store
	need, may Node
	shares    [][]float64
}

// coverCandidates is how many smallest implicants are widened and compared for
// each cube of a cover.
const coverCandidates = 12

// next returns a maximal cube that holds some of rest: of the candidates with
// the fewest variables, the one that holds most of it.
func (c *coverer) next(rest Node) Cube {
	s := c.s
	aim := s.ite(rest, True, s.ite(c.may, s.leaf(Impossible), False))
	var best Cube
	held := -1.0
	tried := map[Node]bool{}
	for _, choices := range s.implicants(aim, coverCandidates) {
		cube := make(Cube, len(choices))
		for i, ch := range choices {
			cube[i] = Lit{ch.Var, []int{ch.Cell}}
		}
		cube = c.widen(cube, rest)
		node := s.cube(cube)
		if tried[node] {
			continue
		}
		tried[node] = true
		holds := s.mass(s.apply(opAnd, node, rest), c.shares, isOne)
		if best == nil || len(cube) < len(best) || len(cube) == len(best) && holds > held*(1+1e-9) {
			best, held = cube, holds
		}
	}
	return best
}

func isOne(l Leaf) bool { return l == 1 }

// widen gives each variable of a cube all the cells that keep it inside may.
// Which variable goes first decides the shape: the one by which the cube gains
// most of rest does. A variable that gets all its cells leaves the cube.
func (c *coverer) widen(cube Cube, rest Node) Cube {
	s := c.s
	done := make([]bool, len(cube))
	for range cube {
		pick, gain := -1, -1.0
		var cells []int
		for i := range cube {
			if done[i] {
				continue
			}
			wide := c.room(cube, i)
			narrow := cube[i].Cells
			cube[i].Cells = wide
			holds := s.mass(s.apply(opAnd, s.cube(cube), rest), c.shares, isOne)
			cube[i].Cells = narrow
			if holds > gain*(1+1e-9) {
				pick, gain, cells = i, holds, wide
			}
		}
		cube[pick].Cells = cells
		done[pick] = true
	}
	return slices.DeleteFunc(cube, func(l Lit) bool { return len(l.Cells) == s.domains[l.Var] })
}

// room returns the cells that variable i of a cube may have while the cube
// stays inside may.
func (c *coverer) room(cube Cube, i int) []int {
	s := c.s
	v := cube[i].Var
	in := make([]map[int]bool, len(s.domains))
	for j, l := range cube {
		if j == i {
			continue
		}
		in[l.Var] = map[int]bool{}
		for _, cell := range l.Cells {
			in[l.Var][cell] = true
		}
	}
	left := s.throughout(map[Node]Node{}, c.may, v, in)
	if s.isLeaf(left) {
		if left == True {
			return s.identity(v)
		}
		return nil
	}
	return s.cellsTo(left, True)
}

// throughout returns the diagram over v alone of "f holds for all the cells of
// the other variables", for each of them the cells in its set or all.
func (s *Store) throughout(memo map[Node]Node, f Node, v int, in []map[int]bool) Node {
	if s.isLeaf(f) {
		return f
	}
	if r, ok := memo[f]; ok {
		return r
	}
	s.step()
	level := int(s.level(f))
	var r Node
	if level == v {
		base := len(s.tmp)
		for _, kid := range s.kids(f) {
			s.push(base, kid.hi, s.throughout(memo, kid.to, v, in))
		}
		r = s.mk(uint32(level), base)
	} else {
		r = True
		lo := 0
		for _, kid := range s.kids(f) {
			if r != False && meets(in[level], lo, int(kid.hi)) {
				r = s.apply(opAnd, r, s.throughout(memo, kid.to, v, in))
			}
			lo = int(kid.hi) + 1
		}
	}
	memo[f] = r
	return r
}

// meets reports whether a set, nil for all cells, has a cell from lo to hi.
func meets(set map[int]bool, lo, hi int) bool {
	if set == nil {
		return true
	}
	if len(set) < hi-lo {
		for c := range set {
			if lo <= c && c <= hi {
				return true
			}
		}
		return false
	}
	for c := lo; c <= hi; c++ {
		if set[c] {
			return true
		}
	}
	return false
}

// irredundant leaves out cubes whose part of need the others hold too, trying
// those with most variables first.
func (c *coverer) irredundant(cubes []Cube, need Node) []Cube {
	s := c.s
	slices.SortStableFunc(cubes, func(a, b Cube) int { return len(b) - len(a) })
	nodes := make([]Node, len(cubes))
	for i, cube := range cubes {
		nodes[i] = s.cube(cube)
	}
	later := make([]Node, len(cubes)+1) // the union of the cubes from i on
	for i := len(cubes) - 1; i >= 0; i-- {
		later[i] = s.apply(opOr, nodes[i], later[i+1])
	}
	kept := False
	var result []Cube
	for i, cube := range cubes {
		if s.apply(opDiff, need, s.apply(opOr, kept, later[i+1])) != False {
			result = append(result, cube)
			kept = s.apply(opOr, kept, nodes[i])
		}
	}
	return result
}
