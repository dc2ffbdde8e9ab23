package interp

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// FlipOptions bound what Flip proposes.
type FlipOptions struct {
	Most int  // facts to change at once; 0 means 3
	All  bool // propose any fact: also who the things in the roles are, and the attributes of what the rules are about
}

// Flip is one smallest set of changes that gives an outcome: no part of it does.
type Flip struct {
	Changes []FactChange
	Case    *Case     // the case with the changes made,
	After   *Decision // as the reference evaluator decides it
}

// FactChange is a fact to change or to find out.
type FactChange struct {
	Fact string `json:"fact"`
	From Value  `json:"from"` // nil: not known
	To   string `json:"to"`   // a condition that the new value has to satisfy, as it stands beside the others: program is vetted, item.range < 300 km
}

// same says whether two flips make the same changes, in the same order.
func (f *Flip) same(g *Flip) bool {
	return slices.EqualFunc(f.Changes, g.Changes, func(a, b FactChange) bool { return a.Fact == b.Fact && a.To == b.To })
}

// ErrNotExact says that a question needs the policy's diagram and the policy is too large for one.
var ErrNotExact = errors.New("the policy is too large for an exact answer")

// Flip finds all smallest sets of facts whose change would give the case the
// outcome. A fact that is not known may be found out; unless asked for all, a
// known one is proposed only if a person could change it: not who the recipient
// is, nor the attributes of the thing that the rules' sentences are about. No
// proposal breaks a constraint, and each has been decided anew. Like Decide it ends soon
// once ctx is done.
func (p *Policy) Flip(ctx context.Context, c *Case, outcome string, opts FlipOptions) ([]*Flip, error) {
	ctx = p.prog.watch(ctx)
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	o, err := p.prog.Outcome(outcome)
	if err != nil {
		return nil, err
	}
	if c == nil || c.prog != p.prog {
		return nil, errOtherProgram(p, c)
	}
	if p.undated(c) {
		return nil, errUndated(p)
	}
	if _, err := c.checkConstraints(ctx); err != nil {
		return nil, err
	}
	if opts.Most <= 0 {
		opts.Most = 3
	}
	l := p.diagramOn(c.day())
	if err := l.hold(ctx); err != nil {
		return nil, err
	}
	defer l.release()
	if l.err != nil {
		return nil, ErrNotExact
	}
	mark := l.space.Store.Mark()
	defer l.space.Store.Release(mark)
	q := &flipper{ctx: ctx, p: p, l: l, c: c, o: o, k: &compiler{s: l.space, on: c.day()}, point: l.space.point(c)}
	flips, err := q.flips(opts)
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	return flips, err
}

type flipper struct {
	ctx   context.Context
	p     *Policy
	l     *cachedDiagram
	c     *Case
	o     *Outcome
	k     *compiler
	point []int
}

