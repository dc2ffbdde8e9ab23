package session

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

func newSession(t testing.TB, opts Options) *Session {
	t.Helper()
	if opts.FS == nil {
		opts.FS, opts.Files = rules.Files, []string{rules.MTCR}
	}
	if opts.Date == 0 {
		day, err := interp.ParseDate("2025-06-01")
		if err != nil {
			t.Fatal(err)
		}
		opts.Date = day
	}
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ofText(t testing.TB, text string) *Session {
	t.Helper()
	return newSession(t, Options{FS: fstest.MapFS{"rules.ctl": &fstest.MapFile{Data: []byte(text)}}, Files: []string{"rules.ctl"}})
}

// tell carries inputs out that have to succeed.
func tell(t testing.TB, s *Session, inputs ...string) string {
	t.Helper()
	text := ""
	for _, in := range inputs {
		r := s.Eval(context.Background(), in)
		if r.Failed {
			t.Fatalf("%s: %s", in, r.Text)
		}
		text += r.Text
	}
	return text
}

// flatText is a text however its lines are broken.
func flatText(s string) string { return strings.Join(strings.Fields(s), " ") }

// snapshot is all that undo has to bring back.
func snapshot(s *Session) string {
	return fmt.Sprint(s.now.policy, s.now.c.Date(), s.now.c.Sentences(), s.now.prog.own.text())
}

func TestUndecidedAndConflict(t *testing.T) {
	s := ofText(t, "outcomes permit, deny\nkind K { a: bool\n b: bool }\nrole k: K\npolicy p { one: permit any when k.a\n two: deny any when k.b }\n")
	tell(t, s, "k.a = no, k.b = no")
	if text := tell(t, s, "why not permit"); !strings.Contains(flatText(text), "undecided: no rule of the policy applies") || !strings.Contains(text, "gap") {
		t.Errorf("undecided reads\n%s", text)
	}
	tell(t, s, "k.a, k.b = yes")
	if text := tell(t, s, "why not permit"); !strings.Contains(flatText(text), "outcomes do not rank, so the policy gives no answer") || !strings.Contains(text, "In conflict:") {
		t.Errorf("a conflict reads\n%s", text)
	}
	if p := s.Prompt(false, 80); p != "p: conflict> " {
		t.Errorf("the prompt is %q", p)
	}
}

func TestSeveralPoliciesAndNoSeries(t *testing.T) {
	s := ofText(t, "outcomes permit > deny\nkind K { a: bool }\nrole k: K\npolicy p { permit any }\npolicy q { deny any }\n")
	if p := s.Prompt(false, 80); p != "no policy> " {
		t.Errorf("the prompt is %q", p)
	}
	for _, input := range []string{"decide", "why", "possible", "needs", "rules", "flip deny", "ask", "deny any when k.a", "diff p", `save test "x"`} {
		if r := s.Eval(context.Background(), input); !r.Failed || !strings.Contains(r.Text, "use q") {
			t.Errorf("%s: %s", input, r.Text)
		}
	}
	tell(t, s, "k.a = yes", "use q", "decide")
}

func TestPromptDoesNotWaitForALongDecision(t *testing.T) {
	s := ofText(t, manyRules(10_000))
	began := time.Now()
	s.Prompt(false, 80)
	if took := time.Since(began); took > 2*promptWaits+20*time.Second {
		t.Errorf("the prompt took %s", took)
	}
	if text := tell(t, s, "item.code = 3, item.size = 10 km, recipient = IN"); !strings.Contains(text, "-> deny") {
		t.Errorf("the answer is\n%s", text)
	}
	if p := s.Prompt(false, 80); p != "p: deny> " {
		t.Errorf("the prompt is %q", p)
	}
}

func TestStopping(t *testing.T) {
	s := newSession(t, Options{})
	before := snapshot(s)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r := s.Eval(ctx, "recipient = IN"); !r.Failed || snapshot(s) != before {
		t.Errorf("what was stopped has changed the session: %s", r.Text)
	}
	file := filepath.Join(t.TempDir(), "long.txt")
	if err := os.WriteFile(file, []byte(strings.Repeat("recipient = IN\nrecipient = FR\n", 100_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	if r := s.Eval(ctx, "replay "+file); !r.Failed || !strings.Contains(r.Text, "stopped") {
		t.Errorf("a long replay: %s", r.Text)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("stopping took %s", took)
	}
	if snapshot(s) != before {
		t.Error("half a replay has changed the session")
	}
}
