package main

import (
	"fmt"
	"io"
	"runtime"
)

// onOneCore runs something with one core.
func onOneCore(f func() error) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	return f()
}

// runWorkload checks and measures a workload.
func runWorkload(wl *Workload, p *plan) (figures []*Figures, err error) {
	err = onOneCore(func() error {
		loaded, err := wl.load(p.limit)
		if err != nil {
			return err
		}
		figures, err = measure(loaded, wl.Cases, p.rounds, p.each)
		return err
	})
	return figures, err
}

// runOne reports a workload of one size.
func runOne(w io.Writer, title string, wl *Workload, p *plan) error {
	fmt.Fprintf(w, "## %s\n\n", title)
	figures, err := runWorkload(wl, p)
	if err != nil {
		return err
	}
	report(w, figures)
	return nil
}

// runSizes reports a workload at several sizes. An engine that was over the limit at
// one, or would be at the next as things grow, is not tried any more.
func runSizes(w io.Writer, title, unit string, sizes []int, make func(n int) *Workload, p *plan) error {
	fmt.Fprintf(w, "## %s\n\n", title)
	var all [][]*Figures
	for _, n := range sizes {
		wl := make(n)
		if len(all) > 0 {
			growth := float64(n) / float64(sizes[len(all)-1])
			for i, before := range all[len(all)-1] {
				if before.beyond(growth, wl.Cases, p) {
					wl.Engines[i].Load = func() (Loaded, error) { return nil, fmt.Errorf("%w, as things grow: not tried", errLimit) }
				}
			}
		}
		figures, err := runWorkload(wl, p)
		if err != nil {
			return err
		}
		for _, f := range figures {
			f.Run = nil // so that what it holds is not counted at the next size
		}
		all = append(all, figures)
	}
	reportSizes(w, unit, sizes, all)
	return nil
}

// beyond says whether an engine would be over the limit at a size so many times larger
// if its times grew as the size does.
func (f *Figures) beyond(growth float64, cases int, p *plan) bool {
	limit := float64(p.limit.Nanoseconds())
	return f.Failed != "" || float64(f.Load)*growth > limit || f.Nanos*growth*float64(cases) > limit
}

func runMTCR(w io.Writer, p *plan) error {
	return runOne(w, fmt.Sprintf("25 rules over 12 facts, %d cases", p.cases), mtcrWorkload(p.cases), p)
}

func runPublished(w io.Writer, p *plan) error {
	return runOne(w, "the expression that expr publishes", publishedWorkload(p.cases), p)
}

func runECCN(w io.Writer, p *plan) error {
	return runSizes(w, fmt.Sprintf("N rules: deny ECCN to COUNTRY when licence < K, %d requests", p.requests), "rules", p.sizes,
		func(n int) *Workload { return eccnWorkload(n, p.requests) }, p)
}

func runHospital(w io.Writer, p *plan) error {
	return runSizes(w, fmt.Sprintf("a hospital: 33 rules a department and 5 general ones, %d requests", p.accesses), "departments", p.departments,
		func(n int) *Workload { return hospitalWorkload(n, p.accesses) }, p)
}
