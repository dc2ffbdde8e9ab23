package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// wordsOfValues stand where a value with a name does, and mean something else there.
var wordsOfValues = map[string]string{
	"as_of": "is the date of the case, and no name for a value",
	"yes":   "is a value itself, and no name for another",
	"no":    "is a value itself, and no name for another",
	"none":  "says that a fact has no value, and is no name for one",
}

func (k *checker) declareValue(d *lang.NamedValue) {
	if means := wordsOfValues[d.Name.Text]; means != "" {
		k.errorf(code.BadNamedValue, d.Name, "`%s` %s", d.Name.Text, means)
		return
	}
	if k.claimName(k.names, d.Name, "a value") {
		k.prog.values[d.Name.Text] = &namedValue{name: d.Name.Text, decl: d, src: k.src}
	}
}

// defineValue works a value out when it is first needed, so that one that needs itself is found.
// One that has no meaning is taken away.
func (k *checker) defineValue(d *lang.NamedValue) {
	v := k.prog.values[d.Name.Text]
	if v == nil || v.decl != d || v.of != nil {
		return
	}
	if k.valueBusy[v] {
		k.errorf(code.BadNamedValue, d.Name, "`%s` is defined by itself: what a value is has to lead to numbers, dates or texts", v.name)
		return
	}
	if most := k.prog.options.Limits.Nesting; len(k.valueBusy) > most {
		k.errorf(code.TooMuch, d.Name, "values use one another more than %d deep", most)
		delete(k.prog.values, v.name)
		k.l.lost.name(v.name)
		return
	}
	k.valueBusy[v] = true
	src, outer := k.src, k.defining
	k.src, k.defining = v.src, v
	defer func() {
		k.src, k.defining = src, outer
		delete(k.valueBusy, v)
		if v.of == nil {
			delete(k.prog.values, v.name)
			k.l.lost.name(v.name)
		}
	}()
	of, t := k.datedValues(v.name, d)
	v.of, v.t = of, t
	v.replaced = k.replaced[v.name] || slices.ContainsFunc(v.from, func(w *namedValue) bool { return w.replaced })
}

// datedValues works out what a value is since when; nothing after a problem, which has been reported.
func (k *checker) datedValues(name string, d *lang.NamedValue) (of []datedValue, t *Type) {
	for i, x := range d.Values {
		one := datedValue{since: firstDay}
		if x.Since != nil {
			one.since = k.date(x.Since.Text)
		}
		if i > 0 && one.since <= of[i-1].since {
			k.outOfOrder(x, d.Values[i-1])
			return nil, nil
		}
		v, is := k.worthOf(x.Value)
		switch {
		case is == nil:
			return nil, nil
		case t == nil:
			t = is
		case !t.same(is):
			k.errorf(code.BadNamedValue, x.Value, "`%s` is %s here and %s before", name, article(is), article(t))
			return nil, nil
		}
		one.v = v
		of = append(of, one)
	}
	return of, t
}

// outOfOrder reports a value whose day is not behind the day before it.
func (k *checker) outOfOrder(x, before lang.DatedValue) {
	a, isNumber := before.Value.(*lang.Number)
	b, isDigits := x.Value.(*lang.Number)
	switch {
	case x.Since == nil && before.Since == nil && isNumber && isDigits && a.Unit == "" && b.Start == a.End+1:
		k.insteadOf(lang.Span{Start: a.Start, End: b.Start + uint32(len(b.Text))}, code.BadNamedValue, "a decimal number has a point", a.Text+"."+b.Text)
	case x.Since == nil:
		k.errorf(code.BadNamedValue, x.Value, "say since when it is this: a value of several stands with its first day, as in `%s since 2025-01-01`", lang.FormatExpr(x.Value))
	default:
		k.errorf(code.BadNamedValue, x.Since, "the days of a value stand in their order, and %s is not after %s", x.Since.Text, before.Since.Text)
	}
}

// worthOf is what an expression without facts comes to; no type after a problem, which has been reported.
func (k *checker) worthOf(e lang.Expr) (Value, *Type) {
	reads := k.readsDate
	k.readsDate = false
	x := k.operand(e, nil, scope{})
	hangs := k.readsDate
	k.readsDate = reads
	switch {
	case x == nil:
		return nil, nil
	case hangs || anyOperand(x, func(o operand) bool { v, is := o.(*valueOperand); return is && v.named.dated() }):
		k.errorf(code.BadNamedValue, e, "what a value is cannot depend on the date of the case: give it the days on which it changes, as in `0.16 since 2020-07-01, 0.19 since 2021-01-01`")
		return nil, nil
	case callsOwn(x):
		k.errorf(code.BadNamedValue, e, "what a function of the program around the rules gives is known only when a case is decided: call it where it is needed")
		return nil, nil
	}
	switch t := x.typ(); t.basic {
	case numberType, dateType, durationType, scalarType, textType:
		s := &state{c: &Case{prog: k.prog}}
		v := x.value(s)
		if s.err != nil || v == nil {
			k.errorf(code.BadNamedValue, e, "`%s` cannot be worked out: %v", lang.FormatExpr(e), s.err)
			return nil, nil
		}
		return v, t
	default:
		k.errorf(code.BadNamedValue, e, "`%s` is %s: a value is a number, a quantity, a date, a duration, an address, a moment, a time of day or a text; a condition with a name is a `term`", lang.FormatExpr(e), article(t))
	}
	return nil, nil
}

func callsOwn(o operand) bool {
	return anyOperand(o, func(o operand) bool { c, is := o.(*call); return is && c.own != nil })
}

// valueNamed is the value of a name, or nil where there is none.
func (k *checker) valueNamed(name string) operand {
	v := k.prog.values[name]
	if v == nil {
		return nil
	}
	if v.of == nil {
		k.defineValue(v.decl)
		if v.of == nil {
			return nil
		}
	}
	v.used.Store(true)
	if k.defining != nil {
		k.defining.from = append(k.defining.from, v)
	}
	if k.valuesOf != nil {
		if v = k.valuesOf.valueIn(name); v.of == nil {
			k.errorf(code.BadNamedValue, v.decl.Name, "`%s` is defined by itself: what a value is has to lead to numbers, dates or texts", name)
			v = k.prog.values[name]
		}
	}
	if v.dated() || v.replaced {
		return &valueOperand{v}
	}
	return &constant{v.of[0].v, v.t}
}
