package interp

import (
	"context"
	"maps"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
)

// Bounds on the answers that are worked out ahead: nodes of the policy's diagram, since
// each answer on a large one takes long; steps in all; and ways to tell one fact.
const (
	mostNodesAhead = 2000
	mostStepsAhead = 500_000
	mostWaysAhead  = 1000
)

// worthAhead is how many steps an answer takes that is worked out ahead.
var worthAhead uint64 = 3500

// answerAhead works out the answers that take longest, since most is open: on the case
// of which nothing is known, and on those of which so few facts are that they take long
// too. An interview begins with such a case, whatever is asked later. The caller holds the diagram;
// where the context ends first, no answer is kept.
func (l *cachedDiagram) answerAhead(ctx context.Context) {
	store := l.space.Store
	if l.first != nil || l.err != nil || store.Size(l.f) > mostNodesAhead {
		return
	}
	first := map[[2]dd.Node]openAnswer{}
	lastStep, lastNode := store.Stats().Steps+mostStepsAhead, l.p.prog.options.Limits.Nodes/4
	seen := map[[2]dd.Node]bool{}
	cases := []map[int]int{known(l.space.point(l.p.prog.NewCase()))} // what holds by default
	for len(cases) > 0 && ctx.Err() == nil && store.Stats().Steps < lastStep && store.Stats().Nodes < lastNode {
		told := cases[0]
		cases = cases[1:]
		f, err := store.Constrain(l.f, told) // not given up again: the answer is found by it
		care, careErr := store.Constrain(l.care, told)
		key := [2]dd.Node{f, care}
		if err != nil || careErr != nil || seen[key] {
			continue
		}
		seen[key] = true
		answer, worth := l.openAnswer(ctx, f, care)
		if !worth {
			continue
		}
		first[key] = answer
		asked := map[int]bool{}
		for _, v := range store.Support(f) {
			fact := l.space.SameFact(v)
			if !asked[fact[0]] {
				asked[fact[0]] = true
				cases = append(cases, l.space.told(told, fact)...)
			}
		}
	}
	if ctx.Err() == nil {
		l.first = first
	}
}

// told are the ways in which one more fact can be told; none where they are very many.
func (s *Space) told(before map[int]int, fact []int) []map[int]int {
	ways := []map[int]int{before}
	for _, v := range fact {
		var next []map[int]int
		for _, way := range ways {
			for cell := range s.Store.Domain(v) {
				more := maps.Clone(way)
				more[v] = cell
				next = append(next, more)
			}
		}
		if ways = next; len(ways) > mostWaysAhead {
			return nil
		}
	}
	return ways
}

// openAnswer is what is said where f and care are left, if that is open and exact and takes so
// long that it is worth keeping.
func (l *cachedDiagram) openAnswer(ctx context.Context, f, care dd.Node) (a openAnswer, worth bool) {
	store := l.space.Store
	mark := store.Mark()
	defer store.Release(mark)
	leaves := slices.DeleteFunc(store.Leaves(f), func(leaf dd.Leaf) bool { return leaf == dd.Impossible })
	if len(leaves) < 2 || l.space.isOpaque(f) {
		return a, false
	}
	before := store.Stats().Steps
	e := &evaluation{p: l.p, s: &state{ctx: ctx, c: l.p.prog.NewCase(), date: l.on}}
	d := &Decision{Status: Undetermined}
	plan, err := e.readOff(d, l, f, care)
	if err != nil || store.Stats().Steps-before < worthAhead {
		return a, false
	}
	return openAnswer{d.Possible, plan}, true
}
