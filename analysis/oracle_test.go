package analysis_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/oracle"
	"github.com/ctl-lang/ctl/internal/randpolicy"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// everything is a random program with the oracle's answers to all its full cases.
type everything struct {
	*randpolicy.Program
	prog    *interp.Program
	oracle  *oracle.Program
	told    [][]int
	cases   []*oracle.Case
	answers map[string][]*oracle.Answer // by policy
}

func drawEverything(t *rapid.T, o randpolicy.Options) *everything {
	p := randpolicy.Draw(t, o)
	t.Log(p.Rules)
	return judged(t, p)
}

// judged asks the oracle.
func judged(t *rapid.T, p *randpolicy.Program) *everything {
	opts := interp.Options{}
	if p.Hosted {
		opts = hosted()
	}
	prog, err := opts.Load(context.Background(), p.FS(), randpolicy.Main)
	if err != nil {
		t.Fatal(err)
	}
	judge, err := oracle.Load(p.FS(), randpolicy.Main, randpolicy.Host)
	if err != nil {
		t.Fatal(err)
	}
	e := &everything{Program: p, prog: prog, oracle: judge, answers: map[string][]*oracle.Answer{}}
	for told := range p.FullCases() {
		c, err := judge.Case(p.Facts(told), p.AsOf)
		if err != nil {
			t.Fatal(err)
		}
		e.told, e.cases = append(e.told, told), append(e.cases, c)
		for _, name := range p.Policies {
			a, err := judge.Decide(name, c)
			if err != nil {
				t.Fatal(err)
			}
			e.answers[name] = append(e.answers[name], a)
		}
	}
	return e
}

// hosted are the options with what random programs are given that are hosted.
func hosted() interp.Options {
	opts := interp.Options{Groups: map[string]interp.Members{}}
	for name, f := range randpolicy.Host.Functions {
		opts.Functions = append(opts.Functions, interp.Function{Name: name, Go: f})
	}
	for name, members := range randpolicy.Host.Groups {
		opts.Groups[name] = func(yield func(interp.Member, error) bool) {
			for _, m := range members {
				if !yield(interp.Member{ID: m.ID, Since: dayOrNil(m.Since), Until: dayOrNil(m.Until)}, nil) {
					return
				}
			}
		}
	}
	return opts
}

func dayOrNil(text string) *interp.Date {
	if text == "" {
		return nil
	}
	d, _ := interp.ParseDate(text)
	return &d
}

// TestDiffEqualsOracle holds the difference of two policies to their answers in every
// case: which cases differ, and what each group says of them.
func TestDiffEqualsOracle(t *testing.T) {
	pairs, exact := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		e := drawEverything(t, randpolicy.Options{Policies: 5, Size: 200, Plain: true})
		on, err := interp.ParseDate(e.AsOf)
		if err != nil {
			t.Fatal(err)
		}
		for _, old := range e.Policies {
			for _, now := range e.Policies {
				if old == now {
					continue
				}
				pairs++
				a, _ := e.prog.Policy(old)
				b, _ := e.prog.Policy(now)
				d, err := analysis.Diff(t.Context(), interp.Dated{Policy: a, On: on}, interp.Dated{Policy: b, On: on}, analysis.DiffOptions{Brief: pairs%6 > 0})
				if err != nil {
					t.Fatalf("%s and %s: %s", old, now, err)
				}
				if d.Exact {
					exact++
				}
				e.checkDiff(t, d, e.answers[old], e.answers[now])
			}
		}
	})
	t.Logf("%d pairs of policies, %d of the differences exact", pairs, exact)
}

