package session

import (
	"context"
	"strings"
	"testing"
)

func TestInterview(t *testing.T) {
	s := newSession(t, Options{})
	tell(t, s, "item is CategoryI, item is SLV, recipient = AE")
	if text := tell(t, s, "ask"); !strings.Contains(text, "military_missile") {
		t.Errorf("the question is\n%s", text)
	}
	if fact, ok := s.Asking(); !ok || fact != "program.purpose" {
		t.Errorf("asked is %s", fact)
	}
	if r := s.Eval(context.Background(), "space_lunch"); !r.Failed || !strings.Contains(r.Text, "space_launch") {
		t.Errorf("a misspelt answer: %s", r.Text)
	}
	tell(t, s, "2", "yes", "back", "no", "why", "stop")
	if text := tell(t, s, "facts"); !strings.Contains(text, "program.purpose = space_launch") {
		t.Errorf("the answers are lost:\n%s", text)
	}
	tell(t, s, "undo")
	if text := tell(t, s, "facts"); strings.Contains(text, "program") {
		t.Errorf("one undo does not take the interview back:\n%s", text)
	}
}

// While a question is asked, a command is no answer, and it is said how to come to it.
func TestCommandWhileAsked(t *testing.T) {
	s := newSession(t, Options{})
	tell(t, s, "item is SLV", "item is CategoryI", "recipient = AE", "program.purpose = space_launch")
	if text := tell(t, s, "ask"); !strings.Contains(text, "`stop` ends the questions") {
		t.Errorf("it is not said how to leave:\n%s", text)
	}
	for _, input := range []string{"why not permit", "facts"} {
		if r := s.Eval(context.Background(), input); !r.Failed || !strings.Contains(r.Text, "and then `"+input+"`") {
			t.Errorf("%s: %s", input, r.Text)
		}
	}
	if text := tell(t, s, "?"); !strings.Contains(text, "`why` says what") {
		t.Error(text)
	}
}
