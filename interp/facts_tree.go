package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// written is the value of a type that an expression says, as a fact of a test or as a
// default. It hangs on nothing but the program.
func (p *Program) written(e lang.Expr, t *Type, within spot) (Value, *lang.Diagnostic) {
	at := spot{within.src, e.Range(), within.spell}
	word, quoted, isWord := wordOf(e)
	if isWord && !quoted {
		if v, d, ok := noneOf(word, t, at); ok {
			return v, d
		}
	}
	if t.elem != nil {
		return p.writtenElements(e, t, at)
	}
	if x, ok := inside(e); ok {
		if _, quoted, isWord := wordOf(x); isWord && !quoted && t.freeText() {
			return nil, at.errorf(code.FactType, "a text in parentheses stands in quotes")
		}
		return p.written(x, t, at)
	}
	if v, d, ok := p.literal(e, t, at); ok {
		return v, d
	}
	switch t.basic {
	case boolType:
		if isWord && !quoted {
			return parseBool(word, at)
		}
	case numberType, dateType, durationType, scalarType:
		if !isWord {
			return p.computed(e, t, at)
		}
	default:
		if isWord {
			return p.wordAs(word, t, at)
		}
	}
	c := code.FactType
	if t.basic == dateType {
		c = code.FactDate
	}
	wrong := at.errorf(c, "expected %s%s, not `%s`", article(t), p.exampleUnit(t, "300"), lang.FormatExpr(e))
	p.valueMeant(wrong, word, at)
	return nil, wrong
}

// wordOf is a text, or a name, number, date or literal that can stand for one without quotes.
func wordOf(e lang.Expr) (word string, quoted, ok bool) {
	switch e := e.(type) {
	case *lang.Text:
		return e.Value, true, true
	case *lang.Ref:
		return strings.Join(refNames(e), "."), false, true
	case *lang.Number:
		return e.Text, false, e.Unit == ""
	case *lang.DateLit:
		return e.Text, false, true
	case *lang.Literal:
		return e.Text, false, true
	}
	return "", false, false
}

// freeText says whether any text is a value of the type.
func (t *Type) freeText() bool {
	return t.basic == textType || t.basic == thingType && t.kind.TextIds
}

// wordAs is a text, a choice or a thing by its word.
func (p *Program) wordAs(word string, t *Type, at spot) (Value, *lang.Diagnostic) {
	switch {
	case len(word) > p.options.Limits.Text:
		return nil, p.textTooLong(at)
	case t.basic == enumType:
		return chooseEnum(t, word, at)
	case t.basic == thingType:
		return identify(t.kind, word, at)
	}
	return t.textValue(word, at)
}

// noneOf is what the word none says of a type, unless it is the name of one of its values.
func noneOf(word string, t *Type, at spot) (v Value, d *lang.Diagnostic, ok bool) {
	switch {
	case word != "none", t.enum != nil && t.enum.has(word), t.basic == thingType && t.kind.Ids != nil && t.kind.Ids.has(word):
		return nil, nil, false
	case t.optional:
		return None{}, nil, true
	case t.elem != nil:
		d = at.errorf(code.FactType, "`none` says that there is no value, and this is %s, which always is one: no members are written `()`", article(t))
		d.Fix = &lang.Fix{Label: "did you mean `()`?", Span: at.span, Replacement: "()"}
	case t.freeText():
		d = at.errorf(code.FactType, "`none` says that there is no value, and there always is one here: the text is written `\"none\"`")
		d.Fix = &lang.Fix{Label: "did you mean `\"none\"`?", Span: at.span, Replacement: `"none"`}
	}
	return nil, d, d != nil
}

// inside is what stands in parentheses alone.
func inside(e lang.Expr) (lang.Expr, bool) {
	switch e := e.(type) {
	case *lang.Paren:
		return e.X, true
	case *lang.Tuple:
		if len(e.Elems) == 1 {
			return e.Elems[0], true
		}
	}
	return nil, false
}

// literal is a number, a date, a duration or a literal written out.
func (p *Program) literal(e lang.Expr, t *Type, at spot) (v Value, d *lang.Diagnostic, ok bool) {
	sign := ""
	if minus, is := e.(*lang.Unary); is && minus.Op == lang.Sub {
		sign, e = "-", minus.X
	}
	switch e := e.(type) {
	case *lang.DateLit:
		if day, err := num.ParseDate(e.Text); err == nil && t.basic == dateType && sign == "" {
			return Date(day), nil, true
		}
	case *lang.Literal:
		if t.basic == scalarType && sign == "" {
			v, d = t.parseScalar(e.Text, at)
			return v, d, true
		}
	case *lang.Number:
		n, err := num.Parse(sign + e.Text)
		switch {
		case err != nil:
			return nil, at.errorf(code.FactType, "%s", err), true
		case t.basic == numberType && !num.IsDurationUnit(e.Unit):
			v, d = p.quantity(n, sign+e.Text, e.Unit, t, at)
			return v, d, true
		case t.basic == durationType:
			length, whole := num.DurationOf(n, e.Unit)
			return Duration(length), nil, whole
		}
	}
	return nil, nil, false
}

// computed is the value of an expression without facts. The rules' own arithmetic works
// it out.
func (p *Program) computed(e lang.Expr, t *Type, at spot) (Value, *lang.Diagnostic) {
	k := p.rechecker(at.src)
	x := k.operand(e, t, scope{})
	if len(k.l.diags) > 0 {
		d := k.l.diags[0]
		if d.Code == code.UnknownName {
			d.Message, d.Fix = "a value hangs on no fact, as it does on `"+at.src.Slice(d.Span)+"`", nil
		}
		d.Code = code.FactType
		return nil, d
	}
	if k.readsDate {
		return nil, at.errorf(code.FactType, "a value does not hang on the date of the case: write the day")
	}
	if got := x.typ(); got.basic != t.basic || got.dim != t.dim || got.scalar != t.scalar {
		return nil, at.errorf(code.FactType, "expected %s, and `%s` is %s", article(t), lang.FormatExpr(e), article(got))
	}
	s := &state{c: p.NewCase()}
	v := x.value(s)
	switch {
	case s.err != nil:
		return nil, at.errorf(code.FactType, "%s", s.err)
	case v == nil || isNone(v):
		return nil, at.errorf(code.FactType, "expected %s, not `%s`", article(t), lang.FormatExpr(e))
	}
	if n, is := v.(Number); is {
		return v, t.notWhole(n.n, at)
	}
	return v, nil
}

// writtenElements is a set or a list: its elements in parentheses, or one alone.
func (p *Program) writtenElements(e lang.Expr, t *Type, at spot) (Value, *lang.Diagnostic) {
	elems := []lang.Expr{e}
	switch e := e.(type) {
	case *lang.Tuple:
		elems = e.Elems
	case *lang.Paren:
		elems = []lang.Expr{e.X}
	}
	if t.elem.basic == thingType && !t.elem.kind.Identified() && len(elems) > 0 {
		return nil, at.errorf(code.FactType, "a list of %s is told as JSON", t.elem.kind.Name)
	}
	values := make([]Value, 0, len(elems))
	for _, x := range elems {
		if _, ok := x.(*lang.Interval); ok {
			return nil, spot{at.src, x.Range(), at.spell}.errorf(code.FactType, "a fact lists its elements one by one: `%s` is none", lang.FormatExpr(x))
		}
		v, d := p.written(x, t.elem, at)
		if d != nil {
			return nil, d
		}
		values = append(values, v)
	}
	return p.collection(values, t, at)
}
