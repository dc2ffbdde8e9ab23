package interp

import (
	"context"
	"runtime"
	"slices"
	"testing"
	"time"
)

// TestManyDates decides JSON of very many dates under rules that read the date: what is
// kept for dates is bounded.
func TestManyDates(t *testing.T) {
	prog, err := LoadText(context.Background(), "edge.ctl", withRules(`o0 when item.made < as_of otherwise o1`))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Bind[JSON](prog.order.policies[0])
	if err != nil {
		t.Fatal(err)
	}
	first, _ := ParseDate("2000-01-01")
	for i := range 5 * mostEngines {
		facts := JSON(`{"item": {"made": "2000-03-01"}, "as_of": "` + (first + Date(i)).String() + `"}`)
		d, err := b.Decide(&facts)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]string{true: "o0", false: "o1"}[i > 60]; d.Answer() != want || d.AsOf != first+Date(i) {
			t.Fatalf("day %d: %s as of %s", i, d.Answer(), d.AsOf)
		}
	}
	kept := 0
	b.b.jsons.Range(func(any, any) bool { kept++; return true })
	if kept > mostEngines+1 {
		t.Errorf("what is needed for %d dates is kept", kept)
	}
}

// TestSeqPanics leaves a loop over answers by a panic.
func TestSeqPanics(t *testing.T) {
	prog, err := LoadText(context.Background(), "edge.ctl", withRules(`o0 when item.n > 3 otherwise o1`))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Bind[JSON](prog.order.policies[0])
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	func() {
		defer func() { recover() }()
		for range b.DecideSeq(context.Background(), slices.Values(slices.Repeat([]JSON{JSON("{}")}, 3*batchSize))) {
			panic("the loop")
		}
	}()
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines are left", runtime.NumGoroutine()-before)
}
