package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
)

// intervals cuts an ordered type at every value that a condition compares with:
// the values themselves and what lies between them.
func (s *Space) intervals(v *variable) []cell {
	points := s.thresholds(v)
	if len(points) == 0 {
		return []cell{{values: []Value{s.somewhere(v)}}}
	}
	var out []cell
	for i, p := range points {
		s.goOn(trialWork)
		var before *bound
		if i > 0 {
			before = &bound{points[i-1], true}
		}
		if mid := between(v.t, before, p); mid != nil {
			out = append(out, cell{values: []Value{mid}, lo: before, hi: &bound{p, true}})
		}
		out = append(out, cell{values: []Value{p}, lo: &bound{p, false}, hi: &bound{p, false}})
	}
	last := points[len(points)-1]
	if after := beyond(last); after != nil {
		out = append(out, cell{values: []Value{after}, lo: &bound{last, true}})
	}
	return out
}

// thresholds are the values that the variable's conditions compare with, in order.
func (s *Space) thresholds(v *variable) []Value {
	var points []Value
	for _, a := range v.atoms {
		own, _ := s.thresholdsOf(v, a)
		points = append(points, own...)
	}
	if v.t.scalar != nil && len(points) > 0 {
		points = append(points, v.t.scalar.points...)
	}
	return sortedPoints(wholePoints(v.t, points), s.goOn)
}

// thresholdsOf are the values that a condition compares with. Only says that it is everywhere the
// same between two of them that follow one another, below the first and above the last.
func (s *Space) thresholdsOf(v *variable, a *atom) (points []Value, only bool) {
	add := func(o operand, on num.Date) {
		val := o.value(&state{c: s.probe, date: on})
		if x, is := val.(scalarValue); v.t.scalar != nil && (!is || x.scalar() != v.t.scalar) {
			return // the day or the time of day of a moment
		}
		if val != nil && !isNone(val) {
			points = append(points, val)
		}
	}
	s.goOn(1)
	switch c := a.key.c.(type) {
	case *compareCond:
		_, bareX := c.x.(*path)
		_, bareY := c.y.(*path)
		only = bareX && fixedOperand(c.y) || bareY && fixedOperand(c.x)
		for _, o := range []operand{c.x, c.y} {
			if fixedOperand(o) {
				add(o, a.key.on)
			}
		}
	case *listedCond:
		for _, e := range c.elems {
			s.goOn(1)
			add(e.lo, a.key.on)
			if e.hi != nil {
				add(e.hi, a.key.on)
			}
		}
	case *groupCond:
		points = append(points, c.group.edges(a.key.on, s.goOn)...)
	case *withinCond:
		around, ok := c.y.value(&state{c: s.probe, date: a.key.on}).(Date)
		if !ok || v.t.scalar != nil {
			return nil, false
		}
		for _, by := range []num.Duration{c.before.Neg(), c.after} {
			if d, err := num.Date(around).Add(by); err == nil {
				points = append(points, Date(d))
			}
		}
	}
	return points, only
}

// wholePoints are, of an integer type, the whole numbers at and around values.
func wholePoints(t *Type, points []Value) []Value {
	if !t.integer {
		return points
	}
	var out []Value
	for _, p := range points {
		n := p.(Number).n
		out = append(out, Number{n: n.Floor()})
		if next, err := n.Floor().Add(num.Int(1)); err == nil && !n.IsInt() {
			out = append(out, Number{n: next})
		}
	}
	return out
}

// sortedPoints are values of an ordered type in order, each once. GoOn is told of the work.
func sortedPoints(points []Value, goOn func(work int)) []Value {
	slices.SortFunc(points, func(a, b Value) int {
		goOn(1)
		return compareOrder(a, b)
	})
	return slices.CompactFunc(points, func(a, b Value) bool { return compareOrder(a, b) == 0 })
}

// compareOrder orders two values of one ordered type.
func compareOrder(a, b Value) int {
	switch a := a.(type) {
	case Number:
		return a.n.Cmp(b.(Number).n)
	case Date:
		return num.Date(a).Sub(num.Date(b.(Date)))
	case scalarValue:
		return a.compare(b)
	}
	return num.Duration(a.(Duration)).Cmp(num.Duration(b.(Duration)))
}

// somewhere is any value of an ordered type.
func (s *Space) somewhere(v *variable) Value {
	switch v.t.basic {
	case dateType:
		return s.prog.LatestDate()
	case durationType:
		return Duration{Days: 1}
	case scalarType:
		return v.t.scalar.some
	}
	return s.prog.one(v.t.dim)
}

// between is a value of a type less than hi and, where there is one, greater than lo; nil
// where none is. It is a round one where it can be: 299 km below 300 km.
func between(t *Type, lo *bound, hi Value) Value {
	switch hi := hi.(type) {
	case Date:
		d, err := num.Date(hi).AddDays(-1)
		if err != nil || lo != nil && Date(d) <= lo.v.(Date) {
			return nil
		}
		return Date(d)
	case Duration:
		return betweenDurations(lo, num.Duration(hi))
	case Number:
		return betweenNumbers(t, lo, hi)
	case scalarValue:
		if lo == nil {
			return t.scalar.nearest(hi, true, nil)
		}
		return t.scalar.nearest(hi, true, lo.v)
	}
	return nil
}

func betweenDurations(lo *bound, hi num.Duration) Value {
	d, err := hi.Add(num.Duration{Days: -1})
	if err != nil || lo != nil && d.Cmp(num.Duration(lo.v.(Duration))) <= 0 {
		return nil // at most a fraction of a day lies between, which no case has
	}
	return Duration(d)
}

// betweenNumbers prefers the next smaller whole number in hi's unit, else half way.
func betweenNumbers(t *Type, lo *bound, hi Number) Value {
	unit := &unitOfMeasure{dim: hi.dim, factor: num.Int(1)}
	if hi.unit != nil {
		unit = hi.unit
	}
	if n, err := hi.n.Sub(unit.factor); err == nil && (lo == nil || n.Cmp(lo.v.(Number).n) > 0) {
		return Number{n: n, dim: hi.dim, unit: hi.unit}
	}
	if lo == nil || t.integer {
		return nil
	}
	sum, err := hi.n.Add(lo.v.(Number).n)
	if err == nil {
		sum, err = sum.Div(num.Int(2))
	}
	if err != nil {
		return nil
	}
	return Number{n: sum, dim: hi.dim, unit: hi.unit}
}

// beyond is a value greater than v.
func beyond(v Value) Value {
	switch v := v.(type) {
	case Date:
		if d, err := num.Date(v).AddDays(1); err == nil {
			return Date(d)
		}
	case Duration:
		if d, err := num.Duration(v).Add(num.Duration{Days: 1}); err == nil {
			return Duration(d)
		}
	case scalarValue:
		return v.scalar().nearest(v, false, nil)
	case Number:
		step := num.Int(1)
		if v.unit != nil {
			step = v.unit.factor
		}
		if n, err := v.n.Add(step); err == nil {
			return Number{n: n, dim: v.dim, unit: v.unit}
		}
	}
	return nil
}
