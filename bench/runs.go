package main

import (
	"fmt"
	"io"
	"runtime"
)

// bench is one run of the command.
type bench struct {
	plan
	w    io.Writer
	show string // the folder for the texts of the policies; "" for none
	aims []aim
}

// onOneCore runs something with one core.
func onOneCore(f func() error) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	return f()
}

// measure checks and measures a workload.
func (b *bench) measure(wl *Workload) (figures []*Figures, err error) {
	loaded, err := wl.load(b.limit)
	if err != nil {
		return nil, err
	}
	err = onOneCore(func() error {
		figures, err = measure(loaded, wl.Cases, b.rounds, b.each)
		return err
	})
	return figures, err
}

func (b *bench) heading(format string, args ...any) { fmt.Fprintf(b.w, "## "+format+"\n\n", args...) }

// one reports a workload of one size.
func (b *bench) one(wl *Workload) ([]*Figures, error) {
	if err := b.write(wl); err != nil {
		return nil, err
	}
	figures, err := b.measure(wl)
	if err == nil {
		report(b.w, figures)
	}
	return figures, err
}

// many measures a workload at several sizes. An engine that was over the limit at one,
// or would be at the next as things grow, is not tried any more.
func (b *bench) many(sizes []int, make func(n int) (*Workload, error)) (all [][]*Figures, err error) {
	for i, n := range sizes {
		wl, err := make(n)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			err = b.write(wl)
		} else {
			b.leaveOut(wl, all[i-1], float64(n)/float64(max(1, sizes[i-1])))
		}
		if err != nil {
			return nil, err
		}
		figures, err := b.measure(wl)
		if err != nil {
			return nil, err
		}
		for _, f := range figures {
			f.Run = nil // so that what it holds is not counted at the next size
		}
		all = append(all, figures)
	}
	return all, nil
}

// leaveOut takes the engines out of a workload that would be over the limit at its
// size, which is so many times the one before.
func (b *bench) leaveOut(wl *Workload, before []*Figures, growth float64) {
	for i, f := range before {
		if f.beyond(growth, wl.Cases, &b.plan) {
			wl.Engines[i].Load = func() (Loaded, error) { return nil, fmt.Errorf("%w, as things grow: not tried", errLimit) }
		}
	}
}

// beyond says whether an engine would be over the limit at a size so many times larger
// if its times grew as the size does.
func (f *Figures) beyond(growth float64, cases int, p *plan) bool {
	limit := float64(p.limit.Nanoseconds())
	return f.Failed != "" || float64(f.Load)*growth > limit || f.Nanos*growth*float64(cases) > limit
}

func (b *bench) mtcr() error {
	b.heading("25 rules over 12 facts, %d cases", b.cases)
	figures, err := b.one(mtcrWorkload(b.cases))
	if err == nil {
		b.aimMTCR(figures)
	}
	return err
}

func (b *bench) open() error {
	b.heading("The same, with facts missing")
	missing := []int{0, 1, 2, 3}
	all, err := b.many(missing, func(n int) (*Workload, error) { return openWorkload(b.cases, n), nil })
	if err != nil {
		return err
	}
	s := sheets{b.w, "facts missing", missing, all}
	s.growth("A decision, and three facts missing to none")
	s.allocations()
	b.aimOpen(all)
	return nil
}

func (b *bench) eccn() error {
	b.heading("N rules: deny ECCN to COUNTRY when licence < K, %d requests", b.requests)
	all, err := b.many(b.sizes, func(n int) (*Workload, error) { return eccnWorkload(n, b.requests) })
	if err != nil {
		return err
	}
	sheets{b.w, "rules", b.sizes, all}.full()
	b.aimECCN(all)
	return nil
}

func (b *bench) hospital() error {
	b.heading("A hospital: 33 rules a department and 5 general ones, %d requests", b.accesses)
	all, err := b.many(b.departments, func(n int) (*Workload, error) { return hospitalWorkload(n, b.accesses), nil })
	if err != nil {
		return err
	}
	sheets{b.w, "departments", b.departments, all}.full()
	b.aimHospital(all)
	return nil
}

func (b *bench) expr() error {
	b.heading("The expression that expr publishes")
	figures, err := b.one(publishedWorkload(b.cases))
	if err == nil {
		b.aimExpr(figures)
	}
	return err
}

func (b *bench) batch() error {
	b.heading("%d cases of 25 rules at once, on all cores", b.batchCases)
	batches, err := mtcrBatches(randomExports(b.batchCases))
	if err != nil {
		return err
	}
	if err := checkBatches(batches, b.batchCases); err != nil {
		return err
	}
	figures, err := measureBatches(batches, b.rounds)
	if err == nil {
		reportBatches(b.w, figures, b.batchCases)
		b.aimBatch(figures)
	}
	return err
}

func (b *bench) json() error {
	b.heading("%d cases of 25 rules as JSON lines", b.lines)
	wl, lines, err := jsonWorkload(b.lines)
	if err != nil {
		return err
	}
	figures, err := b.measure(wl)
	if err == nil {
		reportJSON(b.w, figures, float64(len(lines.text))/float64(b.lines))
		b.aimJSON(figures)
	}
	return err
}
