package interp

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/randpolicy"
	"github.com/ctl-lang/ctl/lang"
)

// TestUndatedCasesEqualOracle holds the answer on a case whose date nobody told, and of
// which facts may be missing too, to the oracle's answers on many days.
func TestUndatedCasesEqualOracle(t *testing.T) {
	pairs, open, exact := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, randpolicy.Options{Policies: 2, Size: 40}, Options{})
		u := &undatedCases{drawn: d, answers: map[string]map[string][]string{}}
		u.days = append(append(near(t, d.Text), "2045-06-30"), d.Dates...)
		for range 8 {
			told := d.DrawTold(t)
			if rapid.Bool().Draw(t, "all facts") {
				for full := range d.Completions(told) {
					told = slices.Clone(full)
					break
				}
			}
			for _, name := range d.Policies {
				p, _ := d.prog.Policy(name)
				if dec := u.check(t, p, told); dec != nil {
					pairs++
					open += b2i(dec.Status == Undetermined)
					exact += b2i(dec.Exact)
				}
			}
		}
	})
	t.Logf("%d pairs of a policy and a case without a date: %d undetermined, %d exact", pairs, open, exact)
	if !testing.Short() && (open == 0 || exact*2 < pairs) {
		t.Error("few answers say something")
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// undatedCases are those of one program, with the oracle's answers to full cases by day,
// and on it by policy and number: "" of a case that breaks a constraint, "error" of one that
// cannot be decided.
type undatedCases struct {
	*drawn
	days    []string // on which something may change
	answers map[string]map[string][]string
}

func (u *undatedCases) on(t *rapid.T, day string) map[string][]string {
	if known, ok := u.answers[day]; ok {
		return known
	}
	out := map[string][]string{}
	for name, list := range u.allAnswers(t, day) {
		for _, a := range list {
			switch {
			case a.Status == "broken":
				out[name] = append(out[name], "")
			case a.Status == "error" || a.Erred:
				out[name] = append(out[name], "error")
			default:
				out[name] = append(out[name], a.Name())
			}
		}
	}
	u.answers[day] = out
	return out
}

// dates are those that stand in a text.
var dates = regexp.MustCompile(`\d{4}-\d\d-\d\d`)

// daysFor are the days on which an answer is said to change, and some on which it may, or
// any.
func (u *undatedCases) daysFor(t *rapid.T, d *Decision) []string {
	var said []string
	for _, p := range d.Possible {
		said = append(said, near(t, p.When)...)
	}
	out := append(said, "1980-02-29")
	for range 6 {
		out = append(out, rapid.SampledFrom(u.days).Draw(t, "day"))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// near are the dates in a text, and the days beside them.
func near(t *rapid.T, text string) []string {
	var out []string
	for _, word := range dates.FindAllString(text, -1) {
		day, err := ParseDate(word)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, (day - 1).String(), word, (day + 1).String())
	}
	return out
}

// check is the decision; nil where there is none.
func (u *undatedCases) check(t *rapid.T, p *Policy, told []int) *Decision {
	c := u.told(t, told, "2000-01-01")
	c.SetDate(NoDate)
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s, facts %v: "+format+"\n%s", append(append([]any{p.Name, u.Facts(told)}, args...), u.Text)...)
	}
	d, err := p.Decide(t.Context(), c)
	var broken lang.Diagnostics
	if err != nil && !errors.As(err, &broken) {
		return nil
	}
	if d == nil {
		d = &Decision{Possible: []Possibility{}}
	}
	if again, err := p.Explain(t.Context(), c); (err == nil) != (broken == nil) || err == nil && again.Decision.Answer() != d.Answer() {
		fail("Explain says %v, %v", again, err)
	}
	said, seen, erring := answerSet(d), map[string]bool{}, false
	for _, day := range u.daysFor(t, d) {
		on, _ := ParseDate(day)
		if !p.InForce(on) {
			continue
		}
		answers := map[string]bool{}
		for full := range u.Completions(told) {
			answers[u.on(t, day)[p.Name][u.Index(full)]] = true
		}
		delete(answers, "")
		if answers["error"] {
			erring = true
			continue
		}
		for name := range answers {
			seen[name] = true
			if broken != nil || !said[name] {
				fail("%s on %s; said are %v (%v)", name, day, keys(said), err)
			}
		}
		if d.Exact && d.Status == Undetermined && !u.Coarse {
			u.checkWhen(t, c, d, on, answers, fail)
		}
	}
	if broken != nil {
		return nil
	}
	if d.Exact && !u.Coarse && !erring && len(seen) > 0 && len(seen) != len(said) && !searched(d) {
		fail("the answers are %v; said are exactly %v", keys(seen), d.Possible)
	}
	return d
}

// checkWhen holds the conditions of possible answers to the answers of one day, where they
// speak of the day alone.
func (u *undatedCases) checkWhen(t *rapid.T, c *Case, d *Decision, on Date, answers map[string]bool, fail func(string, ...any)) {
	c = c.Clone()
	c.SetDate(on)
	for _, p := range d.Possible {
		if p.When == "" || p.Further > 0 || strings.Contains(p.When, "other elements") {
			continue
		}
		cond, err := u.prog.Condition(p.When)
		if err != nil {
			fail("%s comes when %s: %s", p.Name(), p.When, err)
		}
		truth, err := cond.Truth(c)
		switch {
		case err != nil:
		case truth == False && answers[p.Name()]:
			fail("%s on %s, and it comes when %s", p.Name(), on, p.When)
		case truth == True && len(answers) > 0 && !answers[p.Name()]:
			fail("never %s on %s, and it comes when %s", p.Name(), on, p.When)
		}
	}
}
