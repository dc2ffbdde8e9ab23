package withctl

import (
	"iter"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/interp"
)

func Group(r task.Request, members iter.Seq2[string, error]) (string, error) {
	rows := func(yield func(interp.Member, error) bool) {
		for id, err := range members {
			if !yield(interp.Member{ID: id}, err) {
				return
			}
		}
	}
	policy, err := load(interp.Options{Groups: map[string]interp.Members{"Partner": rows}}, "group.ctl", "partners")
	if err != nil {
		return "", err
	}
	return outcome(answer(policy, r))
}
