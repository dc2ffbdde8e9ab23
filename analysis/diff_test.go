package analysis_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// The groups of a difference are exactly the cases that the interpreter answers
// differently, whatever the policies.
func TestDiffAgainstBruteForce(t *testing.T) {
	for seed := range uint64(24) {
		r := rand.New(rand.NewPCG(seed, 4))
		text := vocabulary + policyText(r, "one", seed%4 == 0) + policyText(r, "two", seed%4 == 0)
		if seed%3 == 0 {
			text += "constraint never: not (" + condition(r, 1) + " and " + condition(r, 1) + ")\n"
		}
		prog := load(t, text)
		before, after := date(t, "2020-06-01"), date(t, "2022-06-01")
		if seed%2 == 0 {
			before = after
		}
		old, now := interp.Dated{Policy: policy(t, prog, "one"), On: before}, interp.Dated{Policy: policy(t, prog, "two"), On: after}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{})
			if err != nil {
				t.Fatalf("%s\n%s", err, text)
			}
			checkDifference(t, prog, old, now, d, nil)
		})
	}
}

// A group's When holds by itself, also where the words for it are no longer chosen with care.
func TestDiffOfLittleEffort(t *testing.T) {
	for seed := range uint64(24) {
		r := rand.New(rand.NewPCG(seed, 27))
		text := vocabulary + policyText(r, "one", seed%4 == 0) + policyText(r, "two", seed%4 == 0)
		prog := load(t, text)
		on := date(t, "2020-06-01")
		old, now := interp.Dated{Policy: policy(t, prog, "one"), On: on}, interp.Dated{Policy: policy(t, prog, "two"), On: on}
		defer analysis.SetWordEffort(uint64(r.IntN(5000)))()
		d, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{})
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		checkDifference(t, prog, old, now, d, nil)
	}
}

// checkDifference holds a difference to every case; where says which are looked at.
func checkDifference(t *testing.T, prog *interp.Program, old, now interp.Dated, d *analysis.Difference, where func(*interp.Case) bool) {
	t.Helper()
	cases := everyCase(t, prog, now.On)
	from, to := verdicts(t, old.Policy, everyCase(t, prog, old.On)), verdicts(t, now.Policy, cases)
	got := map[int]string{}
	words := ""
	for _, c := range d.Changes {
		for _, g := range c.Groups {
			words += fmt.Sprintf("%s -> %s: %s\n", c.From.Name(), c.To.Name(), g.When)
			in := holds(t, prog, g.When)
			n := 0
			for i, x := range cases {
				if from[i].answer == "" || to[i].answer == "" || !in(x) || where != nil && !where(x) {
					continue
				}
				n++
				if from[i].answer != c.From.Name() || to[i].answer != c.To.Name() {
					t.Fatalf("%s is not from %s to %s: %s to %s of %v", g.When, c.From.Name(), c.To.Name(), from[i], to[i], x.Sentences())
				}
				lost, gained := without(from[i].obligations, to[i].obligations), without(to[i].obligations, from[i].obligations)
				switch {
				case c.Direction == analysis.Obligations && (!slices.Equal(lost, g.Lost) || !slices.Equal(gained, g.Gained)):
					t.Fatalf("%s loses %q and gains %q, not %q and %q, in %v", g.When, lost, gained, g.Lost, g.Gained, x.Sentences())
				case len(without(lost, g.Lost))+len(without(gained, g.Gained)) > 0:
					t.Fatalf("%s loses %q and gains %q, not only %q and %q, in %v", g.When, lost, gained, g.Lost, g.Gained, x.Sentences())
				}
				got[i] = g.When
			}
			if n == 0 && len(cases) < mostCases {
				t.Errorf("no case is %s", g.When)
			}
			if g.Example == nil {
				t.Errorf("no example of %s", g.When)
			}
		}
	}
	for i, x := range cases {
		if from[i].answer == "" || to[i].answer == "" || where != nil && !where(x) {
			continue
		}
		if _, told := got[i]; told == from[i].equal(to[i]) {
			t.Fatalf("%v to %v of %v is not told; told are\n%s", from[i], to[i], x.Sentences(), words)
		}
	}
	if d.Equal != (len(got) == 0) {
		t.Errorf("equal is %v with %d differing cases", d.Equal, len(got))
	}
}

// without are the texts of a list that another does not have.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
}

