package interp

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Answer is the decision on one case of many, or the error that it met. Where Err is not
// nil the Decision is the zero one: it has no status, no outcome and no rules.
type Answer struct {
	*Decision
	Err error
}

// noDecision is that of cases which met an error.
var noDecision = &Decision{}

// answerOf is what Decide gave, as an Answer.
func answerOf(d *Decision, err error) Answer {
	if err != nil {
		d = noDecision
	}
	return Answer{d, err}
}

// batchSize is how many cases a core takes at a time.
const batchSize = 512

// casesAtOnce is how many cases are answered between two looks at the context. A JSON may be so
// long that it is looked at before each.
const casesAtOnce = 8

// DecideAll answers many cases on all cores, each in its place. When the context is
// done it stops and gives the context's error; what has been answered until then is
// in its place, and the other answers have that error.
func (b *Bound[T]) DecideAll(ctx context.Context, cases []T) ([]Answer, error) {
	out := make([]Answer, len(cases))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (len(cases)+batchSize-1)/batchSize) {
		wg.Go(func() {
			for ctx.Err() == nil {
				to := int(next.Add(batchSize))
				from := to - batchSize
				if from >= len(cases) {
					return
				}
				to = min(to, len(cases))
				b.fill(ctx, cases[from:to], out[from:to])
			}
		})
	}
	wg.Wait()
	if ctx.Err() == nil {
		return out, nil
	}
	for i := range out {
		if out[i].Decision == nil {
			out[i] = answerOf(nil, ctx.Err())
		}
	}
	return out, ctx.Err()
}

func (b *Bound[T]) fill(ctx context.Context, cases []T, out []Answer) {
	for i := range cases {
		if b.looks(i) && ctx.Err() != nil {
			return
		}
		out[i] = answerOf(b.within(ctx, &cases[i]))
	}
}

// looks says whether the context is looked at before the case at a place.
func (b *Bound[T]) looks(i int) bool { return i%casesAtOnce == 0 || b.b.source == fromJSON }
