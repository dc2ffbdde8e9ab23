package session

import (
	"context"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/render"
)

// noteCommand is the case as it is put on file: what was told, the decision, and why.
func (s *Session) noteCommand(ctx context.Context, rest string) *answer {
	rest, clear := cutUnmasked(rest)
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in note \"%s\"", rest, rest)
	}
	x, err := s.explain(ctx)
	if err != nil {
		return failure(err)
	}
	var b strings.Builder
	b.WriteString("Told of the case:\n")
	c := s.now.c
	sentences := c.Sentences()
	for i, f := range c.Facts() {
		b.WriteString("  " + sentences[i] + titleOf(f.Value) + "\n")
	}
	if len(sentences) == 0 {
		b.WriteString("  nothing\n")
	}
	b.WriteString("\n")
	render.WriteExplanation(&b, x, s.opts.Style)
	b.WriteString("\nThe rules: version " + s.now.prog.Version() + "\n")
	if rest == "" {
		return &answer{kind: "explanation", text: b.String(), data: x}
	}
	if a := s.refuseSensitive(clear, "note "+rest); a != nil {
		return a
	}
	file := unquoted(rest)
	return s.written(file, b.String(), "wrote the note to "+file, "note! "+rest+suffix(clear))
}

// asks are the commands whose answers can go to a file, behind a `>`: those that may tell
// of the case, and those that tell of the rules alone.
var (
	asksCase  = []string{"facts", "decide", "why", "flip", "what", "possible", "needs", "table", "diff", "prove", "check", "test", "note"}
	asksRules = []string{"rules", "show", "terms", "groups", "kinds", "sources", "help", "use", "history", "version"}
)

// redirected cuts the file off to which the answer to a question goes: why > note.txt.
func (s *Session) redirected(text string) (question, file string, ok bool) {
	at := strings.LastIndexByte(text, '>')
	if at <= 0 {
		return "", "", false
	}
	question, file = strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+1:])
	cmd, rest, isCommand := s.command(question)
	name, _ := cutUnmasked(file)
	switch {
	case isCommand && (slices.Contains(asksCase, cmd.name) || slices.Contains(asksRules, cmd.name)):
	case !isCommand && strings.HasSuffix(question, "?") && isFileName(name):
	default:
		return "", "", false
	}
	if _, when, has := strings.Cut(rest, "when "); has { // whose conditions have a sign like it
		if _, err := s.now.prog.Condition(when + " > " + file); err == nil {
			return "", "", false
		}
	}
	return question, file, true
}

// toFile writes the answer to a question to a file.
func (s *Session) toFile(ctx context.Context, question, rest string) *answer {
	file, clear := cutUnmasked(rest)
	if file == "" {
		return refuse("the answer goes to which file? For example: %s > answer.txt", question)
	}
	if severalWords(file) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in %s > \"%s\"", file, question, file)
	}
	var refused *answer
	cmd, what, isCommand := s.command(question)
	_, isFact := s.now.prog.FactInfo(what)
	switch {
	case isCommand && cmd.name == "show" && what == "session":
		refused = s.refuseSensitiveTests(clear, question+" > "+file)
	case !isCommand || slices.Contains(asksCase, cmd.name) || cmd.name == "show" && isFact:
		refused = s.refuseSensitive(clear, question+" > "+file)
	}
	if refused != nil {
		return refused
	}
	over := s.over
	a := s.carryOut(ctx, question)
	if len(a.problems) > 0 {
		return a
	}
	s.over = over
	name := unquoted(file)
	return s.written(name, strings.TrimRight(a.text, "\n")+"\n", "wrote the answer to "+name, question+" >! "+file+suffix(clear))
}