// A difference asked for in part is that part of it.
func TestDiffOptions(t *testing.T) {
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 5))
		prog := load(t, vocabulary+policyText(r, "one", false)+policyText(r, "two", false)+"# item.form, dest is ok: read below")
		on := date(t, "2022-06-01")
		old, now := interp.Dated{Policy: policy(t, prog, "one"), On: on}, interp.Dated{Policy: policy(t, prog, "two"), On: on}
		all, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{})
		if err != nil {
			t.Fatal(err)
		}
		where, err := prog.Condition("item.form = a or dest is ok")
		if err != nil {
			t.Fatal(err)
		}
		some, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{Where: where})
		if err != nil {
			t.Fatal(err)
		}
		checkDifference(t, prog, old, now, some, holds(t, prog, "item.form = a or dest is ok"))
		looser, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{Only: analysis.Looser})
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, c := range all.Changes {
			if c.Direction == analysis.Looser {
				want = append(want, c.From.Name()+c.To.Name()+c.Share.String())
			}
		}
		for _, c := range looser.Changes {
			got = append(got, c.From.Name()+c.To.Name()+c.Share.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("only looser (-want +got):\n%s", diff)
		}
		checkFocus(t, prog, old, now)
	}
}

// checkFocus holds the groups of a difference in terms of some facts to every case:
// a group's cases are those for which the other facts can make a difference.
func checkFocus(t *testing.T, prog *interp.Program, old, now interp.Dated) {
	t.Helper()
	d, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{Focus: []string{"item.form", "dest"}})
	if err != nil {
		t.Fatal(err)
	}
	cases := everyCase(t, prog, now.On)
	from, to := answers(t, old.Policy, cases), answers(t, now.Policy, cases)
	type key struct{ form, dest, from, to string }
	changes := map[key]bool{}
	for i, x := range cases {
		if from[i] != to[i] {
			changes[key{fact(t, x, "item.form"), fact(t, x, "dest"), from[i], to[i]}] = true
		}
	}
	told := map[key]bool{}
	for _, c := range d.Changes {
		for _, g := range c.Groups {
			in := holds(t, prog, g.When)
			for _, x := range cases {
				if in(x) {
					told[key{fact(t, x, "item.form"), fact(t, x, "dest"), c.From.Name(), c.To.Name()}] = true
				}
			}
		}
	}
	if len(cases) < mostCases {
		if diff := cmp.Diff(changes, told); diff != "" {
			t.Errorf("in focus (-want +got):\n%s", diff)
		}
	}
}

func fact(t *testing.T, c *interp.Case, name string) string {
	t.Helper()
	v, err := c.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	if v == nil {
		return ""
	}
	return v.String()
}

// An older version of a file is compared by the names of its vocabulary.
func TestRebase(t *testing.T) {
	before := load(t, `
outcomes deny > permit
kind Item { colour: red | green | blue  size: length }
role item: Item
term Big of Item: size > 10 m
policy p {
  big: deny Big when item.colour in (red, blue)
  otherwise permit
}
`)
	after := load(t, `
outcomes deny > review > permit
kind Item { size: length  colour: green | blue | red | white }
kind Place = A | B
role place: Place
role item: Item
term Big of Item: size >= 10 m
policy p {
  huge: deny Big when item.colour = red
  otherwise permit
}
`)
	old, err := after.Rebase(policy(t, before, "p"))
	if err != nil {
		t.Fatal(err)
	}
	on := date(t, "2022-01-01")
	d, err := analysis.Diff(context.Background(), interp.Dated{Policy: old.Policy, On: on}, interp.Dated{Policy: policy(t, after, "p"), On: on},
		analysis.DiffOptions{OldConstraints: old.Constraints})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range d.Changes {
		for _, g := range c.Groups {
			got = append(got, c.From.Name()+" -> "+c.To.Name()+" when "+g.When)
		}
	}
	want := []string{"deny -> permit when item.size > 10 m and item.colour = blue", "permit -> deny when item.size = 10 m and item.colour = red"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if want := []string{"`Item.colour` has new values (`white`): the old version is read as if it had had them"}; !cmp.Equal(want, old.Notes) {
		t.Errorf("notes %q", old.Notes)
	}
}

func TestRebaseRefuses(t *testing.T) {
	const now = "outcomes deny > permit\nkind Item { colour: red | green }\nrole item: Item\npolicy p { deny }\n"
	for _, test := range []struct{ old, want string }{
		{"outcomes deny > permit\nkind Item { color: red | green }\nrole item: Item\npolicy p { deny when item.color = red }", "attribute `Item.color`"},
		{"outcomes deny > permit\nkind Item { colour: red | pink }\nrole item: Item\npolicy p { deny when item.colour = pink }", "value `pink`"},
		{"outcomes deny > permit\nkind Item { colour: number }\nrole item: Item\npolicy p { deny when item.colour = 1 }", "is number in the old version"},
		{"outcomes refuse > permit\nkind Item { colour: red | green }\nrole item: Item\npolicy p { refuse }", "outcome `refuse`"},
		{"outcomes permit > deny\nkind Item { colour: red | green }\nrole item: Item\npolicy p { deny }", "rank differently"},
		{"outcomes deny > permit\nkind Item { colour: red | green }\nrole thing: Item\npolicy p { deny when thing.colour = red }", "role `thing`"},
	} {
		_, err := load(t, now).Rebase(policy(t, load(t, test.old), "p"))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("want %q, got %v", test.want, err)
		}
	}
}

