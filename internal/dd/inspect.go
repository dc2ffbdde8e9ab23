package dd

import "slices"

// Eval returns what f says at a point, which gives a cell for every variable.
func (s *Store) Eval(f Node, point []int) Leaf {
	for !s.isLeaf(f) {
		f = s.child(f, uint32(point[s.level(f)]))
	}
	return s.leafOf(f)
}

// Constant reports whether f is a leaf, and which.
func (s *Store) Constant(f Node) (Leaf, bool) {
	if !s.isLeaf(f) {
		return 0, false
	}
	return s.leafOf(f), true
}

// Step returns the variable that f asks first and where each of its cells leads.
// It is not ok where f is a leaf.
func (s *Store) Step(f Node) (v int, kids []Node, ok bool) {
	if s.isLeaf(f) {
		return 0, nil, false
	}
	v = int(s.level(f))
	for _, r := range s.kids(f) {
		for len(kids) <= int(r.hi) {
			kids = append(kids, r.to)
		}
	}
	return v, kids, true
}

// Leaves returns what f says somewhere, sorted, Impossible left out.
func (s *Store) Leaves(f Node) []Leaf {
	var leaves []Leaf
	for _, n := range s.reach(f) {
		if s.isLeaf(n) && s.leafOf(n) != Impossible {
			leaves = append(leaves, s.leafOf(n))
		}
	}
	slices.Sort(leaves)
	return leaves
}

// Support returns the variables on which f depends, in their order.
func (s *Store) Support(f Node) []int {
	used := make([]bool, len(s.domains)+1)
	for _, n := range s.reach(f) {
		used[s.level(n)] = true
	}
	var vars []int
	for v, u := range used[:len(s.domains)] {
		if u {
			vars = append(vars, v)
		}
	}
	return vars
}

// Size returns the number of nodes of the diagrams together, leaves included.
func (s *Store) Size(fs ...Node) int {
	s.newVisit()
	var order []Node
	for _, f := range fs {
		order = s.visitFrom(f, order)
	}
	return len(order)
}

// reach returns the nodes of a diagram, each after those it leads to, and s.where[n]
// is the place of n among them, both until the next call.
func (s *Store) reach(f Node) []Node {
	s.newVisit()
	s.order = s.visitFrom(f, s.order[:0])
	return s.order
}

func (s *Store) newVisit() {
	if n := len(s.nodes); len(s.seen) < n {
		s.seen = slices.Grow(s.seen, n-len(s.seen))[:n]
		s.where = slices.Grow(s.where, n-len(s.where))[:n]
	}
	s.visit++
	if s.visit == 0 { // the numbers of old visits would come again
		clear(s.seen)
		s.visit = 1
	}
}

func (s *Store) visitFrom(f Node, order []Node) []Node {
	if s.seen[f] == s.visit {
		return order
	}
	s.seen[f] = s.visit
	if !s.isLeaf(f) {
		for _, r := range s.kids(f) {
			order = s.visitFrom(r.to, order)
		}
	}
	s.where[f] = uint32(len(order))
	return append(order, f)
}
