package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// result is the result of a call with known arguments, as a fact of a case.
type result struct {
	own  *ownFunction
	call string
}

// resultNamed finds a result by its name.
func (p *Program) resultNamed(name string) (result, *lang.Diagnostic) {
	e, src, ds := lang.ParseExpr("fact", name)
	at := spot{src: src, span: lang.Span{End: uint32(len(name))}}
	call, ok := e.(*lang.Call)
	if ds.HasErrors() || !ok {
		return result{}, at.errorf(code.UnknownFact, "`%s` is no call of a function", name)
	}
	return p.result(call, at)
}

// result finds the function that a call calls, and its arguments.
func (p *Program) result(e *lang.Call, at spot) (result, *lang.Diagnostic) {
	name := e.Fun.Text
	own := p.own[name]
	nameAt := spot{at.src, e.Fun.Range(), at.spell}
	switch {
	case own == nil && isStandard(name):
		return result{}, nameAt.errorf(code.UnknownFact, "`%s` is a function of the standard library: what it gives is known, and not told", name)
	case own == nil:
		return result{}, nameAt.suggest(nameAt.errorf(code.UnknownFact, "the rules declare no function `%s`", name), name, func() []string { return keys(p.own) })
	case own.declared == nil:
		return result{}, nameAt.errorf(code.UnknownFact, "the rules do not declare the function `%s`, so that what it gives cannot be told: declare it, as in `function %s`", name, own.Signature())
	case len(e.Args) != len(own.params):
		return result{}, at.errorf(code.UnknownFact, "%s takes %s, and here %s", own.Signature(), count(len(own.params), "argument"), stand(len(e.Args)))
	}
	args := make([]any, len(e.Args))
	for i, a := range e.Args {
		v, d := p.argument(a, own.params[i], at)
		if d != nil {
			return result{}, d
		}
		args[i], _ = toNative(v)
	}
	return result{own, p.callOf(own, args)}, nil
}

// argument is the value of an argument. A word without quotes could be taken for a fact.
func (p *Program) argument(e lang.Expr, t *Type, at spot) (Value, *lang.Diagnostic) {
	elems := []lang.Expr{e}
	if list, ok := e.(*lang.Tuple); ok && t.elem != nil {
		elems = list.Elems
	}
	for _, x := range elems {
		if ref, ok := x.(*lang.Ref); ok && t.Member().freeText() {
			quoted := lang.Quote(lang.FormatExpr(ref))
			d := at.errorf(code.FactType, "what a function gives is told of values, and a text stands in quotes: %s", quoted)
			d.Span = ref.Range()
			d.Fix = &lang.Fix{Label: "did you mean `" + quoted + "`?", Span: d.Span, Replacement: quoted}
			return nil, d
		}
	}
	return p.written(e, t, at)
}

// putResult stores what a call gives unless this call of Tell has said another.
func (t *teller) putResult(r result, v Value, at spot) *lang.Diagnostic {
	if old, said := t.said[r.call]; said && !equalValues(old.Value, v) {
		return at.errorf(code.Contradiction, "`%s` is said to be %s and %s", r.call, old.Value, v)
	}
	t.said[r.call] = Fact{r.call, v}
	t.c.tellResult(r.call, v)
	return nil
}

// assignResult adds a fact such as risk("Acme") = 3.
func (t *teller) assignResult(e *lang.Call, at spot, value func(*Type) (Value, *lang.Diagnostic)) *lang.Diagnostic {
	r, d := t.c.prog.result(e, spot{at.src, e.Range(), at.spell})
	if d != nil {
		return d
	}
	v, d := value(r.own.result)
	if d != nil {
		return d
	}
	return t.putResult(r, v, at)
}

// flagResult adds a fact such as cleared("Acme") or not cleared("Acme").
func (t *teller) flagResult(e *lang.Call, v bool, at spot) *lang.Diagnostic {
	r, d := t.c.prog.result(e, spot{at.src, e.Range(), at.spell})
	switch {
	case d != nil:
		return d
	case r.own.result.basic != boolType:
		return at.errorf(code.NotAFact, "`%s` is %s: say which with `=`", r.call, article(r.own.result))
	}
	return t.putResult(r, Bool(v), at)
}

// cutResult cuts a fact such as risk("Acme") = 3 behind the call, of which it gives the tree.
func cutResult(text string) (call *lang.Call, value string, ok bool) {
	depth := 0
	for _, t := range lang.Tokens(text) {
		switch {
		case t.Text == "(":
			depth++
		case t.Text == ")":
			depth--
		case depth > 0:
		case t.Text == "=":
			e, _, ds := lang.ParseExpr("fact", text[:t.Start])
			call, isCall := e.(*lang.Call)
			return call, text[t.End:], isCall && !ds.HasErrors()
		}
	}
	return nil, "", false
}

// setResult stores a result that comes as a Go value.
func (c *Case) setResult(name string, v any) *lang.Diagnostic {
	r, d := c.prog.resultNamed(name)
	if d != nil {
		return d
	}
	val, d := c.prog.fromGo(v, r.own.result, name, c.prog.options.Limits.Levels)
	if d == nil {
		c.tellResult(r.call, val)
	}
	return d
}
