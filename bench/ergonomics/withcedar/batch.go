package withcedar

import (
	"runtime"
	"sync"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

func Batch(requests []task.Request) ([]string, error) {
	policies, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	outcomes := make([]string, len(requests))
	cores := runtime.GOMAXPROCS(0)
	var done sync.WaitGroup
	for core := range cores {
		done.Go(func() {
			for i := core; i < len(requests); i += cores {
				outcomes[i], _ = outcome(policies, requests[i], members)
			}
		})
	}
	done.Wait()
	return outcomes, nil
}
