package tests

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/repl"
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
	s, err := repl.New(repl.Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: day, Style: render.Style{Width: 80}})
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
			ran += strings.TrimRight(s.Prompt(false, 80)+m[1], " ") + "\n" + s.Eval(context.Background(), m[1]).Text
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
