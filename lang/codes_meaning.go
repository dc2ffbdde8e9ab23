package lang

// Names, types, structure, tests and claims: the problems that interp reports.
// Values never change; a new code goes at the end of its group.
const (
	// UnknownName occurs when a condition or a phrase uses a name that nothing declares.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Country = US | IN
	//	role to recipient: Country
	//	term nonMember of Country: not in (US)
	//	policy p { deny to nonMembr }
	UnknownName Code = "E0201"

	// Duplicate occurs when two declarations have one name.
	//
	// Example:
	//
	//	kind Country = US | IN
	//	kind Country = FR | DE
	Duplicate Code = "E0202"

	// AmbiguousRole occurs when a bare term could be meant about several roles.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Country = US | IN
	//	role from origin: Country
	//	role to recipient: Country
	//	term Friend of Country: in (US)
	//	policy p { deny when not Friend }
	AmbiguousRole Code = "E0203"

	// UnknownAttribute occurs when a path names an attribute that the kind has not.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length }
	//	role item: Item
	//	policy p { deny when item.rang > 300 km }
	UnknownAttribute Code = "E0204"

	// UnknownType occurs when an attribute, a role, a group or a term is of a kind or type that does not exist.
	//
	// Example:
	//
	//	kind Item { range: lenght }
	UnknownType Code = "E0205"

	// UnknownOutcome occurs when a rule gives an outcome that is not declared.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deney }
	UnknownOutcome Code = "E0206"

	// UnknownPolicy occurs when a policy or series is named that does not exist.
	//
	// Example:
	//
	//	outcomes deny
	//	policy us1993 { deny }
	//	policy us2025 amends us1933 { }
	UnknownPolicy Code = "E0207"

	// UnknownLabel occurs when notwithstanding, subject to or the by of a test names no rule or section of the policy.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	policy p {
	//	  general: deny
	//	  permit any notwithstanding generl
	//	}
	//	kind Item
	//	role item: Item
	UnknownLabel Code = "E0208"

	// DuplicateLabel occurs when two rules or sections of a policy have one label.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	policy p {
	//	  general: deny
	//	  general: permit
	//	}
	DuplicateLabel Code = "E0209"

	// UnknownUnit occurs when a number carries a unit that does not exist.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length }
	//	role item: Item
	//	policy p { deny when item.range > 300 kilometers_ }
	UnknownUnit Code = "E0210"

	// UnknownFunction occurs when a function is called that does not exist.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { code: text }
	//	role item: Item
	//	policy p { deny when lowercase(item.code) = "a" }
	UnknownFunction Code = "E0211"

	// UnknownValue occurs when a value is not one of the enumeration or the identities it is compared with.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { category: I | II }
	//	role item: Item
	//	policy p { deny when item.category = III }
	UnknownValue Code = "E0212"

	// NoRole occurs when no role is reached by a preposition, or no role is the object.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item
	//	role item: Item
	//	policy p { deny any via any }
	NoRole Code = "E0213"

	// OtherThing occurs when a term or a group is about another kind of thing.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { category: I | II }
	//	kind Country = US | IN
	//	role item: Item
	//	role to recipient: Country
	//	term Friend of Country: in (US)
	//	policy p { deny when item is Friend }
	OtherThing Code = "E0214"

	// UnknownModule occurs when use names a module that stdlib does not have.
	//
	// Example:
	//
	//	use iso3167
	UnknownModule Code = "E0215"

	// TypeMismatch occurs when values of different types are compared or computed with.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { code: text }
	//	role item: Item
	//	policy p { deny when item.code = 3 }
	TypeMismatch Code = "E0301"

	// DimensionMismatch occurs when quantities of different dimensions are compared or added.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length }
	//	role item: Item
	//	policy p { deny when item.range > 300 kg }
	DimensionMismatch Code = "E0302"

	// MissingUnit occurs when a bare number stands where a quantity is meant.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length }
	//	role item: Item
	//	policy p { deny when item.range > 300 }
	MissingUnit Code = "E0303"

	// NotACondition occurs when something that is neither true nor false stands as a condition.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length }
	//	role item: Item
	//	policy p { deny when item.range }
	NotACondition Code = "E0304"

	// BadArguments occurs when a function is called with the wrong number or types of arguments.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { code: text }
	//	role item: Item
	//	policy p { deny when lower(item.code, item.code) = "a" }
	BadArguments Code = "E0305"

	// NoOrder occurs when values that have no order are compared with <, <=, > or >=.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { category: I | II }
	//	role item: Item
	//	policy p { deny when item.category < II }
	NoOrder Code = "E0306"

	// BadDefault occurs when a default is not a constant of the attribute's type.
	//
	// Example:
	//
	//	kind Item { category: I | II = III }
	BadDefault Code = "E0307"

	// BadCount occurs when at least, at most or exactly asks for more than there is.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { a: bool b: bool }
	//	role item: Item
	//	policy p { deny when at least 3 of (item.a, item.b) }
	BadCount Code = "E0308"

	// EmptyInterval occurs when an interval's end lies before its start.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length }
	//	role item: Item
	//	policy p { deny when item.range in 300 km .. 100 km }
	EmptyInterval Code = "E0309"

	// NotAList occurs when a quantifier or in is used on what is no list, set, group or tuple.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length }
	//	role item: Item
	//	policy p { deny when some p in item.range has p > 3 }
	NotAList Code = "E0310"

	// UseAnotherForm occurs when a name is used in a form that is for another sort of name.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Country = US | IN
	//	role to recipient: Country
	//	group Friends of Country: US
	//	policy p { deny when recipient is Friends }
	UseAnotherForm Code = "E0311"

	// TermCycle occurs when a term is defined by itself.
	//
	// Example:
	//
	//	kind Item { a: bool }
	//	term A of Item: B
	//	term B of Item: A or a
	TermCycle Code = "E0401"

	// GroupCycle occurs when a group contains itself.
	//
	// Example:
	//
	//	kind Country = US | IN
	//	group A of Country: B, US
	//	group B of Country: A
	GroupCycle Code = "E0402"

	// PriorityCycle occurs when rules defeat one another in a circle.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	policy p {
	//	  a: deny notwithstanding b
	//	  b: permit notwithstanding a
	//	}
	PriorityCycle Code = "E0403"

	// AmendCycle occurs when a policy amends itself, by way of others or not.
	//
	// Example:
	//
	//	outcomes deny
	//	policy a amends b { deny }
	//	policy b amends a { }
	AmendCycle Code = "E0404"

	// NothingThere occurs when a policy repeals or replaces what the policy it amends does not have.
	//
	// Example:
	//
	//	outcomes deny
	//	policy a { general: deny }
	//	policy b amends a { repeal generl }
	NothingThere Code = "E0405"

	// TwoOtherwise occurs when a policy or section says otherwise twice.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	policy p { otherwise deny otherwise permit }
	TwoOtherwise Code = "E0406"

	// SeriesOverlap occurs when two policies of a series are in force on one day.
	//
	// Example:
	//
	//	outcomes deny
	//	policy a from 2020-01-01 until 2022-01-01 { deny }
	//	policy b from 2021-01-01 { deny }
	//	series s: a, b
	SeriesOverlap Code = "E0407"

	// SeriesHole occurs when no policy of a series is in force between two of them.
	//
	// Example:
	//
	//	outcomes deny
	//	policy a from 2020-01-01 until 2021-01-01 { deny }
	//	policy b from 2022-01-01 { deny }
	//	series s: a, b
	SeriesHole Code = "E0408"

	// EmptyPeriod occurs when until is not after from, or since.
	//
	// Example:
	//
	//	outcomes deny
	//	policy a from 2020-01-01 until 2019-01-01 { deny }
	EmptyPeriod Code = "E0409"

	// AmendsNothing occurs when repeal or replace stands in a policy that amends none.
	//
	// Example:
	//
	//	outcomes deny
	//	policy a { repeal b }
	AmendsNothing Code = "E0410"

	// BadMode occurs when decides by names no way to combine.
	//
	// Example:
	//
	//	outcomes deny
	//	policy a decides by strictness { deny }
	BadMode Code = "E0411"

	// KindCycle occurs when a kind has itself as an attribute, other than in a list.
	//
	// Example:
	//
	//	kind Item { part: Item }
	KindCycle Code = "E0412"

	// BadIdentities occurs when a kind's identities are declared twice, or an extension gives some.
	//
	// Example:
	//
	//	kind Party
	//	group Denied of Party: Acme
	BadIdentities Code = "E0413"

	// WhichPolicy occurs when a test or a claim does not say under which of several policies.
	//
	// Example:
	//
	//	outcomes deny
	//	policy a { deny }
	//	policy b { deny }
	//	test "t" { expect deny }
	WhichPolicy Code = "E0501"

	// BadClaim occurs when a claim's sentence does not fit: a comparison under policies, a swap of values that are not the attribute's.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { form: a | b }
	//	role item: Item
	//	policy p { deny }
	//	claim "c" under p: same decision when item.form swaps a, c
	BadClaim Code = "E0502"

	// NotInForce occurs when no policy of a series is in force on the date asked about.
	NotInForce Code = "E0503"

	// NothingExpected occurs when a test says nothing of what it expects, and so could never fail.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deny }
	//	test "t" { as of 2025-01-01 }
	NothingExpected Code = "E0504"

	// CannotRead occurs when a file that is named cannot be read.
	//
	// Example:
	//
	//	use "missing.ctl"
	CannotRead Code = "E0601"

	// BadData occurs when a data file of a group is not as it should be.
	//
	// Example:
	//
	//	kind Party = text
	//	group Denied of Party from "missing.csv"
	BadData Code = "E0602"

	// TooMuch occurs when a program is larger than its limits allow.
	TooMuch Code = "E0603"

	// BadFunction occurs when a Go function that a program is loaded with has a name or types that the language cannot use.
	BadFunction Code = "E0604"

	// NoMembers occurs when a program is loaded without the members of a group that it declares external.
	//
	// Example:
	//
	//	kind Party = text
	//	group Denied of Party external
	NoMembers Code = "E0605"

	// UnknownFact occurs when a fact is about something that the vocabulary does not have.
	UnknownFact Code = "E0701"

	// FactType occurs when a fact's value is not of its type.
	FactType Code = "E0702"

	// FactUnit occurs when a quantity comes without a unit or with one of another dimension.
	FactUnit Code = "E0703"

	// UnknownIdentity occurs when there is no thing of that name.
	UnknownIdentity Code = "E0704"

	// FactDate occurs when a date is no date, or a day that does not exist.
	FactDate Code = "E0705"

	// BrokenConstraint occurs when a case is one that no real case is.
	BrokenConstraint Code = "E0706"

	// Contradiction occurs when one fact is said to be two things.
	Contradiction Code = "E0707"

	// NotAFact occurs when a sentence states no fact.
	NotAFact Code = "E0708"

	// BadJSON occurs when a fact file is no JSON object.
	BadJSON Code = "E0709"

	// FactTooLarge occurs when a text, a list or a whole case is larger than its limit.
	FactTooLarge Code = "E0710"

	// CannotEvaluate occurs when something in a decision cannot be evaluated: a division by zero, a function that failed.
	CannotEvaluate Code = "E0801"

	// TooManySteps occurs when a decision takes more steps than its limit.
	TooManySteps Code = "E0802"

	// Stopped occurs when the context of a decision is done: cancelled, or past its deadline.
	Stopped Code = "E0803"

	// NeedsHas occurs when a condition compares an optional attribute without asking whether it has a value.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Item { range: length? }
	//	role item: Item
	//	policy p { deny when not item.range >= 300 km }
	NeedsHas Code = "W0101"

	// LostPriority occurs when an inherited rule's notwithstanding or subject to names a rule that the amendment repealed.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	policy a {
	//	  general: deny
	//	  special: permit notwithstanding general
	//	}
	//	policy b amends a { repeal general }
	LostPriority Code = "W0102"
)
