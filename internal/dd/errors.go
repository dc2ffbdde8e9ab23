package dd

import (
	"errors"
	"fmt"
)

// ErrBudget says that an operation was given up because the store would have
// outgrown its node budget or its step limit. The error returned is a
// *BudgetError; errors.Is(err, ErrBudget) recognises it.
var ErrBudget = errors.New("decision diagram too large")

// ErrNotBoolean says that an operation on yes/no diagrams met another leaf
// than 0 and 1.
var ErrNotBoolean = errors.New("decision diagram has leaves other than 0 and 1")

// ErrArgument says that a variable, a cell or a leaf does not exist in the
// store.
var ErrArgument = errors.New("decision diagram: no such variable, cell or leaf")

// A BudgetError tells which limit was passed.
type BudgetError struct {
	What  string // "nodes", "steps" or "bytes"
	Limit int    // the limit that was passed
}

// Error describes the limit.
func (e *BudgetError) Error() string {
	return fmt.Sprintf("%v: more than %d %s", ErrBudget, e.Limit, e.What)
}

// Is makes errors.Is(err, ErrBudget) true.
func (e *BudgetError) Is(target error) bool { return target == ErrBudget }

// abort carries an error out of a deep recursion to the exported operation
// that started it; it never leaves the package. Checking an error after each
// of the many million recursive calls would double the length of every
// algorithm here.
type abort struct{ err error }

// catch turns an abort into the error of an exported operation. The nodes made
// so far stay: they are canonical and a later operation may use them.
func (s *Store) catch(err *error) {
	switch x := recover().(type) {
	case nil:
	case abort:
		s.tmp = s.tmp[:0]
		*err = x.err
	default:
		panic(x)
	}
}

func fail(err error) { panic(abort{err}) }

func failArgument(format string, args ...any) {
	fail(fmt.Errorf("%w: %s", ErrArgument, fmt.Sprintf(format, args...)))
}

func (s *Store) checkVar(v int) {
	if v < 0 || v >= len(s.domains) {
		failArgument("variable %d of %d", v, len(s.domains))
	}
}

func (s *Store) checkCell(v, c int) {
	s.checkVar(v)
	if c < 0 || c >= s.domains[v] {
		failArgument("cell %d of variable %d, which has %d", c, v, s.domains[v])
	}
}
