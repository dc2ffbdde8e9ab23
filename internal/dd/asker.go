package dd

import (
	"math"
	"slices"
)

// asker searches the situations that answers can lead to; each is the diagram
// of what is still open.
type asker struct {
	s        *Store
	left     int
	gaveUp   bool
	greedy   bool
	shares   [][]float64
	says     map[Node]said
	bounds   map[Node]bound
	averages map[Node]float64
	parts    map[cofactorKey][]Class
	supports map[Node][]int
}

// said sums a diagram up.
type said struct {
	possible bool    // some point is possible
	open     bool    // it says two things that are possible
	leaf     Leaf    // what it says, if possible and not open
	height   int     // questions in the diagram's own order, at most
	steps    float64 // the same on average, times the mass
	mass     float64 // the share of its points that are possible
}

// bound holds what is known of a least depth: lo <= depth <= hi.
type bound struct{ lo, hi int }

type cofactorKey struct {
	f Node
	v int
}

func (q *asker) sum(f Node) said {
	if r, ok := q.says[f]; ok {
		return r
	}
	s := q.s
	var r said
	if s.isLeaf(f) {
		if l := s.leafOf(f); l != Impossible {
			r = said{possible: true, leaf: l, mass: 1}
		}
		q.says[f] = r
		return r
	}
	before := q.shares[s.level(f)]
	lo := uint32(0)
	for _, run := range s.kids(f) {
		kid := q.sum(run.to)
		share := before[run.hi+1] - before[lo]
		lo = run.hi + 1
		r.mass += share * kid.mass
		r.steps += share * kid.steps
		r.height = max(r.height, kid.height)
		if kid.possible {
			r.open = r.open || kid.open || r.possible && kid.leaf != r.leaf
			r.possible, r.leaf = true, kid.leaf
		}
	}
	if r.open {
		r.height++
		r.steps += r.mass
	} else {
		r.height, r.steps = 0, 0
	}
	q.says[f] = r
	return r
}

func (q *asker) support(f Node) []int {
	vars, ok := q.supports[f]
	if !ok {
		vars = q.s.Support(f)
		q.supports[f] = vars
	}
	return vars
}

// answers returns what can follow on asking v, impossible answers left out.
func (q *asker) answers(f Node, v int) []Class {
	key := cofactorKey{f, v}
	classes, ok := q.parts[key]
	if !ok {
		classes = q.s.cofactors(f, v)
		classes = slices.DeleteFunc(classes, func(c Class) bool { return !q.sum(c.To).possible })
		q.parts[key] = classes
	}
	return classes
}

func (q *asker) bound(f Node) bound {
	b, ok := q.bounds[f]
	if !ok {
		sum := q.sum(f)
		b = bound{0, sum.height}
		if sum.open {
			b.lo = max(1, q.mustAsk(f))
		}
		q.bounds[f] = b
	}
	return b
}

// mustAsk returns a number of variables that every order asks in some case:
// at one point of the longest way through the diagram, each of them alone
// can still turn the decision.
func (q *asker) mustAsk(f Node) int {
	s := q.s
	point := make([]int, len(s.domains))
	var way []int
	n := f
	for !s.isLeaf(n) {
		v := int(s.level(n))
		way = append(way, v)
		var next run
		best := said{height: -1}
		cell, lo := 0, 0
		for _, r := range s.kids(n) {
			if sum := q.sum(r.to); sum.possible && sum.height > best.height {
				best, next, cell = sum, r, lo
			}
			lo = int(r.hi) + 1
		}
		point[v] = cell
		n = next.to
	}
	leaf := s.leafOf(n)
	count := 0
	for _, v := range way {
		if q.turns(f, point, v, leaf) {
			count++
		}
	}
	return count
}

// turns reports whether another cell of v alone makes f say something else at
// the point.
func (q *asker) turns(f Node, point []int, v int, leaf Leaf) bool {
	s := q.s
	n := f
	for int(s.level(n)) < v {
		n = s.child(n, uint32(point[s.level(n)]))
	}
	if int(s.level(n)) != v {
		return false
	}
	for _, kid := range s.distinctKids(n) {
		if l := s.Eval(kid, point); l != leaf && l != Impossible {
			return true
		}
	}
	return false
}

// depth returns the least number of questions that suffices, or, once the
// search is given up, the best known.
func (q *asker) depth(f Node) int {
	if q.greedy {
		return q.sum(f).height
	}
	for b := q.bound(f); b.lo < b.hi; b = q.bound(f) {
		q.suffices(f, b.lo)
		if q.gaveUp {
			break
		}
	}
	return q.bounds[f].hi
}

// suffices reports whether k questions suffice, and notes it.
func (q *asker) suffices(f Node, k int) bool {
	b := q.bound(f)
	if b.hi <= k || b.lo > k {
		return b.hi <= k
	}
	if q.left <= 0 {
		q.gaveUp = true
		return false
	}
	q.left--
	for _, v := range q.support(f) {
		if q.allSuffice(q.answers(f, v), k-1) {
			q.bounds[f] = bound{b.lo, k}
			return true
		}
		if q.gaveUp {
			return false
		}
	}
	q.bounds[f] = bound{k + 1, b.hi}
	return false
}

func (q *asker) allSuffice(answers []Class, k int) bool {
	for _, a := range answers {
		if q.bound(a.To).lo > k {
			return false
		}
	}
	for _, a := range answers {
		if !q.suffices(a.To, k) {
			return false
		}
	}
	return true
}

// worst returns how many questions asking v first takes.
func (q *asker) worst(f Node, v int) int {
	most := 0
	for _, a := range q.answers(f, v) {
		most = max(most, q.depth(a.To))
	}
	return most + 1
}

// averageOf returns the mean number of questions when v is asked first.
func (q *asker) averageOf(f Node, v int) float64 {
	all := q.sum(f).mass
	if all == 0 {
		return 1
	}
	total := 0.0
	before := q.shares[v]
	for _, a := range q.answers(f, v) {
		if sum := q.sum(a.To); sum.open {
			share := 0.0
			for _, c := range a.Cells {
				share += before[c+1] - before[c]
			}
			total += share * sum.mass / all * q.average(a.To)
		}
	}
	return 1 + total
}

// average returns the mean number of questions of the best order, which keeps
// to the least depth in every situation.
func (q *asker) average(f Node) float64 {
	sum := q.sum(f)
	switch {
	case !sum.open:
		return 0
	case q.greedy && sum.mass == 0:
		return float64(sum.height)
	case q.greedy:
		return sum.steps / sum.mass
	}
	if a, ok := q.averages[f]; ok {
		return a
	}
	if q.left <= 0 {
		q.gaveUp = true
		return 0
	}
	q.left--
	depth := q.depth(f)
	best := math.Inf(1)
	for _, v := range q.support(f) {
		if q.gaveUp {
			return 0 // the ranking is done again, greedily
		}
		if q.allSuffice(q.answers(f, v), depth-1) {
			best = min(best, q.averageOf(f, v))
		}
	}
	q.averages[f] = best
	return best
}
