package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// neededName is the name of a fact that a test expects to be asked for.
func (p *Program) neededName(x lang.Expr) string {
	switch x := x.(type) {
	case *lang.Ref:
		return strings.Join(refNames(x), ".")
	case *lang.In:
		return membershipOf(x)
	case *lang.Call:
		r, _ := p.result(x, spot{})
		return r.call
	}
	return ""
}

// membershipOf is the name of the fact that something is in a group; "" of what asks anything else.
func membershipOf(x *lang.In) string {
	thing, isRef := x.X.(*lang.Ref)
	group, named := x.Target.(*lang.Ref)
	if !isRef || !named || x.Not || len(group.Path) > 1 {
		return ""
	}
	return strings.Join(refNames(thing), ".") + ".in " + group.Path[0].Text
}
