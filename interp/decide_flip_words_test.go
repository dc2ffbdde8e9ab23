package interp

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// What is proposed reads as it is meant: every case in which the changes hold, as they are
// printed, gives the outcome.
func TestFlipReadsAsItIsMeant(t *testing.T) {
	prog, err := LoadText(context.Background(), "flip.ctl", `
outcomes deny > permit
kind Item { size: number?  ready: bool  form: x | y | z?  tags: set of x | y }
role item: Item
policy p {
  permit when item.size not in 1 .. 2 and item.ready or item.form not in (x) and x in item.tags
  otherwise deny
}
`)
	if err != nil {
		t.Fatal(err)
	}
	p := prog.order.policies[0]
	told := func(facts ...string) *Case {
		c := prog.NewCase()
		if err := c.Tell(facts...); err != nil {
			t.Fatal(err)
		}
		return c
	}
	values := map[string][]string{
		"item.size":  {"none", "0", "1", "1.5", "2", "3"},
		"item.ready": {"yes", "no"},
		"item.form":  {"none", "x", "y", "z"},
		"item.tags":  {"()", "(x)", "(y)", "(x, y)"},
	}
	bracketed := false
	for _, start := range [][4]string{{"1", "no", "x", "()"}, {"none", "no", "none", "(y)"}, {"2", "no", "y", "()"}} {
		facts := map[string]string{"item.size": start[0], "item.ready": start[1], "item.form": start[2], "item.tags": start[3]}
		var sentences []string
		for name, v := range facts {
			sentences = append(sentences, name+" = "+v)
		}
		flips, err := p.Flip(t.Context(), told(sentences...), "permit", FlipOptions{All: true})
		if err != nil || len(flips) == 0 {
			t.Fatal(flips, err)
		}
		for _, f := range flips {
			cases := []*Case{told(sentences...)}
			var words []string
			for _, ch := range f.Changes {
				words = append(words, ch.To)
				var next []*Case
				for _, c := range cases {
					for _, v := range values[ch.Fact] {
						x := c.Clone()
						if err := x.Tell(ch.Fact + " = " + v); err != nil {
							t.Fatal(err)
						}
						next = append(next, x)
					}
				}
				cases = next
			}
			printed := strings.Join(words, " and ")
			bracketed = bracketed || strings.Contains(printed, "(item")
			cond, err := prog.Condition(printed)
			if err != nil {
				t.Fatal(printed, err)
			}
			for _, c := range cases {
				holds, err := cond.Truth(c)
				if err != nil {
					t.Fatal(err)
				}
				d, err := p.Decide(t.Context(), c)
				if err != nil {
					t.Fatal(err)
				}
				if holds == True && d.Answer() != "permit" {
					t.Error(fmt.Sprintf("%s holds and gives %s:", printed, d.Answer()), c.Sentences())
				}
			}
		}
	}
	if !bracketed {
		t.Error("no proposal has brackets")
	}
}
