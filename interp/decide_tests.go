package interp

import (
	"context"
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// TestResult is how a test came out.
type TestResult struct {
	Test      *Test
	Decisions []*Decision // one for each policy of the test
	Failures  []string    // empty: passed
}

// Passed says whether every expectation was met.
func (r *TestResult) Passed() bool { return len(r.Failures) == 0 }

// Run decides the test's case under each of its policies and compares.
func (t *Test) Run(ctx context.Context) *TestResult {
	r := &TestResult{Test: t}
	for _, tp := range t.policies {
		p := tp.policy
		if tp.series != nil {
			var err error
			if p, err = tp.series.On(t.given.Date()); err != nil {
				r.Failures = append(r.Failures, err.Error())
				continue
			}
		}
		d, err := p.Unobserved(ctx, t.given)
		if err != nil {
			r.Failures = append(r.Failures, fmt.Sprintf("under %s: %s", p.Name, err))
			continue
		}
		r.Decisions = append(r.Decisions, d)
		for _, e := range t.decl.Expect {
			for _, f := range t.compare(d, e) {
				r.Failures = append(r.Failures, fmt.Sprintf("under %s: %s", p.Name, f))
			}
		}
	}
	return r
}

// Given is a copy of the test's case.
func (t *Test) Given() *Case { return t.given.Clone() }

func (t *Test) compare(d *Decision, e *lang.Expect) []string {
	var out []string
	if got := d.Answer(); got != e.Outcome.Text {
		failure := fmt.Sprintf("expected %s, and the answer is %s", e.Outcome.Text, d.describe())
		if d.needs(caseDateName) {
			failure += ": the test tells no date, as `as of 2025-06-01` does"
		}
		return append(out, failure)
	}
	if len(e.Between) > 0 {
		want, got := map[string]bool{}, map[string]bool{}
		for _, n := range e.Between {
			want[n.Text] = true
		}
		for _, p := range d.Possible {
			got[p.Name()] = true
		}
		if strings.Join(keys(want), ", ") != strings.Join(keys(got), ", ") {
			out = append(out, fmt.Sprintf("expected undetermined between %s, and it is between %s", strings.Join(keys(want), ", "), strings.Join(keys(got), ", ")))
		}
	}
	for _, x := range e.Needing {
		if !d.needs(d.Policy.prog.neededName(x)) {
			out = append(out, fmt.Sprintf("expected %s to be needed, and %s", lang.FormatExpr(x), d.describeNeeds()))
		}
	}
	if len(e.By) > 0 {
		want := map[string]bool{}
		for _, l := range e.By {
			want[l.Text] = true
		}
		got := map[string]bool{}
		for _, r := range d.Rules {
			got[r.Label] = true
		}
		for _, l := range keys(want) {
			if !got[l] {
				out = append(out, fmt.Sprintf("expected %s by %s, and it is by %s", e.Outcome.Text, l, d.describeRules()))
			}
		}
	}
	for _, o := range e.Requiring {
		if !containsText(d.Obligations, o.Value) {
			out = append(out, fmt.Sprintf("expected the obligation %q, and there %s", o.Value, describeList(d.Obligations)))
		}
	}
	return out
}
