package interp

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// instead offers another text for a value, as a question.
func (s spot) instead(d *lang.Diagnostic, better string) *lang.Diagnostic {
	d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: s.span, Replacement: better}
	return d
}

// leftOut adds to what is said of a value that a fact which is not known is left out, where
// that seems to be meant.
func leftOut(d *lang.Diagnostic, text string) *lang.Diagnostic {
	if slices.Contains(absentWords, strings.ToLower(text)) {
		d.Add("; a fact that is not known is left out")
	}
	return d
}

// valueMeant offers what a value is that the rules give the name that a fact is told to be.
func (p *Program) valueMeant(d *lang.Diagnostic, name string, at spot) bool {
	v := p.values[name]
	switch {
	case v == nil:
		return false
	case v.dated():
		d.Say("`%s` is the name of a value in the rules, which is another one on other days: tell the value itself", name)
	default:
		d.Say("`%s` is the name of a value in the rules: tell the value itself", name)
		at.instead(d, v.of[0].v.String())
	}
	return true
}

// quantityMeant offers how a number or a quantity is written that could not be read.
func (p *Program) quantityMeant(d *lang.Diagnostic, text string, t *Type, at spot) *lang.Diagnostic {
	if p.valueMeant(d, text, at) {
		return d
	}
	if m := unitBefore.FindStringSubmatch(text); m != nil {
		unit, number := m[1]+m[4], strings.TrimSpace(m[2]+m[3])
		if sign := currencySigns[unit]; sign != "" {
			unit = sign
		}
		if plain, _, ok := lang.PlainNumber(number); ok {
			number = plain
		}
		for _, u := range p.unitsOf(t.dim) {
			if strings.EqualFold(u, unit) {
				d.Say("a unit stands behind its number")
				return at.instead(d, number+" "+u)
			}
		}
		return d
	}
	if plain, wrong, ok := lang.PlainNumber(text); ok && t.dim == "" {
		d.Message = wrong
		return at.instead(d, plain)
	}
	leftOut(d, text)
	i := strings.LastIndexAny(text, "0123456789") + 1
	plain, wrong, ok := lang.PlainNumber(text[:i])
	if unit := strings.TrimSpace(text[i:]); ok && unit != "" {
		if _, known := p.unit(unit); known {
			d.Message = wrong
			return at.instead(d, plain+" "+unit)
		}
	}
	return d
}

// yesOrNo says of a text that is neither yes nor no which it may mean.
func (s spot) yesOrNo(d *lang.Diagnostic, text string) *lang.Diagnostic {
	switch strings.ToLower(strings.Trim(text, `"`)) {
	case "y", "1", "yes", "true", "on", "x", "ja", "oui", "t":
		return s.instead(d, "yes")
	case "n", "0", "no", "false", "off", "nein", "non", "f":
		return s.instead(d, "no")
	}
	return leftOut(d, text)
}

// none says how a fact is told that has no value. What is not known is not taken for it.
func (s spot) none(better, word string) *lang.Diagnostic {
	d := s.errorf(code.FactType, "a fact that has no value is told as `none`; one that is not known is left out")
	switch strings.ToLower(word) {
	case "none", "null", "nil", "nothing", "undefined":
		s.instead(d, better)
	}
	return d
}

var unitBefore = regexp.MustCompile(`^(\p{L}+|\p{Sc}) ?(-?[0-9][0-9.,' _]*)$|^(-?[0-9][0-9.,' _]*?) ?(\p{Sc})$`)

// currencySigns are the units that signs of money stand for.
var currencySigns = map[string]string{"€": "eur", "$": "usd", "£": "gbp", "¥": "jpy"}
