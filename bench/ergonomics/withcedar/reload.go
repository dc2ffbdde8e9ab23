package withcedar

import (
	"os"
	"sync/atomic"

	"github.com/cedar-policy/cedar-go"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

type service struct {
	file     string
	policies atomic.Pointer[cedar.PolicySet]
}

func Reload(file string) (task.Service, error) {
	s := &service{file: file}
	return s, s.Reload()
}

// Reload is called when somebody says so: watching the file is not in here.
func (s *service) Reload() error {
	text, err := os.ReadFile(s.file)
	if err != nil {
		return err
	}
	policies, err := compile(text)
	if err != nil {
		return err
	}
	s.policies.Store(policies)
	return nil
}

func (s *service) Decide(r task.Request) (string, error) {
	return outcome(s.policies.Load(), r, members)
}

func (s *service) Close() error { return nil }
