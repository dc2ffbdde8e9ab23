package lang

// The codes of syntax: problems with the order of words.
const (
	DeclarationExpected  Code = "E0101"
	MalformedDeclaration Code = "E0102"
	MisspeltWord         Code = "E0103"
	ReservedWord         Code = "E0104"
	Unclosed             Code = "E0105"
	StrayBracket         Code = "E0106"
	StrayComma           Code = "E0107"
	RuleExpected         Code = "E0108"
	PhraseExpected       Code = "E0109"
	ConditionInPhrase    Code = "E0110"
	PhraseTooLate        Code = "E0111"
	ClauseTwice          Code = "E0112"
	RulesHaveNoIf        Code = "E0113"
	ConditionExpected    Code = "E0114"
	ComparisonChain      Code = "E0115"
	NoTarget             Code = "E0116"
	ConditionTooLong     Code = "E0117"
	MalformedTest        Code = "E0118"
	MalformedFact        Code = "E0119"
	MalformedClaim       Code = "E0120"
	TrailingText         Code = "E0121"
)
