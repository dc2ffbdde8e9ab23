package repl

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// Unfinished says whether an input breaks off in the middle, so that a further line
// should be asked for.
func (s *Session) Unfinished(input string) bool {
	if strings.HasSuffix(input, `\`) {
		return true
	}
	if s.talk != nil {
		return false
	}
	trimmed := strings.TrimSpace(input)
	if _, _, ok := s.command(trimmed); ok {
		return false
	}
	return lang.Unfinished(trimmed)
}

// statements cuts an input into its statements. A line that breaks off goes on on the
// next one, and so does one before a line that is indented or begins with a word that
// begins no statement.
func (s *Session) statements(input string) []string {
	input = strings.ReplaceAll(strings.ReplaceAll(input, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(strings.TrimRight(input, " \t\n"), "\n")
	if len(lines) == 1 && !strings.HasSuffix(lines[0], `\`) {
		return []string{strings.TrimSpace(lines[0])}
	}
	var out []string
	open := ""
	for i, line := range lines {
		if strings.TrimSpace(line) == "" && (open == "" || !s.Unfinished(open)) {
			continue
		}
		open = joinLines(open, line)
		if i+1 < len(lines) && (s.Unfinished(open) || goesOn(lines[i+1])) {
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

// joinLines adds a line to an open statement. A backslash at the end of a line only
// says that the statement goes on.
func joinLines(open, line string) string {
	if open == "" {
		return strings.TrimRight(line, " \t")
	}
	if before, ok := strings.CutSuffix(open, `\`); ok {
		return strings.TrimRight(before, " \t") + "\n" + strings.TrimRight(line, " \t")
	}
	return open + "\n" + strings.TrimRight(line, " \t")
}

// continuations begin no statement of their own.
var continuations = []string{
	"and", "or", "to", "from", "for", "by", "via", "at", "on", "with", "into", "when", "unless", "notwithstanding",
	"subject", "requiring", "because", "source", "until", "implies", "}", ")", ">", "|", ",",
}

// goesOn says whether a line of a block belongs to the one before it.
func goesOn(line string) bool {
	if line == "" {
		return false
	}
	if line[0] == ' ' || line[0] == '\t' {
		return strings.TrimSpace(line) != ""
	}
	word := firstWord(line)
	if word == "" {
		_, n := utf8.DecodeRuneInString(line)
		word = line[:n]
	}
	return slices.Contains(continuations, word) && !startsWithOperator(line[len(word):])
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
	case "is", "in", "and", "or", "implies", "like", "within":
		return true
	case "not":
		return firstWord(strings.TrimLeft(trimmed[3:], " \t")) == "in"
	}
	return false
}

// answer answers one statement.
func (s *Session) answer(ctx context.Context, text string) *answer {
	if s.talk != nil {
		return s.reply(text)
	}
	if text == "" {
		return s.decideCommand(ctx, "")
	}
	if text = withoutComment(text); text == "" {
		return &answer{kind: "comment", unlisted: true}
	}
	if cmd, rest, ok := s.command(text); ok {
		return cmd.run(s, ctx, rest)
	}
	switch {
	case isDeclaration(text):
		return s.declare(text)
	case s.isItem(text):
		return s.addItem(text)
	}
	if question, ok := strings.CutSuffix(text, "?"); ok {
		return s.evaluate(strings.TrimSpace(question))
	}
	if facts, ok := s.asFacts(text); ok {
		return s.tell(facts)
	}
	return s.evaluate(text)
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
	case cmd.args == fileArgument && rest != "" && strings.ContainsRune("./~", rune(rest[0])):
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

// names says whether a policy or a series has a name.
func (p *program) names(name string) bool {
	for _, x := range p.Policies() {
		if x.Name == name {
			return true
		}
	}
	for _, x := range p.AllSeries() {
		if x.Name == name {
			return true
		}
	}
	return false
}

// declarationWords begin the declarations of a file.
var declarationWords = []string{
	"use", "outcomes", "kind", "unit", "role", "group", "term", "open", "constraint", "policy", "series", "test", "claim",
}

// isDeclaration says whether a text begins as a declaration does.
func isDeclaration(text string) bool {
	for strings.HasPrefix(text, "#") { // its documentation
		_, rest, _ := strings.Cut(text, "\n")
		text = strings.TrimSpace(rest)
	}
	word := firstWord(text)
	rest := strings.TrimSpace(text[len(word):])
	if !slices.Contains(declarationWords, word) || rest == "" || startsWithOperator(rest) {
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
	switch word {
	case "otherwise", "repeal", "replace", "section":
		return rest != "" && !startsWithOperator(rest)
	}
	return s.isOutcome(word) && !startsWithOperator(rest)
}

// asFacts cuts a text into facts, if it is facts.
func (s *Session) asFacts(text string) ([]string, bool) {
	facts := cutFacts(text)
	for _, f := range facts {
		if !s.isFact(f) {
			return nil, false
		}
	}
	return facts, len(facts) > 0
}

// cutFacts cuts facts at the commas between them. A piece that is no sentence belongs
// to the value before it: recipient = Korea, Republic of.
func cutFacts(text string) []string {
	var out []string
	for _, piece := range cutAtCommas(text) {
		if len(out) > 0 && !looksLikeFact(piece) {
			out[len(out)-1] += "," + piece
			continue
		}
		out = append(out, piece)
	}
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return slices.DeleteFunc(out, func(f string) bool { return f == "" })
}

func looksLikeFact(piece string) bool {
	piece = strings.TrimSpace(piece)
	if strings.Contains(piece, "=") || strings.Contains(piece, " is ") || strings.HasPrefix(piece, "not ") {
		return true
	}
	word := firstWord(piece)
	return strings.HasPrefix(piece[len(word):], ".") || piece == ""
}

// cutAtCommas cuts a text at the commas outside of brackets and quotes.
func cutAtCommas(text string) []string {
	var out []string
	depth, quoted, from := 0, false, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
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
			out = append(out, text[from:i])
			from = i + 1
		}
	}
	return append(out, text[from:])
}

// isFact says whether a text says something of the case, and does not ask for it.
func (s *Session) isFact(text string) bool {
	if name, _, ok := strings.Cut(text, "="); ok && isPath(strings.TrimSpace(name)) {
		return true
	}
	e, _, ds := lang.ParseFact("fact", text)
	if ds.HasErrors() {
		return false
	}
	for {
		p, ok := e.(*lang.Paren)
		if !ok {
			break
		}
		e = p.X
	}
	switch e := e.(type) {
	case *lang.Is:
		return true
	case *lang.Unary:
		ref, ok := e.X.(*lang.Ref)
		return ok && e.Op == lang.Not && s.isYesNo(ref)
	case *lang.Ref:
		return s.isYesNo(e)
	}
	return false
}

// isYesNo says whether a path names a fact that is yes or no.
func (s *Session) isYesNo(ref *lang.Ref) bool {
	info, ok := s.now.prog.FactInfo(refText(ref))
	return ok && info.Form == interp.YesNoAnswer
}

func refText(ref *lang.Ref) string {
	names := make([]string, len(ref.Path))
	for i, n := range ref.Path {
		names[i] = n.Text
	}
	return strings.Join(names, ".")
}

func isPath(text string) bool {
	for _, name := range strings.Split(text, ".") {
		if name == "" || firstWord(name) != name {
			return false
		}
	}
	return true
}
