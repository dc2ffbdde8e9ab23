package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// likeCond checks X like "pattern".
func (k *checker) likeCond(e *lang.Like, sc scope) cond {
	x := k.operand(e.X, nil, sc)
	if x == nil {
		return lost(e)
	}
	if t := x.typ(); t.basic != textType && t.basic != enumType && t.basic != thingType || t.basic == thingType && !t.kind.Identified() {
		k.errorf(code.TypeMismatch, e.X, "`like` compares a text with a pattern, and this is %s", article(t))
		return lost(e)
	}
	if lang.IsNetwork(e.Pattern.Value) {
		k.networkText(e.Pattern, e.Pattern.Value)
	}
	p := newGlob(e.Pattern.Value, x.typ().enumFold())
	if len(p.glob) == 0 && x.typ().enumFold() == nameFold {
		k.errorf(code.UnknownValue, e.Pattern, "no name is like this: a name has a letter or a digit")
		return lost(e)
	}
	rel := *e
	rel.Not = false
	c := &likeCond{at{&rel}, x, p}
	if e.Not {
		return denied(e, c)
	}
	return c
}

// underCond checks X under "code".
func (k *checker) underCond(e *lang.Under, sc scope) cond {
	x := k.operand(e.X, nil, sc)
	if x == nil {
		return lost(e)
	}
	f := x.typ().foldOf()
	if f != codeFold {
		k.noCode(e, x.typ())
		return lost(e)
	}
	p := newUnder(e.Code.Value, f)
	if !k.isParent(e, p, x.typ()) {
		return lost(e)
	}
	rel := *e
	rel.Not = false
	c := &likeCond{at{&rel}, x, p}
	if e.Not {
		return denied(e, c)
	}
	return c
}

// noCode reports an under of what is no code.
func (k *checker) noCode(e *lang.Under, t *Type) {
	d := k.errorf(code.TypeMismatch, e.X, "`under` asks of a code, and this is %s", article(t))
	switch {
	case t.basic == thingType && t.kind.TextIds && t.foldOf() == nil:
		d.Notes = append(d.Notes, lang.Note{Text: "declare `kind " + t.kind.Name + " = code`"})
	case t.basic == textType && t.fold == nil:
		d.Notes = append(d.Notes, lang.Note{Text: "declare it as a code: `" + lang.FormatExpr(e.X) + "` is one if `code` stands for `text` in its kind"})
	}
}

// isParent reports a code under which nothing can be.
func (k *checker) isParent(e *lang.Under, p *pattern, t *Type) bool {
	parent := string(p.glob)
	trimmed := strings.TrimRight(parent, separators)
	switch {
	case trimmed == "":
		k.errorf(code.UnknownValue, e.Code, "every code is under this: write the beginning that is meant, such as `under \"9A515\"`")
	case trimmed != parent:
		d := k.errorf(code.UnknownValue, e.Code, "what is under a code begins with it and a separator, which does not belong to it")
		better := lang.Quote(strings.TrimRight(e.Code.Value, separators+" "))
		d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Code.Span, Replacement: better}
	case t.basic == thingType && t.kind.Ids != nil && !slices.ContainsFunc(t.kind.Ids.Names(), func(id string) bool {
		return p.matches(t.kind.Ids.fold.of(id), func() bool { return true })
	}):
		d := k.errorf(code.UnknownValue, e.Code, "no %s is `%s`, or goes on from it", t.kind.Name, e.Code.Value)
		if k.l.spell.offer(t.kind.Ids, d, e.Code.Value, e.Code.Span); d.Fix != nil {
			d.Fix.Replacement = lang.Quote(d.Fix.Replacement)
		}
	default:
		return true
	}
	return false
}
