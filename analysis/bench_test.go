package analysis_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// shape describes random policies of the size that the analyses are made for. The
// rules speak of few attributes each, which lie in a window of neighbours, as those
// of real policies belong together.
type shape struct{ rules, attrs, window, most int }

// text is two policies over one vocabulary, of which a tenth of the rules differ.
func (s shape) text(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	b.WriteString("outcomes deny > hold > review > permit\nkind Item {\n")
	cells := make([]int, s.attrs)
	for i := range cells {
		cells[i] = []int{2, 2, 2, 3, 4, 8}[r.IntN(6)]
		if cells[i] == 2 {
			fmt.Fprintf(&b, "  a%d: bool\n", i)
			continue
		}
		var values []string
		for v := range cells[i] {
			values = append(values, fmt.Sprintf("v%d", v))
		}
		fmt.Fprintf(&b, "  a%d: %s\n", i, strings.Join(values, " | "))
	}
	b.WriteString("}\nrole item: Item\n")
	var one, two []string
	for i := range s.rules {
		rule := s.rule(r, cells)
		one = append(one, rule)
		if i%10 == 9 {
			rule = s.rule(r, cells)
		}
		two = append(two, rule)
	}
	for i, rules := range [][]string{one, two} {
		fmt.Fprintf(&b, "policy p%d {\n%s  otherwise permit\n}\n", i+1, strings.Join(rules, ""))
	}
	return b.String()
}

// rule is an outcome when a few attributes have some of their values.
func (s shape) rule(r *rand.Rand, cells []int) string {
	first := r.IntN(s.attrs - s.window + 1)
	var parts []string
	for _, i := range r.Perm(s.window)[:3+r.IntN(s.most-2)] {
		a := first + i
		lo := r.IntN(cells[a])
		hi := lo
		if r.IntN(2) == 0 {
			hi = min(lo+r.IntN(cells[a]), cells[a]-1)
		}
		switch {
		case cells[a] == 2 && lo == 0:
			parts = append(parts, fmt.Sprintf("not item.a%d", a))
		case cells[a] == 2:
			parts = append(parts, fmt.Sprintf("item.a%d", a))
		default:
			var values []string
			for v := lo; v <= hi; v++ {
				values = append(values, fmt.Sprintf("v%d", v))
			}
			parts = append(parts, fmt.Sprintf("item.a%d in (%s)", a, strings.Join(values, ", ")))
		}
	}
	return fmt.Sprintf("  %s any when %s\n", []string{"deny", "hold", "hold", "review", "review", "review", "permit", "permit", "permit", "permit"}[r.IntN(10)], strings.Join(parts, " and "))
}

var shapes = []struct {
	name string
	shape
}{
	{"300x15", shape{rules: 300, attrs: 15, window: 6, most: 5}},
	{"300x15-any", shape{rules: 300, attrs: 15, window: 15, most: 5}},
	{"2000x60", shape{rules: 2000, attrs: 60, window: 6, most: 5}},
}

func (s shape) pair(b *testing.B) (old, now interp.Dated) {
	prog := load(b, s.text(1))
	on := date(b, "2025-01-01")
	return interp.Dated{Policy: policy(b, prog, "p1"), On: on}, interp.Dated{Policy: policy(b, prog, "p2"), On: on}
}

func BenchmarkDiffMTCR(b *testing.B) {
	old, now := updateOf1993(b, mtcr(b, ""))
	for b.Loop() {
		if _, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkProveMTCR(b *testing.B) {
	claims := mtcr(b, "").Claims()
	for b.Loop() {
		if _, err := analysis.ProveAll(context.Background(), claims); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCompare finds every difference, without words for it.
func BenchmarkCompare(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			old, now := s.pair(b)
			for b.Loop() {
				d, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{Brief: true})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(d.Changes)), "changes")
			}
		})
	}
}

// BenchmarkDiff says it in groups, the first twenty of each change.
func BenchmarkDiff(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			old, now := s.pair(b)
			for b.Loop() {
				if _, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{Groups: 20}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
