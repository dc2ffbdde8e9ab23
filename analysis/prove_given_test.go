package analysis_test

import (
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// TestSwapsOfThingsWithData exchanges things of which a file gives something, where it says nothing
// of another of the kind: what it gives follows from which thing it is.
func TestSwapsOfThingsWithData(t *testing.T) {
	files := fstest.MapFS{"ports.csv": {Data: []byte("port,wares\nP1,a;c\nP2,a\nP3,b\n")}, "r.ctl": {Data: []byte(`outcomes deny > permit
kind Port from "ports.csv" column "port" { wares: set of a | b | c from column "wares" split ";" }
kind Port also P4
kind Item { port: Port }
role item: Item
policy by_name { deny any when item.port = P1  otherwise permit }
policy by_data { deny any when any of item.port.wares in (a)  otherwise permit }
policy oblige { permit any when any of item.port.wares in (a) requiring "a licence"  otherwise permit }
claim "refuted by name" under by_name: same decision when item.port swaps P1, P3
claim "refuted by data" under by_data: same decision when item.port swaps P1, P3
claim "refuted by what is told" under by_data: same decision when item.port swaps P1, P4
claim "refuted by an obligation" under oblige: same decision when item.port swaps P1, P3
claim "proved, alike" under by_data: same decision when item.port swaps P1, P2
claim "proved, not asked" under by_name: same decision when item.port swaps P2, P3
claim "proved, at once" under by_data: same decision when item.port swaps P1, P2 when item.port != P3
`)}}
	prog, err := interp.Load(t.Context(), files, "r.ctl")
	if err != nil {
		t.Fatal(err)
	}
	proofs, err := analysis.ProveAll(t.Context(), prog.Claims())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range proofs {
		want := analysis.Refuted
		if p.Claim.Name[0] == 'p' {
			want = analysis.Proved
		}
		if p.Status != want {
			t.Errorf("%s: %s %s", p.Claim.Name, p.Status, p.Reason)
		}
	}
}
