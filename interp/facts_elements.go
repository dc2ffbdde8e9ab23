package interp

import (
	"iter"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// parseElements reads (a, b, c), with or without the parentheses.
func (p *Program) parseElements(text string, t *Type, at spot) (Value, *lang.Diagnostic) {
	if t.elem.basic == thingType && !t.elem.kind.Identified() {
		return nil, at.errorf(lang.FactType, "a list of %s is told as JSON", t.elem.kind.Name)
	}
	around, balanced := parentheses(text)
	if !balanced {
		return nil, at.errorf(lang.FactType, "a parenthesis is not closed, or was not opened: the elements are written `(a, b)`, and one that has a parenthesis in quotes")
	}
	if around {
		text = text[1 : len(text)-1]
	}
	var values []Value
	parts := splitCommas(text)
	for _, part := range parts {
		if strings.TrimSpace(part) == "" {
			if len(parts) == 1 {
				break
			}
			return nil, at.errorf(lang.FactType, "an element is missing beside a comma; an empty text is written `\"\"`")
		}
		v, d := p.parseText(part, t.elem, at)
		if d != nil {
			return nil, d
		}
		values = append(values, v)
	}
	return p.collection(values, t, at)
}

// parentheses says whether one pair of them stands around a text, and whether all of them
// are closed. Those in quotes are none.
func parentheses(text string) (around, balanced bool) {
	depth := 0
	around = strings.HasPrefix(text, "(")
	for i, quoted := range quotes(text) {
		switch {
		case quoted:
		case text[i] == '(':
			depth++
		case text[i] == ')':
			if depth--; depth < 0 {
				return false, false
			}
			around = around && (depth > 0 || i == len(text)-1)
		}
	}
	return around && depth == 0, depth == 0
}

// splitCommas cuts at the commas that stand outside quotes.
func splitCommas(text string) []string {
	var parts []string
	from := 0
	for i, quoted := range quotes(text) {
		if text[i] == ',' && !quoted {
			parts = append(parts, text[from:i])
			from = i + 1
		}
	}
	return append(parts, text[from:])
}

// quotes goes through the bytes of a text and says which stand in quotes.
func quotes(text string) iter.Seq2[int, bool] {
	return func(yield func(int, bool) bool) {
		quoted, escaped := false, false
		for i := range len(text) {
			was := quoted
			if text[i] == '"' && !escaped {
				quoted = !quoted
			}
			escaped = quoted && text[i] == '\\' && !escaped
			if !yield(i, was || quoted) {
				return
			}
		}
	}
}

// collection is values as a List or a Set of the type.
func (p *Program) collection(values []Value, t *Type, at spot) (Value, *lang.Diagnostic) {
	if most := p.options.Limits.List; len(values) > most {
		return nil, at.errorf(lang.FactTooLarge, "a list holds at most %d elements", most)
	}
	if t.basic == listType {
		return List(values), nil
	}
	var set Set
	seen := map[string]bool{}
	for _, v := range values {
		key := v.String()
		if n, ok := v.(Number); ok {
			key = n.N.String()
		}
		if !seen[key] {
			seen[key] = true
			set = append(set, v)
		}
	}
	return set, nil
}