// TestDiffOfVersionsEqualsOracle is the same of one policy whose terms, groups and data mean
// something else in a later version.
func TestDiffOfVersionsEqualsOracle(t *testing.T) {
	pairs, exact, differ := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		old := drawEverything(t, randpolicy.Options{Policies: 2, Size: 200, Plain: true})
		later := judged(t, old.Later(t))
		on, err := interp.ParseDate(old.AsOf)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range old.Policies {
			pairs++
			was, _ := old.prog.Policy(name)
			is, _ := later.prog.Policy(name)
			re, err := later.prog.Rebase(was)
			if err != nil {
				t.Fatal(err)
			}
			d, err := analysis.Diff(t.Context(), interp.Dated{Policy: re.Policy, On: on}, interp.Dated{Policy: is, On: on}, analysis.DiffOptions{OldConstraints: re.Constraints, Brief: true})
			if err != nil {
				t.Fatalf("%s: %s", name, err)
			}
			if d.Exact {
				exact++
			}
			if len(d.Changes) > 0 {
				differ++
			}
			later.checkDiff(t, d, old.answers[name], later.answers[name])
		}
	})
	t.Logf("%d policies of two versions, %d of them differ, %d of the differences exact", pairs, differ, exact)
}

// change is two answers, or one where obligations alone differ.
type change struct{ from, to string }

func changeOf(old, now *oracle.Answer) (change, bool) {
	differ := old.Name() != now.Name() || len(less(old, now)) > 0 || len(less(now, old)) > 0
	return change{old.Name(), now.Name()}, old.Status != "broken" && now.Status != "broken" && differ
}

// less are the obligations of one answer that another does not have.
func less(a, b *oracle.Answer) []string {
	out := slices.DeleteFunc(slices.Clone(a.Obligations), func(o string) bool { return slices.Contains(b.Obligations, o) })
	slices.Sort(out)
	return out
}

func (e *everything) checkDiff(t *rapid.T, d *analysis.Difference, old, now []*oracle.Answer) {
	differ, said := map[change]bool{}, map[change]bool{}
	for i, a := range old {
		if c, differs := changeOf(a, now[i]); differs {
			differ[c] = true
		}
	}
	for _, c := range d.Changes {
		said[change{c.From.Name(), c.To.Name()}] = true
	}
	between := d.Old.Policy.Name + " and " + d.New.Policy.Name + " as of " + e.AsOf
	for c := range differ {
		if !said[c] {
			t.Fatalf("%s: a change from %s to %s is not said", between, c.from, c.to)
		}
	}
	for _, c := range d.Changes {
		k := change{c.From.Name(), c.To.Name()}
		if c.Exact && !e.Coarse && !differ[k] {
			t.Fatalf("%s: no case changes from %s to %s", between, k.from, k.to)
		}
		if c.Exact && len(c.Groups) > 0 {
			e.checkGroups(t, between, c, old, now)
		}
	}
}

// checkGroups reads the words of a change's groups back: in every case that changes so
// some group holds, and in no other.
func (e *everything) checkGroups(t *rapid.T, between string, c analysis.Change, old, now []*oracle.Answer) {
	for i, a := range old {
		if a.Status == "broken" || now[i].Status == "broken" || i%5 > 0 && len(old) > 100 {
			continue
		}
		k, differs := changeOf(a, now[i])
		differs = differs && k == change{c.From.Name(), c.To.Name()}
		of := func(g analysis.CaseSet) bool { // what obligations alone change by is told apart
			return c.Direction != analysis.Obligations || slices.Equal(less(a, now[i]), slices.Sorted(slices.Values(g.Lost))) && slices.Equal(less(now[i], a), slices.Sorted(slices.Values(g.Gained)))
		}
		in := slices.IndexFunc(c.Groups, func(g analysis.CaseSet) bool { return e.holds(t, g.When, i) })
		switch {
		case in >= 0 && !(differs && of(c.Groups[in])):
			t.Fatalf("%s: %q is said to change from %s to %s; not so %v", between, c.Groups[in].When, k.from, k.to, e.Facts(e.told[i]))
		case in < 0 && differs && slices.ContainsFunc(c.Groups, of):
			t.Fatalf("%s: what changes from %s to %s is %q; not said is %v", between, k.from, k.to, whens(c), e.Facts(e.told[i]))
		}
	}
}

