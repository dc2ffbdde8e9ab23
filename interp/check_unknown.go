package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

func (k *checker) unknownAttribute(p *path, kind *Kind, n lang.Name) {
	if k.fullStop(n) {
		return
	}
	if t := k.prog.terms[n.Text]; t != nil && t.Kind == kind {
		better := p.fact() + " is " + n.Text
		d := k.errorf(code.UseAnotherForm, n, "`%s` is a term: write `%s`", n.Text, better)
		if whole, ok := k.wholePath(p, n); ok {
			d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: whole, Replacement: better}
		}
		return
	}
	if born := birthOf(kind); born != "" && n.Text == "age" {
		d := k.errorf(code.UnknownAttribute, n, "%s has no attribute `age`: how old somebody is, is asked with `years_between`", kind.Name)
		if whole, ok := k.wholePath(p, n); ok {
			better := "years_between(" + p.fact() + "." + born + ", as_of)"
			d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: whole, Replacement: better}
		}
		return
	}
	k.misspelt(code.UnknownAttribute, n, n.Text, kind.attrNames, "%s has no attribute `%s`", kind.Name, n.Text)
}

// wholePath is the place of a path and the name behind it, if they stand there without blanks.
func (k *checker) wholePath(p *path, n lang.Name) (lang.Span, bool) {
	before := p.fact() + "."
	start := n.Offset - uint32(len(before))
	return lang.Span{Start: start, End: n.Range().End}, strings.HasSuffix(k.src.Text[:n.Offset], before)
}

func (k *checker) unknownInTerm(e *lang.Ref, sc scope) {
	first := e.Path[0]
	if r := k.roles[first.Text]; len(e.Path) > 1 && (r != nil && r.Kind == sc.self || r == nil && slices.Contains([]string{"it", "its", "this", "self", strings.ToLower(sc.self.Name), sc.self.Name}, first.Text)) {
		better := lang.FormatExpr(&lang.Ref{Path: e.Path[1:]})
		k.insteadOf(e, code.OtherThing, "this term is about "+article(&Type{basic: thingType, kind: sc.self})+", whose attributes are named alone", better)
		return
	}
	if k.roles[first.Text] != nil {
		k.errorf(code.OtherThing, first, "`%s` is a role of the case, and this term is about %s alone; leave out `of %s` to write a term about the whole case",
			first.Text, article(&Type{basic: thingType, kind: sc.self}), sc.self.Name)
		return
	}
	known := func() []string {
		return slices.Concat(sc.self.attrNames(), k.prog.termNames(sc.self), keys(k.prog.groups), keys(k.prog.values))
	}
	k.misspelt(code.UnknownName, first, first.Text, known, "%s has no attribute `%s`, and there is no such term", sc.self.Name, first.Text)
}

func (k *checker) unknownInCase(e *lang.Ref, sc scope) {
	first := e.Path[0]
	if len(k.valueBusy) > 0 {
		d := k.misspelt(code.UnknownName, first, first.Text, func() []string { return keys(k.prog.values) }, "there is no value `%s`", first.Text)
		d.Notes = append(d.Notes, lang.Note{Text: "a value is a number, a quantity, a date, a duration or a text, worked out without the facts of a case"})
		return
	}
	if _, isOutcome := k.outcomes[first.Text]; isOutcome {
		k.errorf(code.UnknownName, first, "`%s` is an outcome; a condition is about the facts of the case", first.Text)
		return
	}
	for _, v := range sc.vars {
		if v.t != nil && v.t.kind != nil && v.t.kind.index[first.Text] != nil {
			k.insteadOf(first, code.UnknownName, "`"+first.Text+"` is an attribute of `"+v.name+"`", v.name+"."+first.Text)
			return
		}
	}
	for _, r := range k.prog.roles {
		if _, ok := r.Kind.index[first.Text]; ok && sc.roles {
			better := r.Name + "." + first.Text
			d := k.errorf(code.UnknownName, first, "`%s` is an attribute of a %s: say of which", first.Text, r.Kind.Name)
			d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: first.Range(), Replacement: better}
			return
		}
	}
	if slices.Contains(todayWords, strings.ToLower(first.Text)) {
		d := k.errorf(code.UnknownName, first, "there is no `%s`: the date of the case is `as_of`", first.Text)
		d.Fix = &lang.Fix{Label: "did you mean `as_of`?", Span: first.Range(), Replacement: "as_of"}
		return
	}
	known := func() []string {
		names := slices.Concat(keys(k.prog.terms), keys(k.prog.groups), keys(k.roles), keys(k.prog.values))
		for _, v := range sc.vars {
			names = append(names, v.name)
		}
		return names
	}
	if word := strings.ToLower(first.Text); len(e.Path) == 1 && (word == "true" || word == "false") {
		yes := map[string]string{"true": "yes", "false": "no"}[word]
		k.insteadOf(first.Range(), code.UnknownName, "`"+first.Text+"` is written `"+yes+"`", yes)
		return
	}
	what := "term, group or role"
	if len(k.prog.values) > 0 {
		what = "term, group, role or value"
	}
	k.misspelt(code.UnknownName, first, first.Text, known, "there is no %s `%s`", what, first.Text)
}

// termNames are the terms of a kind, in the order of the text.
func (p *Program) termNames(kind *Kind) []string {
	var names []string
	for _, t := range p.order.terms {
		if t.Kind == kind {
			names = append(names, t.Name)
		}
	}
	return names
}

func (k *checker) unknownValue(e *lang.Ref, want *Type) {
	name := e.Path[0].Text
	if want.basic == enumType {
		d := k.errorf(code.UnknownValue, e, "`%s` is not one of %s", name, listNames(want.enum.Names()))
		k.l.spell.offer(want.enum, d, name, e.Range())
		return
	}
	d := k.errorf(code.UnknownValue, e, "there is no %s `%s`", want.kind.Name, name)
	k.l.spell.offer(want.kind.Ids, d, name, e.Range())
}
