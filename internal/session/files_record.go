package session

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/osfile"
)

func (s *Session) recordCommand(_ context.Context, rest string) *answer {
	if rest == "" && s.record != "" {
		file := s.record
		s.record = ""
		return &answer{kind: "record", text: "no longer recording to " + file, data: fileData{file, ""}, unlisted: true}
	}
	rest, clear := cutUnmasked(rest)
	if rest == "" {
		return refuse("record to which file? For example: record session.txt")
	}
	if severalWords(rest) {
		return refuse("`%s` is several words: the name of a file with spaces stands in quotes, as in record \"%s\"", rest, rest)
	}
	file := unquoted(rest)
	text := recordHead
	left := 0
	for _, in := range s.inputs {
		text += in.recorded(clear)
		if in.private && !clear {
			left++
		}
	}
	did := "recording to " + file + ", from the beginning of the session; `record` alone ends it"
	if left > 0 {
		did += "\nleft out, as they tell what is sensitive: " + counted(left, "input", "inputs") + " (`record FILE " + unmasked + "` writes them too)"
	}
	a := s.written(file, text, did, "record! "+rest+suffix(clear))
	if !a.failed {
		a.kind, s.record, s.recordClear = "record", file, clear
	}
	return a
}

// told is an input that record writes.
type told struct {
	text    string
	answers bool // a question
	private bool // it tells what is sensitive
}

// recorded is an input as it is written. What is left out of it is a comment, and a
// question that it answers is left open.
func (t told) recorded(clear bool) string {
	switch {
	case clear || !t.private:
		return t.text
	case t.answers:
		return "unknown\n"
	}
	return "# left out: an input that tells what is sensitive\n"
}

// recordHead is the first line of a recorded session.
const recordHead = "# A session of ctlrepl: `replay` runs it again, and so does `ctlrepl < FILE`.\n"

// IsRecord says whether the text of a file begins as a recorded session does.
func IsRecord(text string) bool { return strings.HasPrefix(text, "# A session of ctlrepl: ") }

// note keeps a statement for record.
func (s *Session) note(t told) {
	s.inputs = append(s.inputs, t)
	if s.record != "" && s.replaying == 0 {
		_ = appendLine(s.record, t.recorded(s.recordClear)) // the answer to the input matters more
		s.own(s.record)
	}
}

// telling is a statement for record, before it is carried out.
func (s *Session) telling(statement string) told {
	t := told{text: "decide\n", answers: s.talk != nil, private: s.private(statement, false)}
	if statement != "" {
		t.text = recorded(s, statement) + "\n"
	}
	return t
}

func appendLine(file, line string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line)
	return errors.Join(err, f.Close())
}

// recorded is a statement such that its lines are read as one statement again.
func recorded(s *Session, statement string) string {
	lines := strings.Split(statement, "\n")
	open := ""
	for i, l := range lines {
		open = join(open, l)
		if i < len(lines)-1 && s.Open(open) == "" {
			lines[i] += ` \`
			open += `\`
		}
	}
	return strings.Join(lines, "\n")
}

// deepestReplay is how many recorded sessions may run one another.
const deepestReplay = 8

func (s *Session) replayCommand(ctx context.Context, rest string) *answer {
	if rest == "" {
		return refuse("replay which file? `record FILE` writes one")
	}
	if s.replaying >= deepestReplay {
		return refuse("recorded sessions replay one another more than %d deep", deepestReplay)
	}
	file := unquoted(rest)
	data, err := osfile.Read(file, mostRead)
	if err != nil {
		return refuse("cannot read %s: %s", file, reason(err))
	}
	s.replaying++
	defer func() { s.replaying-- }()
	a := &answer{kind: "replay", unlisted: true}
	answers := []any{}
	s.inputs = slices.Clip(s.inputs)
	failed, n := 0, 0
	for _, statement := range s.statements(string(data)) {
		if ctx.Err() != nil {
			return stopped()
		}
		if withoutComment(statement) == "" {
			continue
		}
		var r Result
		in := s.telling(statement)
		one := s.answer(ctx, statement)
		if one.failed && n == 0 && !IsRecord(string(data)) && !strings.HasPrefix(statement, "replay ") { // it may be any file, whose text is not to be shown
			return refuse("%s does not begin as a recorded session does, and its first input is none", file)
		}
		if one.known() {
			s.inputs = append(s.inputs, in)
		}
		r.add(ctx, s, statement, one)
		n++
		a.text += "> " + strings.ReplaceAll(statement, "\n", "\n  ") + "\n" + r.Text
		answers = append(answers, r.JSON...)
		if one.failed {
			failed++
		}
		if one.quit {
			break
		}
	}
	a.data = answers
	a.failed = failed > 0
	a.text += "replayed " + counted(n, "input", "inputs") + " of " + file
	if failed > 0 {
		a.text += ", " + counted(failed, "of them failed", "of them failed")
	}
	return a
}
