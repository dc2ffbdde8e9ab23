package withcedar

import (
	"github.com/cedar-policy/cedar-go"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

const risky = `
@id("risky") @outcome("review")
forbid(principal, action, resource) when { context.risk.greaterThan(decimal("0.5")) };
`

// OwnFunction calls the function beforehand, whether or not the answer hangs on it: Cedar has no
// functions of others. Where it fails, what the answer does not hang on fails with it.
func OwnFunction(r task.Request, riskOf func(string) (float64, error)) (string, error) {
	policies, err := compile(append(rulesText[:len(rulesText):len(rulesText)], risky...))
	if err != nil {
		return "", err
	}
	risk, err := riskOf(r.Recipient.ID)
	if err != nil {
		return "", err
	}
	number, err := cedar.NewDecimalFromFloat(risk)
	if err != nil {
		return "", err
	}
	q := request(r)
	context := q.Context.Map()
	context["risk"] = number
	q.Context = cedar.NewRecord(context)
	outcome, _, err := deciding(policies, q, entities(r, members))
	return outcome, err
}
