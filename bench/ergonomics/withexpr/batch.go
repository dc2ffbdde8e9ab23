package withexpr

import (
	"runtime"
	"sync"

	"github.com/ctl-lang/ctl/bench/ergonomics/task"
)

func Batch(requests []task.Request) ([]string, error) {
	rules, err := compile(rulesText)
	if err != nil {
		return nil, err
	}
	outcomes := make([]string, len(requests))
	cores := runtime.GOMAXPROCS(0)
	var done sync.WaitGroup
	for core := range cores {
		done.Go(func() {
			for i := core; i < len(requests); i += cores {
				outcomes[i], _ = outcome(rules, facts(requests[i], members))
			}
		})
	}
	done.Wait()
	return outcomes, nil
}
