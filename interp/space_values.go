package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
)

// wantsNone says whether a relation cannot hold since one of its operands is none.
func wantsNone(c cond) bool {
	found := false
	needed(c, func(o operand) { found = found || computesNone(o) })
	return found
}

// withoutNone is a relation without those of a list that are none, to which nothing is equal.
func withoutNone(c cond) cond {
	none := func(e element) bool { return computesNone(e.lo) || e.hi != nil && computesNone(e.hi) }
	switch c := c.(type) {
	case *listedCond:
		c.elems = slices.DeleteFunc(c.elems, none)
		if c.index = newElemIndex(c.elems); len(c.elems) == 0 {
			return &constCond{t: False}
		}
	case *setCond:
		if len(c.target.elems) > 0 {
			c.target.elems = slices.DeleteFunc(c.target.elems, none)
			c.target.index = newElemIndex(c.target.elems)
		}
	}
	return c
}

// computesNone says whether an operand is none, or computed from what is.
func computesNone(o operand) bool {
	if c, is := o.(*constant); is {
		return isNone(c.v)
	}
	found := false
	switch o.(type) {
	case *countOf, *aggregate: // which hang on the members of a list
	default:
		eachOperandPart(o, func(cond) {}, func(x operand) { found = found || computesNone(x) })
	}
	return found
}

// valuesOn is a function that puts what values with a name are on a day in their places.
func valuesOn(day num.Date) func(operand) operand {
	var f func(operand) operand
	f = func(o operand) operand {
		if v, is := o.(*valueOperand); is {
			return &constant{v.named.on(day), v.named.t}
		}
		return withParts(o, f)
	}
	return f
}
