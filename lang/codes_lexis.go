package lang

// The codes of lexis: problems with the characters of a text.
const (
	TooLarge            Code = "E0001"
	NotText             Code = "E0002"
	NotUTF8             Code = "E0003"
	UnexpectedCharacter Code = "E0004"
	UnterminatedText    Code = "E0005"
	UnknownEscape       Code = "E0006"
	NoSuchDay           Code = "E0007"
	ShortDate           Code = "E0008"
	TooDeep             Code = "E0009"
	ForeignQuotes       Code = "E0010"
	ForeignOperator     Code = "E0011"
	ForeignComment      Code = "E0012"
	Semicolon           Code = "E0013"
	HiddenCharacter     Code = "E0014"
	UnderscoreInNumber  Code = "E0015"
)
