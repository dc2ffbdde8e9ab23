package dd

import (
	"math"
	"math/bits"
	"slices"
)

// asker searches the situations that answers can lead to; each is the diagram
// of what is still open.
type asker struct {
	s      *Store
	first  Node
	left   int
	gaveUp bool
	greedy bool
	shares [][]float64
	ends   [][]int      // by variable: the stretches of cells that the first situation tells apart, once looked for
	places []*situation // by node

	situations slab[situation]
	asks       slab[ask]
	answersTo  slab[answer]
	nodes      slab[Node]
	varSets    slab[uint64]
	below      slab[[]Node]

	point  []int    // of turns
	answer []answer // the answers being gathered
}

// askerFor is an asker that nothing has been asked of. The store keeps one, and what it
// had room for.
func (s *Store) askerFor(first Node, shares [][]float64, limit int) *asker {
	q := s.asker
	if q == nil || q.situations.room() > mostKeptSituations {
		q = &asker{s: s, ends: make([][]int, len(s.domains)), point: make([]int, len(s.domains))}
		s.asker = q
	}
	clear(q.ends)
	clear(q.places)
	q.situations.reset()
	q.asks.reset()
	q.answersTo.reset()
	q.nodes.reset()
	q.varSets.reset()
	q.below.reset()
	q.first, q.shares, q.left = first, shares, limit
	q.gaveUp, q.greedy = false, false
	return q
}

// mostKeptSituations bounds what an asker's room is kept for.
const mostKeptSituations = 1 << 14

// slab hands out zeroed slices from large pieces of memory, which it keeps.
type slab[T any] struct {
	pieces   [][]T
	at, used int // the piece that is handed out, and how much of it
}

func (s *slab[T]) take(n int) []T {
	for ; s.at < len(s.pieces); s.at, s.used = s.at+1, 0 {
		if piece := s.pieces[s.at]; s.used+n <= len(piece) {
			s.used += n
			return piece[s.used-n : s.used : s.used]
		}
	}
	s.pieces = append(s.pieces, make([]T, max(n, 512)))
	s.used = n
	return s.pieces[s.at][:n:n]
}

func (s *slab[T]) reset() {
	for i := range min(s.at+1, len(s.pieces)) {
		clear(s.pieces[i])
	}
	s.at, s.used = 0, 0
}

// room is how many the slab has room for without more memory.
func (s *slab[T]) room() (n int) {
	for _, piece := range s.pieces {
		n += len(piece)
	}
	return n
}

// situation is what is known of a diagram that answers lead to. It sums up what
// the diagram says, and keeps what the search finds out.
type situation struct {
	node     Node
	possible bool     // some point is possible
	open     bool     // it says two things that are possible
	leaf     Leaf     // what it says, if possible and not open
	height   int      // questions in the diagram's own order, at most
	steps    float64  // the same on average, times the mass
	mass     float64  // the share of its points that are possible
	vars     []uint64 // the set of variables it depends on

	bounded bool
	lo, hi  int        // the least depth lies between them
	must    []uint64   // the set of variables that every order asks at the point
	musts   int        // how many those are
	next    *situation // where the point goes on
	cell    int        // of the variable asked first, at the point
	average float64    // of the best order; 0 is not known
	asks    []ask      // one for each variable it depends on; nil is not known
}

// ask is a question in a situation, with the answers that are possible once they
// are looked for.
type ask struct {
	v       int
	known   bool
	least   float64 // no fewer questions on average, as far as one answer tells
	answers []answer
	leads   []Node // where each stretch of cells leads, once looked for
}

type answer struct {
	to    *situation
	share float64 // of the cells that lead there
}

func (q *asker) at(f Node) *situation {
	if int(f) < len(q.places) && q.places[f] != nil {
		return q.places[f]
	}
	r := &q.situations.take(1)[0]
	q.sum(f, r)
	if n := len(q.s.nodes); len(q.places) < n {
		q.places = slices.Grow(q.places, n-len(q.places))[:n]
	}
	q.places[f] = r
	return r
}

