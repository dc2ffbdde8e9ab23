package code

// Names: problems with what is declared and what is called. Values never change; a
// new code goes at the end.
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
)
