package interp

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// letters are ways written by letters: "ac ad" is a and c, or a and d.
func letters(ways ...string) []*Condition {
	out := make([]*Condition, len(ways))
	for i, w := range ways {
		parts := make([]*Condition, 0, len(w))
		for _, r := range w {
			parts = append(parts, &Condition{Op: OpOpaque, Text: string(r)})
		}
		out[i] = allOf(parts...)
	}
	return out
}

func TestFactored(t *testing.T) {
	for _, tt := range []struct {
		ways []string
		want string
	}{
		{[]string{"ab"}, "a and b"},
		{[]string{"a", "b"}, "a or b"},
		{[]string{"ab", "ac"}, "a and (b or c)"},
		{[]string{"ac", "ad", "bc", "bd"}, "(a or b) and (c or d)"},
		{[]string{"xac", "xad", "xbc", "xbd"}, "x and (a or b) and (c or d)"},
		{[]string{"ac", "ad", "bc", "bd", "e"}, "((a or b) and (c or d)) or e"},
		{[]string{"abc", "abd", "ef"}, "(a and b and (c or d)) or (e and f)"},
		{[]string{"ab", "bc", "ac"}, "(a and (b or c)) or (b and c)"},
		{[]string{"xabc", "xabd", "xe"}, "x and ((a and b and (c or d)) or e)"},
		{[]string{"ab", "ba"}, "a and b"},
		{[]string{"a", "ab"}, "a"},
		{[]string{"", "ab"}, "yes"},
		{nil, "no"},
	} {
		if got := factored(letters(tt.ways...)).String(); got != tt.want {
			t.Errorf("%q become %q, want %q", tt.ways, got, tt.want)
		}
	}
}

// TestFactoredSaysTheSame draws ways and compares what they say with what their shorter form
// says, of all truths of their parts; and the shorter form has no more parts.
func TestFactoredSaysTheSame(t *testing.T) {
	shorter := 0
	for range 20_000 {
		ways := make([]string, rand.IntN(7))
		for i := range ways {
			for c := range 8 {
				if rand.IntN(3) == 0 {
					ways[i] += string(rune('a' + c))
				}
			}
		}
		plain, got := oneOfThem(letters(ways...)...), factored(letters(ways...))
		for truths := range 1 << 8 {
			if holdsBy(plain, truths) != holdsBy(got, truths) {
				t.Fatalf("%q become %s, which says something else for %s", ways, got, fmt.Sprintf("%08b", truths))
			}
		}
		was, is := leaves(plain), leaves(got)
		if is > was {
			t.Fatalf("%q become %s, which is longer", ways, got)
		}
		if is < was {
			shorter++
		}
	}
	if shorter < 5000 {
		t.Errorf("only %d of 20,000 became shorter", shorter)
	}
}

func holdsBy(c *Condition, truths int) bool {
	for _, p := range c.Parts {
		if holdsBy(p, truths) == (c.Op == OpOr) {
			return c.Op == OpOr
		}
	}
	if c.Op == OpOpaque {
		return truths>>(c.Text[0]-'a')&1 == 1
	}
	return c.Op == OpAnd
}

func leaves(c *Condition) int {
	n := len(c.Parts)
	if n == 0 {
		return 1
	}
	n = 0
	for _, p := range c.Parts {
		n += leaves(p)
	}
	return n
}
