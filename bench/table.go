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
		rows = append(rows, []string{f.Engine.Name, nanos(f.Nanos), fmt.Sprintf("%.1f", f.Allocs), ratio(f.Nanos / hand), versus})
	}
	table(w, []string{"engine", "a decision", "allocations", "to hand-written Go", "to the fastest peer"}, rows)
}

// fastestPeer is the time of the fastest engine that is neither the yardstick nor ours.
func fastestPeer(figures []*Figures) float64 {
	best := 0.0
	for _, f := range figures[1:] {
		if !f.Engine.Ctl && f.Failed == "" && (best == 0 || f.Nanos < best) {
			best = f.Nanos
		}
	}
	return best
}

// reportSizes prints figures of one workload at several sizes, one column for each.
func reportSizes(w io.Writer, unit string, sizes []int, all [][]*Figures) {
	head := []string{"engine"}
	for _, n := range sizes {
		head = append(head, fmt.Sprintf("%d %s", n, unit))
	}
	sheet := func(title string, cell func(size, engine int) string, extra string, last func(engine int) string) {
		var rows [][]string
		for e := range all[0] {
			row := []string{all[0][e].Engine.Name}
			for s := range all {
				if f := all[s][e]; f.Failed != "" {
					row = append(row, f.Failed)
				} else {
					row = append(row, cell(s, e))
				}
			}
			if last != nil {
				row = append(row, last(e))
			}
			rows = append(rows, row)
		}
		h := head
		if last != nil {
			h = append(append([]string{}, head...), extra)
		}
		fmt.Fprintf(w, "%s:\n\n", title)
		table(w, h, rows)
	}
	at := func(s, e int) *Figures { return all[s][e] }
	sheet("A decision, and from the smallest to the largest", func(s, e int) string { return nanos(at(s, e).Nanos) }, "growth", func(e int) string {
		if at(len(all)-1, e).Failed != "" || at(0, e).Failed != "" {
			return ""
		}
		return ratio(at(len(all)-1, e).Nanos / at(0, e).Nanos)
	})
	sheet("The same as a multiple of hand-written Go", func(s, e int) string { return ratio(at(s, e).Nanos / at(s, 0).Nanos) }, "", nil)
	sheet("Allocations a decision", func(s, e int) string { return fmt.Sprintf("%.1f", at(s, e).Allocs) }, "", nil)
	sheet("Loading from text", func(s, e int) string { return span(at(s, e).Load) }, "", nil)
	sheet("Memory retained by the policy", func(s, e int) string { return size(at(s, e).Memory) }, "", nil)
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
