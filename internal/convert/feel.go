package convert

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

var (
	feelNumber   = regexp.MustCompile(`^-?(?:\d+(?:\.\d+)?|\.\d+)$`)
	feelDate     = regexp.MustCompile(`^(?:date\(\s*"(\d{4}-\d\d-\d\d)"\s*\)|@"(\d{4}-\d\d-\d\d)")$`)
	feelCompare  = regexp.MustCompile(`^(<=|>=|<|>)\s*(.+)$`)
	feelInterval = regexp.MustCompile(`^([\[\](])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\])])$`)
	feelNot      = regexp.MustCompile(`(?s)^not\s*\((.*)\)$`)
)

// split cuts a list at the commas outside of quotes and brackets.
func split(list string) (parts []string, ok bool) {
	start, depth, quoted := 0, 0, false
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ',' && depth <= 0:
			parts = append(parts, strings.TrimSpace(list[start:i]))
			start = i + 1
		}
	}
	return append(parts, strings.TrimSpace(list[start:])), !quoted
}

// literalText is a text in quotes, and nothing else.
func literalText(s string) (text string, ok bool) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", false
	}
	text, err := strconv.Unquote(s)
	return text, err == nil && strings.TrimSpace(text) == text && text != "" && !strings.ContainsAny(text, "\r\n")
}

// feelCell is a unary test of FEEL as a cell of a fact of a type.
func feelCell(cell, as string) (string, error) {
	if cell == "" || cell == "-" || as == "" { // of an input that is refused nothing more is said
		return "", nil
	}
	not := ""
	if m := feelNot.FindStringSubmatch(cell); m != nil {
		not, cell = "not ", strings.TrimSpace(m[1])
	}
	parts, ok := split(cell)
	if !ok {
		return "", fmt.Errorf("the quotes in `%s` are not closed", cell)
	}
	var out []string
	for _, part := range parts {
		text, err := feelTest(part, as)
		if err != nil {
			return "", err
		}
		out = append(out, text)
	}
	if as == "bool" {
		if len(out) > 1 {
			return "", fmt.Errorf("`%s` names both", cell)
		}
		if not != "" {
			return map[string]string{"yes": "no", "no": "yes"}[out[0]], nil
		}
	}
	return not + strings.Join(out, ", "), nil
}

// feelTest is one of its tests.
func feelTest(part, as string) (string, error) {
	if m := feelCompare.FindStringSubmatch(part); m != nil {
		v, err := feelValue(strings.TrimSpace(m[2]), as)
		if err == nil && as != "number" && as != "date" {
			err = fmt.Errorf("`%s` compares what has no order", part)
		}
		return m[1] + " " + v, err
	}
	if m := feelInterval.FindStringSubmatch(part); m != nil {
		lo, err := feelValue(m[2], as)
		if err != nil {
			return "", err
		}
		hi, err := feelValue(m[3], as)
		switch {
		case err != nil:
			return "", err
		case as != "number" && as != "date":
			return "", fmt.Errorf("`%s` is a range of what has no order", part)
		case m[1] == "[" && m[4] == "]":
			return lo + " .. " + hi, nil
		}
		from, to := "> ", "< "
		if m[1] == "[" {
			from = ">= "
		}
		if m[4] == "]" {
			to = "<= "
		}
		return from + lo + " and " + to + hi, nil
	}
	return feelValue(part, as)
}

// feelValue is a literal.
func feelValue(s, as string) (string, error) {
	plain := fmt.Errorf("`%s` is no plain unary test: a literal, a comparison with one, a range, a list of these, or not(...) of them is taken", s)
	switch as {
	case "number":
		if !feelNumber.MatchString(s) {
			return "", plain
		}
		if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "-.") {
			s = strings.Replace(s, ".", "0.", 1)
		}
		return s, nil
	case "date":
		m := feelDate.FindStringSubmatch(s)
		if m == nil {
			return "", plain
		}
		return m[1] + m[2], nil
	case "bool":
		switch s {
		case "true":
			return "yes", nil
		case "false":
			return "no", nil
		}
		return "", plain
	}
	text, ok := literalText(s)
	switch {
	case !ok:
		return "", plain
	case as == "text":
		if strings.ContainsAny(text, `"\`) {
			return "", fmt.Errorf("the text `%s` has a quotation mark or a backslash within it, which has no place in a cell", text)
		}
		return lang.Quote(text), nil
	case !lang.IsName(text):
		return "", fmt.Errorf("`%s` is not among the values of its input", text)
	}
	return text, nil
}
