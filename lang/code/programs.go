package code

// Programs: problems with what a program is loaded from and with. Values never
// change; a new code goes at the end.
const (
	// CannotRead occurs when a file that is named cannot be read.
	//
	// Example:
	//
	//	use "missing.ctl"
	CannotRead Code = "E0601"

	// BadData occurs when a data file of a group or a kind, or a table of rules, is not as it should be.
	//
	// Example:
	//
	//	kind Party = text
	//	group Denied of Party from "missing.csv"
	BadData Code = "E0602"

	// TooMuch occurs when a program is larger than its limits allow.
	TooMuch Code = "E0603"

	// BadFunction occurs when a function has a name or types that the language cannot use, or is not as the rules declare it.
	//
	// Example:
	//
	//	function risk(text) -> number?
	BadFunction Code = "E0604"

	// NoMembers occurs when a program is loaded without the members of a group that it declares external.
	//
	// Example:
	//
	//	kind Party = text
	//	group Denied of Party external
	NoMembers Code = "E0605"
)
