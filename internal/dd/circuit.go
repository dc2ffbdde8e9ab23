package dd

import (
	"encoding/binary"
	"slices"
)

// A Gate names a condition of a circuit, made of yes/no diagrams by and, or and not.
// Nothing is worked out when it is made: a policy of ten thousand rules is as many gates,
// where its diagram may be larger than any memory.
type Gate uint32

// The gates that never and always hold. No is the zero value.
const (
	No  Gate = 0
	Yes Gate = 1
)

// A Circuit holds gates over the diagrams of one store, which are meant of the points of a
// region alone. Gates that are made of the same parts are the same Gate. It is not safe for
// concurrent use.
type Circuit struct {
	s       *Store
	region  Node
	here    *profile // of region
	there   Gate     // region
	gates   []gate
	leaves  map[Node]Gate
	ands    map[string]Gate
	key     []byte
	kids    []Gate // of the gates, one after the other
	within  map[regional]Node
	crowded [][]int32 // by variable and cell: how many Neighbours speak of it
	met     map[Node]*profile
	finder  finder
}

// gate is a diagram, or the conjunction of kids. Gate 2i is gate i and 2i+1 its negation; the
// first is never.
type gate struct {
	leaf  Node
	first uint32 // in kids
	n     uint32 // 0: a diagram
}

// regional is a gate where some diagram holds.
type regional struct {
	g      Gate
	region Node
}

// NewCircuit is a circuit without gates, of all points.
func (s *Store) NewCircuit() *Circuit {
	c := &Circuit{s: s, leaves: map[Node]Gate{}, ands: map[string]Gate{}, within: map[regional]Node{}, met: map[Node]*profile{}}
	c.crowded = make([][]int32, len(s.domains))
	c.Reset(True)
	return c
}

// Beside is a further circuit without gates, which shares what is known of diagrams.
func (c *Circuit) Beside() *Circuit {
	d := c.s.NewCircuit()
	d.met, d.crowded = c.met, c.crowded
	return d
}

// Reset takes all gates out, but for No and Yes. Those made from now on are meant of the points
// at which a yes/no diagram holds: what holds at all of them is Yes.
func (c *Circuit) Reset(region Node) {
	c.gates, c.kids = append(c.gates[:0], gate{leaf: False}), c.kids[:0]
	clear(c.leaves)
	clear(c.ands)
	clear(c.within)
	c.region, c.here, c.there = region, nil, Yes
	switch region {
	case True:
	case False:
		c.there = No
	default:
		c.here, c.there = c.s.profile(region), c.add(gate{leaf: region})
	}
}

// Len is how many gates there are.
func (c *Circuit) Len() int { return len(c.gates) }

// Leaf is the gate of a yes/no diagram.
func (c *Circuit) Leaf(f Node) Gate {
	switch f {
	case False:
		return No
	case True:
		return Yes
	}
	g, known := c.leaves[f]
	if !known {
		if g = Yes; !c.throughout(f) {
			g = c.add(gate{leaf: f})
		}
		c.leaves[f] = g
	}
	return g
}

// throughout says whether a diagram holds in the whole region, as far as is seen at little cost.
func (c *Circuit) throughout(f Node) (holds bool) {
	var gaveUp error
	defer c.s.catch(&gaveUp) // then it is not seen: whoever asks for more finds out why
	if c.here == nil {
		return false
	}
	for _, x := range c.profile(f).sides {
		if own := c.here.sides.of(x.v); own == nil || !own.inside(x.cells) {
			return false
		}
	}
	return c.s.apply(opDiff, c.region, f) == False
}

func (c *Circuit) add(g gate) Gate {
	c.gates = append(c.gates, g)
	return Gate(len(c.gates)-1) << 1
}

// Not is the gate of "not g".
func (c *Circuit) Not(g Gate) Gate { return g ^ 1 }

// few is how many parts a conjunction may have to be looked at part by part.
const few = 8

// And is the gate of "all of gs"; Yes when there are none.
func (c *Circuit) And(gs ...Gate) Gate {
	from := len(c.kids)
	for _, g := range gs {
		parts := c.parts(g)
		switch {
		case g == No:
			c.kids = c.kids[:from]
			return No
		case g == Yes:
		case g&1 == 0 && len(gs) <= few && len(parts) > 0 && len(parts) <= few:
			c.kids = append(c.kids, parts...)
		default:
			c.kids = append(c.kids, g)
		}
	}
	kids := c.kids[from:]
	slices.Sort(kids)
	kids = slices.Compact(kids)
	if len(kids) <= few {
		kids = slices.DeleteFunc(kids, func(g Gate) bool { return c.follows(g, kids) })
	}
	c.kids = c.kids[:from]
	for i, g := range kids {
		if i > 0 && g == kids[i-1]|1 {
			return No
		}
	}
	switch len(kids) {
	case 0:
		return Yes
	case 1:
		return kids[0]
	}
	c.key = c.key[:0]
	for _, g := range kids {
		c.key = binary.LittleEndian.AppendUint32(c.key, uint32(g))
	}
	g, known := c.ands[string(c.key)]
	if !known {
		c.kids = c.kids[:from+len(kids)]
		g = c.add(gate{first: uint32(from), n: uint32(len(kids))})
		c.ands[string(c.key)] = g
	}
	return g
}

