package dd

import (
	"cmp"
	"slices"
)

// A Rule gives the leaf where its guard, a yes/no diagram, holds.
type Rule struct {
	Guard Node
	Leaf  Leaf
}

// buildStride is how many neighbouring rules Build joins among themselves
// before it puts them under what the earlier rules left over. Fewer make more
// passes over the large diagram; more make larger diagrams of their own, of
// points that earlier rules have taken already.
const buildStride = 24

// Build returns the decision "the first rule whose guard holds, or otherwise".
// Points outside care become Impossible.
//
// The rules are taken from the first on, and each is carried only into the
// points that those before it left over; so a rule costs nothing where it can
// no longer decide, and two thousand rules stay small as long as each speaks of
// few variables. Leaving the decision open, by an otherwise of its own, shows
// with Is where no rule holds.
func (s *Store) Build(rules []Rule, otherwise Leaf, care Node) (decision Node, err error) {
	defer s.catch(&err)
	for n := len(rules); n > 0 && rules[n-1].Leaf == otherwise; n-- {
		rules = rules[:n-1] // the last rules say what is said without them
	}
	rules = s.shallowFirst(rules)
	open := s.leaf(none)
	root := s.ite(care, open, s.leaf(Impossible))
	for from := 0; from < len(rules) && s.says(root, saysNone); from += buildStride {
		group := open
		for _, r := range rules[from:min(from+buildStride, len(rules))] {
			if s.leftOver(root, group, r.Guard) {
				group = s.apply(opOver, group, s.ite(r.Guard, s.leaf(r.Leaf), open))
			}
		}
		root = s.apply(opOver, root, group)
	}
	return s.apply(opOver, root, s.leaf(otherwise)), nil
}

// shallowFirst sorts rules that follow one another and have one leaf, among which
// the order is of no meaning: those first that ask nothing of the last variables.
// What is built of them asks nothing of those either, and a group asks of few.
func (s *Store) shallowFirst(rules []Rule) []Rule {
	type placed struct {
		Rule
		row  int   // of neighbours with one leaf
		asks []int // variables, the last first
	}
	order := make([]placed, len(rules))
	row := 0
	for i, r := range rules {
		if i > 0 && r.Leaf != rules[i-1].Leaf {
			row++
		}
		asks := s.Support(r.Guard)
		slices.Reverse(asks)
		order[i] = placed{r, row, asks}
	}
	slices.SortStableFunc(order, func(a, b placed) int {
		return cmp.Or(a.row-b.row, slices.Compare(a.asks, b.asks))
	})
	out := make([]Rule, len(rules))
	for i, p := range order {
		out[i] = p.Rule
	}
	return out
}

// leftOver reports whether the guard holds at a point where neither of two
// decisions has said anything yet. It makes no nodes and stops at the first
// such point.
func (s *Store) leftOver(f, g, guard Node) bool {
	switch {
	case guard == False, !s.says(f, saysNone), !s.says(g, saysNone):
		return false
	case s.isLeaf(f) && s.isLeaf(g), s.isLeaf(f) && guard == True, s.isLeaf(g) && guard == True:
		return true // what is not a leaf yet is open somewhere, or holds somewhere
	}
	if _, known := s.memo.get(opLeftOver, f, g, guard); known {
		return false
	}
	s.step()
	level := min(s.level(f), s.level(g), s.level(guard))
	a, b, c := s.cursor(f, level), s.cursor(g, level), s.cursor(guard, level)
	for last := uint32(s.domains[level] - 1); ; {
		hi := min(a.hi, b.hi, c.hi)
		if s.leftOver(a.to, b.to, c.to) {
			return true
		}
		if hi == last {
			break
		}
		a.pass(hi)
		b.pass(hi)
		c.pass(hi)
	}
	s.memo.put(opLeftOver, f, g, guard, False) // only failures are remembered
	return false
}
