package session

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestStoppedComputing holds that what is stopped is not computed on behind the
// session's back, to the end of its budget.
func TestStoppedComputing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("outcomes deny > review > permit\nkind Item {\n")
	for i := range 50 {
		fmt.Fprintf(&b, "  a%d: bool\n", i)
	}
	b.WriteString("}\nrole item: Item\n")
	for _, name := range []string{"one", "two"} {
		fmt.Fprintf(&b, "policy %s {\n", name)
		for range 300 {
			fmt.Fprintf(&b, "  %s any when item.a%d and not item.a%d and item.a%d and not item.a%d\n", []string{"deny", "review", "permit"}[r.IntN(3)], r.IntN(50), r.IntN(50), r.IntN(50), r.IntN(50))
		}
		b.WriteString("  otherwise permit\n}\n")
	}
	s := ofText(t, b.String())
	s.now.policy = "one" // without a decision, which goes on behind the prompt
	for _, input := range []string{"diff one two", "check", "decide", "why", "why not deny", "flip deny", "what if item.a0 = yes", "item.a0 = yes", "use two", "needs"} {
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		text := s.Eval(ctx, input).Text
		cancel()
		if !strings.Contains(text, "stopped") {
			t.Fatalf("%s was done before it was stopped:\n%s", input, text)
		}
		for range 100 {
			if runtime.NumGoroutine() <= before {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if n := runtime.NumGoroutine(); n > before {
			t.Errorf("%s: a second after it was stopped, %d goroutines run, and %d did before", input, n, before)
		}
	}
	began := time.Now()
	s.Prompt(false, 80)
	if took := time.Since(began); took > 50*time.Millisecond {
		t.Errorf("the prompt takes %s behind what was stopped", took)
	}
}
