package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/stdlib"
)

// operand checks an expression with a value. want is the type expected, for names
// and numbers that mean nothing by themselves, or nil. After a problem, which has
// been reported, it is nil.
func (k *checker) operand(e lang.Expr, want *Type, sc scope) operand {
	k.goOn()
	switch e := e.(type) {
	case *lang.Paren:
		return k.operand(e.X, want, sc)
	case *lang.Number:
		return k.number(e, want)
	case *lang.DateLit:
		return &constant{Date(k.date(e.Text)), typeDate}
	case *lang.Literal:
		return k.literal(e)
	case *lang.Text:
		return k.text(e, want)
	case *lang.Ref:
		return k.refOperand(e, want, sc)
	case *lang.Unary:
		if e.Op == lang.Sub {
			return k.negative(e, want, sc)
		}
	case *lang.Binary:
		switch e.Op {
		case lang.Add, lang.Sub, lang.Mul, lang.Div:
			return k.arith(e, want, sc)
		}
	case *lang.Call:
		return k.call(e, sc)
	case *lang.Tuple:
		return k.tuple(e, sc)
	case *lang.Quant:
		if e.Op == lang.Count {
			q := k.quant(e, sc)
			if q == nil {
				return nil
			}
			return &countOf{*q}
		}
	case *lang.Aggregate:
		if a := k.aggregate(e, sc); a != nil {
			return a
		}
		return nil
	case nil:
		return nil
	}
	if want != nil && want.basic == boolType || isCondition(e) {
		return &truthValue{k.cond(e, sc)}
	}
	k.errorf(code.TypeMismatch, e, "`%s` is no value", lang.FormatExpr(e))
	return nil
}

// literal is an address, a moment or a time of day. What is wrong with it has been said.
func (k *checker) literal(e *lang.Literal) operand {
	t := typeOfLiteral(e.Form())
	if e.Form() == lang.NetworkLiteral {
		k.errorf(code.TypeMismatch, e, "`%s` is a network, and no value: whether an address lies in it is asked with `in`", e.Text)
		return nil
	}
	v, err := t.scalar.read(e.Text)
	if err != nil {
		return nil
	}
	return &constant{v, t}
}

func isCondition(e lang.Expr) bool {
	switch e := e.(type) {
	case *lang.Is, *lang.In, *lang.Has, *lang.Like, *lang.Under, *lang.Within, *lang.AtLeast, *lang.SetQuant, *lang.Quant, *lang.Binary:
		return true
	case *lang.Unary:
		return e.Op == lang.Not
	}
	return false
}

func wholeNumber(n *lang.Number) (int, bool) {
	v, err := num.Parse(n.Text)
	if err != nil || n.Unit != "" {
		return 0, false
	}
	i, ok := v.Int64()
	return int(i), ok && i >= 0 && i <= 1<<30
}

// unquoted reports a number in the place of a text: 9A515, 8526.
func (k *checker) unquoted(e *lang.Number, want *Type) {
	what, written := "a text", e.Text
	switch {
	case want.foldOf() != nil:
		what = "a " + want.foldOf().name
	case want.basic == thingType:
		what = "the identity of " + article(want)
	}
	if e.Unit != "" {
		if int(e.UnitSpan.Start) > int(e.Span.Start)+len(e.Text) {
			written += " "
		}
		written += e.Unit
	}
	written = lang.Quote(written)
	d := k.errorf(code.TypeMismatch, e, "%s is written in double quotes", what)
	d.Fix = &lang.Fix{Label: "did you mean `" + written + "`?", Span: e.Span, Replacement: written}
}

// number is a literal: a pure number, a quantity, or a duration (30 days). Days
// and weeks are a quantity where one of time is wanted.
func (k *checker) number(e *lang.Number, want *Type) operand {
	if want != nil && (want.basic == textType || want.basic == thingType) {
		k.unquoted(e, want)
		return nil
	}
	n, err := num.Parse(e.Text)
	if err != nil {
		k.errorf(code.TypeMismatch, e, "%s", err)
		return nil
	}
	k.thousandsOf(e)
	wantTime := want != nil && want.basic == numberType && want.dim != ""
	if num.IsDurationUnit(e.Unit) && !wantTime {
		d, ok := num.DurationOf(n, e.Unit)
		if !ok {
			k.errorf(code.TypeMismatch, e, "a duration is a whole number of days, weeks, months or years")
			return nil
		}
		return &constant{Duration(d), typeDuration}
	}
	if num.IsDurationUnit(e.Unit) {
		return k.days(e, n, want)
	}
	if e.Unit == "" {
		return &constant{Number{n: n}, typeNumber}
	}
	u, ok := k.unit(e, want)
	if !ok {
		return nil
	}
	v, err := u.convert(n)
	if err != nil {
		k.errorf(code.TypeMismatch, e, "%s", err)
		return nil
	}
	return &constant{v, k.quantityType(u.dim)}
}

// quantityType is the type of the quantities of a dimension; one for each.
func (k *checker) quantityType(d num.Dim) *Type {
	t := k.quantities[d]
	if t == nil {
		t = &Type{basic: numberType, dim: d, dimName: k.prog.dimName(d)}
		k.quantities[d] = t
	}
	return t
}

