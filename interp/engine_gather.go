package interp

import (
	"context"

	"github.com/ctl-lang/ctl/internal/addr"
	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// engineBuilder derives the compiled engine of a policy on a date from its
// resolved conditions: first it finds the slots and the values that conditions
// compare with (this file), then it writes every rule as a disjunction of cubes
// (engine_cubes.go).
type engineBuilder struct {
	ctx         context.Context
	work        int // done so far, see goOn
	look        int // at which it looks at ctx
	most        int // that may be done
	bytes       int // that literals take, about
	mostCubes   int // that one condition may become
	prog        *Program
	unfold      *unfolder
	on          num.Date
	probe       *state // a case of which nothing is known, for operands that need no fact
	slots       []*slot
	values      map[string]*slot // by fact
	byPath      map[*path]*slot
	member      map[memberKey]*slot
	opaque      map[atomKey]*slot
	asked       map[*slot][]*pattern // that a slot's texts are asked for
	patternWork int                  // that automata may still take
	askers      []asker
	numbered    bool                       // it is known which patterns slots read at once
	read        map[atomKey]bool           // terms whose conditions have been read
	terms       map[termKey][]cube         // terms written as cubes
	lits        map[string]*literal        // by slot and cells
	thresh      map[*slot][]Value          // values that conditions compare a slot's fact with
	within      map[slotGroup][]match.Span // the cells in a group of slots whose values can be listed
}

type memberKey struct {
	group *Group
	fact  string
}

// asker is a condition that asks a text for a pattern, and what the term it stands in is about.
type asker struct {
	c    cond
	self *path
}

type termKey struct {
	atomKey
	not bool
}

type slotGroup struct {
	slot  *slot
	group *Group
}

// tooMuchWork ends the making of an engine that would be too large.
type tooMuchWork struct{}

// mostEngineWork bounds what is done for an engine: some ten seconds.
const mostEngineWork = 1<<31 - 1

// goOn counts work, and ends it where there is too much, or the context is done. A piece of it
// takes some nanoseconds.
func (b *engineBuilder) goOn(work int) {
	if b.work += work; b.work < b.look {
		return
	}
	const atOnce = 1 << 13
	b.look = b.work + atOnce
	switch {
	case b.work > b.most, b.bytes > b.prog.options.Limits.Memory:
		panic(tooMuchWork{})
	case b.ctx.Err() != nil:
		panic(abandoned{})
	}
}

func newEngineBuilder(ctx context.Context, p *Program, on num.Date, most int) *engineBuilder {
	return &engineBuilder{ctx: ctx, most: most, prog: p, on: on, unfold: newUnfolder(p, false), probe: &state{ctx: ctx, c: p.NewCase(), date: on},
		values: map[string]*slot{}, byPath: map[*path]*slot{}, member: map[memberKey]*slot{}, opaque: map[atomKey]*slot{}, asked: map[*slot][]*pattern{}, patternWork: p.options.Limits.AnalysisNodes,
		read: map[atomKey]bool{}, terms: map[termKey][]cube{}, lits: map[string]*literal{}, thresh: map[*slot][]Value{}, within: map[slotGroup][]match.Span{}}
}

// gather notes the slots and thresholds of a condition.
func (b *engineBuilder) gather(c cond, self *path) {
	b.goOn(4)
	switch c := b.unfold.of(c, b.on).(type) {
	case *constCond:
	case *hasCond:
		if c.path.within(self).optional() {
			b.slotOf(c, self)
		}
	case *allCond:
		b.gatherAll(c.xs, self)
	case *anyCond:
		b.gatherAll(c.xs, self)
	case *tallyCond:
		b.gatherAll(c.xs, self)
	case *notCond:
		b.gather(c.x, self)
	case *impliesCond:
		b.gather(c.x, self)
		b.gather(c.y, self)
	case *deniedCond:
		b.gather(c.rel, self)
		for _, h := range c.has {
			b.gather(h, self)
		}
	case *termCond:
		subject, ok := subjectOf(c, self)
		if key := (atomKey{c.term.cond, selfName(subject), b.on}); ok && !b.read[key] {
			b.read[key] = true
			b.gather(c.term.cond, subject)
		}
	default:
		if s := b.slotOf(c, self); s != nil && s.kind == valueSlot && !b.notePattern(s, c, self) {
			b.note(s, c)
		}
	}
}

func (b *engineBuilder) gatherAll(cs []cond, self *path) {
	for _, c := range cs {
		b.gather(c, self)
	}
}

// subjectOf is what a term is asked of; not ok where that may be none, which no
// condition of the term sees.
func subjectOf(c *termCond, self *path) (*path, bool) {
	subject := c.subject.within(self)
	return subject, subject == nil || subject.root != varRoot && !subject.optional()
}

// slotOf is the slot whose cell decides an atom; nil where the atom reads no fact.
func (b *engineBuilder) slotOf(c cond, self *path) *slot {
	p, ok := fragment(c)
	if !ok {
		return b.condition(c, self)
	}
	if p == nil {
		return nil
	}
	fact := p.within(self)
	if !fact.plain() || fact.t.basic == setType || readsLocal(c) {
		return b.condition(c, self)
	}
	switch c := c.(type) {
	case *groupCond:
		if !finite(fact.t) {
			return b.memberOf(c.group, fact)
		}
	case *hasCond:
		if fact.t.basic == thingType { // there may be one of which it is not known which
			return b.condition(c, self)
		}
	}
	s := b.value(fact)
	if _, p := patternOf(c); p != nil && b.numbered && !finite(fact.t) && !s.patterns.has(p) {
		return b.condition(c, self)
	}
	return s
}

func (b *engineBuilder) add(s *slot) *slot {
	s.index = len(b.slots)
	b.slots = append(b.slots, s)
	return s
}

func (b *engineBuilder) value(fact *path) *slot {
	if s := b.byPath[fact]; s != nil {
		return s
	}
	name := fact.fact()
	s := b.values[name]
	if s == nil {
		s = b.add(&slot{kind: valueSlot, fact: fact, name: name})
		b.values[name] = s
	}
	b.byPath[fact] = s
	return s
}

func (b *engineBuilder) memberOf(g *Group, fact *path) *slot {
	key := memberKey{g, fact.fact()}
	s := b.member[key]
	if s == nil {
		s = b.add(&slot{kind: memberSlot, fact: fact, name: key.fact, group: g})
		b.member[key] = s
	}
	return s
}

// condition is the slot of a condition that is evaluated as it stands.
func (b *engineBuilder) condition(c cond, self *path) *slot {
	key := atomKey{c, selfName(self), b.on}
	s := b.opaque[key]
	if s == nil {
		s = b.add(&slot{kind: conditionSlot, cond: c, self: self})
		b.opaque[key] = s
	}
	return s
}

// notePattern remembers a pattern that a slot's texts are asked for.
func (b *engineBuilder) notePattern(s *slot, c cond, self *path) bool {
	_, p := patternOf(c)
	if p == nil || finite(s.fact.t) {
		return p != nil
	}
	b.asked[s] = append(b.asked[s], p)
	b.askers = append(b.askers, asker{c, self})
	return true
}

// note remembers the values that a condition compares a fact with.
func (b *engineBuilder) note(s *slot, c cond) {
	t := s.fact.t
	if finite(t) {
		return
	}
	var consts []operand
	switch c := c.(type) {
	case *compareCond:
		consts = []operand{c.x, c.y}
	case *listedCond:
		b.goOn(len(c.elems))
		for _, e := range c.elems {
			consts = append(consts, e.lo)
			if e.hi != nil {
				consts = append(consts, e.hi)
			}
		}
	case *withinCond:
		if first, last, ok := b.days(c); ok {
			b.thresh[s] = append(b.thresh[s], Date(first), Date(last))
		}
		return
	}
	for _, o := range consts {
		if !fixedOperand(o) {
			continue
		}
		if v := o.value(b.probe); v != nil && !isNone(v) {
			b.thresh[s] = append(b.thresh[s], v)
		}
	}
}

// days are the first and the last day that a within admits, as its evaluation has them.
func (b *engineBuilder) days(c *withinCond) (first, last num.Date, ok bool) {
	around, ok := c.y.value(b.probe).(Date)
	if !ok {
		return 0, 0, false
	}
	first, last = c.days(num.Date(around))
	return first, last, true
}

// number gives the slots their raw cells. What is asked with a pattern too many is evaluated as
// it stands.
func (b *engineBuilder) number() {
	for _, s := range b.slots {
		if b.asked[s] == nil {
			continue
		}
		if s.patterns = newPatterns(b.asked[s], 0, b.patternWork, b.goOn); s.patterns != nil {
			b.patternWork -= s.patterns.work
		}
	}
	b.numbered = true
	for _, a := range b.askers {
		b.slotOf(a.c, a.self)
	}
	for _, s := range b.slots {
		values := b.thresh[s]
		b.goOn(len(values))
		switch {
		case s.kind != valueSlot || finite(s.fact.t):
		case ordered(s.fact.t):
			if t := s.fact.t.scalar; t != nil {
				values = append(values, t.points...)
			}
			s.points = sortedPoints(values, b.goOn)
		default:
			s.texts = map[string]uint32{}
			for _, v := range values {
				if thing, ok := v.(*Thing); ok {
					v = thing.ID
				}
				if t, ok := keyOfText(v); ok && s.texts[t] == 0 {
					s.texts[t] = uint32(len(s.texts) + 1)
				}
			}
		}
	}
}

// literal is the cells of a slot in which an atom holds.
func (b *engineBuilder) literal(s *slot, c cond) []match.Span {
	if s.kind != valueSlot {
		return []match.Span{{Lo: cellYes, Hi: cellYes}}
	}
	if _, p := patternOf(c); p != nil {
		return s.matching(p)
	}
	switch c := c.(type) {
	case *groupCond:
		return b.members(s, c.group)
	case *hasCond:
		return s.values()
	case *compareCond:
		return b.compared(s, c)
	case *listedCond:
		var cells []match.Span
		for _, e := range c.elems {
			cells = append(cells, b.element(s, e)...)
		}
		b.goOn(len(cells))
		return match.Either(cells, nil)
	case *withinCond:
		first, last, ok := b.days(c)
		if !ok {
			return nil
		}
		return match.Both(s.ranked(lang.Ge, Date(first)), s.ranked(lang.Le, Date(last)))
	}
	return []match.Span{{Lo: cellYes, Hi: cellYes}} // a bool fact
}

// matching are the values that match a pattern.
func (s *slot) matching(p *pattern) []match.Span {
	all := func() bool { return true }
	if finite(s.fact.t) {
		return s.choicesWhere(func(name string) bool { return p.matches(s.fact.t.enumFold().of(name), all) })
	}
	var cells []match.Span
	add := func(raw uint32) { cells = append(cells, match.Span{Lo: raw, Hi: raw}) }
	for text, raw := range s.texts {
		if p.matches(text, all) {
			add(raw)
		}
	}
	i := s.patterns.index[p.key()]
	for class := range s.patterns.a.Classes() {
		if s.patterns.a.Matches(class, i) {
			add(uint32(len(s.texts) + 1 + class))
		}
	}
	return match.Either(cells, nil)
}

// members are the values in a group, found once.
func (b *engineBuilder) members(s *slot, g *Group) []match.Span {
	key := slotGroup{s, g}
	cells, known := b.within[key]
	if !known {
		cells = s.choicesWhere(func(name string) bool { return g.has(name, b.on) })
		b.within[key] = cells
	}
	return cells
}

// compared are the cells of a comparison with something fixed, on either side.
func (b *engineBuilder) compared(s *slot, c *compareCond) []match.Span {
	op, fixed := c.op, c.y
	if fixedOperand(c.x) {
		op, fixed = mirrored(op), c.x
	}
	v := fixed.value(b.probe)
	if v == nil || isNone(v) {
		return nil
	}
	return s.ranked(op, v)
}

func (b *engineBuilder) element(s *slot, e element) []match.Span {
	lo := e.lo.value(b.probe)
	if lo == nil || isNone(lo) {
		return nil
	}
	if e.hi == nil {
		return s.ranked(lang.Eq, lo)
	}
	hi := e.hi.value(b.probe)
	if hi == nil || isNone(hi) {
		return nil
	}
	return match.Both(s.ranked(lang.Ge, lo), s.ranked(lang.Le, hi))
}

// ranked are the cells of the values that stand in a relation to one that conditions name.
func (s *slot) ranked(op lang.Op, v Value) []match.Span {
	at, last := s.rawOf(v), uint32(s.raw()-s.nones())
	from, to := s.among(v, last)
	switch op {
	case lang.Eq:
		from, to = at, at
	case lang.Ne:
		return match.Both(match.Others([]match.Span{{Lo: at, Hi: at}}, s.raw()), s.values())
	case lang.Lt:
		to = at - 1
	case lang.Le:
		to = at
	case lang.Gt:
		from = at + 1
	default:
		from = at
	}
	if from > to {
		return nil
	}
	return []match.Span{{Lo: from, Hi: to}}
}

// among are the first and the last raw cell of the values that stand in an order with one: of
// addresses those of its family.
func (s *slot) among(v Value, last uint32) (from, to uint32) {
	a, is := v.(Address)
	switch {
	case !is:
		return 1, last
	case a.ip.Is4():
		return 1, s.rawOf(Address{addr.First6}) - 1
	}
	return s.rawOf(Address{addr.First6}), last
}

// choicesWhere are the listed values whose names f admits.
func (s *slot) choicesWhere(f func(name string) bool) []match.Span {
	t := s.fact.t
	e := t.enum
	if t.basic == thingType {
		e = t.kind.Ids
	}
	var cells []match.Span
	for i, c := range e.Choices {
		if f(c.Name) {
			cells = append(cells, match.Span{Lo: uint32(i + 1), Hi: uint32(i + 1)})
		}
	}
	return match.Either(cells, nil)
}
