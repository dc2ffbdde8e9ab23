package withcedar

import "github.com/ctl-lang/ctl/bench/ergonomics/task"

func Struct(r task.Request) (string, error) {
	policies, err := compile(rulesText)
	if err != nil {
		return "", err
	}
	return outcome(policies, r, members)
}
