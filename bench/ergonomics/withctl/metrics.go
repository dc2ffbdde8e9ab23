package withctl

import (
	"context"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

func Metrics(requests []task.Request) (map[string]int, error) {
	counts := map[string]int{}
	policy, err := load(interp.Options{OnDecision: func(context.Context, *interp.Policy) func(*interp.Decision, error) {
		return func(d *interp.Decision, err error) {
			if err == nil {
				counts[d.Answer()]++
			}
		}
	}}, "rules.ctl", "export")
	if err != nil {
		return nil, err
	}
	for _, r := range requests {
		if _, err := answer(policy, r); err != nil {
			return nil, err
		}
	}
	return counts, nil
}
