package session

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/lang"
)

// statements cuts an input into its statements. A line that breaks off goes on on the
// next one, and so does a rule, a declaration or a condition before a line that is plainly
// its next.
func (s *Session) statements(input string) []string {
	input = strings.ReplaceAll(strings.ReplaceAll(input, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(strings.TrimRight(input, " \t\n"), "\n")
	if len(lines) == 1 && !strings.HasSuffix(lines[0], `\`) {
		return []string{strings.TrimSpace(lines[0])}
	}
	var out []string
	open := ""
	for i, line := range lines {
		if strings.TrimSpace(line) == "" && (open == "" || s.Open(open) == "") {
			continue
		}
		open = join(open, line)
		if i+1 < len(lines) && (s.Open(open) != "" || s.hasLines(open) && s.GoesOn(open, lines[i+1])) {
			continue
		}
		out = append(out, strings.TrimSpace(strings.TrimSuffix(open, `\`)))
		open = ""
	}
	if open != "" {
		out = append(out, strings.TrimSpace(strings.TrimSuffix(open, `\`)))
	}
	return out
}

// joined is an input with its lines joined as those of one statement.
func joined(input string) string {
	open := ""
	for _, line := range strings.Split(input, "\n") {
		open = join(open, line)
	}
	return open
}

// join adds a line to an open statement. A backslash at the end of a line only
// says that the statement goes on.
func join(open, line string) string {
	if open == "" {
		return strings.TrimRight(line, " \t")
	}
	if before, ok := strings.CutSuffix(open, `\`); ok {
		return strings.TrimRight(before, " \t") + "\n" + strings.TrimRight(line, " \t")
	}
	return open + "\n" + strings.TrimRight(line, " \t")
}

// MayGoOn says whether an input is one that authors write over several lines though
// each might be its last: a rule or a declaration. For those alone a script's next line
// is looked at before they are answered; who speaks JSON gets every answer at once, and
// says with a backslash that a line goes on.
func (s *Session) MayGoOn(input string) bool {
	text := strings.TrimSpace(input)
	if _, _, isCommand := s.command(text); isCommand || s.talk != nil {
		return false
	}
	return isDeclaration(text) || s.isItem(text)
}

// hasLines says whether an input is of a sort that is written over several lines: a
// rule, a declaration or a condition, but neither facts nor a command.
func (s *Session) hasLines(input string) bool {
	text := strings.TrimSpace(input)
	if _, _, isCommand := s.command(text); isCommand || s.talk != nil {
		return false
	}
	_, facts := s.asFacts(text)
	return !facts && !s.tells(text)
}

// continuations begin no statement of their own.
var continuations = slices.Concat(lang.Prepositions(), lang.ClauseWords(), []string{"and", "or", "implies", "{", "}", ")", ">", "|", ","})

// GoesOn says whether a line of a block belongs to the input before it: it begins with a
// word that begins no statement, or below a rule or a declaration further to the right.
func (s *Session) GoesOn(input, line string) bool {
	first, text := indentation(input), strings.TrimSpace(line)
	if text == "" {
		return false
	}
	if indent := indentation(line); indent != first && strings.HasPrefix(indent, first) && s.MayGoOn(input) {
		return true
	}
	word := firstWord(text)
	if word == "" {
		_, n := utf8.DecodeRuneInString(text)
		word = text[:n]
	}
	return slices.Contains(continuations, word) && !startsWithOperator(text[len(word):])
}

// indentation is the blanks that a text begins with.
func indentation(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, " \t"))]
}

// OnOneLine is an input on one line, if it means the same on one line; else nothing.
func OnOneLine(input string) string {
	lines := strings.Split(strings.TrimSpace(input), "\n")
	for i, l := range lines {
		if i < len(lines)-1 && strings.Contains(l, "#") {
			return "" // a comment would swallow what follows
		}
		lines[i] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(l), `\`))
	}
	one := strings.Join(lines, " ")
	if strings.ContainsFunc(one, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return ""
	}
	if len(lines) > 1 && !sameDeclarations(input, one) {
		return ""
	}
	return one
}

// sameDeclarations says whether two texts read alike as one declaration or one rule:
// pasted facts, for example, are several inputs and do not fit on one line.
func sameDeclarations(a, b string) bool {
	fa, da := lang.Parse(context.Background(), "", a)
	fb, db := lang.Parse(context.Background(), "", b)
	if da.HasErrors() || db.HasErrors() {
		ia, da := parseItems(a)
		ib, db := parseItems(b)
		return da == nil && db == nil && len(ia) == 1 && len(ib) == 1
	}
	return len(fa.Decls) == len(fb.Decls)
}
