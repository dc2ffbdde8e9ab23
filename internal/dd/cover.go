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
// cover is complete.
func (s *Store) CoverUpTo(f, care Node, most int) (cubes []Cube, rest Node, err error) {
	defer s.catch(&err)
	c := s.newCoverer(s.apply(opAnd, f, care), s.apply(opOr, f, s.not(care)))
	cubes, rest = c.cover(most)
	return cubes, rest, nil
}

// coverer looks for cubes inside may that together hold all of need.
type coverer struct {
	s          *Store
	need, may  Node
	shares     [][]float64
	within     [][]float64 // shares, or of the cube being measured parts
	parts      [][]float64
	in, out    [][]bool // by variable: the cells that the cube being expanded has, and those that it cannot have
	wide       [][]int  // by its variables: those that it can have
	candidates []Cube   // maximal ones inside may
	fewest     int      // variables of the last cube
	choices    int      // that a cube is known to need
	careful    uint64   // the store's step up to which the best cubes are looked for
}

func (s *Store) newCoverer(need, may Node) coverer {
	shares := s.evenShares()
	return coverer{
		s: s, need: need, may: may, shares: shares, within: slices.Clone(shares), parts: make([][]float64, len(s.domains)),
		in: s.cellSets(true), out: s.cellSets(false), careful: s.steps + coverEffort,
	}
}

const (
	// coverEffort is how many steps a cover takes in search of the best cubes.
	// What is left after that is covered by any maximal cubes.
	coverEffort = 60_000
	// coverCandidates is how many smallest implicants are expanded and compared
	// for each cube.
	coverCandidates = 8
)

// cover returns at most so many cubes, and what of need they do not hold.
func (c *coverer) cover(most int) (cubes []Cube, rest Node) {
	rest = c.need
	for rest != False && len(cubes) < most {
		cube := c.next(rest)
		cubes = append(cubes, cube)
		rest = c.s.apply(opDiff, rest, c.s.cube(cube))
	}
	cubes = c.irredundant(cubes, c.s.apply(opDiff, c.need, rest))
	slices.SortFunc(cubes, compareCubes)
	return cubes, rest
}

// next returns a maximal cube that holds some of rest: of the candidates, one
// with the fewest variables, and of those the one that holds most of rest. The
// other candidates are kept: since rest only shrinks, no later cube has fewer
// variables, and one that has as few need not be looked for again.
func (c *coverer) next(rest Node) Cube {
	s := c.s
	if best := c.best(rest, c.fewest); best != nil {
		return best
	}
	if s.steps < c.careful {
		aim := s.ite(rest, True, s.ite(c.may, s.leaf(Impossible), False))
		var found [][]Choice
		found, c.choices = s.implicants(aim, coverCandidates, c.choices)
		for _, choices := range found {
			c.offer(c.expand(c.cubeOf(choices), rest))
		}
	} else {
		choices, _ := s.Path(rest, 1, nil)
		c.offer(c.expandInOrder(c.cubeOf(choices)))
		slices.Reverse(choices)
		c.offer(c.expandInOrder(c.cubeOf(choices)))
	}
	best := c.best(rest, math.MaxInt)
	c.fewest = len(best)
	return best
}

func (c *coverer) offer(cube Cube) {
	if !slices.ContainsFunc(c.candidates, func(k Cube) bool { return compareCubes(k, cube) == 0 }) {
		c.candidates = append(c.candidates, cube)
	}
}

// best returns the candidate with at most so many variables that has the fewest
// and of those holds most of rest. Those that hold none of it are forgotten.
func (c *coverer) best(rest Node, most int) Cube {
	var best Cube
	held := -1.0
	kept := c.candidates[:0]
	for _, k := range c.candidates {
		holds := c.holds(k, rest)
		if holds == 0 {
			continue
		}
		kept = append(kept, k)
		if len(k) <= most && (best == nil || len(k) < len(best) || len(k) == len(best) && holds > held*(1+1e-9)) {
			best, held = k, holds
		}
	}
	c.candidates = kept
	return best
}

func (c *coverer) cubeOf(choices []Choice) Cube {
	cube := make(Cube, len(choices))
	for i, ch := range choices {
		cube[i] = Lit{ch.Var, []int{ch.Cell}}
	}
	return cube
}

// holds returns the share of the points that lie in the cube and in f.
func (c *coverer) holds(cube Cube, f Node) float64 {
	size := 1.0
	for _, l := range cube {
		size *= c.keepTo(l)
	}
	share := size * c.s.mass(f, c.within, func(l Leaf) bool { return l == 1 })
	for _, l := range cube {
		c.within[l.Var] = c.shares[l.Var]
	}
	return share
}

// keepTo makes the cells of a literal all that its variable has, and returns their share.
func (c *coverer) keepTo(l Lit) float64 {
	all, part := c.shares[l.Var], c.parts[l.Var]
	if part == nil {
		part = make([]float64, len(all))
		c.parts[l.Var] = part
	}
	size := 0.0
	for _, cell := range l.Cells {
		size += all[cell+1] - all[cell]
	}
	rest := l.Cells
	for cell := range len(all) - 1 {
		part[cell+1] = part[cell]
		if len(rest) > 0 && rest[0] == cell {
			part[cell+1] += (all[cell+1] - all[cell]) / size
			rest = rest[1:]
		}
	}
	c.within[l.Var] = part
	return size
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
