package interp

import "testing"

// TestFlipTellsWholeSets proposes an element of a set that is not known, where a
// constraint asks for another one too.
func TestFlipTellsWholeSets(t *testing.T) {
	prog, err := LoadText("x.ctl", `
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
	flips, err := p.Flip(prog.NewCase(), "permit", FlipOptions{All: true})
	if err != nil || len(flips) != 1 {
		t.Fatalf("%v, %v", flips, err)
	}
	tags, err := flips[0].Case.Lookup("item.tags")
	if err != nil || flips[0].After.Answer() != "permit" {
		t.Errorf("%v gives %s, %v", tags, flips[0].After.Answer(), err)
	}
}
