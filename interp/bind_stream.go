package interp

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync"
	"time"
)

// DecideSeq answers cases as they come, in their order. No answer waits for a later case:
// what gives the cases may itself wait for each answer before it gives the next one. Where
// the context is done its error is the last answer. The loop over the answers may end at
// any time and leaves no goroutine.
//
// While cases come slowly each is decided in the course of the loop. Where they come faster
// than they are decided, all cores decide, and some thousands of cases are fetched ahead, in
// another goroutine than that of the loop: what the two share has to be safe for that. Should it
// be at work on a case when the loop ends, it is waited for some milliseconds; one that takes longer
// ends as soon as it gives the case.
//
// A case is kept until it is answered: a JSON must not be made of bytes that the next
// one is read into, as those of a bufio.Scanner are.
func (b *Bound[T]) DecideSeq(ctx context.Context, cases iter.Seq[T]) iter.Seq2[*Decision, error] {
	return func(yield func(*Decision, error) bool) {
		s := &stream[T]{b: b, ctx: ctx, yield: yield, trial: firstTrial}
		next, stop := iter.Pull(s.fetch(cases))
		s.next = next
		defer func() {
			if !s.left {
				stop()
			}
		}()
		for s.oneByOne() && s.ahead() {
		}
	}
}

// firstTrial is how many cases in a row are decided one by one before it is tried whether
// fetching more of them ahead gains anything. Every trial that shows that it does not
// doubles the number.
const firstTrial = 32

// gainsOver is how many times as long as deciding a case fetching it may take, if deciding
// others meanwhile is to gain anything.
const gainsOver = 4

// stream is one DecideSeq under way.
type stream[T any] struct {
	b      *Bound[T]
	ctx    context.Context
	yield  func(*Decision, error) bool
	next   func() (T, bool) // the next case, if it is not put into the queue
	queue  *queue[T]        // of cases that are fetched ahead; nil while none are
	left   bool             // what gives the cases was at work on one when the loop had ended
	trial  int
	decide time.Duration // how long a case took, of those decided one by one
}

// fetch goes through the cases: each is put into the queue while there is one, and else
// given to who asks for the next.
func (s *stream[T]) fetch(cases iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for c := range cases {
			if s.queue != nil {
				switch s.queue.putIn(c) {
				case putIn:
					continue
				case notWanted:
					return
				}
			}
			if !yield(c) {
				return
			}
		}
	}
}

// oneByOne decides each case before it asks for the next, until these come so fast that it
// may gain to fetch them ahead; false where there is nothing more to answer.
func (s *stream[T]) oneByOne() bool {
	var fetching, deciding time.Duration
	for n := 0; n < s.trial || runtime.GOMAXPROCS(0) == 1 || fetching > gainsOver*deciding; n++ {
		if n == s.trial {
			n, fetching, deciding = 0, 0, 0
		}
		begun := time.Now()
		c, more := s.next()
		fetched := time.Now()
		if !more {
			return false
		}
		d, err := s.b.within(s.ctx, &c)
		fetching += fetched.Sub(begun)
		deciding += time.Since(fetched)
		if !s.give(d, err) {
			return false
		}
	}
	s.decide = deciding / time.Duration(s.trial)
	return true
}

// give yields an answer, or that the context is done; false where the loop has ended.
func (s *stream[T]) give(d *Decision, err error) bool {
	if done := s.ctx.Err(); done != nil {
		if !errors.Is(err, done) {
			err = done
		}
		s.yield(nil, err)
		return false
	}
	if err != nil {
		d = nil
	}
	return s.yield(d, err)
}

// ahead answers while cases are fetched ahead and decided on all cores; false where there is
// nothing more to answer. It ends too where nothing is gained by it, because what gives the
// cases waits for the answers, or is slower.
func (s *stream[T]) ahead() bool {
	ctx, cancel := context.WithCancel(s.ctx)
	s.queue = newQueue(ctx, s.b, s.decide)
	r := &fetcher[T]{back: make(chan struct{})}
	go r.run(s.next, s.queue)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(s.queue.work)
	}
	given, more := int64(0), false
	func() {
		defer func() { // also where the loop panics
			if more {
				<-r.back
			} else {
				s.queue.end()
				cancel()
				s.left = !r.isBackSoon()
			}
			workers.Wait()
			cancel()
		}()
		given, more = s.giveQueued()
	}()
	if s.left {
		return false
	}
	s.queue = nil
	r.passOn()
	if given > worthwhile {
		s.trial = firstTrial
	} else {
		s.trial *= 2
	}
	return more && r.more && s.give(s.b.within(s.ctx, &r.next))
}

// worthwhile is how many answers to cases that were fetched ahead show that it gains.
const worthwhile = 1000

// fetcher is the goroutine that fetches cases while others are decided.
type fetcher[T any] struct {
	next  T // the case that did not go into the queue any more,
	more  bool
	back  chan struct{}
	panic any  // what fetching panicked with
	ended bool // and whether it came to its end
}

func (r *fetcher[T]) run(next func() (T, bool), q *queue[T]) {
	defer close(r.back)
	defer q.noMore()
	defer func() {
		if !r.ended {
			r.panic = recover() // nil where runtime.Goexit was called
		}
	}()
	r.next, r.more = next()
	r.ended = true
}

// stopWithin is how long the end of a loop waits for what gives the cases.
const stopWithin = 10 * time.Millisecond

// isBackSoon waits for the goroutine a little.
func (r *fetcher[T]) isBackSoon() bool {
	select {
	case <-r.back:
		return true
	case <-time.After(stopWithin):
		return false
	}
}

// passOn panics, or ends the goroutine, as what gives the cases did.
func (r *fetcher[T]) passOn() {
	switch {
	case r.ended:
	case r.panic != nil:
		panic(r.panic)
	default:
		runtime.Goexit()
	}
}

// mostLone is how many cases in a row may come each after the answer to the one before.
const mostLone = 4

// giveQueued yields the answers to what is in the queue until that ends; more is false where
// the loop has ended, or the context.
func (s *stream[T]) giveQueued() (given int64, more bool) {
	q := s.queue
	look := time.NewTicker(lookAfter)
	defer look.Stop()
	lone, waited := 0, false
	for n := int64(0); ; n++ {
		if n%tellEvery == 0 {
			q.answered(n)
		}
		for n == q.put.Load() {
			q.answered(n)
			if q.is(queueClosed) && n == q.put.Load() {
				return n, true
			}
			if !waited {
				waited = true
				if lone++; lone > mostLone {
					q.fromHandToHand()
				}
			}
			if !q.comes(n) {
				q.await(nil, func() bool { return q.put.Load() > n || q.is(queueClosed) })
			}
			if s.ctx.Err() != nil {
				return n, s.give(nil, nil)
			}
		}
		if !waited {
			lone = 0
		}
		waited = false
		if !s.giveCase(n, look.C) {
			return n, false
		}
	}
}

// giveCase yields the answer to a case that is in the queue; if nobody has taken the case yet, it is
// decided here.
func (s *stream[T]) giveCase(n int64, look <-chan time.Time) bool {
	q := s.queue
	c := q.at(n)
	for c.decided.Load() != n+1 {
		if q.taken.CompareAndSwap(n, n+1) {
			return s.give(s.b.within(s.ctx, &c.c))
		}
		q.await(look, func() bool { return c.decided.Load() == n+1 })
		if s.ctx.Err() != nil {
			return s.give(nil, nil)
		}
	}
	return s.give(c.out.Decision, c.out.Err)
}

// lookAfter is how long an answer may wait for those behind it that one core decides with it.
const lookAfter = time.Millisecond
