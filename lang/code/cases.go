package code

// Cases: problems with what a case is told, and on the way to its answer. Values never
// change; a new code goes at the end of its group.
const (
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
)
