package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// aggregate checks sum of V for p in L where C, and min of, max of and average of; nil after a problem.
func (k *checker) aggregate(e *lang.Aggregate, sc scope) operand {
	q := k.overList(e, e.Op, e.Var, e.List, sc)
	if q == nil {
		return nil
	}
	inner := sc.bind(q.name, q.list.typ().elem)
	if q.body = (&constCond{t: True}); e.Where != nil {
		q.body = k.cond(e.Where, inner)
	}
	of := k.operand(e.X, nil, inner)
	if of == nil || isLost(q.body) {
		return nil
	}
	t := of.typ()
	if !slices.Contains(aggregated[e.Op], over(t)) {
		k.notAggregated(e, t)
		return nil
	}
	plain := *t
	plain.optional, plain.integer = false, false
	a := &aggregate{quantCond: *q, of: of, t: &plain}
	k.memberNeedsHas(e, a)
	return a
}

// aggregated are the types of what is added up, or compared.
var aggregated = map[lang.Op][]string{
	lang.SumOf: {"number", "quantity"}, lang.AverageOf: {"number", "quantity"},
	lang.MinOf: {"number", "quantity", "date", "duration"}, lang.MaxOf: {"number", "quantity", "date", "duration"},
}

var aggregateNames = map[lang.Op]string{lang.SumOf: "sum", lang.AverageOf: "average", lang.MinOf: "smallest", lang.MaxOf: "largest"}

// notAggregated reports a value of a type that is not added up, or has no order.
func (k *checker) notAggregated(e *lang.Aggregate, t *Type) {
	what := lang.FormatExpr(e.X)
	switch {
	case t.elem != nil:
		k.errorf(code.TypeMismatch, e.X, "`%s` is %s, and a value of each member is wanted here", what, article(t))
	case over(t) != "" && (e.Op == lang.SumOf || e.Op == lang.AverageOf):
		k.errorf(code.TypeMismatch, e.X, "`%s` is %s, and numbers and quantities alone are added up", what, article(t))
	case t.basic == boolType && e.Op == lang.SumOf:
		d := k.errorf(code.TypeMismatch, e.X, "`%s` is yes or no: of how many members it holds is asked with `count`", what)
		words := "count " + e.Var.Text + " in " + lang.FormatExpr(e.List) + " has " + what
		if e.Where == nil {
			d.Fix = &lang.Fix{Label: "did you mean `" + words + "`?", Span: e.Span, Replacement: "(" + words + ")"}
		}
	default:
		k.errorf(code.TypeMismatch, e.X, "`%s` is %s, and numbers, quantities, dates and durations are wanted here", what, article(t))
	}
}

// memberNeedsHas warns where what is computed of the members of a list may have no value for one of
// them, and the where does not ask for it: the whole has then none.
func (k *checker) memberNeedsHas(e *lang.Aggregate, a *aggregate) {
	h := &hasFinder{}
	h.find(a.body)
	absentWith(a.of, func(p *path) {
		if !p.optional() || h.guards(p.present()) > 0 {
			return
		}
		p = p.present()
		h.asked = append(h.asked, p)
		name := p.fact()
		d := k.errorf(code.NeedsHas, e.X, "`%s` may have no value, and then the %s has none either, and every comparison with it is false: ask `has %s` behind `where`", name, aggregateNames[e.Op], name)
		better := *e
		better.Where = &lang.Has{X: &lang.Ref{Path: []lang.Name{{Text: name}}}}
		if e.Where != nil {
			better.Where = &lang.Binary{Op: lang.And, X: better.Where, Y: e.Where}
		}
		words := lang.FormatExpr(&better)
		if before, behind := strings.TrimRight(k.src.Text[:e.Start], " \t\r\n"), strings.TrimLeft(k.src.Text[e.End:], " \t\r\n"); !strings.HasSuffix(before, "(") || !strings.HasPrefix(behind, ")") {
			words = "(" + words + ")"
		}
		d.Fix = &lang.Fix{Label: "did you mean `" + words + "`?", Span: e.Span, Replacement: words}
	})
}
