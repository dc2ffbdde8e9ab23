package plain

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// joined is a text on one line of a document: breaks are blanks.
func joined(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && unsafe(r) {
			return ' '
		}
		return r
	}, s)
	return Line(s)
}

// HTML is a text within an element or an attribute in quotes.
func HTML(s string) string { return html.EscapeString(joined(s)) }

// Markdown is a running text: what Markdown would read as its own signs is shown as it is.
// What stands in backquotes is code; a backquote without its match is none.
func Markdown(s string) string {
	s = strings.TrimLeft(joined(s), " ")
	var b strings.Builder
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '`':
			n := run(s[i:])
			if end := closing(s[i+n:], n); end >= 0 {
				n += end + n
				b.WriteString(s[i : i+n])
			} else {
				b.WriteString(strings.Repeat("\\`", n))
			}
			i += n
			continue
		case strings.IndexByte(`\*_[]<>#|`, c) >= 0, c == '~' && strings.HasPrefix(s[i:], "~~"), c == '&' && entity.MatchString(s[i:]):
			b.WriteByte('\\')
		case i == 0 && (c == '+' || c == '-' || c == '='):
			b.WriteByte('\\')
		case (c == '.' || c == ')') && i > 0 && strings.Trim(s[:i], "0123456789") == "" && (i+1 == len(s) || s[i+1] == ' '): // a number of a list
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

var entity = regexp.MustCompile(`^&#?[0-9A-Za-z]+;`)

// run is how many backquotes a text begins with.
func run(s string) int { return len(s) - len(strings.TrimLeft(s, "`")) }

// closing is where as many backquotes stand as began a piece of code, and no more; -1 where
// nowhere.
func closing(s string, n int) int {
	for i := 0; i < len(s); {
		if s[i] != '`' {
			i++
			continue
		}
		m := run(s[i:])
		if m == n {
			return i
		}
		i += m
	}
	return -1
}

// MarkdownCell is Markdown in a cell of a table, which a bar ends even in code.
func MarkdownCell(s string) string {
	s = Markdown(s)
	return strings.ReplaceAll(strings.ReplaceAll(s, `\|`, "|"), "|", `\|`)
}

// MarkdownCode is a text that Markdown shows as it is.
func MarkdownCode(s string) string {
	if s = joined(s); s == "" {
		return ""
	}
	fence := "`"
	for closing(s, len(fence)) >= 0 {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// number is a text that a spreadsheet may compute with: a signed number, words behind it.
var number = regexp.MustCompile(`^[-+][0-9][0-9., ]*[\pL ]*[0-9]*$`)

// CSV is the text of a cell. One that a spreadsheet would take for a formula begins with an
// apostrophe, as is usual, so that it does not.
func CSV(s string) string {
	if harmless(s) {
		return s
	}
	s = joined(s)
	if s != "" && strings.ContainsAny(s[:1], "=+-@") && !number.MatchString(s) {
		return "'" + s
	}
	return s
}

// harmless says at one look, without going through the properties of characters, that a text
// is shown as it is and is no formula.
func harmless(s string) bool {
	if s != "" && strings.IndexByte("=+-@", s[0]) >= 0 {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
