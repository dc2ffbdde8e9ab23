package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// phrase checks what stands behind a preposition, or as the object.
func (k *checker) phrase(r *Rule, kind ClauseKind, prep string, e lang.Expr, at lang.Node) {
	var roles []*Role
	for _, role := range k.prog.roles {
		if role.Prep == prep {
			roles = append(roles, role)
		}
	}
	if len(roles) == 0 {
		k.noRole(prep, e, at)
		return
	}
	if k.valuesInPhrase(r, e, roles) {
		r.checked = append(r.checked, clause{kind, lost(e)})
		return
	}
	r.checked = append(r.checked, clause{kind, k.phraseCond(e, prep, roles)})
}

func (k *checker) noRole(prep string, e lang.Expr, at lang.Node) {
	if prep == "" {
		d := k.errorf(code.NoRole, at, "`%s` stands as the object of the rule, and no role is reached without a preposition", lang.FormatExpr(e))
		if ref, ok := e.(*lang.Ref); ok && k.outcomes[ref.Path[0].Text] != nil {
			d.Say("`%s` is an outcome: is it the next rule? write `any` before it, or give it a label", ref.Path[0].Text)
		}
		if _, any := e.(*lang.Any); any {
			end := e.Range().End
			for end < uint32(len(k.src.Text)) && k.src.Text[end] == ' ' {
				end++
			}
			d.Fix = &lang.Fix{Label: "leave it out?", Span: lang.Span{Start: e.Range().Start, End: end}}
		}
		return
	}
	forms := ""
	for _, role := range k.prog.roles {
		if role.Prep != "" {
			if forms != "" {
				forms += ", "
			}
			forms += "`" + role.Prep + "` (" + role.Name + ")"
		}
	}
	if forms == "" {
		forms = "no role is declared with a preposition"
	} else {
		forms = "there are " + forms
	}
	k.errorf(code.NoRole, at, "no role is reached by `%s`; %s", prep, forms)
}

func (k *checker) phraseCond(e lang.Expr, prep string, roles []*Role) cond {
	switch e := e.(type) {
	case *lang.Paren:
		return k.phraseCond(e.X, prep, roles)
	case *lang.Any:
		return &constCond{at{e}, True}
	case *lang.Unary:
		if e.Op == lang.Not {
			return &notCond{at{e}, k.phraseCond(e.X, prep, roles)}
		}
	case *lang.Alternatives:
		k.commaAfterNot(e)
		c := &anyCond{at: at{e}}
		for _, x := range e.Elems {
			c.xs = append(c.xs, k.phraseCond(x, prep, roles))
		}
		return c
	case *lang.Binary:
		k.oneOfPhrase(e, roles)
		xs := []cond{k.phraseCond(e.X, prep, roles), k.phraseCond(e.Y, prep, roles)}
		switch e.Op {
		case lang.And:
			return &allCond{at{e}, xs}
		case lang.Or:
			return &anyCond{at{e}, xs}
		}
	case *lang.Ref:
		if len(e.Path) == 1 {
			return k.phraseName(e, e.Path[0].Text, prep, roles)
		}
	case *lang.Text:
		return k.phraseText(e, roles)
	}
	k.errorf(code.NotACondition, e, "a phrase is made of terms, groups, identities and `any`; a condition such as `%s` stands behind `when`", lang.FormatExpr(e))
	return lost(e)
}

// phraseName is a term, a group or an identity about the one role it fits.
func (k *checker) phraseName(e *lang.Ref, name, prep string, roles []*Role) cond {
	var found []cond
	var about []string
	other := ""
	for _, r := range roles {
		p := k.rolePath(r)
		var c cond
		if t := k.prog.terms[name]; t != nil {
			if t.Kind == r.Kind {
				c = k.termAbout(e, t, p)
			} else if t.Kind != nil {
				other = "a term about " + article(&Type{basic: thingType, kind: t.Kind})
			} else {
				other = "a term about the whole case"
			}
		} else if g := k.prog.groups[name]; g != nil {
			if g.Kind == r.Kind {
				c = k.memberOf(e, g, p)
			} else {
				other = "a group of " + g.Kind.Name
			}
		} else if r.Kind.Ids != nil {
			if i, ok := r.Kind.Ids.find(name, false); ok {
				c = &compareCond{at{e}, lang.Eq, p, &constant{Choice{r.Kind.Ids, i}, p.t}}
			}
		}
		if c != nil {
			found = append(found, c)
			about = append(about, r.Name)
		}
	}
	switch {
	case len(found) == 1:
		return found[0]
	case len(found) > 1:
		k.errorf(code.AmbiguousRole, e, "`%s` could be about %s: say it behind `when`", name, listNames(about))
	case other != "":
		k.errorf(code.OtherThing, e, "`%s` is %s, and here stands %s", name, other, article(k.rolePath(roles[0]).t))
	default:
		k.unknownInPhrase(e, name, prep, roles)
	}
	return lost(e)
}

func (k *checker) unknownInPhrase(e *lang.Ref, name, prep string, roles []*Role) {
	if k.outcomes[name] != nil {
		k.errorf(code.UnknownName, e, "`%s` is an outcome: is it the next rule? write `any` before it, or give it a label", name)
		return
	}
	known := func() (names []string) {
		for _, r := range roles {
			names = append(names, k.prog.termNames(r.Kind)...)
			for _, g := range k.prog.order.groups {
				if g.Kind == r.Kind {
					names = append(names, g.Name)
				}
			}
		}
		return names
	}
	what := "the object"
	if prep != "" {
		what = "`" + prep + "`"
	}
	d := k.misspelt(code.UnknownName, e, name, known, "there is no term, group or %s `%s` that %s could mean", roles[0].Kind.Name, name, what)
	if meansAny(name, roles) {
		d.Fix = &lang.Fix{Label: "did you mean `any`?", Span: e.Range(), Replacement: "any"}
	}
	for _, r := range roles {
		if d.Fix == nil && r.Kind.Ids != nil {
			k.l.spell.offer(r.Kind.Ids, d, name, e.Range())
		}
	}
	for _, cond := range k.conditionsWith([]string{name}) { // beside what is no value: no when stands for all of the phrase
		for _, r := range roles {
			if about, is := strings.CutPrefix(cond, r.Name+"."); is && d.Fix == nil {
				d.Notes = append(d.Notes, lang.Note{Text: "what is meant by it needs a name of its own, as in: term Is" + name + " of " + r.Kind.Name + ": " + about})
			}
		}
	}
}

// phraseText is an identity in quotes.
func (k *checker) phraseText(e *lang.Text, roles []*Role) cond {
	var bad *lang.Diagnostic
	for _, r := range roles {
		v, d := identify(r.Kind, e.Value, k.spot(e))
		if d == nil {
			p := k.rolePath(r)
			return &compareCond{at{e}, lang.Eq, p, &constant{v.(*Thing).ID, p.t}}
		}
		bad = d
	}
	bad.Code = code.UnknownValue
	k.report(bad)
	return lost(e)
}
