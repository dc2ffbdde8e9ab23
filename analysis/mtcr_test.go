package analysis_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

func TestShow(t *testing.T) {
	prog, err := interp.Load(rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	on, _ := interp.ParseDate("2025-01-03")
	a, _ := prog.Policy("us1993")
	b, _ := prog.Policy("us2025")
	for i := 0; i < 5; i++ {
		t0 := time.Now()
		d, err := analysis.Diff(interp.Dated{Policy: a, On: on}, interp.Dated{Policy: b, On: on}, analysis.DiffOptions{})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(time.Since(t0))
		if i < 4 {
			continue
		}
		for _, c := range d.Changes {
			fmt.Println(c.From.Name(), "->", c.To.Name(), c.Direction, c.Share.FloatString(4))
			for _, g := range c.Groups {
				fmt.Println("   ", g.Among, g.Short)
				fmt.Println("       =", g.When)
				var o, n []string
				for _, r := range g.OldRules {
					o = append(o, r.Label)
				}
				for _, r := range g.NewRules {
					n = append(n, r.Label)
				}
				fmt.Println("       ", o, n)
				fmt.Println("       ", g.Example.Sentences(), g.Notes)
			}
		}
	}
}
