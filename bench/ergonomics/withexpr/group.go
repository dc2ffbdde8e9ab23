package withexpr

import (
	"iter"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

func Group(r task.Request, members iter.Seq2[string, error]) (string, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return "", err
	}
	set := map[string]bool{}
	for id, err := range members {
		if err != nil {
			return "", err
		}
		set[id] = true
	}
	return outcome(rules, facts(r, set))
}
