package code

// Structure: problems with how declarations and rules hang together. Values never
// change; a new code goes at the end.
const (
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

	// EmptyPeriod occurs when until is not after from, or since, or days end before they begin.
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

	// KindCycle occurs when a kind has itself as an attribute that always has a value, also by way of others.
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

	// SilentMode occurs when a section does not say how it decides, and what encloses it decides otherwise than by strictest.
	//
	// A section that says nothing decides by strictest. Inside a policy that decides
	// by first, say, a reader would expect that of the section too, so it has to say
	// which is meant.
	//
	// Example:
	//
	//	outcomes deny > permit
	//	kind Item { toxic: bool }
	//	role item: Item
	//	policy p decides by first {
	//	  section safety {
	//	    permit when item.toxic
	//	    deny
	//	  }
	//	}
	SilentMode Code = "E0415"

	// BadScreening occurs when names are screened against a group whose kind has none, at a score out of range, or in a group that holds it on days that are not known exactly.
	//
	// Example:
	//
	//	outcomes deny
	//	kind Party = text
	//	group Denied of Party external screened at 0.9
	//	policy p { deny }
	BadScreening Code = "E0416"

	// BadTranslation occurs when a text is translated twice into a language, or when what stands before a translation is no tag of a language, or is an outcome.
	//
	// Example:
	//
	//	outcomes deny "refused" de "abgelehnt" de "verweigert"
	BadTranslation Code = "E0417"
)
