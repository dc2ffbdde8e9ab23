package withctl

import (
	"context"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

func Batch(requests []task.Request) ([]string, error) {
	policy, err := load(interp.Options{}, "rules.ctl", "export")
	if err != nil {
		return nil, err
	}
	bound, err := interp.Bind[task.Request](policy)
	if err != nil {
		return nil, err
	}
	answers, err := bound.DecideAll(context.Background(), requests)
	if err != nil {
		return nil, err
	}
	outcomes := make([]string, len(answers))
	for i, a := range answers {
		if a.Err == nil && a.Status == interp.Decided {
			outcomes[i] = a.Outcome.Name
		}
	}
	return outcomes, nil
}
