package withexpr

import "github.com/ctl-lang/ctl/bench/ergonomics/task"

// counted is what everybody who decides has to call instead of outcome.
func counted(counts map[string]int, rules []rule, e env) (string, error) {
	answer, err := outcome(rules, e)
	if err == nil {
		counts[answer]++
	}
	return answer, err
}

func Metrics(requests []task.Request) (map[string]int, error) {
	counts := map[string]int{}
	rules, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	for _, r := range requests {
		if _, err := counted(counts, rules, facts(r, members)); err != nil {
			return nil, err
		}
	}
	return counts, nil
}
