package interp

import (
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// extent is what is known of a value of an ordered type: it lies between two others, or is one of
// them. What is computed of a list whose members are known in part is often known so far.
type extent struct {
	lo, hi Value // nil: nothing is known
	none   Truth // whether there is no value at all
}

// bounded is an operand of which more may be known than its value.
type bounded interface {
	operand
	extent(*state) extent
}

func isBounded(o operand) bool { _, is := o.(bounded); return is }

// extentOf is what is known of an operand.
func extentOf(s *state, o operand) extent {
	if b, ok := o.(bounded); ok {
		return b.extent(s)
	}
	switch v := o.value(s); {
	case isNone(v):
		return extent{none: True}
	case v == nil:
		return extent{none: Unknown}
	default:
		return extent{lo: v, hi: v, none: False}
	}
}

// value is the one value that there may be; nil where there are several.
func (b extent) value() Value {
	switch {
	case b.none == True:
		return None{}
	case b.none == False && b.lo != nil && b.hi != nil && compareValues(lang.Eq, b.lo, b.hi) == True:
		return b.lo
	}
	return nil
}

// compareExtents compares what is known of two values.
func compareExtents(op lang.Op, x, y extent) Truth {
	sure := func(op lang.Op, a, b Value) bool { return a != nil && b != nil && compareValues(op, a, b) == True }
	t := Unknown
	switch op {
	case lang.Gt, lang.Ge:
		return compareExtents(mirrored(op), y, x)
	case lang.Lt:
		if sure(lang.Lt, x.hi, y.lo) {
			t = True
		} else if sure(lang.Ge, x.lo, y.hi) {
			t = False
		}
	case lang.Le:
		if sure(lang.Le, x.hi, y.lo) {
			t = True
		} else if sure(lang.Gt, x.lo, y.hi) {
			t = False
		}
	default:
		if sure(lang.Lt, x.hi, y.lo) || sure(lang.Gt, x.lo, y.hi) {
			t = False
		} else if sure(lang.Eq, x.lo, x.hi) && sure(lang.Eq, y.lo, y.hi) && sure(lang.Eq, x.lo, y.lo) {
			t = True
		}
		if op == lang.Ne {
			t = t.not()
		}
	}
	return t.and(x.none.or(y.none).not())
}

// listedExtent says whether a value of which so much is known is one of some elements.
func listedExtent(s *state, x extent, elems []element) Truth {
	t := False
	for _, e := range elems {
		if !s.step() {
			return Unknown
		}
		lo := extentOf(s, e.lo)
		if e.hi == nil {
			t = t.or(compareExtents(lang.Eq, x, lo))
			continue
		}
		t = t.or(compareExtents(lang.Ge, x, lo).and(compareExtents(lang.Le, x, extentOf(s, e.hi))))
	}
	return t
}

func (c *countOf) value(s *state) Value { return c.extent(s).value() }

func (c *countOf) extent(s *state) extent {
	list := c.list.value(s)
	if isNone(list) {
		return extent{none: True}
	}
	sure, possible, _, known := c.count(s, list)
	if !known {
		return extent{none: Unknown}
	}
	return extent{lo: Number{n: num.Int(int64(sure))}, hi: Number{n: num.Int(int64(possible))}, none: False}
}

func (a *aggregate) value(s *state) Value { return a.extent(s).value() }

func (a *aggregate) extent(s *state) extent {
	list := a.list.value(s)
	if isNone(list) {
		return extent{none: True}
	}
	g := gathered{a: a, s: s}
	if _, known := a.each(s, list, func(t Truth) {
		if t != False {
			g.take(a.of.value(s), t == True)
		}
	}); !known {
		return extent{none: Unknown}
	}
	b := g.bounds()
	if b.none == False && g.sure == 0 && a.op != lang.SumOf {
		b.none = truth(g.maybe == 0)
		if g.maybe > 0 {
			b.none = Unknown
		}
	}
	return b
}

// gathered is what is known of the members of a list that count, and of those that may.
type gathered struct {
	a           *aggregate
	s           *state
	sure, maybe int  // how many count, and how many more may
	open        bool // the value of one of these is not known
	none        Truth
	least, most Value // of all whose values are known
	from, to    Value // the least and the most of those that count
	lo, hi      Value // their sum, at least and at most
}

// take takes in a member's value.
func (g *gathered) take(v Value, counts bool) {
	if counts {
		g.sure++
	} else {
		g.maybe++
	}
	switch {
	case isNone(v):
		g.none = g.none.or(truth(counts).or(Unknown))
		return
	case v == nil:
		g.open = true
		presence(g.a.of, nil, func(cond) { g.none = g.none.or(Unknown) })
		return
	}
	g.least, g.most = g.end(lang.Lt, g.least, v), g.end(lang.Gt, g.most, v)
	if counts {
		g.from, g.to = g.end(lang.Lt, g.from, v), g.end(lang.Gt, g.to, v)
	}
	n, is := v.(Number)
	if !is || g.a.op != lang.SumOf && g.a.op != lang.AverageOf {
		return
	}
	if counts || n.n.Sign() < 0 {
		g.lo = g.plus(g.lo, n)
	}
	if counts || n.n.Sign() > 0 {
		g.hi = g.plus(g.hi, n)
	}
}

// end is the one of two values that stands so to the other; the first may not be there.
func (g *gathered) end(op lang.Op, x, y Value) Value {
	if x == nil || compareValues(op, y, x) == True {
		return y
	}
	return x
}

// plus adds a number to a sum, which may not have begun.
func (g *gathered) plus(sum Value, n Number) Value {
	if sum == nil {
		return n
	}
	return g.computed(lang.Add, sum.(Number), n)
}

func (g *gathered) computed(op lang.Op, x, y Number) Value {
	v, err := computeNumbers(op, x, y)
	if err != nil {
		g.s.fail(g.a.expr, err)
		g.open = true
		return x
	}
	n := v.(Number)
	n.dim = g.a.t.dim
	return n
}

// bounds are what is known of the whole.
func (g *gathered) bounds() extent {
	b := extent{none: g.none}
	switch g.a.op {
	case lang.SumOf:
		if b.lo, b.hi = g.lo, g.hi; b.lo == nil {
			b.lo = Number{dim: g.a.t.dim}
		}
		if b.hi == nil {
			b.hi = Number{dim: g.a.t.dim}
		}
		if g.open {
			b.lo, b.hi = nil, nil
		}
	case lang.MaxOf:
		if b.lo = g.to; b.lo == nil && !g.open {
			b.lo = g.least
		}
		if !g.open {
			b.hi = g.most
		}
	case lang.MinOf:
		if b.hi = g.from; b.hi == nil && !g.open {
			b.hi = g.most
		}
		if !g.open {
			b.lo = g.least
		}
	default:
		switch {
		case g.open || g.none != False:
		case g.maybe > 0 || g.sure == 0:
			b.lo, b.hi = g.least, g.most
		default:
			b.lo = g.computed(lang.Div, g.lo.(Number), Number{n: num.Int(int64(g.sure))})
			b.hi = b.lo
		}
	}
	return b
}
