package analysis_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
)

// vocabulary is small enough to try every case: the facts below are all there are.
const vocabulary = `
outcomes deny > review > permit, refer
kind Item {
  form: a | b | c
  size: number
  flag: bool
  spare: bool = no
  tags: set of x | y
  note: bool?
  class: u | v | w ?
  price: number?
}
kind Place = P | Q | R
role item: Item
role to dest: Place
group G of Place: P since 2020-01-01, Q until 2021-01-01
open term ok of Place "is it all right"
term Big of Item: size >= 10 and flag
term Odd of Item: form = a or spare
`

var allFacts = []struct {
	name   string
	values []any
}{
	{"item.form", []any{"a", "b", "c"}},
	{"item.size", []any{9, 10, 15, 20, 21}},
	{"item.flag", []any{false, true}},
	{"item.spare", []any{false, true}},
	{"item.tags", []any{[]any{}, []any{"x"}, []any{"y"}, []any{"x", "y"}}},
	{"item.note", []any{nil, false, true}},
	{"item.class", []any{nil, "u", "v", "w"}},
	{"item.price", []any{nil, 4, 5, 6}},
	{"dest", []any{"P", "Q", "R"}},
	{"dest.ok", []any{false, true}},
}

var atoms = []string{
	"item.form = a", "item.form in (a, b)", "item.form != c", "item.size >= 10", "item.size < 20", "item.size in 10 .. 20",
	"item is Big", "item is not Odd", "item.flag", "item.spare", "dest in G", "dest = P", "dest not in (P, R)", "dest is ok",
	"x in item.tags", "any of item.tags in (x, y)", "all of item.tags in (y)", "has item.note", "item.note",
	"item.class = u", "item.class != u", "item.class in (u, v)", "item.class not in (u, v)", "has item.class", "item.price > 5", "not item.price = 5",
	"at least 2 of (item.flag, dest is ok, item.form = a)",
}

// condition is a random one.
func condition(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(3) == 0 {
		return atoms[r.IntN(len(atoms))]
	}
	x, y := condition(r, depth-1), condition(r, depth-1)
	switch r.IntN(5) {
	case 0:
		return "not (" + x + ")"
	case 1:
		return "(" + x + ") or (" + y + ")"
	case 2:
		return "((" + x + ") implies (" + y + "))"
	}
	return "(" + x + ") and (" + y + ")"
}

var someOutcomes = []string{"deny", "review", "permit", "permit", "refer"}

// policyText is a random policy; unranked says whether rules may conflict.
func policyText(r *rand.Rand, name string, unranked bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "policy %s %s{\n", name, []string{"", "decides by first ", "decides by loosest "}[r.IntN(3)])
	n := 4
	if unranked {
		n = 5
	}
	rules := 2 + r.IntN(4)
	for i := range rules {
		if i == 2 && r.IntN(3) == 0 {
			fmt.Fprintf(&b, "section s%s decides by %s when %s {\n  %s when %s%s\n  %s when %s\n", name, []string{"strictest", "loosest", "first"}[r.IntN(3)],
				condition(r, 1), someOutcomes[r.IntN(n)], condition(r, 1), requiring(r), someOutcomes[r.IntN(n)], condition(r, 1))
			if r.IntN(3) == 0 {
				fmt.Fprintf(&b, "  otherwise %s%s\n", someOutcomes[r.IntN(n)], requiring(r))
			}
			b.WriteString("}\n")
		}
		fmt.Fprintf(&b, "  r%d: %s", i, someOutcomes[r.IntN(n)])
		if r.IntN(3) == 0 {
			b.WriteString([]string{" Odd", " Big", " any to G", " any to P, Q"}[r.IntN(4)])
		}
		if r.IntN(5) > 0 {
			b.WriteString(" when " + condition(r, 2))
		}
		if r.IntN(3) == 0 {
			b.WriteString(" unless " + condition(r, 1))
		}
		if i > 0 && r.IntN(3) == 0 {
			fmt.Fprintf(&b, " notwithstanding r%d", r.IntN(i))
		}
		b.WriteString(requiring(r))
		b.WriteString("\n")
	}
	if r.IntN(2) == 0 {
		fmt.Fprintf(&b, "  otherwise %s%s\n", someOutcomes[r.IntN(n)], requiring(r))
	}
	b.WriteString("}\n")
	return b.String()
}

