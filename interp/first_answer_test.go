package interp

import (
	"os"
	"slices"
	"testing"
	"time"
)

// mtcrFacts are facts of mtcr.ctl, each told or not in the cases below.
var mtcrFacts = []string{
	"item.category = I", "item.form = space_launch_vehicle", "item.range = 500 km", "item.payload = 600 kg", "recipient = AE",
	"recipient is strong_controls", "recipient is not select_partner", "program.purpose = space_launch", "program is vetted",
	"program.international",
}

func mtcrPolicy(tb testing.TB) *Policy {
	tb.Helper()
	prog, err := Load(os.DirFS("../rules"), "mtcr.ctl")
	if err != nil {
		tb.Fatal(err)
	}
	p, err := prog.Policy("us2025")
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// mtcrCase tells the facts whose bit is set.
func mtcrCase(tb testing.TB, p *Policy, told int) *Case {
	tb.Helper()
	c := p.prog.NewCase()
	for i, f := range mtcrFacts {
		if told>>i&1 == 1 {
			if err := c.Tell(f); err != nil {
				tb.Fatal(err)
			}
		}
	}
	return c
}

// firstAnswer answers a case as if it had not been asked about before.
func firstAnswer(tb testing.TB, p *Policy, c *Case) *Decision {
	p.lensOn(c.day()).told = nil
	d, err := p.Decide(c)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// BenchmarkFirstAnswers asks for the first time about every case in which some of
// the facts are known, possible and needs included. It reports the median and the
// slowest case, each case by the fastest of three.
func BenchmarkFirstAnswers(b *testing.B) {
	p := mtcrPolicy(b)
	firstAnswer(b, p, p.prog.NewCase())
	var cases []*Case
	for told := range 1 << len(mtcrFacts) {
		cases = append(cases, mtcrCase(b, p, told))
	}
	for b.Loop() {
		var times []time.Duration
		for _, c := range cases {
			best := time.Hour
			for range 3 {
				began := time.Now()
				firstAnswer(b, p, c)
				best = min(best, time.Since(began))
			}
			times = append(times, best)
		}
		slices.Sort(times)
		micros := func(i int) float64 { return float64(times[i].Nanoseconds()) / 1000 }
		b.ReportMetric(micros(len(times)/2), "median-µs")
		b.ReportMetric(micros(len(times)*99/100), "99%-µs")
		b.ReportMetric(micros(len(times)-1), "slowest-µs")
	}
}

// TestWorkOfFirstAnswers holds the steps that first answers take in the diagrams.
func TestWorkOfFirstAnswers(t *testing.T) {
	p := mtcrPolicy(t)
	firstAnswer(t, p, p.prog.NewCase())
	store := p.lensOn(p.prog.NewCase().day()).space.Store
	all := uint64(0)
	for told := range 1 << len(mtcrFacts) {
		c := mtcrCase(t, p, told)
		before := store.Stats().Steps
		d := firstAnswer(t, p, c)
		steps := store.Stats().Steps - before
		all += steps
		if steps > 10_500 {
			t.Errorf("%v take %d steps", c.Facts(), steps)
		}
		if d.Status == Undetermined && !d.Exact {
			t.Errorf("%v have no exact answer", c.Facts())
		}
	}
	if all > 600_000 {
		t.Errorf("all cases take %d steps", all)
	}
}
