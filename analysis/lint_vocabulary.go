package analysis

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// vocabulary finds what is declared and says nothing: outcomes that are never given, constraints
// that exclude nothing, terms that always or never hold, and what is there twice.
func (l *linter) vocabulary() {
	l.outcomes()
	l.twice()
	l.conditions()
}

// outcomes finds outcomes that no rule gives.
func (l *linter) outcomes() {
	given := map[*interp.Outcome]bool{}
	for _, p := range l.prog.Policies() {
		for _, r := range p.Rules() {
			given[r.Outcome] = true
		}
		for _, o := range p.Otherwises() {
			given[o.Outcome] = true
		}
	}
	for _, o := range l.prog.Outcomes() {
		if len(given) > 0 && !given[o] {
			l.add(finding(code.OutcomeNeverGiven, o.Site(), "no rule gives the outcome `%s`", o.Name))
		}
	}
}

// twice finds tests that tell the same case, and claims that say the same, of one policy.
func (l *linter) twice() {
	tests := map[string]*interp.Test{}
	for _, t := range l.prog.Tests() {
		key := testKey(t)
		if first := tests[key]; first != nil {
			l.add(finding(code.SaidTwice, t.Site(), "the test `%s` tells the same case as `%s`", t.Name, first.Name).note(first.Site(), "`%s`", first.Name))
			continue
		}
		tests[key] = t
	}
	claims := map[string]*interp.Claim{}
	for _, c := range l.prog.Claims() {
		key := c.Says()
		if first := claims[key]; first != nil {
			l.add(finding(code.SaidTwice, c.Site(), "the claim `%s` says the same as `%s`", c.Name, first.Name).note(first.Site(), "`%s`", first.Name))
			continue
		}
		claims[key] = c
	}
}

// testKey is what a test is about: its policies, the day and the facts.
func testKey(t *interp.Test) string {
	c := t.Given()
	facts := c.Sentences()
	slices.Sort(facts)
	parts := []string{c.Date().String()}
	for _, p := range t.Policies() {
		parts = append(parts, p.Name)
	}
	return strings.Join(append(parts, facts...), "\n")
}

// conditions finds constraints that exclude nothing that the others leave, and terms that always
// or never hold, or wherever another one does.
func (l *linter) conditions() {
	var conds []*interp.Cond
	constraints := l.prog.Constraints()
	for _, c := range constraints {
		conds = append(conds, c.Condition(l.prog))
	}
	var terms []*interp.Term
	for _, t := range l.prog.Terms() {
		if c := l.ofSomeRole(t); c != nil {
			terms, conds = append(terms, t), append(conds, c)
		}
	}
	if len(conds) == 0 {
		return
	}
	days, err := l.vocabularyDays(conds)
	if err != nil {
		l.note("the constraints and terms were not looked at by themselves: " + err.Error())
		return
	}
	var graphs []*graph
	nodes := make([][]dd.Node, len(conds)) // of each, on each day
	for _, d := range days {
		g := newGraphOfConditions(l.ctx, []interp.Dated{d}, conds...)
		for i, c := range conds {
			nodes[i] = append(nodes[i], g.keep(g.Where(c, d.On)))
		}
		if err := g.fail(); err != nil {
			l.note("the constraints and terms were not looked at by themselves: " + err.Error())
			return
		}
		graphs = append(graphs, g)
	}
	all := func(i int, f dd.Node) bool {
		return !slices.ContainsFunc(nodes[i], func(g dd.Node) bool { return g != f })
	}
	needless := needlessOf(graphs, nodes[:len(constraints)])
	for i, c := range constraints {
		if needless[i] {
			words := "the constraint `%s` excludes nothing that the others leave"
			if all(i, dd.True) {
				words = "the constraint `%s` holds in every case: it excludes nothing"
			}
			l.add(finding(code.IdleConstraint, c.Site(), words, c.Name))
		}
	}
	same := map[string]*interp.Term{} // the first that holds where it does, by its kind and where that is
	for i, t := range terms {
		at := len(constraints) + i
		switch key := fmt.Sprint(t.Kind.Name, nodes[at]); {
		case all(at, dd.False):
			l.add(finding(code.ConstantTerm, t.Site(), "`%s` never holds", t.Name))
		case all(at, dd.True):
			l.add(finding(code.ConstantTerm, t.Site(), "`%s` always holds", t.Name))
		case same[key] != nil:
			u := same[key]
			l.add(finding(code.SaidTwice, t.Site(), "`%s` holds wherever `%s` does, and nowhere else", t.Name, u.Name).note(u.Site(), "`%s`", u.Name))
		default:
			same[key] = t
		}
	}
}

// needlessOf are the conditions that the others imply on every day; of those that say the same the
// last is the one too many.
func needlessOf(graphs []*graph, conds [][]dd.Node) []bool {
	needless := slices.Repeat([]bool{true}, len(conds))
	before := make([][]dd.Node, len(graphs)) // by day: that the conditions before each hold,
	kept := make([]dd.Node, len(graphs))     // and those behind it that are not needless
	for day, g := range graphs {
		kept[day] = dd.True
		left := dd.True
		for _, nodes := range conds {
			before[day] = append(before[day], left)
			left = g.and(left, nodes[day])
		}
	}
	for i := len(conds) - 1; i >= 0; i-- {
		for day, g := range graphs {
			implied := g.diff(g.and(before[day][i], kept[day]), conds[i][day]) == dd.False
			needless[i] = needless[i] && implied && g.err == nil
		}
		for day, g := range graphs {
			if !needless[i] {
				kept[day] = g.and(kept[day], conds[i][day])
			}
		}
	}
	return needless
}

// ofSomeRole is that a term holds of the thing of a role; nil of an open term and where there is no role of its kind.
func (l *linter) ofSomeRole(t *interp.Term) *interp.Cond {
	for _, r := range l.prog.Roles() {
		if r.Kind == t.Kind && !t.Open {
			if c, err := l.prog.Condition(r.Name + " is " + t.Name); err == nil {
				return c
			}
		}
	}
	return nil
}

// vocabularyDays are one day of each stretch between which what some conditions say changes, among
// those on which a policy is in force; an error where they are too many, or cannot all be known.
func (l *linter) vocabularyDays(conds []*interp.Cond) ([]interp.Dated, error) {
	var out []interp.Dated
	seen := map[interp.Date]bool{}
	for _, p := range l.prog.Policies() {
		days, all := p.EpochsOf(conds...)
		if !all {
			return nil, errors.New("something is done with the date of the case that is not looked into")
		}
		for _, on := range days {
			if !seen[on] {
				seen[on] = true
				out = append(out, interp.Dated{Policy: p, On: on})
			}
		}
	}
	if len(out) > mostDays {
		return nil, fmt.Errorf("there are %d days from which on something changes", len(out))
	}
	return out, nil
}
