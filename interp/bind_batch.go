package interp

import (
	"context"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
)

// Answer is the decision on one case of many, or the error that it met: the Decision is
// nil where Err is not.
type Answer struct {
	*Decision
	Err error
}

// batchSize is how many cases a core takes at a time.
const batchSize = 512

// casesAtOnce is how many cases are answered between two looks at the context. A JSON may be so
// long that it is looked at before each.
const casesAtOnce = 8

// DecideAll answers many cases on all cores, each in its place. When the context is
// done it stops and gives the context's error; what has been answered until then is
// in its place, and the other answers are empty.
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
	return out, ctx.Err()
}

func (b *Bound[T]) fill(ctx context.Context, cases []T, out []Answer) {
	for i := range cases {
		if (i%casesAtOnce == 0 || b.b.source == fromJSON) && ctx.Err() != nil {
			return
		}
		out[i].Decision, out[i].Err = b.within(ctx, &cases[i])
	}
}

// DecideSeq answers cases as they come, on all cores, in their order. At most some
// thousands of them are under way at once. Where the context is done its error is the
// last answer. No goroutine is left when the loop over the answers ends.
//
// A case is kept until it is answered: a JSON must not be made of bytes that the next
// one is read into, as those of a bufio.Scanner are.
func (b *Bound[T]) DecideSeq(ctx context.Context, cases iter.Seq[T]) iter.Seq2[*Decision, error] {
	return func(yield func(*Decision, error) bool) {
		s := &stream[T]{b: b, work: make(chan *batch[T]), yield: yield, ctx: ctx, most: 4 * runtime.GOMAXPROCS(0)}
		var wg sync.WaitGroup
		defer wg.Wait()
		defer close(s.work) // also where the loop, or what gives the cases, panics
		for range runtime.GOMAXPROCS(0) {
			wg.Go(s.worker)
		}
		s.run(cases)
	}
}

// stream is one DecideSeq under way: batches are handed out, and given back in order.
type stream[T any] struct {
	b       *Bound[T]
	ctx     context.Context
	work    chan *batch[T]
	yield   func(*Decision, error) bool
	waiting []*batch[T] // handed out, in order
	most    int         // of these
}

type batch[T any] struct {
	cases []T
	out   []Answer
	done  chan struct{}
}

func (s *stream[T]) worker() {
	for w := range s.work {
		w.out = make([]Answer, len(w.cases))
		if s.ctx.Err() == nil {
			s.b.fill(s.ctx, w.cases, w.out)
		}
		close(w.done)
	}
}

// run hands out the cases and yields the answers.
func (s *stream[T]) run(cases iter.Seq[T]) {
	var now []T
	for c := range cases {
		if err := s.ctx.Err(); err != nil {
			s.yield(nil, err)
			return
		}
		if now = append(now, c); len(now) < batchSize {
			continue
		}
		if !s.hand(now) {
			return
		}
		now = make([]T, 0, batchSize)
	}
	if len(now) > 0 && !s.hand(now) {
		return
	}
	for len(s.waiting) > 0 {
		if !s.give() {
			return
		}
	}
}

// hand gives cases to a worker, after the oldest answers where many are under way;
// false where the loop over the answers has ended.
func (s *stream[T]) hand(cases []T) bool {
	for len(s.waiting) >= s.most {
		if !s.give() {
			return false
		}
	}
	w := &batch[T]{cases: cases, done: make(chan struct{})}
	s.waiting = append(s.waiting, w)
	s.work <- w
	return true
}

// give yields the oldest batch's answers.
func (s *stream[T]) give() bool {
	w := s.waiting[0]
	s.waiting = s.waiting[1:]
	<-w.done
	for _, a := range w.out {
		if err := s.ctx.Err(); err != nil {
			s.yield(nil, err)
			return false
		}
		if !s.yield(a.Decision, a.Err) {
			return false
		}
	}
	return true
}
