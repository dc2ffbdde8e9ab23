package interp

import (
	"context"
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/stdlib"
)

// cond is a checked condition; operand a checked expression with a value. They
// are the resolved program: what the reference evaluator walks, and what every
// other engine is derived from.
type cond interface {
	truth(*state) Truth
	node() lang.Expr // the author's words; nil where the checker made the condition
}

type operand interface {
	value(*state) Value // nil: unknown
	typ() *Type
}

// at remembers the author's words of a condition or an operand.
type at struct{ expr lang.Expr }

type (
	// constCond is always the same: any, a bare yes.
	constCond struct {
		at
		t Truth
	}
	// allCond is a conjunction, anyCond a disjunction.
	allCond struct {
		at
		xs []cond
	}
	anyCond struct {
		at
		xs []cond
	}
	notCond struct {
		at
		x cond
	}
	impliesCond struct {
		at
		x, y cond
	}
	// termCond asks whether a thing is as a term says. Without a subject the term is about the whole case.
	termCond struct {
		at
		term    *Term
		subject *path
	}
	// groupCond asks whether a thing is in a group on the date of the case.
	groupCond struct {
		at
		group   *Group
		subject operand
	}
	// boolCond is a bool attribute or a call that gives one.
	boolCond struct {
		at
		x operand
	}
	compareCond struct {
		at
		op   lang.Op
		x, y operand
	}
	// listedCond asks whether a value is one of a few, or within intervals.
	listedCond struct {
		at
		x     operand
		elems []element
		index elemIndex
	}
	// deniedCond is not in, not like, not within, none of and no: the negation of a relation.
	// As with !=, it is false where an operand has no value; has says of those that may have none that
	// they have one.
	deniedCond struct {
		at
		rel cond // in the author's words without the not
		has []cond
	}
	// elemCond asks whether a value is in a set or a list that is itself a fact.
	elemCond struct {
		at
		x   operand
		set operand
	}
	hasCond struct {
		at
		path *path
	}
	// likeCond is like and under.
	likeCond struct {
		at
		x       operand
		pattern *pattern
	}
	withinCond struct {
		at
		x, y          operand
		before, after num.Duration
	}
	// tallyCond is at least, at most, exactly n of some conditions.
	tallyCond struct {
		at
		op lang.Op
		n  int
		xs []cond
	}
	// setCond is any or all of a set in a target.
	setCond struct {
		at
		op     lang.Op
		set    operand
		target target
	}
	// quantCond is some or every over a list, its variable bound at depth.
	quantCond struct {
		at
		op    lang.Op
		name  string
		depth int
		list  operand
		body  cond
	}
)

// element is one value of a tuple, or with hi an interval that includes both ends.
type element struct{ lo, hi operand }

// target is what members are looked for in: one of the fields.
type target struct {
	group *Group
	elems []element
	index elemIndex
	set   operand
}

type rootKind uint8

const (
	roleRoot rootKind = iota
	selfRoot
	varRoot
	caseRoot
)

type (
	// path reads a fact: from a role, the thing a term is about, a bound variable
	// or the case as a whole, along attributes.
	path struct {
		root  rootKind
		index int    // of the role or variable
		name  string // of the role or variable
		kind  *Kind  // of the root; nil for a variable over plain values
		attrs []*Attr
		t     *Type
	}
	constant struct {
		v Value
		t *Type
	}
	arith struct {
		at
		op   lang.Op
		x, y operand
		t    *Type
	}
	negative struct{ x operand }
	call     struct {
		at
		fn   *stdlib.Function
		own  *ownFunction // where fn is declared by the rules, or the embedder's
		args []operand
		t    *Type
	}
	// tupleOperand is (a, b, c) as the argument of a function.
	tupleOperand struct {
		elems []operand
		t     *Type
	}
	// truthValue is a condition used as a bool value.
	truthValue struct{ c cond }
	// countOf is count p in L has C.
	countOf struct{ quantCond }
	// aggregate is sum of V for p in L where C, min of, max of, average of: a member for which the body
	// holds counts with its value. Where there is no where, the body always holds.
	aggregate struct {
		quantCond
		of operand
		t  *Type
	}
	// caseDate is as_of.
	caseDate struct{}
)

// caseDateName is what the date of a case is called in conditions, in JSON, and among what
// is missing.
const caseDateName = "as_of"

