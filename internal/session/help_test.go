package session

import (
	"context"
	"slices"
	"testing"
)

// TestHelpExamples runs the examples of every topic, in a folder of its own.
func TestHelpExamples(t *testing.T) {
	for _, topic := range topics {
		t.Run(topic.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := newSession(t, Options{Version: "v1"})
			for _, e := range topic.examples {
				if r := s.Eval(context.Background(), e); r.Failed {
					t.Errorf("%s: %s", e, r.Text)
				}
			}
			if r := s.Eval(context.Background(), "help "+topic.name); r.Failed || r.Text == "" {
				t.Errorf("help %s: %s", topic.name, r.Text)
			}
		})
	}
}

// TestEveryCommandIsExplained wants each command in some topic's examples.
func TestEveryCommandIsExplained(t *testing.T) {
	for _, c := range commands {
		if !slices.Contains([]string{"quit", "help", "edit", "history"}, c.name) && topicOf(c) == nil {
			t.Errorf("no topic shows `%s`", c.name)
		}
	}
}
