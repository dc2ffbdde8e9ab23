package main

import (
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
)

// casbinEngine asks a casbin enforcer whose matcher holds all the rules, without policy
// lines: the matcher is compiled once, which `eval` of a rule in a line is not.
func casbinEngine(matcher string, cases *Cases) Engine {
	return Engine{Name: "casbin", Load: func() (Loaded, error) {
		e, err := casbinEnforcer("p = sub", "some(where (p.eft == allow))", matcher, cases.Facts)
		if err != nil {
			return nil, err
		}
		return func() (Run, error) { return casbinRun(e, cases), nil }, nil
	}}
}

func casbinEnforcer(policy, effect, matcher string, facts []Fact) (*casbin.Enforcer, error) {
	names := make([]string, len(facts))
	for i, f := range facts {
		names[i] = f.Name
	}
	m := model.NewModel()
	m.AddDef("r", "r", strings.Join(names, ", "))
	m.AddDef("p", "p", strings.TrimPrefix(policy, "p = "))
	m.AddDef("e", "e", effect)
	m.AddDef("m", "m", matcher)
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, err
	}
	e.EnableLog(false)
	return e, nil
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

// casbinText writes rules as a matcher.
func casbinText(rules *Rules) string {
	s := cLike()
	s.fact = func(f Fact) string { return "r." + f.Name }
	s.oneOf = func(name string, texts []string) string { return name + " in (" + strings.Join(texts, ", ") + ")" }
	s.member = func(name string, members []string) string { return name + " in (" + quoteAll(members) + ")" }
	s.outsider = func(name string, members []string) string { return "!(" + name + " in (" + quoteAll(members) + "))" }
	return strings.ReplaceAll(s.expression(rules), "\n", " ")
}
