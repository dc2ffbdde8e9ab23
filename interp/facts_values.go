package interp

import (
	"strings"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// parseText reads a value of a type from text: what stands behind = in a fact.
func (p *Program) parseText(text string, t *Type, at spot) (Value, *lang.Diagnostic) {
	text = strings.TrimSpace(text)
	if !utf8.ValidString(text) {
		return nil, at.errorf(code.FactType, "this is not UTF-8 text")
	}
	if badQuotes(text, t) {
		return nil, at.errorf(code.FactType, "a text in quotes ends with its closing quotes, and nothing follows; a quotation mark within it is written \\\"")
	}
	if len(text) > p.options.Limits.Text && t.elem == nil {
		return nil, p.textTooLong(at)
	}
	if v, d, ok := noneOf(text, t, at); ok {
		return v, d
	}
	if t.elem == nil && strings.HasPrefix(text, "(") {
		around, _ := parentheses(text)
		if inner := strings.TrimSpace(text[1:max(1, len(text)-1)]); around && inner != "" && (!t.freeText() || strings.HasPrefix(strings.TrimLeft(inner, "( \t"), `"`)) {
			return p.parseText(inner, t, at)
		}
	}
	if d := p.absent(text, t, at); d != nil {
		return nil, d
	}
	switch t.basic {
	case boolType:
		return parseBool(text, at)
	case numberType, dateType, durationType, scalarType:
		v, d := p.parseLiteral(text, t, at)
		if d != nil && t.basic == dateType && lang.HalfDate(text) != "" {
			d.Message = lang.HalfDate(text)
			return nil, d
		}
		if d != nil {
			return p.parseComputed(text, t, at, d)
		}
		return v, nil
	case textType:
		return t.textValue(unquote(text), at)
	case enumType:
		return chooseEnum(t, unquote(text), at)
	case thingType:
		return identify(t.kind, unquote(text), at)
	}
	return p.parseElements(text, t, at)
}

// numberIn is the number that a text holds as a rule file has it: 25 %, 10_000, 7/3.
func (p *Program) numberIn(text string, t *Type) (Value, bool) {
	v, d := p.parseQuantity(text, t, spot{})
	if d != nil {
		v, d = p.parseComputed(text, t, spot{}, d)
	}
	return v, d == nil
}

// parseComputed reads a value that is none written out as a rule file has it: (2), 1 + 1.
// Where it is no expression either, what was wrong with it stands.
func (p *Program) parseComputed(text string, t *Type, at spot, wrong *lang.Diagnostic) (Value, *lang.Diagnostic) {
	e, src, ds := lang.ParseExpr("fact", text)
	if len(ds) > 0 || !computes(e) || int(e.Range().End) < len(text) {
		return nil, wrong
	}
	v, d := p.written(e, t, spot{src: src, spell: at.spell})
	if d != nil {
		d.Source, d.Span, d.Fix = at.src, at.span, nil
	}
	return v, d
}

// computes says whether an expression is one of numbers, with an operator, a function, or
// a number of days.
func computes(e lang.Expr) bool {
	switch e := e.(type) {
	case *lang.Paren, *lang.Call:
		return true
	case *lang.Unary:
		return e.Op == lang.Sub
	case *lang.Binary:
		return e.Op == lang.Add || e.Op == lang.Sub || e.Op == lang.Mul || e.Op == lang.Div
	case *lang.Number:
		return num.IsDurationUnit(e.Unit)
	}
	return false
}

func (p *Program) textTooLong(at spot) *lang.Diagnostic {
	return at.errorf(code.FactTooLarge, "a fact is at most %d bytes long", p.options.Limits.Text)
}

func parseBool(text string, at spot) (Value, *lang.Diagnostic) {
	switch strings.ToLower(text) {
	case "yes", "true":
		return Bool(true), nil
	case "no", "false":
		return Bool(false), nil
	}
	return nil, at.yesOrNo(at.errorf(code.FactType, "expected yes or no, not `%s`", text), text)
}

// badQuotes says whether a value begins with a quotation mark and is no text in quotes.
func badQuotes(text string, t *Type) bool {
	if !strings.HasPrefix(text, `"`) || t.basic == listType || t.basic == setType {
		return false
	}
	e, _, ds := lang.ParseExpr("", text)
	s, ok := e.(*lang.Text)
	return len(ds) > 0 || !ok || int(s.End) < len(text)
}

// unquote takes the quotes off a text that has them.
func unquote(text string) string {
	if len(text) >= 2 && text[0] == '"' {
		if e, _, ds := lang.ParseExpr("", text); len(ds) == 0 {
			if s, ok := e.(*lang.Text); ok {
				return s.Value
			}
		}
	}
	return text
}

func chooseEnum(t *Type, word string, at spot) (Value, *lang.Diagnostic) {
	if i, ok := t.enum.find(word, true); ok {
		return Choice{t.enum, i}, nil
	}
	d := at.errorf(code.FactType, "`%s` is not one of %s", word, listNames(t.enum.Names()))
	return nil, at.suggest(d, word, t.enum.Names)
}
