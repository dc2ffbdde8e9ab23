package code

// Lexis: problems with the characters of a text. Values never change; a new code
// goes at the end.
//
// What cannot stand in an example as it is stands in double braces: {{byte FF}} is
// a byte, {{3 times ab}} is ababab.
const (
	// TooLarge occurs when a text has more than 32 MiB.
	//
	// Example:
	//
	//	{{1100000 times # thirty-two bytes of comment...}}
	TooLarge Code = "E0001"

	// NotText occurs when a file holds a zero byte or is saved as UTF-16: it is no text file, or none in UTF-8.
	//
	// Example:
	//
	//	use iso3166 # {{byte 00}}
	NotText Code = "E0002"

	// NotUTF8 occurs when bytes are no UTF-8 text, as in a file saved in an older encoding. The first place is shown, the others are counted.
	//
	// Example:
	//
	//	open term vetted "M{{byte FC}}nchen"
	NotUTF8 Code = "E0003"

	// UnexpectedCharacter occurs when a character stands outside texts and comments that means nothing there.
	//
	// Example:
	//
	//	term Cheap: price ~ 5
	UnexpectedCharacter Code = "E0004"

	// UnterminatedText occurs when the closing quotes of a text are missing on its line.
	//
	// Example:
	//
	//	open term vetted "a select partner
	UnterminatedText Code = "E0005"

	// UnknownEscape occurs when a backslash in a text is followed by something other than " \ n t and u{...}.
	//
	// Example:
	//
	//	open term vetted "a \select partner"
	UnknownEscape Code = "E0006"

	// NoSuchDay occurs when a date names a day that does not exist.
	//
	// Example:
	//
	//	policy p from 2025-02-29 { }
	NoSuchDay Code = "E0007"

	// ShortDate occurs when the month or the day of a date has one digit.
	//
	// Example:
	//
	//	policy p from 1993-9-27 { }
	ShortDate Code = "E0008"

	// TooDeep occurs when brackets nest deeper than 200, other parts of a condition deeper than 400, or types deeper than 8.
	//
	// Example:
	//
	//	term Deep: {{201 times (}}a{{201 times )}}
	TooDeep Code = "E0009"

	// ForeignQuotes occurs when a text stands in quotes other than straight double ones.
	//
	// Example:
	//
	//	open term vetted “a select partner”
	ForeignQuotes Code = "E0010"

	// ForeignOperator occurs when an operator is written as in another language or as a sign of typography.
	//
	// Example:
	//
	//	term Big: range ≥ 300 km && payload == 500 kg
	ForeignOperator Code = "E0011"

	// ForeignComment occurs when a comment begins with // or /* and not with #.
	//
	// Example:
	//
	//	use iso3166 // country codes
	ForeignComment Code = "E0012"

	// Semicolon occurs when a semicolon stands somewhere; none is needed anywhere.
	//
	// Example:
	//
	//	use iso3166;
	Semicolon Code = "E0013"

	// HiddenCharacter occurs when an invisible character stands outside texts and comments, or one that turns the direction of what a reader sees stands anywhere.
	//
	// Example:
	//
	//	term Big{{byte E2}}{{byte 80}}{{byte 8B}}: heavy
	HiddenCharacter Code = "E0014"

	// UnderscoreInNumber occurs when the digits of a number are grouped with underscores, and not by three before the point.
	//
	// Example:
	//
	//	term Dear: price > 1_00_000
	UnderscoreInNumber Code = "E0015"

	// ForeignDate occurs when a date is written otherwise than year-month-day. Where the day and the month cannot be told apart, both readings are shown.
	//
	// Example:
	//
	//	policy p from 31.03.2020 { }
	ForeignDate Code = "E0016"

	// ForeignNumber occurs when a number has a decimal comma, separators of thousands, percent as a word, an exponent or a plus, or its unit stands before it.
	//
	// Example:
	//
	//	term Dear: price > EUR 5000
	ForeignNumber Code = "E0017"

	// NoSuchLiteral occurs when something is written as an address, a network, a moment or a time of day is, and there is none such.
	//
	// A network names no address within it: `10.0.0.1/8` is `10.0.0.0/8` or `10.0.0.1`. A
	// moment says how far its clock is ahead of UTC, and leap seconds are none.
	//
	// Example:
	//
	//	term Inside of Request: source in 10.0.0.1/8
	NoSuchLiteral Code = "E0018"
)
