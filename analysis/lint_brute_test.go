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

// tiny is a vocabulary of which every case can be tried, so that what a lint says can
// be held to the letter: it is found exactly where it is so.
const tiny = `outcomes deny > review > permit, refer
kind Item { form: a | b | c  flag: bool }
kind Place = P | Q
role item: Item
role to dest: Place
`

var tinyAtoms = []string{"item.form = a", "item.form in (a, b)", "item.form != c", "item.flag", "dest = P", "dest != P"}

// tinyCondition is one or two of them, some of them denied.
func tinyCondition(r *rand.Rand) string {
	one := func() string {
		if a := tinyAtoms[r.IntN(len(tinyAtoms))]; r.IntN(2) == 0 {
			return "not (" + a + ")"
		} else {
			return a
		}
	}
	return one() + []string{" and ", " and ", " or "}[r.IntN(3)] + one()
}

func tinyCases(t *testing.T, prog *interp.Program, on interp.Date) []*interp.Case {
	t.Helper()
	var out []*interp.Case
	for _, form := range []string{"a", "b", "c"} {
		for _, flag := range []string{"yes", "no"} {
			for _, dest := range []string{"P", "Q"} {
				c := prog.NewCase()
				c.SetDate(on)
				if err := c.Tell("item.form = "+form, "item.flag = "+flag, "dest = "+dest); err != nil {
					t.Fatal(err)
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// findings are those of some codes, as code and message up to the first colon.
func findings(r *analysis.LintReport, codes ...code.Code) []string {
	var out []string
	for _, f := range r.Findings {
		if slices.Contains(codes, f.Code) {
			head, _, _ := strings.Cut(f.Message, ":")
			if rest, both := strings.CutPrefix(head, "one of "); both { // two rules, each not needed because of the other
				first, rest, _ := strings.Cut(rest, " and ")
				out = append(out, string(f.Code)+" "+first+" is not needed")
				head = rest
			}
			out = append(out, string(f.Code)+" "+head)
		}
	}
	slices.Sort(out)
	return out
}

func compare(t *testing.T, text string, want, got []string) {
	t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s\n%s", diff, text)
	}
}

// Rules that never apply, that never decide or that are not needed (W0203 to W0205),
// pairs that conflict (W0202) and pairs that only their rank settles (W0214).
func TestRuleLintsAgainstBruteForce(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 21))
		text := tiny + "policy p {\n"
		if seed%2 == 1 { // outcomes that all rank: rules are looked at one by one
			text = strings.Replace(text, ", refer", "", 1)
		}
		for i := range 2 + r.IntN(4) {
			text += fmt.Sprintf("  r%d: %s any when %s\n", i, someOutcomes[r.IntN(len(someOutcomes)-int(seed%2))], tinyCondition(r)+" and "+tinyCondition(r))
		}
		text += "  otherwise permit\n}\n"
		prog := load(t, text)
		p := policy(t, prog, "p")
		cases := tinyCases(t, prog, prog.LatestDate())
		applies, decides := map[*interp.Rule]bool{}, map[*interp.Rule]bool{}
		pairs := map[string]bool{}
		for _, c := range cases {
			d, err := p.Decide(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range append(slices.Clone(d.Rules), d.Outranked...) {
				applies[x] = true
				for _, y := range d.Rules {
					decides[y] = true
					if x.Outcome.Chain != y.Outcome.Chain && slices.Index(p.Rules(), y) < slices.Index(p.Rules(), x) {
						pairs[fmt.Sprintf("W0202 `%s` (%s) and `%s` (%s) can both apply, and nothing says which prevails", y.Label, y.Outcome, x.Label, x.Outcome)] = true
					}
				}
			}
		}
		for _, c := range cases { // every two rules that apply, whichever decides
			for _, x := range p.Rules() {
				for _, y := range p.Rules() {
					if x.Outcome.StricterThan(y.Outcome) && appliesAlone(t, text, x, c) && appliesAlone(t, text, y, c) {
						pairs[fmt.Sprintf("W0214 where `%s` (%s) and `%s` (%s) both apply, the rank of the outcomes decides for `%s`", x.Label, x.Outcome, y.Label, y.Outcome, x.Label)] = true
					}
				}
			}
		}
		var want []string
		for pair := range pairs {
			want = append(want, pair)
		}
		all := answers(t, p, cases)
		alike := len(slices.Compact(slices.Clone(all))) == 1 && len(decides) > 0
		if alike { // of which no more is said
			want = append(want, "W0225 `p` answers every case alike")
		}
		for _, v := range p.Variants(context.Background(), true) {
			switch {
			case v.Kind != interp.VariantRule:
			case !applies[v.Rule]:
				want = append(want, "W0203 `"+v.Rule.Label+"` can never apply")
			case alike:
			case !decides[v.Rule]:
				want = append(want, "W0204 `"+v.Rule.Label+"` never decides")
			case slices.Equal(answers(t, v.Policy(), cases), all):
				want = append(want, "W0205 `"+v.Rule.Label+"` is not needed")
			}
		}
		compare(t, text, want, findings(lint(t, text, code.RankedOverlap), code.PossibleConflict, code.NeverApplies, code.NeverDecides, code.RedundantRule, code.RankedOverlap, code.AlwaysAlike))
	}
}

// appliesAlone says whether a rule without exceptions applies in a case: its condition holds.
func appliesAlone(t *testing.T, text string, r *interp.Rule, c *interp.Case) bool {
	t.Helper()
	_, cond, _ := strings.Cut(text, "  "+r.Label+": "+r.Outcome.Name+" any when ")
	cond, _, _ = strings.Cut(cond, "\n")
	return holds(t, c.Program(), cond)(c)
}

// Constraints that exclude every case (W0211): the first that does so with those before it.
func TestNothingPossibleAgainstBruteForce(t *testing.T) {
	seen := 0
	for seed := range uint64(80) {
		r := rand.New(rand.NewPCG(seed, 22))
		text := tiny
		var conds []string
		for i := range 4 {
			conds = append(conds, tinyCondition(r))
			text += fmt.Sprintf("constraint k%d: %s\n", i, conds[i])
		}
		text += "policy p { deny }\n"
		prog := load(t, text)
		left := tinyCases(t, prog, prog.LatestDate())
		var want []string
		for i, cond := range conds {
			in := holds(t, prog, cond)
			left = slices.DeleteFunc(left, func(c *interp.Case) bool { return !in(c) })
			if len(left) == 0 {
				want = []string{fmt.Sprintf("W0211 no case is left by the constraint `k%d` and those before it", i)}
				if i == 0 {
					want = []string{"W0211 no case is left by the constraint `k0`"}
				}
				seen++
				break
			}
		}
		compare(t, text, want, findings(lint(t, text), code.NothingPossible))
	}
	if seen < 10 || seen > 70 {
		t.Errorf("%d of 80 programs exclude everything: the test is no test", seen)
	}
}

// Amendments that change nothing (W0212).
func TestIdleAmendmentAgainstBruteForce(t *testing.T) {
	seen := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 23))
		cond := tinyCondition(r)
		text := tiny + "policy one {\n  r0: " + someOutcomes[r.IntN(3)] + " any when " + cond + "\n  r1: deny any when " + tinyCondition(r) + "\n  otherwise permit\n}\n"
		change := "replace r0: " + someOutcomes[r.IntN(3)] + " any when " + []string{"not not (" + cond + ")", tinyCondition(r)}[r.IntN(2)]
		if r.IntN(3) == 0 {
			change = "repeal r0"
		}
		text += "policy two amends one {\n  " + change + "\n}\n"
		prog := load(t, text)
		cases := tinyCases(t, prog, prog.LatestDate())
		idle := slices.Equal(answers(t, policy(t, prog, "one"), cases), answers(t, policy(t, prog, "two"), cases))
		if idle {
			seen++
		}
		if got := findings(lint(t, text), code.IdleAmendment); idle != (len(got) == 1) || len(got) > 1 {
			t.Errorf("changes nothing: %v, found: %v\n%s", idle, got, text)
		}
	}
	if seen < 10 || seen > 50 {
		t.Errorf("%d of 60 amendments change nothing: the test is no test", seen)
	}
}

