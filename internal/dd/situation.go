package dd

import (
	"math"
	"math/bits"
	"slices"
)

// situation is what is known of a diagram that answers lead to. It sums up what
// the diagram says, and keeps what the search finds out.
type situation struct {
	node   Node
	open   bool     // it says two things that are possible
	height int      // questions in the diagram's own order, at most
	steps  float64  // the same on average, times the mass
	mass   float64  // the share of its points that are possible
	vars   []uint64 // the set of variables it depends on
	says   []uint64 // for each leaf the set of stretches with which it is said somewhere
	opens  []uint64 // the set of stretches with which it is open

	bounded bool
	lo, hi  int        // the least depth lies between them
	must    []uint64   // the set of variables that every order asks at the point
	musts   int        // how many those are
	next    *situation // where the point goes on
	cell    int        // of the variable asked first, at the point
	low     float64    // no order asks fewer questions on average; 0 is not known
	average float64    // of the best order; 0 is not known
	asks    []ask      // one for each variable it depends on; nil is not known
}

// ask is a question in a situation, with the answers that leave it open once they
// are looked for.
type ask struct {
	v       int
	known   bool
	tried   bool    // its average was looked at
	low     float64 // no order that asks it first asks fewer questions on average
	answers []answer
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
	r.says = q.sets.take(len(q.leaves) * q.words)
	if s.isLeaf(f) {
		if i := slices.Index(q.leaves, f); i >= 0 {
			r.mass = 1
			for w := range q.words {
				r.says[i*q.words+w] = ^uint64(0)
			}
		}
		return
	}
	v := s.level(f)
	before := q.shares[v]
	r.vars = q.sets.take((len(s.domains) + 63) / 64)
	r.vars[v/64] |= 1 << (v % 64)
	a := q.asked[v]
	lo, from := uint32(0), 0
	for _, run := range s.kids(f) {
		kid := q.at(run.to)
		for i, set := range kid.vars {
			r.vars[i] |= set
		}
		to := from
		for a.ends[to] < int(run.hi) {
			to++
		}
		q.saysToo(r.says, kid.says, a, from, to+1)
		from = to + 1
		share := before[run.hi+1] - before[lo]
		lo = run.hi + 1
		r.mass += share * kid.mass
		r.steps += share * kid.steps
		r.height = max(r.height, kid.height)
	}
	q.open(r)
	if r.open {
		r.height++
		r.steps += r.mass
	} else {
		r.height, r.steps = 0, 0
	}
}

// saysToo adds what a kid says to which some stretches of a variable lead: with those
// of the others it says it to, and of the variable with those alone.
func (q *asker) saysToo(says, kid []uint64, a asked, from, to int) {
	for w := range q.words {
		in := ^stretchWord(a.first, a.first+len(a.ends), w) | stretchWord(a.first+from, a.first+to, w)
		for i := w; i < len(says); i += q.words {
			says[i] |= kid[i] & in
		}
	}
}

// stretchWord is one word of the set of the numbers from one up to another.
func stretchWord(from, to, word int) uint64 {
	below := func(n int) uint64 { return 1<<max(n-64*word, 0) - 1 }
	return below(to) &^ below(from)
}

// open sees whether two leaves are said, and with which stretches still.
func (q *asker) open(r *situation) {
	r.opens = q.sets.take(q.words)
	once := q.once
	clear(once)
	leaves := 0
	for i := 0; i < len(r.says); i += q.words {
		said := uint64(0)
		for w, set := range r.says[i : i+q.words] {
			r.opens[w] |= once[w] & set
			once[w] |= set
			said |= set
		}
		if said != 0 {
			leaves++
		}
	}
	r.open = leaves > 1
}

// opensWith reports whether a stretch leaves the situation open.
func (r *situation) opensWith(stretch int) bool { return r.opens[stretch/64]>>(stretch%64)&1 == 1 }

// questions are the variables the situation depends on.
func (q *asker) questions(r *situation) []ask {
	if r.asks != nil {
		return r.asks
	}
	n := 0
	for _, set := range r.vars {
		n += bits.OnesCount64(set)
	}
	r.asks = q.asks.take(n)
	n = 0
	for i, set := range r.vars {
		for ; set != 0; set &= set - 1 {
			v := 64*i + bits.TrailingZeros64(set)
			r.asks[n].v, r.asks[n].low = v, q.lowOf(r, v)
			n++
		}
	}
	return r.asks
}

// lowOf is how many questions there are on average at least when v is asked first: one,
// and one more with the stretches that leave the situation open.
func (q *asker) lowOf(r *situation, v int) float64 {
	if r.mass == 0 {
		return 1
	}
	before := q.shares[v]
	open := r.mass - 1 // no more than all that is impossible may lie in them
	lo := 0
	for i, hi := range q.asked[v].ends {
		if r.opensWith(q.asked[v].first + i) {
			open += before[hi+1] - before[lo]
		}
		lo = hi + 1
	}
	return 1 + max(open, 0)/r.mass
}

// low returns how many questions there are on average at least.
func (q *asker) low(r *situation) float64 {
	if r.low == 0 {
		r.low = math.Inf(1)
		for _, a := range q.questions(r) {
			r.low = min(r.low, a.low)
		}
	}
	return r.low
}

// find looks for what can follow on asking: the answers that leave the situation open.
func (q *asker) find(r *situation, a *ask) []answer {
	if a.known {
		return a.answers
	}
	a.known = true
	before := q.shares[a.v]
	q.answer = q.answer[:0]
	lo := 0
	for i, hi := range q.asked[a.v].ends {
		if r.opensWith(q.asked[a.v].first + i) {
			q.add(q.at(q.s.restrict(r.node, uint32(a.v), uint32(hi))), before[hi+1]-before[lo])
		}
		lo = hi + 1
	}
	a.answers = q.answersTo.take(len(q.answer))
	copy(a.answers, q.answer)
	return a.answers
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
