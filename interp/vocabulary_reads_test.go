package interp_test

import (
	"slices"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

// The facts that rules, policies and terms read are listed through terms, groups and sections.
func TestFactsRead(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "reads.ctl", `
outcomes deny > permit
kind Item { a: number  b: number  c: text  unread: text  parts: list of Part }
kind Part { weight: mass }
kind Party = text
role item: Item
role to party: Party
group Known of Party: "Ann"
open term vetted of Party
open term urgent
term Low of Item: a < 3
term Lower of Item: Low and b < 3
term Grave: urgent or item.c = "x"
policy p {
  one: deny Lower to Known unless vetted
  two: deny when some q in item.parts has q.weight > 1 kg
  section late when Grave {
    three: deny any
  }
  otherwise permit
}`)
	if err != nil {
		t.Fatal(err)
	}
	p := prog.Policies()[0]
	got := map[string][]string{"p": p.Facts()}
	for _, r := range p.Rules() {
		got[r.Label] = r.Facts()
	}
	for _, term := range prog.Terms() {
		got[term.Name] = term.Facts()
	}
	for name, want := range map[string][]string{
		"p":      {"item.a", "item.b", "item.c", "item.parts", "party", "party.vetted", "urgent"},
		"one":    {"item.a", "item.b", "party", "party.vetted"},
		"two":    {"item.parts"},
		"three":  {},
		"Low":    {"Item.a"},
		"Lower":  {"Item.a", "Item.b"},
		"Grave":  {"item.c", "urgent"},
		"vetted": {"Party.vetted"},
		"urgent": {"urgent"},
	} {
		if !slices.Equal(got[name], want) {
			t.Errorf("%s reads %v, not %v", name, got[name], want)
		}
	}
	for _, fact := range p.Facts() {
		if _, ok := prog.FactInfo(fact); !ok {
			t.Errorf("FactInfo does not know %s", fact)
		}
	}
}
