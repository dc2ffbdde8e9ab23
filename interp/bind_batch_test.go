package interp_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/interp"
)

func TestDecideAllKeepsTheOrder(t *testing.T) {
	b := boundTo[application](t)
	cases := applications(true)
	cases[7].Item.Category = "nonsense"
	answers, err := b.DecideAll(t.Context(), cases)
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for d, err := range b.DecideSeq(t.Context(), slices.Values(cases)) {
		want, wantErr := b.Decide(&cases[i])
		if fmt.Sprint(wantErr) != fmt.Sprint(err) || fmt.Sprint(wantErr) != fmt.Sprint(answers[i].Err) {
			t.Fatalf("case %d: %v, in a batch %v, in a sequence %v", i, wantErr, answers[i].Err, err)
		}
		if want != nil && (want.Answer() != d.Answer() || want.Answer() != answers[i].Answer()) {
			t.Fatalf("case %d: %s, in a batch %s, in a sequence %s", i, want.Answer(), answers[i].Answer(), d.Answer())
		}
		i++
	}
	if i != len(cases) || answers[7].Err == nil {
		t.Errorf("%d answers to %d cases; the bad one gives %v", i, len(cases), answers[7].Err)
	}
}

// TestDecideSeqEnds stops early, by break and by the context, and leaves no goroutine.
func TestDecideSeqEnds(t *testing.T) {
	b := boundTo[application](t)
	before := runtime.NumGoroutine()
	endless := func(yield func(application) bool) {
		for {
			for _, a := range applications(false) {
				if !yield(a) {
					return
				}
			}
		}
	}
	n := 0
	for range b.DecideSeq(t.Context(), endless) {
		if n++; n == 10_000 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for _, err := range b.DecideSeq(ctx, endless) {
		if n++; n == 20_000 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("the last answer is %v", last)
	}
	if _, err := b.DecideAll(ctx, applications(false)); !errors.Is(err, context.Canceled) {
		t.Errorf("a batch under a cancelled context gives %v", err)
	}
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}

func boundTo[T any](tb testing.TB) *interp.Bound[T] {
	tb.Helper()
	p, err := mtcr(tb).Policy("us2025")
	if err != nil {
		tb.Fatal(err)
	}
	b, err := interp.Bind[T](p)
	if err != nil {
		tb.Fatal(err)
	}
	b, err = b.On(p.Program().LatestDate())
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// TestDecideAllocates holds decisions on structs and on JSON to no allocation, once the like
// has been decided.
func TestDecideAllocates(t *testing.T) {
	structs, lines := boundTo[application](t), boundTo[interp.JSON](t)
	cases := applications(false)[:20]
	line := interp.JSON(`{"item": {"category": "II", "form": "uav", "range": "400 km"}, "recipient": {"id": "AE", "strong_controls": true}, "program": {"purpose": "uav"}, "as_of": "2025-06-01"}`)
	each := testing.AllocsPerRun(10, func() {
		for i := range cases {
			if _, err := structs.Decide(&cases[i]); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := lines.Decide(&line); err != nil {
			t.Fatal(err)
		}
	})
	if each > 0 {
		t.Errorf("%.0f allocations", each)
	}
}
