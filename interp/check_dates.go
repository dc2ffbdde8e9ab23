package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// inexactDates warns where a difference of two dates, which is a number of days, is compared
// with months or years, which are not always as many days. It offers the comparison of
// dates that is exact.
func (k *checker) inexactDates(e *lang.Binary, x, y operand) {
	span, other, op := e.X, e.Y, e.Op
	if !hasDifference(x) {
		x, y, span, other, op = y, x, e.Y, e.X, turned[e.Op]
	}
	if !hasDifference(x) || !hasMonths(y) {
		return
	}
	difference, ok := withoutParens(span).(*lang.Binary)
	if !ok || !isDifference(x) || hasDifference(y) {
		k.inexact(e, span, "")
		return
	}
	// later - earlier >= 18 years, of the calendar: earlier + 18 years <= later
	k.inexact(e, span, sumAfter(difference, other)+" "+turned[op].String()+" "+lang.FormatExpr(difference.X))
}

// inexactDatesIn warns of the same where a difference is sought in durations.
func (k *checker) inexactDatesIn(e *lang.In, x operand, elems []element) {
	months, differences := false, hasDifference(x)
	exact := isDifference(x)
	for _, el := range elems {
		for _, bound := range []operand{el.lo, el.hi} {
			if bound != nil {
				months = months || hasMonths(bound)
				differences = differences || hasDifference(bound)
				exact = exact && !hasDifference(bound)
			}
		}
	}
	if !differences || !months && !hasMonths(x) {
		return
	}
	if !hasDifference(x) {
		k.inexact(e, e.Target, "")
		return
	}
	difference, ok := withoutParens(e.X).(*lang.Binary)
	if !ok || !exact {
		k.inexact(e, e.X, "")
		return
	}
	// later - earlier in 18 years .. 65 years: later in earlier + 18 years .. earlier + 65 years
	in := " in "
	if e.Not {
		in = " not in "
	}
	k.inexact(e, e.X, lang.FormatExpr(difference.X)+in+targetAfter(difference, e.Target))
}

// inexact warns of a comparison, for which a better one may be known.
func (k *checker) inexact(e, span lang.Expr, better string) {
	d := k.errorf(code.InexactDates, e, "`%s` is a number of days, and months and years have not always as many: this is decided some days early or late", lang.FormatExpr(span))
	if better == "" {
		d.Notes = append(d.Notes, lang.Note{Text: "years_between and months_between count whole years and months from one date to another"})
		return
	}
	d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Range(), Replacement: better}
}

// sumAfter is the date some duration after the earlier of two dates.
func sumAfter(difference *lang.Binary, span lang.Expr) string {
	return lang.FormatExpr(difference.Y) + " + " + sumText(span)
}

// targetAfter is a tuple or an interval of durations as one of dates, so long after the earlier of two.
func targetAfter(difference *lang.Binary, target lang.Expr) string {
	switch t := target.(type) {
	case *lang.Tuple:
		var elems []string
		for _, el := range t.Elems {
			elems = append(elems, targetAfter(difference, el))
		}
		return "(" + strings.Join(elems, ", ") + ")"
	case *lang.Interval:
		return sumAfter(difference, t.Lo) + " .. " + sumAfter(difference, t.Hi)
	}
	return sumAfter(difference, target)
}

// turned is a comparison with its sides changed.
var turned = map[lang.Op]lang.Op{lang.Eq: lang.Eq, lang.Ne: lang.Ne, lang.Lt: lang.Gt, lang.Le: lang.Ge, lang.Gt: lang.Lt, lang.Ge: lang.Le}

// sumText is an expression as the right side of a plus.
func sumText(e lang.Expr) string {
	if b, ok := e.(*lang.Binary); ok && (b.Op == lang.Add || b.Op == lang.Sub) {
		return "(" + lang.FormatExpr(e) + ")"
	}
	return lang.FormatExpr(e)
}

func withoutParens(e lang.Expr) lang.Expr {
	for {
		p, around := e.(*lang.Paren)
		if !around {
			return e
		}
		e = p.X
	}
}

// isDifference says whether a duration is the difference of two dates.
func isDifference(o operand) bool {
	a, ok := o.(*arith)
	return ok && a.op == lang.Sub && a.x.typ().basic == dateType && a.y.typ().basic == dateType
}

// hasDifference says whether a duration is computed from a difference of two dates.
func hasDifference(o operand) bool {
	switch o := o.(type) {
	case *arith:
		return isDifference(o) || o.typ().basic == durationType && (hasDifference(o.x) || hasDifference(o.y))
	case *negative:
		return hasDifference(o.x)
	case *call:
		for _, a := range o.args {
			if o.typ().basic == durationType && hasDifference(a) {
				return true
			}
		}
	}
	return false
}

// hasMonths says whether a duration is written in months or years, or is a fact that may be.
func hasMonths(o operand) bool {
	switch o := o.(type) {
	case *constant:
		d, ok := o.v.(Duration)
		return ok && d.Months != 0
	case *path:
		return o.typ().basic == durationType
	case *arith:
		return o.typ().basic == durationType && (hasMonths(o.x) || hasMonths(o.y))
	case *negative:
		return hasMonths(o.x)
	case *call:
		for _, a := range o.args {
			if o.typ().basic == durationType && hasMonths(a) {
				return true
			}
		}
	}
	return false
}
