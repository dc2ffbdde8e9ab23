package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// needsHas warns where conditions that stand together compare an optional
// attribute and never ask whether it has a value: none makes the comparison
// false, which under a not is easily overlooked.
func (k *checker) needsHas(cs ...cond) {
	h := &hasFinder{asked: map[string]int{}}
	for _, c := range cs {
		h.find(c)
	}
	for _, c := range h.compared {
		if name := k.asked(c.path).fact(); h.asked[name] == 0 {
			h.asked[name]++ // once is enough
			d := k.errorf(lang.NeedsHas, c.at, "`%s` may have no value, and then this comparison is false: ask `has %s` too, so that a reader sees what is meant", name, name)
			d.Fix = &lang.Fix{Label: "did you mean `has " + name + " and " + lang.FormatExpr(c.at) + "`?", Span: c.at.Range(), Replacement: "(has " + name + " and " + lang.FormatExpr(c.at) + ")"}
		}
	}
}

// wanted says whether a condition that is left out is a has that needsHas would ask for.
func wanted(left cond, parts []part) bool {
	if p, ok := left.(*partOf); ok {
		left = p.cond
	}
	has, ok := left.(*hasCond)
	if !ok {
		return false
	}
	h := &hasFinder{asked: map[string]int{}}
	for _, pt := range parts {
		h.find(pt.c)
	}
	name := has.path.fact()
	return h.asked[name] == 1 && slices.ContainsFunc(h.compared, func(c comparison) bool { return c.path.fact() == name })
}

// hasFinder collects what has is asked of and which optional attributes are
// compared. It does not look into terms, which are checked where they are defined.
type hasFinder struct {
	asked    map[string]int
	compared []comparison
}

type comparison struct {
	path *path
	at   lang.Expr
}

func (h *hasFinder) find(c cond) {
	switch c := c.(type) {
	case *allCond:
		h.all(c.xs)
	case *anyCond:
		h.all(c.xs)
	case *tallyCond:
		h.all(c.xs)
	case *notCond:
		h.find(c.x)
	case *impliesCond:
		h.all([]cond{c.x, c.y})
	case *quantCond:
		h.find(c.body)
	case *hasCond:
		h.asked[c.path.fact()]++
	case *boolCond:
		h.operand(c.x, c.expr)
	case *elemCond:
		h.operand(c.x, c.expr)
		h.operand(c.set, c.expr)
	case *setCond:
		h.operand(c.set, c.expr)
	case *groupCond:
		h.operand(c.subject, c.expr)
	case *compareCond:
		h.operand(c.x, c.expr)
		h.operand(c.y, c.expr)
	case *listedCond:
		h.operand(c.x, c.expr)
	case *likeCond:
		h.operand(c.x, c.expr)
	case *withinCond:
		h.operand(c.x, c.expr)
		h.operand(c.y, c.expr)
	}
}

func (h *hasFinder) all(cs []cond) {
	for _, c := range cs {
		h.find(c)
	}
}

func (h *hasFinder) operand(o operand, e lang.Expr) {
	switch o := o.(type) {
	case *path:
		if o.optional() && e != nil {
			h.compared = append(h.compared, comparison{o, e})
		}
	case *arith:
		h.operand(o.x, e)
		h.operand(o.y, e)
	case *negative:
		h.operand(o.x, e)
	case *call:
		for _, a := range o.args {
			h.operand(a, e)
		}
	}
}
