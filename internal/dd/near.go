package dd

import "slices"

// profile is what a yes/no diagram asks, as far as each variable is looked at by itself.
type profile struct {
	vars  []int
	sides box // of each of vars, the cells in which the diagram holds somewhere; left out where these are all
}

// profile is that of a diagram of a circuit; it is kept.
func (c *Circuit) profile(f Node) *profile {
	p := c.met[f]
	if p == nil {
		p = c.s.profile(f)
		c.met[f] = p
	}
	return p
}

func (s *Store) profile(f Node) *profile {
	p := &profile{vars: s.Support(f)}
	sides := make([]set, len(p.vars)) // nil: not met
	all := make([]bool, len(p.vars))
	place := map[uint32]int{}
	for i, v := range p.vars {
		place[uint32(v)] = i
	}
	place[uint32(len(s.domains))] = len(p.vars)
	for _, n := range s.reach(f) {
		if s.isLeaf(n) {
			continue
		}
		i, lo := place[s.level(n)], uint32(0)
		if sides[i] == nil {
			sides[i] = newSet(s.domains[p.vars[i]])
		}
		for _, r := range s.kids(n) {
			if r.to != False {
				sides[i].fill(lo, r.hi)
				for j := i + 1; j < place[s.level(r.to)]; j++ {
					all[j] = true
				}
			}
			lo = r.hi + 1
		}
	}
	for i, v := range p.vars {
		if !all[i] && sides[i].count() < s.domains[v] {
			p.sides = append(p.sides, side{v, sides[i]})
		}
	}
	return p
}

// crowd is, by cell of a variable, how many of those among which there are Neighbours are found by it.
func (c *Circuit) crowd(v int) []int32 {
	if c.crowded[v] == nil {
		c.crowded[v] = make([]int32, c.s.domains[v])
	}
	return c.crowded[v]
}

// Neighbours tell which of many diagrams may hold together with another.
type Neighbours struct {
	c     *Circuit
	all   []Node
	open  [][]int32   // by variable: the diagrams that hold somewhere in each of its cells, or in many
	cells [][][]int32 // by variable and cell: the others that hold somewhere in it
	mark  []uint32
	round uint32
}

// mostListed is in how many cells of a variable a diagram is looked up.
const mostListed = 64

// Neighbours are found among the diagrams given.
func (c *Circuit) Neighbours(fs []Node) (_ *Neighbours, err error) {
	defer c.s.catch(&err)
	n := &Neighbours{c: c, all: fs, open: make([][]int32, len(c.s.domains)), cells: make([][][]int32, len(c.s.domains)), mark: make([]uint32, len(fs))}
	for i, f := range fs {
		if f == False {
			continue
		}
		c.s.step()
		p := c.profile(f)
		for v := range c.s.domains {
			side := p.sides.of(v)
			if side == nil || side.count() > mostListed {
				n.open[v] = append(n.open[v], int32(i))
				continue
			}
			if n.cells[v] == nil {
				n.cells[v] = make([][]int32, c.s.domains[v])
			}
			crowd := c.crowd(v)
			for cell := range side.each {
				crowd[cell]++
				n.cells[v][cell] = append(n.cells[v][cell], int32(i))
			}
		}
	}
	return n, nil
}

// Of lists, in their order, the diagrams that may hold together with f: all others do not.
func (n *Neighbours) Of(f Node) (out []int, err error) {
	defer n.c.s.catch(&err)
	if f == False {
		return nil, nil
	}
	p := n.c.s.profile(f)
	best, least := -1, 0
	for _, x := range p.sides {
		many := len(n.open[x.v])
		for c := range x.cells.each {
			if n.cells[x.v] != nil {
				many += len(n.cells[x.v][c])
			}
		}
		if best < 0 || many < least {
			best, least = x.v, many
		}
	}
	n.round++
	take := func(i int32) {
		n.c.s.step()
		if n.mark[i] == n.round {
			return
		}
		n.mark[i] = n.round
		if p.apart(n.c.profile(n.all[i])) {
			return
		}
		out = append(out, int(i))
	}
	if best < 0 {
		for i, g := range n.all {
			if g != False {
				take(int32(i))
			}
		}
		return out, nil
	}
	for _, i := range n.open[best] {
		take(i)
	}
	for c := range p.sides.of(best).each {
		if n.cells[best] != nil {
			for _, i := range n.cells[best][c] {
				take(i)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// apart says whether two diagrams hold in different cells of some variable.
func (p *profile) apart(q *profile) bool {
	for _, x := range p.sides {
		if y := q.sides.of(x.v); y != nil && !x.cells.meets(y) {
			return true
		}
	}
	return false
}

// Quiet is a point at which a diagram holds, as a diagram, of which few Neighbours speak; False
// where it holds nowhere.
func (c *Circuit) Quiet(f Node) (point Node, err error) {
	defer c.s.catch(&err)
	if f == False {
		return False, nil
	}
	cube := make(Cube, len(c.s.domains))
	for v := range cube {
		at, rs := 0, []run(nil)
		if c.s.level(f) == uint32(v) {
			rs = c.s.kids(f)
		}
		cell := c.quietest(v, func(cell int) bool {
			for rs != nil && int(rs[at].hi) < cell {
				at++
			}
			return rs == nil || rs[at].to != False
		})
		if rs != nil {
			f = c.s.child(f, uint32(cell))
		}
		cube[v] = Lit{v, []int{cell}}
	}
	return c.s.cube(cube), nil
}

// quietest is the cell, of those admitted, of which the fewest Neighbours speak; -1 where none is.
// It asks for the cells in their order.
func (c *Circuit) quietest(v int, admitted func(cell int) bool) int {
	crowded := c.crowd(v)
	best := -1
	for cell, n := range crowded {
		if (best < 0 || n < crowded[best]) && admitted(cell) {
			best = cell
		}
	}
	return best
}
