package interp

import (
	"math/bits"
	"slices"
	"sync/atomic"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// cachedDecision is what an engine says where some rules apply. It is the same for all cases
// in which they do, so it is worked out once. What is compared at every decision
// stands first.
type cachedDecision struct {
	hit     match.Hit // the first of hits, and
	n       int       // how many there are
	on      num.Date  // the date of d
	settled bool      // no constraint is or may be broken, and d is not undetermined
	d       *Decision
	hits    []match.Hit
	open    uint64   // of a case with unknown facts: the answers they leave, by leaf; 0 where that is not asked
	own     []string // the notes of d but those about the date
	// A constraint is broken, or with unknown facts may be.
	broken, doubtful bool
}

// decisionCache keeps what is said of hits, by their hash, in the first of some neighbouring
// places that is free. It is at most a quarter full, so that one look is enough, as
// long as it may grow.
type decisionCache struct {
	at    []atomic.Pointer[cachedDecision] // a power of two, and neighbours more
	shift uint
	used  int
}

const (
	neighbours = 8
	fewestKept = 1 << 8
	mostKept   = 1 << 19
)

// mostPlaces is how large the decision cache may grow: a policy of few rules keeps some
// thousands of decisions, one of many rules some for each.
func (e *engine) mostPlaces() int {
	n := 1 << 15
	for n < 4*len(e.about) && n < mostKept {
		n *= 2
	}
	return n
}

func newDecisionCache(n int) *decisionCache {
	return &decisionCache{at: make([]atomic.Pointer[cachedDecision], n+neighbours), shift: uint(64 - bits.TrailingZeros(uint(n)))}
}

// row are the places for a hash.
func (s *decisionCache) row(h uint64) []atomic.Pointer[cachedDecision] {
	i := h >> s.shift
	return s.at[i : i+neighbours : i+neighbours]
}

// put keeps k; false where no place is free.
func (s *decisionCache) put(h uint64, k *cachedDecision) bool {
	row := s.row(h)
	for i := range row {
		switch old := row[i].Load(); {
		case old == nil:
			s.used++
			row[i].Store(k)
			return true
		case old.is(k.hits, k.open):
			row[i].Store(k)
			return true
		}
	}
	return false
}

// is says whether k is about some hits.
func (k *cachedDecision) is(hits []match.Hit, open uint64) bool {
	if k.n != len(hits) || k.open != open {
		return false
	}
	return k.n == 0 || k.hit == hits[0] && (k.n == 1 || slices.Equal(k.hits, hits))
}

// hashHits is their place in the decision cache.
func hashHits(hits []match.Hit, open uint64) uint64 {
	h := open
	for i := range hits {
		x := &hits[i]
		h = (h ^ x.Sure ^ bits.RotateLeft64(x.Maybe^x.Sure, 17) ^ uint64(x.Block)<<40) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h * 0xBF58476D1CE4E5B9
}

// keep puts k into the decision cache, into a larger one where that gets full, or in another's place.
func (e *engine) keep(h uint64, k *cachedDecision) {
	e.mu.Lock()
	defer e.mu.Unlock()
	s := e.cached.Load()
	for len(s.at) < e.mostPlaces() && 4*s.used >= len(s.at) {
		larger := newDecisionCache(2 * (len(s.at) - neighbours))
		for i := range s.at {
			if old := s.at[i].Load(); old != nil {
				larger.put(hashHits(old.hits, old.open), old)
			}
		}
		s = larger
		e.cached.Store(s)
	}
	if !s.put(h, k) {
		s.row(h)[h%neighbours].Store(k)
	}
}

// recall is what is kept of some hits, or works it out.
func (e *engine) recall(hits []match.Hit, open uint64, on num.Date) *cachedDecision {
	h := hashHits(hits, open)
	row := e.cached.Load().row(h)
	var k *cachedDecision
	for i := range row {
		at := row[i].Load()
		if at == nil {
			break
		}
		if at.is(hits, open) {
			if k = at; k.d == nil || k.on == on {
				return k
			}
			break
		}
	}
	if k == nil {
		k = &cachedDecision{n: len(hits), hits: slices.Clone(hits), open: open, on: on}
		if k.n > 0 {
			k.hit = hits[0]
		}
		e.workOut(k, on)
	} else {
		k = e.dated(k, on)
	}
	e.keep(h, k)
	return k
}

// dated is what is kept as it is said on another day.
func (e *engine) dated(k *cachedDecision, on num.Date) *cachedDecision {
	d, other := *k.d, *k
	d.AsOf, d.Notes = Date(on), append(e.p.notes(Date(on)), k.own...)
	other.d, other.on = &d, on
	return &other
}

// recallOne is the decision kept of one hit, with all facts known; nil where there is
// none, or one that does not settle the case.
func (e *engine) recallOne(h match.Hit, on num.Date) *Decision {
	row := e.cached.Load().row(hashHits([]match.Hit{h}, 0))
	for i := range row {
		k := row[i].Load()
		if k == nil {
			break
		}
		if k.n == 1 && k.hit == h && k.open == 0 && k.on == on && k.settled {
			return k.d
		}
	}
	return nil
}

// workOut decides by the reference evaluator, over a policy of the rules alone that
// apply or may.
func (e *engine) workOut(k *cachedDecision, on num.Date) {
	var sure, maybe []uint32
	for _, h := range k.hits {
		sure, maybe = e.x.Cubes(h, sure, maybe)
	}
	applies := map[int32]Truth{}
	for _, c := range maybe {
		applies[e.about[c]] = Unknown
	}
	for _, c := range sure {
		applies[e.about[c]] = True
	}
	for about, t := range applies {
		if about < 0 {
			k.broken, k.doubtful = k.broken || t == True, true
			delete(applies, about)
		}
	}
	if k.broken {
		return
	}
	ev := e.evaluation(applies, on)
	ev.decide(0)
	k.d = ev.decision()
	k.d.Policy = e.p
	if k.open != 0 {
		e.narrow(ev, k)
	}
	k.settled = !k.doubtful && k.d.Status != Undetermined
	k.own = k.d.Notes
	k.d.Notes = append(e.p.notes(Date(on)), k.own...)
}

// evaluation is that of a policy which holds the nodes that apply, or may, and the
// sections they stand in or that speak by themselves.
func (e *engine) evaluation(applies map[int32]Truth, on num.Date) *evaluation {
	p := e.p
	within := map[int32]bool{0: true} // the nodes that the small policy holds
	var enter func(i int32) bool
	enter = func(i int32) bool {
		n := p.nodes[i]
		switch {
		case within[i]:
			return true
		case (n.rule != nil || n.section.when != nil) && applies[i] == False, !enter(n.parent):
			return false
		}
		within[i] = true
		return true
	}
	for i := range applies {
		enter(i)
	}
	for _, i := range e.speaks {
		enter(i)
	}
	old := make([]int32, 0, len(within))
	for i := range within {
		old = append(old, i)
	}
	slices.Sort(old)
	now := make(map[int32]int32, len(old))
	for j, i := range old {
		now[i] = int32(j)
	}
	small := &Policy{Name: p.Name, prog: p.prog, root: p.root, kids: map[int32][]int32{}, defeaters: map[int32][]int32{}}
	ev := &evaluation{p: small, s: &state{date: on, missing: &missing{}}}
	for j, i := range old {
		n := p.nodes[i]
		if i > 0 {
			n.parent = now[n.parent]
			small.kids[n.parent] = append(small.kids[n.parent], int32(j))
		}
		small.nodes = append(small.nodes, n)
		for _, d := range p.defeaters[i] {
			if k, in := now[d]; in {
				small.defeaters[int32(j)] = append(small.defeaters[int32(j)], k)
			}
		}
		t, told := applies[i]
		if !told && (i > 0 || n.section.when == nil) { // else the policy does not speak of the case
			t = True
		}
		ev.applies = append(ev.applies, t)
	}
	ev.allocate()
	return ev
}

// narrow makes the decision on a case with unknown facts exact: of the answers only
// those are left that some completion of the case has.
func (e *engine) narrow(ev *evaluation, k *cachedDecision) {
	var left []Possibility
	for l := range len(e.p.prog.outcomes) + 2 {
		if k.open>>l&1 != 0 {
			left = append(left, e.p.prog.answer(l))
		}
	}
	k.d.Exact, k.d.Possible = true, left
	if len(left) == 1 {
		ev.settle(k.d, left[0])
	}
}
