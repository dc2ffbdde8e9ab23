package withctl

import (
	"slices"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

func Why(r task.Request) (task.Why, error) {
	policy, err := load(interp.Options{}, "rules.ctl", "export")
	if err != nil {
		return task.Why{}, err
	}
	d, err := answer(policy, r)
	if err != nil {
		return task.Why{}, err
	}
	why := task.Why{Outcome: d.Answer()}
	for _, rule := range d.Rules {
		why.Rules = append(why.Rules, rule.Label)
		why.Facts = append(why.Facts, rule.Facts()...)
	}
	slices.Sort(why.Facts)
	why.Facts = slices.Compact(why.Facts)
	return why, nil
}
