package automaton

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// matches says by the definition whether a glob describes a text.
func matches(text []rune, g Glob) bool {
	switch {
	case len(g) == 0:
		return len(text) == 0
	case g[0] == AnyRun:
		return matches(text, g[1:]) || len(text) > 0 && matches(text[1:], g)
	}
	return len(text) > 0 && (g[0] == AnyOne || g[0] == text[0]) && matches(text[1:], g[1:])
}

func (p Pattern) has(text string) bool {
	for _, g := range p {
		if matches([]rune(text), g) {
			return true
		}
	}
	return false
}

var letters = []rune("abé-")

func drawPatterns(t *rapid.T) []Pattern {
	token := rapid.SampledFrom(append([]rune{AnyRun, AnyRun, AnyOne}, letters...))
	glob := rapid.Map(rapid.SliceOfN(token, 0, 5), func(g []rune) Glob { return g })
	pattern := rapid.Map(rapid.SliceOfN(glob, 1, 3), func(gs []Glob) Pattern { return gs })
	return rapid.SliceOfN(pattern, 0, 5).Draw(t, "patterns")
}

func goOn(int) {}

func never(string) bool { return false }

func other(i int) rune { return 'x' + rune(i) }

func TestClassIsWhatMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := drawPatterns(t)
		a, err := New(patterns, 1<<20, goOn)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			text := string(rapid.SliceOfN(rapid.SampledFrom(append([]rune("zü"), letters...)), 0, 7).Draw(t, "text"))
			for i, p := range patterns {
				if got := a.Matches(a.Class(text), i); got != p.has(text) {
					t.Fatalf("%q matches %q: %v", text, p, got)
				}
			}
		}
	})
}

// Every class has an example that is in it, and the shortest; one of which all texts are taken has none.
func TestExamples(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := drawPatterns(t)
		a, err := New(patterns, 1<<20, goOn)
		if err != nil {
			t.Fatal(err)
		}
		taken := map[string]bool{}
		for _, text := range rapid.SliceOfN(rapid.StringMatching(`[abxé]{0,3}`), 0, 12).Draw(t, "taken") {
			taken[text] = true
		}
		texts, ok, err := a.Examples(other, func(text string) bool { return taken[text] }, never, 1<<24, goOn)
		if err != nil {
			t.Fatal(err)
		}
		for class := range a.Classes() {
			if ok[class] && (a.Class(texts[class]) != class || taken[texts[class]]) {
				t.Fatalf("%q is no example of its class", texts[class])
			}
		}
		for _, text := range words("abéx-", 3) {
			class := a.Class(text)
			if !taken[text] && (!ok[class] || text != "" && utf8.RuneCountInString(texts[class]) > utf8.RuneCountInString(text)) {
				t.Fatalf("%q is an example of its class, and %q was given (%v)", text, texts[class], ok[class])
			}
		}
	})
}

// words are all texts of some letters up to a length.
func words(letters string, n int) []string {
	out := []string{""}
	last := out
	for range n {
		var next []string
		for _, w := range last {
			for _, r := range letters {
				next = append(next, w+string(r))
			}
		}
		out, last = append(out, next...), next
	}
	return out
}

// What is worse is an example only where nothing else is.
func TestWorseExamples(t *testing.T) {
	a, err := New([]Pattern{{{'a', '.', AnyRun}}, {{'a', '.'}}}, 1<<20, goOn)
	if err != nil {
		t.Fatal(err)
	}
	dangling := func(text string) bool { return strings.HasSuffix(text, ".") }
	texts, _, err := a.Examples(other, never, dangling, 1<<20, goOn)
	for text, want := range map[string]string{"a.b": "a.a", "a.": "a."} {
		if got := texts[a.Class(text)]; err != nil || got != want {
			t.Errorf("the example of the class of %q is %q, not %q (%v)", text, got, want, err)
		}
	}
}

// What one pattern can cost is bounded: twenty of them, each of which may begin anywhere, have a million states.
func TestTooLarge(t *testing.T) {
	var many []Pattern
	for i := range 20 {
		many = append(many, Pattern{{AnyRun, 'a' + rune(i), AnyRun}})
	}
	if _, err := New(many, 1<<20, goOn); !errors.Is(err, ErrTooLarge) {
		t.Errorf("twenty such patterns: %v", err)
	}
	if _, err := New(many[:8], 1<<20, goOn); err != nil {
		t.Errorf("eight such patterns: %v", err)
	}
}

// A thousand beginnings take work in proportion to their number, and not to its square.
func TestWorkOfBeginnings(t *testing.T) {
	work := func(n int) int {
		var ps []Pattern
		for i := range n {
			ps = append(ps, Pattern{append(Glob(fmt.Sprintf("%05d", i*7919%100_000)), AnyRun)})
		}
		a, err := New(ps, 1<<30, goOn)
		if err != nil {
			t.Fatal(err)
		}
		return a.Work
	}
	if few, many := work(250), work(1000); many > 6*few {
		t.Errorf("250 beginnings take %d, 1000 take %d", few, many)
	}
	if a, _ := New([]Pattern{{append(Glob(strings.Repeat("a", 50)), AnyRun)}}, 1<<20, goOn); a.Classes() != 2 {
		t.Errorf("there are %d classes", a.Classes())
	}
}
