package dd

import (
	"math"
	"math/bits"
	"slices"
)

// searchState is the state of the search for the best order of questions once some have
// been answered: what is left is the diagram at node. It sums up what that diagram says,
// and keeps bounds on how many questions are left, and the number itself once it is found.
type searchState struct {
	node   Node
	open   bool     // it says two things that are possible
	place  int      // 1 more than that among the answers being gathered
	round  int      // see asker
	height int      // questions in the diagram's own order, at most
	steps  float64  // the same on average, times the mass
	mass   float64  // the share of its points that are possible
	vars   []uint64 // the set of questions it depends on
	says   []uint64 // for each leaf the set of stretches with which it is said somewhere
	opens  []uint64 // the set of stretches with which it is open

	bounded bool
	lo, hi  int          // the least depth lies between them
	must    []uint64     // the set of questions that every order asks at the point
	musts   int          // how many those are
	next    *searchState // where the point goes on
	cell    int          // of the variable asked first, at the point
	low     float64      // no order asks fewer questions on average; 0 is not known
	average float64      // of the best order; 0 is not known
	asks    []ask        // one for each question it depends on; nil is not known
}

// ask is a question in a state, with the answers that leave it open once they
// are looked for.
type ask struct {
	v       int
	known   bool
	tried   bool    // its average was looked at
	low     float64 // no order that asks it first asks fewer questions on average
	answers []answer
}

type answer struct {
	to    *searchState
	share float64 // of the cells that lead there
}

func (q *asker) at(f Node) *searchState {
	if int(f) < len(q.places) && q.places[f] != nil {
		return q.places[f]
	}
	r := &q.states.take(1)[0]
	q.sum(f, r)
	if n := len(q.s.nodes); len(q.places) < n {
		q.places = slices.Grow(q.places, n-len(q.places))[:n]
	}
	q.places[f] = r
	return r
}

func (q *asker) sum(f Node, r *searchState) {
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
	first := q.first[v]
	r.vars[first/64] |= 1 << (first % 64)
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
		height := kid.height
		if kid.open && q.question(kid) == first { // which is answered
			height--
			r.steps -= share * kid.mass
		}
		r.height = max(r.height, height)
	}
	q.open(r)
	if r.open {
		r.height = min(r.height+1, r.others(-1))
		r.steps += r.mass
	} else {
		r.height, r.steps = 0, 0
	}
}

// question is the one about the variable that the state's diagram asks for first.
func (q *asker) question(r *searchState) int { return q.first[q.s.level(r.node)] }

// others is how many questions the state depends on besides one.
func (r *searchState) others(v int) int {
	n := 0
	for i, set := range r.vars {
		if i == v/64 && v >= 0 {
			set &^= 1 << (v % 64)
		}
		n += bits.OnesCount64(set)
	}
	return n
}

// mustAsk reports whether every order asks a question at the point.
func (r *searchState) mustAsk(v int) bool { return r.must != nil && r.must[v/64]>>(v%64)&1 == 1 }

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
func (q *asker) open(r *searchState) {
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

// opensWith reports whether a stretch leaves the state open.
func (r *searchState) opensWith(stretch int) bool { return r.opens[stretch/64]>>(stretch%64)&1 == 1 }

// questions are those that the state depends on.
func (q *asker) questions(r *searchState) []ask {
	if r.asks != nil {
		return r.asks
	}
	r.asks = q.asks.take(r.others(-1))
	n := 0
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
// and one more with the stretches that leave the state open. Which combinations of
// a group's do takes long to find out.
func (q *asker) lowOf(r *searchState, v int) float64 {
	if r.mass == 0 || len(q.tells[v]) > 1 {
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
func (q *asker) low(r *searchState) float64 {
	if r.low == 0 {
		r.low = math.Inf(1)
		for _, a := range q.questions(r) {
			r.low = min(r.low, a.low)
		}
	}
	return r.low
}

// find looks for what can follow on asking: the answers that leave the state open. An
// asker that is greedy may stop before all the variables of a group are told.
func (q *asker) find(r *searchState, a *ask) []answer {
	if a.known {
		return a.answers
	}
	vars := q.tells[a.v]
	q.answer = append(q.answer[:0], answer{r, 1})
	for i, v := range vars {
		if i > 0 && q.greedy && len(q.answer) > mostAnswers {
			break
		}
		q.before, q.answer = q.answer, q.before[:0]
		for _, x := range q.before {
			q.tell(x, v)
		}
		for _, x := range q.answer {
			x.to.place = 0
		}
		if i > 0 && !q.greedy {
			if q.left -= len(q.answer) / answersPerState; q.left < 0 {
				q.gaveUp = true
				return nil
			}
		}
	}
	a.known = true
	a.answers = q.answersTo.take(len(q.answer))
	copy(a.answers, q.answer)
	return a.answers
}

// A greedy asker tells mostAnswers to one question apart. To another, as many as
// answersPerState cost as much as a state looked at.
const (
	mostAnswers     = 256
	answersPerState = 8
)

// tell adds the states that the cells of a variable lead to after an answer so far,
// of those that are open.
func (q *asker) tell(x answer, v int) {
	before := q.shares[v]
	lo := 0
	for i, hi := range q.asked[v].ends {
		if x.to.opensWith(q.asked[v].first + i) {
			to := q.at(q.s.restrict(x.to.node, uint32(v), uint32(hi)))
			if to == x.to { // it does not depend on the variable
				q.add(to, x.share)
				return
			}
			q.add(to, x.share*(before[hi+1]-before[lo]))
		}
		lo = hi + 1
	}
}

func (q *asker) add(to *searchState, share float64) {
	if to.place > 0 {
		q.answer[to.place-1].share += share
		return
	}
	q.answer = append(q.answer, answer{to, share})
	to.place = len(q.answer)
}
