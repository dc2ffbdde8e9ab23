package interp

import (
	"errors"
	"fmt"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// start is the thing a path begins at, or the plain value of a variable.
func (p *path) start(s *state) Value {
	switch p.root {
	case roleRoot:
		return s.c.things[p.index]
	case selfRoot:
		return s.self
	case caseRoot:
		return s.c.whole
	}
	return s.vars[p.index]
}

// value follows the path. A None on the way is the value; an unknown thing on the
// way leaves its attributes at their defaults, unless there may be no such thing.
func (p *path) value(s *state) Value {
	v := p.start(s)
	var of *Thing
	for i, a := range p.attrs {
		thing, ok := v.(*Thing)
		switch {
		case ok:
		case v != nil:
			return v
		case i > 0 && p.attrs[i-1].Type.optional:
			return p.unknownIn(s)
		default:
			thing = a.owner.blank
		}
		of, v = thing, thing.get(a)
	}
	if !unknown(v) {
		return v
	}
	if of != nil {
		if v := p.lastAttr().byScreening(of, s.date); v != nil {
			return v
		}
	}
	p.unknownIn(s)
	return v
}

// unknownIn notes that the path leads to what is not known.
func (p *path) unknownIn(s *state) Value {
	if s.missing != nil {
		s.missing.add(s, p)
	}
	return nil
}

// thing is what the path leads to, to ask a term of. Where there is none it is
// nil, with the truth of any term about it: false of none.
func (p *path) thing(s *state) (*Thing, Truth) {
	v := p.start(s)
	for _, a := range p.attrs {
		thing, ok := v.(*Thing)
		if !ok {
			if v != nil {
				return nil, False
			}
			thing = a.owner.blank
		}
		v = thing.get(a)
	}
	switch v := v.(type) {
	case *Thing:
		return v, True
	case nil:
		if p.optional() {
			p.unknownIn(s)
			return nil, Unknown
		}
		return p.t.kind.blank, True
	}
	return nil, False
}

// add notes a fact that was read and is unknown. Members of lists have no name to ask for.
func (m *missing) add(s *state, p *path) {
	if p.root == varRoot {
		return
	}
	if p.given() != nil {
		if thing := p.thingOf(); unknown(thing.value(&state{c: s.c, date: s.date, self: s.self, vars: s.vars})) {
			p = thing // from which it follows
		}
	}
	name := p.under(s.name)
	if m.seen[name] {
		return
	}
	m.seen[name] = true
	f := missingFact{name: name}
	if p.isAttr() {
		f.attr = p.lastAttr()
	}
	m.facts = append(m.facts, f)
}

func (c *constant) value(*state) Value { return c.v }

func (c *caseDate) value(s *state) Value {
	if s.undated() {
		return nil
	}
	return Date(s.date)
}

func (o *valueOperand) value(s *state) Value {
	if o.named.dated() && s.undated() {
		return nil
	}
	return o.named.on(s.date)
}

func (c *begunCond) truth(s *state) Truth {
	if c.named.dated() && s.undated() {
		return Unknown
	}
	return truth(c.named.of[0].since <= s.date)
}

// undated says whether nobody told the date of the case, and notes that it is missing.
func (s *state) undated() bool {
	if s.date != firstDay {
		return false
	}
	if s.missing != nil && !s.missing.seen[caseDateName] {
		s.missing.seen[caseDateName] = true
		s.missing.facts = append(s.missing.facts, missingFact{name: caseDateName})
	}
	return true
}

// memberOf says whether a thing of an identity is in a group on the date of the case: where
// that is not known of the day, it is as told. The path, if there is one, leads to the thing.
func (s *state) memberOf(g *Group, v Value, id string, p *path) Truth {
	m, listed := g.find(id)
	if listed && m.days != allDays && s.undated() {
		return Unknown
	}
	t := truth(listed && g.isIn(m, s.date))
	for _, d := range g.unsureOn(id, s.date) {
		t = t.or(s.toldIn(d.in, v, p))
	}
	if t != True && len(g.screens) > 0 {
		t = t.or(s.screened(g, v, p))
	}
	return t
}

// toldIn says whether a thing is told to be in a group.
func (s *state) toldIn(g *Group, v Value, p *path) Truth {
	told := toldOf(g, v)
	if told == Unknown && p != nil && g.unsure.told != nil {
		p.to(g.unsure.told).unknownIn(s)
	}
	return told
}

func (v *truthValue) value(s *state) Value {
	switch v.c.truth(s) {
	case True:
		return Bool(true)
	case False:
		return Bool(false)
	}
	return nil
}

func (n *negative) value(s *state) Value {
	switch v := n.x.value(s).(type) {
	case Number:
		return Number{n: v.n.Neg(), dim: v.dim, unit: v.unit}
	case Duration:
		return Duration(num.Duration(v).Neg())
	case None:
		return v
	}
	return nil
}

func (a *arith) value(s *state) Value {
	x, y := a.x.value(s), a.y.value(s)
	if isNone(x) || isNone(y) {
		return None{}
	}
	if x == nil || y == nil {
		return nil
	}
	v, err := compute(a.op, x, y)
	if err != nil {
		s.fail(a.expr, err)
		return nil
	}
	if n, ok := v.(Number); ok {
		n.dim = a.t.dim
		return n
	}
	return v
}

// compute is arithmetic on two known values whose types the checker has matched.
func compute(op lang.Op, x, y Value) (Value, error) {
	switch x := x.(type) {
	case Number:
		switch y := y.(type) {
		case Number:
			return computeNumbers(op, x, y)
		case Duration:
			return scale(num.Duration(y), x.n)
		}
	case Date:
		switch y := y.(type) {
		case Date:
			return Duration(num.Duration{Days: int32(num.Date(x).Sub(num.Date(y)))}), nil
		case Duration:
			by := num.Duration(y)
			if op == lang.Sub {
				by = by.Neg()
			}
			d, err := num.Date(x).Add(by)
			return Date(d), err
		}
	case Duration:
		switch y := y.(type) {
		case Date:
			d, err := num.Date(y).Add(num.Duration(x))
			return Date(d), err
		case Number:
			return scale(num.Duration(x), y.n)
		case Duration:
			by := num.Duration(y)
			if op == lang.Sub {
				by = by.Neg()
			}
			d, err := num.Duration(x).Add(by)
			return Duration(d), err
		}
	}
	return nil, errors.New("cannot compute")
}

func computeNumbers(op lang.Op, x, y Number) (Value, error) {
	var n num.Number
	var err error
	out := Number{}
	switch op {
	case lang.Add:
		n, err = x.n.Add(y.n)
		out.unit = x.unit
	case lang.Sub:
		n, err = x.n.Sub(y.n)
		out.unit = x.unit
	case lang.Mul:
		n, err = x.n.Mul(y.n)
		if y.dim == "" {
			out.unit = x.unit
		} else if x.dim == "" {
			out.unit = y.unit
		}
	default:
		n, err = x.n.Div(y.n)
		if y.dim == "" {
			out.unit = x.unit
		}
	}
	out.n = n
	return out, err
}

// scale is a duration a whole number of times.
func scale(d num.Duration, by num.Number) (Value, error) {
	n, whole := by.Int64()
	if !whole || n > 1_000_000 || n < -1_000_000 {
		return nil, errors.New("a duration can only be multiplied by a whole number up to a million")
	}
	months, days := int64(d.Months)*n, int64(d.Days)*n
	if months != int64(int32(months)) || days != int64(int32(days)) {
		return nil, errors.New("the duration is too long")
	}
	return Duration(num.Duration{Months: int32(months), Days: int32(days)}), nil
}

func (t *tupleOperand) value(s *state) Value {
	if !s.spend(len(t.elems) / elementsAStep) {
		return nil
	}
	out, known := make(List, len(t.elems)), true
	for i, e := range t.elems {
		if out[i] = e.value(s); isNone(out[i]) {
			return None{}
		}
		known = known && out[i] != nil
	}
	switch {
	case !known:
		return nil
	case t.t.basic == setType:
		return Set(out)
	}
	return out
}

func (c *call) value(s *state) Value {
	args := make([]any, len(c.args))
	all := true
	for i, a := range c.args {
		v := a.value(s)
		if isNone(v) {
			return None{}
		}
		if !s.read(v) {
			return nil
		}
		var known bool
		args[i], known = toNative(v)
		all = all && known
	}
	if !all || !s.step() {
		return nil
	}
	for i, arg := range args {
		if n, is := arg.(num.Number); is && c.own != nil && c.own.params[i].notWhole(n, spot{}) != nil {
			s.fail(c.expr, fmt.Errorf("%s takes a whole number here, not %s", c.fn.Name, n))
			return nil
		}
	}
	if c.own != nil && c.own.declared != nil {
		call := s.c.prog.callOf(c.own, args)
		if v := s.c.results[call]; v != nil || !c.own.brought() {
			return s.resultOf(c.own, call, v)
		}
	}
	out, err := c.call(s, args)
	if err != nil {
		s.fail(c.expr, err)
		return nil
	}
	if s.stopped {
		return nil
	}
	v, err := fromNative(out, c.t)
	if err != nil {
		s.fail(c.expr, err)
	}
	s.read(v)
	return v
}

// resultOf is the result that the case tells of a call, and notes where it is missing.
func (s *state) resultOf(own *ownFunction, call string, told Value) Value {
	m := s.missing
	switch {
	case m == nil:
	case told != nil:
		m.told = append(m.told, call)
	case !m.seen[call]:
		m.seen[call] = true
		m.facts = append(m.facts, missingFact{name: call, result: own})
	}
	return told
}

func (c *call) call(s *state, args []any) (any, error) {
	if c.own != nil {
		return c.own.within(s, args)
	}
	return c.fn.Call(args)
}

// toNative is a value as functions take it; not known where it or a part of it is unknown.
func toNative(v Value) (any, bool) {
	switch v := v.(type) {
	case Bool:
		return bool(v), true
	case Number:
		return v.n, true
	case Text:
		return string(v), true
	case Folded:
		return v.key, true
	case Choice:
		return v.Name(), true
	case Date:
		return num.Date(v), true
	case Duration:
		return num.Duration(v), true
	case scalarValue:
		return v.scalar().native(v), true
	case *Thing:
		if v.ID == nil {
			return nil, !v.Kind.Identified()
		}
		return toNative(v.ID)
	case List:
		return nativeList(v)
	case Set:
		return nativeList(v)
	}
	return nil, false
}

func nativeList(vs []Value) (any, bool) {
	out := make([]any, len(vs))
	for i, v := range vs {
		n, known := toNative(v)
		if !known {
			return nil, false
		}
		out[i] = n
	}
	return out, true
}

// textAs is a text that a function gave, as a value of its type.
func textAs(s string, t *Type) (Value, error) {
	e := t.enum
	switch {
	case t.basic == textType, t.basic == thingType && t.kind.TextIds:
		if t.foldOf().empty(s) {
			return nil, fmt.Errorf("`%s` is no name: a name has a letter or a digit", s)
		}
		return t.foldOf().value(s), nil
	case t.basic == thingType:
		e = t.kind.Ids
	}
	if i, ok := e.find(s, false); ok {
		return Choice{e, i}, nil
	}
	return nil, fmt.Errorf("the function gave `%s`, which is not %s", s, article(t))
}

// fromNative is what a function gave, as a value of the type the checker expects.
func fromNative(v any, t *Type) (Value, error) {
	if t.basic == scalarType && v != nil {
		return t.scalar.wrap(v), nil
	}
	switch v := v.(type) {
	case nil:
		return nil, nil
	case bool:
		return Bool(v), nil
	case num.Number:
		if d := t.notWhole(v, spot{}); d != nil {
			return nil, fmt.Errorf("the function gave %s, which is not %s", v, article(t))
		}
		return Number{n: v, dim: t.dim}, nil
	case string:
		return textAs(v, t)
	case num.Date:
		return Date(v), nil
	case num.Duration:
		return Duration(v), nil
	case []any:
		out := make(List, len(v))
		for i, x := range v {
			e, err := fromNative(x, t.elem)
			if err != nil {
				return nil, err
			}
			out[i] = e
		}
		return out, nil
	}
	return nil, errors.New("the function gave a value of a type that the language has not")
}