// Recorded cases are decided one by one.
func TestDiffCases(t *testing.T) {
	prog := load(t, vocabulary+`
policy one { a: deny when item.flag otherwise permit }
policy two { a: review when item.flag and dest is ok otherwise permit }
`)
	cases, err := analysis.ReadCases(context.Background(), prog, "cases.jsonl", strings.NewReader(`{"item": {"flag": true}, "dest": {"ok": true}}

{"item": {"flag": true}, "dest": {"ok": false}}
{"item": {"flag": false}}
{"item": {"flag": true}}
`))
	if err != nil {
		t.Fatal(err)
	}
	d, err := analysis.DiffCases(context.Background(), interp.Dated{Policy: policy(t, prog, "one")}, interp.Dated{Policy: policy(t, prog, "two")}, cases, false)
	if err != nil {
		t.Fatal(err)
	}
	want := []analysis.CaseCount{
		{From: "deny", To: "permit", Direction: analysis.Looser, Cases: 1},
		{From: "deny", To: "review", Direction: analysis.Looser, Cases: 1},
		{From: "deny", To: "undetermined", Direction: analysis.Other, Cases: 1},
	}
	if diff := cmp.Diff(want, d.Counts); diff != "" || d.Same != 1 || len(d.Changed) != 3 || d.Changed[1].Index != 1 {
		t.Errorf("%+v (-want +got):\n%s", d, diff)
	}
}

// Past its limit an analysis ends with an error that says what to do.
func TestAnalysisNodes(t *testing.T) {
	prog, err := interp.Options{Limits: interp.Limits{AnalysisNodes: 100}}.LoadText(t.Context(), "large.ctl", shape{rules: 60, attrs: 15, window: 15, most: 6}.text(1)+`claim "c": p1 same as p2`)
	if err != nil {
		t.Fatal(err)
	}
	on := prog.LatestDate()
	old, now := interp.Dated{Policy: policy(t, prog, "p1"), On: on}, interp.Dated{Policy: policy(t, prog, "p2"), On: on}
	_, err = analysis.Diff(t.Context(), old, now, analysis.DiffOptions{})
	if !errors.Is(err, analysis.ErrTooLarge) || !strings.Contains(err.Error(), "within 100 nodes") {
		t.Errorf("error %v", err)
	}
	if _, err := analysis.DeadRules(t.Context(), old); !errors.Is(err, analysis.ErrTooLarge) {
		t.Errorf("error %v", err)
	}
	report, err := analysis.Lint(t.Context(), prog, analysis.LintOptions{})
	if err != nil || len(report.Notes) == 0 {
		t.Errorf("a policy that is too large is looked at: %v, %v", report, err)
	}
	proof, err := analysis.Prove(t.Context(), prog.Claims()[0])
	if err != nil || proof.Status != analysis.Unknown || !strings.Contains(proof.Reason, "larger Limits.AnalysisNodes") {
		t.Errorf("%+v, %v", proof, err)
	}
}