// isEmpty is what a set or a list without members is called behind is. A term of that name is about
// a thing, which no set is.
const isEmpty = "empty"

// state is one evaluation: the case, its date, what is bound, and the first error.
type state struct {
	c       *Case
	date    num.Date
	self    *Thing // what the term under evaluation is about,
	name    string // and how a fact names it
	vars    []Value
	ctx     context.Context // nil: nothing stops the evaluation
	steps   int
	look    int // how many steps it may take before it looks at the limit and at ctx again
	err     error
	stopped bool                    // err is that of ctx
	missing *missing                // where not nil, collects the facts read and found unknown
	known   map[askedTerm]knownTerm // answers of terms, kept once an evaluation gets long
	reasons int                     // nodes of the explanation so far
}

// missing lists facts in the order met, each once.
type missing struct {
	seen  map[string]bool
	facts []missingFact
	told  []string // the calls whose results the case tells
}

type missingFact struct {
	name   string
	attr   *Attr        // nil: the identity of a thing, or
	result *ownFunction // the result of a call of this
}

// knownTerm is the answer of a term, and why it is none where it could not be evaluated.
type knownTerm struct {
	t   Truth
	err error
}

// askedTerm is a term asked of a thing.
type askedTerm struct {
	term  *Term
	thing *Thing
}

// partOf marks a part of a condition that is left out: substitute replaces the whole.
type partOf struct {
	cond
	whole cond
}

func (a at) node() lang.Expr { return a.expr }

func (p *path) typ() *Type         { return p.t }
func (c *constant) typ() *Type     { return c.t }
func (a *arith) typ() *Type        { return a.t }
func (n *negative) typ() *Type     { return n.x.typ() }
func (c *call) typ() *Type         { return c.t }
func (*truthValue) typ() *Type     { return typeBool }
func (t *tupleOperand) typ() *Type { return t.t }
func (*countOf) typ() *Type        { return typeNumber }
func (a *aggregate) typ() *Type    { return a.t }
func (*caseDate) typ() *Type       { return typeDate }
func (p *path) lastAttr() *Attr    { return p.attrs[len(p.attrs)-1] }
func (p *path) isAttr() bool       { return len(p.attrs) > 0 }

// fact is the path as an author writes it: item.range, recipient.
func (p *path) fact() string {
	s := p.name
	for _, a := range p.attrs {
		if s != "" {
			s += "."
		}
		s += a.Name
	}
	return s
}

// optional says whether some attribute along the path may have no value.
func (p *path) optional() bool {
	for _, a := range p.attrs {
		if a.Type.optional {
			return true
		}
	}
	return false
}

// under is the name of the fact, where a term's own thing is called self.
func (p *path) under(self string) string {
	name := p.fact()
	switch {
	case p.root != selfRoot || self == "":
		return name
	case name == "":
		return self
	}
	return self + "." + name
}

func mirrored(op lang.Op) lang.Op {
	switch op {
	case lang.Lt:
		return lang.Gt
	case lang.Le:
		return lang.Ge
	case lang.Gt:
		return lang.Lt
	case lang.Ge:
		return lang.Le
	}
	return op
}

// within is a path with the thing that a term is about put in for itself.
func (p *path) within(self *path) *path {
	if p == nil || p.root != selfRoot || self == nil {
		return p
	}
	q := *self
	q.attrs = append(slices.Clone(self.attrs), p.attrs...)
	q.t = p.t
	return &q
}

// present is the shortest way to say that a path leads to something: up to its last
// optional attribute; nil where it always does.
func (p *path) present() *path {
	for i := len(p.attrs) - 1; i >= 0; i-- {
		if p.attrs[i].Type.optional {
			q := *p
			q.attrs, q.t = p.attrs[:i+1], p.attrs[i].Type
			return &q
		}
	}
	return nil
}

// owner is the thing without which the path leads to nothing, itself aside; nil where
// there always is one.
func (p *path) owner() *path {
	if !p.isAttr() {
		return nil
	}
	q := *p
	q.attrs = p.attrs[:len(p.attrs)-1]
	return q.present()
}

// to is the path to a fact of what this path leads to.
func (p *path) to(a *Attr) *path {
	q := *p
	q.attrs, q.t = append(p.attrs[:len(p.attrs):len(p.attrs)], a), a.Type
	return &q
}
