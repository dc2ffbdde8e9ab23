package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// needed checks a fact that a test expects to be asked for.
func (k *checker) needed(t *Test, x lang.Expr) {
	switch x := x.(type) {
	case *lang.Ref:
		if len(x.Path) == 1 && x.Path[0].Text == caseDateName {
			return
		}
		if p := k.path(x, scope{roles: true}); p != nil && p.isAttr() && p.lastAttr().Open {
			t.terms[k.prog.terms[p.lastAttr().Name]] = true
		}
		return
	case *lang.Call:
		if _, d := k.prog.result(x, spot{src: k.src, span: x.Span}); d != nil {
			k.report(d)
		}
		return
	case *lang.In:
		if membershipOf(x) != "" {
			k.cond(x, scope{roles: true})
			return
		}
	}
	k.errorf(code.NotAFact, x, "`%s` is no fact that could be asked for: one is such as `item.range`, `buyer in Denied` or `risk(\"Acme\")`", k.src.Slice(x.Range()))
}
