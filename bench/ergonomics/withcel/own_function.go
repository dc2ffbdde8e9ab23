package withcel

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

const risky = `[{"label": "risky", "outcome": "review", "when": "risk_of(recipient.id) > 0.5"}]`

func OwnFunction(r task.Request, riskOf func(string) (float64, error)) (string, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return "", err
	}
	more, err := compile([]byte(risky), cel.Function("risk_of", cel.Overload("risk_of_string", []*cel.Type{cel.StringType}, cel.DoubleType,
		cel.UnaryBinding(func(country ref.Val) ref.Val {
			risk, err := riskOf(string(country.(types.String)))
			if err != nil {
				return types.WrapErr(err)
			}
			return types.Double(risk)
		}))))
	if err != nil {
		return "", err
	}
	return outcome(append(rules, more...), r, members)
}
