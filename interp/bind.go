package interp

import (
	"context"
	"errors"
	"reflect"
	"unsafe"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// Bound decides many cases whose facts come in one Go type: what in a T is which
// fact is found out once. It is immutable and safe to share between goroutines.
//
// What the policy does not ask about is not read, and so not checked.
//
// A Bound answers as Policy.Decide does, with one difference: of an undetermined
// case its decision lists the answers that are possible, but not under which
// conditions, and not what to find out. Policy.Decide says that.
type Bound[T any] struct{ b *binder }

// Bind makes a Bound for a struct type whose fields are tagged as ReadStruct wants
// them, for Case, or for JSON. The error is a lang.Diagnostics where a tag names no
// fact or a field cannot hold what it names.
func Bind[T any](p *Policy) (*Bound[T], error) {
	b, err := newBinder(p, reflect.TypeFor[T](), nil)
	if err != nil {
		return nil, err
	}
	return &Bound[T]{b}, nil
}

// Given is the Bound with some facts fixed, and the date: what they decide is
// decided now, and the rules that they rule out are never looked at again. What a T
// says of these facts is not read.
func (b *Bound[T]) Given(c *Case) (*Bound[T], error) {
	if c.prog != b.b.p.prog {
		return nil, errOtherProgram(b.b.p)
	}
	given, err := newBinder(b.b.p, reflect.TypeFor[T](), c.Clone())
	if err != nil {
		return nil, err
	}
	return &Bound[T]{given}, nil
}

// Policy is the policy that decides.
func (b *Bound[T]) Policy() *Policy { return b.b.p }

// Decide answers the case of which t holds the facts. Its errors are those of
// reading the facts, and those of Policy.Decide. The decision is shared by all cases
// that are decided alike, so it must not be changed.
func (b *Bound[T]) Decide(t *T) (*Decision, error) {
	var room [mostInline]uint32
	q := query{pt: room[:]}
	if b.b.read(unsafe.Pointer(t), &q) {
		if d := b.b.decide(&q); d != nil {
			return d, nil
		}
	}
	facts := *t
	return b.b.slow(&facts)
}

// query is the point of a case and the engine that it is a point for.
type query struct {
	e    *engine
	pt   match.Point
	on   num.Date
	open bool
}

// binder is a Bound without its type.
type binder struct {
	p      *Policy
	given  *Case    // facts that are fixed; nil where none are
	on     num.Date // the date of the cases, unless they bring their own
	e      *engine  // for that date
	start  match.Point
	open   bool // start has unknown cells, of facts that T cannot tell
	source source
	fields []field
	typ    reflect.Type
}

// source is the sort of type that the facts come in.
type source uint8

const (
	fromStruct source = iota
	fromCase
	fromJSON
)

func newBinder(p *Policy, t reflect.Type, given *Case) (*binder, error) {
	b := &binder{p: p, given: given, on: num.Date(p.prog.DefaultDate()), typ: t}
	var err error
	if given == nil {
		b.e, err = p.engineOn(b.on)
	} else {
		b.on = given.day()
		b.e, err = newEngineGiven(p, b.on, given)
	}
	if err != nil {
		return nil, err
	}
	b.start = make(match.Point, b.e.x.Width())
	switch {
	case t == reflect.TypeFor[Case]():
		b.source = fromCase
	case t == reflect.TypeFor[JSON]():
		b.source = fromJSON
	case t.Kind() == reflect.Struct:
		err = b.bindStruct(t)
	default:
		err = lang.Diagnostics{spot{}.errorf(lang.FactType, "facts come in a struct, an interp.Case or interp.JSON, and %s is none", t)}
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// read finds the point of a case; false where the slow way has to.
func (b *binder) read(t unsafe.Pointer, q *query) bool {
	switch b.source {
	case fromStruct:
		q.e, q.on, q.open = b.e, b.on, b.open
		q.room(len(b.start))
		copy(q.pt, b.start)
		return b.readFields(t, q)
	case fromCase:
		return b.readCase((*Case)(t), q)
	}
	return b.readJSON(*(*JSON)(t), q)
}

// room makes the point as long as the engine wants it.
func (q *query) room(n int) {
	if n > len(q.pt) {
		q.pt = make(match.Point, n)
		return
	}
	q.pt = q.pt[:n]
}

func (b *binder) readCase(c *Case, q *query) bool {
	if c.prog != b.p.prog || !b.engineFor(q, c.day()) {
		return false
	}
	clear(q.pt)
	open, ok := q.e.point(context.Background(), c, q.pt)
	q.open = open
	return ok
}

// engineFor is the engine for a case of a date of its own.
func (b *binder) engineFor(q *query, on num.Date) bool {
	q.e, q.on = b.e, on
	if b.given != nil {
		q.on = b.on
	} else if on != b.on {
		e, err := b.p.engineOn(on)
		if err != nil {
			return false
		}
		q.e = e
	}
	q.room(q.e.x.Width())
	return true
}

// decide is the decision at a point; nil where only the reference can tell.
func (b *binder) decide(q *query) *Decision {
	var found [8]match.Hit
	hits := q.e.find(q.pt, q.open, found[:0])
	k := q.e.recall(hits, 0, q.on)
	switch {
	case k.broken:
		return nil
	case !k.doubtful && k.d.Status != Undetermined:
		return k.d
	}
	answers, ok := q.e.answers(q.pt)
	if !ok || answers == 0 {
		return nil
	}
	if k.d.Status != Undetermined {
		return k.d
	}
	return q.e.recall(hits, answers, q.on).d
}

// slow takes the facts through the door of Case and asks the policy.
func (b *binder) slow(t any) (*Decision, error) {
	c, err := b.caseOf(t)
	if err != nil {
		return nil, err
	}
	return b.p.Decide(c)
}

// caseOf is a pointer to the bound type as a case.
func (b *binder) caseOf(t any) (*Case, error) {
	c := b.p.prog.NewCase()
	c.SetDate(Date(b.on))
	switch t := t.(type) {
	case *Case:
		if t == nil || t.prog != b.p.prog {
			return nil, errOtherProgram(b.p)
		}
		c = t.Clone()
	case *JSON:
		if err := c.ReadJSON("facts", *t); err != nil {
			return nil, err
		}
	default:
		if err := c.ReadStruct(t); err != nil {
			return nil, err
		}
	}
	if b.given != nil {
		c.SetDate(Date(b.on))
		c.whole.merge(b.given.whole)
		for i, thing := range b.given.things {
			c.things[i].merge(thing.clone())
		}
	}
	return c, nil
}

// Prepared is a case whose facts have been read: its point among those that the
// policy tells apart. It is small, and belongs to the Bound that made it.
type Prepared struct {
	q    query
	b    *binder
	fast bool
	c    *Case // where only the reference can tell, or where facts are missing
}

// Prepare reads the facts of a case once, to be decided again and again.
func (b *Bound[T]) Prepare(t *T) (*Prepared, error) {
	p := &Prepared{b: b.b, q: query{pt: make(match.Point, len(b.b.start))}}
	p.fast = b.b.read(unsafe.Pointer(t), &p.q)
	if p.fast && !p.q.open && b.b.decide(&p.q) != nil {
		return p, nil
	}
	var err error
	facts := *t
	p.c, err = b.b.caseOf(&facts)
	return p, err
}

// Decide is the decision on the case, as Bound.Decide gives it.
func (p *Prepared) Decide() (*Decision, error) {
	if p.fast {
		if !p.q.open && p.q.e.alone {
			if d := p.q.e.recallOne(p.q.pt, p.q.on); d != nil {
				return d, nil
			}
		}
		if d := p.b.decide(&p.q); d != nil {
			return d, nil
		}
	}
	if p.c == nil {
		return nil, errors.New("the zero Prepared is no case")
	}
	return p.b.p.Decide(p.c)
}
