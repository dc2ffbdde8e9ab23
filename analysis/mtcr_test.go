package analysis_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// mtcr is the rules that the project ships, with further text behind them.
func mtcr(t testing.TB, more string) *interp.Program {
	t.Helper()
	text, err := rules.Files.ReadFile(rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	prog, err := interp.LoadText(context.Background(), rules.MTCR, string(text)+more)
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// updateOf1993 is the two policies on the day the later one comes into force.
func updateOf1993(t testing.TB, prog *interp.Program) (old, now interp.Dated) {
	on := date(t, "2025-01-03")
	return interp.Dated{Policy: policy(t, prog, "us1993"), On: on}, interp.Dated{Policy: policy(t, prog, "us2025"), On: on}
}

// All that the update of 2025 changes is the memorandum's three loosenings: the
// flat ban falls and certain partners are reviewed (1), members' missile and UAV
// programmes are facilitated (2), launch programmes are facilitated, and vetted or
// international ones reviewed (3). Where the loosened ban leaves the presumption against
// delivery of weapons of mass destruction, that brings its own obligations.
func TestMTCRUpdate(t *testing.T) {
	prog := mtcr(t, "")
	old, now := updateOf1993(t, prog)
	d, err := analysis.Diff(context.Background(), old, now, analysis.DiffOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range d.Changes {
		if c.Direction != analysis.Looser && c.Direction != analysis.Obligations {
			t.Errorf("%s to %s is %s, want looser", c.From.Name(), c.To.Name(), c.Direction)
		}
		for _, g := range c.Groups {
			got = append(got, c.From.Name()+" -> "+c.To.Name()+" by "+labels(g.NewRules)+": "+g.Short)
			if g.Example == nil || g.Old.Answer() != c.From.Name() || g.New.Answer() != c.To.Name() {
				t.Errorf("no good example of %s", g.When)
			}
		}
	}
	want := []string{
		"deny -> facilitate by partner_launch: item is LaunchItem and program is SpaceLaunch and recipient is Partner",
		"deny -> review by partner_transfer: item is not SoundingRocket and program.purpose in (space_launch, uav, scientific, civil) and recipient is Partner",
		"deny -> review by space_review: item is LaunchItem and program is SpaceProgram and (program is vetted or program is International)",
		"deny -> presume_deny by category_i, wmd: program is not RocketProgram",
		"presume_deny -> facilitate by partner_program: item is MissileItem and program.purpose in (military_missile, uav) and recipient is Partner",
		"presume_deny -> facilitate by partner_launch: item is LaunchItem and program is SpaceLaunch and recipient is Partner",
		"presume_deny -> review by partner_transfer: item is not SoundingRocket and program is not WMDDelivery and recipient is Partner",
		"presume_deny -> review by space_review: item is LaunchItem and program is SpaceProgram and (program is vetted or program is International)",
		"review -> facilitate by partner_launch: item is not CategoryII and item is LaunchItem and program is not MilitaryMissile and recipient is Partner",
		"review -> facilitate by partner_program: item is not CategoryII and item is MissileItem and recipient is not nonMember and program is not SpaceLaunch and recipient is Partner",
		"presume_deny -> presume_deny by wmd: item is CategoryI and item is not SoundingRocket and program is WMDDelivery and recipient is Partner",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the changes (-want +got):\n%s", diff)
	}
}

func labels(rules []*interp.Rule) string {
	var out []string
	for _, r := range rules {
		out = append(out, r.Label)
	}
	return strings.Join(out, ", ")
}

// Everything that the file claims is proved, what the design asks of it among it.
func TestMTCRClaims(t *testing.T) {
	prog := mtcr(t, `
claim "R1" under guidelines, us1993, us2025: always prohibit when item is ProductionFacility
claim "R2" under us1993, us2025: never review or facilitate or permit
  when item is CategoryI and item is not SLV and recipient is nonMember and program is MilitaryMissile and program is not SupportedBefore
claim "never tightens": us2025 never stricter than us1993
claim "interchangeable" under us1993: same decision when item.form swaps ballistic_missile, space_launch_vehicle
  and program.purpose swaps military_missile, space_launch
`)
	proofs, err := analysis.ProveAll(context.Background(), prog.Claims())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range proofs {
		if p.Status != analysis.Proved || len(p.Notes) > 0 {
			t.Errorf("%s: %s %s %v", p.Claim.Name, p.Status, p.Reason, p.Notes)
		}
	}
}

// In 2025 missiles and launch vehicles are no longer interchangeable: a vetted
// launch vehicle for a non-member shows it.
func TestMTCRInterchangeRefuted(t *testing.T) {
	claim := `
claim "interchangeable" under us2025: same decision when item.form swaps ballistic_missile, space_launch_vehicle
  and program.purpose swaps military_missile, space_launch
`
	prog := mtcr(t, claim)
	proof, err := analysis.Prove(context.Background(), prog.Claims()[len(prog.Claims())-1])
	if err != nil {
		t.Fatal(err)
	}
	if proof.Status != analysis.Refuted {
		t.Fatalf("%s %s", proof.Status, proof.Reason)
	}
	want := []string{`test "against the claim: interchangeable" under us2025 {
  as of 2025-01-03
  given item.category = I, item.form = ballistic_missile, recipient = AD,
    recipient is not strong_controls, program is vetted, program.purpose = military_missile
  expect deny by nonmember
}
`, `test "against the claim: interchangeable (swapped)" under us2025 {
  as of 2025-01-03
  given item.category = I, item.form = space_launch_vehicle, recipient = AD,
    recipient is not strong_controls, program is vetted, program.purpose = space_launch
  expect review by space_review
    requiring "binding government-to-government undertakings on end-use and retransfer",
      "the supplier's own responsibility that the item is put only to its stated end-use"
}
`}
	if diff := cmp.Diff(want, proof.Counterexample.Tests); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, test := range mtcr(t, strings.Join(want, "")).Tests() {
		if result := test.Run(t.Context()); !result.Passed() {
			t.Errorf("%s: %v", test.Name, result.Failures)
		}
	}
}

// What a change of membership did: the same policy on two dates.
func TestMTCRMembership(t *testing.T) {
	prog := mtcr(t, "")
	p := policy(t, prog, "us1993")
	d, err := analysis.Diff(context.Background(), interp.Dated{Policy: p, On: date(t, "1994-01-01")}, interp.Dated{Policy: p, On: date(t, "2017-01-01")}, analysis.DiffOptions{Focus: []string{"recipient"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range d.Changes {
		for _, g := range c.Groups {
			want := "recipient in (BG, BR, CZ, IN, KR, PL, RU, TR, UA, ZA)"
			if g.When != want {
				t.Errorf("%s to %s when %s, want %s", c.From.Name(), c.To.Name(), g.When, want)
			}
		}
	}
	if len(d.Changes) == 0 {
		t.Error("no change of membership is seen")
	}
}

// The tests of the file notice every small change of its rules that changes an answer.
func TestMTCRMutants(t *testing.T) {
	report, err := analysis.Mutate(t.Context(), mtcr(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range report.Survivors {
		t.Errorf("no test notices it: %s", m.Text)
	}
	if report.Killed < 105 {
		t.Errorf("only %d of %d changes noticed", report.Killed, report.Mutants)
	}
}
