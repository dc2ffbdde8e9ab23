package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// choicesOf is what a value of a type is one of; nil of types that are not listed.
func choicesOf(t *Type) *Enum {
	switch {
	case t.basic == enumType:
		return t.enum
	case t.basic == thingType:
		return t.kind.Ids
	}
	return nil
}

// meantByWord is the condition that somebody means who says that x is, or with not is not,
// as a word of another language says, and a sentence about it; better is "" where there is
// none. Not ok where the word is none of those.
func (k *checker) meantByWord(word, x string, t *Type, not bool) (better, says string, ok bool) {
	word = strings.ToLower(word)
	negated := func(c string) string {
		if not {
			return "not " + c
		}
		return c
	}
	truth, isTruth := truthWords[word]
	switch {
	case isTruth && t.basic == boolType:
		not = truth == not
		return negated(x), "a fact that is yes or no stands alone as a condition", true
	case (word == "empty" || word == "blank") && t.elem != nil:
		if not {
			return x + " is not " + isEmpty, "whether a set or a list has members is asked with `is empty`", true
		}
		return x + " is " + isEmpty, "whether a set or a list has members is asked with `is empty`", true
	case (word == "empty" || word == "blank") && t.basic == textType && !t.optional:
		if not {
			return x + ` != ""`, "an empty text is written `\"\"`", true
		}
		return x + ` = ""`, "an empty text is written `\"\"`", true
	case slices.Contains(absentWords, word):
		not = !not
	case !slices.Contains(presentWords, word):
		return "", "", false
	}
	if t.optional {
		return negated("has " + x), "whether a fact has a value is asked with `has`", true
	}
	return "", "`" + x + "` always has a value: a fact that may have none is declared with `?` behind its type, and where a value is not known the answer says so by itself", true
}

// foreignValue reports a word or a literal that cannot be compared with a fact of a type,
// and for which there is something better to say than that.
func (k *checker) foreignValue(e *lang.Binary, value, fact lang.Expr, t *Type, sc scope) bool {
	x := lang.FormatExpr(fact)
	equality := e.Op == lang.Eq || e.Op == lang.Ne
	not := e.Op == lang.Ne
	if k.memberForSet(e, value, fact, t, sc) {
		return true
	}
	switch v := value.(type) {
	case *lang.Ref:
		if len(v.Path) != 1 || k.isFact(v, sc) {
			return false
		}
		word := v.Path[0].Text
		if choices := choicesOf(t); choices != nil && choices.has(word) || t.basic == boolType && (word == "yes" || word == "no") {
			return false
		}
		switch g, term := k.prog.groups[word], k.prog.terms[word]; {
		case g != nil && equality && g.fits(t):
			return k.instead(e, "`"+word+"` is a group, and whether a thing is in it is asked with `in`", x+map[bool]string{false: " in ", true: " not in "}[not]+word)
		case term != nil && equality && t.basic == thingType && term.Kind == t.kind:
			return k.instead(e, "`"+word+"` is a term, and whether it holds is asked with `is`", x+map[bool]string{false: " is ", true: " is not "}[not]+word)
		case term != nil || g != nil || !equality:
			return false
		}
		better, says, ok := k.meantByWord(word, x, t, not)
		return ok && k.instead(e, says, better)
	case *lang.Text:
		if _, truth := truthWords[strings.ToLower(v.Value)]; t.basic == boolType && truth && equality {
			better, says, _ := k.meantByWord(v.Value, x, t, not)
			return k.instead(e, says, better)
		}
		if t.basic == numberType {
			if _, wrong := k.prog.parseLiteral(strings.TrimSpace(v.Value), t, spot{}); wrong == nil {
				return k.insteadOf(value, code.TypeMismatch, "a number is written without quotes", v.Value)
			}
		}
		if t.basic == dateType && len(lang.DateReadings(v.Value)) == 1 {
			return k.insteadOf(value, code.TypeMismatch, "a date is written year-month-day, without quotes", lang.DateReadings(v.Value)[0])
		}
	case *lang.Binary:
		if says := lang.HalfDate(lang.FormatExpr(v)); t.basic == dateType && says != "" {
			return k.insteadOf(value, code.TypeMismatch, says, "")
		}
	case *lang.Number:
		switch {
		case t.basic == boolType && equality && v.Unit == "" && (v.Text == "0" || v.Text == "1"):
			better, says, _ := k.meantByWord(map[string]string{"0": "no", "1": "yes"}[v.Text], x, t, not)
			return k.instead(e, says, better)
		case t.basic == dateType && v.Unit == "" && len(lang.DateReadings(v.Text)) == 1:
			return k.insteadOf(value, code.TypeMismatch, "a date is written year-month-day", lang.DateReadings(v.Text)[0])
		case t.basic == dateType && v.Unit == "" && len(v.Text) == 4:
			return k.insteadOf(fact, code.TypeMismatch, "a year is a number, and that of a date is asked with `year`", "year("+x+")")
		}
	}
	return false
}