// requiring is the obligations of a rule or an otherwise, if it has any.
func requiring(r *rand.Rand) string {
	return []string{"", "", "", ` requiring "a report"`, ` requiring "a bond"`, ` requiring "a report", "a visit"`}[r.IntN(6)]
}

func load(t testing.TB, text string) *interp.Program {
	t.Helper()
	prog, err := interp.LoadText(context.Background(), "random.ctl", text)
	if err != nil {
		t.Fatalf("%s\n%s", err, text)
	}
	return prog
}

func policy(t testing.TB, prog *interp.Program, name string) *interp.Policy {
	t.Helper()
	p, err := prog.Policy(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func date(t testing.TB, text string) interp.Date {
	t.Helper()
	d, err := interp.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// read lists the facts that a program's rules, claims and constraints speak of.
func read(prog *interp.Program) map[string]bool {
	text := strings.Join(strings.SplitN(prog.Sources()[1].Text, vocabulary, 2), "")
	for term, facts := range map[string]string{"Big": "item.size item.flag", "Odd": "item.form item.spare", " G": "dest"} {
		if strings.Contains(text, term) {
			text += facts
		}
	}
	facts := map[string]bool{}
	for _, f := range allFacts {
		facts[f.name] = strings.Contains(text, f.name)
	}
	facts["dest"], facts["dest.ok"] = strings.Contains(text, "dest") || strings.Contains(text, " to "), strings.Contains(text, "dest is")
	return facts
}

// everyCase is every case of the facts that the program reads, as of a date, or many of them.
func everyCase(t testing.TB, prog *interp.Program, on interp.Date) []*interp.Case {
	t.Helper()
	cases := []*interp.Case{prog.NewCase()}
	cases[0].SetDate(on)
	facts := read(prog)
	for _, f := range allFacts {
		if !facts[f.name] {
			continue
		}
		var next []*interp.Case
		for _, c := range cases {
			for _, v := range f.values {
				d := c.Clone()
				if err := d.Set(f.name, v); err != nil {
					t.Fatal(err)
				}
				next = append(next, d)
			}
		}
		if cases = next; len(cases) > mostCases {
			// The same for every program with these facts and on every date.
			r := rand.New(rand.NewPCG(1, 2))
			r.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
			cases = cases[:mostCases]
		}
	}
	return cases
}

// mostCases bounds the cases tried; of more, some are drawn.
const mostCases = 400

// answers decides cases; "" where a case breaks a constraint.
func answers(t testing.TB, p *interp.Policy, cases []*interp.Case) []string {
	t.Helper()
	out := make([]string, len(cases))
	for i, v := range verdicts(t, p, cases) {
		out[i] = v.answer
	}
	return out
}

// verdict is an answer and what it requires, sorted.
type verdict struct {
	answer      string
	obligations []string
}

func (v verdict) equal(w verdict) bool {
	return v.answer == w.answer && slices.Equal(v.obligations, w.obligations)
}

func verdictOf(d *interp.Decision) verdict {
	return verdict{d.Answer(), slices.Sorted(slices.Values(d.Obligations))}
}

// verdicts decides cases; the answer is "" where a case breaks a constraint.
func verdicts(t testing.TB, p *interp.Policy, cases []*interp.Case) []verdict {
	t.Helper()
	out := make([]verdict, len(cases))
	for i, c := range cases {
		if d, err := p.Decide(t.Context(), c); err == nil {
			out[i] = verdictOf(d)
		}
	}
	return out
}

// holds evaluates words that an analysis has said as a condition.
func holds(t testing.TB, prog *interp.Program, words string) func(*interp.Case) bool {
	t.Helper()
	if words == "in every case" {
		return func(*interp.Case) bool { return true }
	}
	cond, err := prog.Condition(words)
	if err != nil {
		t.Fatalf("`%s` is no condition: %s", words, err)
	}
	return func(c *interp.Case) bool {
		truth, err := cond.Truth(c)
		if err != nil || truth == interp.Unknown {
			t.Fatalf("`%s` is %s of %v: %v", words, truth, c.Sentences(), err)
		}
		return truth == interp.True
	}
}
