package interp

import (
	"strings"
	"testing"
)

// TestSpaceOfOthers asks a space for the diagram of a policy that it was not made for: that is an
// error, and not a diagram by which its conditions never hold.
func TestSpaceOfOthers(t *testing.T) {
	const text = `outcomes deny > permit
kind Item { n: number  m: number? }
role item: Item
policy a { deny when item.n > 3 otherwise permit }
policy b { deny when item.n > 4 otherwise permit }
policy c { deny when has item.m otherwise permit }`
	prog, err := LoadText(t.Context(), "a.ctl", text)
	if err != nil {
		t.Fatal(err)
	}
	on := prog.LatestDate()
	a := Dated{prog.order.policies[0], on}
	for i, want := range []string{"", "`item.n > 4` was not taken in", "`has item.m` was not taken in"} {
		s := NewSpace(t.Context(), []Dated{a}, nil, 1000)
		_, _, err := s.Policy(Dated{prog.order.policies[i], on})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("policy %s: %v", prog.order.policies[i].Name, err)
		}
	}
}
