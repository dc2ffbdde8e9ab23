package analysis

import (
	"context"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// Coverage is what the tests of a policy exercise of it.
type Coverage struct {
	Policy   *interp.Policy
	Tests    int // that decide a case under it
	Rules    []RuleCoverage
	Clauses  []ClauseCoverage
	Reached  []string // the answers that some test has
	Possible []string // and those that some case has
	// Paths are the ways through the policy's diagram on its last day: the cases on
	// one of them are decided alike, for the same reasons. A test reaches the paths
	// that its case, decided, may lie on. Zero where they are too many to count.
	Paths, PathsReached int
}

// RuleCoverage counts the tests in which a rule applies, decides, or is defeated or
// out-ranked.
type RuleCoverage struct {
	Rule                   *interp.Rule
	Applies, Decides, Lost int
}

// ClauseCoverage counts the tests in which a clause of a rule holds and does not.
type ClauseCoverage struct {
	Clause            interp.Clause
	True, False, Open int // Open: the facts do not tell
}

// mostPaths bounds the paths that are counted.
const mostPaths = 20_000

// Cover looks at what the tests of a program exercise of each policy that they test.
func Cover(ctx context.Context, prog *interp.Program) (_ []*Coverage, err error) {
	defer giveUp(ctx, &err)
	var out []*Coverage
	for _, p := range prog.Policies() {
		cases := casesUnder(prog, p)
		if len(cases) == 0 {
			continue
		}
		c := &Coverage{Policy: p, Tests: len(cases)}
		c.count(ctx, cases)
		if err := c.paths(ctx, cases); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// casesUnder are the cases of the tests under a policy.
func casesUnder(prog *interp.Program, p *interp.Policy) []*interp.Case {
	var cases []*interp.Case
	for _, t := range prog.Tests() {
		if slices.Contains(t.Policies(), p) {
			cases = append(cases, t.Given())
		}
	}
	return cases
}

// count asks the interpreter what happens in the tests.
func (c *Coverage) count(ctx context.Context, cases []*interp.Case) {
	index := map[*interp.Rule]int{}
	for i, r := range c.Policy.Rules() {
		index[r] = i
		c.Rules = append(c.Rules, RuleCoverage{Rule: r})
		for _, cl := range r.Clauses() {
			c.Clauses = append(c.Clauses, ClauseCoverage{Clause: cl})
		}
	}
	for _, x := range cases {
		if ctx.Err() != nil {
			return
		}
		d, err := c.Policy.Unobserved(ctx, x)
		if err != nil {
			continue
		}
		if !slices.Contains(c.Reached, d.Answer()) {
			c.Reached = append(c.Reached, d.Answer())
		}
		for _, r := range d.Rules {
			c.Rules[index[r]].Applies++
			c.Rules[index[r]].Decides++
		}
		for _, r := range d.Outranked {
			c.Rules[index[r]].Applies++
			c.Rules[index[r]].Lost++
		}
		for _, l := range d.Defeated {
			c.Rules[index[l.Rule]].Applies++
			c.Rules[index[l.Rule]].Lost++
		}
		for i := range c.Clauses {
			switch c.Clauses[i].Clause.Truth(x) {
			case interp.True:
				c.Clauses[i].True++
			case interp.False:
				c.Clauses[i].False++
			default:
				c.Clauses[i].Open++
			}
		}
	}
	slices.Sort(c.Reached)
}

// paths counts the ways through the diagram, and those that a test is on.
func (c *Coverage) paths(ctx context.Context, cases []*interp.Case) error {
	last := interp.Dated{Policy: c.Policy, On: slices.Max(c.Policy.Epochs())}
	g := newGraph(ctx, []interp.Dated{last}, nil)
	f, _ := g.policy(last)
	if g.err != nil {
		return g.fail()
	}
	var points [][]int
	for _, x := range cases {
		if d, err := c.Policy.Unobserved(ctx, x); err == nil && d.Status != interp.Undetermined {
			points = append(points, g.Point(x))
		}
	}
	for _, l := range g.leaves(f) {
		answer := g.Answer(l)
		c.Possible = append(c.Possible, answer.Name())
		for path := range g.Store.Paths(f, l) {
			c.Paths++
			if slices.ContainsFunc(points, func(p []int) bool { return reaches(p, path) }) {
				c.PathsReached++
			}
			if c.Paths > mostPaths {
				c.Paths, c.PathsReached = 0, 0
				return nil
			}
		}
	}
	slices.Sort(c.Possible)
	return nil
}

// reaches says whether a case lies on a path, or may for all that it tells: a case
// that is decided though facts are open tests all that they could be.
func reaches(point []int, path dd.Cube) bool {
	for _, l := range path {
		if cell := point[l.Var]; cell != dd.Unknown && !slices.Contains(l.Cells, cell) {
			return false
		}
	}
	return true
}
