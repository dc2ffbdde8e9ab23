package repl

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/internal/session"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

func newSession(t testing.TB, opts session.Options) *session.Session {
	t.Helper()
	day, err := interp.ParseDate("2025-06-01")
	if err != nil {
		t.Fatal(err)
	}
	opts.FS, opts.Files, opts.Date = rules.Files, []string{rules.MTCR}, day
	s, err := session.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestJSON wants one object for each statement, with the same fields.
func TestJSON(t *testing.T) {
	s := newSession(t, session.Options{JSON: true})
	var out strings.Builder
	script := strings.Join([]string{
		"item is CategoryI, item is SLV", "recipient = AE", "", "why", "why not permit", "flip review", "what if program is vetted", "SLV and vetted", "item.range", "possible", "needs", "table item.category item.form",
		"term T of Item: category in (I, II)", "mine: deny T to AE", "diff", "use us1993", "as of today", "use", "rules", "show nonmember", "show SLV", "show item.form", "terms", "groups", "kinds", "sources",
		"check", "test launch", "prove mass", "help", "help facts", "undo", "redo", "facts", "forget recipient", "reset", "ask", "1", "stop", "reload",
	}, "\n") + "\nnonsense\nquit\nfacts\n"
	if status := runScripts(s, Config{Stdin: strings.NewReader(script), Stdout: &out, Options: session.Options{JSON: true}}); status != exitFailed {
		t.Errorf("the status is %d", status)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if want := strings.Count(script, "\n") - 1; len(lines) != want {
		t.Errorf("%d lines for %d inputs", len(lines), want)
	}
	for i, l := range lines {
		var e struct {
			Input       *string           `json:"input"`
			OK          *bool             `json:"ok"`
			Kind        string            `json:"kind"`
			Answer      any               `json:"answer"`
			Text        string            `json:"text"`
			Diagnostics []json.RawMessage `json:"diagnostics"`
			State       json.RawMessage   `json:"state"`
		}
		dec := json.NewDecoder(strings.NewReader(l))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&e); err != nil {
			t.Fatalf("line %d: %v: %s", i+1, err, l)
		}
		if e.Input == nil || e.OK == nil || e.Kind == "" || e.Diagnostics == nil || e.State == nil {
			t.Errorf("line %d lacks a field: %s", i+1, l)
		}
		if bad := *e.Input == "nonsense"; *e.OK == bad || bad != (len(e.Diagnostics) > 0) {
			t.Errorf("line %d: ok is %v with %d problems", i+1, *e.OK, len(e.Diagnostics))
		}
	}
}

func TestScripts(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		status   int
		want     string
	}{
		{"empty", "", exitOK, ""},
		{"no end of line", "recipient = IN", exitOK, "recipient = IN (India)"},
		{"other line ends", "item is SLV\r\nrecipient = IN\r\n", exitOK, "recipient = IN (India)"},
		{"ends within a rule", "deny CategoryI to (nonMember", exitFailed, "error"},
		{"ends within the questions", "ask\nspace_launch\n", exitOK, "program.purpose = space_launch"},
		{"bad text", "recipient = \xff\xfe\n", exitFailed, "error"},
		{"a NUL", "recipient = I\x00N\n", exitFailed, "error"},
		{"a rule over lines", "deny CategoryI to (\nnonMember)\nrules deny\n", exitOK, "deny CategoryI to"},
		{"a rule with clauses on lines of their own", "mine: deny CategoryI\nto nonMember\n  because \"so\"\nshow mine\n", exitOK, "because \"so\""},
		{"a clause alone", "facts\nbecause \"so\"\n", exitFailed, "begins no input, but goes on with one"},
		{"quit in between", "quit\nxyzzy\n", exitOK, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSession(t, session.Options{})
			var out strings.Builder
			if status := runScripts(s, Config{Stdin: strings.NewReader(tt.in), Stdout: &out}); status != tt.status {
				t.Errorf("the status is %d, not %d", status, tt.status)
			}
			if !strings.Contains(out.String(), tt.want) {
				t.Errorf("the output lacks %q:\n%s", tt.want, out.String())
			}
		})
	}
}

// TestScriptsRunAtFullSpeed tells thousands of facts, each of which is decided.
func TestScriptsRunAtFullSpeed(t *testing.T) {
	s := newSession(t, session.Options{})
	began := time.Now()
	if status := runScripts(s, Config{Stdin: strings.NewReader(strings.Repeat("recipient = IN\nrecipient = FR\n", 2000)), Stdout: new(strings.Builder)}); status != exitOK {
		t.Errorf("the status is %d", status)
	}
	if took := time.Since(began); took > 60*time.Second {
		t.Errorf("4,000 facts took %s", took)
	}
}

// TestRecordedThroughAPipe runs what was recorded where nobody looks ahead: a rule over
// several lines has to be one input there too.
func TestRecordedThroughAPipe(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSession(t, session.Options{})
	for _, in := range []string{
		"item is SLV", "recipient = IN", "record a.txt", "policy mine amends us2025\n{\n  deny SLV to IN\n    because \"so\" # a remark\n}", "use mine",
		"mine: deny SLV\n  to FR", "as of 2025-07-01", "use us", "ask", "uav", "stop", "undo", "use mine",
	} {
		if r := s.Eval(context.Background(), in); r.Failed {
			t.Fatalf("%s: %s", in, r.Text)
		}
	}
	text, err := os.ReadFile("a.txt")
	if err != nil {
		t.Fatal(err)
	}
	piped := newSession(t, session.Options{})
	if status := runScripts(piped, Config{Stdin: strings.NewReader(string(text)), Stdout: new(strings.Builder)}); status != exitOK {
		t.Errorf("the piped session ends with status %d", status)
	}
	for _, in := range []string{"facts", "as of", "use", "show session", "decide"} {
		want, got := s.Eval(context.Background(), in).Text, piped.Eval(context.Background(), in).Text
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-recorded +piped):\n%s", in, d)
		}
	}
}
