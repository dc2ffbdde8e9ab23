package session

import (
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// Open says what is open in an input that breaks off, so that a further line should be
// asked for; "" where the input is whole. A rule and a declaration go on while a bracket
// is open, facts within quotes, and anything behind a backslash: whatever else an input
// ends in, the next line is the next input.
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
	cmd, rest, isCommand := s.command(trimmed)
	switch {
	case isCommand && cmd.args == factArgument && s.quoteOpen(rest), !isCommand && s.tells(trimmed) && s.quoteOpen(trimmed):
		return "a text has no closing quotes"
	case isCommand || s.tells(trimmed) || !isDeclaration(trimmed) && !s.isItem(trimmed):
		return ""
	}
	if closers := strings.TrimSpace(closing(lang.Tokens(trimmed))); closers != "" {
		return "`" + closers[:1] + "` is missing"
	}
	return ""
}

// tellHowToGoOn tells of an input that ends too early how its line goes on.
func (s *Session) tellHowToGoOn(input string, problems lang.Diagnostics) {
	for _, d := range problems {
		if d.Source != nil && int(d.Span.Start) >= len(strings.TrimRight(d.Source.Text, " \t\n")) && len(lang.Tokens(input)) > 1 {
			d.Notes = append(d.Notes, lang.Note{Text: "a backslash at the end of a line says that the next line goes on with it"})
			return
		}
	}
}

// tells says whether a text can only be meant as facts: the name of a fact and its value
// stand in it, behind an equals sign, or behind `is` where no condition begins.
func (s *Session) tells(text string) bool {
	for _, piece := range s.cutAtCommas(text) {
		if name, value, ok := strings.Cut(piece, "="); ok && !strings.HasPrefix(value, "=") && isPath(strings.TrimSpace(name)) {
			return true
		}
		if said := s.parts(piece); said.value != "" && strings.Contains(piece, " is ") {
			if _, isTerm := s.now.prog.index().declaration(firstWord(said.value)); !isTerm {
				return true
			}
		}
	}
	return false
}

// quoteOpen says whether quotes that begin a value are not closed.
func (s *Session) quoteOpen(text string) bool { return s.valueText(text, func(int) {}) }

// valueText goes over a text of facts and tells the offsets of the bytes that stand
// outside of quotes. Quotes begin a text only where a value begins, right behind the
// name of a fact and its equals sign, and with several values where one of them does:
// within a value, as in 12" pipe, they belong to it. It is true where a text is open at
// the end.
func (s *Session) valueText(text string, outside func(at int)) (open bool) {
	fact := 0        // where the present one begins
	begins := false  // a text may begin here
	several := false // and behind each bracket and comma
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '"' && begins {
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
			if i >= len(text) {
				return true
			}
			begins = false
			continue
		}
		outside(i)
		switch name := strings.TrimSpace(text[fact:i]); {
		case c == '=' && isPath(name):
			begins, several = true, s.hasSeveral(name)
		case c == '(' || c == ',':
			begins = several
		case c != ' ' && c != '\t' && c != '\n':
			begins = false
		}
		if c == ',' {
			fact = i + 1
		}
	}
	return false
}

// hasSeveral says whether the value of a fact is a set or a list.
func (s *Session) hasSeveral(name string) bool {
	info, ok := s.now.prog.FactInfo(name)
	return ok && info.Form == interp.ListAnswer
}
