package interp

import (
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// folded is an operand with what is computed from constants and the date of the case alone worked
// out. What cannot be worked out stands as it is.
func folded(o operand, on num.Date) operand {
	switch o := o.(type) {
	case *caseDate:
		if on != firstDay {
			return &constant{Date(on), typeDate}
		}
	case *arith:
		x, y := folded(o.x, on), folded(o.y, on)
		a, fixedX := x.(*constant)
		b, fixedY := y.(*constant)
		if !fixedX || !fixedY || isNone(a.v) || isNone(b.v) {
			return &arith{o.at, o.op, x, y, o.t}
		}
		v, err := compute(o.op, a.v, b.v)
		if err != nil {
			return o
		}
		if n, is := v.(Number); is {
			n.dim = o.t.dim
			v = n
		}
		return &constant{v, o.t}
	case *negative:
		if c, fixed := folded(o.x, on).(*constant); fixed && !isNone(c.v) {
			return &constant{(&negative{c}).value(nil), c.t}
		}
	}
	return o
}

// solved is a comparison of what is computed from one fact, constants and the date of the case, as
// one of the fact itself: item.n * 2 + 1 > 7 as item.n > 3, and person.born + 18 years > as_of as a
// birthday that has not come. It is nil of all others.
func solved(c *compareCond, on num.Date) cond {
	x, y, op := folded(c.x, on), folded(c.y, on), c.op
	if _, fixed := x.(*constant); fixed {
		x, y, op = y, x, mirrored(op)
	}
	k, fixed := y.(*constant)
	if !fixed {
		return nil
	}
	if p, bare := x.(*path); bare {
		if fixedOperand(c.x) || fixedOperand(c.y) {
			return nil // as it stands
		}
		return &compareCond{at{}, op, p, k}
	}
	switch v := k.v.(type) {
	case Number:
		return solvedNumber(x, op, v)
	case Date:
		return solvedDate(x, op, num.Date(v))
	case Duration:
		return solvedDays(x, op, num.Duration(v))
	}
	return nil
}

// solvedDate is solved where a duration is added to a date, or taken from it. Months are of
// different lengths, but a later day never becomes an earlier one.
func solvedDate(x operand, op lang.Op, d num.Date) cond {
	a, ok := x.(*arith)
	if !ok {
		return nil
	}
	p, isPath := a.x.(*path)
	by, isFixed := a.y.(*constant)
	if !isPath && a.op == lang.Add {
		p, isPath = a.y.(*path)
		by, isFixed = a.x.(*constant)
	}
	if !isPath || !isFixed || p.t.basic != dateType {
		return nil
	}
	span, ok := by.v.(Duration)
	if !ok {
		return nil
	}
	shift := num.Duration(span)
	if a.op == lang.Sub {
		shift = shift.Neg()
	}
	from, ok := firstShifted(shift, d, 0)
	behind, okBehind := firstShifted(shift, d, 1)
	if !ok || !okBehind {
		return nil
	}
	day := func(op lang.Op, d num.Date) cond { return &compareCond{at{}, op, p, &constant{Date(d), typeDate}} }
	switch op {
	case lang.Ge:
		return day(lang.Ge, from)
	case lang.Gt:
		return day(lang.Ge, behind)
	case lang.Lt:
		return day(lang.Lt, from)
	case lang.Le:
		return day(lang.Lt, behind)
	case lang.Eq:
		return &allCond{xs: []cond{day(lang.Ge, from), day(lang.Lt, behind)}}
	}
	return &anyCond{xs: []cond{day(lang.Lt, from), day(lang.Ge, behind)}}
}

// firstShifted is the first day that a duration takes to a day, or so many days behind it, or
// later.
func firstShifted(by num.Duration, to num.Date, behind int) (num.Date, bool) {
	goal, err := to.AddDays(behind)
	if err != nil {
		return 0, false
	}
	at, err := goal.Add(by.Neg())
	if err != nil {
		return 0, false
	}
	const most = 5 // days by which months and leap years may put it off
	for back := most; back >= -most; back-- {
		day, err := at.AddDays(-back)
		if err != nil {
			return 0, false
		}
		is, err := day.Add(by)
		if err != nil {
			return 0, false
		}
		if is.Sub(goal) >= 0 {
			return day, back < most
		}
	}
	return 0, false
}

// solvedDays is solved for the days between a date and one that is known.
func solvedDays(x operand, op lang.Op, k num.Duration) cond {
	a, ok := x.(*arith)
	if !ok || a.op != lang.Sub || k.Months != 0 {
		return nil
	}
	if d, is := dateOf(a.x); is {
		p, isPath := a.y.(*path)
		if to, err := d.AddDays(-int(k.Days)); isPath && err == nil {
			return &compareCond{at{}, mirrored(op), p, &constant{Date(to), typeDate}}
		}
	}
	if d, is := dateOf(a.y); is {
		p, isPath := a.x.(*path)
		if to, err := d.AddDays(int(k.Days)); isPath && err == nil && p.t.basic == dateType {
			return &compareCond{at{}, op, p, &constant{Date(to), typeDate}}
		}
	}
	return nil
}

func dateOf(o operand) (num.Date, bool) {
	c, fixed := o.(*constant)
	if !fixed {
		return 0, false
	}
	d, is := c.v.(Date)
	return num.Date(d), is
}

// solvedNumber is solved for sums, differences, products and quotients of numbers.
func solvedNumber(x operand, op lang.Op, v Number) cond {
	n, unit := v.n, v.unit
	for {
		switch o := x.(type) {
		case *path:
			if o.t.basic != numberType {
				return nil
			}
			if unit != nil && unit.dim != o.t.dim {
				unit = nil
			}
			return &compareCond{at{}, op, o, &constant{Number{n: n, dim: o.t.dim, unit: unit}, o.t}}
		case *negative:
			n, op, x = n.Neg(), mirrored(op), o.x
		case *arith:
			rest, by, behind, ok := oneConstant(o)
			if !ok {
				return nil
			}
			var err error
			switch {
			case o.op == lang.Add:
				n, err = n.Sub(by)
			case o.op == lang.Sub && behind:
				n, err = n.Add(by)
			case o.op == lang.Sub:
				n, err = by.Sub(n)
				op = mirrored(op)
			case by.Sign() == 0, o.op == lang.Div && !behind:
				return nil
			case o.op == lang.Mul:
				n, err = n.Div(by)
			default:
				n, err = n.Mul(by)
			}
			if err != nil {
				return nil
			}
			if by.Sign() < 0 && (o.op == lang.Mul || o.op == lang.Div) {
				op = mirrored(op)
			}
			x = rest
		default:
			return nil
		}
	}
}

// oneConstant are the operands of arithmetic on numbers of which one is a constant; behind says that
// it is the second.
func oneConstant(a *arith) (rest operand, by num.Number, behind, ok bool) {
	for _, o := range []operand{a.x, a.y} {
		if o.typ().basic != numberType {
			return nil, by, false, false
		}
	}
	if c, is := a.y.(*constant); is {
		n, number := c.v.(Number)
		return a.x, n.n, true, number
	}
	if c, is := a.x.(*constant); is {
		n, number := c.v.(Number)
		return a.y, n.n, false, number
	}
	return nil, by, false, false
}
