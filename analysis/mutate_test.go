package analysis_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// Mutants that survive are those that no test notices and some case would; the tests
// suggested notice all of them.
func TestMutateAndSuggest(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 13))
		text := vocabulary + policyText(r, "one", seed%3 == 0)
		prog := load(t, text)
		one := policy(t, prog, "one")
		cases := everyCase(t, prog, prog.LatestDate())
		for i := range 3 {
			x := cases[r.IntN(len(cases))]
			d, err := one.Decide(t.Context(), x)
			if err != nil {
				continue
			}
			text += x.AsTest(fmt.Sprint(i), d)
		}
		if !strings.Contains(text, "test ") {
			continue
		}
		checkMutation(t, text)
	}
}

// A mistake that shows in the case of which nothing but defaults is known is shown by a
// test without a fact.
func TestSuggestWithoutFacts(t *testing.T) {
	checkMutation(t, `
outcomes deny > permit
kind Item { sealed: bool = no }
role item: Item
policy one { deny unless item.sealed  otherwise permit }
test "sealed" { given item.sealed = yes expect permit }
`)
}

func checkMutation(t *testing.T, text string) {
	t.Helper()
	prog := load(t, text)
	one := policy(t, prog, "one")
	report, err := analysis.Mutate(context.Background(), prog)
	if err != nil {
		t.Fatalf("%s\n%s", err, text)
	}
	var cases []*interp.Case
	for _, on := range one.Epochs() {
		cases = append(cases, everyCase(t, prog, on)...)
	}
	all := len(cases) < mostCases
	want := verdicts(t, one, cases)
	survivors, equivalent := 0, 0
	for _, v := range one.Variants(context.Background(), true) {
		q := v.Policy()
		if slices.ContainsFunc(prog.Tests(), func(x *interp.Test) bool { return !x.Passes(t.Context(), q) }) {
			continue
		}
		same := slices.EqualFunc(verdicts(t, q, cases), want, func(got, was verdict) bool { // what it adds to the obligations no test can tell
			return got.answer == was.answer && !slices.ContainsFunc(was.obligations, func(o string) bool { return !slices.Contains(got.obligations, o) })
		})
		listed := slices.ContainsFunc(report.Survivors, func(m *analysis.Mutant) bool { return m.Site == v.Site && m.Text == v.Text })
		if same == listed && (all || !same) {
			t.Errorf("%s answers every case alike: %v, survives: %v\n%s", v.Text, same, listed, text)
		}
		if listed {
			survivors++
		} else {
			equivalent++
		}
	}
	if survivors < len(report.Survivors) || equivalent != report.Equivalent || report.Killed+report.Equivalent+len(report.Survivors) != report.Mutants {
		t.Errorf("%d survivors and %d equivalent ones; reported %+v", survivors, equivalent, report)
	}
	more, err := analysis.Suggest(context.Background(), prog, report)
	if err != nil {
		t.Fatalf("%s\n%s", err, text)
	}
	for _, s := range more {
		text += s.Test
	}
	after, err := analysis.Mutate(context.Background(), load(t, text))
	if err != nil {
		t.Fatalf("%s\n%s", err, text)
	}
	for _, m := range after.Survivors {
		t.Errorf("%s still survives\n%s", m.Text, text)
	}
}

func TestMutateMTCR(t *testing.T) {
	prog := mtcr(t, "")
	report, err := analysis.Mutate(context.Background(), prog)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d mutants, %d killed, %d equivalent, %d survive", report.Mutants, report.Killed, report.Equivalent, len(report.Survivors))
	if report.Mutants < 90 || report.Killed < report.Mutants/2 {
		t.Errorf("%d of %d mutants killed", report.Killed, report.Mutants)
	}
	more, err := analysis.Suggest(context.Background(), prog, report)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, s := range more {
		text += s.Test
	}
	after, err := analysis.Mutate(context.Background(), mtcr(t, text))
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Survivors) > 0 {
		t.Errorf("%d survive %d suggested tests:", len(after.Survivors), len(more))
		for _, m := range after.Survivors {
			t.Errorf("%s in %s", m.Text, m.Rule.Label)
		}
	}
}

func TestCoverMTCR(t *testing.T) {
	covers, err := analysis.Cover(context.Background(), mtcr(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	if len(covers) != 3 {
		t.Fatalf("%d policies covered", len(covers))
	}
	for _, c := range covers {
		for _, r := range c.Rules {
			if r.Decides == 0 && r.Lost == 0 {
				t.Errorf("%s: no test is about %s", c.Policy.Name, r.Rule.Label)
			}
		}
		if c.Tests == 0 || len(c.Clauses) == 0 || c.Paths == 0 || c.PathsReached == 0 || c.PathsReached > c.Paths {
			t.Errorf("%s: %+v", c.Policy.Name, c)
		}
	}
}

func TestCover(t *testing.T) {
	prog := load(t, vocabulary+`
policy one {
  a: deny Odd when item.flag
  b: review when item.flag unless dest is ok
  otherwise permit
}
test "1" under one { given item.form = a, item.flag, dest is ok expect deny }
test "2" under one { given item.flag = no, dest is not ok expect permit }
`)
	covers, err := analysis.Cover(context.Background(), prog)
	if err != nil {
		t.Fatal(err)
	}
	c := covers[0]
	got := fmt.Sprint(c.Tests, c.Reached, c.Possible, c.Paths, c.PathsReached)
	for _, r := range c.Rules {
		got += fmt.Sprint(" ", r.Rule.Label, r.Applies, r.Decides, r.Lost)
	}
	for _, cl := range c.Clauses {
		got += fmt.Sprint(" ", cl.Clause.Text, cl.True, cl.False, cl.Open)
	}
	want := "2 [deny permit] [deny permit review] 7 3 a1 1 0 b0 0 0 Odd1 0 1 when item.flag1 1 0 when item.flag1 1 0 unless dest is ok1 1 0"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