func (q *asker) sum(f Node, r *situation) {
	s := q.s
	r.node = f
	if s.isLeaf(f) {
		if l := s.leafOf(f); l != Impossible {
			r.possible, r.leaf, r.mass = true, l, 1
		}
		return
	}
	v := s.level(f)
	before := q.shares[v]
	vars := q.varSets.take((len(s.domains) + 63) / 64)
	vars[v/64] |= 1 << (v % 64)
	lo := uint32(0)
	for _, run := range s.kids(f) {
		kid := q.at(run.to)
		for i, set := range kid.vars {
			vars[i] |= set
		}
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
	r.vars = vars
	if r.open {
		r.height++
		r.steps += r.mass
	} else {
		r.height, r.steps = 0, 0
	}
}

// questions are the variables the situation depends on.
func (q *asker) questions(r *situation) []ask {
	if r.asks != nil {
		return r.asks
	}
	n := 0
	for _, set := range r.vars {
		n += bits.OnesCount64(set)
	}
	r.asks = q.asks.take(n)[:0]
	for i, set := range r.vars {
		for ; set != 0; set &= set - 1 {
			r.asks = append(r.asks, ask{v: 64*i + bits.TrailingZeros64(set)})
		}
	}
	return r.asks
}

// find looks for what can follow on asking, impossible answers left out.
func (q *asker) find(r *situation, a *ask) []answer {
	if a.known {
		return a.answers
	}
	a.known = true
	before := q.shares[a.v]
	leads := q.leads(r, a)
	q.answer = q.answer[:0]
	lo := 0
	for i, hi := range q.ends[a.v] {
		to := q.at(leads[i])
		share := before[hi+1] - before[lo]
		lo = hi + 1
		if to.possible {
			q.add(to, share)
		}
	}
	open := 0.0
	for _, x := range q.answer {
		if x.to.open {
			open += x.share * x.to.mass
		}
	}
	a.least = 1
	if r.mass > 0 {
		a.least += open / r.mass
	}
	a.answers = q.answersTo.take(len(q.answer))
	copy(a.answers, q.answer)
	return a.answers
}

// leads returns where the cells of a variable lead, impossible ones too.
func (q *asker) leads(r *situation, a *ask) []Node {
	if a.leads != nil {
		return a.leads
	}
	s := q.s
	if q.ends[a.v] == nil {
		q.ends[a.v] = s.cellEnds(q.first, a.v)
	}
	ends := q.ends[a.v]
	a.leads = q.nodes.take(len(ends))
	level := s.level(r.node)
	if int(level) == a.v {
		for i, hi := range ends {
			a.leads[i] = s.child(r.node, uint32(hi))
		}
		return a.leads
	}
	kids := s.kids(r.node)
	below := q.below.take(len(kids))
	for j, run := range kids {
		if kid := q.at(run.to); kid.asksFor(a.v) {
			below[j] = q.leads(kid, q.ask(kid, a.v))
		}
	}
	for i := range ends {
		s.step()
		base := len(s.tmp)
		for j, run := range s.kids(r.node) {
			to := run.to
			if below[j] != nil {
				to = below[j][i]
			}
			s.push(base, run.hi, to)
		}
		a.leads[i] = s.mk(level, base)
	}
	return a.leads
}

// asksFor reports whether the situation depends on a variable.
func (r *situation) asksFor(v int) bool { return r.vars != nil && r.vars[v/64]>>(v%64)&1 == 1 }

// ask is the question for a variable on which the situation depends.
func (q *asker) ask(r *situation, v int) *ask {
	n := bits.OnesCount64(r.vars[v/64] & (1<<(v%64) - 1))
	for _, set := range r.vars[:v/64] {
		n += bits.OnesCount64(set)
	}
	return &q.questions(r)[n]
}

func (q *asker) add(to *situation, share float64) {
	for i := range q.answer {
		if q.answer[i].to == to {
			q.answer[i].share += share
			return
		}
	}
	q.answer = append(q.answer, answer{to, share})
}

// bound begins with the least depth that a point shows: every order asks all the
// variables there each of which alone can still turn the decision.
func (q *asker) bound(r *situation) {
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
		if !kid.possible {
			continue
		}
		q.bound(kid)
		r.lo = max(r.lo, kid.lo)
		if r.next != nil && kid.musts < r.musts {
			continue
		}
		t := r.open && q.turns(r, kid)
		n := kid.musts
		if t {
			n++
		}
		if r.next == nil || n > r.musts {
			r.next, r.cell, r.musts, turns = kid, cell, n, t
		}
	}
	if r.open {
		r.must = q.varSets.take(len(r.vars))
		copy(r.must, r.next.must)
		if turns {
			v := q.s.level(r.node)
			r.must[v/64] |= 1 << (v % 64)
		}
		r.lo = max(1, r.lo, r.musts)
	}
}

