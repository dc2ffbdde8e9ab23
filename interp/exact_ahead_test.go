package interp

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/internal/num"
)

// mtcrFacts are facts of mtcr.ctl, each told or not in the cases below.
var mtcrFacts = []string{
	"item.category = I", "item.form = space_launch_vehicle", "item.range = 500 km", "item.payload = 600 kg", "recipient = AE",
	"recipient is strong_controls", "recipient is not select_partner", "program.purpose = space_launch", "program is vetted",
	"program.international",
}

func mtcrPolicy(tb testing.TB) *Policy {
	tb.Helper()
	prog, err := Load(context.Background(), os.DirFS("../rules"), "mtcr.ctl")
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
	c.SetDate(p.prog.LatestDate())
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
	p.diagramOn(c.day()).told = nil
	d, err := p.Decide(tb.Context(), c)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// BenchmarkFirstAnswers asks for the first time about every case in which some of
// the facts are known, possible and needs included. It reports the median and the
// slowest case, each case by the fastest of three: of a policy that has been warmed
// up, and of one that has only been compiled.
func BenchmarkFirstAnswers(b *testing.B) {
	for _, warm := range []bool{true, false} {
		b.Run(fmt.Sprintf("warm=%t", warm), func(b *testing.B) {
			p := mtcrPolicy(b)
			if warm {
				if err := p.WarmUp(b.Context(), p.prog.LatestDate()); err != nil {
					b.Fatal(err)
				}
			}
			benchFirstAnswers(b, p)
		})
	}
}

func benchFirstAnswers(b *testing.B, p *Policy) {
	firstAnswer(b, p, p.prog.NewCase())
	var cases []*Case
	for told := range 1 << len(mtcrFacts) {
		cases = append(cases, mtcrCase(b, p, told))
	}
	for b.Loop() {
		var times []time.Duration
		over := 0
		for _, c := range cases {
			best := time.Hour
			for range 3 {
				began := time.Now()
				firstAnswer(b, p, c)
				best = min(best, time.Since(began))
			}
			if times = append(times, best); best > time.Millisecond {
				over++
			}
		}
		slices.Sort(times)
		micros := func(i int) float64 { return float64(times[i].Nanoseconds()) / 1000 }
		b.ReportMetric(micros(len(times)/2), "median-µs")
		b.ReportMetric(micros(len(times)*99/100), "99%-µs")
		b.ReportMetric(micros(len(times)-1), "slowest-µs")
		b.ReportMetric(float64(over), "over-1ms")
	}
}

// BenchmarkWarmUp compiles mtcr.ctl and works out its first answers.
func BenchmarkWarmUp(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		p := mtcrPolicy(b)
		b.StartTimer()
		if err := p.WarmUp(b.Context(), p.prog.LatestDate()); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAnswersAhead looks whether the policy of mtcr.ctl has worked out what takes longest.
func TestAnswersAhead(t *testing.T) {
	p := mtcrPolicy(t)
	if err := p.WarmUp(t.Context(), p.prog.LatestDate()); err != nil {
		t.Fatal(err)
	}
	store := p.diagramOn(num.Date(p.prog.LatestDate())).space.Store
	for told := range 1 << len(mtcrFacts) {
		c := mtcrCase(t, p, told)
		before := store.Stats().Steps
		firstAnswer(t, p, c)
		if steps := store.Stats().Steps - before; steps > 6000 {
			t.Errorf("%v take %d steps", c.Facts(), steps)
		}
	}
}

// TestWarmUpGoesOn stops a WarmUp in the middle: the next one does the rest.
func TestWarmUpGoesOn(t *testing.T) {
	p := mtcrPolicy(t)
	on := p.prog.LatestDate()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	if err := p.WarmUp(ctx, on); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a WarmUp that is stopped says %v", err)
	}
	if err := p.WarmUp(t.Context(), on); err != nil {
		t.Fatal(err)
	}
	if n := len(p.diagramOn(num.Date(on)).first); n < 10 {
		t.Errorf("%d answers are worked out ahead", n)
	}
}

// TestAnswersAheadAreTheSame compares what a policy that has been warmed up says of cases
// with few facts to what one says that has not.
func TestAnswersAheadAreTheSame(t *testing.T) {
	worth := worthAhead
	worthAhead = 0
	defer func() { worthAhead = worth }()
	ahead := 0
	rapid.Check(t, func(t *rapid.T) {
		text := randomPolicy(t)
		var policies []*Policy
		for range 2 {
			prog, err := LoadText(context.Background(), "random.ctl", text)
			if err != nil {
				t.Fatalf("%s\n%s", err, text)
			}
			policies = append(policies, prog.order.policies[0])
		}
		warm := policies[1]
		for range 6 {
			facts := rapid.SliceOfN(rapid.SampledFrom(randomFacts), 0, 2).Draw(t, "facts")
			var told []string
			for _, f := range facts {
				told = append(told, f.name+" = "+rapid.SampledFrom(f.values).Draw(t, f.name))
			}
			day, _ := ParseDate(rapid.SampledFrom([]string{"1999-05-05", "2012-01-01"}).Draw(t, "date"))
			if err := warm.WarmUp(t.Context(), day); err != nil {
				t.Fatal(err)
			}
			ahead += len(warm.diagramOn(num.Date(day)).first)
			var said []string
			for _, p := range policies {
				c := p.prog.NewCase()
				c.SetDate(day)
				if err := c.Tell(told...); err != nil {
					said = append(said, err.Error()) // a fact told in two ways
					continue
				}
				d, err := p.Decide(t.Context(), c)
				said = append(said, openText(d, err))
			}
			if diff := cmp.Diff(said[0], said[1]); diff != "" {
				t.Fatalf("%s\nfacts %v\n%s", diff, told, text)
			}
		}
	})
	if ahead == 0 && !testing.Short() { // a short run draws too few
		t.Error("nothing is worked out ahead")
	}
}

// openText is all that a decision says of what is open.
func openText(d *Decision, err error) string {
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	fmt.Fprintln(&b, d.Status, d.Exact, d.Questions, d.Needs, d.Notes, d.Obligations, d.MayOblige)
	for _, p := range d.Possible {
		fmt.Fprintln(&b, p.Name(), "when", p.When)
	}
	return b.String()
}

// TestWorkOfFirstAnswers holds the steps that first answers take in the diagrams.
func TestWorkOfFirstAnswers(t *testing.T) {
	p := mtcrPolicy(t)
	firstAnswer(t, p, p.prog.NewCase())
	store := p.diagramOn(num.Date(p.prog.LatestDate())).space.Store
	all := uint64(0)
	for told := range 1 << len(mtcrFacts) {
		c := mtcrCase(t, p, told)
		before := store.Stats().Steps
		d := firstAnswer(t, p, c)
		steps := store.Stats().Steps - before
		all += steps
		if steps > 11_000 {
			t.Errorf("%v take %d steps", c.Facts(), steps)
		}
		if d.Status == Undetermined && !d.Exact {
			t.Errorf("%v have no exact answer", c.Facts())
		}
	}
	if all > 620_000 {
		t.Errorf("all cases take %d steps", all)
	}
}
