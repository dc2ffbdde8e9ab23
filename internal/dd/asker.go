package dd

import (
	"math"
	"math/bits"
	"slices"
)

// asker searches the states that answers can lead to; each is the diagram
// of what is still open.
type asker struct {
	s      *Store
	left   int
	gaveUp bool
	greedy bool
	shares [][]float64
	asked  []asked        // by variable
	tells  [][]int        // by the first variable of a question: all that it tells
	first  []int          // by variable: the first of its question
	words  int            // of a set of stretches
	once   []uint64       // such a set, of open
	places []*searchState // by node

	states    slab[searchState]
	asks      slab[ask]
	answersTo slab[answer]
	sets      slab[uint64]

	point  []int    // of turns
	round  int      // of opensAfter: the states that bear it have been looked at
	answer []answer // the answers being gathered, and
	before []answer // those that the variables told so far lead to
	leaves []Node   // that the first state leads to, but for Impossible
}

// asked is a variable on which the first state depends. Its cells fall into
// stretches that no state tells apart; those of all variables have numbers.
type asked struct {
	ends  []int // the last cell of each stretch
	first int   // the number of its first stretch
}

// askerFor is an asker that nothing has been asked of. The store keeps one, and what it
// had room for.
func (s *Store) askerFor(first Node, group []int, shares [][]float64, limit int) *asker {
	q := s.asker
	if q == nil || q.states.room() > mostKeptStates || q.sets.room() > mostKeptWords {
		n := len(s.domains)
		q = &asker{s: s, asked: make([]asked, n), tells: make([][]int, n), first: make([]int, n), point: make([]int, n)}
		s.asker = q
	}
	clear(q.asked)
	clear(q.places)
	q.states.reset()
	q.asks.reset()
	q.answersTo.reset()
	q.sets.reset()
	q.shares, q.left = shares, limit
	q.gaveUp, q.greedy = false, false
	q.leaves = q.leaves[:0]
	for _, n := range s.reach(first) {
		if s.isLeaf(n) && s.possible(n) {
			q.leaves = append(q.leaves, n)
		}
	}
	n := 0
	for _, vars := range s.questions(first, group) {
		q.tells[vars[0]] = vars
		for _, v := range vars {
			q.asked[v], q.first[v] = asked{s.cellEnds(first, v), n}, vars[0]
			n += len(q.asked[v].ends)
		}
	}
	q.words = (n + 63) / 64
	q.once = make([]uint64, q.words)
	return q
}

// mostKeptStates and mostKeptWords, of sets, bound the room of an asker that is kept.
const (
	mostKeptStates = 1 << 14
	mostKeptWords  = 1 << 18
)

// bound begins with the least depth that a point shows: every order asks the questions
// there for all the variables each of which alone can still turn the decision.
func (q *asker) bound(r *searchState) {
	if r.bounded {
		return
	}
	r.bounded = true
	r.hi = r.height
	turns := false // whether the variable asked first does, at the point chosen
	lo := 0
	if q.s.isLeaf(r.node) {
		return
	}
	for _, run := range q.s.kids(r.node) {
		kid := q.at(run.to)
		cell := lo
		lo = int(run.hi) + 1
		if !q.s.possible(kid.node) {
			continue
		}
		q.bound(kid)
		r.lo = max(r.lo, kid.lo)
		if r.next != nil && kid.musts < r.musts {
			continue
		}
		t := r.open && !kid.mustAsk(q.question(r)) && q.turns(r, kid)
		n := kid.musts
		if t {
			n++
		}
		if r.next == nil || n > r.musts {
			r.next, r.cell, r.musts, turns = kid, cell, n, t
		}
	}
	if r.open {
		r.must = q.sets.take(len(r.vars))
		copy(r.must, r.next.must)
		if turns {
			v := q.question(r)
			r.must[v/64] |= 1 << (v % 64)
		}
		r.lo = max(1, r.lo, r.musts)
		if r.lo == 1 && q.settlesAtOnce(r) {
			r.hi = 1
		} else {
			r.lo = max(r.lo, 2)
		}
	}
}

// settlesAtOnce reports whether one question suffices.
func (q *asker) settlesAtOnce(r *searchState) bool {
	for i, set := range r.vars {
		for ; set != 0; set &= set - 1 {
			q.round++
			if !q.opensAfter(r, q.tells[64*i+bits.TrailingZeros64(set)]) {
				return true
			}
		}
	}
	return false
}

