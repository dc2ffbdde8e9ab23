package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// bareTerm is a term named without saying of what, where only one thing can be meant.
func (k *checker) bareTerm(e *lang.Ref, t *Term, sc scope) cond {
	if t.Kind == nil {
		if !sc.roles {
			k.errorf(code.OtherThing, e, "the term `%s` is about the whole case, and this one is about %s alone", t.Name, article(&Type{basic: thingType, kind: sc.self}))
			return lost(e)
		}
		return k.termAbout(e, t, nil)
	}
	subject := k.subject(e, t.Kind, t.Name, sc)
	if subject == nil {
		return lost(e)
	}
	return k.termAbout(e, t, subject)
}

// termAbout asks a term of a thing. An open term is a fact of it.
func (k *checker) termAbout(e lang.Expr, t *Term, subject *path) cond {
	switch {
	case t.Open && subject == nil:
		return &boolCond{at{e}, k.intern(path{root: caseRoot, kind: k.prog.whole, attrs: []*Attr{t.attr}, t: typeBool})}
	case t.Open && t.attr != nil:
		return k.factAbout(e, t.attr, subject)
	}
	k.defineTerm(t, t.decl)
	k.below = max(k.below, t.depth+1)
	return &termCond{at{e}, t, subject}
}

// factAbout asks a yes-or-no fact of a thing.
func (k *checker) factAbout(e lang.Expr, a *Attr, subject *path) cond {
	p := *subject
	p.t = typeBool
	p.attrs = append(append([]*Attr(nil), subject.attrs...), a)
	return &boolCond{at{e}, k.intern(p)}
}

// isCond is role is Term.
func (k *checker) isCond(e *lang.Is, sc scope) cond {
	p := k.path(e.X, sc)
	name := e.Term.Text
	if p == nil {
		return lost(e)
	}
	c := lost(e)
	switch {
	case p.t.elem != nil && name == isEmpty:
		return emptyCond(e, p)
	case k.prog.groups[name] != nil:
		k.form(e, "`%s` is a group", name, k.inForm(e))
	case k.prog.terms[name] == nil && k.valueAfterIs(e, p):
	case k.prog.terms[name] == nil:
		k.misspelt(code.UnknownName, e.Term, name, func() []string { return k.prog.termNames(p.t.kind) }, "there is no term `%s`", name)
	default:
		t := k.prog.terms[name]
		if p.t.basic != thingType || t.Kind != p.t.kind {
			about := "the whole case"
			if t.Kind != nil {
				about = article(&Type{basic: thingType, kind: t.Kind})
			}
			k.errorf(code.OtherThing, e.Term, "`%s` is about %s, and `%s` is %s", name, about, lang.FormatExpr(e.X), article(p.t))
			break
		}
		c = k.termAbout(e, t, p)
	}
	if e.Not {
		return &notCond{at{e}, c}
	}
	return c
}

// valueAfterIs reports a value where `is` wants a term, with the relation that is meant.
func (k *checker) valueAfterIs(e *lang.Is, p *path) bool {
	name, x := e.Term.Text, lang.FormatExpr(e.X)
	sign := " = "
	if e.Not {
		sign = " != "
	}
	choices, what := choicesOf(p.t), "a value"
	if p.t.basic == thingType {
		what = "an identity"
	}
	if choices != nil {
		if i, ok := choices.find(name, true); ok {
			k.form(e, "`%s` is "+what, name, x+sign+choices.Choices[i].Name)
			return true
		}
	}
	if p.t.basic == thingType {
		if a, ok := p.t.kind.Attr(name); ok && a.Type.basic == boolType {
			better := x + "." + name
			if e.Not {
				better = "not " + better
			}
			k.form(e, "`%s` is an attribute that is yes or no", name, better)
			return true
		}
	}
	if better, says, ok := k.meantByWord(name, x, p.t, e.Not); ok {
		d := k.errorf(code.UseAnotherForm, e, "%s", says)
		if better != "" {
			d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Range(), Replacement: better}
		}
		return true
	}
	if choices != nil && len(choices.namesakes(name)) > 0 {
		d := k.errorf(code.UnknownValue, e.Term, "there is no term `%s`", name)
		k.l.spell.offer(choices, d, name, e.Term.Range())
		if d.Fix != nil {
			better := x + sign + d.Fix.Replacement
			d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Range(), Replacement: better}
		}
		return true
	}
	return false
}

func (k *checker) inForm(e *lang.Is) string {
	if e.Not {
		return lang.FormatExpr(e.X) + " not in " + e.Term.Text
	}
	return lang.FormatExpr(e.X) + " in " + e.Term.Text
}

func (k *checker) form(e *lang.Is, format, name, better string) {
	d := k.errorf(code.UseAnotherForm, e, format+", and `is` asks for a term", name)
	d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Range(), Replacement: better}
}
