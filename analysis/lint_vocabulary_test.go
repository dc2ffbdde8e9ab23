package analysis_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// Constraints that exclude nothing, terms that always or never hold or hold where another does, and
// outcomes that no rule gives (W0224 and W0226 to W0228), from every case by itself.
func TestVocabularyLintsAgainstBruteForce(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 33))
		var constraints, terms []string
		for range r.IntN(4) {
			constraints = append(constraints, tinyCondition(r))
		}
		for range 1 + r.IntN(4) {
			terms = append(terms, strings.ReplaceAll(tinyCondition(r), "dest", "flag"))
		}
		for i, text := range terms { // a term is about the item alone
			text = strings.NewReplacer("flag = P", "flag", "flag != P", "not flag", "item.", "").Replace(text)
			terms[i] = text
		}
		text := tiny
		for i, c := range terms {
			text += fmt.Sprintf("term T%d of Item: %s\n", i, c)
		}
		given := 1 + r.IntN(3)
		text += "policy p {\n"
		for i := range terms {
			text += fmt.Sprintf("  %s when item is T%d\n", someOutcomes[r.IntN(given)], i)
		}
		text += "  otherwise permit\n}\n"
		free := load(t, text)
		cases := tinyCases(t, free, free.LatestDate())
		truths := func(cond string) []interp.Truth {
			c, err := free.Condition(cond)
			if err != nil {
				t.Fatal(err)
			}
			var out []interp.Truth
			for _, x := range cases {
				v, err := c.Truth(x)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, v)
			}
			return out
		}
		want := outcomesNotGiven(free)
		want = append(want, needlessConstraints(constraints, truths)...)
		if slices.ContainsFunc(want, func(w string) bool { return w == "" }) { // no case is left
			continue
		}
		var held [][]interp.Truth
		for i := range terms {
			h := truths(fmt.Sprintf("item is T%d", i))
			same := slices.IndexFunc(held, func(g []interp.Truth) bool { return slices.Equal(g, h) })
			switch {
			case !slices.Contains(h, interp.True):
				want = append(want, fmt.Sprintf("W0227 `T%d` never holds", i))
			case !slices.Contains(h, interp.False):
				want = append(want, fmt.Sprintf("W0227 `T%d` always holds", i))
			case same >= 0:
				want = append(want, fmt.Sprintf("W0228 `T%d` holds wherever `T%d` does, and nowhere else", i, same))
			}
			held = append(held, h)
		}
		for i, c := range constraints {
			text += fmt.Sprintf("constraint k%d: %s\n", i, c)
		}
		for _, w := range want {
			seen[w[:5]]++
		}
		compare(t, text, want, findings(lint(t, text), code.OutcomeNeverGiven, code.IdleConstraint, code.ConstantTerm, code.SaidTwice))
	}
	for _, c := range []string{"W0224", "W0226", "W0227", "W0228"} {
		if seen[c] < 10 {
			t.Errorf("%s: %d only", c, seen[c])
		}
	}
}

// needlessConstraints are those that the others imply, the last first; with "" where no case keeps all.
func needlessConstraints(conds []string, truths func(string) []interp.Truth) []string {
	held := make([][]interp.Truth, len(conds))
	for i, c := range conds {
		held[i] = truths(c)
	}
	needless := map[int]bool{}
	implied := func(i int) (implied, left bool) {
		implied = true
		for k := range truths("item.flag or not item.flag") {
			all := true
			for j := range conds {
				if j != i && !needless[j] {
					all = all && held[j][k] == interp.True
				}
			}
			left = left || all && (i < 0 || held[i][k] == interp.True)
			implied = implied && (!all || i < 0 || held[i][k] == interp.True)
		}
		return implied, left
	}
	var out []string
	if _, left := implied(-1); !left {
		return []string{""}
	}
	for i := len(conds) - 1; i >= 0; i-- {
		if ok, _ := implied(i); ok {
			needless[i] = true
			words := "W0226 the constraint `k%d` excludes nothing that the others leave"
			if !slices.Contains(held[i], interp.False) {
				words = "W0226 the constraint `k%d` holds in every case"
			}
			out = append(out, fmt.Sprintf(words, i))
		}
	}
	return out
}

