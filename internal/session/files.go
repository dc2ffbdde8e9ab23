package session

import (
	"context"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// fileData is a file that was written or read, for JSON.
type fileData struct {
	File string `json:"file"`
	Text string `json:"text"`
}

func (s *Session) saveCommand(ctx context.Context, rest string) *answer {
	switch word := firstWord(rest); word {
	case "test":
		return s.saveTest(ctx, strings.TrimSpace(rest[len(word):]))
	case "case":
		return s.saveCase(strings.TrimSpace(rest[len(word):]))
	}
	rest, clear := cutUnmasked(rest)
	if rest == "" {
		rest = s.ownFile
	}
	if rest == "" {
		return refuse(`save where? For example: save rules.ctl, save case case.json, or save test "a name"`)
	}
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in save \"%s\"; save test \"%s\" keeps the present case under that name", rest, rest, rest)
	}
	own := s.now.prog.own
	if len(own.entries) == 0 {
		return refuse("nothing has been declared in this session; `save case FILE` writes the present case, and `save test \"NAME\"` writes it as a test")
	}
	if a := s.refuseSensitiveTests(clear, "save "+rest); a != nil {
		return a
	}
	file, text := unquoted(rest), formatted(s.from.name, own.text())
	a := s.written(file, text, "wrote "+counted(len(own.entries), "declaration", "declarations")+" to "+file, "save! "+rest+suffix(clear))
	if !a.failed {
		s.saved, s.ownFile = own, rest
	}
	return a
}

// suffix is the word that asks for what is sensitive, behind an input that did.
func suffix(clear bool) string {
	if clear {
		return " " + unmasked
	}
	return ""
}

// Unsaved is what was declared in the session and is in no file, but for tests that tell
// what is sensitive, and how many of these there are.
func (s *Session) Unsaved() (text string, left int) {
	own := s.now.prog.own
	if own == s.saved {
		return "", 0
	}
	kept := &ownText{}
	for _, e := range own.entries {
		if s.tellsSensitive(e) {
			left++
		} else {
			kept.entries = append(kept.entries, e)
		}
	}
	return kept.text(), left
}

// saveTest writes the present case as a test, or shows it where no file is named.
func (s *Session) saveTest(ctx context.Context, rest string) *answer {
	rest, clear := cutUnmasked(rest)
	name, rest, ok := cutQuoted(rest)
	if !ok || name == "" {
		return refuse(`a test needs a name in quotes: save test "a launch vehicle for a partner" tests.ctl`)
	}
	_, d, err := s.now.decide(ctx)
	if err != nil {
		return failure(s.withHint(cannotDecide(err)))
	}
	for _, t := range s.now.prog.Tests() {
		if t.Name == name && !strings.HasPrefix(t.Site().String(), s.from.name+":") {
			return refuse("there is a test `%s` already, at %s", name, t.Site().String())
		}
	}
	if a := s.refuseSensitive(clear, strings.TrimSpace("save test "+lang.Quote(name)+" "+rest)); a != nil {
		return a
	}
	text := s.now.c.AsTest(name, d)
	if rest == "" {
		return s.declareTest(ctx, text)
	}
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in save test %q \"%s\"", rest, name, rest)
	}
	file := unquoted(rest)
	if err := appendTo(file, text); err != nil {
		return failure(err)
	}
	return &answer{kind: "saved", data: fileData{file, text}, text: text + "added to " + file, unlisted: true}
}

// declareTest takes the present case into the session as a test.
func (s *Session) declareTest(ctx context.Context, text string) *answer {
	a := s.declare(ctx, strings.TrimSpace(text))
	if !a.failed {
		a.text = text + a.text + "`save FILE` writes it\n"
	}
	return a
}

// cutQuoted reads a text in quotes and what stands behind it.
func cutQuoted(text string) (quoted, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	e, _, ds := lang.ParseExpr("name", text)
	if t, isText := e.(*lang.Text); isText && !ds.HasErrors() {
		return t.Value, "", true
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			e, _, _ := lang.ParseExpr("name", text[:i+1])
			t, isText := e.(*lang.Text)
			if !isText {
				return "", "", false
			}
			return t.Value, strings.TrimSpace(text[i+1:]), true
		}
	}
	return "", "", false
}