// Rules that are in force on no day of their policy (W0213).
func TestExpiredAgainstBruteForce(t *testing.T) {
	day := func(n int) string { return fmt.Sprintf("2020-01-%02d", n) }
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 24))
		first := 3 + r.IntN(5)
		last := first + 1 + r.IntN(5)
		text := tiny + fmt.Sprintf("policy p from %s until %s {\n", day(first), day(last))
		for i := range 3 {
			text += fmt.Sprintf("  r%d: deny any", i)
			from := 1 + r.IntN(12)
			if r.IntN(2) == 0 {
				text += " from " + day(from)
			}
			if r.IntN(2) == 0 {
				text += " until " + day(from+1+r.IntN(6))
			}
			text += "\n"
		}
		text += "  otherwise permit\n}\n"
		prog := load(t, text)
		p := policy(t, prog, "p")
		seen := map[*interp.Rule]bool{}
		for n := first; n < last; n++ {
			c := prog.NewCase()
			c.SetDate(date(t, day(n)))
			d, err := p.Decide(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range d.Rules {
				seen[x] = true
			}
		}
		var want, got []string
		for _, x := range p.Rules() {
			if !seen[x] {
				want = append(want, x.Label)
			}
		}
		for _, f := range lint(t, text).Findings {
			if f.Code == code.ExpiredRule {
				got = append(got, f.Rule.Label)
			}
		}
		slices.Sort(got)
		compare(t, text, want, got)
	}
}

