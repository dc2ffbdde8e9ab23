package withexpr

import "github.com/ctl-lang/ctl/bench/ergonomics/task"

const risky = `[{"label": "risky", "outcome": "review", "when": "risk_of(recipient.id) > 0.5"}]`

func OwnFunction(r task.Request, riskOf func(string) (float64, error)) (string, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return "", err
	}
	more, err := compile([]byte(risky))
	if err != nil {
		return "", err
	}
	e := facts(r, members)
	e.RiskOf = riskOf
	return outcome(append(rules, more...), e)
}
