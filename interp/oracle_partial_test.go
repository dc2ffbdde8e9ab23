package interp

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/oracle"
	"github.com/ctl-lang/ctl/internal/randpolicy"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// TestPartialCasesEqualOracle holds the answer on a case of which some facts are told to
// the oracle's answers on all its completions.
func TestPartialCasesEqualOracle(t *testing.T) {
	pairs, exact := partialCases(t, Options{})
	if exact*3 < pairs && !testing.Short() { // a short run draws too few
		t.Error("few answers are exact")
	}
}

// TestSearchEqualsOracle is the same where no diagram fits.
func TestSearchEqualsOracle(t *testing.T) {
	if _, exact := partialCases(t, Options{Limits: Limits{Nodes: 3}}); exact == 0 && !testing.Short() {
		t.Error("the search never finds an exact answer")
	}
}

// partialCases counts the pairs of a policy and a case that it has looked at, and the
// exact answers among them.
func partialCases(t *testing.T, opts Options) (pairs, exact int) {
	whens, opaque := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, randpolicy.Options{Policies: 2, Size: 400}, opts)
		on := rapid.SampledFrom(d.Dates).Draw(t, "as of")
		answers := d.allAnswers(t, on)
		for range 40 {
			told := d.DrawTold(t)
			for _, name := range d.Policies {
				pairs++
				p := &partial{drawn: d, told: told, on: on, c: d.told(t, told, on)}
				p.policy, _ = d.prog.Policy(name)
				p.complete(answers[name])
				if p.check(t) {
					exact++
				}
				whens, opaque = whens+p.whens, opaque+p.opaque
			}
		}
	})
	t.Logf("%d pairs of a policy and a case, %d of them exact; %d conditions read again, %d of them opaque", pairs, exact, whens, opaque)
	if whens == opaque && opts.Limits.Nodes == 0 {
		t.Error("no condition is exact")
	}
	return pairs, exact
}

// allAnswers are the oracle's answers to all full cases, by policy and number.
func (d *drawn) allAnswers(t *rapid.T, on string) map[string][]*oracle.Answer {
	out := map[string][]*oracle.Answer{}
	for told := range d.FullCases() {
		c, err := d.oracle.Case(d.Facts(told), on)
		if err != nil {
			t.Fatalf("%s\n%v", err, d.Facts(told))
		}
		for _, name := range d.Policies {
			a, err := d.oracle.Decide(name, c)
			if err != nil {
				t.Fatalf("%s\n%v", err, d.Facts(told))
			}
			out[name] = append(out[name], a)
		}
	}
	return out
}

// partial is a case of which some facts are told, with its completions that break no
// constraint.
type partial struct {
	*drawn
	policy *Policy
	told   []int
	on     string
	c      *Case

	full    [][]int
	answers []*oracle.Answer
	names   map[string]bool
	erring  bool // some completion cannot be decided
	all     []*oracle.Answer

	whens, opaque int // conditions as data that were read again, and those that are not exact
}

func (p *partial) complete(all []*oracle.Answer) {
	p.all, p.names = all, map[string]bool{}
	for full := range p.Completions(p.told) {
		a := all[p.Index(full)]
		switch {
		case a.Status == "error" || a.Erred:
			p.erring = true
		case a.Status != "broken":
			p.full = append(p.full, slices.Clone(full))
			p.answers = append(p.answers, a)
			p.names[a.Name()] = true
		}
	}
}

// check says whether the answer is exact.
func (p *partial) check(t *rapid.T) bool {
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s, facts %v as of %s: "+format, append([]any{p.policy.Name, p.Facts(p.told), p.on}, args...)...)
	}
	d, err := p.policy.Decide(t.Context(), p.c)
	var broken lang.Diagnostics
	switch {
	case p.erring:
		return false
	case errors.As(err, &broken):
		if len(p.full) > 0 {
			fail("%s, and %v are possible", err, keys(p.names))
		}
		return true
	case err != nil:
		if len(p.full) > 0 && !p.hangsOnMore(t) {
			fail("%s", err)
		}
		return false
	}
	if len(p.full) == 0 { // no case is real, for reasons that only a full case shows
		return d.Exact
	}
	got := answerSet(d)
	for name := range p.names {
		if !got[name] {
			fail("%s is ruled out, of %v; said are %v, exact %v", name, keys(p.names), keys(got), d.Exact)
		}
	}
	// A search has seen each of its answers, also with values that no full case has.
	if d.Exact && !p.Coarse && len(got) != len(p.names) && !(searched(d) && p.readsOpaquely(t)) {
		fail("the answers are %v, said are exactly %v", keys(p.names), keys(got))
	}
	if d.Status != Undetermined {
		p.checkCommon(d, fail)
	} else {
		p.checkNeeds(d, fail)
		if d.Exact {
			p.checkWords(t, d, fail)
		}
	}
	p.checkWhen(t, fail)
	return d.Exact
}

