package interp

import (
	"iter"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// parseElements reads (a, b, c), with or without the parentheses.
func (p *Program) parseElements(text string, t *Type, at spot) (Value, *lang.Diagnostic) {
	if d := p.listMeant(text, t, at); d != nil {
		return nil, d
	}
	around, balanced := parentheses(text)
	if !balanced {
		return nil, at.errorf(code.FactType, "a parenthesis is not closed, or was not opened: the elements are written `(a, b)`, and one that has a parenthesis in quotes")
	}
	from, to := 0, len(text)
	if around {
		from, to = 1, len(text)-1
	}
	if t.elem.basic == thingType && !t.elem.kind.Identified() && strings.TrimSpace(text[from:to]) != "" {
		return nil, at.errorf(code.FactType, "a list of %s is told as JSON", t.elem.kind.Name)
	}
	var values []Value
	parts := cutAt(text[from:to], ",", t.elem.freeText())
	for _, part := range parts {
		word := strings.TrimSpace(part)
		here := at.part(text, from+strings.Index(part, word), len(word))
		from += len(part) + len(",")
		if word == "" {
			if len(parts) == 1 {
				break
			}
			return nil, at.errorf(code.FactType, "an element is missing beside a comma; an empty text is written `\"\"`")
		}
		if around, balanced := parentheses(word); t.elem.freeText() && !strings.Contains(word, `"`) && (around || !balanced || halfBracket(word)) {
			return nil, here.errorf(code.FactType, "a text in parentheses, or with a comma within brackets, stands in quotes")
		}
		v, d := p.parseText(word, t.elem, here)
		if d != nil {
			return nil, d
		}
		values = append(values, v)
	}
	return p.collection(values, t, at)
}

// part is the place of some bytes of a text that stands at a place; all of that where the
// source has it in another form.
func (s spot) part(text string, from, n int) spot {
	if s.src != nil && s.src.Slice(s.span) == text {
		start := s.span.Start + uint32(from)
		s.span = lang.Span{Start: start, End: start + uint32(n)}
	}
	return s
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

// halfBracket says whether a text has another number of brackets that open than that close.
func halfBracket(text string) bool {
	return strings.Count(text, "[") != strings.Count(text, "]") || strings.Count(text, "{") != strings.Count(text, "}")
}

// cutAt cuts a text at signs that stand outside quotes and, where the elements are no texts,
// outside parentheses.
func cutAt(text, signs string, texts bool) []string {
	var parts []string
	from, depth := 0, 0
	for i, quoted := range quotes(text) {
		switch {
		case quoted || texts:
		case text[i] == '(':
			depth++
		case text[i] == ')':
			depth--
		}
		if !quoted && depth == 0 && strings.IndexByte(signs, text[i]) >= 0 {
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
		return nil, at.errorf(code.FactTooLarge, "a list holds at most %d elements", most)
	}
	if t.basic == listType {
		return List(values), nil
	}
	var set Set
	seen := map[string]bool{}
	for _, v := range values {
		if key := setKey(v); !seen[key] {
			seen[key] = true
			set = append(set, v)
		}
	}
	return set, nil
}

// setKey is a text that is the same of equal members of a set, however they are written.
func setKey(v Value) string {
	switch x := v.(type) {
	case Number:
		return x.n.String()
	case Folded:
		return x.key
	case scalarValue:
		return x.key()
	case *Thing:
		if id, ok := identity(x); ok {
			return lang.Quote(id)
		}
	}
	return v.String()
}
