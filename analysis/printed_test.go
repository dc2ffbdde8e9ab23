package analysis_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// sundry is a vocabulary of every type, with conditions of every sort over it.
const sundry = `outcomes deny > review > permit, refer
unit eur of money "euro"
unit keur = 1000 eur
kind Part { grade: x | y  weight: mass? }
kind Item {
  form: a | b | c
  value: money
  price: money
  heat: temperature?
  name: text
  made: date
  span: duration
  tags: set of x | y ?
  names: set of text
  parts: list of Part
}
kind Firm = text { known: bool }
kind Place = P "the \"first\" place" | Q
role item: Item
role to dest: Place
role by firm: Firm
group G of Place: P since 2020-01-01
group F of Firm: "A, B", "C \"D\"" until 2021-01-01
open term ok of Place "is it all right"
`

var sundryAtoms = []string{
	"item.form = a", "item.form not in (a, b)", "item.value > 100 eur", "item.value > 1.1 * item.price", "item.price = 0.5 keur", "item.value < item.price",
	"item.heat > 20 degC", "has item.heat", "item.name = \"O\\\"Neil\"", "item.name like \"9A*\"", "item.name in item.names", "\"a, b\" in item.names",
	"item.made within 90 days before as_of", "item.made >= 2020-01-01", "item.span > 30 days", "x in item.tags", "none of item.tags in (x)", "has item.tags",
	"some p in item.parts has p.grade = x", "every p in item.parts has (p.weight > 2 kg or p.grade = y)", "count(item.parts) > 2", "dest in G", "dest = Q",
	"dest is ok", "firm in F", "firm = \"E\"", "firm.known", "length(item.name) > 3", "at least 2 of (item.form = a, firm.known, dest = P)",
}

func sundryCondition(r *rand.Rand) string {
	one := func() string {
		return []string{"", "", "not "}[r.IntN(3)] + "(" + sundryAtoms[r.IntN(len(sundryAtoms))] + ")"
	}
	return one() + []string{" and ", " or ", " implies "}[r.IntN(3)] + one()
}

func sundryPolicy(r *rand.Rand, name string) string {
	text := "policy " + name + " " + []string{"", "decides by first ", "decides by loosest "}[r.IntN(3)] + "{\n"
	for range 2 + r.IntN(2) {
		text += "  " + someOutcomes[r.IntN(4)] + " when " + sundryCondition(r) + requiring(r) + "\n"
	}
	return text + []string{"", "  otherwise permit\n"}[r.IntN(2)] + "}\n"
}

// What is printed as Ctl is Ctl: conditions, facts, tests and fixes read back, and a
// case that is told again is decided as before.
func TestWhatIsPrintedReadsBack(t *testing.T) {
	tests := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 29))
		text := sundry + sundryPolicy(r, "one") + sundryPolicy(r, "two") + "claim \"c\": one same as two\nclaim \"n\" under one: never deny\n"
		prog := load(t, text)
		on := prog.LatestDate()
		old, now := interp.Dated{Policy: policy(t, prog, "one"), On: on}, interp.Dated{Policy: policy(t, prog, "two"), On: on}
		d, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{})
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		for _, c := range d.Changes {
			for _, g := range c.Groups {
				readsBack(t, prog, g.When)
				readsBack(t, prog, g.Short)
				toldAgain(t, now.Policy, g.Example)
			}
		}
		proofs, err := analysis.ProveAll(context.Background(), prog.Claims())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range proofs {
			if p.Counterexample != nil {
				tests += testsPass(t, text, p.Counterexample.Tests...)
			}
		}
		for _, f := range lint(t, text).Findings {
			if f.Policy != nil {
				toldAgain(t, f.Policy, f.Witness)
			}
			fixReads(t, text, f.Diagnostic)
		}
		report, err := analysis.Mutate(context.Background(), prog)
		if err != nil {
			t.Fatal(err)
		}
		suggested, err := analysis.Suggest(context.Background(), prog, report)
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		for _, s := range suggested {
			tests += testsPass(t, text, s.Test)
		}
		undecided, err := now.Policy.Decide(t.Context(), prog.NewCase())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range undecided.Possible {
			words, _, _ := strings.Cut(p.When, " or in ")
			if p.Further == 0 {
				words = p.When
			}
			readsBack(t, prog, words)
		}
		for _, n := range undecided.Needs {
			if _, err := prog.NewCase().Lookup(n.Fact); err != nil {
				t.Errorf("needed: %s: %s", n.Fact, err)
			}
		}
	}
	if tests < 100 {
		t.Errorf("only %d tests were printed", tests)
	}
}

func readsBack(t *testing.T, prog *interp.Program, words string) {
	t.Helper()
	if words == "" || words == "in every case" {
		return
	}
	if _, err := prog.Condition(words); err != nil {
		t.Errorf("`%s` is no condition: %s", words, err)
	}
}

// toldAgain tells a case by its sentences, and has it decided.
func toldAgain(t *testing.T, p *interp.Policy, c *interp.Case) {
	t.Helper()
	if c == nil || strings.Contains(strings.Join(c.Sentences(), " "), "item.parts = ({") { // which is told as JSON
		return
	}
	again := p.Program().NewCase()
	again.SetDate(c.Date())
	if err := again.Tell(c.Sentences()...); err != nil {
		t.Errorf("%q cannot be told: %s", c.Sentences(), err)
		return
	}
	a, err := p.Decide(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Decide(t.Context(), again)
	if err != nil || !verdictOf(a).equal(verdictOf(b)) {
		t.Errorf("%q is decided %v, and told again otherwise (%v)", c.Sentences(), verdictOf(a), err)
	}
}

// testsPass puts printed tests into the file, and says how many there are.
func testsPass(t *testing.T, text string, tests ...string) int {
	t.Helper()
	prog := load(t, text+strings.Join(tests, "\n"))
	for _, test := range prog.Tests() {
		if run := test.Run(t.Context()); !run.Passed() {
			t.Errorf("%v\n%s", run.Failures, strings.Join(tests, "\n"))
		}
	}
	return len(tests)
}

// fixReads carries out a fix, and loads the file.
func fixReads(t *testing.T, text string, d *lang.Diagnostic) {
	t.Helper()
	if d.Fix == nil {
		return
	}
	fixed := text[:d.Fix.Span.Start] + d.Fix.Replacement + text[d.Fix.Span.End:]
	if _, err := interp.LoadText(context.Background(), "fixed.ctl", fixed); err != nil {
		t.Errorf("%s: %s\n%s", d.Fix.Label, err, fmt.Sprint(fixed))
	}
}
