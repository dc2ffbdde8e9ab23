package analysis_test

import (
	"testing"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

func BenchmarkDiffMTCR(b *testing.B) {
	prog, err := interp.Load(rules.Files, rules.MTCR)
	if err != nil {
		b.Fatal(err)
	}
	on, _ := interp.ParseDate("2025-01-03")
	old, _ := prog.Policy("us1993")
	now, _ := prog.Policy("us2025")
	for b.Loop() {
		if _, err := analysis.Diff(interp.Dated{Policy: old, On: on}, interp.Dated{Policy: now, On: on}, analysis.DiffOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
