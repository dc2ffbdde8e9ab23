package main

import (
	"runtime"
	"slices"
	"time"
)

// Figures are what was measured of an engine.
type Figures struct {
	*Loading
	Nanos  float64 // a decision, the median of the rounds
	Allocs float64 // a decision
}

// meter is one engine being measured.
type meter struct {
	*Loading
	out    []Answer
	next   int // the case that the next stretch begins with
	step   int // cases in a stretch between two looks at the clock
	rounds []float64
	allocs float64
}

// measure takes rounds times the time of every engine in turn, so that whatever slows
// the machine down for a while slows them all.
func measure(loaded []*Loading, cases, rounds int, each time.Duration) ([]*Figures, error) {
	var meters []*meter
	for _, l := range loaded {
		m := &meter{Loading: l, out: make([]Answer, cases), step: 1}
		meters = append(meters, m)
		if l.Failed == "" {
			if err := m.warm(each); err != nil {
				return nil, err
			}
		}
	}
	for range rounds {
		for _, m := range meters {
			if m.Failed != "" {
				continue
			}
			nanos, err := m.round(each)
			if err != nil {
				return nil, err
			}
			m.rounds = append(m.rounds, nanos)
		}
	}
	figures := make([]*Figures, len(meters))
	for i, m := range meters {
		figures[i] = &Figures{Loading: m.Loading, Nanos: median(m.rounds), Allocs: m.allocs}
	}
	return figures, nil
}

// Before it is measured an engine decides every case so many times more, if it can in
// the time of so many rounds.
const (
	warmPasses = 3
	warmRounds = 5
)

// warm brings an engine into its steady state, finds a stretch that takes about a
// twentieth of a round, and counts allocations.
func (m *meter) warm(each time.Duration) error {
	begin := time.Now()
	for decided := 0; decided < warmPasses*len(m.out) && time.Since(begin) < warmRounds*each; {
		start := time.Now()
		if err := m.stretch(); err != nil {
			return err
		}
		decided += m.step
		if time.Since(start) < each/20 {
			m.step = min(2*m.step, len(m.out))
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := m.stretch(); err != nil {
		return err
	}
	runtime.ReadMemStats(&after)
	m.allocs = float64(after.Mallocs-before.Mallocs) / float64(m.step)
	return nil
}

// stretch decides the next step cases, from the first again after the last.
func (m *meter) stretch() error {
	for left := m.step; left > 0; {
		n := min(left, len(m.out)-m.next)
		if err := m.Run(m.next, m.next+n, m.out); err != nil {
			return err
		}
		left -= n
		m.next = (m.next + n) % len(m.out)
	}
	return nil
}

// round is the nanoseconds of a decision over at least a time. They are those of the
// core at work: what else the machine does in between is not counted.
func (m *meter) round(each time.Duration) (float64, error) {
	runtime.GC()
	decisions := 0
	start, worked := time.Now(), processorTime()
	for {
		if err := m.stretch(); err != nil {
			return 0, err
		}
		decisions += m.step
		if time.Since(start) >= each {
			return float64(processorTime()-worked) / float64(decisions), nil
		}
	}
}

func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	s := slices.Clone(x)
	slices.Sort(s)
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}
