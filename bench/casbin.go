package main

import (
	"fmt"
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	stringadapter "github.com/casbin/casbin/v2/persist/string-adapter"
)

// casbinRules are a model and policy lines.
type casbinRules struct {
	policy, effect, matcher string
	lines                   strings.Builder
}

// casbinEngine asks a casbin enforcer.
func casbinEngine(rules *casbinRules, cases *Cases) Engine {
	model, lines := rules.model(cases.Facts), rules.lines.String()
	return Engine{Name: "casbin", Peer: true, File: "bench.casbin", Text: model + "\n# the policy lines, a file of their own\n" + lines, Load: func() (Loaded, error) {
		e, err := casbinEnforcer(model, lines)
		if err != nil {
			return nil, err
		}
		return func() (Run, error) { return casbinRun(e, cases), nil }, nil
	}}
}

// model is the text of the model: what a request is, what a policy line, and when they match.
func (c *casbinRules) model(facts []Fact) string {
	names := make([]string, len(facts))
	for i, f := range facts {
		names[i] = f.Name
	}
	return fmt.Sprintf("[request_definition]\nr = %s\n[policy_definition]\np = %s\n[policy_effect]\ne = %s\n[matchers]\nm = %s\n",
		strings.Join(names, ", "), c.policy, c.effect, c.matcher)
}

func casbinEnforcer(text, lines string) (*casbin.Enforcer, error) {
	m, err := model.NewModelFromString(text)
	if err != nil {
		return nil, err
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, err
	}
	if lines == "" {
		return e, nil
	}
	e.SetAdapter(stringadapter.NewAdapter(lines))
	return e, e.LoadPolicy()
}

func casbinRun(e *casbin.Enforcer, cases *Cases) Run {
	rows := make([][]any, cases.N)
	for i := range rows {
		rows[i] = make([]any, len(cases.Facts))
		for f := range cases.Facts {
			rows[i][f] = cases.Value(i, f)
			if n, ok := rows[i][f].(int); ok {
				rows[i][f] = float64(n) // the only numbers that its evaluator has
			}
		}
	}
	return func(lo, hi int, out []Answer) error {
		for i := lo; i < hi; i++ {
			ok, err := e.Enforce(rows[i]...)
			if err != nil {
				return err
			}
			out[i] = answerOf(ok)
		}
		return nil
	}
}

// casbinMatcher has all the rules in the matcher, without policy lines: the matcher is
// compiled once, which `eval` of a rule in a line is not.
func casbinMatcher(rules *Rules) *casbinRules {
	s := cLike()
	s.fact = func(f Fact) string { return "r." + f.Name }
	s.oneOf = func(name string, texts []string) string { return name + " in (" + strings.Join(texts, ", ") + ")" }
	s.member = func(name string, members []string) string { return name + " in (" + quoteAll(members) + ")" }
	s.outsider = func(name string, members []string) string { return "!(" + name + " in (" + quoteAll(members) + "))" }
	matcher := strings.ReplaceAll(s.expression(rules), "\n", " \\\n")
	return &casbinRules{policy: "sub", effect: "some(where (p.eft == allow))", matcher: matcher}
}