// What is not used (W0208 to W0210, W0222) is what can be taken out of a file that still loads.
func TestUnusedAgainstLoading(t *testing.T) {
	declared := []struct{ code, name, text string }{
		{"W0208", "Big", "term Big of Item: size >= 10 and flag\n"},
		{"W0208", "Odd", "term Odd of Item: form = a or spare\n"},
		{"W0209", "G", "group G of Place: P since 2020-01-01, Q until 2021-01-01\n"},
		{"W0222", "odds", "function odds(number) -> number\n"},
		{"W0210", "form", "  form: a | b | c\n"},
		{"W0210", "size", "  size: number\n"},
		{"W0210", "flag", "  flag: bool\n"},
		{"W0210", "spare", "  spare: bool = no\n"},
		{"W0210", "tags", "  tags: set of x | y\n"},
		{"W0210", "note", "  note: bool?\n"},
		{"W0210", "class", "  class: u | v | w ?\n"},
		{"W0210", "price", "  price: number?\n"},
	}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 25))
		text := vocabulary + policyText(r, "one", false)
		if seed%2 == 0 {
			text += "claim \"c\" under one: always decided when " + condition(r, 1) + "\n"
		}
		if seed%3 == 0 {
			text += "constraint k: " + condition(r, 1) + "\n"
		}
		text += "function odds(number) -> number\n"
		if seed%4 == 0 {
			text += "term Likely of Item: odds(size) > 3\nclaim \"l\" under one: always decided when item is Likely\n"
		}
		var want []string
		for _, d := range declared {
			less := strings.Replace(text, d.text, "", 1)
			if less == text {
				t.Fatalf("%s is not declared", d.name)
			}
			if _, err := interp.LoadText(context.Background(), "random.ctl", less); err == nil {
				want = append(want, d.code+" "+d.name)
			}
		}
		var got []string
		for _, f := range lint(t, text).Findings {
			if slices.Contains([]code.Code{code.UnusedTerm, code.UnusedGroup, code.UnusedAttribute, code.UnusedFunction}, f.Code) {
				name := strings.Split(f.Message, "`")[1]
				got = append(got, string(f.Code)+" "+name[strings.LastIndexByte(name, '.')+1:])
			}
		}
		got = slices.DeleteFunc(got, func(s string) bool { return s == "W0208 ok" })
		slices.Sort(got)
		compare(t, text, want, got)
	}
}

// A comment takes out exactly the findings of its code about its rule; one that takes
// out none is told of (W0215), and so is one without a known code or a reason (W0216).
func TestSuppressionAgainstFindings(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 26))
		var lines []string
		for i := range 4 {
			lines = append(lines, fmt.Sprintf("  r%d: %s any when %s\n", i, someOutcomes[r.IntN(4)], tinyCondition(r)))
		}
		file := func(lines []string) string {
			return tiny + "policy p {\n" + strings.Join(lines, "") + "  otherwise permit\n}\n"
		}
		at, c := r.IntN(4), []string{"W0203", "W0204", "W0205", "W0206", "W0299"}[r.IntN(5)]
		reason := []string{" because it is meant", ""}[r.IntN(4)/3]
		bad, used := c == "W0299" || reason == "", false
		var want []string
		for _, f := range lint(t, file(lines)).Findings {
			if !bad && string(f.Code) == c && f.Rule != nil && f.Rule.Label == fmt.Sprintf("r%d", at) {
				used = true
				continue
			}
			want = append(want, string(f.Code))
		}
		switch {
		case bad:
			want = append(want, "W0216")
		case !used:
			want = append(want, "W0215")
		}
		text := file(slices.Insert(slices.Clone(lines), at, "  # ctl:ignore "+c+reason+"\n"))
		var got []string
		for _, f := range lint(t, text).Findings {
			got = append(got, string(f.Code))
		}
		slices.Sort(got)
		compare(t, text, want, got)
	}
}

