package interp

import (
	"math/bits"
	"slices"
	"sync/atomic"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// kept is what an engine says where some rules apply. It is the same for all cases
// in which they do, so it is worked out once.
type kept struct {
	hits   []match.Hit
	open   uint64 // of a case with unknown facts: the answers they leave, by leaf; 0 where that is not asked
	d      *Decision
	own    []string // its notes but those about the date
	// A constraint is broken, or with unknown facts may be.
	broken, doubtful bool
}

// Bounds on the number of decisions kept.
const (
	fewestKept = 1 << 10
	mostKept   = 1 << 17
)

func (e *engine) keep() {
	n := fewestKept
	for n < len(e.about) && n < mostKept {
		n *= 2
	}
	e.kept = make([]atomic.Pointer[kept], n)
	e.shift = uint(64 - bits.TrailingZeros(uint(n)))
}

// place is where what is said of some hits is kept. Others may take its place.
func (e *engine) place(hits []match.Hit, open uint64) *atomic.Pointer[kept] {
	h := open
	for _, x := range hits {
		h = (h ^ x.Sure ^ bits.RotateLeft64(x.Maybe^x.Sure, 17) ^ uint64(x.Block)<<40) * 0x9E3779B97F4A7C15
		h ^= h >> 32
	}
	return &e.kept[h*0x9E3779B97F4A7C15>>e.shift]
}

// recall is what is kept of some hits, or works it out.
func (e *engine) recall(hits []match.Hit, open uint64, on num.Date) *kept {
	at := e.place(hits, open)
	k := at.Load()
	if k == nil || k.open != open || !slices.Equal(k.hits, hits) {
		k = &kept{hits: slices.Clone(hits), open: open}
		e.workOut(k, on)
		at.Store(k)
	}
	if k.d != nil && k.d.AsOf != Date(on) {
		d := *k.d
		dated := *k
		dated.d = &d
		d.AsOf, d.Notes = Date(on), append(e.p.notes(Date(on)), k.own...)
		k = &dated
		at.Store(k)
	}
	return k
}

// recallOne is what is kept at a known point of an index of one block; nil where it
// has to be looked for.
func (e *engine) recallOne(p match.Point, on num.Date) *Decision {
	m := e.one.All
	for i, off := range e.one.Offs {
		m &= e.one.Sure[off+p[i]]
	}
	var hits [1]match.Hit
	hits[0] = match.Hit{Sure: m, Maybe: m}
	k := e.place(hits[:], 0).Load()
	if k != nil && len(k.hits) == 1 && k.hits[0] == hits[0] && k.open == 0 && !k.broken && k.d.AsOf == Date(on) {
		return k.d
	}
	return nil
}

// workOut decides by the reference evaluator, over a policy of the rules alone that
// apply or may.
func (e *engine) workOut(k *kept, on num.Date) {
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
	k.d.Policy, k.d.Notes = e.p, nil
	if k.open != 0 {
		e.narrow(ev, k)
	}
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
		if !told {
			t = True
		}
		ev.applies = append(ev.applies, t)
	}
	ev.room()
	return ev
}

// narrow makes the decision on a case with unknown facts exact: of the answers only
// those are left that some completion of the case has.
func (e *engine) narrow(ev *evaluation, k *kept) {
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