// days is a number of days or weeks as a quantity of time.
func (k *checker) days(e *lang.Number, n num.Number, want *Type) operand {
	d, ok := num.DurationOf(n, e.Unit)
	second, known := k.prog.units["s"]
	if !ok || d.Months != 0 || !known || want.dim != second.dim {
		k.errorf(code.DimensionMismatch, e, "`%s` is a duration, and %s is expected", e.Unit, article(want))
		return nil
	}
	return &constant{Number{n: num.Int(int64(d.Days) * 86_400), dim: want.dim, unit: second}, want}
}

// text is a text literal, or in quotes the name of a thing.
func (k *checker) text(e *lang.Text, want *Type) operand {
	if want == nil || want.basic != thingType {
		if want != nil && want.basic == textType && want.fold != nil {
			v, d := want.textValue(e.Value, k.spot(e))
			if d != nil {
				d.Code = code.UnknownValue
				k.report(d)
				return nil
			}
			return &constant{v, want}
		}
		return &constant{Text(e.Value), typeText}
	}
	v, d := identify(want.kind, e.Value, k.spot(e))
	if d != nil {
		d.Code = code.UnknownValue
		k.report(d)
		return nil
	}
	return &constant{v.(*Thing).ID, want}
}

// refOperand is a name or path with a value: a value of the type wanted, or a fact.
func (k *checker) refOperand(e *lang.Ref, want *Type, sc scope) operand {
	if len(e.Path) == 1 {
		if c := k.namedValue(e, want, sc); c != nil {
			return c
		}
		if e.Path[0].Text == "as_of" && k.bound("as_of", sc) == nil {
			k.readsDate = true
			return &caseDate{}
		}
		if !k.isFact(e, sc) {
			if v := k.valueNamed(e.Path[0].Text); v != nil {
				return v
			}
		}
		if want != nil && k.isChoice(want) && !k.isFact(e, sc) {
			k.unknownValue(e, want)
			return nil
		}
		if name := e.Path[0].Text; k.prog.terms[name] != nil && !k.isFact(e, sc) {
			return &truthValue{k.refCond(e, sc)}
		}
	}
	p := k.path(e, sc)
	if p == nil {
		return nil
	}
	return p
}

// namedValue is a word that means a value of the type wanted, or nil.
func (k *checker) namedValue(e *lang.Ref, want *Type, sc scope) operand {
	if want == nil {
		return nil
	}
	name := e.Path[0].Text
	switch want.basic {
	case enumType:
		if i, ok := want.enum.find(name, false); ok {
			return &constant{Choice{want.enum, i}, want}
		}
	case thingType:
		if want.kind.Ids != nil {
			if i, ok := want.kind.Ids.find(name, false); ok {
				return &constant{Choice{want.kind.Ids, i}, want}
			}
		}
	case boolType:
		if (name == "yes" || name == "no") && !k.isFact(e, sc) {
			return &constant{Bool(name == "yes"), typeBool}
		}
	}
	return nil
}

func (k *checker) isChoice(t *Type) bool {
	return t.basic == enumType || t.basic == thingType && t.kind.Ids != nil
}

// isFact says whether a single name can be read from the case here.
func (k *checker) isFact(e *lang.Ref, sc scope) bool {
	name := e.Path[0].Text
	if k.bound(name, sc) != nil || sc.self != nil && sc.self.index[name] != nil {
		return true
	}
	return sc.roles && (k.roles[name] != nil || k.prog.whole.index[name] != nil)
}

// path resolves a dotted name to a fact.
func (k *checker) path(e *lang.Ref, sc scope) *path {
	if e == nil || len(e.Path) == 0 {
		return nil
	}
	p := k.root(e, sc)
	if p == nil {
		return nil
	}
	rest := e.Path
	if p.root != selfRoot && p.root != caseRoot {
		rest = rest[1:]
	}
	for _, n := range rest {
		kind := p.t.kind
		if p.t.basic != thingType {
			if k.fullStop(n) || k.foreignAttribute(e, p, n) {
				return nil
			}
			k.errorf(code.UnknownAttribute, n, "`%s` is %s and has no attributes", p.fact(), article(p.t))
			return nil
		}
		a, ok := kind.index[n.Text]
		if !ok {
			k.unknownAttribute(p, kind, n)
			return nil
		}
		p.attrs = append(p.attrs, a)
		p.t = a.Type
	}
	return k.intern(*p)
}

// root is what the first name of a path stands for, as a path without attributes.
func (k *checker) root(e *lang.Ref, sc scope) *path {
	first := e.Path[0]
	for i, v := range sc.vars {
		if v.name == first.Text {
			return &path{root: varRoot, index: i, name: v.name, kind: v.t.kind, t: v.t}
		}
	}
	if sc.self != nil {
		if sc.self.index[first.Text] != nil {
			return k.selfPath(sc.self)
		}
		k.unknownInTerm(e, sc)
		return nil
	}
	if r := k.roles[first.Text]; r != nil && sc.roles {
		p := *k.rolePath(r)
		return &p
	}
	if k.prog.whole.index[first.Text] != nil && sc.roles {
		return &path{root: caseRoot, kind: k.prog.whole, t: &Type{basic: thingType, kind: k.prog.whole}}
	}
	k.unknownInCase(e, sc)
	return nil
}

