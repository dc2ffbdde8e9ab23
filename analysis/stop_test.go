package analysis_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// ending is a context that is done from the time that it is asked once more than
// left says.
type ending struct {
	context.Context
	left atomic.Int64
}

func endingAfter(looks int64) *ending {
	e := &ending{Context: context.Background()}
	e.left.Store(looks)
	return e
}

func (e *ending) Err() error {
	if e.left.Add(-1) >= 0 {
		return nil
	}
	return context.Canceled
}

// analyses are the functions that may take long.
func analyses(t testing.TB) map[string]func(context.Context) error {
	prog := load(t, shape{rules: 8, attrs: 6, window: 6, most: 3}.text(3)+`
claim "strict" under p1: always deny or hold or review or permit
claim "alike": p1 never stricter than p2
test "one" under p1 {
  given item.a0 = true
  expect undetermined
}
`)
	on := prog.LatestDate()
	old, now := interp.Dated{Policy: policy(t, prog, "p1"), On: on}, interp.Dated{Policy: policy(t, prog, "p2"), On: on}
	report, err := analysis.Mutate(context.Background(), prog)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Repeat("{\"item\": {\"a0\": true}}\n", 20)
	cases, err := analysis.ReadCases(context.Background(), prog, "cases", strings.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]func(context.Context) error{
		"Diff": func(ctx context.Context) error {
			_, err := analysis.Diff(ctx, old, now, analysis.DiffOptions{})
			return err
		},
		"ProveAll": func(ctx context.Context) error { _, err := analysis.ProveAll(ctx, prog.Claims()); return err },
		"Lint": func(ctx context.Context) error {
			_, err := analysis.Lint(ctx, prog, analysis.LintOptions{})
			return err
		},
		"Table": func(ctx context.Context) error {
			_, err := analysis.NewTable(ctx, []interp.Dated{old, now}, "item.a0", "item.a1", prog.NewCase())
			return err
		},
		"Cover":     func(ctx context.Context) error { _, err := analysis.Cover(ctx, prog); return err },
		"Mutate":    func(ctx context.Context) error { _, err := analysis.Mutate(ctx, prog); return err },
		"Suggest":   func(ctx context.Context) error { _, err := analysis.Suggest(ctx, prog, report); return err },
		"DeadRules": func(ctx context.Context) error { _, err := analysis.DeadRules(ctx, old); return err },
		"DiffCases": func(ctx context.Context) error { _, err := analysis.DiffCases(ctx, old, now, cases, true); return err },
		"ReadCases": func(ctx context.Context) error {
			_, err := analysis.ReadCases(ctx, prog, "cases", strings.NewReader(lines))
			return err
		},
	}
}

// Wherever an analysis is when its context ends, its error is the context's, never
// another or a wrong result, and it takes up nothing large any more.
func TestStoppedAnywhere(t *testing.T) {
	for name, run := range analyses(t) {
		t.Run(name, func(t *testing.T) {
			whole := endingAfter(1 << 40)
			if err := run(whole); err != nil {
				t.Fatal(err)
			}
			looks := 1<<40 - whole.left.Load()
			for n := int64(0); n < looks; n += max(1, looks/30) {
				ctx := endingAfter(n)
				err := run(ctx)
				if err == nil && ctx.left.Load() >= 0 {
					break // what the first run found out is known: this one came to its end before
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatalf("stopped at look %d of %d: error %v", n, looks, err)
				}
			}
		})
	}
}

// BenchmarkStopping shows how long an analysis goes on after its context is done.
func BenchmarkStopping(b *testing.B) {
	prog := load(b, shape{rules: 400, attrs: 60, window: 20, most: 6}.text(5))
	on := prog.LatestDate()
	old, now := interp.Dated{Policy: policy(b, prog, "p1"), On: on}, interp.Dated{Policy: policy(b, prog, "p2"), On: on}
	for name, run := range map[string]func(context.Context) error{
		"Diff": func(ctx context.Context) error {
			_, err := analysis.Diff(ctx, old, now, analysis.DiffOptions{})
			return err
		},
		"Lint": func(ctx context.Context) error {
			_, err := analysis.Lint(ctx, prog, analysis.LintOptions{})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			var late, worst time.Duration
			for i := range b.N {
				ctx, cancel := context.WithCancel(context.Background())
				var at atomic.Int64
				time.AfterFunc(time.Duration(20+i%100)*time.Millisecond, func() { at.Store(time.Now().UnixNano()); cancel() })
				err := run(ctx)
				if ctx.Err() == nil {
					b.Fatalf("it ended by itself: %v", err)
				}
				took := time.Duration(time.Now().UnixNano() - at.Load())
				late, worst = late+took, max(worst, took)
			}
			b.ReportMetric(float64(late.Microseconds())/float64(b.N)/1000, "ms-late")
			b.ReportMetric(float64(worst.Microseconds())/1000, "ms-worst")
		})
	}
}
