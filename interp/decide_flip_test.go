package interp

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestFlipEqualsBruteForce holds the proposals of up to two facts to those found by
// trying every change of every fact.
func TestFlipEqualsBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicy(t)
		prog, err := LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		p := prog.order.policies[0]
		c, open := randomCase(t, prog, 1)
		if _, err := p.Decide(t.Context(), c); err != nil {
			t.Skip("the case breaks a constraint")
		}
		flips, err := p.Flip(t.Context(), c, "o1", FlipOptions{Most: 2, All: true})
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		got := map[string]bool{}
		for _, f := range flips {
			if f.After.Answer() != "o1" {
				t.Fatalf("a proposal gives %s", f.After.Answer())
			}
			var names []string
			for _, ch := range f.Changes {
				names = append(names, ch.Fact)
			}
			sort.Strings(names)
			got[strings.Join(names, "+")] = true
		}
		want := bruteFlips(p, c, open, "o1")
		if diff := cmp.Diff(keys(want), keys(got)); diff != "" {
			t.Fatalf("flips differ: %s\nfacts %v\n%s", diff, c.Facts(), text)
		}
	})
}

// bruteFlips are the minimal sets of at most two facts, a change of which gives
// the outcome whatever is still unknown.
func bruteFlips(p *Policy, c *Case, open []int, outcome string) map[string]bool {
	gives := func(c *Case, set ...int) bool {
		var rest []int
		for _, i := range open {
			if !slices.Contains(set, i) {
				rest = append(rest, i)
			}
		}
		all, some := true, false
		completions(c, rest, func(full *Case) {
			if d, err := p.Decide(context.Background(), full); err == nil {
				some = true
				all = all && d.Answer() == outcome
			}
		})
		return all && some
	}
	out := map[string]bool{}
	if gives(c) {
		out[""] = true
		return out
	}
	single := map[int]bool{}
	for i := range randomFacts {
		if try(c, i, func(d *Case) bool { return gives(d, i) }) {
			single[i] = true
			out[randomFacts[i].name] = true
		}
	}
	for i := range randomFacts {
		for j := range i {
			if single[i] || single[j] {
				continue
			}
			if try(c, i, func(d *Case) bool { return try(d, j, func(e *Case) bool { return gives(e, i, j) }) }) {
				names := []string{randomFacts[i].name, randomFacts[j].name}
				sort.Strings(names)
				out[strings.Join(names, "+")] = true
			}
		}
	}
	return out
}

// try gives a fact each of its values until ok says that one will do.
func try(c *Case, fact int, ok func(*Case) bool) bool {
	for _, v := range randomFacts[fact].values {
		d := c.Clone()
		if err := d.Tell(fmt.Sprintf("%s = %s", randomFacts[fact].name, v)); err != nil {
			panic(err)
		}
		if ok(d) {
			return true
		}
	}
	return false
}

// A change is the smallest also where a part of it gives the outcome by way of a
// condition that the diagrams cannot look into.
func TestFlipByComputation(t *testing.T) {
	prog, err := LoadText(context.Background(), "flip.ctl", `
outcomes deny > permit
kind Item { size: number }
role item: Item
open term emergency
policy p {
  small: permit when not (max(item.size, 0) * 2 >= 5)
  urgent: permit when emergency and item.size <= 2
  otherwise deny
}
`)
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.Tell("item.size = 3", "not emergency"); err != nil {
		t.Fatal(err)
	}
	flips, err := prog.order.policies[0].Flip(t.Context(), c, "permit", FlipOptions{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(flips) != 1 || len(flips[0].Changes) != 1 || flips[0].Changes[0].To != "item.size <= 2" {
		for _, f := range flips {
			t.Errorf("%+v", f.Changes)
		}
	}
}
