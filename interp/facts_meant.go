package interp

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// What is said of a value that could not be read as one of its type: how it is written here.

// absent says how a fact is told that has no value; nil where a text is none of the words for
// that, or the fact always has one.
func (p *Program) absent(text string, t *Type, at spot) *lang.Diagnostic {
	word := strings.ToLower(strings.Trim(text, `"`))
	if !t.optional || word != "" && word != "-" && !slices.Contains(absentWords, word) || word == "empty" || t.basic == textType || t.elem != nil || t.basic == thingType && t.kind.TextIds {
		return nil
	}
	if choices := choicesOf(t); choices != nil {
		if _, ok := choices.find(word, true); ok {
			return nil
		}
	}
	return at.none("none", word)
}

var (
	listOf        = regexp.MustCompile(`(?is)^(?:(?:set|list|array|tuple)\s*)?[\[{](.*)[\]}]$|^(?:set|list|array|tuple)\s*\((.*)\)$`)
	foreignQuotes = regexp.MustCompile(`(?s)^(?:'(.*)'|‘(.*)’|“(.*)”|„(.*)[“”]|«(.*)»|` + "`(.*)`" + `)$`)
)

// listMeant says how the elements of a set or a list are written, of a text that has them in
// other brackets, in other quotes or with other signs between them. As texts those would
// belong to the elements.
func (p *Program) listMeant(text string, t *Type, at spot) *lang.Diagnostic {
	inner := text
	m := listOf.FindStringSubmatch(text)
	around, _ := parentheses(text)
	switch {
	case m != nil:
		inner = m[1] + m[2]
	case around:
		inner = text[1 : len(text)-1]
	}
	parts, meant := cutAt(inner, ",", true), m != nil
	switch bySign := cutAt(inner, ";|", true); {
	case len(parts) > 1 && len(bySign) > 1:
		return at.errorf(code.FactType, "a comma stands between elements; one that has a comma, a semicolon or a bar in it stands in quotes: `(\"a; b\", c)`")
	case len(bySign) > 1:
		parts, meant = bySign, true
	case len(parts) == 1:
		if words := wordsOf(parts[0], choicesOf(t.elem)); words != nil {
			parts, meant = words, true
		}
	}
	for i, part := range parts {
		if parts[i] = strings.TrimSpace(part); foreignQuotes.MatchString(parts[i]) {
			parts[i], meant = inQuotes(parts[i]), true
		}
	}
	if !meant {
		return nil
	}
	d := at.errorf(code.FactType, "the elements of a set or a list are written `(a, b)`")
	if better := "(" + strings.Join(parts, ", ") + ")"; better != text {
		if _, wrong := p.parseElements(better, t, at); wrong == nil {
			return at.instead(d, better)
		}
	}
	return d
}

// wordsOf are the choices that a text names with blanks, a stroke or `and` between them; nil
// where it is a choice itself, or has other words.
func wordsOf(text string, choices *Enum) []string {
	if choices == nil {
		return nil
	}
	if _, one := choices.find(strings.TrimSpace(text), true); one {
		return nil
	}
	var words []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '/' || r == '&' || r == '+' }) {
		if choices.has(w) {
			words = append(words, w)
		} else if l := strings.ToLower(w); l != "and" && l != "or" {
			return nil
		}
	}
	if len(words) < 2 {
		return nil
	}
	return words
}

// inQuotes is a text in the quotation marks of another language, in those of this one.
func inQuotes(text string) string {
	return lang.Quote(strings.Join(foreignQuotes.FindStringSubmatch(text)[1:], ""))
}

// quotesMeant says that texts stand in double quotes; nil where a value that is told has no others.
func quotesMeant(text string, t *Type, at spot) *lang.Diagnostic {
	if !t.freeText() || !foreignQuotes.MatchString(text) {
		return nil
	}
	return at.instead(at.errorf(code.FactType, "a text stands in double quotes, or in none"), inQuotes(text))
}

// Namesakes says of a fact, as Tell takes it, what a word in it is understood as where the
// word is in the names of others too: Guinea, beside Equatorial Guinea.
func (c *Case) Namesakes(fact string) []string {
	name, value, ok := cutFact(fact)
	if !ok {
		return nil
	}
	f, d := c.Clone().find(splitName(strings.TrimSpace(name)), spot{})
	if d != nil {
		return nil
	}
	t, words := f.typ(), []string{value}
	if t.elem != nil {
		t, words = t.elem, cutAt(strings.Trim(value, "() \t"), ",", true)
	}
	choices := choicesOf(t)
	if choices == nil {
		return nil
	}
	var said []string
	for _, w := range words {
		w = unquote(strings.TrimSpace(w))
		i, ok := choices.also[foldName(w)]
		if !ok || choices.has(w) || strings.Contains(w, " ") {
			continue
		}
		own := choices.Choices[i].Name
		if others := choices.others(choices.namesakes(w), own); len(others) > 0 && len(others) <= mostNamesakes {
			said = append(said, "`"+w+"` is "+choices.titled(own)+"; the word is in other names too: "+choices.listTitled(others, "and"))
		}
	}
	return said
}

// valueAfterIs says of `dest is IR` and the like how the fact is told; nil where no value
// stands behind `is`.
func (t *teller) valueAfterIs(f factPlace, e *lang.Is, at spot) *lang.Diagnostic {
	word := e.Term.Text
	if f.typ().elem != nil && word == isEmpty {
		if e.Not {
			return at.errorf(code.NotAFact, "what is in a set or a list is told with `=`, as in `%s = (a, b)`", f.name)
		}
		return at.instead(at.errorf(code.NotAFact, "a set or a list without members is told as `()`"), f.name+" = ()")
	}
	if kind := f.typ().kind; kind != nil && t.c.prog.terms[word] == nil {
		if a, ok := kind.Attr(word); ok && a.Type.basic == boolType {
			better := f.name + "." + word
			if e.Not {
				better = "not " + better
			}
			return at.instead(at.errorf(code.NotAFact, "`%s` is an attribute that is yes or no, and `is` stands before a term", word), better)
		}
	}
	if choices := choicesOf(f.typ()); choices != nil {
		if i, ok := choices.find(word, true); ok && !e.Not {
			better := f.name + " = " + choices.Choices[i].Name
			return at.instead(at.errorf(code.NotAFact, "`%s` is a value, and `is` stands before a term", word), better)
		}
		if _, isTerm := t.c.prog.terms[word]; !isTerm && len(choices.namesakes(word)) > 0 {
			d := at.errorf(code.NotAFact, "there is no term `%s`", word)
			at.spell.offer(choices, d, word, e.Term.Range())
			return d
		}
	}
	if truth, ok := truthWords[strings.ToLower(word)]; ok && f.typ().basic == boolType {
		better := f.name + " = " + Bool(truth != e.Not).String()
		return at.instead(at.errorf(code.NotAFact, "a fact that is yes or no is told with `=`"), better)
	}
	if slices.Contains(absentWords, strings.ToLower(word)) && t.c.prog.terms[word] == nil && !e.Not {
		if f.typ().optional {
			return at.none(f.name+" = none", word)
		}
		return at.errorf(code.NotAFact, "a fact that is not known is left out")
	}
	return nil
}
