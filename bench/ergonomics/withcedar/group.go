package withcedar

import (
	"iter"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

func Group(r task.Request, members iter.Seq2[string, error]) (string, error) {
	policies, err := compile(rulesText)
	if err != nil {
		return "", err
	}
	var all []string
	for id, err := range members {
		if err != nil {
			return "", err
		}
		all = append(all, id)
	}
	return outcome(policies, r, all)
}
