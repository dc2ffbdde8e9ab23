package code

// The codes of what `ctl check` finds by looking at every possible case: nothing
// is wrong with the words, and still the rules hardly say what their author meant.
// A comment `# ctl:ignore W0205 because ...`, directly above or behind, keeps one
// quiet.
const (
	// Gap occurs when a policy without otherwise leaves some case without an answer.
	//
	// No rule applies in the case that is shown, so the policy answers `undecided`.
	// Either a rule is missing, or an `otherwise` should say what holds of all the
	// cases that no rule speaks of. Where that hangs on a condition into which the
	// analysis cannot look, and no case of it is found, there may be such cases, and
	// the condition is named.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { form: missile | launcher }
	//	role item: Item
	//	policy p { deny any when item.form = missile }
	Gap Code = "W0201"

	// PossibleConflict occurs when two rules whose outcomes do not rank both apply, undefeated, in some case.
	//
	// Nothing says which of the two prevails, so the case is answered by `conflict`.
	// Rank the outcomes with `>`, or let one of the rules stand `notwithstanding` the
	// other or `subject to` it. The `otherwise` of a section conflicts like a rule.
	// Where no case of it is found, as with W0201, it is said that there may be one.
	//
	// Example:
	//
	//	outcomes permit, deny
	//	kind Item { form: missile | launcher  small: bool }
	//	role item: Item
	//	policy p {
	//	  missiles: deny any when item.form = missile
	//	  small: permit any when item.small
	//	  rest: deny any unless item.small
	//	}
	PossibleConflict Code = "W0202"

	// NeverApplies occurs when a rule's conditions cannot all hold in one case.
	//
	// They contradict each other, those of the section that the rule stands in, or what
	// the constraints say of every real case, on every day on which the policy is in
	// force. The rule can be left out, or one of its conditions is not what was meant.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { range: length }
	//	role item: Item
	//	policy p {
	//	  middle: deny any when item.range > 300 km and item.range < 150 km
	//	  otherwise permit
	//	}
	NeverApplies Code = "W0203"

	// NeverDecides occurs when a rule applies in some cases, and others always decide them.
	//
	// Wherever its conditions hold, other rules prevail over it, come before it or
	// defeat it, so that no decision ever rests on it, and leaving it out changes
	// nothing, on any day on which the policy is in force. Those named together
	// decide all its cases.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { form: missile | launcher  small: bool }
	//	role item: Item
	//	policy p {
	//	  missiles: deny any when item.form = missile
	//	  small: permit any when item.form = missile and item.small
	//	  otherwise permit
	//	}
	NeverDecides Code = "W0204"

	// RedundantRule occurs when a rule decides cases that other rules, or the otherwise, decide alike without it.
	//
	// Leaving it out changes no answer and no obligation. That may be meant, where the
	// text that the rules follow says the same thing twice; then say so in a comment.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { form: missile | launcher  small: bool }
	//	role item: Item
	//	policy p {
	//	  missiles: deny any when item.form = missile
	//	  small: deny any when item.form = missile and item.small
	//	  otherwise permit
	//	}
	RedundantRule Code = "W0205"

	// IdleCondition occurs when a phrase, a when, an unless or a part of one changes nothing.
	//
	// Without it every case is answered as before: another condition of the rule
	// implies it, or the cases that it keeps out are decided alike by other rules.
	// The has that W0101 asks for is none, and neither is a cell of a table of rules.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { range: length }
	//	role item: Item
	//	policy p {
	//	  far: deny any when item.range > 300 km and item.range > 150 km
	//	  otherwise permit
	//	}
	IdleCondition Code = "W0206"

	// IdlePriority occurs when a notwithstanding or a subject to never makes a difference.
	//
	// The two rules never apply together, or the answer is the same without it.
	//
	// Example:
	//
	//	outcomes deny > review > permit
	//	kind Item { form: missile | launcher | other }
	//	role item: Item
	//	policy p {
	//	  missiles: deny any when item.form = missile
	//	  launchers: permit any when item.form = launcher notwithstanding missiles
	//	  otherwise review
	//	}
	IdlePriority Code = "W0207"

	// UnusedTerm occurs when no rule, claim, constraint, test or other term uses a term.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { form: missile | launcher }
	//	role item: Item
	//	term Missile of Item: form = missile
	//	term Launcher of Item: form = launcher
	//	policy p {
	//	  missiles: deny Missile
	//	  otherwise permit
	//	}
	UnusedTerm Code = "W0208"

	// UnusedGroup occurs when no rule, claim, constraint, term or other group uses a group.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Country = A | B
	//	role to recipient: Country
	//	group Member of Country: A
	//	policy p { deny }
	UnusedGroup Code = "W0209"

	// UnusedAttribute occurs when no rule, claim, constraint or term reads an attribute.
	//
	// A case may tell it, and it matters to nothing.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { form: missile | launcher  colour: text }
	//	role item: Item
	//	policy p {
	//	  missiles: deny any when item.form = missile
	//	  otherwise permit
	//	}
	UnusedAttribute Code = "W0210"

	// NothingPossible occurs when the constraints leave no case at all.
	//
	// Every case would be refused at the door. The constraint named is the first that,
	// together with those before it, excludes everything.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length }
	//	role item: Item
	//	constraint far: item.range > 300 km
	//	constraint near: item.range < 100 km
	//	policy p { deny }
	NothingPossible Code = "W0211"

	// IdleAmendment occurs when a policy that amends another, or one of its replacements, changes nothing.
	//
	// Every case is answered as the amended policy answers it, with the same obligations.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { range: length }
	//	role item: Item
	//	policy a {
	//	  far: deny any when item.range >= 300 km
	//	  otherwise permit
	//	}
	//	policy b amends a {
	//	  replace far: deny any when item.range >= 300000 m
	//	}
	IdleAmendment Code = "W0212"

	// ExpiredRule occurs when a rule is in force on no day on which its policy is.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { small: bool }
	//	role item: Item
	//	policy p from 2025-01-01 {
	//	  early: deny any when item.small until 2024-06-01
	//	  otherwise permit
	//	}
	ExpiredRule Code = "W0213"

	// RankedOverlap occurs when only the rank of their outcomes, or their order where the first decides, tells which of two rules prevails in some case.
	//
	// That is how rules are meant to work together, so it is told on request alone: a
	// list of the pairs shows where an exception may have been forgotten.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { form: missile | launcher  small: bool }
	//	role item: Item
	//	policy p {
	//	  missiles: deny any when item.form = missile
	//	  small: permit any when item.small
	//	  otherwise deny
	//	}
	RankedOverlap Code = "W0214"

	// UnusedSuppression occurs when a ctl:ignore comment keeps nothing quiet.
	//
	// Example:
	//
	//	outcomes deny
	//	# ctl:ignore W0201 because the other cases do not occur
	//	policy p { deny }
	UnusedSuppression Code = "W0215"

	// BadSuppression occurs when a ctl:ignore comment names no code that can be kept quiet, or no reason.
	//
	// It is passed over. Write `# ctl:ignore W0205 because the Guidelines say it twice`.
	//
	// Example:
	//
	//	outcomes deny
	//	# ctl:ignore W0201
	//	policy p { deny }
	BadSuppression Code = "W0216"

	// DeadOtherwise occurs when an otherwise is said of cases of which there are none.
	//
	// A rule applies in every case, or what encloses the section is always decided by
	// others, so that no decision ever rests on the otherwise. It can be left out, or
	// a rule above it applies more widely than was meant.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { small: bool }
	//	role item: Item
	//	policy p {
	//	  deny when item.small
	//	  permit any
	//	  otherwise deny
	//	}
	DeadOtherwise Code = "W0217"

	// WordAsLabel occurs when a rule is labelled with a word of the language, such as otherwise.
	//
	// Before a colon every word is a name. The rule is one like any other, and not what
	// the word says elsewhere: an `otherwise: permit` applies in every case.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { small: bool }
	//	role item: Item
	//	policy p {
	//	  small: deny when item.small
	//	  otherwise: permit
	//	}
	WordAsLabel Code = "W0218"

	// UnusedFunction occurs when no rule, claim, constraint or term calls a function that the rules declare.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Firm = text
	//	role buyer: Firm
	//	function risk_of(Firm) -> number
	//	policy p { deny }
	UnusedFunction Code = "W0222"

	// UnusedValue occurs when no rule, claim, constraint or term names a value.
	//
	// Example:
	//
	//	value large = 10_000
	//	outcomes deny
	//	policy p { deny }
	UnusedValue Code = "W0223"

	// OutcomeNeverGiven occurs when no rule and no otherwise gives an outcome that is declared.
	//
	// Example:
	//
	//	outcomes deny > review > permit
	//	kind Item { small: bool }
	//	role item: Item
	//	policy p {
	//	  permit when item.small
	//	  otherwise deny
	//	}
	OutcomeNeverGiven Code = "W0224"

	// AlwaysAlike occurs when a policy that has conditions gives every case the same answer.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { small: bool }
	//	role item: Item
	//	policy p {
	//	  deny when item.small
	//	  deny unless item.small
	//	}
	//	policy q { permit }
	AlwaysAlike Code = "W0225"

	// IdleConstraint occurs when a constraint excludes no case that the others leave.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { mass: number }
	//	role item: Item
	//	constraint positive: item.mass > 0
	//	constraint zero: item.mass >= 0
	//	policy p {
	//	  deny when item.mass > 10
	//	  otherwise permit
	//	}
	IdleConstraint Code = "W0226"

	// ConstantTerm occurs when a term holds of every thing, or of none.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { mass: number  small: bool }
	//	role item: Item
	//	term Heavy of Item: mass > 10 and mass < 5
	//	policy p {
	//	  deny when item.small or item.mass > 20
	//	  otherwise permit
	//	}
	//	claim "light" under p: never permit when item is Heavy
	ConstantTerm Code = "W0227"

	// SaidTwice occurs when two terms, tests or claims say the same, or a member is named twice in a group.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { small: bool }
	//	role item: Item
	//	policy p {
	//	  deny when item.small
	//	  otherwise permit
	//	}
	//	test "small"  { given item.small = yes expect deny }
	//	test "little" { given item.small = yes expect deny }
	SaidTwice Code = "W0228"

	// DivisionByZero occurs when a case makes the answer hang on a division by zero, which is an error.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { mass: number  parts: number }
	//	role item: Item
	//	policy p {
	//	  deny when item.mass / item.parts > 10
	//	  otherwise permit
	//	}
	DivisionByZero Code = "W0229"
)
