package interp

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/lang"
)

// TestExactEqualsBruteForce holds the answer on a partial case to the set of the
// answers on all its completions, and the reference evaluator's own answer to
// being safe.
func TestExactEqualsBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicy(t)
		prog, err := LoadText("random.ctl", text)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		p := prog.order.policies[0]
		c, open := randomCase(t, prog, 3)
		want := map[string]bool{}
		completions(c, open, func(full *Case) {
			d, err := p.Decide(full)
			var broken lang.Diagnostics
			switch {
			case errors.As(err, &broken):
			case err != nil:
				t.Fatalf("%s\n%s", err, text)
			case d.Status == Undetermined:
				t.Fatalf("a full case is undetermined: %v %v\n%s", full.Facts(), d.Needs, text)
			default:
				want[d.Answer()] = true
			}
		})
		got, safe := answers(t, p, c)
		if diff := cmp.Diff(keys(want), keys(got)); diff != "" {
			t.Fatalf("the answers of the completions and of the partial case differ: %s\nfacts %v\n%s", diff, c.Facts(), text)
		}
		for a := range want {
			if !safe[a] {
				t.Fatalf("the reference evaluator rules out %s\nfacts %v\n%s", a, c.Facts(), text)
			}
		}
	})
}

// TestOneAnswerOfRealCases has a constraint into which no diagram looks, and one answer
// for all cases that keep it.
func TestOneAnswerOfRealCases(t *testing.T) {
	prog, err := LoadText("one.ctl", `
outcomes deny > permit
kind Item { gross: number  net: number  tare: number }
role item: Item
constraint whole: item.gross >= item.net
policy p { deny when item.gross >= item.net  otherwise permit }
policy q { deny when item.gross >= item.net or item.tare > 3  otherwise permit }
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range prog.order.policies {
		c := prog.NewCase()
		if err := c.Tell("item.net = 3"); err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(c)
		if err != nil {
			t.Fatal(err)
		}
		if d.Answer() != "deny" || !d.Exact || len(d.Rules) != 1 {
			t.Errorf("%s: %s, exact %v, by %d rules", p.Name, d.Answer(), d.Exact, len(d.Rules))
		}
	}
}

// TestConditionsSayWhatTheyMean reads each possible answer's condition back and
// holds it to the answers of the completions.
func TestConditionsSayWhatTheyMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicy(t)
		prog, err := LoadText("random.ctl", text)
		if err != nil {
			t.Fatal(err)
		}
		p := prog.order.policies[0]
		c, open := randomCase(t, prog, 3)
		d, err := p.Decide(c)
		if err != nil || d.Status != Undetermined {
			t.Skip("nothing is open")
		}
		completions(c, open, func(full *Case) {
			got, err := p.Decide(full)
			if err != nil {
				return
			}
			for _, pos := range d.Possible {
				if strings.Contains(pos.When, "in further cases") || strings.Contains(pos.When, "other elements") {
					continue
				}
				r, err := full.Condition(pos.When)
				if err != nil {
					t.Fatalf("%q: %s\n%s", pos.When, err, text)
				}
				if (r.Truth == True) != (got.Answer() == pos.Name()) {
					t.Fatalf("%s is said to come about when %s, and it is %s with %v\n%s", pos.Name(), pos.When, got.Answer(), full.Facts(), text)
				}
			}
		})
	})
}

// TestSearchEqualsBruteForce is the same where no diagram fits.
func TestSearchEqualsBruteForce(t *testing.T) {
	exact := 0
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicy(t)
		prog, err := Options{Limits: Limits{Nodes: 3}}.LoadText("random.ctl", text)
		if err != nil {
			t.Fatal(err)
		}
		p := prog.order.policies[0]
		c, open := randomCase(t, prog, 3)
		want := map[string]bool{}
		completions(c, open, func(full *Case) {
			if d, err := p.Decide(full); err == nil {
				want[d.Answer()] = true
			}
		})
		d, err := p.Decide(c)
		if err != nil {
			return
		}
		got := answerSet(d)
		for a := range want {
			if !got[a] {
				t.Fatalf("%s is ruled out\nfacts %v\n%s", a, c.Facts(), text)
			}
		}
		if d.Exact && len(want) > 0 {
			exact++
			if diff := cmp.Diff(keys(want), keys(got)); diff != "" {
				t.Fatalf("an answer that calls itself exact is not: %s\nfacts %v\n%s", diff, c.Facts(), text)
			}
		}
	})
	if exact == 0 {
		t.Error("the search never finds an exact answer")
	}
}

// answers are the answers that Decide leaves possible, and those that the
// reference evaluator does by itself.
func answers(t *rapid.T, p *Policy, c *Case) (exact, safe map[string]bool) {
	d, err := p.Decide(c)
	if err != nil {
		return map[string]bool{}, map[string]bool{}
	}
	if !d.Exact {
		t.Fatalf("not exact: %v", d.Notes)
	}
	e, err := p.evaluate(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return answerSet(d), answerSet(e.decision())
}

func answerSet(d *Decision) map[string]bool {
	out := map[string]bool{}
	if d.Status != Undetermined {
		out[d.Answer()] = true
		return out
	}
	for _, p := range d.Possible {
		out[p.Name()] = true
	}
	return out
}

// TestWordsOutliveAnAnswer asks twice about a policy with a term that no rule uses:
// what its words stand for has to be there the second time too.
func TestWordsOutliveAnAnswer(t *testing.T) {
	prog, err := LoadText("t.ctl", `outcomes deny > review > permit
kind Item { a: bool  b: bool  c: bool  d: bool }
role item: Item
term A of Item: a
term B of Item: b
term Both of Item: A and B
policy p {
  deny when item is A and item.c
  review when item is B and item.d
  otherwise permit
}`)
	if err != nil {
		t.Fatal(err)
	}
	p := prog.order.policies[0]
	for _, told := range []string{"item.c", "not item.d", "item.d"} {
		c := prog.NewCase()
		if err := c.Tell(told); err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(c)
		if err != nil {
			t.Fatal(err)
		}
		l := p.lensOn(c.day())
		for _, j := range l.space.words.joint {
			a, b := l.space.facts["item.a"].index, l.space.facts["item.b"].index
			if got := l.space.Store.Support(j.f); !slices.Equal(got, []int{min(a, b), max(a, b)}) {
				t.Errorf("after %s, %s hangs on %v", told, j.spare.name, got)
			}
		}
		if d.Status != Undetermined {
			t.Errorf("%s: %v", told, d.Status)
		}
	}
}

// TestLargeGroups is the same where the members of groups are too many to be listed.
func TestLargeGroups(t *testing.T) {
	listed := mostListed
	mostListed = 0
	defer func() { mostListed = listed }()
	t.Run("exact", TestExactEqualsBruteForce)
	t.Run("conditions", TestConditionsSayWhatTheyMean)
	t.Run("flips", TestFlipEqualsBruteForce)
	t.Run("bound", TestBoundEqualsReference)
	t.Run("texts", TestExactTexts)
}
