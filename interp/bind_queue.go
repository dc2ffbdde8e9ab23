package interp

import (
	"context"
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// queue are cases that were fetched ahead. They are counted from the first one on: those below
// given are answered, those below taken somebody decides or has decided, those below put are
// there. One goroutine puts cases in, one gives the answers, and several decide; none of them
// takes a lock but to wait for another or to wake one that waits.
type queue[T any] struct {
	b     *Bound[T]
	ctx   context.Context
	cores int64
	wake  int64                   // how many cases wait before another core takes some: few, where each takes long
	parts []*[batchSize]queued[T] // case n stands in part n/batchSize, counted round: they are a power of two
	until int64                   // as many cases may be put in, as far as who puts them in knows

	_     [64]byte // what different goroutines write is kept apart
	put   atomic.Int64
	_     [64]byte
	taken atomic.Int64
	_     [64]byte
	given atomic.Int64
	most  atomic.Int64 // how many may be put in and not be answered
	_     [64]byte
	state atomic.Uint32

	lock    sync.Mutex
	filled  sync.Cond     // there are cases to decide, or no more will come
	emptied sync.Cond     // there is room
	idle    atomic.Int32  // how many wait for filled
	full    atomic.Bool   // emptied is waited for
	waits   atomic.Bool   // who gives the answers waits for news
	news    chan struct{} // a case came, some were decided, or no more come
}

// queued is a case and the answer to it.
type queued[T any] struct {
	c       T
	out     Answer
	decided atomic.Int64 // one more than the number of the case, once the answer is that to it
}

// The states of a queue.
const (
	queueAlone  = 1 << iota // no more are put in: they go from hand to hand
	queueClosed             // no more come
	queueEnded              // no answers are wanted
)

// What became of a case that was to be put into a queue.
type put uint8

const (
	putIn put = iota
	handOver
	notWanted
)

const (
	mostWake  = 16
	firstMost = 4 * mostWake
	wakeFor   = 20 * time.Microsecond // of deciding, another core is woken
	tellEvery = 16                    // answers, who puts cases in is told that there is room
)

func newQueue[T any](ctx context.Context, b *Bound[T], each time.Duration) *queue[T] {
	cores := runtime.GOMAXPROCS(0)
	q := &queue[T]{b: b, ctx: ctx, cores: int64(cores), parts: make([]*[batchSize]queued[T], 4<<bits.Len(uint(cores-1))), news: make(chan struct{}, 1)}
	q.wake = int64(min(max(wakeFor/max(each, 1), 1), mostWake))
	q.filled.L, q.emptied.L = &q.lock, &q.lock
	q.most.Store(firstMost)
	return q
}

// part is the place of the part that holds case n.
func (q *queue[T]) part(n int64) int { return int(uint64(n)/batchSize) & (len(q.parts) - 1) }

func (q *queue[T]) at(n int64) *queued[T] { return &q.parts[q.part(n)][uint64(n)%batchSize] }

func (q *queue[T]) is(states uint32) bool { return q.state.Load()&states != 0 }

// putIn takes a case in, once there is room.
func (q *queue[T]) putIn(c T) put {
	n := q.put.Load()
	if n >= q.until {
		q.waitForRoom(n)
	}
	switch {
	case q.is(queueEnded):
		return notWanted
	case q.is(queueAlone):
		return handOver
	}
	if part := &q.parts[q.part(n)]; *part == nil {
		*part = new([batchSize]queued[T])
	}
	q.at(n).c = c
	q.put.Store(n + 1)
	if q.waits.Load() {
		q.tell()
	}
	if q.idle.Load() > 0 && n+1-q.taken.Load() >= q.wake {
		q.lock.Lock()
		q.filled.Signal()
		q.lock.Unlock()
	}
	return putIn
}

// waitForRoom waits until case n may be put in.
func (q *queue[T]) waitForRoom(n int64) {
	room := func() bool {
		q.until = q.given.Load() + q.most.Load()
		return n < q.until || q.is(queueEnded|queueAlone)
	}
	if room() {
		return
	}
	q.lock.Lock()
	defer q.lock.Unlock()
	for q.full.Store(true); !room(); {
		q.emptied.Wait()
	}
	q.full.Store(false)
}

// work decides cases until no more come.
func (q *queue[T]) work() {
	for from, to := q.take(); from < to; from, to = q.take() {
		for n := from; n < to; n++ {
			if q.b.looks(int(n-from)) && q.ctx.Err() != nil {
				return
			}
			s := q.at(n)
			s.out = answerOf(q.b.within(q.ctx, &s.c))
			s.decided.Store(n + 1)
		}
		if q.waits.Load() {
			q.tell()
		}
	}
}

// take takes a share of the cases; none where no more come.
func (q *queue[T]) take() (from, to int64) {
	for {
		state, from := q.state.Load(), q.taken.Load()
		there := q.put.Load() - from
		switch {
		case state&queueEnded != 0, there <= 0 && state&queueClosed != 0:
			return 0, 0
		case there <= 0:
			q.waitForCases()
			continue
		}
		if to := from + min(max(there/(2*q.cores), 1), batchSize); q.taken.CompareAndSwap(from, to) {
			return from, to
		}
	}
}

func (q *queue[T]) waitForCases() {
	q.lock.Lock()
	defer q.lock.Unlock()
	q.idle.Add(1)
	defer q.idle.Add(-1)
	for q.put.Load() <= q.taken.Load() && !q.is(queueClosed|queueEnded) {
		q.filled.Wait()
	}
}

// comes waits some microseconds for case n; false where it did not come.
func (q *queue[T]) comes(n int64) bool {
	for range 50 {
		runtime.Gosched()
		if q.put.Load() > n || q.is(queueClosed) {
			return true
		}
	}
	return false
}

// await waits for news while something has not come about, and not longer than some time, if one
// is given.
func (q *queue[T]) await(look <-chan time.Time, about func() bool) {
	q.waits.Store(true)
	defer q.waits.Store(false)
	if about() {
		return
	}
	select {
	case <-q.news:
	case <-look:
	case <-q.ctx.Done():
	}
}

// tell says to who gives the answers that there is something new.
func (q *queue[T]) tell() {
	select {
	case q.news <- struct{}{}:
	default: // it has been told
	}
}

// answered says that the cases below n are answered, and makes room: more of it, the longer it
// goes well.
func (q *queue[T]) answered(n int64) {
	q.given.Store(n)
	most := min(firstMost+n, 4*q.cores*batchSize)
	q.most.Store(most)
	if q.full.Load() && q.put.Load()-n <= most/2 {
		q.lock.Lock()
		q.emptied.Signal()
		q.lock.Unlock()
	}
}

// fromHandToHand has no more cases put in, but the one that is on its way.
func (q *queue[T]) fromHandToHand() { q.set(queueAlone) }

// noMore says that no more cases come.
func (q *queue[T]) noMore() { q.set(queueClosed) }

// end says that no answers are wanted any more.
func (q *queue[T]) end() { q.set(queueEnded) }

func (q *queue[T]) set(state uint32) {
	q.lock.Lock()
	q.state.Or(state)
	q.lock.Unlock()
	q.filled.Broadcast()
	q.emptied.Broadcast()
	q.tell()
}
