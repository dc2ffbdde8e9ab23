package code

// Types: problems with values, units and what can be compared. Values never change; a
// new code goes at the end.
const (
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

	// BadNamedValue occurs when a value cannot be worked out or cannot have its name, or its days are out of order.
	//
	// Example:
	//
	//	value rate = 0.16 since 2020-07-01, 0.19 since 2007-01-01
	//	outcomes deny
	//	kind Item { n: number }
	//	role item: Item
	//	policy p { deny when item.n > rate }
	BadNamedValue Code = "E0312"
)
