package interp

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Bound decides many cases whose facts come in one Go type: what in a T is which
// fact is found out once. It is immutable and safe to share between goroutines.
//
// What the policy does not ask about is not read, and so not checked.
//
// A Bound answers as Policy.Decide does, with one difference: of an undetermined
// case its decision lists the answers that are possible, but not under which
// conditions, and not what to find out. Policy.Decide says that.
type Bound[T any] struct {
	b     *binder
	today atomic.Pointer[binder] // for the day that Options.Clock told last
}

// binder is the one for the day of a case that tells none.
func (b *Bound[T]) binder() *binder {
	if b.b.clock == nil {
		return b.b
	}
	day := num.Date(b.b.clock())
	if t := b.today.Load(); t != nil && t.on == day {
		return t
	}
	t, err := newBinder(b.b.p, reflect.TypeFor[T](), b.b.given, Date(day))
	if err != nil { // the slow way asks the clock, and says what is wrong
		return b.b
	}
	b.today.Store(t)
	return t
}

// Bind makes a Bound for a struct type whose fields are tagged as ReadStruct wants
// them, for a pointer to one, for map[string]any, for Case, or for JSON. The error is a lang.Diagnostics where a tag names no
// fact or a field cannot hold what it names.
func Bind[T any](p *Policy) (*Bound[T], error) {
	b, err := newBinder(p, reflect.TypeFor[T](), nil, NoDate)
	if err != nil {
		return nil, err
	}
	b.clock = p.prog.options.Clock
	return &Bound[T]{b: b}, nil
}

// Given is the Bound with some facts fixed, and the date: what they decide is
// decided now, and the rules that they rule out are never looked at again. What a T
// says of these facts is not read.
func (b *Bound[T]) Given(c *Case) (*Bound[T], error) {
	if c == nil || c.prog != b.b.p.prog {
		return nil, errOtherProgram(b.b.p, c)
	}
	given, err := newBinder(b.b.p, reflect.TypeFor[T](), c, c.Date())
	if err != nil {
		return nil, err
	}
	return &Bound[T]{b: given}, nil
}

// On is the Bound for another date of the cases. Those that bring one of their own, a
// Case or a JSON with as_of, keep it. Without On, and without Options.Clock, the date of a
// case is not known, as with Case.Date; where the policy's answer may hang on it, each case
// is decided the slow way.
func (b *Bound[T]) On(d Date) (*Bound[T], error) {
	on, err := newBinder(b.b.p, reflect.TypeFor[T](), b.b.given, d)
	if err != nil {
		return nil, err
	}
	return &Bound[T]{b: on}, nil
}

// Policy is the policy that decides.
func (b *Bound[T]) Policy() *Policy { return b.b.p }

// Decide answers the case of which t holds the facts. Its errors are those of
// reading the facts, and those of Policy.Decide. The decision is shared by all cases
// that are decided alike, so it must not be changed.
func (b *Bound[T]) Decide(t *T) (*Decision, error) { return b.within(context.Background(), t) }

var errNilCase = errors.New("the case is nil: a pointer to its facts is decided")

// within is Decide that ends when ctx is done, where it takes long.
func (b *Bound[T]) within(ctx context.Context, t *T) (*Decision, error) {
	ended := b.b.p.begin(ctx)
	d, err := b.unobserved(ctx, t)
	if ended != nil {
		ended(d, err)
	}
	return d, err
}

func (b *Bound[T]) unobserved(ctx context.Context, t *T) (*Decision, error) {
	if t == nil {
		return nil, errNilCase
	}
	ctx = b.b.p.prog.watch(ctx)
	now := b.binder()
	at := unsafe.Pointer(t)
	if now.source == fromPointer {
		if at = *(*unsafe.Pointer)(at); at == nil {
			return nil, errNilCase
		}
	}
	if (now.source == fromStruct || now.source == fromPointer) && !now.slow { // t and the point stay on the stack
		var room [mostInline]uint32
		pt := now.e.pointIn(room[:])
		if open, ok := now.readFields(at, pt); ok {
			if d := now.e.decide(ctx, pt, open, now.on); d != nil {
				return d, nil
			}
		}
	}
	if now.source == fromJSON {
		if d := now.jsonFor(now.e).decide(ctx, *(*JSON)(unsafe.Pointer(t))); d != nil {
			return d, nil
		}
	}
	facts := *t
	return now.decide(ctx, &facts)
}

