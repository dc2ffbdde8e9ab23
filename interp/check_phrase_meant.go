package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// anyWords are what people write for any.
var anyWords = []string{"all", "everyone", "everybody", "anyone", "anybody", "everything", "anything", "it", "them", "others", "other", "whatever", "whoever", "every", "each"}

// meansAny says whether a word in a phrase stands for every thing of the roles: the name of
// a role or a kind, or a plural of it, too.
func meansAny(name string, roles []*Role) bool {
	word := strings.ToLower(name)
	return slices.Contains(anyWords, word) || slices.ContainsFunc(roles, func(r *Role) bool {
		kind := strings.ToLower(r.Kind.Name)
		return name == r.Name || word == kind || word == kind+"s" || word == r.Name+"s"
	})
}

// valuesInPhrase reports a phrase of values of an attribute, such as `deny NS`, which a
// condition asks for; false where the phrase is none.
func (k *checker) valuesInPhrase(r *Rule, e lang.Expr, roles []*Role) bool {
	names := phraseNames(e)
	if len(names) == 0 {
		return false
	}
	for _, n := range names {
		known := k.prog.terms[n] != nil || k.prog.groups[n] != nil || k.outcomes[n] != nil || meansAny(n, roles)
		if known || slices.ContainsFunc(roles, func(r *Role) bool { return r.Kind.Ids != nil && r.Kind.Ids.has(n) }) {
			return false
		}
	}
	conds := k.conditionsWith(names)
	if len(conds) == 0 {
		return false
	}
	what := "`" + names[0] + "` is a value of `" + strings.Fields(conds[0])[0] + "`"
	if conds[0] == roleAttr(conds[0]) {
		what = "`" + names[0] + "` is an attribute"
	}
	d := k.errorf(code.UnknownName, e, "%s, and a phrase is made of terms, groups and identities: say it behind `when`, or name it with `term`", what)
	if len(conds) > 1 {
		d.Notes = append(d.Notes, lang.Note{Text: "it could be meant in " + strings.Join(quoteAll(conds), " or ")})
		return true
	}
	d.Fix = k.behindWhen(r.decl, e, conds[0])
	return true
}

// roleAttr is a condition that is the path of a fact alone; "" of others.
func roleAttr(cond string) string {
	if strings.Contains(cond, " ") {
		return ""
	}
	return cond
}

// phraseNames are the names of a phrase that is nothing but names with commas and `or`.
func phraseNames(e lang.Expr) []string {
	switch e := e.(type) {
	case *lang.Paren:
		return phraseNames(e.X)
	case *lang.Ref:
		return []string{e.Path[0].Text}
	case *lang.Binary:
		x, y := phraseNames(e.X), phraseNames(e.Y)
		if e.Op == lang.Or && x != nil && y != nil {
			return append(x, y...)
		}
	case *lang.Alternatives:
		var all []string
		for _, x := range e.Elems {
			names := phraseNames(x)
			if names == nil {
				return nil
			}
			all = append(all, names...)
		}
		return all
	}
	return nil
}

// conditionsWith are the conditions that a role's attribute is one of some values.
func (k *checker) conditionsWith(names []string) []string {
	var out []string
	for _, r := range k.prog.roles {
		for _, a := range r.Kind.Attrs {
			fact := r.Name + "." + a.Name
			t, sign := a.Type, " = "
			if t.elem != nil {
				t = t.elem
			}
			choices := choicesOf(t)
			switch {
			case a.Type.basic == boolType && !a.Open && len(names) == 1 && a.Name == names[0]:
				out = append(out, fact)
			case choices == nil || slices.ContainsFunc(names, func(n string) bool { return !choices.has(n) }):
			case a.Type.elem != nil && len(names) == 1:
				out = append(out, names[0]+" in "+fact)
			case a.Type.elem != nil:
				out = append(out, "any of "+fact+" in ("+strings.Join(names, ", ")+")")
			case len(names) == 1:
				out = append(out, fact+sign+names[0])
			default:
				out = append(out, fact+" in ("+strings.Join(names, ", ")+")")
			}
		}
	}
	return out
}

