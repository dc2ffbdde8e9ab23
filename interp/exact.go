package interp

import (
	"context"
	"slices"
	"sort"
	"sync"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// lens is a policy's diagram on the days between two dates that the program
// names: what makes an answer on a partial case exact.
type lens struct {
	gate  chan struct{} // holds one token while somebody asks: the store is written to while it answers
	p     *Policy
	on    num.Date
	space *Space
	f     dd.Node // the policy's answers; Impossible where a constraint is broken
	care  dd.Node
	err   error                     // dd.ErrBudget: the policy is too large for a diagram
	told  map[string]openAnswer     // by the point of the case
	first map[[2]dd.Node]openAnswer // by what is left of f and care: the answers that interviews begin with, once warmed up
}

// openAnswer is what is said of the cases of one point. It is kept, since officers
// and interviews ask about the same few points again and again.
type openAnswer struct {
	possible  []Possibility
	needs     []Need
	questions int
}

// mostTold bounds the answers a lens keeps.
const mostTold = 4096

// lenses keeps the lenses of a policy, by the first day they hold for.
type lenses struct {
	mu sync.Mutex
	by map[num.Date]*lens
}

// lensOn is the policy's lens for a date.
func (p *Policy) lensOn(on num.Date) *lens {
	day := p.prog.epoch(on)
	p.lenses.mu.Lock()
	defer p.lenses.mu.Unlock()
	if p.lenses.by == nil || len(p.lenses.by) > 64 {
		p.lenses.by = map[num.Date]*lens{}
	}
	l := p.lenses.by[day]
	if l == nil {
		l = &lens{gate: make(chan struct{}, 1), p: p, on: on}
		p.lenses.by[day] = l
	}
	return l
}

// hold waits until nobody else asks the lens, and sees to it that its diagrams are
// there. The error is that of the context.
func (l *lens) hold(ctx context.Context) error {
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

func (l *lens) release() {
	if l.space != nil {
		l.space.within(context.Background())
	}
	<-l.gate
}

// build makes the diagrams. What a context cuts short is not kept.
func (l *lens) build(ctx context.Context) {
	policy := Dated{l.p, Date(l.on)}
	l.space = newSpace(ctx, []Dated{policy}, nil, l.p.prog.options.Limits.Nodes)
	l.f, l.care, l.err = l.space.Policy(policy)
	if l.err == nil {
		l.space.anyWords() // now, since every answer gives up the nodes made for it
	}
	if ctx.Err() != nil {
		l.space = nil
	}
}

// epoch is the last date named in the program on or before a day: between two such
// dates nothing changes. Where conditions read as_of, every day is its own.
func (p *Program) epoch(on num.Date) num.Date {
	from, _ := p.epochSpan(on)
	return from
}

// epochSpan are the days around one between which nothing changes, from the first
// to the day after the last.
func (p *Program) epochSpan(on num.Date) (from, until num.Date) {
	if p.readsDate {
		return on, on + 1
	}
	from, until = firstDay, endOfDay
	i := sort.Search(len(p.dates), func(i int) bool { return p.dates[i] > on })
	if i > 0 {
		from = p.dates[i-1]
	}
	if i < len(p.dates) {
		until = p.dates[i]
	}
	return from, until
}

// refine makes an undetermined answer exact: the answers that some completion of
// the case has, when each comes about, and the facts to find out.
func (e *evaluation) refine(d *Decision) error {
	if d.Status != Undetermined {
		return nil
	}
	l := e.p.lensOn(e.s.date)
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
func (l *lens) excludes(ctx context.Context, c *Case) (bool, error) {
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

// refineWith is refine with a lens that the caller holds.
func (e *evaluation) refineWith(d *Decision, l *lens) error {
	k := &compiler{s: l.space, on: e.s.date}
	point := l.space.point(e.s.c)
	key := pointKey(point)
	if a, ok := l.told[key]; ok {
		d.Possible, d.Needs, d.Questions, d.Exact = slices.Clone(a.possible), slices.Clone(a.needs), a.questions, true
		return nil
	}
	told := known(point)
	f := k.keep(l.space.Store.Constrain(l.f, told))
	care := k.keep(l.space.Store.Constrain(l.care, told))
	if k.err != nil {
		return nil
	}
	if a, ok := l.first[[2]dd.Node{f, care}]; ok {
		d.Possible, d.Needs, d.Questions, d.Exact = slices.Clone(a.possible), slices.Clone(a.needs), a.questions, true
		return nil
	}
	err := e.readOff(d, l, f, care)
	if err == nil && d.Exact && d.Status == Undetermined && len(l.told) < mostTold && e.s.ctx.Err() == nil {
		if l.told == nil {
			l.told = map[string]openAnswer{}
		}
		l.told[key] = openAnswer{slices.Clone(d.Possible), slices.Clone(d.Needs), d.Questions}
	}
	return err
}

// pointKey is a point as a key of a map.
func pointKey(point []int) string {
	b := make([]byte, 0, 2*len(point))
	for _, c := range point {
		b = append(b, byte(c+1), byte((c+1)>>8))
	}
	return string(b)
}

// readOff fills in what the diagram of the remaining facts says.
func (e *evaluation) readOff(d *Decision, l *lens, f, care dd.Node) error {
	s := l.space
	var leaves []dd.Leaf
	for _, leaf := range s.Store.Leaves(f) {
		if leaf != dd.Impossible {
			leaves = append(leaves, leaf)
		}
	}
	if len(leaves) == 0 {
		return e.s.c.impossible()
	}
	if d.Exact = len(leaves) == 1 || !s.isBlind(f); !d.Exact {
		d.Notes = append(d.Notes, s.blindNote(f))
	}
	if len(leaves) == 1 { // whatever hangs on opaque conditions is then whether the case is a real one
		e.settle(d, s.answer(leaves[0]))
		return nil
	}
	d.Possible = nil
	for _, leaf := range leaves {
		p := s.answer(leaf)
		if g, err := s.Store.Is(f, leaf); err == nil {
			p.When = s.Condition(g, care)
		}
		d.Possible = append(d.Possible, p)
	}
	plan, err := s.Store.Questions(f, dd.Asking{Aside: s.aside()})
	if err != nil {
		return nil
	}
	d.Needs = e.needs(s, plan)
	d.Questions = plan.Depth
	return nil
}

// aside are the variables that no rule reads: they are asked for only where no
// fact that a rule asks is as good.
func (s *Space) aside() map[int]bool {
	out := map[int]bool{}
	for i, v := range s.vars {
		if v.aside {
			out[i] = true
		}
	}
	return out
}

// settle turns an undetermined answer into the one that every completion has.
func (e *evaluation) settle(d *Decision, p Possibility) {
	d.Status, d.Outcome, d.Possible, d.Needs = p.Status, p.Outcome, nil, nil
	if p.Outcome == nil && p.Status != Conflict {
		return
	}
	var sure []*Rule
	for i, n := range e.p.nodes {
		if n.rule == nil || p.Outcome != n.rule.Outcome && p.Status != Conflict {
			continue
		}
		t := e.takesEffect(int32(i))
		if t != False {
			d.Rules = append(d.Rules, n.rule)
		}
		if t == True {
			sure = append(sure, n.rule)
		}
	}
	if len(d.Rules) == 0 {
		d.Otherwise = e.p.root.Otherwise
	}
	d.Obligations = obligations(sure, nil)
	d.MayOblige = e.mayOblige(d)
	d.Notes = append(d.Notes, "whatever the missing facts are, the answer is the same; which of the rules gives it may depend on them")
}

// needs are the facts of a plan's questions, the most decisive first, each once.
func (e *evaluation) needs(s *Space, plan dd.Plan) []Need {
	var out []Need
	seen := map[string]bool{}
	add := func(fact string, a *Attr) {
		if !seen[fact] {
			seen[fact] = true
			out = append(out, Need{Fact: fact, Question: e.p.prog.question(fact, a)})
		}
	}
	for _, q := range plan.Questions {
		v := s.vars[q.Var]
		if v.blind == nil {
			add(v.name, v.attr)
			continue
		}
		read := newFactReader()
		read.cond(v.blind.key.c, v.blind.key.self)
		before := len(out)
		for _, name := range keys(read.names) {
			if u, ok := e.s.c.peek(name); ok && u.v == nil {
				add(name, u.attr)
			}
		}
		if len(out) == before { // what is missing is said of members of a list
			for _, name := range keys(read.names) {
				if u, ok := e.s.c.peek(name); ok && u.attr != nil && u.attr.Type.basic == listType && !seen[name] {
					seen[name] = true
					out = append(out, Need{Fact: name, Question: "what else is known of the members of " + name + "?"})
				}
			}
		}
	}
	return out
}

// point is the cell of every variable that the case tells; the others are Unknown.
func (s *Space) point(c *Case) []int {
	st := &state{ctx: s.ctx, c: c, date: num.Date(c.Date())}
	out := make([]int, len(s.vars))
	for i, v := range s.vars {
		out[i] = s.cellOf(v, st)
	}
	return out
}

func (s *Space) cellOf(v *variable, st *state) int {
	if v.blind != nil {
		return s.blindCell(v, st)
	}
	fact, ok := st.c.peek(v.name)
	val := fact.v
	switch {
	case !ok || val == nil:
		return dd.Unknown
	case v.set:
		members, known := elements(val)
		for _, m := range members {
			known = known && m != nil
			if v.cells[1].holds(m) {
				return 1
			}
		}
		if !known {
			return dd.Unknown
		}
		return 0
	}
	for i := range v.cells {
		if v.cells[i].holds(val) {
			return i
		}
	}
	return dd.Unknown
}

// blindCell is an opaque condition's truth in the case, as far as it is known.
func (s *Space) blindCell(v *variable, st *state) int {
	if self := v.blind.self; self != nil {
		st.self, _ = self.thing(st)
		st.name = self.fact()
		defer func() { st.self, st.name = nil, "" }()
		if st.self == nil {
			return dd.Unknown
		}
	}
	switch v.blind.key.c.truth(st) {
	case True:
		return 1
	case False:
		return 0
	}
	return dd.Unknown
}

// holds says whether a known value lies in the cell.
func (c *cell) holds(v Value) bool {
	if c.none || isNone(v) {
		return c.none && isNone(v)
	}
	if thing, ok := v.(*Thing); ok {
		v = thing.ID
	}
	switch v := v.(type) {
	case Number, Date, Duration:
		return c.lo.above(v) && c.hi.below(v)
	case Text:
		return c.texts != nil && slices.Contains(c.bases, c.texts.base(string(v))) // nil: the space was too large to be cut
	case nil:
		return false
	}
	return contains(c.values, v)
}

// above says whether v lies above the lower bound b, below whether it lies below the upper one.
func (b *bound) above(v Value) bool {
	if b == nil {
		return true
	}
	order := compareOrder(v, b.v)
	return order > 0 || order == 0 && !b.open
}

func (b *bound) below(v Value) bool {
	if b == nil {
		return true
	}
	order := compareOrder(v, b.v)
	return order < 0 || order == 0 && !b.open
}

// isBlind says whether a diagram hangs on an opaque condition.
func (s *Space) isBlind(f dd.Node) bool {
	for _, v := range s.Store.Support(f) {
		if s.vars[v].blind != nil {
			return true
		}
	}
	return false
}

func (s *Space) blindNote(f dd.Node) string {
	var words []string
	for _, v := range s.Store.Support(f) {
		if s.vars[v].blind != nil {
			words = append(words, s.vars[v].name)
		}
	}
	return "not exact: this hangs on " + listNames(words) + ", into which the analysis cannot look"
}