// hangsOnMore says whether the answer, to the analysis, hangs on an opaque condition other
// than those that cannot be evaluated: that no completion is an error may then not be seen.
// So it is where a constraint could not be evaluated, and whether the case keeps all hangs on
// such a condition.
func (p *partial) hangsOnMore(t *rapid.T) bool {
	e, err := p.policy.evaluate(t.Context(), p.c)
	if err != nil {
		return false
	}
	d := e.decision()
	if err := e.refine(d); err != nil {
		return false
	}
	for _, note := range d.Notes {
		conds, inexact := strings.CutPrefix(note, "not exact: ")
		if strings.Contains(note, "found by search") { // where all completions are tried, the error is not told
			return true
		}
		if inexact && (!strings.Contains(conds, "`") || p.evaluates(oddFields(conds, "`"))) { // the search says no more
			return true
		}
	}
	return e.unkept != nil && p.constraintsHangOnMore(t)
}

// oddFields are what stands between marks.
func oddFields(text, mark string) []string {
	var out []string
	for i, words := range strings.Split(text, mark) {
		if i%2 == 1 {
			out = append(out, words)
		}
	}
	return out
}

// evaluates says whether one of some opaque conditions can be evaluated in the case.
func (p *partial) evaluates(conditions []string) bool {
	return slices.ContainsFunc(conditions, func(words string) bool {
		cond, err := p.prog.Condition(words)
		if err == nil {
			_, err = cond.Truth(p.c)
			return err == nil
		}
		return true
	})
}

// constraintsHangOnMore says whether it hangs, to the analysis, on a condition that can be
// evaluated whether the case keeps all constraints; where no diagram fits, on any.
func (p *partial) constraintsHangOnMore(t *rapid.T) bool {
	l := p.policy.diagramOn(p.c.day())
	if err := l.hold(t.Context()); err != nil {
		return false
	}
	defer l.release()
	if l.err != nil {
		return true
	}
	care, err := l.space.Store.Constrain(l.care, known(l.space.point(p.c)))
	return err != nil || p.evaluates(oddFields(l.space.opaqueNote(care), "`"))
}

// readsOpaquely says whether an opaque condition reads a fact.
func (p *partial) readsOpaquely(t *rapid.T) bool {
	l := p.policy.diagramOn(p.c.day())
	if err := l.hold(t.Context()); err != nil {
		return false
	}
	defer l.release()
	return len(l.space.readByOpaque()) > 0
}

// checkCommon holds the rules and obligations of a decided case to those of its
// completions. The rules are sure to decide; where the walk is sure of none, all that
// decide in some completion are among them. What it is not sure of may be required.
func (p *partial) checkCommon(d *Decision, fail func(string, ...any)) {
	everyRule, someRule := inEvery(p.answers, func(a *oracle.Answer) []string { return a.Rules })
	every, some := inEvery(p.answers, func(a *oracle.Answer) []string { return a.Obligations })
	rules := ruleLabels(d.Rules)
	if !isSubset(rules, everyRule) && !isSubset(someRule, rules) {
		fail("the rules said are %v; in every completion decide %v, in some %v", rules, everyRule, someRule)
	}
	if !isSubset(d.Obligations, every) {
		fail("the obligations said are %v; those of every completion %v", d.Obligations, every)
	}
	if !isSubset(some, slices.Concat(d.Obligations, d.MayOblige)) {
		fail("the obligations said are %v and perhaps %v; those of some completions %v", d.Obligations, d.MayOblige, some)
	}
}

// inEvery are the texts of every answer, and those of any.
func inEvery(answers []*oracle.Answer, of func(*oracle.Answer) []string) (every, some []string) {
	every = slices.Clone(of(answers[0]))
	for _, a := range answers {
		every = slices.DeleteFunc(every, func(s string) bool { return !slices.Contains(of(a), s) })
		some = append(some, of(a)...)
	}
	slices.Sort(some)
	return every, slices.Compact(some)
}

func isSubset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
}

