package interp

import (
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

func (a at) node() lang.Expr { return a.expr }

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
	likeCond struct {
		at
		x       operand
		pattern string
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
	// setCond is any, all or none of a set in a target.
	setCond struct {
		at
		op     lang.Op
		set    operand
		target target
	}
	// quantCond is some, every, no over a list, its variable bound at depth.
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
	// caseDate is as_of.
	caseDate struct{}
)

func (p *path) typ() *Type         { return p.t }
func (c *constant) typ() *Type     { return c.t }
func (a *arith) typ() *Type        { return a.t }
func (n *negative) typ() *Type     { return n.x.typ() }
func (c *call) typ() *Type         { return c.t }
func (*truthValue) typ() *Type     { return typeBool }
func (t *tupleOperand) typ() *Type { return t.t }
func (*countOf) typ() *Type        { return typeNumber }
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