// opensAfter reports whether some answer about the variables leaves the state open.
func (q *asker) opensAfter(r *searchState, vars []int) bool {
	a := q.asked[vars[0]]
	from, to := a.first, a.first+len(a.ends)
	if rest := vars[1:]; len(rest) > 0 {
		for i, hi := range a.ends {
			if !r.opensWith(from + i) {
				continue
			}
			next := q.at(q.s.restrict(r.node, uint32(vars[0]), uint32(hi)))
			if next.round != q.round && q.opensAfter(next, rest) {
				return true
			}
			if next.round = q.round; next == r { // which does not depend on the variable
				return false
			}
		}
		return false
	}
	for w := from / 64; w <= (to-1)/64; w++ {
		if r.opens[w]&stretchWord(from, to, w) != 0 {
			return true
		}
	}
	return false
}

// turns reports whether another cell of the variable asked first in r makes it say
// something else at the point of one of its kids.
func (q *asker) turns(r, kid *searchState) bool {
	s := q.s
	clear(q.point)
	at := kid
	for ; at.next != nil; at = at.next {
		q.point[s.level(at.node)] = at.cell
	}
	leaf := s.leafOf(at.node)
	for _, run := range s.kids(r.node) {
		if run.to == kid.node {
			continue
		}
		if l := s.Eval(run.to, q.point); l != leaf && l != Impossible {
			return true
		}
	}
	return false
}

// depth returns the least number of questions that suffices, or, once the
// search is given up, the best known.
func (q *asker) depth(r *searchState) int {
	if q.greedy {
		return r.height
	}
	for q.bound(r); r.lo < r.hi && !q.gaveUp; {
		q.suffices(r, r.lo)
	}
	return r.hi
}

// suffices reports whether k questions suffice, and notes it.
func (q *asker) suffices(r *searchState, k int) bool {
	q.bound(r)
	if r.hi <= k || r.lo > k {
		return r.hi <= k
	}
	if q.left <= 0 {
		q.gaveUp = true
		return false
	}
	q.left--
	asks := q.questions(r)
	for i := range asks {
		if !r.spares(asks[i].v, k) {
			continue
		}
		enough := q.allSuffice(q.find(r, &asks[i]), k-1)
		if q.gaveUp {
			return false
		}
		if enough {
			r.hi = k
			return true
		}
	}
	r.lo = k + 1
	return false
}

// spares reports whether k questions may suffice when v is the first of them: not
// where the k that must be asked are others.
func (r *searchState) spares(v, k int) bool { return r.musts < k || r.mustAsk(v) }

func (q *asker) allSuffice(answers []answer, k int) bool {
	for _, a := range answers {
		if q.bound(a.to); a.to.lo > k {
			return false
		}
	}
	for _, a := range answers {
		if !q.suffices(a.to, k) {
			return false
		}
	}
	return true
}

// worst returns how many questions asking a first takes.
func (q *asker) worst(r *searchState, a *ask) int {
	most := 0
	for _, x := range q.find(r, a) {
		most = max(most, min(q.depth(x.to), x.to.others(a.v)))
	}
	return most + 1
}

// averageOf returns the mean number of questions when a is asked first, or a
// lower bound of it once that is no better than enough.
func (q *asker) averageOf(r *searchState, a *ask, enough float64) float64 {
	if r.mass == 0 {
		return 1
	}
	answers := q.find(r, a)
	total := 1.0
	for _, x := range answers {
		total += x.share * x.to.mass / r.mass * q.low(x.to)
	}
	for _, x := range answers {
		if total >= enough {
			break
		}
		total += x.share * x.to.mass / r.mass * (q.averageFrom(x.to) - x.to.low)
	}
	return total
}

// averageFrom returns the mean number of questions of the best order, which keeps
// to the least depth in every state that is open.
func (q *asker) averageFrom(r *searchState) float64 {
	switch {
	case q.greedy && r.mass == 0:
		return float64(r.height)
	case q.greedy:
		return r.steps / r.mass
	case r.average > 0:
		return r.average
	}
	if q.left <= 0 {
		q.gaveUp = true
		return 0
	}
	q.left--
	depth := q.depth(r)
	if depth == 1 {
		r.average = 1
		return 1
	}
	best := math.Inf(1)
	asks := q.questions(r)
	for {
		var next *ask
		for i := range asks {
			if a := &asks[i]; !a.tried && a.low < best && (next == nil || a.low < next.low) && r.spares(a.v, depth) {
				next = a
			}
		}
		if next == nil {
			break
		}
		next.tried = true
		if q.allSuffice(q.find(r, next), depth-1) {
			best = min(best, q.averageOf(r, next, best))
		}
		if q.gaveUp {
			return 0 // the ranking is done again, greedily
		}
	}
	r.average = best
	return best
}

// aside reports whether all the variables that a question tells are aside.
func (q *asker) aside(v int, aside map[int]bool) bool {
	return !slices.ContainsFunc(q.tells[v], func(w int) bool { return !aside[w] })
}
