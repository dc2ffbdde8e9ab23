package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/stdlib"
)

// thousands warns of the numbers in values whose point may be meant to set thousands apart: three
// digits stand behind it, and they are of an amount of money or the like, or end with 0.
func (k *checker) thousands(values ...lang.Expr) {
	for _, e := range values {
		switch e := e.(type) {
		case *lang.Paren:
			k.thousands(e.X)
		case *lang.Unary:
			k.thousands(e.X)
		case *lang.Binary: // a fact
			k.thousands(e.Y)
		case *lang.Tuple:
			k.thousands(e.Elems...)
		case *lang.Number:
			k.thousandsOf(e)
		}
	}
}

func (k *checker) thousandsOf(n *lang.Number) {
	meant := lang.Thousands(n.Text)
	if meant == "" || !strings.HasSuffix(n.Text, "0") && !k.ownUnit(n.Unit) {
		return
	}
	d := k.errorf(code.DecimalsOrThousands, n, "the point is a decimal point, so that this is a thousandth of `%s`: is that what is meant?", meant)
	d.Notes = append(d.Notes, lang.Note{Text: "write `" + meant + "` for thousands, and for a decimal number fewer or more digits behind the point"})
}

// ownUnit says whether a unit is of a dimension that the standard library does not have.
func (k *checker) ownUnit(name string) bool {
	u, ok := k.prog.unit(name)
	if !ok || u.dim == "" {
		return false
	}
	_, standard := stdlib.Dimensions[k.prog.dimName(u.dim)]
	return !standard
}