// turns reports whether another cell of the variable asked first in r makes it say
// something else at the point of one of its kids.
func (q *asker) turns(r, kid *situation) bool {
	s := q.s
	clear(q.point)
	at := kid
	for ; at.next != nil; at = at.next {
		q.point[s.level(at.node)] = at.cell
	}
	leaf := s.leafOf(at.node)
	for _, run := range s.kids(r.node) {
		if l := s.Eval(run.to, q.point); l != leaf && l != Impossible {
			return true
		}
	}
	return false
}

// depth returns the least number of questions that suffices, or, once the
// search is given up, the best known.
func (q *asker) depth(r *situation) int {
	if q.greedy {
		return r.height
	}
	for q.bound(r); r.lo < r.hi && !q.gaveUp; {
		q.suffices(r, r.lo)
	}
	return r.hi
}

// suffices reports whether k questions suffice, and notes it.
func (q *asker) suffices(r *situation, k int) bool {
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
		if r.spares(asks[i].v, k) && q.allSuffice(q.find(r, &asks[i]), k-1) {
			r.hi = k
			return true
		}
		if q.gaveUp {
			return false
		}
	}
	r.lo = k + 1
	return false
}

// spares reports whether k questions may suffice when v is the first of them: not
// where the k that must be asked are others.
func (r *situation) spares(v, k int) bool { return r.musts < k || r.must[v/64]>>(v%64)&1 == 1 }

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
func (q *asker) worst(r *situation, a *ask) int {
	most := 0
	for _, x := range q.find(r, a) {
		most = max(most, q.depth(x.to))
	}
	return most + 1
}

// averageOf returns the mean number of questions when a is asked first, or a
// lower bound of it once that is no better than enough.
func (q *asker) averageOf(r *situation, a *ask, enough float64) float64 {
	if r.mass == 0 {
		return 1
	}
	answers := q.find(r, a)
	total := a.least
	for _, x := range answers {
		if total >= enough {
			break
		}
		if x.to.open {
			total += x.share * x.to.mass / r.mass * (q.averageFrom(x.to) - 1)
		}
	}
	return total
}

// averageFrom returns the mean number of questions of the best order, which keeps
// to the least depth in every situation.
func (q *asker) averageFrom(r *situation) float64 {
	switch {
	case !r.open:
		return 0
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
	best := math.Inf(1)
	asks := q.questions(r)
	for i := range asks {
		if q.gaveUp {
			return 0 // the ranking is done again, greedily
		}
		if !r.spares(asks[i].v, depth) {
			continue
		}
		if answers := q.find(r, &asks[i]); asks[i].least < best && q.allSuffice(answers, depth-1) {
			best = min(best, q.averageOf(r, &asks[i], best))
		}
	}
	r.average = best
	return best
}