// checkNeeds wants facts to be asked for: a shortest list that settles the answer together
// with the fact listed first.
func (p *partial) checkNeeds(d *Decision, fail func(string, ...any)) {
	if len(d.Needs) == 0 {
		fail("nothing is asked for")
	}
	if !d.Exact || p.Coarse || searched(d) { // a search does not find out which facts matter
		return
	}
	var asked []int
	for _, n := range d.Needs {
		i := slices.Index(p.FactNames(), n.Fact)
		if i < 0 { // not a fact of the focus
			return
		}
		asked = append(asked, i)
	}
	if !p.settle(slices.Concat(asked, p.Beside(asked))) { // what no file says of a thing is asked once it is known which it is
		fail("%v leave more than one answer open", d.Needs)
	}
	for set := range 1 << len(p.told) {
		if bits.OnesCount(uint(set)) >= len(asked) || set>>asked[0]&1 == 0 {
			continue
		}
		var fewer []int
		for i := range p.told {
			if set>>i&1 == 1 {
				fewer = append(fewer, i)
			}
		}
		if p.Tellable(p.told, fewer) && p.settle(fewer) {
			fail("%v are asked for, where %v of %v would do", d.Needs, fewer, p.FactNames())
		}
	}
}

func searched(d *Decision) bool {
	return slices.ContainsFunc(d.Notes, func(n string) bool { return strings.Contains(n, "found by search") })
}

// settle says whether the completions that agree in some facts have one answer. An
// attribute of a thing that is none is told as none, as one is that has no value.
func (p *partial) settle(facts []int) bool {
	of := map[string]string{}
	for i, full := range p.full {
		var seen []int
		for _, f := range facts {
			v := full[f]
			if owner := p.Within(f); owner >= 0 && full[owner] == 0 {
				v = -1
			}
			if v == 0 && p.Optional(f) {
				v = -1
			}
			if p.Given(f, full) {
				v = -2
			}
			seen = append(seen, v)
		}
		key, name := fmt.Sprint(seen), p.answers[i].Name()
		if other, known := of[key]; known && other != name {
			return false
		}
		of[key] = name
	}
	return true
}

// checkWords reads the condition of each possible answer back: it holds in the
// completions that have the answer, and in no other.
func (p *partial) checkWords(t *rapid.T, d *Decision, fail func(string, ...any)) {
	for _, pos := range d.Possible {
		if pos.When == "" && searched(d) {
			continue
		}
		if pos.When == "" {
			fail("it is not said when %s comes about", pos.Name())
		}
		if pos.Further > 0 {
			continue
		}
		cond, err := p.prog.Condition(pos.When)
		if err != nil {
			fail("%s when %s: %s", pos.Name(), pos.When, err)
		}
		for i, full := range p.full {
			if i%7 != 0 && i > 3 {
				continue
			}
			truth, err := cond.Truth(p.drawn.told(t, full, p.on))
			want := p.answers[i].Name() == pos.Name()
			if err != nil && strings.Contains(p.Rules, "3 / ") {
				continue // neither true nor false
			}
			if err != nil || truth == Unknown || (truth == True) != want {
				fail("%s is said to come about when %s, which is %v (%v) with %v, and that is %s", pos.Name(), pos.When, truth, err, p.Facts(full), p.answers[i].Name())
			}
		}
	}
}

// checkWhen holds the condition of every answer as data to the oracle: read again from its text
// it is true of the completions that have the answer, and false of all others, those that break
// a constraint too.
func (p *partial) checkWhen(t *rapid.T, fail func(string, ...any)) {
	for i := range len(p.prog.outcomes) + 2 {
		name := p.prog.answer(i).Name()
		said, err := p.policy.When(t.Context(), p.c, name)
		var failed *EvalError
		var broken lang.Diagnostics
		switch {
		case errors.As(err, &failed) && failed.Code == code.TooManySteps, errors.As(err, &broken) && len(p.full) == 0:
			continue
		case err != nil:
			fail("when %s: %s", name, err)
		}
		p.whens++
		if !said.Exact() {
			p.opaque++
		}
		cond, err := p.prog.Condition(said.String())
		if err != nil {
			fail("%s when %s: %s", name, said, err)
		}
		for full := range p.Completions(p.told) {
			a := p.all[p.Index(full)]
			if a.Status == "error" || a.Erred {
				continue
			}
			truth, err := cond.Truth(p.drawn.told(t, full, p.on))
			if want := a.Name() == name; truth == Unknown && err == nil || err == nil && (truth == True) != want || err != nil && !cannotEvaluate(err) {
				fail("%s comes about when %s, which is %v (%v) with %v, and that is %s", name, said, truth, err, p.Facts(full), a.Name())
			}
		}
	}
}
