package session

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/interview"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// answer answers one statement. A yes is the input that was offered, and a number one of
// several.
func (s *Session) answer(ctx context.Context, text string) *answer {
	offers := s.offers
	s.offers, s.over = nil, false
	if s.talk != nil {
		return s.reply(ctx, text)
	}
	taken := interview.Taken(offers, text)
	if lower := strings.ToLower(text); len(offers) > 1 && (lower == "yes" || lower == "y") {
		s.offers = offers
		a := refuse("several were offered; %s takes one of them", listed(numbers(offers), "or"))
		a.offers = offers
		return a
	}
	if taken != "" {
		text = taken
	}
	a := s.carryOut(ctx, text)
	if a.instead == "" {
		a.instead = taken
	}
	if a.failed {
		if len(a.offers) == 0 {
			a.offers = offered(text, a.problems)
		}
		s.tellHowToGoOn(text, a.problems)
	}
	s.offers = a.offers
	return a
}

// numbers are those of what is offered.
func numbers(offers []string) []string {
	out := make([]string, len(offers))
	for i := range out {
		out[i] = "`" + strconv.Itoa(i+1) + "`"
	}
	return out
}

// offered are the ways to mend the one problem with an input; none where there is none.
func offered(text string, ds lang.Diagnostics) []string {
	if len(ds) != 1 || ds[0].Source == nil {
		return nil
	}
	span, part := ds[0].Span, ds[0].Source.Text
	if ds[0].Fix != nil {
		span = ds[0].Fix.Span
	}
	at := strings.Index(text, part)
	if at < 0 || int(span.End) > len(part) {
		return nil
	}
	var out []string
	for _, replacement := range interview.Replacements(ds[0]) {
		out = append(out, text[:at]+part[:span.Start]+replacement+part[span.End:]+text[at+len(part):])
	}
	return out
}

// carryOut carries one statement out.
func (s *Session) carryOut(ctx context.Context, text string) *answer {
	if text == "" {
		return s.decideCommand(ctx, "")
	}
	if text = withoutComment(text); text == "" {
		return &answer{kind: "comment", unlisted: true}
	}
	if topic, ok := strings.CutPrefix(text, "?"); ok {
		return s.helpCommand(ctx, strings.TrimSpace(topic))
	}
	if own, hint, ok := s.habit(text); ok {
		if hint != "" {
			return refuse("%s", hint)
		}
		return s.here(ctx, own)
	}
	if word := firstWord(text); strings.HasPrefix(text[len(word):], "!") && writes(word) {
		s.over = true
		text = word + text[len(word)+1:]
	}
	if question, file, ok := s.redirected(text); ok {
		if over, asked := strings.CutPrefix(file, "!"); asked {
			s.over, file = true, strings.TrimSpace(over)
		}
		return s.toFile(ctx, question, file)
	}
	if cmd, rest, ok := s.command(text); ok {
		return cmd.run(s, ctx, rest)
	}
	switch {
	case isDeclaration(text):
		return s.declare(ctx, text)
	case s.isItem(text):
		if a := s.asSentence(ctx, text); a != nil && !a.failed { // recipient: India
			return a
		}
		return s.addItem(ctx, text)
	}
	text = s.withoutEnd(text)
	if question, ok := strings.CutSuffix(text, "?"); ok {
		return s.orSentence(ctx, text, s.evaluate(strings.TrimSpace(question)))
	}
	if facts, ok := s.asFacts(text); ok {
		return s.orSentence(ctx, text, s.tell(ctx, facts))
	}
	return s.orSentence(ctx, text, s.evaluate(text))
}

// here answers with what is typed here for an input of another session's kind, and says so.
func (s *Session) here(ctx context.Context, own string) *answer {
	a := s.carryOut(ctx, own)
	a.text = "(here: " + own + ")\n" + a.text
	if a.instead == "" {
		a.instead = own
	}
	return a
}