// tuple is a list written out, of values of one type.
func (k *checker) tuple(e *lang.Tuple, sc scope) operand {
	t := &tupleOperand{}
	for _, x := range e.Elems {
		var want *Type
		if t.t != nil {
			want = t.t.elem
		}
		o := k.operand(x, want, sc)
		if o == nil || want != nil && !k.comparable(x, want, o.typ()) {
			return nil
		}
		if t.t == nil {
			t.t = &Type{basic: listType, elem: o.typ()}
		}
		t.elems = append(t.elems, o)
	}
	if t.t == nil {
		k.errorf(code.TypeMismatch, e, "a list written out has at least one member")
		return nil
	}
	return t
}

// call checks a function's arguments against its signature.
func (k *checker) call(e *lang.Call, sc scope) operand {
	fn, own := k.fns[e.Fun.Text], k.prog.own[e.Fun.Text]
	if own != nil {
		fn = &own.Function
	}
	if fn == nil && k.foreignCall(e, sc) {
		return nil
	}
	if fn == nil {
		k.misspelt(code.UnknownFunction, e.Fun, e.Fun.Text, func() []string { return append(keys(k.fns), keys(k.prog.own)...) }, "there is no function `%s`", e.Fun.Text)
		return nil
	}
	if len(e.Args) != len(fn.Params) && !(fn.Variadic && len(e.Args) >= len(fn.Params)) {
		k.errorf(code.BadArguments, e, "%s takes %s, and here %s", fn.Signature(), count(len(fn.Params), "argument"), stand(len(e.Args)))
		return nil
	}
	c := &call{at: at{e}, fn: fn, own: own}
	var generic *Type
	for i, a := range e.Args {
		param := fn.Params[min(i, len(fn.Params)-1)]
		var want *Type
		switch {
		case own != nil:
			want = own.params[i]
		case param == "T":
			want = generic
		}
		x := k.operand(a, want, sc)
		if x == nil {
			return nil
		}
		fits := own != nil && own.takes(want, x.typ()) || own == nil && accepts(fn, param, x.typ(), &generic)
		if !fits {
			d := k.errorf(code.BadArguments, a, "%s wants %s here, and this is %s", fn.Signature(), paramText(param, want), article(x.typ()))
			if f := x.typ().foldOf(); f != nil {
				d.Notes = append(d.Notes, lang.Note{Text: "a " + f.name + " is asked by " + f.ask + ", past how it is written"})
			}
			return nil
		}
		c.args = append(c.args, x)
	}
	if c.t = resultType(fn.Result, generic); own != nil {
		c.t = own.result
	} else if isLocal(fn) && !k.zone(e.Args[1], c.args[1]) {
		return nil
	}
	return c
}

func count(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return num.Int(int64(n)).String() + " " + what + "s"
}

func stand(n int) string {
	if n == 1 {
		return "stands one"
	}
	return "stand " + num.Int(int64(n)).String()
}

func paramText(param string, want *Type) string {
	if want != nil {
		return article(want)
	}
	return "a value of type " + param
}

// accepts says whether a type fits a parameter; T is bound by its first use.
func accepts(fn *stdlib.Function, param string, t *Type, generic **Type) bool {
	if len(param) > 8 && (param[:8] == "list of " || param[:7] == "set of ") {
		inner := param[8:]
		if param[:4] == "set " {
			inner = param[7:]
		}
		return t.elem != nil && accepts(fn, inner, t.elem, generic)
	}
	if s := typeOfScalar(param); s != nil {
		return t.scalar == s.scalar
	}
	switch param {
	case "any":
		return true
	case "T":
		if !slices.Contains(fn.Over, over(t)) {
			return false
		}
		if *generic == nil {
			*generic = t
			return true
		}
		return (*generic).same(t)
	case "text":
		return t.foldOf() == nil && (t.basic == textType || t.basic == enumType || t.basic == thingType && t.kind.Identified())
	case "number":
		return t.basic == numberType && t.dim == ""
	case "bool":
		return t.basic == boolType
	case "date":
		return t.basic == dateType
	case "duration":
		return t.basic == durationType
	}
	return false
}

// over is the word by which functions say what T may stand for.
func over(t *Type) string {
	switch {
	case t.basic == numberType && t.dim == "":
		return "number"
	case t.basic == numberType:
		return "quantity"
	case t.basic == dateType:
		return "date"
	case t.basic == durationType:
		return "duration"
	}
	return ""
}

func resultType(result string, generic *Type) *Type {
	if t := typeOfScalar(result); t != nil {
		return t
	}
	switch result {
	case "bool":
		return typeBool
	case "number":
		return typeNumber
	case "date":
		return typeDate
	case "duration":
		return typeDuration
	case "T":
		plain := *generic
		plain.optional, plain.integer = false, false
		return &plain
	case "list of text":
		return &Type{basic: listType, elem: typeText}
	}
	return typeText
}