// Many rules that decide in each of the ways, some of which prevail over others or stand in a
// section: what is not needed of them, and what of their conditions and priorities (W0203 to W0207).
func TestManyRulesAgainstBruteForce(t *testing.T) {
	defer analysis.SetManyRules(2)()
	seen := map[code.Code]int{}
	for seed := range uint64(90) {
		r := rand.New(rand.NewPCG(seed, 29))
		text := strings.Replace(tiny, ", refer", "", int(seed%2))
		text += "policy p decides by " + []string{"strictest", "loosest", "first"}[seed%3] + " {\n"
		n, section := 3+r.IntN(14), r.IntN(12)
		for i := range n {
			if i == section {
				text += "  section s decides by " + []string{"first", "strictest"}[r.IntN(2)] + " when " + tinyCondition(r) + " {\n"
			}
			text += fmt.Sprintf("  r%d: %s any when %s", i, someOutcomes[r.IntN(len(someOutcomes)-int(seed%2))], tinyCondition(r))
			if r.IntN(2) == 0 {
				text += " unless " + tinyCondition(r)
			}
			if i > 0 && r.IntN(5) == 0 {
				text += fmt.Sprintf(" notwithstanding r%d", r.IntN(i))
			}
			if r.IntN(6) == 0 {
				text += " requiring \"a report\""
			}
			text += "\n"
		}
		if section < n {
			text += "  }\n"
		}
		if r.IntN(3) > 0 {
			text += "  otherwise " + someOutcomes[r.IntN(3)] + "\n"
		}
		text += "}\n"
		prog := load(t, text)
		p := policy(t, prog, "p")
		cases := tinyCases(t, prog, prog.LatestDate())
		all := verdicts(t, p, cases)
		report := lint(t, text)
		at := func(s interp.Site, codes ...code.Code) bool {
			return slices.ContainsFunc(report.Findings, func(f analysis.Finding) bool {
				other := strings.HasPrefix(f.Message, "one of ") && f.By[0].Site().Span == s.Span
				return (f.Span == s.Span || other) && slices.Contains(codes, f.Code)
			})
		}
		if at(p.Site(), code.AlwaysAlike) { // of which no more is said
			if slices.ContainsFunc(all, func(v verdict) bool { return !v.equal(all[0]) }) {
				t.Errorf("not all cases are answered alike\n%s", text)
			}
			continue
		}
		dead := map[*interp.Rule]bool{}
		for _, v := range p.Variants(context.Background(), true) {
			codes := map[interp.VariantKind][]code.Code{
				interp.VariantRule:     {code.NeverApplies, code.NeverDecides, code.RedundantRule},
				interp.VariantClause:   {code.IdleCondition},
				interp.VariantPart:     {code.IdleCondition},
				interp.VariantPriority: {code.IdlePriority},
			}[v.Kind]
			if codes == nil || v.Has || dead[v.Rule] {
				continue
			}
			same := slices.EqualFunc(verdicts(t, v.Policy(), cases), all, verdict.equal)
			if v.Kind == interp.VariantRule {
				dead[v.Rule] = same
			}
			if same {
				seen[codes[len(codes)-1]]++
			}
			if v.Kind != interp.VariantPart && at(v.Site, codes...) != same || v.Kind == interp.VariantPart && same && !at(v.Site, codes...) {
				t.Errorf("%s changes nothing: %v, found: %v\n%s", v.Text, same, !same, text)
			}
		}
	}
	if seen[code.RedundantRule] < 50 || seen[code.IdleCondition] < 50 || seen[code.IdlePriority] < 5 {
		t.Errorf("the test is no test: %v", seen)
	}
}
