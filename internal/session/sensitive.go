package session

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/sensitive"
	"github.com/ctl-lang/ctl/lang"
)

// unmasked is the word behind the name of a file that has what is sensitive written too.
const unmasked = "unmasked"

// cutUnmasked takes the word off that asks for what is sensitive.
func cutUnmasked(rest string) (string, bool) {
	before, ok := strings.CutSuffix(rest, " "+unmasked)
	return strings.TrimSpace(before), ok
}

// refuseSensitive refuses to write what shows sensitive facts; nil where there are none
// or it is asked for them.
func (s *Session) refuseSensitive(asked bool, input string) *answer {
	if names := sensitive.Names(s.now.c); !asked && len(names) > 0 {
		return refuse("%s would be written, which is sensitive: `%s %s` writes it all the same", listed(names, "and"), input, unmasked)
	}
	return nil
}

// refuseSensitiveTests refuses to write what was declared where that is tests that tell
// sensitive facts.
func (s *Session) refuseSensitiveTests(asked bool, input string) *answer {
	if !asked && slices.ContainsFunc(s.now.prog.own.entries, s.tellsSensitive) {
		return refuse("tests would be written that tell what is sensitive: `%s %s` writes them all the same", input, unmasked)
	}
	return nil
}

// namesOnly are the commands that speak of facts, and not of what they are.
var namesOnly = map[string]bool{"forget": true, "show": true, "table": true, "help": true}

// private says whether an input tells, or may tell, what is sensitive: it names such a
// fact, answers a question about one, or is no input at all where there are such facts.
func (s *Session) private(input string, failed bool) bool {
	x := s.now.prog.index()
	if len(x.sensitive) == 0 {
		return false
	}
	if s.talk != nil && s.talk.now != nil {
		return s.talk.now.Sensitive || s.talk.now.Word(input) == 0 && s.names(input, x)
	}
	cmd, _, isCommand := s.command(input)
	switch {
	case isCommand && namesOnly[cmd.name]:
		return false
	case isDeclaration(input) && firstWord(input) != "test", s.isItem(input):
		return false // rules are about all cases
	}
	return failed && !isCommand || s.names(input, x)
}

// names says whether a text names a sensitive fact: by its path, or by what its last
// name is, as conditions and terms about a thing do.
func (s *Session) names(text string, x *index) bool {
	tokens := lang.Tokens(text)
	for i, t := range tokens {
		if !x.sensitive[t.Text] {
			continue
		}
		if info, isFact := s.now.prog.FactInfo(t.Text); isFact && !info.Sensitive {
			continue
		}
		if i+2 < len(tokens) && tokens[i+1].Text == "." { // the thing of another fact
			continue
		}
		return true
	}
	return false
}

// tellsSensitive says whether a declaration is a test that tells sensitive facts.
func (s *Session) tellsSensitive(e entry) bool {
	return !e.item && strings.HasPrefix(e.label, "test ") && s.names(e.text, s.now.prog.index())
}
