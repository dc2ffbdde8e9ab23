package session

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// TestColours holds that what colours a text reaches the terminal as such, and nothing
// of it as characters.
func TestColours(t *testing.T) {
	s, err := New(Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: interp.Date(20_000), Style: render.Style{Color: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{"item is CategoryI, recipient = AE", "decide", "why", "why not permit", "flip review", "diff us1993", "table item.form program.purpose", "rules", "show nonmember", "test", "prove", "check", "nonsense", "help"} {
		text := s.Eval(context.Background(), input).Text
		if strings.Contains(text, "\uFFFD") || strings.Contains(colours.ReplaceAllString(text, ""), "\x1b") {
			t.Errorf("%s:\n%q", input, text)
		}
	}
}

// TestWidths holds that answers fit the terminal, and are broken only where the next
// word would not have fitted.
func TestWidths(t *testing.T) {
	inputs := []string{
		"item is CategoryI, item is SLV, recipient = AE, program is SpaceLaunch", "decide", "why", "why not review", "flip review", "what if program is vetted",
		"table item.form program.purpose", "rules", "terms", "kinds", "use", "sources", "item.colour = red", "help", "help facts", "help rules", "diff us1993", "show session", "SLV and vetted", "reset", "table item.form recipient",
	}
	for _, width := range []int{40, 60, 100, 160} {
		s := newSession(t, Options{Style: render.Style{Width: width}})
		for _, input := range inputs {
			text := s.Eval(context.Background(), input).Text
			for _, line := range strings.Split(text, "\n") {
				if render.Width(line) > width {
					t.Errorf("%s: in %d columns, too wide: %q", input, width, line)
				}
			}
			if strings.HasPrefix(input, "help ") {
				paragraph, _, _ := strings.Cut(text, "\n\n")
				lines := strings.Split(paragraph, "\n")
				for i, line := range lines[1:] {
					if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); len(lines[i])+1+len(word) <= width {
						t.Errorf("%s: in %d columns, broken too early: %q", input, width, lines[i])
					}
				}
			}
		}
	}
}

func TestRulesAreShownWithoutComments(t *testing.T) {
	s := newSession(t, Options{})
	if text := s.Eval(context.Background(), "rules presume_deny").Text; strings.Contains(text, "#") || !strings.Contains(text, "own_programs") {
		t.Error(text)
	}
	s.Eval(context.Background(), "hashed: deny Item when item.range > 1 km # far\n  because \"rule # 1\"")
	s.Eval(context.Background(), "hashed: deny any because \"rule # 1\" # so it is")
	if text := s.Eval(context.Background(), "rules deny").Text; strings.Contains(text, "#") || !strings.Contains(text, "hashed") {
		t.Error(text)
	}
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")
