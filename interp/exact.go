package interp

import (
	"context"
	"slices"
	"sync"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// cachedDiagram is a policy's diagram on the days between two dates that the program
// names: what makes an answer on a partial case exact.
type cachedDiagram struct {
	gate  chan struct{} // holds one token while somebody asks: the store is written to while it answers
	p     *Policy
	on    num.Date
	space *Space
	f     dd.Node // the policy's answers; Impossible where a constraint is broken
	care  dd.Node
	said  dd.Node // where f hangs on opaque conditions, what it is made of; see saidAndKept
	kept  dd.Node
	links dd.Node                   // the cells that can go together, and
	plain *wording                  // facts and groups in words; nil until Policy.When asks for both
	err   error                     // dd.ErrBudget: the policy is too large for a diagram
	told  map[string]openAnswer     // by the point of the case
	first map[[2]dd.Node]openAnswer // by what is left of f and care: the answers that interviews begin with, once warmed up
}

// openAnswer is what is said of the cases of one point. It is kept, since officers
// and interviews ask about the same few points again and again. How each is asked for what the plan
// leaves open is said of the case: who it is about may be known, and makes no point of its own.
type openAnswer struct {
	possible []Possibility
	plan     dd.Plan
}

// mostTold bounds the answers a diagram keeps.
const mostTold = 4096

// cachedDiagrams keeps the cachedDiagrams of a policy, by the first day they hold for.
type cachedDiagrams struct {
	mu sync.Mutex
	by map[num.Date]*cachedDiagram
}

// diagramOn is the policy's diagram for a date.
func (p *Policy) diagramOn(on num.Date) *cachedDiagram {
	day := p.prog.epoch(on)
	ls := keptIn[cachedDiagrams](&p.cache.diagrams)
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.by == nil || len(ls.by) > 64 {
		ls.by = map[num.Date]*cachedDiagram{}
	}
	l := ls.by[day]
	if l == nil {
		l = &cachedDiagram{gate: make(chan struct{}, 1), p: p, on: on}
		ls.by[day] = l
	}
	return l
}

// hold waits until nobody else asks the diagram, and sees to it that its diagrams are
// there. The error is that of the context.
func (l *cachedDiagram) hold(ctx context.Context) error {
	select {
	case l.gate <- struct{}{}:
	case <-ctx.Done():
		return stopped(ctx)
	}
	if l.space == nil {
		l.build(ctx)
	}
	if ctx.Err() != nil {
		l.release()
		return stopped(ctx)
	}
	l.space.within(ctx)
	return nil
}

func (l *cachedDiagram) release() {
	if l.space != nil {
		l.space.within(context.Background())
	}
	<-l.gate
}

// build makes the diagrams. What a context cuts short is not kept.
func (l *cachedDiagram) build(ctx context.Context) {
	policy := Dated{l.p, Date(l.on)}
	l.space = NewSpace(ctx, []Dated{policy}, nil, l.p.prog.options.Limits.Nodes)
	l.f, l.care, l.err = l.space.Policy(policy)
	if l.err == nil && l.space.isOpaque(l.f) {
		k := &compiler{s: l.space, on: l.on}
		l.said, l.kept = k.saidAndKept(l.p)
		l.err = k.err
	}
	if l.err == nil {
		l.space.anyWords() // now, since every answer gives up the nodes made for it
	}
	if ctx.Err() != nil {
		l.space = nil
	}
}

// refine makes an undetermined answer exact: the answers that some completion of
// the case has, when each comes about, and the facts to find out.
func (e *evaluation) refine(d *Decision) error {
	if d.Status != Undetermined {
		return nil
	}
	l := e.p.diagramOn(e.s.date)
	if err := l.hold(e.s.ctx); err != nil {
		return err
	}
	defer l.release()
	if l.err != nil {
		return e.search(d, l)
	}
	mark := l.space.Store.Mark()
	defer l.space.Store.Release(mark)
	err := e.refineWith(d, l)
	if e.s.ctx.Err() != nil {
		return stopped(e.s.ctx)
	}
	return err
}

// excludes says whether no completion of the case keeps all constraints.
func (l *cachedDiagram) excludes(ctx context.Context, c *Case) (bool, error) {
	if err := l.hold(ctx); err != nil {
		return false, err
	}
	defer l.release()
	if l.err != nil {
		return false, nil
	}
	mark := l.space.Store.Mark()
	defer l.space.Store.Release(mark)
	care, err := l.space.Store.Constrain(l.care, known(l.space.point(c)))
	if ctx.Err() != nil {
		return false, stopped(ctx)
	}
	return err == nil && care == dd.False, nil
}

// doubts says whether it hangs on a condition that cannot be evaluated, whether a case keeps
// all constraints.
func (l *cachedDiagram) doubts(ctx context.Context, c *Case) (bool, error) {
	if err := l.hold(ctx); err != nil {
		return false, err
	}
	defer l.release()
	if l.err != nil {
		return true, nil
	}
	mark := l.space.Store.Mark()
	defer l.space.Store.Release(mark)
	care, err := l.space.Store.Constrain(l.care, known(l.space.point(c)))
	if ctx.Err() != nil {
		return false, stopped(ctx)
	}
	return err != nil || l.space.fails(care, c), nil
}

// known are the variables of a point whose cells are known.
func known(point []int) map[int]int {
	out := map[int]int{}
	for v, c := range point {
		if c != dd.Unknown {
			out[v] = c
		}
	}
	return out
}

// refineWith is refine with a diagram that the caller holds.
func (e *evaluation) refineWith(d *Decision, l *cachedDiagram) error {
	k := &compiler{s: l.space, on: e.s.date}
	point := l.space.point(e.s.c)
	if defaults := k.defaults(e.s.c, point); defaults != dd.True {
		told := known(point)
		f := l.left(k, defaults, told)
		care := k.keep(l.space.Store.Constrain(k.and(defaults, l.care), told))
		if k.err != nil {
			return nil
		}
		_, err := e.readOff(d, l, f, care)
		return err
	}
	key := pointKey(point)
	fresh := e.s.err != nil // what is kept does not say which conditions the answer hangs on
	if a, ok := l.told[key]; ok && !fresh {
		d.Possible, d.Exact = slices.Clone(a.possible), true
		e.ask(d, l.space, a.plan)
		return nil
	}
	told := known(point)
	f := k.keep(l.space.Store.Constrain(l.f, told))
	care := k.keep(l.space.Store.Constrain(l.care, told))
	if k.err != nil {
		return nil
	}
	if a, ok := l.first[[2]dd.Node{f, care}]; ok && !fresh {
		d.Possible, d.Exact = slices.Clone(a.possible), true
		e.ask(d, l.space, a.plan)
		return nil
	}
	f = l.withoutOpaque(k, f, dd.True, told)
	if k.err != nil {
		return nil
	}
	plan, err := e.readOff(d, l, f, care)
	if err == nil && d.Exact && d.Status == Undetermined && len(l.told) < mostTold && e.s.ctx.Err() == nil {
		if l.told == nil {
			l.told = map[string]openAnswer{}
		}
		l.told[key] = openAnswer{slices.Clone(d.Possible), plan}
	}
	return err
}

// left are the answers that are left where some cells are told, and a condition holds.
func (l *cachedDiagram) left(k *compiler, where dd.Node, told map[int]int) dd.Node {
	f := k.keep(l.space.Store.Constrain(k.keep(l.space.Store.Ite(where, l.f, k.impossible())), told))
	return l.withoutOpaque(k, f, where, told)
}

// pointKey is a point as a key of a map.
func pointKey(point []int) string {
	b := make([]byte, 0, 2*len(point))
	for _, c := range point {
		b = append(b, byte(c+1), byte((c+1)>>8))
	}
	return string(b)
}

// readOff fills in what the diagram of the remaining facts says; it gives what is best asked.
func (e *evaluation) readOff(d *Decision, l *cachedDiagram, f, care dd.Node) (plan dd.Plan, err error) {
	s := l.space
	var leaves []dd.Leaf
	for _, leaf := range s.Store.Leaves(f) {
		if leaf != dd.Impossible {
			leaves = append(leaves, leaf)
		}
	}
	if len(leaves) == 0 {
		return plan, e.s.c.impossible()
	}
	if d.Exact = len(leaves) == 1 || !s.isOpaque(f); !d.Exact {
		d.Notes = append(d.Notes, s.opaqueNote(f))
	}
	if len(leaves) == 1 { // whatever hangs on opaque conditions is then whether the case is a real one
		e.settle(d, s.answer(leaves[0]))
		return plan, nil
	}
	e.spared = cannotEvaluate(e.s.err) && !s.fails(f, e.s.c)
	d.Possible = nil
	for _, leaf := range leaves {
		p := s.answer(leaf)
		if g, err := s.Store.Is(f, leaf); err == nil {
			s.SayWhen(&p, g, care)
		}
		d.Possible = append(d.Possible, p)
	}
	plan, err = s.Store.Questions(f, dd.Asking{Aside: s.aside(), Together: s.together()})
	if err != nil {
		return plan, nil
	}
	if e.ask(d, s, plan); !d.Exact { // an opaque condition takes a question for each fact that it reads
		d.Questions = len(d.Needs)
		if s.callsMissing(f) {
			d.Questions = 0 // what is to be asked hangs on the arguments
		}
		for _, n := range d.Needs {
			if u, ok := e.s.c.peek(n.Fact); ok && u.attr != nil && u.attr.Type.basic == listType {
				d.Questions = 0 // nobody knows how many members it has
			}
		}
	}
	return plan, nil
}

// withoutOpaque is f, what is left of the answers where some cells are told, without the opaque
// conditions on which they do not hang any more.
func (l *cachedDiagram) withoutOpaque(k *compiler, f, where dd.Node, told map[int]int) dd.Node {
	if !l.space.isOpaque(f) || k.err != nil {
		return f
	}
	said, kept := l.said, l.kept
	for _, g := range []*dd.Node{&said, &kept} {
		left := k.keep(l.space.Store.Ite(where, *g, k.impossible()))
		*g = l.space.withoutOpaque(k.keep(l.space.Store.Constrain(left, told)))
	}
	return k.where(kept, said)
}
