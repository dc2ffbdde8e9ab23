package main

import (
	"fmt"
	"math"
)

// aim is what was to be reached, and what was.
type aim struct {
	what, most string
	figure     string
	reached    bool
}

// atMost notes a figure that was to be no larger than another.
func (b *bench) atMost(what string, most, figure float64, write func(float64) string) {
	b.aims = append(b.aims, aim{what, "at most " + write(most), write(figure), figure <= most})
}

// atLeast notes a figure that was to be no smaller than another.
func (b *bench) atLeast(what string, least, figure float64, write func(float64) string) {
	b.aims = append(b.aims, aim{what, "at least " + write(least), write(figure), figure >= least})
}

// reportAims prints them all.
func (b *bench) reportAims() {
	if len(b.aims) == 0 {
		return
	}
	b.heading("What was to be reached")
	var rows [][]string
	for _, a := range b.aims {
		reached := "yes"
		if !a.reached {
			reached = "no"
		}
		rows = append(rows, []string{a.what, a.most, a.figure, reached})
	}
	table(b.w, []string{"", "aim", "measured", "reached"}, rows)
}

// named is the figures of an engine.
func named(figures []*Figures, name string) *Figures {
	for _, f := range figures {
		if f.Engine.Name == name {
			return f
		}
	}
	panic("there is no engine " + name)
}

// growth is how many times longer an engine takes at the last size than at the first.
func growth(all [][]*Figures, name string) float64 {
	return named(all[len(all)-1], name).time() / named(all[0], name).time()
}

// time is the nanoseconds of a decision, endless where the engine was left out.
func (f *Figures) time() float64 {
	if f.Failed != "" {
		return math.Inf(1)
	}
	return f.Nanos
}

func (b *bench) aimMTCR(figures []*Figures) {
	hand, peer := figures[0].Nanos, fastestPeer(figures)
	prepared, bound := named(figures, fromPrepared), named(figures, fromStruct)
	b.atMost("25 rules, prepared facts, to hand-written Go", 6, prepared.time()/hand, ratio)
	b.atLeast("25 rules, prepared facts: faster than the fastest peer", 30, peer/prepared.time(), ratio)
	b.atMost("25 rules, from a struct, to hand-written Go", 20, bound.time()/hand, ratio)
	b.atMost("25 rules: allocations a decision", 0, max(prepared.Allocs, bound.Allocs), count)
}

func (b *bench) aimOpen(all [][]*Figures) {
	for _, name := range []string{fromPointers, fromCase, fromPrepared} {
		b.atMost("three facts missing, to none: "+name, 10, growth(all, name), ratio)
	}
}

func (b *bench) aimECCN(all [][]*Figures) {
	span := fmt.Sprintf("from %d to %d rules: ", b.sizes[0], b.sizes[len(all)-1])
	for _, name := range []string{fromStruct, fromPrepared} {
		b.atMost(span+name, 1.5, growth(all, name), ratio)
	}
	for i, n := range b.sizes {
		cedar := named(all[i], "cedar-go")
		if n == 10_000 && cedar.Failed == "" {
			b.atLeast("10000 rules, prepared facts: faster than cedar-go", 2000, cedar.Nanos/named(all[i], fromPrepared).time(), ratio)
			b.atLeast("10000 rules, from a struct: faster than cedar-go", 2000, cedar.Nanos/named(all[i], fromStruct).time(), ratio)
		}
		if compiled := named(all[i], fromCompiled); n == 100_000 && compiled.Failed == "" {
			b.atMost("100000 rules, loading from the compiled form", 5e8, float64(compiled.Load), nanos)
		}
	}
}

func (b *bench) aimHospital(all [][]*Figures) {
	span := fmt.Sprintf("from %d to %d departments: ", b.departments[0], b.departments[len(all)-1])
	for _, name := range []string{fromStruct, fromPrepared} {
		b.atMost(span+name, 1.3, growth(all, name), ratio)
	}
}

func (b *bench) aimExpr(figures []*Figures) {
	for _, name := range []string{fromStruct, fromPrepared} {
		b.atMost("the published expression, to expr: "+name, 1, named(figures, name).time()/named(figures, "expr").time(), ratio)
	}
}

func (b *bench) aimBatch(figures []batchFigures) {
	for _, f := range figures {
		if f.name == batchAll {
			b.atLeast("a batch: decisions a second of a core, DecideAll", 10e6, f.perCore(b.batchCases), millions)
		}
	}
}

func (b *bench) aimJSON(figures []*Figures) {
	fastest := min(named(figures, jsonDecoded).Nanos, named(figures, jsonScanned).Nanos)
	b.atLeast("JSON lines: the speed of only decoding with fastjson", 0.7, fastest/named(figures, jsonCtl).time(), ratio)
}
