package withctl

import (
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

func Struct(r task.Request) (string, error) {
	policy, err := load(interp.Options{}, "rules.ctl", "export")
	if err != nil {
		return "", err
	}
	bound, err := interp.Bind[task.Request](policy)
	if err != nil {
		return "", err
	}
	return outcome(bound.Decide(&r))
}
