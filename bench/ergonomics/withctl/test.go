package withctl

import (
	"context"

	"github.com/ctl-lang/ctl/interp"
)

func Test() (failed []string, err error) {
	policy, err := load(interp.Options{}, "test.ctl", "export")
	if err != nil {
		return nil, err
	}
	for _, t := range policy.Program().Tests() {
		if !t.Run(context.Background()).Passed() {
			failed = append(failed, t.Name)
		}
	}
	return failed, nil
}
