package interp

import (
	"fmt"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// edit puts one condition in the place of another.
type edit struct {
	kind   VariantKind
	at, by cond
	text   string
}

// edits are the small changes to a condition, outside of the terms that it names.
func edits(c cond) []edit {
	switch c := c.(type) {
	case *allCond:
		return append(partEdits(c.xs, func(xs []cond) cond { return &allCond{c.at, xs} }, c), editsAll(c.xs)...)
	case *anyCond:
		return append(partEdits(c.xs, func(xs []cond) cond { return &anyCond{c.at, xs} }, c), editsAll(c.xs)...)
	case *notCond:
		return edits(c.x)
	case *impliesCond:
		return editsAll([]cond{c.x, c.y})
	case *tallyCond:
		return append(nudgedTally(c), editsAll(c.xs)...)
	case *compareCond:
		return nudged(c)
	}
	return nil
}

func editsAll(cs []cond) []edit {
	var out []edit
	for _, c := range cs {
		out = append(out, edits(c)...)
	}
	return out
}

// partEdits leave out each of several conditions. What is changed is found by the
// part left out, so that it is the part's place that is shown.
func partEdits(xs []cond, join func([]cond) cond, whole cond) []edit {
	var out []edit
	for i, x := range xs {
		rest := dropped(xs, i)
		by := join(rest)
		if len(rest) == 1 {
			by = rest[0]
		}
		words := "a condition"
		if x.node() != nil {
			words = "`" + lang.FormatExpr(x.node()) + "`"
		}
		out = append(out, edit{kind: VariantPart, at: &partOf{x, whole}, by: by, text: "without " + words})
	}
	return out
}

// nudged are a comparison with its ends taken in or left out, or turned round.
func nudged(c *compareCond) []edit {
	to, ok := map[lang.Op]lang.Op{lang.Lt: lang.Le, lang.Le: lang.Lt, lang.Gt: lang.Ge, lang.Ge: lang.Gt, lang.Eq: lang.Ne, lang.Ne: lang.Eq}[c.op]
	if !ok {
		return nil
	}
	d := *c
	d.op = to
	words := "the comparison"
	if c.node() != nil {
		words = "`" + lang.FormatExpr(c.node()) + "`"
	}
	return []edit{{kind: VariantNudged, at: c, by: &d, text: fmt.Sprintf("%s with `%s` for `%s`", words, to, c.op)}}
}

// nudgedTally are at least n and the like with one more or one less.
func nudgedTally(c *tallyCond) []edit {
	var out []edit
	for _, n := range []int{c.n - 1, c.n + 1} {
		d := *c
		d.n = n
		out = append(out, edit{kind: VariantNudged, at: c, by: &d, text: fmt.Sprintf("`%s` with %s for %s", lang.FormatExpr(c.node()), num.Int(int64(n)), num.Int(int64(c.n)))})
	}
	return out
}

// substitute is c with one of its conditions replaced.
func substitute(c, at, by cond) cond {
	if p, ok := at.(*partOf); ok {
		at = p.whole
	}
	if c == at {
		return by
	}
	switch c := c.(type) {
	case *allCond:
		return &allCond{c.at, substituteAll(c.xs, at, by)}
	case *anyCond:
		return &anyCond{c.at, substituteAll(c.xs, at, by)}
	case *notCond:
		return &notCond{c.at, substitute(c.x, at, by)}
	case *impliesCond:
		return &impliesCond{c.at, substitute(c.x, at, by), substitute(c.y, at, by)}
	case *tallyCond:
		d := *c
		d.xs = substituteAll(c.xs, at, by)
		return &d
	}
	return c
}

func substituteAll(cs []cond, at, by cond) []cond {
	out := make([]cond, len(cs))
	for i, c := range cs {
		out[i] = substitute(c, at, by)
	}
	return out
}
