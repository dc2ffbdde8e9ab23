package withctl

import (
	"slices"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

func Missing(r task.Request) ([]string, error) {
	policy, err := load(interp.Options{}, "rules.ctl", "export")
	if err != nil {
		return nil, err
	}
	d, err := answer(policy, r)
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, need := range d.Needs {
		missing = append(missing, need.Fact)
	}
	slices.Sort(missing)
	return missing, nil
}
