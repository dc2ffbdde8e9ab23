package withctl

import (
	"github.com/ctl-lang/ctl/bench/ergonomics/task"
	"github.com/ctl-lang/ctl/watch"
)

type service struct{ *watch.Watcher }

func Reload(file string) (task.Service, error) {
	rules, err := watch.Files(watch.Options{Tests: true}, file)
	if err != nil {
		return nil, err
	}
	return service{rules}, nil
}

func (s service) Decide(r task.Request) (string, error) {
	policy, err := s.Program().Policy("export")
	if err != nil {
		return "", err
	}
	return outcome(answer(policy, r))
}
