package tests

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/internal/interview"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/session"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// sessionInput is a line of a transcript on which something was typed: behind the prompt.
var sessionInput = regexp.MustCompile(`^(?:(?:us|guidelines|no policy)[^>]*> |[a-z_]+\.[a-z_.]+\? |\.\.\. )(.*)$|^(?:us|guidelines)[^>]*>$`)

// TestSessionDocument runs the transcript of docs/session.md again, and wants every
// prompt and every answer to be what it says.
func TestSessionDocument(t *testing.T) {
	const name = "../docs/session.md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	day, err := interp.ParseDate("2025-06-01")
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.New(session.Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: day, Style: render.Style{Width: 80}})
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	var updated strings.Builder
	done, inputs := 0, 0
	back, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, b := range blocks(doc) {
		if b.kind != "session" {
			continue
		}
		ran := ""
		for _, line := range strings.Split(b.text, "\n") {
			m := sessionInput.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			inputs++
			prompt := strings.TrimRight(s.Prompt(false, 80)+m[1], " ") + "\n"
			r := s.Eval(context.Background(), m[1])
			ran += prompt + r.Text + interview.HowToTake(r.Offers)
		}
		if diff := cmp.Diff(b.text, ran); diff != "" && !*update {
			t.Errorf("line %d (-document +session):\n%s", b.line, diff)
		}
		updated.WriteString(doc[done:b.start] + ran)
		done = b.end
	}
	updated.WriteString(doc[done:])
	if inputs < 20 {
		t.Errorf("the transcript has %d inputs", inputs)
	}
	if *update && updated.String() != doc {
		t.Chdir(back)
		if err := os.WriteFile(name, []byte(updated.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSessionJSON holds what SPEC.md says of the session's JSON equal to what it prints:
// every kind of answer has its row there, and every field stands in it.
func TestSessionJSON(t *testing.T) {
	spec, err := os.ReadFile("../SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, ok := strings.Cut(string(spec), "`ctl repl` and `ctlrepl` answer every statement")
	if !ok {
		t.Fatal("SPEC.md does not describe the session's JSON")
	}
	fields, kinds, _ := strings.Cut(part, "| `kind` | the input |")
	t.Chdir(t.TempDir())
	s, err := session.New(session.Options{FS: rules.Files, Files: []string{rules.MTCR}, JSON: true, Edit: func(string) error { return nil }, History: &inMemory{}})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, input := range []string{
		"as of 2025-06-01", "item is CategoryI, item is SLV, recipient = AE", "facts", "decide", "possible", "needs", "why", "why not review", "flip review", "what if program is vetted",
		"ask", "stop", "SLV and vetted", "item.range - 20 km", "item.form", "table item.form program.purpose", "use", "show nonmember", "rules", "show item.form", "show SLV",
		"terms", "groups", "kinds", "sources", "check", "diff us1993", "prove mass", "test launch", "mine: deny SLV to nonMember", "term Far of Item: range > 1 km",
		`test "one" { given item is SLV expect deny }`, "reload", "save own.ctl", "record s.txt", "record", "edit", "note", "note n.txt", "why > w.txt", "history on", "version", "replay s.txt", "help", "help facts", "# a comment", "nonsense", "quit",
	} {
		for _, v := range s.Eval(context.Background(), input).JSON {
			data, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			var e map[string]any
			if err := json.Unmarshal(data, &e); err != nil {
				t.Fatal(err)
			}
			for name := range e {
				if !strings.Contains(fields, "\n| `"+name+"` |") {
					t.Errorf("%s: the field %s is not described", input, name)
				}
			}
			kind := e["kind"].(string)
			seen[kind] = true
			row := rowOf(kinds, kind)
			if row == "" {
				t.Errorf("%s: the kind %s is not described", input, kind)
			}
			answer := e["answer"]
			if list, isList := answer.([]any); isList && len(list) > 0 {
				answer = list[0]
			}
			object, _ := answer.(map[string]any)
			for name := range object {
				if !strings.Contains(row, "`"+name+"`") && !strings.Contains(row, "| as ") && kind != "replay" {
					t.Errorf("%s: the field %s of the kind %s is not described", input, name, kind)
				}
			}
		}
	}
	for _, word := range regexp.MustCompile("(?m)^\\| (`.*?`) \\|").FindAllStringSubmatch(kinds, -1) {
		for _, kind := range strings.Split(word[1], ", ") {
			if kind = strings.Trim(kind, "`"); !seen[kind] && kind != "stopped" {
				t.Errorf("no input was answered by the kind %s", kind)
			}
		}
		if strings.Contains(word[1], "`stopped`") {
			break
		}
	}
}

// rowOf is the row of a table that describes a name.
func rowOf(table, name string) string {
	for _, line := range strings.Split(table, "\n") {
		cells := strings.SplitN(line, " | ", 2)
		if len(cells) == 2 && strings.Contains(cells[0], "`"+name+"`") {
			return line
		}
	}
	return ""
}

// inMemory is a history that is kept nowhere.
type inMemory struct{ kept []string }

func (l *inMemory) Lines() []string { return l.kept }
func (l *inMemory) Keep(bool)       {}