// binder is a Bound without its type.
type binder struct {
	p      *Policy
	given  *Case       // facts that are fixed; nil where none are
	mixed  bool        // some slot hangs on what is fixed and on what a case tells
	on     num.Date    // the date of the cases, unless they bring their own
	clock  func() Date // tells that date; nil where it is known
	e      *engine     // for that date, or where it matters and is not known for one of the days
	slow   bool        // cases that bring no date are decided the slow way, since it matters
	start  []added     // the cells of facts that T cannot tell; open: some of them are unknown
	open   bool
	source source
	plain  plainFields  // the fields of a struct that are read first,
	fields []field      // and the others
	tables []*words     // of the texts; fields that know the same ones share one
	jsons  sync.Map     // of a Bound[JSON]: by *engine its *jsonBinder, for at most mostEngines
	made   atomic.Int32 // of these
}

// source is the sort of type that the facts come in.
type source uint8

const (
	fromStruct  source = iota
	fromPointer        // to a struct
	fromMap
	fromCase
	fromJSON
)

func newBinder(p *Policy, t reflect.Type, given *Case, on Date) (*binder, error) {
	b := &binder{p: p, given: given, on: num.Date(on)}
	b.slow = on == NoDate && p.DatesMatter()
	day := b.on
	if b.slow {
		day = num.Date(p.Epochs()[0])
	}
	var err error
	if given == nil {
		b.e, err = p.engineOn(context.Background(), day)
	} else {
		given = given.Clone()
		given.SetDate(on)
		b.given = given
		b.e, err = newEngine(context.Background(), p, day, given, mostEngineWork)
	}
	if err != nil {
		return nil, err
	}
	b.mixed = given != nil && slices.ContainsFunc(b.e.slots, func(s *slot) bool {
		return s.kind == conditionSlot || s.fact.t.optional && s.fact.t.basic == thingType // of which attributes may be fixed
	})
	switch {
	case t == reflect.TypeFor[Case]():
		b.source = fromCase
	case t == reflect.TypeFor[JSON]():
		b.source = fromJSON
		b.jsonFor(b.e) // now, and not in the course of the first decision, which may be in a hurry
	case t == reflect.TypeFor[map[string]any]():
		b.source = fromMap
	case t.Kind() == reflect.Struct:
		err = b.bindStruct(t)
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct && t.Elem() != reflect.TypeFor[Case]():
		b.source = fromPointer
		err = b.bindStruct(t.Elem())
	default:
		err = lang.Diagnostics{spot{}.errorf(code.FactType, "facts come in a struct, a pointer to one, a map[string]any, an interp.Case or interp.JSON, and %s is none", t)}
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// decide is the decision on facts of any type, by a pointer to them.
func (b *binder) decide(ctx context.Context, facts any) (*Decision, error) {
	if b.source == fromCase { // the others have been tried
		if q, ok := b.query(ctx, facts); ok {
			if d := q.e.decide(ctx, q.pt, q.open, q.on); d != nil {
				return d, nil
			}
		}
	}
	c, err := b.caseOf(ctx, facts)
	if err != nil {
		return nil, err
	}
	return b.p.Unobserved(ctx, c)
}

// query is the point of a case and the engine that it is a point for.
type query struct {
	e    *engine
	pt   match.Point
	on   num.Date
	open bool
}

// query finds the point of facts that come as a Case or as JSON; not ok where only
// the slow way can.
func (b *binder) query(ctx context.Context, facts any) (q query, ok bool) {
	switch facts := facts.(type) {
	case *Case:
		if facts.prog != b.p.prog || b.slow && (b.given != nil || facts.date == NoDate) || !b.engineFor(ctx, &q, facts.day()) {
			return q, false
		}
		if b.mixed {
			facts = b.fixed(facts.Clone())
		}
		q.open, ok = q.e.point(ctx, facts, q.on, q.pt)
		return q, ok
	case *JSON:
		return b.jsonFor(b.e).query(ctx, *facts)
	}
	return q, false
}

// engineFor is the engine for a case of a date of its own.
func (b *binder) engineFor(ctx context.Context, q *query, on num.Date) bool {
	q.e, q.on = b.e, on
	if b.given != nil {
		q.on = b.on
	} else if on != b.on {
		e, err := b.p.engineWithin(ctx, on)
		if err != nil {
			return false
		}
		q.e = e
	}
	q.pt = make(match.Point, q.e.x.Width())
	return true
}

// caseOf is a pointer to the bound type as a case.
func (b *binder) caseOf(ctx context.Context, t any) (*Case, error) {
	c := b.p.prog.NewCase()
	if b.on != firstDay {
		c.SetDate(Date(b.on))
	}
	switch t := t.(type) {
	case *Case:
		if t.prog != b.p.prog {
			return nil, errOtherProgram(b.p, t)
		}
		c = t.Clone()
	case *JSON:
		if err := c.ReadJSON(ctx, "facts", *t); err != nil {
			return nil, err
		}
	case *map[string]any:
		if err := c.ReadMap(*t); err != nil {
			return nil, err
		}
	default:
		if err := c.ReadStruct(t); err != nil {
			return nil, err
		}
	}
	if b.given != nil {
		c = b.fixed(c)
	}
	return c, nil
}

// fixed puts the facts that are fixed in the place of what a case tells of them.
func (b *binder) fixed(c *Case) *Case {
	c.SetDate(Date(b.on))
	c.whole.merge(b.given.whole)
	for i, thing := range b.given.things {
		c.things[i].merge(thing.clone())
	}
	for call, v := range b.given.results {
		c.tellResult(call, v)
	}
	return c
}

// blank is the case of which no more is known than what is fixed.
func (b *binder) blank() *Case {
	if b.given != nil {
		return b.given
	}
	return b.p.prog.NewCase()
}

// Prepared is a case whose facts have been read: its point among those that the
// policy tells apart.
type Prepared struct {
	q    query
	fast bool
	room [12]uint32 // of short points
	p    *Policy
	c    *Case // where only the reference can tell, or where facts are missing
}

// Prepare reads the facts of a case once, to be decided again and again.
func (b *Bound[T]) Prepare(t *T) (*Prepared, error) {
	now := b.binder()
	p := &Prepared{p: now.p}
	facts := *t
	switch {
	case now.source != fromStruct:
		p.q, p.fast = now.query(context.Background(), &facts)
	case !now.slow:
		p.q = query{e: now.e, on: now.on, pt: now.e.pointIn(p.room[:])}
		p.q.open, p.fast = now.readFields(unsafe.Pointer(t), p.q.pt)
	}
	if p.fast && !p.q.open && p.q.e.decide(context.Background(), p.q.pt, false, p.q.on) != nil {
		return p, nil
	}
	var err error
	p.c, err = now.caseOf(context.Background(), &facts)
	return p, err
}

// Decide is the decision on the case, as Bound.Decide gives it.
func (p *Prepared) Decide() (*Decision, error) {
	if p.p == nil {
		return nil, errors.New("the zero Prepared is no case")
	}
	ended := p.p.begin(context.Background())
	d, err := p.unobserved()
	if ended != nil {
		ended(d, err)
	}
	return d, err
}

func (p *Prepared) unobserved() (*Decision, error) {
	if p.fast {
		if d := p.q.e.decide(context.Background(), p.q.pt, p.q.open, p.q.on); d != nil {
			return d, nil
		}
	}
	return p.p.Unobserved(context.Background(), p.c)
}
