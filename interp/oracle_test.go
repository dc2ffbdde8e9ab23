package interp

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/oracle"
	"github.com/ctl-lang/ctl/internal/randpolicy"
	"github.com/ctl-lang/ctl/lang"
)

// drawn is a random program as this package and the oracle read it.
type drawn struct {
	*randpolicy.Program
	prog   *Program
	oracle *oracle.Program
}

func draw(t *rapid.T, o randpolicy.Options, opts Options) *drawn {
	p := randpolicy.Draw(t, o)
	t.Log(p.Rules)
	if p.Hosted {
		opts = withHost(opts)
	}
	prog, err := opts.Load(context.Background(), p.FS(), randpolicy.Main)
	if err != nil {
		t.Fatalf("%s\n%s", err, p.Text)
	}
	judge, err := oracle.Load(p.FS(), randpolicy.Main, randpolicy.Host)
	if err != nil {
		t.Fatalf("%s\n%s", err, p.Text)
	}
	return &drawn{p, prog, judge}
}

// withHost are the options with what random programs are given that are hosted.
func withHost(opts Options) Options {
	for name, f := range randpolicy.Host.Functions {
		opts.Functions = append(opts.Functions, Function{Name: name, Go: f})
	}
	opts.Groups = map[string]Members{}
	for name, members := range randpolicy.Host.Groups {
		opts.Groups[name] = func(yield func(Member, error) bool) {
			for _, m := range members {
				if !yield(Member{ID: m.ID, Since: dayOrNil(m.Since), Until: dayOrNil(m.Until)}, nil) {
					return
				}
			}
		}
	}
	return opts
}

func dayOrNil(text string) *Date {
	if text == "" {
		return nil
	}
	d, _ := ParseDate(text)
	return &d
}

// policy is the policy that a name stands for on a day: of a series the one in force.
func (d *drawn) policy(name, on string, of *Program) *Policy {
	if name == d.Series {
		day, _ := ParseDate(on)
		p, _ := of.AllSeries()[0].On(day)
		return p
	}
	p, _ := of.Policy(name)
	return p
}

// told is a case of what is told, as of a date.
func (d *drawn) told(t *rapid.T, told []int, on string) *Case {
	c := d.prog.NewCase()
	if err := c.ReadMap(d.Facts(told)); err != nil {
		t.Fatalf("%s\n%v\n%s", err, d.Facts(told), d.Text)
	}
	day, _ := ParseDate(on)
	c.SetDate(day)
	return c
}

// answer is the oracle's.
func (d *drawn) answer(t *rapid.T, policy string, told []int, on string) *oracle.Answer {
	c, err := d.oracle.Case(d.Facts(told), on)
	if err != nil {
		t.Fatalf("%s\n%v\n%s", err, d.Facts(told), d.Text)
	}
	a, err := d.oracle.Decide(policy, c)
	if err != nil {
		t.Fatalf("%s\n%v\n%s", err, d.Facts(told), d.Text)
	}
	return a
}

// asAnswer is a decision on a full case as the oracle would say it.
func asAnswer(d *Decision, err error) *oracle.Answer {
	var broken lang.Diagnostics
	switch {
	case errors.As(err, &broken):
		return &oracle.Answer{Status: "broken"}
	case err != nil:
		return &oracle.Answer{Status: "error"}
	}
	a := &oracle.Answer{Status: string(d.Status), Rules: ruleLabels(d.Rules), Outranked: ruleLabels(d.Outranked), Obligations: d.Obligations, Defeated: map[string][]string{}}
	if d.Outcome != nil {
		a.Outcome = d.Outcome.Name
	}
	for _, x := range d.Defeated {
		a.Defeated[x.Rule.Label] = x.By
	}
	return a
}

func ruleLabels(rules []*Rule) []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.Label)
	}
	return out
}

