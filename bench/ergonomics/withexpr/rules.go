// Package withexpr writes the twelve tasks with expr.
package withexpr

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

//go:embed rules.json
var rulesText []byte

type rule struct {
	Label, Outcome, When string
	program              *vm.Program
}

// env is what the rules may speak of. What may be missing is any, and nil: of a *bool expr can
// make no bool.
type env struct {
	Item struct {
		Category string `expr:"category"`
		Range    any    `expr:"range"`
	} `expr:"item"`
	Recipient struct {
		ID     string `expr:"id"`
		Vetted any    `expr:"vetted"`
	} `expr:"recipient"`
	Applicant struct {
		Convicted any `expr:"convicted"`
	} `expr:"applicant"`
	Member map[string]bool
	RiskOf func(string) (float64, error) `expr:"risk_of"`
}

func facts(r task.Request, members map[string]bool) env {
	e := env{Member: members}
	e.Item.Category, e.Recipient.ID = r.Item.Category, r.Recipient.ID
	if r.Item.Range != nil {
		e.Item.Range = *r.Item.Range
	}
	if r.Recipient.Vetted != nil {
		e.Recipient.Vetted = *r.Recipient.Vetted
	}
	if r.Applicant.Convicted != nil {
		e.Applicant.Convicted = *r.Applicant.Convicted
	}
	return e
}

var members = map[string]bool{"US": true, "GB": true, "FR": true, "DE": true, "IN": true}

func compile(text []byte) ([]rule, error) {
	var rules []rule
	if err := json.Unmarshal(text, &rules); err != nil {
		return nil, err
	}
	for i, r := range rules {
		if r.Outcome != "deny" && r.Outcome != "review" && r.Outcome != "permit" {
			return nil, fmt.Errorf("%s: no outcome %q", r.Label, r.Outcome)
		}
		var err error
		// With AsBool a missing fact would count as false.
		if rules[i].program, err = expr.Compile(r.When, expr.Env(env{})); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Label, err)
		}
	}
	return rules, nil
}

// first finds the rule that decides: the rules stand strictest first. Nil: none applies.
func first(rules []rule, e env) (*rule, error) {
	for i, r := range rules {
		applies, err := expr.Run(r.program, e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Label, err)
		}
		yes, known := applies.(bool)
		if !known {
			return nil, fmt.Errorf("%s: facts are missing", r.Label)
		}
		if yes {
			return &rules[i], nil
		}
	}
	return nil, nil
}

func outcome(rules []rule, e env) (string, error) {
	r, err := first(rules, e)
	if err != nil {
		return "", err
	}
	if r == nil {
		return "permit", nil
	}
	return r.Outcome, nil
}
