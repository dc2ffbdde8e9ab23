package analysis_test

import (
	"testing"

	"github.com/ctl-lang/ctl/analysis"
)

// TestClaimsStandApart looks into a claim although another one asks a condition that the
// analysis cannot look into.
func TestClaimsStandApart(t *testing.T) {
	prog := load(t, `
outcomes deny > permit
kind C = US | FR | IR
kind I { c: C?  d: C  k: x | y | z }
role i: I
policy p { deny when i.c = i.d }
policy q { deny when i.k = x otherwise permit }
claim "opaque" under p: same decision when i.c swaps US, FR and i.d swaps US, FR
claim "plain" under q: same decision when i.k swaps x, y
`)
	proofs, err := analysis.ProveAll(t.Context(), prog.Claims())
	if err != nil || len(proofs) != 2 {
		t.Fatalf("%v, %v", proofs, err)
	}
	if proofs[0].Status != analysis.Unknown || proofs[1].Status != analysis.Refuted {
		t.Errorf("%s (%s) and %s (%s), want unknown and refuted", proofs[0].Status, proofs[0].Reason, proofs[1].Status, proofs[1].Reason)
	}
}
