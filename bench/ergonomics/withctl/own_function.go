package withctl

import (
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

func OwnFunction(r task.Request, riskOf func(string) (float64, error)) (string, error) {
	policy, err := load(interp.Options{Functions: []interp.Function{{Name: "risk_of", Go: riskOf}}}, "own_function.ctl", "risks")
	if err != nil {
		return "", err
	}
	return outcome(answer(policy, r))
}
