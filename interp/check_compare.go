package interp

import (
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// compare checks X = Y and the like. A bare word takes its type from the other side.
func (k *checker) compare(e *lang.Binary, sc scope) cond {
	if c := k.membersCond(e, sc); c != nil {
		return c
	}
	if to, ok := e.Y.(*lang.Literal); ok && to.Form() == lang.NetworkLiteral && (e.Op == lang.Eq || e.Op == lang.Ne) {
		in := map[bool]string{true: " in ", false: " not in "}[e.Op == lang.Eq]
		k.instead(e, "no address is equal to a network: whether it lies in it is asked with `in`", lang.FormatExpr(e.X)+in+to.Text)
		return lost(e)
	}
	x, y := k.pair(e, sc)
	if x == nil || y == nil || k.needlessQuotes(e.Y, x.typ()) || k.needlessQuotes(e.X, y.typ()) ||
		k.missingUnit(e.Y, x.typ()) || k.missingUnit(e.X, y.typ()) || !k.comparable(e, x.typ(), y.typ()) {
		return lost(e)
	}
	if e.Op != lang.Eq && e.Op != lang.Ne && !ordered(x.typ()) {
		k.errorf(code.NoOrder, e, "%s has no order: only = and != can be asked", article(x.typ()))
		return lost(e)
	}
	if t := x.typ(); t.basic == thingType && !t.kind.Identified() {
		k.errorf(code.TypeMismatch, e, "a %s has no identity to compare", t.kind.Name)
		return lost(e)
	}
	k.inexactDates(e, x, y)
	k.networkAsText(e.X, e.Y)
	return &compareCond{at{e}, e.Op, x, y}
}

// networkAsText warns of texts to compare with that are networks of addresses.
func (k *checker) networkAsText(compared ...lang.Expr) {
	for _, e := range compared {
		if text, ok := e.(*lang.Text); ok && lang.IsNetwork(text.Value) {
			k.networkText(e, text.Value)
			return
		}
	}
}

func (k *checker) networkText(at lang.Node, text string) {
	d := k.errorf(code.NetworkAsText, at, "`%s` is compared as a text, letter by letter: no address is equal to it", text)
	d.Notes = append(d.Notes, lang.Note{Text: lang.NetworkAdvice})
}

// missingUnit reports a number that stands alone where a quantity is wanted.
func (k *checker) missingUnit(e lang.Expr, want *Type) bool {
	n, ok := e.(*lang.Number)
	if !ok || n.Unit != "" || want.basic != numberType || want.dim == "" {
		return false
	}
	k.errorf(code.MissingUnit, n, "%s stands beside %s and needs a unit%s", n.Text, article(want), k.prog.exampleUnit(want, n.Text))
	return true
}

// needlessQuotes reports a value of an enumeration, or a date, that is written as a text.
func (k *checker) needlessQuotes(e lang.Expr, want *Type) bool {
	text, ok := e.(*lang.Text)
	if !ok {
		return false
	}
	var d *lang.Diagnostic
	switch _, notADate := num.ParseDate(text.Value); {
	case want.basic == enumType && want.enum.has(text.Value):
		d = k.errorf(code.TypeMismatch, e, "`%s` is one of %s, and those are written without quotes", text.Value, listNames(want.enum.Names()))
	case want.basic == dateType && notADate == nil:
		d = k.errorf(code.TypeMismatch, e, "a date is written without quotes")
	case want.basic == scalarType && want.readable(text.Value):
		d = k.errorf(code.TypeMismatch, e, "%s is written without quotes", want.scalar.noun())
	default:
		return false
	}
	d.Fix = &lang.Fix{Label: "did you mean `" + text.Value + "`?", Span: e.Range(), Replacement: text.Value}
	return true
}

// pair checks the two sides, first the one whose type is clear by itself. A word that is
// called like a value of the other side is that value.
func (k *checker) pair(e *lang.Binary, sc scope) (x, y operand) {
	if (k.needsType(e.X, sc) || k.isValueOf(e.X, e.Y, sc)) && !k.needsType(e.Y, sc) {
		if y = k.operand(e.Y, nil, sc); y != nil && !k.foreignValue(e, e.X, e.Y, y.typ(), sc) {
			x = k.operand(e.X, y.typ(), sc)
		}
		return x, y
	}
	if x = k.operand(e.X, nil, sc); x != nil && !k.foreignValue(e, e.Y, e.X, x.typ(), sc) {
		y = k.operand(e.Y, x.typ(), sc)
	}
	return x, y
}

// isValueOf says whether a word on the left is a value of the type on the right, and the
// right no value of its.
func (k *checker) isValueOf(x, y lang.Expr, sc scope) bool {
	word, ok := x.(*lang.Ref)
	of, isRef := y.(*lang.Ref)
	if !ok || !isRef || len(word.Path) > 1 || k.namedValue(word, k.typeNow(y, sc), sc) == nil {
		return false
	}
	return len(of.Path) > 1 || k.namedValue(of, k.typeNow(x, sc), sc) == nil
}

// needsType says whether an expression is a literal or a word that no fact has.
func (k *checker) needsType(e lang.Expr, sc scope) bool {
	switch e := e.(type) {
	case *lang.Ref:
		return len(e.Path) == 1 && !k.isFact(e, sc)
	case *lang.Number, *lang.Text:
		return true
	case *lang.Paren:
		return k.needsType(e.X, sc)
	}
	return false
}

// comparable says whether values of two types can be compared, and reports where not.
func (k *checker) comparable(at lang.Node, x, y *Type) bool {
	if x.same(y) {
		return true
	}
	if (x.basic == thingType && x.kind.TextIds && y.basic == textType || y.basic == thingType && y.kind.TextIds && x.basic == textType) && x.foldOf() == y.foldOf() {
		return true
	}
	if x.basic == numberType && y.basic == numberType {
		if x.dim == "" || y.dim == "" {
			t := x
			if x.dim == "" {
				t = y
			}
			k.errorf(code.MissingUnit, at, "a number without a unit stands beside %s%s", article(t), k.prog.exampleUnit(t, "300"))
		} else {
			k.rateBetween(k.errorf(code.DimensionMismatch, at, "%s cannot be compared with %s", article(x), article(y)), x, y)
		}
		return false
	}
	d := k.errorf(code.TypeMismatch, at, "%s cannot be compared with %s", article(x), article(y))
	for _, t := range []*Type{x, y} {
		if t.basic == scalarType && (x.basic == textType || y.basic == textType) {
			d.Notes = append(d.Notes, lang.Note{Text: "what is " + t.scalar.noun() + " has the type `" + t.scalar.name + "`"})
		}
	}
	if x.scalar == momentScalar && y.basic == dateType || y.scalar == momentScalar && x.basic == dateType {
		d.Notes = append(d.Notes, lang.Note{Text: "the day of a moment is one in a zone: local_date(x, \"Europe/Berlin\")"})
	}
	if x.basic == textType && y.basic == textType {
		d.Notes = append(d.Notes, lang.Note{Text: "codes and names are compared past how they are written, each in its own way, and a text as it is written: declare both in one way"})
	}
	return false
}

func (k *checker) negative(e *lang.Unary, want *Type, sc scope) operand {
	if n, ok := e.X.(*lang.Number); ok { // -3 degC is three below zero, not minus 276.15 K
		minus := *n
		minus.Text = "-" + n.Text
		return k.number(&minus, want)
	}
	x := k.operand(e.X, want, sc)
	if x == nil {
		return nil
	}
	if b := x.typ().basic; b != numberType && b != durationType {
		k.errorf(code.TypeMismatch, e, "only numbers, quantities and durations can be negative")
		return nil
	}
	if c, ok := x.(*constant); ok {
		return &constant{(&negative{x: c}).value(nil), c.t}
	}
	return &negative{x}
}

// arith checks + - * / and finds the type of the result.
func (k *checker) arith(e *lang.Binary, want *Type, sc scope) operand {
	if want != nil && (want.basic != numberType && want.basic != dateType && want.basic != durationType || e.Op == lang.Mul || e.Op == lang.Div) {
		want = nil
	}
	x := k.operand(e.X, want, sc)
	y := k.operand(e.Y, want, sc)
	if x == nil || y == nil {
		return nil
	}
	for i, o := range []operand{x, y} {
		if c, ok := o.(*constant); ok && onScale(c.v) {
			k.errorf(code.TypeMismatch, []lang.Expr{e.X, e.Y}[i], "a temperature in %s is a point on a scale, with which nothing can be computed: write the result, or K", c.v.(Number).unit.name)
			return nil
		}
	}
	t := arithType(e.Op, x.typ(), y.typ())
	if t == nil {
		c, words := code.TypeMismatch, map[lang.Op]string{lang.Add: "added to", lang.Sub: "taken from", lang.Mul: "multiplied with", lang.Div: "divided by"}[e.Op]
		a, b := x.typ(), y.typ()
		if a.basic == numberType && b.basic == numberType {
			c = code.DimensionMismatch
		}
		if e.Op == lang.Sub {
			a, b = b, a
		}
		k.rateBetween(k.errorf(c, e, "%s cannot be %s %s", article(a), words, article(b)), a, b)
		return nil
	}
	if t.basic == numberType {
		t.dimName = k.prog.dimName(t.dim)
	}
	if c := fold(e, x, y, t); c != nil {
		return c
	}
	return &arith{at{e}, e.Op, x, y, t}
}

// rateBetween tells how amounts in two currencies come together.
func (k *checker) rateBetween(d *lang.Diagnostic, x, y *Type) {
	a, b := string(x.dim), string(y.dim)
	if k.prog.currency(a) && k.prog.currency(b) {
		d.Notes = append(d.Notes, lang.Note{Text: "a rate is a value with a name, by which an amount is multiplied, as in: value rate = 0.9 " + a + "/" + b + " since 2025-01-01"})
	}
}

// onScale says whether a quantity was written in a unit whose zero is not zero.
func onScale(v Value) bool {
	n, ok := v.(Number)
	return ok && n.unit != nil && n.unit.offset.Sign() != 0
}

// fold computes constants once, at check time; what fails is left to fail when it is met.
func fold(e *lang.Binary, x, y operand, t *Type) operand {
	a, aok := x.(*constant)
	b, bok := y.(*constant)
	if !aok || !bok {
		return nil
	}
	v, err := compute(e.Op, a.v, b.v)
	if err != nil {
		return nil
	}
	if n, ok := v.(Number); ok {
		n.dim = t.dim
		v = n
	}
	return &constant{v, t}
}

func arithType(op lang.Op, x, y *Type) *Type {
	sum := op == lang.Add || op == lang.Sub
	switch {
	case x.basic == numberType && y.basic == numberType:
		switch {
		case sum && x.dim == y.dim:
			return &Type{basic: numberType, dim: x.dim}
		case op == lang.Mul:
			return &Type{basic: numberType, dim: num.DimMul(x.dim, y.dim)}
		case op == lang.Div:
			return &Type{basic: numberType, dim: num.DimDiv(x.dim, y.dim)}
		}
	case x.basic == dateType && y.basic == durationType && sum:
		return typeDate
	case x.basic == durationType && y.basic == dateType && op == lang.Add:
		return typeDate
	case x.basic == dateType && y.basic == dateType && op == lang.Sub:
		return typeDuration
	case x.basic == durationType && y.basic == durationType && sum:
		return typeDuration
	case x.basic == durationType && y.basic == numberType && y.dim == "" && op == lang.Mul,
		x.basic == numberType && x.dim == "" && y.basic == durationType && op == lang.Mul:
		return typeDuration
	}
	return nil
}

// withinCond checks X within 90 days before Y.
func (k *checker) withinCond(e *lang.Within, sc scope) cond {
	x, y := k.operand(e.X, typeDate, sc), k.operand(e.Y, typeDate, sc)
	amount := k.number(e.Amount, nil)
	if x == nil || y == nil || amount == nil {
		return lost(e)
	}
	for i, o := range []operand{x, y} {
		if o.typ().basic != dateType {
			k.errorf(code.TypeMismatch, []lang.Expr{e.X, e.Y}[i], "`within` compares dates, and this is %s", article(o.typ()))
			return lost(e)
		}
	}
	d, ok := amount.(*constant).v.(Duration)
	if !ok {
		k.errorf(code.TypeMismatch, e.Amount, "`within` wants a duration here, such as 90 days")
		return lost(e)
	}
	rel := *e
	rel.Not = false
	w := &withinCond{at: at{&rel}, x: x, y: y}
	if e.Dir.Text != "after" {
		w.before = num.Duration(d)
	}
	if e.Dir.Text != "before" {
		w.after = num.Duration(d)
	}
	if e.Not {
		return denied(e, w)
	}
	return w
}