func outcomesNotGiven(p *interp.Program) []string {
	var out []string
	for _, o := range p.Outcomes() {
		if !slices.ContainsFunc(p.Policies()[0].Rules(), func(r *interp.Rule) bool { return r.Outcome == o }) && p.Policies()[0].Otherwise().Outcome != o {
			out = append(out, "W0224 no rule gives the outcome `"+o.Name+"`")
		}
	}
	return out
}

// A division by zero is told with a case that it keeps from an answer, and only where there is one.
func TestDivisionsByZero(t *testing.T) {
	const vocabulary = "outcomes deny > permit\nkind Item { n: number  m: number  k: number?  on: bool }\nrole item: Item\n"
	for rule, want := range map[string]string{
		"deny when item.n / item.m > 3":                                  "W0229 `item.n / item.m` can be a division by zero, which is an error and no answer",
		"deny when item.on and 10 / (item.m - 4) > 3":                    "W0229 `10 / (item.m - 4)` can be a division by zero, which is an error and no answer",
		"deny when item.m != 0 and item.n / item.m > 3":                  "",
		"deny when item.m > 0 and item.n / item.m > 3":                   "",
		"deny when item.n / 4 > 3":                                       "",
		"deny when has item.k and item.n / item.k > 3":                   "W0229 `item.n / item.k` can be a division by zero, which is an error and no answer",
		"deny when item.n / item.m > 3\n} constraint k: item.m >= 1 # {": "",
	} {
		text := vocabulary + "policy p {\n  otherwise permit\n  " + rule + "\n}\n"
		if strings.Contains(rule, "constraint") {
			text = vocabulary + "policy p {\n  otherwise permit\n  deny when item.n / item.m > 3\n}\nconstraint k: item.m >= 1\n"
		}
		r := lint(t, text)
		got := strings.Join(findings(r, code.DivisionByZero), "; ")
		if got != want {
			t.Errorf("%s: %q, want %q", rule, got, want)
		}
		for _, f := range r.Findings {
			if f.Code == code.DivisionByZero {
				if _, err := f.Policy.Decide(t.Context(), f.Witness); !interp.DividesByZero(err) {
					t.Errorf("%s: the case %v gives %v", rule, f.Witness.Sentences(), err)
				}
			}
		}
	}
}

// A term that no policy names is looked at on the days on which it changes; claims whose names are
// written with escapes are told apart by what they say; and a division is one of its rule and thing.
func TestVocabularyIsLookedAtWhereItStands(t *testing.T) {
	const head = "outcomes deny > permit\nkind R { n: number  m: number  a: bool }\nrole r: R\nrole s: R\n"
	for text, want := range map[string]string{
		"term Late of R: as_of >= 2030-01-01\npolicy p { deny when r.a or s.n + r.m + s.m + r.n > 3 otherwise permit }\nclaim \"x\" under p: never permit when r is Late and r.a":            "",
		"group G of T: ta since 2020-01-01\nkind T = ta\nrole t: T\nterm In of T: in G\npolicy p { deny when r.a otherwise permit }\nclaim \"x\" under p: never permit when t is In and r.a": "",
		"policy p { deny when r.a otherwise permit }\nclaim \"a\\u{42}\" under p: never permit when r.a\nclaim \"b\\u{42}\" under p: always deny when r.a":                                   "",
		"policy p { deny when r.a otherwise permit }\nclaim \"a\\u{42}\" under p: never permit when r.a\nclaim \"b\" under p: never permit\n  when r.a":                                      "W0228 the claim `b` says the same as `aB`",
		"policy p { one: deny when r.m != 0 and r.n / r.m > 3  two: deny when r.n / r.m > 5 otherwise permit }":                                                                              "W0229 `r.n / r.m` can be a division by zero, which is an error and no answer",
		"term Big of R: n / m > 3\npolicy p { one: deny when r.m != 0 and r is Big  two: deny when s is Big otherwise permit }":                                                              "W0229 `n / m` can be a division by zero, which is an error and no answer",
	} {
		got := strings.Join(findings(lint(t, head+text), code.ConstantTerm, code.SaidTwice, code.DivisionByZero), "; ")
		if got != want {
			t.Errorf("%s\n%q, want %q", text, got, want)
		}
	}
}