// differs says how a decision differs from the oracle's answer. Of a case in which a
// condition cannot be evaluated only the answer itself counts.
func differs(want, got *oracle.Answer) string {
	if want.Erred || want.Status == "broken" || want.Status == "error" {
		if got.Name() == want.Name() || want.Erred && got.Name() == "error" {
			return ""
		}
	}
	for _, a := range []*oracle.Answer{want, got} {
		for l, by := range a.Defeated {
			a.Defeated[l] = slices.Compact(slices.Sorted(slices.Values(by)))
		}
	}
	return cmp.Diff(want, got, cmpopts.EquateEmpty())
}

// TestFullCasesEqualOracle holds the decisions of every engine on cases of which
// everything is told to those of the oracle, with all that they say.
func TestFullCasesEqualOracle(t *testing.T) {
	pairs := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, randpolicy.Options{Policies: 2}, Options{})
		on := rapid.SampledFrom(d.Dates).Draw(t, "as of")
		var cases [][]int
		for range 12 {
			cases = append(cases, d.DrawFull(t))
		}
		opts := Options{}
		if d.Hosted {
			opts = withHost(opts)
		}
		form, err := loadFormWith(opts, compiledFormWith(t, opts, d.Files, randpolicy.Main))
		if err != nil {
			t.Fatal(err)
		}
		names := d.Policies
		if d.Series != "" {
			names = append(slices.Clone(names), d.Series)
		}
		for _, name := range names {
			var want []*oracle.Answer
			for _, told := range cases {
				want = append(want, d.answer(t, name, told, on))
			}
			pairs += len(cases)
			for _, e := range d.engines(t, form, name, cases, on) {
				for i, told := range cases {
					got := asAnswer(e.decide(i))
					if diff := differs(want[i], got); diff != "" {
						t.Fatalf("%s: the oracle (-) and interp (+) differ about %s: %s\nfacts %v as of %s", e.name, name, diff, d.Facts(told), on)
					}
				}
			}
		}
	})
	t.Logf("%d pairs of a policy and a case", pairs)
}

// anEngine decides cases by their number.
type anEngine struct {
	name   string
	decide func(i int) (*Decision, error)
}

// engines are all the ways to a decision: the walk, the first decisions and the later
// ones, many at once from JSON, and those of the compiled form.
func (d *drawn) engines(t *rapid.T, form *Program, name string, told [][]int, on string) []anEngine {
	p, q := d.policy(name, on, d.prog), d.policy(name, on, form)
	var cases, same []*Case
	var lines []JSON
	for _, facts := range told {
		cases = append(cases, d.told(t, facts, on))
		line, err := json.Marshal(d.Facts(facts))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
		c := form.NewCase()
		if err := c.ReadJSON(context.Background(), "facts", line); err != nil {
			t.Fatal(err)
		}
		c.SetDate(cases[0].Date())
		same = append(same, c)
	}
	bound, err := Bind[JSON](p)
	if err != nil {
		t.Fatal(err)
	}
	if bound, err = bound.On(cases[0].Date()); err != nil {
		t.Fatal(err)
	}
	return []anEngine{
		{"the walk", func(i int) (*Decision, error) { return p.decideByWalk(t.Context(), cases[i]) }},
		{"the first decisions", func(i int) (*Decision, error) {
			if i == 0 {
				p.engines().asked.Store(0)
			}
			return p.Decide(t.Context(), cases[i])
		}},
		{"the engine", func(i int) (*Decision, error) {
			p.engines().asked.Store(worthCompiling)
			return p.Decide(t.Context(), cases[i])
		}},
		{"many from JSON", func(i int) (*Decision, error) {
			all, err := bound.DecideAll(t.Context(), lines)
			if err != nil {
				t.Fatal(err)
			}
			return all[i].Decision, all[i].Err
		}},
		{"the compiled form", func(i int) (*Decision, error) {
			q.engines().asked.Store(worthCompiling)
			return q.Decide(t.Context(), same[i])
		}},
	}
}