// foreignTarget reports `in` before a text, of which contains asks, and before a single value.
func (k *checker) foreignTarget(e *lang.In, sc scope) bool {
	ref, ok := e.Target.(*lang.Ref)
	if !ok || e.X == nil || k.groupNamed(ref) != nil || len(ref.Path) == 1 && k.prog.terms[ref.Path[0].Text] != nil {
		return false
	}
	x := lang.FormatExpr(e.X)
	if k.isPath(ref, sc) {
		if t := k.typeNow(ref, sc); t == nil || t.basic != textType {
			return false
		}
		better := "contains(" + lang.FormatExpr(ref) + ", " + x + ")"
		if e.Not {
			better = "not " + better
		}
		return k.insteadOf(e, code.NotAList, "`"+lang.FormatExpr(ref)+"` is a text, and what stands in a text is asked with `contains`", better)
	}
	t := k.typeNow(e.X, sc)
	if t == nil || choicesOf(t) == nil {
		return false
	}
	value := k.valueText(ref, t, sc)
	if value == "" {
		return false
	}
	return k.insteadOf(e, code.NotAList, "`"+lang.FormatExpr(ref)+"` is one value, and `in` asks for a group, a list, a set, `(a, b)` or `a .. b`", x+map[bool]string{false: " = ", true: " != "}[e.Not]+value)
}

// typeNow is the type of an expression, and nil where it has a problem, which is not reported.
func (k *checker) typeNow(e lang.Expr, sc scope) *Type {
	said := len(k.l.diags)
	o := k.operand(e, nil, sc)
	k.l.diags = k.l.diags[:said]
	if o == nil {
		return nil
	}
	return o.typ()
}

// instead reports a comparison for which another form is meant; better may be "".
func (k *checker) instead(e lang.Expr, says, better string) bool {
	return k.insteadOf(e, code.UseAnotherForm, says, better)
}

func (k *checker) insteadOf(e lang.Node, c code.Code, says, better string) bool {
	d := k.errorf(c, e, "%s", says)
	if better != "" {
		d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Range(), Replacement: better}
	}
	return true
}

// valuesJoined reports x = A or B, where B is a value and no condition, and gives how many of
// the parts belong to it; 0 where none do.
func (k *checker) valuesJoined(parts []lang.Expr, sc scope) int {
	if len(parts) < 2 || !k.maybeValue(parts[1], sc) {
		return 0
	}
	x, first, not := relationWithValue(parts[0])
	if x == nil || !k.maybeValue(first, sc) {
		return 0
	}
	t := k.typeNow(x, sc)
	if t == nil {
		return 0
	}
	var values []string
	for _, e := range append([]lang.Expr{first}, parts[1:]...) {
		v := k.valueText(e, t, sc)
		if v == "" {
			break
		}
		values = append(values, v)
	}
	n := len(values)
	if n < 2 {
		return 0
	}
	in := " in ("
	if not {
		in = " not in ("
	}
	better := lang.FormatExpr(x) + in + strings.Join(values, ", ") + ")"
	d := k.errorf(code.UseAnotherForm, lang.Span{Start: parts[0].Range().Start, End: parts[n-1].Range().End},
		"conditions stand on both sides of `and` and `or`, and `%s` is a value", lang.FormatExpr(parts[1]))
	d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: d.Span, Replacement: better}
	return n
}

// relationWithValue is x and A of x = A, x is A, x in A and their contraries.
func relationWithValue(e lang.Expr) (x, value lang.Expr, not bool) {
	switch e := e.(type) {
	case *lang.Binary:
		if e.Op == lang.Eq || e.Op == lang.Ne {
			return e.X, e.Y, e.Op == lang.Ne
		}
	case *lang.Is:
		return e.X, &lang.Ref{Span: e.Term.Range(), Path: []lang.Name{e.Term}}, e.Not
	case *lang.In:
		if ref, ok := e.Target.(*lang.Ref); ok && e.X != nil {
			return e.X, ref, e.Not
		}
	}
	return nil, nil, false
}

// maybeValue says whether an expression is a literal or a word that means nothing by itself.
func (k *checker) maybeValue(e lang.Expr, sc scope) bool {
	switch e := e.(type) {
	case *lang.Number, *lang.Text, *lang.DateLit:
		return true
	case *lang.Ref:
		name := e.Path[0].Text
		return len(e.Path) == 1 && !k.isFact(e, sc) && k.prog.terms[name] == nil && k.prog.groups[name] == nil && name != "yes" && name != "no"
	}
	return false
}

// valueText is how a value of a type is written that an expression means; "" where it means none.
func (k *checker) valueText(e lang.Expr, t *Type, sc scope) string {
	if !k.maybeValue(e, sc) {
		return ""
	}
	switch e := e.(type) {
	case *lang.Ref:
		if choices := choicesOf(t); choices != nil {
			if i, ok := choices.find(e.Path[0].Text, true); ok {
				return choices.Choices[i].Name
			}
		}
		return ""
	case *lang.Number:
		if t.basic != numberType {
			return ""
		}
	case *lang.Text:
		if t.basic != textType && t.basic != thingType {
			return ""
		}
	case *lang.DateLit:
		if t.basic != dateType {
			return ""
		}
	}
	return lang.FormatExpr(e)
}
