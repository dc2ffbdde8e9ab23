package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ctl-lang/ctl/interp"
)

// batch is a way to decide very many cases on all cores. It is run once a round.
type batch struct {
	name string
	run  func() error
	// answers are those of the last run.
	answers func(out []Answer) error
}

// The rows of the batch.
const (
	batchHand = "hand-written Go, from texts, in a parallel loop"
	batchAll  = "Ctl, DecideAll"
	batchSeq  = "Ctl, DecideSeq"
	batchRead = "only reading the cases, in a parallel loop"
)

// mtcrBatches decide cases of the policy of 25 rules from structs. The first is the
// yardstick; the last shows what memory allows.
func mtcrBatches(cases []Export) ([]*batch, error) {
	b, err := ctlBind[Export](ctlText(mtcrCtl))
	if err != nil {
		return nil, err
	}
	return []*batch{handBatch(cases), allBatch(b, cases), seqBatch(b, cases), readBatch(cases)}, nil
}

// inParallel calls f for stretches of n things on all cores, as DecideAll does.
func inParallel(n int, f func(lo, hi int)) {
	const stretch = 512
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				hi := int(next.Add(stretch))
				if hi-stretch >= n {
					return
				}
				f(hi-stretch, min(hi, n))
			}
		})
	}
	wg.Wait()
}

func handBatch(cases []Export) *batch {
	var out []Answer
	run := func() error {
		out = make([]Answer, len(cases))
		inParallel(len(cases), func(lo, hi int) {
			for i := lo; i < hi; i++ {
				out[i] = cases[i].decide()
			}
		})
		return nil
	}
	return &batch{batchHand, run, func(answers []Answer) error { copy(answers, out); return nil }}
}

func allBatch(b *interp.Bound[Export], cases []Export) *batch {
	var out []interp.Answer
	run := func() (err error) {
		out, err = b.DecideAll(context.Background(), cases)
		return err
	}
	return &batch{batchAll, run, func(answers []Answer) (err error) {
		for i, a := range out {
			if a.Err != nil {
				return a.Err
			}
			if answers[i], err = ctlAnswer(a.Decision); err != nil {
				return err
			}
		}
		return nil
	}}
}

func seqBatch(b *interp.Bound[Export], cases []Export) *batch {
	var out []Answer
	run := func() error {
		out = out[:0]
		for d, err := range b.DecideSeq(context.Background(), slices.Values(cases)) {
			if err != nil {
				return err
			}
			answer, err := ctlAnswer(d)
			if err != nil {
				return err
			}
			out = append(out, answer)
		}
		return nil
	}
	return &batch{batchSeq, run, func(answers []Answer) error { copy(answers, out); return nil }}
}

// readBatch reads a word of every line of the processor's cache that the cases fill.
func readBatch(cases []Export) *batch {
	var sum atomic.Int64
	run := func() error {
		inParallel(len(cases), func(lo, hi int) {
			n := 0
			for i := lo; i < hi; i++ {
				n += cases[i].Item.Range + len(cases[i].Program.Purpose)
			}
			sum.Add(int64(n))
		})
		return nil
	}
	return &batch{batchRead, run, nil}
}

// checkBatches holds the answers of all to those of the first.
func checkBatches(batches []*batch, n int) error {
	var want []Answer
	for _, b := range batches {
		if err := b.run(); err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
		if b.answers == nil {
			continue
		}
		got := make([]Answer, n)
		if err := b.answers(got); err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("%s does not answer as hand-written Go", b.name)
		}
	}
	return nil
}

// batchFigures are the medians of the rounds.
type batchFigures struct {
	name        string
	wall, cores float64 // nanoseconds by the clock, and of all cores together
}

// measureBatches runs the batches in turn. What else the machine does makes the time by
// the clock longer; that of the cores says what the work costs.
func measureBatches(batches []*batch, rounds int) ([]batchFigures, error) {
	walls, cores := make([][]float64, len(batches)), make([][]float64, len(batches))
	for range rounds {
		for i, b := range batches {
			runtime.GC()
			start, worked := time.Now(), processorTime()
			if err := b.run(); err != nil {
				return nil, err
			}
			walls[i] = append(walls[i], float64(time.Since(start)))
			cores[i] = append(cores[i], float64(processorTime()-worked))
		}
	}
	figures := make([]batchFigures, len(batches))
	for i, b := range batches {
		figures[i] = batchFigures{b.name, median(walls[i]), median(cores[i])}
	}
	return figures, nil
}
