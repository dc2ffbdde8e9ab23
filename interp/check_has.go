package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// needsHas warns where conditions that stand together compare what may have no value and
// never ask whether it has one: none makes the comparison false, whether it is denied in
// it (not in) or not, which under a not is easily overlooked.
func (k *checker) needsHas(cs ...cond) {
	h := &hasFinder{}
	for _, c := range cs {
		h.find(c)
	}
	for _, c := range h.compared {
		if h.guards(c.path) > 0 {
			continue
		}
		h.asked = append(h.asked, c.path) // once is enough
		name, words := c.path.fact(), lang.FormatExpr(c.at)
		if c.among {
			k.errorf(code.NeedsHas, c.at, "`%s` may have no value, and then nothing is equal to it in `%s`: ask `has %s` too, so that a reader sees what is meant", name, words, name)
			continue
		}
		d := k.errorf(code.NeedsHas, c.at, "`%s` may have no value, and then this comparison is false: ask `has %s` too, so that a reader sees what is meant", name, name)
		better := "(has " + name + " and " + words + ")"
		d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: c.at.Range(), Replacement: better}
	}
}

// wanted says whether a condition that is left out is a has that needsHas would ask for.
func wanted(left cond, clauses []clause) bool {
	if p, ok := left.(*partOf); ok {
		left = p.cond
	}
	has, ok := left.(*hasCond)
	if !ok {
		return false
	}
	h := &hasFinder{}
	for _, cl := range clauses {
		h.find(cl.c)
	}
	return slices.ContainsFunc(h.compared, func(c comparison) bool {
		return h.guards(c.path) == 1 && leadsTo(has.path, c.path)
	})
}

// hasFinder collects what has is asked of and what is compared that may have no value.
// It does not look into terms, which are checked where they are defined.
type hasFinder struct {
	asked    []*path
	compared []comparison
}

// comparison is a relation that reads what may have no value.
type comparison struct {
	path  *path // up to what may be none
	at    lang.Expr
	among bool // it is one of several that something may be equal to
}

// guards is how many of the questions asked tell that a path leads to something.
func (h *hasFinder) guards(p *path) int {
	n := 0
	for _, a := range h.asked {
		if leadsTo(a, p) {
			n++
		}
	}
	return n
}

// leadsTo says whether a path leads along another: where the one has a value, so has the other.
func leadsTo(a, p *path) bool {
	return a.fact() == p.fact() || strings.HasPrefix(a.fact(), p.fact()+".")
}

func (h *hasFinder) find(c cond) {
	switch c := c.(type) {
	case *hasCond:
		h.asked = append(h.asked, c.path)
	case *termCond:
	case *deniedCond:
		h.relation(c.rel, c.expr, true)
	case *constCond, *allCond, *anyCond, *notCond, *impliesCond, *tallyCond:
		eachPart(c, h.find, h.operand)
	default:
		h.relation(c, c.node(), false)
	}
}

// relation finds what a relation compares, and what conditions there are within it.
func (h *hasFinder) relation(c cond, e lang.Expr, denied bool) {
	alone := map[operand]bool{}
	needed(c, func(o operand) { alone[o] = true })
	several := false // it may be equal to one of several
	switch c := c.(type) {
	case *listedCond:
		several = len(c.elems) > 1
	case *setCond:
		several = len(c.target.elems) > 1
	}
	eachPart(c, h.find, func(o operand) {
		absentWith(o, func(p *path) {
			if p.optional() && e != nil {
				h.compared = append(h.compared, comparison{p.present(), e, !alone[o] && !denied && several})
			}
		})
		h.operand(o)
	})
}

func (h *hasFinder) operand(o operand) { eachOperandPart(o, h.find, h.operand) }