func (q *flipper) flips(opts FlipOptions) ([]*Flip, error) {
	st := q.l.space.Store
	goal := q.k.keep(st.Is(q.l.f, q.l.space.leafOf(q.o)))
	goal = q.k.keep(st.Ite(q.l.care, goal, q.k.keep(st.Leaf(dd.Impossible))))
	var allowed []int
	for i, v := range q.l.space.vars {
		if v.opaque == nil && v.term == nil && (opts.All || q.changeable(v)) {
			allowed = append(allowed, i)
		}
	}
	if q.k.err != nil {
		return nil, ErrNotExact
	}
	changes, err := st.MinimalChanges(goal, q.point, allowed, opts.Most+q.spareClasses(allowed))
	if err != nil {
		return nil, ErrNotExact
	}
	var out []*Flip
	for _, ch := range q.smallest(changes, opts.Most) {
		for _, to := range ch.To {
			f, err := q.flip(to)
			if err != nil {
				return nil, err
			}
			if f != nil && !slices.ContainsFunc(out, f.same) {
				out = append(out, f)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *Flip) int { return len(a.Changes) - len(b.Changes) })
	return out, nil
}

// spareClasses is how many more variables than facts a change may take: a set is
// one fact and has a variable for each class of its elements.
func (q *flipper) spareClasses(allowed []int) int {
	n := 0
	for _, i := range allowed {
		if v := q.l.space.vars[i]; v.set && len(v.classes) > 1 {
			n += len(v.classes) - 1
		}
	}
	return n
}

// smallest are the changes of at most so many facts whose facts hold not all those
// of another.
func (q *flipper) smallest(changes []dd.Change, most int) []dd.Change {
	facts := make([]map[string]bool, len(changes))
	for i, ch := range changes {
		facts[i] = map[string]bool{}
		for _, v := range ch.Vars {
			facts[i][q.l.space.vars[v].name] = true
		}
	}
	var out []dd.Change
	for i, ch := range changes {
		keep := len(facts[i]) <= most
		for j := range changes {
			keep = keep && !(len(facts[j]) < len(facts[i]) && holdsAll(facts[i], facts[j]))
		}
		if keep {
			out = append(out, ch)
		}
	}
	slices.SortStableFunc(out, func(a, b dd.Change) int { return len(a.Vars) - len(b.Vars) })
	return out
}

func holdsAll(a, b map[string]bool) bool {
	for k := range b {
		if !a[k] {
			return false
		}
	}
	return true
}

// changeable says whether a person could change the fact, or find it out.
func (q *flipper) changeable(v *variable) bool {
	if q.point[v.index] == dd.Unknown {
		return true
	}
	if v.attr == nil {
		return false
	}
	names := splitName(v.name)
	for _, r := range q.p.prog.roles {
		if r.Name == names[0] {
			return r.Prep != "" || v.attr.Open
		}
	}
	return true
}

// flip makes a set of changes and decides the case anew. It is nil where the case
// then hangs on a condition that the diagrams cannot look into.
func (q *flipper) flip(to dd.Cube) (*Flip, error) {
	opaque := q.l.space.isOpaque(q.l.f)
	answer := ""
	for _, cube := range q.wholeSets(to) {
		f, d, err := q.try(cube)
		switch {
		case err != nil:
			return nil, err
		case f != nil && opaque:
			return q.shrink(f, cube)
		case f != nil:
			return f, nil
		case d != nil:
			answer = d.Answer()
		}
	}
	if answer == "" || opaque {
		return nil, nil
	}
	return nil, errors.New("internal error: a change that should give " + q.o.Name + " gives " + answer)
}

// try makes changes and decides the case anew. Without a Flip they do not give the
// outcome; without a decision too the case is then no real one: other elements have to
// be in its sets.
func (q *flipper) try(cube dd.Cube) (*Flip, *Decision, error) {
	c := q.c.Clone()
	q.make(c, cube)
	d, err := q.decide(c)
	var broken lang.Diagnostics
	switch {
	case errors.As(err, &broken):
		return nil, nil, nil
	case err != nil:
		return nil, nil, err
	case d.Status != Decided || d.Outcome != q.o:
		return nil, d, nil
	}
	f := &Flip{Case: c, After: d}
	q.describe(f, cube)
	return f, d, nil
}

// shrink leaves out the changes without which those that are left give the outcome
// too, by way of a condition that the diagrams cannot look into.
func (q *flipper) shrink(f *Flip, cube dd.Cube) (*Flip, error) {
	for _, ch := range f.Changes {
		rest := slices.DeleteFunc(slices.Clone(cube), func(lit dd.Lit) bool { return q.l.space.vars[lit.Var].name == ch.Fact })
		if len(rest) == 0 {
			break
		}
		less, _, err := q.try(rest)
		if err != nil {
			return nil, err
		}
		if less != nil {
			f, cube = less, rest
		}
	}
	return f, nil
}

// mostSpare is how many classes of a set's elements are tried in and out of it.
const mostSpare = 6

// wholeSets are a change with more said of the sets that are not known and that it
// says something of: since the whole set is told, it tells also which other elements
// are in it. The first tells of none.
func (q *flipper) wholeSets(to dd.Cube) []dd.Cube {
	said := map[int]bool{}
	facts := map[string]bool{}
	for _, lit := range to {
		said[lit.Var] = true
		if v := q.l.space.vars[lit.Var]; v.set && q.point[lit.Var] == dd.Unknown {
			facts[v.name] = true
		}
	}
	out := []dd.Cube{to}
	spare := 0
	for i, v := range q.l.space.vars {
		if !v.set || said[i] || !facts[v.name] || spare == mostSpare {
			continue
		}
		spare++
		for _, cube := range out {
			out = append(out, append(slices.Clone(cube), dd.Lit{Var: i, Cells: []int{1}}))
		}
	}
	slices.SortStableFunc(out, func(a, b dd.Cube) int { return len(a) - len(b) })
	return out
}

// decide answers without the diagram, which is held: the reference's own answer, made
// exact only where it has to be.
func (q *flipper) decide(c *Case) (*Decision, error) {
	if q.ctx.Err() != nil {
		return nil, stopped(q.ctx)
	}
	e, err := q.p.evaluate(q.ctx, c)
	if err == nil {
		err = e.unkept
	}
	if err != nil {
		return nil, err
	}
	d := e.decision()
	if d.Status == Undetermined {
		err = e.refineWith(d, q.l)
	}
	return d, err
}

// describe says which facts change, and what each has to become.
func (q *flipper) describe(f *Flip, cube dd.Cube) {
	parts := map[string][]*Condition{} // of a set, one for each element
	for _, lit := range cube {
		v := q.l.space.vars[lit.Var]
		if parts[v.name] == nil {
			seen, _ := q.c.peek(v.name)
			f.Changes = append(f.Changes, FactChange{Fact: v.name, From: seen.v})
		}
		parts[v.name] = append(parts[v.name], q.l.space.anyWords().cubeSaid(dd.Cube{lit}))
	}
	for i, ch := range f.Changes {
		to := allOf(parts[ch.Fact]...)
		if f.Changes[i].To = to.String(); len(f.Changes) > 1 {
			f.Changes[i].To = to.beside(OpAnd)
		}
	}
}

// make puts the first of the cells that work into the case. Of a thing that there is now, what
// is not changed stays as it was while there was none: its sets have no elements, and what
// may be none is.
func (q *flipper) make(c *Case, cube dd.Cube) {
	said := map[int]bool{}
	var choices []dd.Choice
	for _, lit := range cube {
		said[lit.Var] = true
		choices = append(choices, dd.Choice{Var: lit.Var, Cell: lit.Cells[0]})
	}
	for _, lit := range cube {
		thing := q.l.space.vars[lit.Var]
		if !thing.presence || lit.Cells[0] == 0 {
			continue
		}
		for i, v := range q.l.space.vars {
			if v.fact != nil && !said[i] && q.point[i] != dd.Unknown && strings.HasPrefix(v.name, thing.name+".") {
				said[i] = true
				choices = append(choices, dd.Choice{Var: i, Cell: q.point[i]})
			}
		}
	}
	q.l.space.tell(c, choices, func(v *variable) Set {
		seen, _ := q.c.peek(v.name)
		old, _ := elements(seen.v)
		return slices.Clone(old)
	})
}

// OpaqueConditions are the conditions of the policy that compare facts, look into lists or
// call functions. Flip does not look into them: a change that works only by way of
// one is not among its proposals.
func (p *Policy) OpaqueConditions(on Date) []string {
	l := p.diagramOn(num.Date(on))
	var out []string
	if err := l.hold(context.Background()); err != nil {
		return out
	}
	defer l.release()
	if l.err == nil {
		for _, v := range l.space.Store.Support(l.f) {
			if l.space.vars[v].opaque != nil {
				out = append(out, l.space.vars[v].name)
			}
		}
	}
	return out
}
