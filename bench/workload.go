package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"
)

// Workload is a policy and cases, and the engines that can decide them. The first
// engine is the yardstick: what it answers is right.
type Workload struct {
	Name, Title string
	Cases       int
	Engines     []Engine
}

// Loading is an engine at work on a workload.
type Loading struct {
	Engine Engine
	Run    Run
	Load   time.Duration // from the text, the median of some
	Memory int64         // bytes retained by the policy
	First  float64       // nanoseconds of a decision when each case is met for the first time
	Failed string        // why it is not measured; empty where it is
}

// errLimit is why an engine is not measured at a size.
var errLimit = errors.New("over the limit")

// load loads every engine, and checks all its answers against those of the first. An
// engine that takes longer than the limit to load or to be checked is left out. As all
// this takes a while, the engine at work is named on standard error.
func (w *Workload) load(limit time.Duration) ([]*Loading, error) {
	var all []*Loading
	want := make([]Answer, w.Cases)
	for i, e := range w.Engines {
		fmt.Fprintf(os.Stderr, "%s, %s: %s\n", w.Name, w.Title, e.Name)
		l := &Loading{Engine: e}
		all = append(all, l)
		if err := l.load(limit); err != nil {
			if !errors.Is(err, errLimit) {
				return nil, fmt.Errorf("%s: %s: %w", w.Name, e.Name, err)
			}
			l.Failed = err.Error()
			continue
		}
		got := want
		if i > 0 {
			got = make([]Answer, w.Cases)
		}
		err := onOneCore(func() error { return l.check(got, want, limit) })
		if err != nil {
			if !errors.Is(err, errLimit) {
				return nil, fmt.Errorf("%s: %s: %w", w.Name, e.Name, err)
			}
			l.Failed = err.Error()
		}
	}
	return all, nil
}

// The policy is loaded so many times, or as often as it can be in so long, with as many
// cores as the engine likes.
const (
	loads    = 5
	loadTime = 5 * time.Second
)

func (l *Loading) load(limit time.Duration) error {
	var times []float64
	for begin := time.Now(); ; {
		before := heap()
		start := time.Now()
		loaded, err := l.Engine.Load()
		took := time.Since(start)
		if err != nil {
			return err
		}
		if took > limit {
			return fmt.Errorf("%w: %s to load", errLimit, span(took))
		}
		times = append(times, float64(took))
		if len(times) < loads && time.Since(begin) < loadTime {
			continue
		}
		l.Memory = heap() - before
		l.Load = time.Duration(median(times))
		l.Run, err = loaded()
		return err
	}
}

// check decides all cases for the first time, some at a time so that the limit is kept.
func (l *Loading) check(got, want []Answer, limit time.Duration) error {
	var spent time.Duration
	step := max(1, min(len(got), 10))
	for lo := 0; lo < len(got); lo += step {
		hi := min(lo+step, len(got))
		start := time.Now()
		if err := l.Run(lo, hi, got); err != nil {
			return err
		}
		spent += time.Since(start)
		for i := lo; i < hi; i++ {
			if got[i] != want[i] && !l.Engine.Mute {
				return fmt.Errorf("case %d: %s, and hand-written Go says %s", i, got[i], want[i])
			}
		}
		if spent > limit {
			return fmt.Errorf("%w: %d of %d decisions took %s", errLimit, hi, len(got), span(spent))
		}
	}
	l.First = float64(spent) / float64(len(got))
	return nil
}

// heap is how many bytes are in use.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
