package interp

import "github.com/ctl-lang/ctl/lang"

// eachPart calls onCond for every condition directly within c, and onOperand for every
// operand of c: what any walk over conditions goes through. A test holds it complete.
func eachPart(c cond, onCond func(cond), onOperand func(operand)) {
	switch c := c.(type) {
	case *constCond, *begunCond:
	case *allCond:
		eachOf(c.xs, onCond)
	case *anyCond:
		eachOf(c.xs, onCond)
	case *tallyCond:
		eachOf(c.xs, onCond)
	case *notCond:
		onCond(c.x)
	case *impliesCond:
		onCond(c.x)
		onCond(c.y)
	case *deniedCond:
		onCond(c.rel)
	case *termCond:
		if c.subject != nil {
			onOperand(c.subject)
		}
	case *groupCond:
		onOperand(c.subject)
	case *boolCond:
		onOperand(c.x)
	case *compareCond:
		onOperand(c.x)
		onOperand(c.y)
	case *listedCond:
		onOperand(c.x)
		eachElement(c.elems, onOperand)
	case *elemCond:
		onOperand(c.x)
		onOperand(c.set)
	case *hasCond:
		onOperand(c.path)
	case *likeCond:
		onOperand(c.x)
	case *withinCond:
		onOperand(c.x)
		onOperand(c.y)
	case *setCond:
		onOperand(c.set)
		eachElement(c.target.elems, onOperand)
		if c.target.set != nil {
			onOperand(c.target.set)
		}
	case *quantCond:
		onOperand(c.list)
		onCond(c.body)
	}
}

// eachOperandPart is eachPart for an operand.
func eachOperandPart(o operand, onCond func(cond), onOperand func(operand)) {
	switch o := o.(type) {
	case *path, *constant, *caseDate, *valueOperand:
	case *arith:
		onOperand(o.x)
		onOperand(o.y)
	case *negative:
		onOperand(o.x)
	case *call:
		eachOf(o.args, onOperand)
	case *tupleOperand:
		eachOf(o.elems, onOperand)
	case *truthValue:
		onCond(o.c)
	case *countOf:
		onOperand(o.list)
		onCond(o.body)
	case *aggregate:
		onOperand(o.list)
		onCond(o.body)
		onOperand(o.of)
	}
}

// anyOperand says whether something is so of an operand, or of one that it is computed from.
func anyOperand(o operand, is func(operand) bool) bool {
	found := is(o)
	eachOperandPart(o, func(c cond) { found = found || anyOperandIn(c, is) }, func(x operand) { found = found || anyOperand(x, is) })
	return found
}

// anyOperandIn is anyOperand for those of a condition.
func anyOperandIn(c cond, is func(operand) bool) bool {
	found := false
	eachPart(c, func(d cond) { found = found || anyOperandIn(d, is) }, func(o operand) { found = found || anyOperand(o, is) })
	return found
}

func eachOf[T any](xs []T, f func(T)) {
	for _, x := range xs {
		f(x)
	}
}

func eachElement(es []element, f func(operand)) {
	for _, e := range es {
		f(e.lo)
		if e.hi != nil {
			f(e.hi)
		}
	}
}

// needed are the operands without a value of which a condition cannot hold: those of
// the condition itself, and not the members of a tuple, of which one may do without.
func needed(c cond, f func(operand)) {
	switch c := c.(type) {
	case *listedCond:
		f(c.x)
	case *setCond:
		f(c.set)
		if c.target.set != nil {
			f(c.target.set)
		}
	case *deniedCond:
		needed(c.rel, f)
	default:
		eachPart(c, func(cond) {}, f)
	}
}

// absentWith calls f for the facts without a value of which an operand has none.
func absentWith(o operand, f func(*path)) {
	switch o := o.(type) {
	case *path:
		f(o)
	case *countOf:
		absentWith(o.list, f)
	case *aggregate: // whose members may have no value too, see presence
		absentWith(o.list, f)
	default:
		eachOperandPart(o, func(cond) {}, func(x operand) { absentWith(x, f) })
	}
}

