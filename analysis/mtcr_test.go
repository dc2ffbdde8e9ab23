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
	text, _ := rules.Files.ReadFile(rules.MTCR)
	prog, err := interp.LoadText("mtcr.ctl", string(text)+`
claim "x" under us2025: same decision when item.form swaps ballistic_missile, space_launch_vehicle
    and program.purpose swaps military_missile, space_launch
claim "y": us1993 never stricter than us2025
claim "z": us1993 same as us2025
claim "w" under us2025: always deny or permit
claim "v": us1993 never looser than us2025
`)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 4; i++ {
		t0 := time.Now()
		ps, err := analysis.ProveAll(prog.Claims(), 0)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(time.Since(t0))
		if i < 3 {
			continue
		}
		for _, p := range ps {
			fmt.Println(p.Claim.Name, p.Status, p.Reason, p.Notes)
			if p.Counterexample != nil {
				for _, x := range p.Counterexample.Tests {
					fmt.Println(x)
				}
			}
		}
	}
}
