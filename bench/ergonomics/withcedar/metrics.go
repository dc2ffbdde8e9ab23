package withcedar

import (
	"github.com/cedar-policy/cedar-go"
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

// counted is what everybody who decides has to call instead of outcome.
func counted(counts map[string]int, policies *cedar.PolicySet, r task.Request) (string, error) {
	answer, err := outcome(policies, r, members)
	if err == nil {
		counts[answer]++
	}
	return answer, err
}

func Metrics(requests []task.Request) (map[string]int, error) {
	counts := map[string]int{}
	policies, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	for _, r := range requests {
		if _, err := counted(counts, policies, r); err != nil {
			return nil, err
		}
	}
	return counts, nil
}
