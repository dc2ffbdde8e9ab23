package interp

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// engine is a policy, on the days between two dates that the program names,
// compiled: from the cells of a case's facts to the rules that apply, without
// going through the others, and from these to the decision, which is worked out
// by the reference evaluator the first time and kept.
type engine struct {
	p     *Policy
	on    num.Date
	until num.Date // the first day after on for which it does not hold
	slots []*slot
	x     *match.Index
	one   match.One // of an index that is one block
	alone bool
	// classes are the decisions by the class of a point, where the index knows classes: each the last one
	// that was settled, on whatever day.
	classes []atomic.Pointer[Decision]
	about   []int32 // by cube: the node of the policy that it makes apply, or ^k of the constraint that it breaks
	// speaks are the sections that may decide without any of their rules, having an otherwise.
	speaks []int32
	mu     sync.Mutex // held to cache a decision
	cached atomic.Pointer[decisionCache]
	openMu sync.Mutex                  // held while the diagram in open is built
	open   atomic.Pointer[openDiagram] // when a case first leaves the answer open; without nodes where it cannot be
}

// mostEngineCubes bounds an engine.
const mostEngineCubes = 4_000_000

var errTooManyCubes = errors.New("the policy is too large to compile")

// newEngine compiles a policy for a date, within so much work; with a case, what is left of it where that is known.
// The error is errTooManyCubes, or that of the context.
func newEngine(ctx context.Context, p *Policy, on num.Date, given *Case, most int) (_ *engine, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case abandoned:
			err = stopped(ctx)
		case tooMuchWork:
			err = errTooManyCubes
		default:
			panic(r)
		}
	}()
	b := newEngineBuilder(ctx, p.prog, on, most)
	b.mostCubes = cubesEach(p)
	from, until := p.prog.epochSpan(on)
	e := &engine{p: p, on: from, until: until}
	e.gather(b)
	b.number()
	var cubes []cube
	add := func(about int32, cs []cube) {
		for _, c := range cs {
			cubes = append(cubes, c)
			e.about = append(e.about, about)
		}
	}
	for i, n := range p.nodes {
		b.goOn(1)
		switch {
		case n.rule == nil && n.section.when != nil:
			add(int32(i), b.cubes(n.section.when, nil, false))
		case n.rule != nil && n.rule.inForce(on):
			add(int32(i), b.rule(n.rule))
		}
		if len(cubes) > mostEngineCubes {
			panic(tooMuchWork{})
		}
	}
	for i, k := range p.prog.constraints {
		add(^int32(i), b.cubes(k.cond, nil, true))
	}
	if given != nil {
		cubes = e.specialize(b, cubes, given)
	}
	e.index(b, cubes)
	return e, nil
}

// specialize drops the cubes that known facts make false, and from the rest the
// literals that they make true.
func (e *engine) specialize(b *engineBuilder, cubes []cube, given *Case) []cube {
	st := &state{ctx: b.ctx, c: given, date: given.day()}
	raw := map[*slot]uint32{}
	var left []cube
	var about []int32
	for i, c := range cubes {
		b.goOn(1 + len(c))
		var open cube
		possible := true
		for _, l := range c {
			at, known := raw[l.slot]
			if !known {
				if !l.slot.byDefault(given) {
					at = l.slot.rawIn(st)
				}
				raw[l.slot] = at
			}
			if at == match.Unknown {
				open = append(open, l)
			} else {
				possible = possible && match.Has(l.cells, at)
			}
		}
		if possible {
			left, about = append(left, open), append(about, e.about[i])
		}
	}
	e.about = about
	return left
}

// gather finds the slots of all conditions, and the sections that speak by themselves.
func (e *engine) gather(b *engineBuilder) {
	for i, n := range e.p.nodes {
		switch {
		case n.rule == nil:
			if n.section.when != nil {
				b.gather(n.section.when, nil)
			}
			if i > 0 && n.section.Otherwise != nil {
				e.speaks = append(e.speaks, int32(i))
			}
		case n.rule.inForce(e.on):
			for _, cl := range n.rule.clauses() {
				b.gather(cl.c, nil)
			}
		}
	}
	for _, k := range e.p.prog.constraints {
		b.gather(k.cond, nil)
	}
}