// Many conditions on a fact of few values make no large diagram.
func TestManyRulesOfFewFacts(t *testing.T) {
	prog := load(t, shape{rules: 2500, attrs: 4, window: 4, most: 4}.text(1))
	on := prog.LatestDate()
	if _, err := analysis.Diff(t.Context(), interp.Dated{Policy: policy(t, prog, "p1"), On: on}, interp.Dated{Policy: policy(t, prog, "p2"), On: on}, analysis.DiffOptions{Brief: true}); err != nil {
		t.Error(err)
	}
}

// However many groups a difference takes, they are all listed, unless few are asked
// for: then one more holds the rest, and together they are the same difference.
func TestDiffListsEverything(t *testing.T) {
	prog := load(t, shape{rules: 40, attrs: 9, window: 9, most: 5}.text(3))
	on := prog.LatestDate()
	old, now := interp.Dated{Policy: policy(t, prog, "p1"), On: on}, interp.Dated{Policy: policy(t, prog, "p2"), On: on}
	all, err := analysis.Diff(t.Context(), old, now, analysis.DiffOptions{})
	if err != nil {
		t.Fatal(err)
	}
	few, err := analysis.Diff(t.Context(), old, now, analysis.DiffOptions{Groups: 2})
	if err != nil {
		t.Fatal(err)
	}
	rests := 0
	for i, c := range all.Changes {
		for _, g := range c.Groups {
			if g.Rest {
				t.Errorf("%s to %s: a rest of all groups", c.From.Name(), c.To.Name())
			}
		}
		d := few.Changes[i]
		if d.Share.Cmp(c.Share) != 0 || len(d.Groups) > 3 {
			t.Errorf("%s to %s: %d groups of the share %s, want %s", c.From.Name(), c.To.Name(), len(d.Groups), d.Share, c.Share)
		}
		if d.Groups[len(d.Groups)-1].Rest {
			rests++
		}
	}
	if rests == 0 {
		t.Error("no change has more than two groups: the test is no test")
	}
}

// A difference that hangs on what the diagrams cannot look into is shown by a case
// all the same, of facts none of which can be left out.
func TestDiffOpaqueExamples(t *testing.T) {
	prog := load(t, `
outcomes deny > permit
kind Part { weight: mass  hot: bool }
kind Item { size: length  limit: length  made: date  sold: date  parts: list of Part  other: bool }
role item: Item
policy none { otherwise permit }
policy compared { deny when item.size > item.limit  otherwise permit }
policy dates { deny when item.sold < item.made  otherwise permit }
policy parts { deny when some p in item.parts has (p.hot and p.weight > 10 kg)  otherwise permit }
policy counted { deny when count(item.parts) >= 2  otherwise permit }
policy sums { deny when item.size + item.limit > 5 km  otherwise permit }
`)
	on := prog.LatestDate()
	for name, facts := range map[string]int{"compared": 2, "dates": 2, "parts": 1, "counted": 1, "sums": 2} {
		d, err := analysis.Diff(t.Context(), interp.Dated{Policy: policy(t, prog, "none"), On: on}, interp.Dated{Policy: policy(t, prog, name), On: on}, analysis.DiffOptions{})
		if err != nil {
			t.Fatal(err)
		}
		g := d.Changes[0].Groups[0]
		if g.Example == nil || g.Old.Answer() != "permit" || g.New.Answer() != "deny" {
			t.Errorf("%s: no good example: %v", name, g.Notes)
		} else if n := len(g.Example.Facts()); n != facts {
			t.Errorf("%s: %d facts, want %d: %v", name, n, facts, g.Example.Sentences())
		}
	}
}

// The same question has the same answer every time.
func TestDeterminism(t *testing.T) {
	prog := load(t, shape{rules: 25, attrs: 8, window: 6, most: 5}.text(3))
	on := prog.LatestDate()
	say := func() string {
		d, err := analysis.Diff(context.Background(), interp.Dated{Policy: policy(t, prog, "p1"), On: on}, interp.Dated{Policy: policy(t, prog, "p2"), On: on}, analysis.DiffOptions{})
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, c := range d.Changes {
			for _, g := range c.Groups {
				text += fmt.Sprintln(c.From.Name(), c.To.Name(), g.When, g.Short, g.Example.Sentences(), labels(g.OldRules), labels(g.NewRules))
			}
		}
		return text
	}
	first := say()
	for range 3 {
		if again := say(); again != first {
			t.Fatalf("first\n%s\nthen\n%s", first, again)
		}
	}
}