func whens(c analysis.Change) []string {
	var out []string
	for _, g := range c.Groups {
		out = append(out, g.When)
	}
	return out
}

// holds reads words of an analysis as the oracle does, and holds interp's reading to it.
func (e *everything) holds(t *rapid.T, words string, i int) bool {
	if words == "in every case" {
		return true
	}
	want, err := e.oracle.Holds(words, e.cases[i])
	if err != nil {
		t.Fatalf("%s: %s", words, err)
	}
	c := e.prog.NewCase()
	if err := c.ReadMap(e.Facts(e.told[i])); err != nil {
		t.Fatal(err)
	}
	on, _ := interp.ParseDate(e.AsOf)
	c.SetDate(on)
	cond, err := e.prog.Condition(words)
	if err != nil {
		t.Fatalf("%s: %s", words, err)
	}
	if truth, err := cond.Truth(c); err != nil || (truth == interp.True) != want || truth == interp.Unknown {
		t.Fatalf("%s is %v (%v), and %v by the specification, of %v", words, truth, err, want, e.Facts(e.told[i]))
	}
	return want
}

// TestProveEqualsOracle holds what becomes of claims to every case.
func TestProveEqualsOracle(t *testing.T) {
	known, unknown := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		e := drawEverything(t, randpolicy.Options{Policies: 2, Size: 200, Plain: true, Claims: 6})
		proofs, err := analysis.ProveAll(t.Context(), e.prog.Claims())
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range proofs {
			if p.Status == analysis.Unknown {
				unknown++
				continue
			}
			known++
			broken := -1
			for n, c := range e.cases {
				breaks, err := e.oracle.Breaks(e.oracle.Claims[i], c)
				if err != nil {
					t.Fatalf("claim %d: %s", i, err)
				}
				if breaks {
					broken = n
					break
				}
			}
			switch {
			case p.Status == analysis.Proved && broken >= 0:
				t.Fatalf("claim %d is proved, and does not hold of %v", i, e.Facts(e.told[broken]))
			case p.Status == analysis.Refuted && broken < 0 && !e.Coarse && !e.breaks(e.oracle.Claims[i], p.Counterexample):
				t.Fatalf("claim %d is refuted by %v, and holds of every case", i, strings.Join(p.Counterexample.Case.Sentences(), ", "))
			}
		}
	})
	t.Logf("%d claims proved or refuted, %d unknown", known, unknown)
}

// breaks says whether a counterexample with other values than those of the full cases
// is one by the oracle too, or none of them is a real case with it. What it does not
// tell makes no difference.
func (e *everything) breaks(claim *lang.Claim, x *analysis.Counterexample) bool {
	real := false
	for i := range e.told {
		facts := e.Facts(e.told[i])
		overlay(facts, x.Case.Map())
		c, err := e.oracle.Case(facts, e.AsOf)
		if err != nil {
			continue
		}
		if breaks, err := e.oracle.Breaks(claim, c); err != nil {
			continue // a thing is told that is none in this full case
		} else if breaks {
			return true
		}
		a, err := e.oracle.Decide(e.Policies[0], c)
		real = real || err == nil && a.Status != "broken"
	}
	return !real
}

// overlay puts facts in the place of others.
func overlay(facts, over map[string]any) {
	for name, v := range over {
		inner, isThing := facts[name].(map[string]any)
		switch v := v.(type) {
		case map[string]any:
			if !isThing {
				inner = map[string]any{}
				if id, ok := facts[name].(string); ok {
					inner["id"] = id
				}
				facts[name] = inner
			}
			overlay(inner, v)
		case string:
			if isThing {
				inner["id"] = v
				continue
			}
			facts[name] = v
		case []any:
			var members []any
			for _, m := range v {
				if told, ok := m.(map[string]any); ok {
					part := randpolicy.AnyPart()
					overlay(part, told)
					m = part
				}
				members = append(members, m)
			}
			facts[name] = members
		default:
			facts[name] = v
		}
	}
}