// follows says whether a gate that is the negation of several holds since one of these does not.
func (c *Circuit) follows(g Gate, from []Gate) bool {
	parts := c.parts(g)
	return g&1 == 1 && len(parts) > 0 && slices.ContainsFunc(from, func(h Gate) bool {
		_, found := slices.BinarySearch(parts, h^1)
		return found
	})
}

// Conjoin is And of gates that are worth some thought, such as what is looked for: what follows
// from some of them is left out of the others.
func (c *Circuit) Conjoin(gs ...Gate) Gate {
	in := map[Gate]bool{}
	var all []Gate
	var add func(g Gate) bool // not where it contradicts the others
	add = func(g Gate) bool {
		c.s.steps++
		switch {
		case g == No, in[g^1]:
			return false
		case g == Yes, in[g]:
			return true
		}
		in[g] = true
		if g&1 == 0 && len(c.parts(g)) > 0 {
			for _, kid := range c.parts(g) {
				if !add(kid) {
					return false
				}
			}
			return true
		}
		all = append(all, g)
		return true
	}
	for _, g := range gs {
		if !add(g) {
			return No
		}
	}
	for again := true; again; {
		again = false
		known := map[Gate]Gate{}
		for i := 0; i < len(all); i++ {
			g := all[i]
			if g == Yes || len(c.parts(g)) == 0 {
				continue
			}
			less := c.known(g, in, known)
			if less == g {
				continue
			}
			all[i], again = Yes, true
			delete(in, g)
			if !add(less) {
				return No
			}
		}
	}
	return c.And(all...)
}

// known is a gate made of others, where some are known to hold.
func (c *Circuit) known(g Gate, in map[Gate]bool, done map[Gate]Gate) Gate {
	c.s.steps++
	changed := false
	parts := c.parts(g)
	left := make([]Gate, 0, len(parts))
	for _, kid := range parts {
		h, met := done[kid]
		switch {
		case in[kid]:
			h = Yes
		case in[kid^1]:
			return No ^ g&1
		case met:
		case len(c.parts(kid)) == 0:
			h = kid
		default:
			h = c.known(kid, in, done)
			done[kid] = h
		}
		changed = changed || h != kid
		left = append(left, h)
	}
	if !changed {
		return g
	}
	return c.And(left...) ^ g&1
}

// Or is the gate of "any of gs"; No when there are none.
func (c *Circuit) Or(gs ...Gate) Gate {
	not := make([]Gate, len(gs))
	for i, g := range gs {
		not[i] = g ^ 1
	}
	return c.And(not...) ^ 1
}

// Xor is the gate of "f or g, but not both".
func (c *Circuit) Xor(f, g Gate) Gate {
	return c.Or(c.And(f, g^1), c.And(f^1, g))
}

// Less is the gate of "g and not h", as Conjoin makes it. What g and h have in common, and what
// their parts have, stands in it once: it is small where they differ in few places.
func (c *Circuit) Less(g, h Gate) Gate {
	var both []Gate
	for g != h && g&1 == h&1 && g > Yes && h > Yes && len(c.parts(g)) > 0 && len(c.parts(h)) > 0 {
		c.s.steps++
		shared, own, other := c.shared(c.parts(g), c.parts(h))
		if len(shared) == 0 && (len(own) > 1 || len(other) > 1) {
			break
		}
		both = append(both, shared...) // g is not, where g and h are negations, unless these hold
		flip := g & 1
		g, h = c.And(own...)^flip, c.And(other...)^flip
	}
	return c.Conjoin(append(both, g, h^1)...)
}

// shared splits two sorted lists into what both have and what only one of them has.
func (c *Circuit) shared(g, h []Gate) (both, own, other []Gate) {
	for len(g) > 0 || len(h) > 0 {
		switch {
		case len(h) == 0 || len(g) > 0 && g[0] < h[0]:
			own, g = append(own, g[0]), g[1:]
		case len(g) == 0 || h[0] < g[0]:
			other, h = append(other, h[0]), h[1:]
		default:
			both, g, h = append(both, g[0]), g[1:], h[1:]
		}
	}
	return both, own, other
}

// parts are the gates whose conjunction a gate is, or whose conjunction it negates; none of
// a diagram's.
func (c *Circuit) parts(g Gate) []Gate {
	at := c.gates[g>>1]
	return c.kids[at.first : at.first+at.n]
}

// Within is the diagram of "g, where the region holds". Little is worked out of g elsewhere.
func (c *Circuit) Within(g Gate, region Node) (f Node, err error) {
	defer c.s.catch(&err)
	return c.worked(g, region), nil
}

func (c *Circuit) worked(g Gate, region Node) Node {
	s := c.s
	switch {
	case region == False || g == No:
		return False
	case g == Yes:
		return region
	case g&1 == 1:
		return s.apply(opDiff, region, c.worked(g^1, region))
	}
	parts := c.parts(g)
	if len(parts) == 0 {
		return s.apply(opAnd, region, c.gates[g>>1].leaf)
	}
	key := regional{g, region}
	if f, known := c.within[key]; known {
		return f
	}
	s.step()
	f := region
	for _, kid := range parts {
		if f = c.worked(kid, f); f == False {
			break
		}
	}
	c.within[key] = f
	return f
}
