package interp

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/dd"
)

// What the diagrams say of the deciding rules and the obligations of a complete case is
// what its decision has.
func TestDecidingOfDiagrams(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := obligingPolicy(t)
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Skip(err) // a circle of priorities
		}
		p, err := prog.Policy("p")
		if err != nil {
			t.Fatal(err)
		}
		dated := Dated{p, prog.LatestDate()}
		s := NewSpace(context.Background(), []Dated{dated}, nil, dated.Policy.prog.options.Limits.Nodes)
		circuit := s.Store.NewCircuit()
		on, err := s.Deciding(circuit, dated)
		if err != nil {
			t.Fatal(err)
		}
		for bits := range 32 {
			c := prog.NewCase()
			c.SetDate(dated.On)
			for i, name := range []string{"a", "b", "c", "d", "e"} {
				if err := c.Set("thing."+name, bits>>i&1 == 1); err != nil {
					t.Fatal(err)
				}
			}
			d, err := p.Decide(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			holds := func(g dd.Gate) bool {
				f, err := circuit.Within(g, dd.True)
				if err != nil {
					t.Fatal(err)
				}
				at, err := s.Store.Constrain(f, known(s.Point(c)))
				if err != nil {
					t.Fatal(err)
				}
				return at == dd.True
			}
			for l, g := range on.Answers {
				if a := s.Answer(dd.Leaf(l)); holds(g) != (a.Name() == d.Answer()) {
					t.Fatalf("%s is the answer: %s, by diagram %v, of %v\n%s", a.Name(), d.Answer(), holds(g), c.Sentences(), text)
				}
			}
			for i, r := range p.Rules() {
				if holds(on.Rules[i]) != slices.Contains(d.Rules, r) {
					t.Fatalf("%s decides: %v, by diagram %v, of %v\n%s", r.Label, slices.Contains(d.Rules, r), holds(on.Rules[i]), c.Sentences(), text)
				}
			}
			for _, o := range []string{"x", "y", "z"} {
				if holds(on.Obliging[o]) != slices.Contains(d.Obligations, o) {
					t.Fatalf("%s is required: %v, by diagram %v, of %v\n%s", o, d.Obligations, holds(on.Obliging[o]), c.Sentences(), text)
				}
			}
		}
	})
}

// obligingPolicy draws a policy with obligations, sections within sections, and an
// otherwise in any of them.
func obligingPolicy(t *rapid.T) string {
	n, sections := 0, 0
	pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "pick") }
	text := "outcomes " + pick("o0 > o1 > o2", "o0, o1, o2", "o0 > o1, o2") +
		"\nkind Thing { a: bool b: bool c: bool d: bool e: bool }\nrole thing: Thing\npolicy p decides by " + pick("strictest", "loosest", "first") + " {\n"
	requiring := func() string { return pick("", ` requiring "x"`, ` requiring "y"`, ` requiring "x", "z"`) }
	cond := func() string {
		return pick("", "not ") + "thing." + pick("a", "b", "c", "d", "e") + pick(" and ", " or ") + pick("", "not ") + "thing." + pick("a", "b", "c", "d", "e")
	}
	var body func(depth int)
	body = func(depth int) {
		for range rapid.IntRange(1, 3).Draw(t, "items") {
			if depth > 0 && rapid.IntRange(0, 2).Draw(t, "kind") == 0 {
				sections++
				text += "section s" + string(rune('0'+sections)) + " decides by " + pick("strictest", "loosest", "first") + pick("", " when "+cond()) + " {\n"
				body(depth - 1)
				text += "}\n"
				continue
			}
			n++
			text += "r" + string(rune('0'+n/10)) + string(rune('0'+n%10)) + ": " + pick("o0", "o1", "o2") + pick("", " when "+cond())
			if n > 1 {
				over := rapid.IntRange(1, n-1).Draw(t, "over")
				text += pick("", "", " notwithstanding r"+string(rune('0'+over/10))+string(rune('0'+over%10)))
			}
			text += requiring() + "\n"
		}
		if rapid.Bool().Draw(t, "otherwise") {
			text += "otherwise " + pick("o0", "o1", "o2") + requiring() + "\n"
		}
	}
	body(2)
	return text + "}\n"
}
