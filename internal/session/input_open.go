package session

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// Open says what is open in an input that breaks off, so that a further line should be
// asked for; "" where the input is whole. A fact only goes on within quotes or behind a
// backslash: whatever else its text ends in belongs to its value.
func (s *Session) Open(input string) string {
	if strings.HasSuffix(input, `\`) {
		return "the line ends in a backslash"
	}
	if s.talk != nil {
		return ""
	}
	trimmed := strings.TrimSpace(joined(input))
	if _, _, ok := s.habit(trimmed); ok || strings.HasSuffix(trimmed, ";") {
		return ""
	}
	if cmd, rest, ok := s.command(trimmed); ok {
		if cmd.args == factArgument && quoteOpen(rest) {
			return "a text has no closing quotes"
		}
		return ""
	}
	if s.tells(trimmed) {
		if quoteOpen(trimmed) {
			return "a text has no closing quotes"
		}
		return ""
	}
	if !lang.Unfinished(trimmed) {
		return ""
	}
	tokens := lang.Tokens(trimmed)
	if closers := strings.TrimSpace(closing(tokens)); closers != "" {
		return "`" + closers[:1] + "` is missing"
	}
	last := tokens[len(tokens)-1]
	if last.Kind == lang.TokenName && len(tokens) <= 3 {
		return "what stands here needs more"
	}
	return "something has to follow `" + last.Text + "`"
}

// tells says whether a text can only be meant as facts: the name of a fact and its value
// stand in it, behind an equals sign, or behind `is` where no condition begins.
func (s *Session) tells(text string) bool {
	for _, piece := range cutAtCommas(text) {
		if name, value, ok := strings.Cut(piece, "="); ok && !strings.HasPrefix(value, "=") && isPath(strings.TrimSpace(name)) {
			return true
		}
		if name, _, value := s.parts(piece); name != "" && value != "" && strings.Contains(piece, " is ") {
			if _, isTerm := s.now.prog.index().declaration(firstWord(value)); !isTerm {
				return true
			}
		}
	}
	return false
}

// quoteOpen says whether quotes that begin a value are not closed.
func quoteOpen(text string) bool {
	return text != "" && valueText(text, func(int) {})
}

// valueText goes over a text of facts and tells the offsets of the bytes that stand
// outside of quotes. Quotes begin a text only where a value begins: within one, as in
// 12" pipe, they belong to it. It is true where a text is open at the end.
func valueText(text string, outside func(at int)) (open bool) {
	before := byte('=')
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '"' && strings.IndexByte("=(,", before) >= 0 {
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
			if i >= len(text) {
				return true
			}
			before = c
			continue
		}
		outside(i)
		if c != ' ' && c != '\t' && c != '\n' {
			before = c
		}
	}
	return false
}
