package rules_test

import (
	"slices"
	"testing"
)

// strictest first, as the rules declare them.
var outcomes = []string{"prohibit", "deny", "presume_deny", "review", "facilitate", "permit"}

func rank(outcome string) int { return slices.Index(outcomes, outcome) }

// denied says whether an outcome is one of the three that deny.
func denied(outcome string) bool { return rank(outcome) <= rank("presume_deny") }

// Every claim that the design of the rules makes is checked here case by case, on
// what the interpreter decides, so that it does not rest on any analysis.
func TestClaimsCaseByCase(t *testing.T) {
	all := decideAll(t)
	if want := 3 * 11 * 6 * 2 * 1 << 7; len(all) != want {
		t.Fatalf("%d cells, want %d", len(all), want)
	}
	for c, got := range all {
		for i, outcome := range got {
			if (outcome == "prohibit") != c.facility {
				t.Fatalf("%s: production facilities, and they alone, are prohibited: %s for %+v", names[i], outcome, c)
			}
			if c.purpose == "wmd_delivery" && (c.category != "none" || c.complete()) && !denied(outcome) {
				t.Fatalf("%s: %s for the delivery of weapons of mass destruction: %+v", names[i], outcome, c)
			}
		}
		if got[us2025] != got[us1993] && (rank(got[us2025]) < rank(got[us1993]) || !c.categoryI()) {
			t.Fatalf("the update makes %s of %s for %+v", got[us2025], got[us1993], c)
		}
		if swapped := interchanged(c); all[swapped][us1993] != got[us1993] {
			t.Fatalf("1993: %s for %+v, and %s interchanged", got[us1993], c, all[swapped][us1993])
		}
		if c.categoryI() && !c.member() && c.purpose == "military_missile" && !(c.before && c.undertaking) {
			if rank(got[us1993]) > rank("deny") || rank(got[us2025]) > rank("deny") {
				t.Fatalf("support of a non-member's missile programme: %s and %s for %+v", got[us1993], got[us2025], c)
			}
		}
	}
}

// interchanged is the cell with missiles and launch vehicles exchanged.
func interchanged(c cell) cell {
	c.form = exchange(c.form, "ballistic_missile", "space_launch_vehicle")
	c.purpose = exchange(c.purpose, "military_missile", "space_launch")
	return c
}

func exchange(s, a, b string) string {
	switch s {
	case a:
		return b
	case b:
		return a
	}
	return s
}

// In 2025 a vetted programme of a non-member tells missiles and launch vehicles
// apart, and nothing smaller does: without a vetted or international programme or
// a certain partner with strong controls they are still decided alike.
func TestInterchangeEndsWithVettedProgrammes(t *testing.T) {
	all := decideAll(t)
	smallest := cell{category: "I", form: "space_launch_vehicle", purpose: "space_launch", recipient: "AE", vetted: true}
	if a, b := all[smallest][us2025], all[interchanged(smallest)][us2025]; a != "review" || b != "deny" {
		t.Errorf("a vetted launch vehicle %s, a missile %s; want review and deny", a, b)
	}
	for c, got := range all {
		plain := !c.vetted && !c.international && !(c.strong && c.selected)
		if other := all[interchanged(c)][us2025]; plain && other != got[us2025] {
			t.Fatalf("%s for %+v, and %s interchanged", got[us2025], c, other)
		}
	}
}

// What changes in 2025 is what the memorandum's three loosenings say, and no more.
func TestUpdateIsTheThreeLoosenings(t *testing.T) {
	for c, got := range decideAll(t) {
		want := loosened(c, got[us1993])
		if got[us2025] != want {
			t.Fatalf("%s in 2025 and %s in 1993, want %s: %+v", got[us2025], got[us1993], want, c)
		}
	}
}

// loosened is the outcome of 2025 as the memorandum's text has it, from that of 1993.
func loosened(c cell, outcome string) string {
	partner := c.strong && c.selected
	missile := c.form != "space_launch_vehicle" && c.form != "sounding_rocket"
	launcher := c.form != "ballistic_missile" && c.form != "cruise_missile" && c.form != "uav" && c.form != "sounding_rocket"
	arms := c.purpose == "military_missile"
	switch {
	case c.facility || !c.categoryI():
		return outcome // reaffirmed, or not spoken of
	case arms && !c.member():
		return outcome // reaffirmed; Arrow still excepted
	case c.purpose == "wmd_delivery":
		return "presume_deny" // the flat ban falls, the Guidelines stay
	case partner && missile && c.member() && (arms || c.purpose == "uav"):
		return "facilitate" // the second loosening
	case partner && launcher && c.purpose == "space_launch":
		return "facilitate" // the third
	case partner && c.form != "sounding_rocket":
		return "review" // the first
	case launcher && (c.vetted || c.international) && (c.purpose == "space_launch" || c.purpose == "scientific" || c.purpose == "civil"):
		return "review" // the third
	case outcome == "deny" && c.purpose != "space_launch":
		return "presume_deny" // the first: the flat ban falls
	}
	return outcome
}
