package main

import _ "embed"

// mtcrCtl is the policy in Ctl.
//
//go:embed testdata/mtcr.ctl
var mtcrCtl string

// members are the countries of the regime.
var members = []string{"AR", "AU", "AT", "BE", "BR", "BG", "CA", "CZ", "DK", "FI", "FR", "DE", "GR", "HU", "IS", "IN", "IE", "IT",
	"JP", "LU", "NL", "NZ", "NO", "PL", "PT", "KR", "RU", "ZA", "ES", "SE", "CH", "TR", "UA", "GB", "US"}

// The facts of the workload, in the order of Export.values.
var (
	category     = Fact{"category", Text}
	form         = Fact{"form", Text}
	reach        = Fact{"reach", Int}
	payload      = Fact{"payload", Int}
	production   = Fact{"production", Bool}
	recipient    = Fact{"recipient", Country}
	controls     = Fact{"controls", Bool}
	adherent     = Fact{"adherent", Bool}
	purpose      = Fact{"purpose", Text}
	vetted       = Fact{"vetted", Bool}
	undertakings = Fact{"undertakings", Bool}
	before       = Fact{"before", Bool}

	mtcrFacts = []Fact{category, form, reach, payload, production, recipient, controls, adherent, purpose, vetted, undertakings, before}
)

func is(f Fact, texts ...string) Test {
	if len(texts) == 1 {
		return Test{Fact: f, Op: Is, Texts: texts}
	}
	return Test{Fact: f, Op: OneOf, Texts: texts}
}

func yes(f Fact) Test             { return Test{Fact: f, Op: Yes} }
func no(f Fact) Test              { return Test{Fact: f, Op: No} }
func atLeast(f Fact, n int) Test  { return Test{Fact: f, Op: AtLeast, Number: n} }
func below(f Fact, n int) Test    { return Test{Fact: f, Op: Below, Number: n} }
func deny(tests ...Test) Rule     { return Rule{Tests: tests} }
func permit(tests ...Test) Rule   { return Rule{Permit: true, Tests: tests} }
func isMember(country Fact) Test  { return Test{Fact: country, Op: Member} }
func nonMember(country Fact) Test { return Test{Fact: country, Op: Outsider} }

// mtcrRules are the rules of testdata/mtcr.ctl, in its order.
func mtcrRules() *Rules {
	return &Rules{Members: members, All: []Rule{
		deny(is(category, "I"), nonMember(recipient), is(purpose, "military")),
		deny(is(category, "I"), yes(production)),
		deny(is(purpose, "wmd")),
		deny(is(form, "missile"), atLeast(reach, 300), atLeast(payload, 500), nonMember(recipient)),
		deny(is(form, "uav"), atLeast(reach, 300), atLeast(payload, 500), nonMember(recipient), no(controls)),
		deny(is(category, "I"), nonMember(recipient), is(purpose, "space_launch"), no(vetted)),
		deny(is(recipient, "IR", "KP", "SY")),
		deny(is(category, "II"), nonMember(recipient), is(purpose, "military"), no(adherent)),
		deny(is(form, "technology"), is(category, "I"), no(undertakings)),
		deny(is(form, "component"), is(category, "I"), nonMember(recipient), no(controls)),
		deny(is(recipient, "CU", "BY", "VE", "MM"), is(purpose, "military")),
		deny(is(form, "sounding_rocket"), atLeast(reach, 300), nonMember(recipient), no(undertakings)),
		deny(is(category, "II"), atLeast(reach, 300), nonMember(recipient), no(undertakings)),
		deny(is(form, "space_launch_vehicle"), is(category, "I"), nonMember(recipient), no(before), no(controls)),

		permit(is(category, "II"), isMember(recipient)),
		permit(is(category, "I"), isMember(recipient), is(purpose, "space_launch", "scientific", "civil"), yes(undertakings)),
		permit(is(category, "II"), yes(adherent), yes(undertakings)),
		permit(is(category, "none"), is(purpose, "scientific", "civil")),
		permit(is(category, "none"), isMember(recipient)),
		permit(is(form, "uav"), below(reach, 300), below(payload, 500), yes(controls)),
		permit(is(form, "space_launch_vehicle"), is(purpose, "space_launch"), yes(vetted), yes(undertakings)),
		permit(is(form, "sounding_rocket"), below(reach, 300), is(purpose, "scientific")),
		permit(is(category, "I"), yes(before), yes(undertakings), yes(controls)),
		permit(is(form, "component"), is(category, "II"), is(purpose, "civil"), yes(controls)),
		permit(is(form, "uav"), is(recipient, "JP", "KR", "AU", "NZ"), is(purpose, "scientific", "civil")),
	}}
}
