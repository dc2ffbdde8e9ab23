package withcel

import "github.com/ctl-lang/ctl/bench/ergonomics/task"

func Struct(r task.Request) (string, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return "", err
	}
	return outcome(rules, r, members)
}
