package code

// Tests and claims: problems with what is asked of a policy. Values never change; a
// new code goes at the end.
const (
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
)
