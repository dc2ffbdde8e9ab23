package tests

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/lang"
)

// TestTemplates takes the message of every problem of the codes' examples apart: the template and
// the arguments make the message again, and no name of the example is left in the template.
func TestTemplates(t *testing.T) {
	quoted := regexp.MustCompile("`([^`{}]+)`")
	words := slices.Concat(lang.Keywords(), lang.DeclarationWords(), lang.ItemWords(), lang.ClauseWords(), lang.Prepositions())
	apart, all := 0, 0
	for _, c := range codes(t) {
		if c.example == "" {
			continue
		}
		names := map[string]bool{}
		for _, token := range lang.Tokens(c.example) {
			if token.Kind == lang.TokenName && !slices.Contains(words, token.Text) {
				names[token.Text] = true
			}
		}
		for _, d := range problemsOf(c) {
			template, args := d.Template()
			if again := lang.FillTemplate(template, args); again != d.Message {
				t.Errorf("%s: %q with %q makes %q, not %q", c.code, template, args, again, d.Message)
			}
			for _, a := range args {
				if !strings.Contains(d.Message, a) {
					t.Errorf("%s: %q is not in %q", c.code, a, d.Message)
				}
			}
			all++
			if len(args) > 0 {
				apart++
			}
			for _, m := range quoted.FindAllStringSubmatch(template, -1) {
				if names[m[1]] {
					t.Errorf("%s: the template %q holds the name %s", c.code, template, m[1])
				}
			}
		}
	}
	if apart < all/2 {
		t.Errorf("of %d messages %d have arguments", all, apart)
	}
}

// FuzzTemplate makes messages again of whatever they are made of.
func FuzzTemplate(f *testing.F) {
	f.Add("`%s` is {no} outcome of %d%%", "a{1}b%s", 3, "; {%s}")
	f.Fuzz(func(t *testing.T, format, s string, n int, more string) {
		for _, args := range [][]any{nil, {s}, {s, n}, {n, s, s}} {
			d := (&lang.Diagnostic{}).Say(format, args...)
			if template, args := d.Template(); lang.FillTemplate(template, args) != d.Message {
				t.Errorf("%q with %q does not make %q", template, args, d.Message)
			}
			d.Add(more, args...)
			if template, args := d.Template(); lang.FillTemplate(template, args) != d.Message {
				t.Errorf("%q with %q does not make %q", template, args, d.Message)
			}
		}
	})
}
