// Package task says what the twelve tasks are that bench/ergonomics writes with each engine.
package task

import "iter"

// A Request is what a program that decides about exports has already: nil is not known.
type Request struct {
	Item      Item      `ctl:"item" cel:"item" json:"item"`
	Recipient Recipient `ctl:"recipient" cel:"recipient" json:"recipient"`
	Applicant Applicant `ctl:"applicant" cel:"applicant" json:"applicant"`
}

// An Item is what is exported.
type Item struct {
	Category string   `ctl:"category" cel:"category" json:"category"`
	Range    *float64 `ctl:"range,unit=km" cel:"range" json:"range"` // in km
}

// A Recipient is a country.
type Recipient struct {
	ID     string `ctl:"id" cel:"id" json:"id"`
	Vetted *bool  `ctl:"vetted" cel:"vetted" json:"vetted"`
}

// An Applicant is who asks.
type Applicant struct {
	ID        string `ctl:"id" cel:"id" json:"id"`
	Convicted *bool  `ctl:"convicted" cel:"convicted" json:"convicted"`
}

// Why says what a decision rests on.
type Why struct {
	Outcome string
	Rules   []string // the labels of those that decide
	Facts   []string // the names of the facts that those rest on, sorted
}

// A Page is what a web page needs to show the rules and to ask for the facts.
type Page struct {
	Fields []Field
	Rules  []Rule
}

// A Field is a fact to be asked for.
type Field struct {
	Name     string
	Question string
	Choices  []string // none: not one of a few
}

// A Rule is a rule to be shown.
type Rule struct {
	Label string
	Text  string
	Facts []string // sorted
}

// A Service decides while its rules change.
type Service interface {
	Decide(r Request) (string, error)
	Reload() error // an error: the old rules serve on
	Close() error
}

// Tasks are the twelve, written with one engine. An outcome is deny, review or permit.
type Tasks struct {
	// Decide decides by facts that come one by one.
	Decide func(category string, km float64, recipient string, vetted bool, applicant string, convicted bool) (string, error)
	// Why says which rules decide, and on which facts they rest.
	Why func(r Request) (Why, error)
	// Missing lists the facts not known that the answer hangs on, sorted.
	Missing func(r Request) ([]string, error)
	// OwnFunction decides with a further rule, which calls a function of the program: a risk over
	// 0.5 is reviewed. Where the function fails, so does a decision that hangs on it.
	OwnFunction func(r Request, riskOf func(country string) (float64, error)) (string, error)
	// Group decides with the members of the group as a database has them.
	Group func(r Request, members iter.Seq2[string, error]) (string, error)
	// Reload serves by the rules of a file.
	Reload func(file string) (Service, error)
	// Batch decides many on all cores; of one that cannot be decided the answer is "".
	Batch func(requests []Request) ([]string, error)
	// Struct decides by a struct; where a fact is missing that matters, it is an error or "".
	Struct func(r Request) (string, error)
	// JSON decides by JSON and gives JSON: the outcome and the rules by their labels, or an error that
	// tells of members that there are not and choices that there are not.
	JSON func(request []byte) ([]byte, error)
	// Test tests the rules and names the tests that fail.
	Test func() (failed []string, err error)
	// Metrics counts decisions by outcome.
	Metrics func(requests []Request) (map[string]int, error)
	// UI gives what a page needs.
	UI func() (Page, error)
}
