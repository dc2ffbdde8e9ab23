// Package code holds the codes of the problems that Ctl reports, and what there is
// to say about each.
//
// A code is documented where it is declared, and nowhere else: in lexis.go and
// syntax.go those of a text that cannot be read, in names.go, types.go, structure.go,
// claims.go and programs.go those of a program, in cases.go those of facts and
// decisions, in warnings.go and lints.go what is well-formed and hardly meant, and in
// looks.go what a reader takes for something else.
// Explain gives that documentation to programs, as `ctl check --explain` does.
package code

import "strings"

// Code names a kind of problem: E.... an error, W.... a warning. Codes never change their meaning.
type Code string

// Severity is how bad a problem is.
type Severity uint8

// The severities.
const (
	Error Severity = iota
	Warning
)

// Severity of a code: by its letter.
func (c Code) Severity() Severity {
	if strings.HasPrefix(string(c), "W") {
		return Warning
	}
	return Error
}