// denied is the contrary of a relation, false where one of its operands is none: what
// x not in (a, b) says is x != a and x != b.
func denied(e lang.Expr, rel cond) cond {
	c := &deniedCond{at: at{e}, rel: rel}
	eachPart(rel, func(cond) {}, func(o operand) { presence(o, e, func(h cond) { c.has = append(c.has, h) }) })
	return c
}

// presence calls f for the conditions that hold where an operand has a value.
func presence(o operand, e lang.Expr, f func(cond)) {
	switch o := o.(type) {
	case *path:
		if o.optional() {
			f(&hasCond{at{e}, o})
		}
	case *valueOperand:
		if o.named.replaced || o.named.of[0].since != firstDay {
			f(o.named.begun(e))
		}
	case *countOf:
		presence(o.list, e, f)
	case *aggregate:
		presence(o.list, e, f)
		o.presence(f)
	default:
		eachOperandPart(o, func(cond) {}, func(x operand) { presence(x, e, f) })
	}
}

// presence calls f for the conditions on the members of a list that hold where something computed of
// them has a value: each has one that counts, and there is one, unless they are added up.
func (a *aggregate) presence(f func(cond)) {
	if a.op != lang.SumOf {
		if isAlways(a.body) {
			f(&compareCond{op: lang.Ne, x: a.list, y: &tupleOperand{t: memberList(a.list)}})
		} else {
			some := a.quantCond
			some.op, some.expr = lang.Some, nil
			f(&some)
		}
	}
	every := a.quantCond
	every.op, every.expr = lang.Every, nil
	presence(a.of, nil, func(h cond) {
		q := every
		if q.body = h; !isAlways(a.body) {
			q.body = &impliesCond{x: a.body, y: h}
		}
		f(&q)
	})
}

// presenceOfMembers calls f for those of what is computed of lists, where an operand is computed from it.
func presenceOfMembers(o operand, f func(cond)) {
	switch o := o.(type) {
	case *aggregate:
		o.presence(f)
	case *countOf:
	default:
		eachOperandPart(o, func(cond) {}, func(x operand) { presenceOfMembers(x, f) })
	}
}

func isAlways(c cond) bool {
	k, ok := c.(*constCond)
	return ok && k.t == True
}

// withOperands is a condition that holds no others with f of its operands in their places.
func withOperands(c cond, f func(operand) operand) cond {
	elements := func(es []element) (out []element, index elemIndex) {
		for _, e := range es {
			g := element{lo: f(e.lo)}
			if e.hi != nil {
				g.hi = f(e.hi)
			}
			out = append(out, g)
		}
		return out, newElemIndex(out)
	}
	switch c := c.(type) {
	case *groupCond:
		d := *c
		d.subject = f(c.subject)
		return &d
	case *boolCond:
		d := *c
		d.x = f(c.x)
		return &d
	case *compareCond:
		d := *c
		d.x, d.y = f(c.x), f(c.y)
		return &d
	case *listedCond:
		d := *c
		d.x = f(c.x)
		d.elems, d.index = elements(c.elems)
		return &d
	case *elemCond:
		d := *c
		d.x, d.set = f(c.x), f(c.set)
		return &d
	case *hasCond:
		d := *c
		d.path = f(c.path).(*path)
		return &d
	case *likeCond:
		d := *c
		d.x = f(c.x)
		return &d
	case *withinCond:
		d := *c
		d.x, d.y = f(c.x), f(c.y)
		return &d
	case *setCond:
		d := *c
		d.set = f(c.set)
		d.target.elems, d.target.index = elements(c.target.elems)
		if c.target.set != nil {
			d.target.set = f(c.target.set)
		}
		return &d
	}
	return c // constCond: it has none
}

// withParts is an operand with f of the operands that it is computed from in their places.
func withParts(o operand, f func(operand) operand) operand {
	all := func(os []operand) []operand {
		out := make([]operand, len(os))
		for i, o := range os {
			out[i] = f(o)
		}
		return out
	}
	switch o := o.(type) {
	case *arith:
		d := *o
		d.x, d.y = f(o.x), f(o.y)
		return &d
	case *negative:
		return &negative{f(o.x)}
	case *call:
		d := *o
		d.args = all(o.args)
		return &d
	case *tupleOperand:
		d := *o
		d.elems = all(o.elems)
		return &d
	}
	return o
}
