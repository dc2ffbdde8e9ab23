package session

import (
	"context"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/internal/randpolicy"
)

// TestStoppedComputing holds that what is stopped is not computed on behind the
// session's back, to the end of its budget.
func TestStoppedComputing(t *testing.T) {
	s := ofText(t, randpolicy.TwoLarge())
	s.now.policy = "one" // without a decision, which goes on behind the prompt
	for _, input := range []string{"diff one two", "check", "decide", "why", "why not deny", "flip deny", "what if item.a0 = yes", "item.a0 = yes", "use two", "needs"} {
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		text := s.Eval(ctx, input).Text
		cancel()
		if !strings.Contains(text, "stopped") {
			t.Fatalf("%s was done before it was stopped:\n%s", input, text)
		}
		began := processorTime()
		for runtime.NumGoroutine() > before && processorTime()-began < 1 {
			time.Sleep(10 * time.Millisecond)
		}
		if n := runtime.NumGoroutine(); n > before {
			t.Errorf("%s: after a second's work since it was stopped, %d goroutines run, and %d did before", input, n, before)
		}
	}
	least := time.Hour // of some tries, as the machine may have other things to do
	for range 10 {
		began := time.Now()
		s.Prompt(false, 80)
		least = min(least, time.Since(began))
	}
	if least > 50*time.Millisecond {
		t.Errorf("the prompt takes %s behind what was stopped", least)
	}
}

// processorTime is how many seconds this process has worked.
func processorTime() float64 {
	runtime.GC() // which brings the reckoning up to date
	sample := []metrics.Sample{{Name: "/cpu/classes/user:cpu-seconds"}}
	metrics.Read(sample)
	return sample[0].Value.Float64()
}
