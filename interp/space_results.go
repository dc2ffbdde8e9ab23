package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
)

// resultKey is a call on a day, as conditions ask for its result.
type resultKey struct {
	words string
	on    Date
}

// comparedResult is the result of a function that nobody brings, or what is computed of the members of
// a list, where a condition compares it with a constant. It is a value like that of any fact: nothing
// keeps it from being known.
func (v *variable) comparedResult() (key resultKey, with *constant, ok bool) {
	if v.pair == nil {
		return key, nil, false
	}
	o, with, _ := v.withConstant()
	if b, is := o.(bounded); with != nil && is && !anyOperand(b, mayFail) {
		if key.words = v.pair.word(o); dated(v.opaque.key.c) {
			key.on = Date(v.opaque.key.on)
		}
		return key, with, true
	}
	c, isCall := o.(*call)
	if with == nil || !isCall || c.own == nil || c.own.declared == nil || c.own.brought() {
		return key, nil, false
	}
	for _, a := range c.args {
		if _, isPath := a.(*path); !isPath && constantOf(a) == nil {
			return key, nil, false
		}
	}
	return resultKey{v.pair.word(o), Date(v.opaque.key.on)}, with, true
}

// withConstant is what an opaque comparison compares with a constant, and whether the constant stands first;
// it is nil where no side comes to one.
func (v *variable) withConstant() (o operand, with *constant, first bool) {
	on := v.opaque.key.on
	if with = constantOf(folded(v.pair.y, on)); with != nil {
		return v.pair.x, with, false
	}
	return v.pair.y, constantOf(folded(v.pair.x, on)), true
}

// mayFail says whether an operand may be one that cannot be evaluated.
func mayFail(o operand) bool {
	switch o.(type) {
	case *arith, *call:
		return true
	}
	return false
}

func constantOf(o operand) *constant {
	c, _ := o.(*constant)
	return c
}

// resultLinks holds the comparisons of one result with several constants to one another: what is
// at least 6 is at least 5 too.
func (k *compiler) resultLinks() dd.Node {
	var order []resultKey
	by := map[resultKey][]*variable{}
	for _, v := range k.s.vars {
		if key, _, ok := v.comparedResult(); ok {
			if by[key] == nil {
				order = append(order, key)
			}
			by[key] = append(by[key], v)
		}
	}
	f := dd.True
	for _, key := range order {
		for i, v := range by[key] {
			for _, w := range by[key][:i] {
				if k.stop(); k.err != nil {
					return f
				}
				f = k.and(f, k.resultLink(v, w))
			}
		}
	}
	return f
}

// resultLink is the cells of two comparisons of a result that go together.
func (k *compiler) resultLink(v, w *variable) dd.Node {
	f := dd.False
	for i := range v.pair.orders {
		var with []int
		for j := range w.pair.orders {
			if v.agrees(w, i, j) {
				with = append(with, j)
			}
		}
		f = k.or(f, k.and(k.keep(k.s.Store.Literal(v.index, []int{i})), k.keep(k.s.Store.Literal(w.index, with))))
	}
	return f
}

// agrees says whether a result can stand so to the constant of v and so to that of w.
func (v *variable) agrees(w *variable, i, j int) bool {
	a, x := v.resultOrder(i)
	b, y := w.resultOrder(j)
	if a == pairAbsent || b == pairAbsent {
		return a == b
	}
	if !ordered(v.pair.x.typ()) {
		same := equalValues(x, y)
		return a == pairEqual && b == pairEqual == same || a == pairUnequal && (b == pairUnequal || !same)
	}
	if apart := strangers(x, y); apart || a == pairUnequal || b == pairUnequal { // of two families of addresses it is in one
		return apart == ((a == pairUnequal) != (b == pairUnequal)) && (!apart || a != b)
	}
	switch order := compareOrder(x, y); {
	case order == 0:
		return a == b
	case order > 0:
		a, b = b, a
	}
	// The first constant is the smaller one now.
	return slices.Contains([][2]pairOrder{{pairLess, pairLess}, {pairEqual, pairLess}, {pairGreater, pairLess}, {pairGreater, pairEqual}, {pairGreater, pairGreater}}, [2]pairOrder{a, b})
}

// resultOrder is how the result stands to the constant in a cell, and that constant.
func (v *variable) resultOrder(cell int) (pairOrder, Value) {
	_, with, first := v.withConstant()
	o := v.pair.orders[cell]
	if first {
		switch o {
		case pairLess:
			o = pairGreater
		case pairGreater:
			o = pairLess
		}
	}
	return o, with.v
}

// ResultTrials are the calls on whose results a diagram hangs in a case, where nobody knows them,
// with values that are worth trying.
//
// Unstable: it serves package analysis, and changes with it.
func (s *Space) ResultTrials(f dd.Node, c *Case) []Trial {
	var out []Trial
	used := s.usedByOpaque(f)
	for _, i := range s.Store.Support(f) {
		if s.vars[i].opaque == nil {
			continue
		}
		for _, missing := range s.missingResults(s.vars[i], c) {
			if slices.ContainsFunc(out, func(t Trial) bool { return t.Fact == missing.name }) {
				continue
			}
			if values := s.trialValues(missing.result.result, used); len(values) > 0 {
				out = append(out, Trial{missing.name, values})
			}
		}
	}
	return out
}
