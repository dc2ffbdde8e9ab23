package code

// Syntax: problems with the order of words. Values never change; a new code goes
// at the end.
const (
	// DeclarationExpected occurs when something stands at the top of a file that begins no declaration.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	deny Missile to nonMember
	DeclarationExpected Code = "E0101"

	// MalformedDeclaration occurs when a declaration has begun and something else stands where its next part should.
	//
	// Example:
	//
	//	term SLV of Item form = space_launch_vehicle
	MalformedDeclaration Code = "E0102"

	// MisspeltWord occurs when a word stands in the place of a word of the language and is nearly one, or means one, as `if` means `when`.
	//
	// Example:
	//
	//	outcomes deny
	//	polcy p { deny Missile unles vetted }
	MisspeltWord Code = "E0103"

	// ReservedWord occurs when a reserved word stands where a name should.
	//
	// Example:
	//
	//	kind when { range: length }
	ReservedWord Code = "E0104"

	// Unclosed occurs when a bracket is opened and not closed.
	//
	// Example:
	//
	//	term A: b and (c or d
	//	term B: c
	Unclosed Code = "E0105"

	// StrayBracket occurs when a bracket is closed that nothing has opened.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deny } }
	StrayBracket Code = "E0106"

	// StrayComma occurs when a comma stands before a closing bracket, between attributes or their choices, or beside `or`.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deny Missile to US, GB, or FR }
	StrayComma Code = "E0107"

	// RuleExpected occurs when something in the braces of a policy is no rule, or a rule breaks off.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deny Missile because "of its range", of its payload }
	RuleExpected Code = "E0108"

	// PhraseExpected occurs when nothing that a rule can speak about follows a preposition, `and`, `or` or `not`.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deny Missile to unless vetted }
	PhraseExpected Code = "E0109"

	// ConditionInPhrase occurs when a condition stands among the names of a rule's sentence.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deny item.range > 300 km }
	ConditionInPhrase Code = "E0110"

	// PhraseTooLate occurs when a phrase such as `to X` stands behind a clause such as `when`.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deny Missile unless vetted to nonMember }
	PhraseTooLate Code = "E0111"

	// ClauseTwice occurs when a clause that stands once stands again.
	//
	// Example:
	//
	//	outcomes deny
	//	policy p { deny Missile unless vetted unless SLV }
	ClauseTwice Code = "E0112"

	// RulesHaveNoIf occurs when a rule begins with `if` or goes on with `else`.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	policy p {
	//	  deny Missile
	//	  else permit
	//	}
	RulesHaveNoIf Code = "E0113"

	// ConditionExpected occurs when a value or a condition should stand somewhere and does not.
	//
	// Example:
	//
	//	term Big: range >= 300 km and or payload >= 500 kg
	ConditionExpected Code = "E0114"

	// ComparisonChain occurs when a comparison is compared again.
	//
	// Example:
	//
	//	term Medium: 300 km < range < 900 km
	ComparisonChain Code = "E0115"

	// NoTarget occurs when something other than a group, a set, a list or a range stands behind `in`.
	//
	// Example:
	//
	//	term Long: range in 300 km
	NoTarget Code = "E0116"

	// ConditionTooLong occurs when one condition has more than 10,000 operators.
	//
	// Example:
	//
	//	term Any: {{10001 times a or }}a
	ConditionTooLong Code = "E0117"

	// MalformedTest occurs when something in the braces of a test is neither `as of`, `given` nor `expect`.
	//
	// Example:
	//
	//	test "in 2025" under p {
	//	  as of today
	//	  expect deny
	//	}
	MalformedTest Code = "E0118"

	// MalformedFact occurs when what is given is no fact.
	//
	// Example:
	//
	//	test "long range" under p {
	//	  given item.range > 300 km
	//	  expect deny
	//	}
	MalformedFact Code = "E0119"

	// MalformedClaim occurs when a claim's sentence is none of those that a claim can say.
	//
	// Example:
	//
	//	claim "missiles are denied": us2025 is stricter than us1993
	MalformedClaim Code = "E0120"

	// TrailingText occurs when something stands behind a condition or a fact that was to be read alone, such as an argument of a command.
	//
	// Example (a condition):
	//
	//	item.range > 300 km item.payload > 500 kg
	TrailingText Code = "E0121"

	// ForeignLabel occurs when a rule is labelled with something other than a name and a colon, such as `1.` or `(a)`.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	policy p {
	//	  (a) deny Missile
	//	  otherwise permit
	//	}
	ForeignLabel Code = "E0122"

	// MissingComma occurs when the members of a list have something else between them than commas, such as blanks or `and`, or stand in brackets.
	//
	// Example:
	//
	//	group Member of Country: US, GB and FR
	MissingComma Code = "E0123"
)
