package interp

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// queue are cases that were fetched ahead, and those under way on some core.
type queue[T any] struct {
	b       *Bound[T]
	ctx     context.Context
	cores   int
	wake    int // how many cases wait before another core takes some: few, where each takes long
	lock    sync.Mutex
	filled  sync.Cond // there are cases to decide, or no more will come
	emptied sync.Cond // there is room
	cases   []T       // that nobody has taken
	batches []*batch[T]
	under   int  // cases that were put in and are not answered
	most    int  // of these
	alone   bool // no more are put in: they go from hand to hand
	closed  bool // no more come
	ended   bool // no answers are wanted
}

// batch are cases that one core decides, and the answers to the first of them.
type batch[T any] struct {
	cases []T
	out   []Answer
	done  atomic.Int32
	ended chan struct{}
}

// What became of a case that was to be put into a queue.
type put uint8

const (
	putIn put = iota
	handOver
	notWanted
)

// What is answered next.
type found uint8

const (
	someBatch found = iota
	someCase        // which no core has taken
	nothingYet
	nothingMore
)

const (
	mostWake  = 16
	firstMost = 4 * mostWake
	wakeFor   = 20 * time.Microsecond // of deciding, another core is woken
)

func newQueue[T any](ctx context.Context, b *Bound[T], each time.Duration) *queue[T] {
	q := &queue[T]{b: b, ctx: ctx, cores: runtime.GOMAXPROCS(0), most: firstMost}
	q.wake = int(min(max(wakeFor/max(each, 1), 1), mostWake))
	q.filled.L, q.emptied.L = &q.lock, &q.lock
	return q
}

// put takes a case in, once there is room.
func (q *queue[T]) put(c T) put {
	q.lock.Lock()
	defer q.lock.Unlock()
	for q.under >= q.most && !q.ended && !q.alone {
		q.emptied.Wait()
	}
	switch {
	case q.ended:
		return notWanted
	case q.alone:
		return handOver
	}
	q.under++
	if q.cases = append(q.cases, c); len(q.cases) >= q.wake {
		q.filled.Signal()
	}
	return putIn
}

// work decides batches until no more come.
func (q *queue[T]) work() {
	for w := q.take(); w != nil; w = q.take() {
		w.decide(q.ctx, q.b)
	}
}

// take takes a share of the cases; nil where no more come.
func (q *queue[T]) take() *batch[T] {
	q.lock.Lock()
	defer q.lock.Unlock()
	for len(q.cases) == 0 && !q.closed && !q.ended {
		q.filled.Wait()
	}
	if len(q.cases) == 0 || q.ended {
		return nil
	}
	n := min(max(len(q.cases)/(2*q.cores), 1), batchSize)
	w := &batch[T]{cases: q.cases[:n:n], out: make([]Answer, n), ended: make(chan struct{})}
	q.cases = q.cases[n:]
	q.batches = append(q.batches, w)
	return w
}

func (w *batch[T]) decide(ctx context.Context, b *Bound[T]) {
	defer close(w.ended)
	for i := range w.cases {
		if b.looks(i) && ctx.Err() != nil {
			return
		}
		w.out[i] = answerOf(b.within(ctx, &w.cases[i]))
		w.done.Store(int32(i + 1))
	}
}

// oldest is what is answered next: a batch under way, or a case that is taken for that.
func (q *queue[T]) oldest() (w *batch[T], c T, what found) {
	q.lock.Lock()
	defer q.lock.Unlock()
	switch {
	case len(q.batches) > 0:
		w, q.batches = q.batches[0], q.batches[1:]
		return w, c, someBatch
	case len(q.cases) > 0:
		c, q.cases = q.cases[0], q.cases[1:]
		return nil, c, someCase
	case q.closed || q.alone:
		return nil, c, nothingMore
	}
	return nil, c, nothingYet
}

// comes waits some microseconds for a case; false where none came.
func (q *queue[T]) comes() bool {
	for range 50 {
		runtime.Gosched()
		q.lock.Lock()
		some := q.under > 0 || q.closed
		q.lock.Unlock()
		if some {
			return true
		}
	}
	return false
}

// answered makes room: more of it, the longer it goes well.
func (q *queue[T]) answered(n int) {
	q.lock.Lock()
	q.under -= n
	q.most = min(q.most+n, 4*q.cores*batchSize)
	q.lock.Unlock()
	q.emptied.Signal()
}

// fromHandToHand has no more cases put in.
func (q *queue[T]) fromHandToHand() { q.set(&q.alone) }

// noMore says that no more cases come.
func (q *queue[T]) noMore() { q.set(&q.closed) }

// end says that no answers are wanted any more.
func (q *queue[T]) end() { q.set(&q.ended) }

func (q *queue[T]) set(flag *bool) {
	q.lock.Lock()
	*flag = true
	q.lock.Unlock()
	q.filled.Broadcast()
	q.emptied.Broadcast()
}
