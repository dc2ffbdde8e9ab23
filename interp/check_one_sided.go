package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// oneSided warns of x != a or x != b, which always holds, and of x = a and x = b, which never does.
func (k *checker) oneSided(parts []lang.Expr, op lang.Op, sc scope) {
	if op == lang.Or {
		k.contrary(parts, true, "or", "and", "always holds, since nothing is both", sc)
	} else {
		k.contrary(parts, false, "and", "or", "never holds, since nothing is both", sc)
	}
}

func (k *checker) contrary(parts []lang.Expr, not bool, word, meant, says string, sc scope) {
	if len(parts) > 100 { // a list, which nobody wrote by hand
		return
	}
	for i, p := range parts {
		x, values := k.listedValues(p, not, sc)
		if x == "" {
			continue
		}
		for j := i + 1; j < len(parts); j++ {
			y, others := k.listedValues(parts[j], not, sc)
			if x != y || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(others, v) }) {
				continue
			}
			d := k.errorf(code.OneSided, lang.Span{Start: p.Range().Start, End: parts[j].Range().End},
				"`%s %s %s` %s: did you mean `%s`?", lang.FormatExpr(p), word, lang.FormatExpr(parts[j]), says, meant)
			if j == i+1 {
				in := " in ("
				if not {
					in = " not in ("
				}
				better := x + in + strings.Join(append(slices.Clone(values), others...), ", ") + ")"
				d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: d.Span, Replacement: better}
			}
			return
		}
	}
}

// listedValues is x and the constants of x = a and x in (a, b), or with not of x != a and x not
// in (a, b); x is "" of other conditions.
func (k *checker) listedValues(e lang.Expr, not bool, sc scope) (x string, values []string) {
	var elems []lang.Expr
	var of lang.Expr
	switch e := e.(type) {
	case *lang.Binary:
		if e.Op == map[bool]lang.Op{true: lang.Ne, false: lang.Eq}[not] {
			of, elems = e.X, []lang.Expr{e.Y}
		}
	case *lang.In:
		if tuple, ok := e.Target.(*lang.Tuple); ok && e.Not == not && e.X != nil {
			of, elems = e.X, tuple.Elems
		}
	}
	if ref, ok := of.(*lang.Ref); !ok || !k.isPath(ref, sc) {
		return "", nil
	}
	for _, el := range elems {
		switch el := el.(type) {
		case *lang.Number:
			n, err := num.Parse(el.Text)
			if err != nil {
				return "", nil
			}
			values = append(values, strings.TrimSpace(n.String()+" "+el.Unit))
		default:
			if !k.maybeValue(el, sc) {
				return "", nil
			}
			values = append(values, lang.FormatExpr(el))
		}
	}
	return lang.FormatExpr(of), values
}

// isPath says whether a reference reads a fact.
func (k *checker) isPath(ref *lang.Ref, sc scope) bool {
	first := &lang.Ref{Span: ref.Span, Path: ref.Path[:1]}
	return k.isFact(first, sc)
}