// index keeps the slots that some cube asks for and builds the index over them.
func (e *engine) index(b *engineBuilder, of []cube) {
	used := map[*slot]bool{}
	for _, c := range of {
		for _, l := range c {
			if !used[l.slot] {
				used[l.slot] = true
				e.slots = append(e.slots, l.slot)
			}
		}
	}
	slices.SortFunc(e.slots, func(s, t *slot) int { return s.index - t.index })
	domains := make([]int, len(e.slots))
	for i, s := range e.slots {
		s.squeeze(b)
		s.index, domains[i] = i, s.n
	}
	cubes := make([]match.Cube, len(of))
	for i, c := range of {
		cubes[i] = make(match.Cube, len(c))
		for j, l := range c {
			cubes[i][j] = match.Literal{Var: l.slot.index, Cells: l.cells}
		}
	}
	e.x = match.Build(domains, cubes, e.about, b.prog.options.Limits.Memory, b.goOn)
	if e.x == nil {
		panic(tooMuchWork{})
	}
	e.ready()
}

// ready makes what goes with the index.
func (e *engine) ready() {
	e.one, e.alone = e.x.One()
	e.classes = make([]atomic.Pointer[Decision], e.x.Classes())
	e.cached.Store(newDecisionCache(fewestKept))
}

// pointIn is a point in a room, if that is large enough.
func (e *engine) pointIn(room []uint32) match.Point {
	if n := e.x.Width(); n <= len(room) {
		return room[:n]
	}
	return make(match.Point, e.x.Width())
}

// decide is the decision at a point; nil where only the reference can tell. Of an
// undetermined case it lists the answers that are possible, and no more.
func (e *engine) decide(ctx context.Context, pt match.Point, open bool, on num.Date) *Decision {
	if open {
		d, _ := e.search(ctx, pt, true, on)
		return d
	}
	class, classed := e.x.Class(pt)
	if classed {
		if d := e.classes[class].Load(); d != nil && num.Date(d.AsOf) == on {
			return d
		}
	} else if h, ok := e.findOne(pt); ok {
		if d := e.recallOne(h, on); d != nil {
			return d
		}
	}
	d, settled := e.search(ctx, pt, false, on)
	if classed && settled {
		e.classes[class].Store(d)
	}
	return d
}

// search is decide by the rules that apply; settled where no more than these had to be asked.
func (e *engine) search(ctx context.Context, pt match.Point, open bool, on num.Date) (d *Decision, settled bool) {
	var found [4]match.Hit
	hits := e.find(pt, open, found[:0])
	if len(hits) > mostHits && ctx.Done() != nil {
		return nil, false
	}
	k := e.recall(hits, 0, on)
	switch {
	case k.settled:
		return k.d, true
	case k.broken:
		return nil, false
	}
	answers, ok := e.answers(ctx, pt)
	if !ok || answers == 0 {
		return nil, false
	}
	if k.d.Status != Undetermined {
		return k.d, false
	}
	return e.recall(hits, answers, on).d, false
}

// point is where a case lies on a date: the cells of its facts. Open says that some are not
// known, not ok that a condition cannot be evaluated.
func (e *engine) point(ctx context.Context, c *Case, on num.Date, p match.Point) (open, ok bool) {
	st := &state{ctx: ctx, c: c, date: on}
	for _, s := range e.slots {
		cell, ok := s.in(st)
		if !ok {
			return false, false
		}
		open = open || cell == match.Unknown
		p.Set(e.x, s.index, cell)
	}
	return open, true
}

// answers are those that some completion of a point has, a bit for each by its leaf;
// not ok where that is not known exactly.
func (e *engine) answers(ctx context.Context, p match.Point) (found uint64, ok bool) {
	d := e.laidOpen(ctx)
	if d == nil || d.nodes == nil {
		return 0, false
	}
	found = d.answers(p)
	return found, found&inexact == 0
}

// findOne is the rules that apply at a known point, where one hit tells them.
func (e *engine) findOne(p match.Point) (match.Hit, bool) {
	if !e.alone {
		return e.x.FindOne(p)
	}
	m := e.one.All
	for i, off := range e.one.Offs {
		m &= e.one.Sure[off+p[i]]
	}
	return match.Hit{Sure: m, Maybe: m}, true
}

// find is the rules that apply at a point, as hits.
func (e *engine) find(p match.Point, open bool, hits []match.Hit) []match.Hit {
	if open {
		return e.x.FindOpen(p, hits)
	}
	if h, ok := e.findOne(p); ok {
		return append(hits, h)
	}
	return e.x.Find(p, hits)
}
