package session

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// soup is what inputs are made of.
var soup = []string{
	"item", "item.form", "item.range", "recipient", "program", "vetted", "SLV", "nonMember", "Member", "IN", "India", "300", "km", "uav", "yes", "none",
	"=", "!=", "<", ">=", "is", "not", "and", "or", "in", "implies", "(", ")", "{", "}", ",", ".", ":", "..", "?", "\\", "\"", "\"x\"", "#", "\n", "\n  ", "+", "-", "/",
	"deny", "permit", "review", "to", "for", "unless", "when", "otherwise", "repeal", "replace", "annex", "nonmember", "section", "because", "source",
	"policy", "p", "amends", "us2025", "us1993", "us", "term", "group", "kind", "role", "outcomes", "use", "iso3166", "claim", "unit", "open", "of", "constraint", "series", "test",
	"facts", "load", "case", "forget", "undo", "redo", "reset", "decide", "why", "flip", "what", "if", "ask", "possible", "needs", "as", "2025-06-01", "today", "rules", "show", "session",
	"terms", "groups", "kinds", "sources", "reload", "help", "back", "stop", "unknown", "1", "2", "x", "", "日本", "\x00", "\xff", "=", "is", "deny",
}

// TestNoInputIsTooMuch types anything. Every input is answered, and none by an error of
// the program itself; completion bears it too.
func TestNoInputIsTooMuch(t *testing.T) {
	t.Chdir(t.TempDir()) // words may say where to write
	rapid.Check(t, func(t *rapid.T) {
		s, err := New(Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: interp.Date(20_000), JSON: rapid.Bool().Draw(t, "json"), Style: render.Style{Width: rapid.SampledFrom([]int{0, 1, 20, 80}).Draw(t, "width")}})
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 8).Draw(t, "inputs") {
			words := rapid.SliceOfN(rapid.SampledFrom(soup), 1, 10).Draw(t, "words")
			input := strings.Join(words, " ")
			if c := s.Complete(input); c.Start < 0 || c.Start > len(input) {
				t.Fatalf("%q: completion starts at %d", input, c.Start)
			}
			s.Open(input)
			if r := s.Eval(context.Background(), input); strings.Contains(r.Text, "internal error") || r.Failed && r.Text == "" {
				t.Fatalf("%q: %s", input, r.Text)
			}
			s.Prompt(false, 80)
		}
	})
}
