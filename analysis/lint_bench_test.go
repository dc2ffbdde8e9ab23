package analysis_test

import (
	"context"
	"testing"

	"github.com/ctl-lang/ctl/analysis"
)

func BenchmarkLintMTCR(b *testing.B) {
	prog := mtcr(b, "")
	for b.Loop() {
		if _, err := analysis.Lint(context.Background(), prog, analysis.LintOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDeadRules finds the rules of one policy that never apply or never decide.
func BenchmarkDeadRules(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			old, _ := s.pair(b)
			for b.Loop() {
				dead, err := analysis.DeadRules(context.Background(), old)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(dead)), "dead")
			}
		})
	}
}

// BenchmarkLint looks for everything.
func BenchmarkLint(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			old, _ := s.pair(b)
			for b.Loop() {
				r, err := analysis.Lint(context.Background(), old.Policy.Program(), analysis.LintOptions{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(r.Findings)), "findings")
			}
		})
	}
}
