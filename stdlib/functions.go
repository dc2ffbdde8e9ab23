package stdlib

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
)

// Function is one function that conditions may call.
type Function struct {
	Name string
	// Params are the types of the parameters: bool, number, text, date,
	// duration, any, T, list of T, list of any, set of any. T is one type, the
	// same everywhere in a signature, among those in Over. A `list of` takes a
	// set as well.
	Params []string
	// Variadic says that the last parameter may be given once or more often.
	Variadic bool
	// Result is the type of the result, one of those of Params.
	Result string
	// Over is what T may stand for: number, quantity, date, duration. It is
	// nil where there is no T.
	Over []string
	// Doc says in a sentence or a few what the result is and when there is none.
	Doc string
	// Example is a condition that is true.
	Example string
	// Call calls the function. Arguments and results are bool, num.Number,
	// string, num.Date, num.Duration, num.Moment, num.TimeOfDay and []any; a quantity is a num.Number, in
	// whatever unit of its dimension all the quantities of the call are in.
	// Arguments that do not fit Params are an error.
	Call func(args []any) (any, error)
}

// Functions are all functions, in the order of a reference: text, numbers,
// dates, moments, lists. The slice is the caller's own.
func Functions() []Function { return slices.Clone(functions) }

// Signature is the function as a reference shows it: round(number, number) -> number.
func (f *Function) Signature() string {
	more := ""
	if f.Variadic {
		more = ", ..."
	}
	return f.Name + "(" + strings.Join(f.Params, ", ") + more + ") -> " + f.Result
}

// MaxText is how many bytes a text may have that a function takes or gives.
const MaxText = 64 << 10

var functions = slices.Concat(textFunctions, numberFunctions, dateFunctions, momentFunctions, listFunctions)

var errTextTooLong = fmt.Errorf("a text in a function has at most %d bytes", MaxText)

// one makes a Call of a function of one argument.
func one[A any](f func(A) (any, error)) func([]any) (any, error) {
	return func(args []any) (any, error) {
		if err := arity(args, 1); err != nil {
			return nil, err
		}
		a, err := arg[A](args, 0)
		if err != nil {
			return nil, err
		}
		return f(a)
	}
}

// two makes a Call of a function of two arguments.
func two[A, B any](f func(A, B) (any, error)) func([]any) (any, error) {
	return func(args []any) (any, error) {
		if err := arity(args, 2); err != nil {
			return nil, err
		}
		a, err := arg[A](args, 0)
		if err != nil {
			return nil, err
		}
		b, err := arg[B](args, 1)
		if err != nil {
			return nil, err
		}
		return f(a, b)
	}
}

// three makes a Call of a function of three arguments of one type.
func three[A any](f func(a, b, c A) (any, error)) func([]any) (any, error) {
	return func(args []any) (any, error) {
		if err := arity(args, 3); err != nil {
			return nil, err
		}
		var all [3]A
		for i := range all {
			a, err := arg[A](args, i)
			if err != nil {
				return nil, err
			}
			all[i] = a
		}
		return f(all[0], all[1], all[2])
	}
}

func arity(args []any, want int) error {
	if len(args) != want {
		return fmt.Errorf("the function takes %d arguments, not %d", want, len(args))
	}
	return nil
}

// arg is the argument at i, which must be an A.
func arg[A any](args []any, i int) (A, error) {
	a, ok := args[i].(A)
	if !ok {
		return a, fmt.Errorf("argument %d is %s, which the function does not take", i+1, kindOf(args[i]))
	}
	if s, ok := args[i].(string); ok && len(s) > MaxText {
		return a, errTextTooLong
	}
	return a, nil
}

// kindOf names the type of a value in the author's words.
func kindOf(v any) string {
	switch v.(type) {
	case bool:
		return "yes or no"
	case num.Number:
		return "a number"
	case string:
		return "a text"
	case num.Date:
		return "a date"
	case num.Duration:
		return "a duration"
	case []any:
		return "a list"
	}
	return "a value of another kind"
}

// order compares two values of one type.
func order(a, b any) (int, error) {
	switch a := a.(type) {
	case num.Number:
		if b, ok := b.(num.Number); ok {
			return a.Cmp(b), nil
		}
	case num.Date:
		if b, ok := b.(num.Date); ok {
			return a.Sub(b), nil
		}
	case num.Duration:
		if b, ok := b.(num.Duration); ok {
			return a.Cmp(b), nil
		}
	}
	return 0, fmt.Errorf("%s and %s have no order", kindOf(a), kindOf(b))
}
