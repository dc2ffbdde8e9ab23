package dd

import "slices"

// expand gives each variable of a cube all the cells that keep it inside may.
// Which variable goes first decides the shape: the one by which the cube gains
// most of rest does. A variable that gets all its cells leaves the cube.
func (c *coverer) expand(cube Cube, rest Node) Cube {
	for {
		rooms := c.rooms(cube)
		i, others := c.pick(cube, rooms, rest)
		if i >= 0 {
			cube[i].Cells = rooms[i]
		}
		if !others { // nor do others get room when one takes it
			return c.trim(cube)
		}
	}
}

// pick returns the variable with room by which the cube gains most of rest, -1 where
// none has room, and whether others have room too.
func (c *coverer) pick(cube Cube, rooms [][]int, rest Node) (best int, others bool) {
	best = -1
	most := 0.0
	gain := func(i int) float64 {
		narrow := cube[i].Cells
		defer func() { cube[i].Cells = narrow }()
		cube[i].Cells = rooms[i]
		return c.holds(cube, rest)
	}
	for i, wide := range rooms {
		switch {
		case len(wide) == len(cube[i].Cells):
			continue
		case best < 0:
			best = i
			continue
		case !others:
			others, most = true, gain(best)
		}
		if g := gain(i); g > most*(1+1e-9) {
			best, most = i, g
		}
	}
	return best, others
}

// expandInOrder is expand without a choice: the first variable goes first.
func (c *coverer) expandInOrder(cube Cube) Cube {
	for i := range cube {
		cube[i].Cells = c.rooms(cube)[i]
	}
	return c.trim(cube)
}

// trim leaves out the variables that may have any cell and sorts the others.
func (c *coverer) trim(cube Cube) Cube {
	cube = slices.DeleteFunc(cube, func(l Lit) bool { return len(l.Cells) == c.s.domains[l.Var] })
	slices.SortFunc(cube, func(a, b Lit) int { return a.Var - b.Var })
	return cube
}

// rooms returns for each variable of a cube the cells that it may have while the others
// keep theirs and the cube stays inside may.
func (c *coverer) rooms(cube Cube) [][]int {
	s := c.s
	for _, l := range cube {
		clear(c.in[l.Var])
		for _, cell := range l.Cells {
			c.in[l.Var][cell] = true
		}
	}
	s.newVisit()
	s.order = c.inside(c.may, s.order[:0])
	for _, n := range s.order {
		out := c.out[s.level(n)]
		lo := 0
		for _, kid := range s.kids(n) {
			if !c.holdsAll(kid.to) {
				fill(out[lo:kid.hi+1], true)
			}
			lo = int(kid.hi) + 1
		}
	}
	c.wide = c.wide[:0]
	for _, l := range cube {
		c.wide = append(c.wide, l.Cells)
		if n := count(c.out[l.Var], false); n > len(l.Cells) {
			wide := make([]int, 0, n)
			for cell, out := range c.out[l.Var] {
				if !out {
					wide = append(wide, cell)
				}
			}
			c.wide[len(c.wide)-1] = wide
		}
		fill(c.in[l.Var], true)
		clear(c.out[l.Var])
	}
	return c.wide
}

// inside adds the nodes that the cube being expanded leads to; from all of them it leads
// to 1 alone.
func (c *coverer) inside(f Node, order []Node) []Node {
	s := c.s
	if s.isLeaf(f) || s.seen[f] == s.visit {
		return order
	}
	s.step()
	s.seen[f], s.where[f] = s.visit, 1
	lo := 0
	for _, kid := range s.kids(f) {
		if c.leads(f, lo, kid) {
			order = c.inside(kid.to, order)
		}
		lo = int(kid.hi) + 1
	}
	return append(order, f)
}

// leads reports whether the cube being expanded has a cell by which f leads to a kid:
// one from lo on.
func (c *coverer) leads(f Node, lo int, kid run) bool {
	return slices.Contains(c.in[c.s.level(f)][lo:kid.hi+1], true)
}

// holdsAll reports whether the cube being expanded leads from f to 1 alone; s.where keeps
// it for each node of the visit.
func (c *coverer) holdsAll(f Node) bool {
	s := c.s
	if s.isLeaf(f) {
		return f == True
	}
	if s.seen[f] == s.visit {
		return s.where[f] == 1
	}
	s.step()
	s.seen[f], s.where[f] = s.visit, 0
	lo := 0
	for _, kid := range s.kids(f) {
		if c.leads(f, lo, kid) && !c.holdsAll(kid.to) {
			return false
		}
		lo = int(kid.hi) + 1
	}
	s.where[f] = 1
	return true
}

// cellSets is for each variable the set of all its cells, or of none.
func (s *Store) cellSets(all bool) [][]bool {
	total := 0
	for _, n := range s.domains {
		total += n
	}
	sets, free := make([][]bool, len(s.domains)), make([]bool, total)
	fill(free, all)
	for v, n := range s.domains {
		sets[v], free = free[:n:n], free[n:]
	}
	return sets
}

func fill(set []bool, in bool) {
	for i := range set {
		set[i] = in
	}
}

func count(set []bool, in bool) (n int) {
	for _, x := range set {
		if x == in {
			n++
		}
	}
	return n
}
