package interp

import (
	"context"
	"strings"
	"testing"
)

// TestFlipTellsWholeSets proposes an element of a set that is not known, where a
// constraint asks for another one too.
func TestFlipTellsWholeSets(t *testing.T) {
	prog, err := LoadText(context.Background(), "x.ctl", `
outcomes deny > permit
kind Item { tags: set of a | b | c }
role item: Item
constraint k: a in item.tags
policy p { permit when c in item.tags  otherwise deny }
`)
	if err != nil {
		t.Fatal(err)
	}
	p := prog.Policies()[0]
	flips, err := p.Flip(t.Context(), prog.NewCase(), "permit", FlipOptions{All: true})
	if err != nil || len(flips) != 1 {
		t.Fatalf("%v, %v", flips, err)
	}
	tags, err := flips[0].Case.Lookup("item.tags")
	if err != nil || flips[0].After.Answer() != "permit" {
		t.Errorf("%v gives %s, %v", tags, flips[0].After.Answer(), err)
	}
}

// TestFlipOfNone finds what to tell where there is none: a set, or a thing of which
// conditions read other facts.
func TestFlipOfNone(t *testing.T) {
	for _, test := range []struct{ told, condition, want string }{
		{"s = none", "has i.s", "has i.s"},
		{"s = none", "none of i.s in (b)", "has i.s"},
		{"s = none", "all of i.s in (a)", "has i.s"},
		{"q = none", "none of i.q.s in (b)", "has i.q"},
		{"q = none", "not (i.q.n > 3) and has i.q", "has i.q"},
		{"q = none", "has i.q and b in i.q.g", "has i.q; b in i.q.g"},
	} {
		prog, err := LoadText(context.Background(), "t.ctl", `outcomes deny > permit
			kind Q { s: set of a | b  n: number?  g: set of a | b = (b) }
			kind I { q: Q?  s: set of a | b ? }
			role i: I
			policy p { permit when `+test.condition+` otherwise deny }`)
		if err != nil {
			t.Fatal(err)
		}
		c := prog.NewCase()
		if err := c.Tell("i." + test.told); err != nil {
			t.Fatal(err)
		}
		flips, err := prog.Policies()[0].Flip(t.Context(), c, "permit", FlipOptions{All: true})
		if err != nil {
			t.Errorf("%s: %v", test.condition, err)
			continue
		}
		var found []string
		for _, f := range flips {
			var words []string
			for _, ch := range f.Changes {
				words = append(words, ch.To)
			}
			found = append(found, strings.Join(words, "; "))
		}
		if len(found) != 1 || found[0] != test.want {
			t.Errorf("%s: flips %q, want %q", test.condition, found, test.want)
		}
	}
}

// TestDefaultOfASetWithin takes the default of a set within a thing of which it is not known
// whether there is one: none, or one with the default.
func TestDefaultOfASetWithin(t *testing.T) {
	prog, err := LoadText(context.Background(), "t.ctl", `outcomes deny > permit
		kind Q { s: set of a | b = (a) }
		kind I { q: Q? }
		role i: I
		policy p { deny when b in i.q.s otherwise permit }`)
	if err != nil {
		t.Fatal(err)
	}
	d, err := prog.Policies()[0].Decide(t.Context(), prog.NewCase())
	if err != nil || d.Answer() != "permit" || !d.Exact {
		t.Errorf("%v, %v", d, err)
	}
}
