package analysis_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

func lint(t testing.TB, text string, quiet ...code.Code) *analysis.LintReport {
	t.Helper()
	r, err := analysis.Lint(context.Background(), load(t, text), analysis.LintOptions{Quiet: quiet})
	if err != nil {
		t.Fatalf("%s\n%s", err, text)
	}
	return r
}

// unseenSpace writes out the character that no example shows.
var unseenSpace = strings.NewReplacer("{{byte E2}}{{byte 80}}{{byte 8B}}", "\u200B")

// Every code of a lint has an example that triggers it and no other.
func TestLintExamples(t *testing.T) {
	n := 0
	for _, e := range code.Pages() {
		if !strings.HasPrefix(string(e.Code), "W02") {
			continue
		}
		n++
		t.Run(string(e.Code), func(t *testing.T) {
			if e.Example == "" || e.Occurs == "" {
				t.Fatalf("not explained: %+v", e)
			}
			var quiet []code.Code
			if analysis.OnRequest(e.Code) {
				quiet = append(quiet, e.Code)
			}
			r := lint(t, unseenSpace.Replace(e.Example)+"\n", quiet...)
			for _, f := range r.Findings {
				if f.Code != e.Code {
					t.Errorf("%s\n%s", f.Error(), e.Example)
				}
			}
			if len(r.Findings) == 0 {
				t.Errorf("nothing found in\n%s", e.Example)
			}
		})
	}
	if n < 16 {
		t.Errorf("only %d codes of lints", n)
	}
}

// The rules that the project ships have no findings but those they give reasons for.
func TestLintMTCR(t *testing.T) {
	r, err := analysis.Lint(context.Background(), mtcr(t, ""), analysis.LintOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		t.Error(f.Error())
	}
	for _, note := range r.Notes {
		t.Error(note)
	}
}

// What is said to be idle is: a policy without it answers every case alike. What is
// not said to be idle matters in some case.
func TestLintAgainstBruteForce(t *testing.T) {
	for seed := range uint64(14) {
		r := rand.New(rand.NewPCG(seed, 9))
		text := vocabulary + policyText(r, "one", seed%5 == 0)
		if seed%4 == 0 {
			text += "constraint never: not (" + condition(r, 1) + " and " + condition(r, 1) + ")\n"
		}
		prog := load(t, text)
		one := policy(t, prog, "one")
		report, err := analysis.Lint(context.Background(), prog, analysis.LintOptions{})
		if err != nil {
			t.Fatalf("%s\n%s", err, text)
		}
		checkFindings(t, prog, one, report, text)
	}
}

func checkFindings(t *testing.T, prog *interp.Program, one *interp.Policy, report *analysis.LintReport, text string) {
	t.Helper()
	days := one.Epochs()
	var cases []*interp.Case
	for _, on := range days {
		cases = append(cases, everyCase(t, prog, on)...)
	}
	all := len(cases) < mostCases
	want := verdicts(t, one, cases)
	found := map[string]bool{}
	for _, f := range report.Findings {
		found[fmt.Sprint(f.Code, f.Span)] = true
	}
	at := func(c code.Code, s interp.Site) bool { return found[fmt.Sprint(c, s.Span)] }
	says := func(answer string) bool {
		return slices.ContainsFunc(want, func(v verdict) bool { return v.answer == answer })
	}
	if gap := says("undecided"); gap != at(code.Gap, one.Site()) && (gap || all) {
		t.Errorf("gap: %v\n%s", gap, text)
	}
	if says("conflict") && !slices.ContainsFunc(report.Findings, func(f analysis.Finding) bool { return f.Code == code.PossibleConflict }) {
		t.Errorf("no conflict found\n%s", text)
	}
	dead := map[*interp.Rule]bool{}
	for _, v := range one.Variants(context.Background(), true) {
		same := slices.EqualFunc(verdicts(t, v.Policy(), cases), want, verdict.equal)
		switch v.Kind {
		case interp.VariantRule:
			dead[v.Rule] = at(code.NeverApplies, v.Site) || at(code.NeverDecides, v.Site) || at(code.RedundantRule, v.Site)
			if dead[v.Rule] != same && (all || dead[v.Rule]) {
				t.Errorf("%s changes nothing: %v, found: %v\n%s", v.Text, same, dead[v.Rule], text)
			}
		case interp.VariantPriority:
			if at(code.IdlePriority, v.Site) != same && !dead[v.Rule] && (all || !same) {
				t.Errorf("%s changes nothing: %v, found: %v\n%s", v.Text, same, !same, text)
			}
		case interp.VariantClause:
			if at(code.IdleCondition, v.Site) != same && !dead[v.Rule] && (all || !same) {
				t.Errorf("%s changes nothing: %v, found: %v\n%s", v.Text, same, !same, text)
			}
		}
	}
}

// A rule is not needed either where another rule has some of its cases and the
// otherwise the rest, also if a looser rule speaks beside that other one.
func TestSharedWithTheOtherwise(t *testing.T) {
	const rules = `outcomes deny > hold > permit
kind Item { a: bool  b: bool  c: bool }
role item: Item
policy p {
  many: hold any when item.a
  both: hold any when item.a and item.b
  beside: permit any when item.b and not item.c
  first: deny any when item.c and not item.a
  otherwise hold
}
`
	want := []string{
		"`many` is not needed: what it decides is decided alike by `both` or the `otherwise`",
		"`both` is not needed: what it decides is decided alike by `many`",
	}
	var got []string
	for _, f := range lint(t, rules).Findings {
		if f.Code == code.RedundantRule {
			got = append(got, f.Message)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSuppression(t *testing.T) {
	const rules = `outcomes deny > permit
kind Item { form: missile | launcher  small: bool }
role item: Item
policy p {
  missiles: deny any when item.form = missile
  small: deny any when item.form = missile and item.small%s
  otherwise permit
}
`
	for _, test := range []struct {
		above, behind string
		want          []string
	}{
		{"", "", []string{"W0205"}},
		{"# ctl:ignore W0205 because the text says it twice", "", nil},
		{"", " # ctl:ignore W0205 because the text says it twice", nil},
		{"# ctl:ignore W0205 because of this\n# and that", "", nil},
		{"# ctl:ignore W0205", "", []string{"W0205", "W0216"}},
		{"# ctl:ignore W0999 because", "", []string{"W0205", "W0216"}},
		{"# ctl:ignore W0201 because there is an otherwise", "", []string{"W0205", "W0215"}},
	} {
		text := fmt.Sprintf(rules, test.behind)
		if test.above != "" {
			text = strings.Replace(text, "  small: deny", test.above+"\n  small: deny", 1)
		}
		r := lint(t, text)
		var got []string
		for _, f := range r.Findings {
			got = append(got, string(f.Code))
		}
		slices.Sort(got)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q, %q (-want +got):\n%s", test.above, test.behind, diff)
		}
		if test.want == nil && (len(r.Suppressed) != 1 || r.Suppressed[0].Because == "") {
			t.Errorf("suppressed: %v", r.Suppressed)
		}
	}
}