// behindWhen is the fix that takes a phrase out of a rule's sentence and adds a condition to
// its when; nil where other clauses stand between.
func (k *checker) behindWhen(d *lang.Rule, e lang.Expr, cond string) *lang.Fix {
	start, end := e.Range().Start, e.Range().End
	phrases := ""
	for _, ph := range d.Phrases {
		if ph.X == e {
			start = min(start, ph.Prep.Offset)
			continue
		}
		phrases += " " + ph.Prep.Text + " " + k.src.Slice(ph.X.Range())
		start, end = min(start, ph.Prep.Offset), max(end, ph.X.Range().End)
	}
	object := ""
	if d.Object != nil {
		start = d.Object.Range().Start
		if object = " any"; d.Object != e {
			object = " " + k.src.Slice(d.Object.Range())
		}
	}
	if d.When != nil {
		between := k.src.Slice(lang.Span{Start: end, End: d.When.Range().Start})
		if strings.TrimSpace(between) != "when" {
			return nil
		}
		when := k.src.Slice(d.When.Range())
		if b, ok := d.When.(*lang.Binary); ok && (b.Op == lang.Or || b.Op == lang.Implies) {
			when = "(" + when + ")"
		}
		cond, end = cond+" and "+when, d.When.Range().End
	}
	better := strings.TrimSpace(object + phrases + " when " + cond)
	return &lang.Fix{Label: "did you mean `" + better + "`?", Span: lang.Span{Start: start, End: end}, Replacement: better}
}

// commaAfterNot warns of not A, B, where the comma means or and `not` ends before it.
func (k *checker) commaAfterNot(e *lang.Alternatives) {
	for i, x := range e.Elems[:len(e.Elems)-1] {
		not := lastNot(x)
		if not == nil {
			continue
		}
		rest := e.Elems[i+1:]
		if slices.ContainsFunc(rest, func(y lang.Expr) bool { _, name := y.(*lang.Ref); _, text := y.(*lang.Text); return !name && !text }) {
			return
		}
		last := rest[len(rest)-1].Range().End
		list := lang.FormatExpr(not.X)
		for _, y := range rest {
			list += ", " + lang.FormatExpr(y)
		}
		better := "not (" + list + ")"
		d := k.errorf(code.CommaAfterNot, lang.Span{Start: not.Start, End: last}, "a comma means `or`: this is `%s`, or else %s", lang.FormatExpr(x), listOr(rest))
		d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: d.Span, Replacement: better}
		d.Notes = append(d.Notes, lang.Note{Text: "what the comma says is written `(" + lang.FormatExpr(x) + "), " + strings.TrimPrefix(list, lang.FormatExpr(not.X)+", ") + "`"})
		return
	}
}

func listOr(es []lang.Expr) string {
	texts := make([]string, len(es))
	for i, e := range es {
		texts[i] = "`" + lang.FormatExpr(e) + "`"
	}
	return strings.Join(texts, " or ")
}

// lastNot is the `not` that a part of a phrase ends in; nil where it ends otherwise.
func lastNot(e lang.Expr) *lang.Unary {
	switch e := e.(type) {
	case *lang.Unary:
		if e.Op == lang.Not {
			return e
		}
	case *lang.Binary:
		return lastNot(e.Y)
	}
	return nil
}

// oneOfPhrase warns of US and GB, which no thing is, and of not US or not GB, which all are.
func (k *checker) oneOfPhrase(e *lang.Binary, roles []*Role) {
	x, y := identityIn(e.X, e.Op == lang.Or, roles), identityIn(e.Y, e.Op == lang.Or, roles)
	if x == "" || y == "" || x == y {
		return
	}
	if n := len(k.l.diags); n > 0 && k.l.diags[n-1].Code == code.OneSided && k.l.diags[n-1].Source == k.src && k.l.diags[n-1].Span.Start == e.Start && k.l.diags[n-1].Span.End > e.End {
		return // a part of what has been told
	}
	says, meant := "never holds, since nothing is both", "or"
	if e.Op == lang.Or {
		says, meant = "always holds, since nothing is both", "and"
	}
	d := k.errorf(code.OneSided, e, "`%s` %s: did you mean `%s`?", lang.FormatExpr(e), says, meant)
	d.Fix = &lang.Fix{Label: "did you mean `" + meant + "`?", Span: lang.Span{Start: e.X.Range().End, End: e.Y.Range().Start}, Replacement: " " + meant + " "}
}

// identityIn is the identity that a part of a phrase asks for, the last of several that are
// joined, or under not the one that it leaves out; "" where it is something else.
func identityIn(e lang.Expr, not bool, roles []*Role) string {
	switch e := e.(type) {
	case *lang.Unary:
		if not && e.Op == lang.Not {
			return identityIn(e.X, false, roles)
		}
	case *lang.Binary:
		if !not && e.Op == lang.And || not && e.Op == lang.Or {
			return identityIn(e.Y, not, roles)
		}
	case *lang.Ref:
		name := e.Path[0].Text
		if !not && len(roles) == 1 && roles[0].Kind.Ids != nil && roles[0].Kind.Ids.has(name) {
			return name
		}
	}
	return ""
}
