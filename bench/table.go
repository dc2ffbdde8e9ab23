package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// table prints Markdown.
func table(w io.Writer, head []string, rows [][]string) {
	line := func(cells []string) { fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | ")) }
	line(head)
	marks := make([]string, len(head))
	for i := range marks {
		marks[i] = "---:"
	}
	marks[0] = "---"
	line(marks)
	for _, r := range rows {
		line(r)
	}
	fmt.Fprintln(w)
}

// report prints the figures of one workload, with ratios to the yardstick and to the
// fastest peer.
func report(w io.Writer, figures []*Figures) {
	hand, peer := figures[0].Nanos, fastestPeer(figures)
	var rows [][]string
	for _, f := range figures {
		if f.Failed != "" {
			rows = append(rows, []string{f.Engine.Name, f.Failed, "", "", ""})
			continue
		}
		versus := ""
		if peer > 0 {
			versus = ratio(f.Nanos / peer)
		}
		rows = append(rows, []string{f.Engine.Name, nanos(f.Nanos), count(f.Allocs), ratio(f.Nanos / hand), versus})
	}
	table(w, []string{"engine", "a decision", "allocations", "to hand-written Go", "to the fastest peer"}, rows)
}

// fastestPeer is the time of the fastest engine made by others.
func fastestPeer(figures []*Figures) float64 {
	best := 0.0
	for _, f := range figures[1:] {
		if f.Engine.Peer && f.Failed == "" && (best == 0 || f.Nanos < best) {
			best = f.Nanos
		}
	}
	return best
}

// sheets print the figures of one workload at several sizes, one column for each.
type sheets struct {
	w     io.Writer
	unit  string
	sizes []int
	all   [][]*Figures
}

// sheet prints one sort of figure; last, where there is one, is a column of its own.
func (s sheets) sheet(title string, cell func(size, engine int) string, last func(engine int) string) {
	head := []string{"engine"}
	for _, n := range s.sizes {
		head = append(head, fmt.Sprintf("%d %s", n, s.unit))
	}
	if last != nil {
		head = append(head, "growth")
	}
	var rows [][]string
	for e := range s.all[0] {
		row := []string{s.all[0][e].Engine.Name}
		for i := range s.all {
			if f := s.all[i][e]; f.Failed != "" {
				row = append(row, f.Failed)
			} else {
				row = append(row, cell(i, e))
			}
		}
		if last != nil {
			row = append(row, last(e))
		}
		rows = append(rows, row)
	}
	fmt.Fprintf(s.w, "%s:\n\n", title)
	table(s.w, head, rows)
}

// growth prints times, and how they grow.
func (s sheets) growth(title string) {
	s.sheet(title, func(i, e int) string { return nanos(s.all[i][e].Nanos) }, func(e int) string {
		first, last := s.all[0][e], s.all[len(s.all)-1][e]
		if first.Failed != "" || last.Failed != "" {
			return ""
		}
		return ratio(last.Nanos / first.Nanos)
	})
}

func (s sheets) allocations() {
	s.sheet("Allocations a decision", func(i, e int) string { return count(s.all[i][e].Allocs) }, nil)
}

// full prints every sort of figure.
func (s sheets) full() {
	s.growth("A decision, and the largest size to the smallest")
	s.sheet("The same as a multiple of hand-written Go", func(i, e int) string { return ratio(s.all[i][e].Nanos / s.all[i][0].Nanos) }, nil)
	s.sheet("A decision when each request is met for the first time", func(i, e int) string { return nanos(s.all[i][e].First) }, nil)
	s.allocations()
	s.sheet("Loading", func(i, e int) string { return span(s.all[i][e].Load) }, nil)
	s.sheet("Memory retained by the policy", func(i, e int) string { return size(s.all[i][e].Memory) }, nil)
}

// reportBatches prints times of so many cases.
func reportBatches(w io.Writer, figures []batchFigures, cases int) {
	var rows [][]string
	for _, f := range figures {
		rows = append(rows, []string{f.name, nanos(f.wall), millions(float64(cases) / f.wall * 1e9), nanos(f.cores),
			millions(f.perCore(cases)), ratio(f.cores / figures[0].cores)})
	}
	table(w, []string{"", "by the clock", "decisions a second", "of all cores together", "decisions a second of a core", "to hand-written Go"}, rows)
}

// perCore is how many decisions a core makes in a second of its work.
func (f *batchFigures) perCore(cases int) float64 { return float64(cases) / f.cores * 1e9 }

// reportJSON prints times of lines that have so many bytes each.
func reportJSON(w io.Writer, figures []*Figures, bytes float64) {
	decoded := named(figures, jsonDecoded).Nanos
	var rows [][]string
	for _, f := range figures {
		rows = append(rows, []string{f.Engine.Name, nanos(f.Nanos), three(bytes/f.Nanos*1e3) + " MB/s", count(f.Allocs), ratio(decoded / f.Nanos)})
	}
	table(w, []string{"", "a line", "", "allocations", "speed, to only decoding with fastjson's Parser"}, rows)
}

// nanos writes nanoseconds with three digits that count.
func nanos(n float64) string {
	switch {
	case n < 1e3:
		return three(n) + " ns"
	case n < 1e6:
		return three(n/1e3) + " µs"
	case n < 1e9:
		return three(n/1e6) + " ms"
	}
	return three(n/1e9) + " s"
}

func span(d time.Duration) string { return nanos(float64(d)) }

func count(n float64) string { return fmt.Sprintf("%.1f", n) }

func millions(n float64) string { return three(n/1e6) + " M" }

func ratio(x float64) string { return three(x) + " ×" }

func size(bytes int64) string {
	switch b := float64(bytes); {
	case b < 1<<10:
		return "under 1 KiB"
	case b < 1<<20:
		return three(b/(1<<10)) + " KiB"
	default:
		return three(b/(1<<20)) + " MiB"
	}
}

// three writes a number with about three digits that count.
func three(x float64) string {
	switch {
	case x < 0.1:
		return fmt.Sprintf("%.4f", x)
	case x < 10:
		return fmt.Sprintf("%.2f", x)
	case x < 100:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}