// orSentence is an answer, or where it names a mistake, that to the fact which the text
// can only be meant as.
func (s *Session) orSentence(ctx context.Context, text string, a *answer) *answer {
	if !a.failed || slices.ContainsFunc(a.problems, func(d *lang.Diagnostic) bool { return d.Code == code.BrokenConstraint }) {
		return a
	}
	if b := s.asSentence(ctx, text); b != nil && (!b.failed || len(b.offers) != 1 || len(a.offers) == 0 && !s.canBeTold(offered(text, a.problems))) {
		return b
	}
	if word := strings.TrimRight(text, "?"); firstWord(word) == word && word != "" && !s.showCommand(ctx, word).failed { // the label of a rule
		return s.here(ctx, "show "+word)
	}
	return a
}

// canBeTold says whether what is offered is facts, as they stand.
func (s *Session) canBeTold(offers []string) bool {
	return len(offers) > 0 && s.now.c.Clone().Tell(s.cutFacts(offers[0])...) == nil
}

// writes says whether a command writes files, over others where `!` stands behind it.
func writes(command string) bool {
	return command == "save" || command == "record" || command == "note"
}

// withoutComment drops a statement that is a comment and nothing else.
func withoutComment(text string) string {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

// command finds the command that a text begins with. A word that a fact, a condition
// or a declaration begins with is none.
func (s *Session) command(text string) (*command, string, bool) {
	word := firstWord(text)
	cmd := commandNamed(word)
	if cmd == nil {
		return nil, "", false
	}
	after := text[len(word):]
	rest := strings.TrimSpace(after)
	switch {
	case word == "why" && firstWord(rest) == "not", word == "what" && firstWord(rest) == "if", word == "as" && firstWord(rest) == "of":
	case after != "" && after[0] != ' ' && after[0] != '\t':
		return nil, "", false
	case s.factNamed(word) != "" && s.saysOf(text):
		return nil, "", false // a thing or a fact that is called like the command
	case cmd.args == fileArgument && rest != "" && strings.ContainsRune("./~", rune(rest[0])):
	case cmd.args == policyArgument && s.now.prog.names(rest):
	case startsWithOperator(after):
		return nil, "", false
	case cmd.plain && rest != "" && s.isOutcome(word):
		return nil, "", false // a rule of an outcome that is called like the command
	case word == "test" && strings.HasPrefix(rest, `"`) && strings.Contains(rest, "{"):
		return nil, "", false
	case word == "use" && strings.HasPrefix(rest, `"`):
		return nil, "", false
	}
	return cmd, rest, true
}

func (s *Session) isOutcome(word string) bool {
	_, err := s.now.prog.Outcome(word)
	return err == nil
}

// isDeclaration says whether a text begins as a declaration does.
func isDeclaration(text string) bool {
	for strings.HasPrefix(text, "#") { // its documentation
		_, rest, _ := strings.Cut(text, "\n")
		text = strings.TrimSpace(rest)
	}
	word := firstWord(text)
	rest := strings.TrimSpace(text[len(word):])
	if !slices.Contains(lang.DeclarationWords(), word) || rest == "" || startsWithOperator(rest) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return r == '"' || r == '_' || unicode.IsLetter(r)
}

// isItem says whether a text begins as a rule or another item of a policy does.
func (s *Session) isItem(text string) bool {
	word := firstWord(text)
	if word == "" {
		return false
	}
	rest := strings.TrimLeft(text[len(word):], " \t\n")
	if strings.HasPrefix(rest, ":") {
		return true
	}
	if slices.Contains(lang.ItemWords(), word) {
		return rest != "" && !startsWithOperator(rest)
	}
	return s.isOutcome(word) && !startsWithOperator(rest)
}

// firstWord is the name that a text begins with.
func firstWord(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	})
	if end < 0 {
		return text
	}
	return text[:end]
}

// startsWithOperator says whether what stands behind a word makes it a name in a fact
// or a condition: role.attr, x = 1, x is T, label: ...
func startsWithOperator(rest string) bool {
	trimmed := strings.TrimLeft(rest, " \t")
	if trimmed == "" {
		return false
	}
	if strings.ContainsRune(".=!<>:+*/", rune(trimmed[0])) || trimmed[0] == '.' {
		return true
	}
	switch firstWord(trimmed) {
	case "is", "in", "and", "or", "implies", "like", "under", "within":
		return true
	case "not":
		return firstWord(strings.TrimLeft(trimmed[3:], " \t")) == "in"
	}
	return false
}
