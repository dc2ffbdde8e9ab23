package stdlib

import (
	"errors"

	"github.com/ctl-lang/ctl/internal/num"
)

var (
	measures = []string{"number", "quantity"}
	ordered  = []string{"number", "quantity", "date", "duration"}
)

var (
	errNothingToReplace = errors.New("the text to be replaced is empty")
	errPlaces           = errors.New("the number of places to round to must be a whole number from -100 to 100")
)

var numberFunctions = []Function{
	{
		Name: "abs", Params: []string{"T"}, Result: "T", Over: measures,
		Doc:     "The number or quantity without its sign.",
		Example: `abs(-3) = 3`,
		Call:    one(func(n num.Number) (any, error) { return n.Abs(), nil }),
	},
	{
		Name: "min", Params: []string{"T"}, Variadic: true, Result: "T", Over: ordered,
		Doc:     "The smallest of the values: the earliest of dates, the shortest of durations.",
		Example: `min(300 km, 186 mi) = 186 mi`,
		Call:    func(args []any) (any, error) { return extreme(args, -1) },
	},
	{
		Name: "max", Params: []string{"T"}, Variadic: true, Result: "T", Over: ordered,
		Doc:     "The largest of the values: the latest of dates, the longest of durations.",
		Example: `max(1, 7, 3) = 7`,
		Call:    func(args []any) (any, error) { return extreme(args, +1) },
	},
	{
		Name: "round", Params: []string{"number", "number"}, Result: "number",
		Doc:     "The first number rounded to as many decimal places as the second says, from -100 to 100; a half goes away from zero. Negative places round to tens, hundreds and so on.",
		Example: `round(2.345, 2) = 2.35 and round(1250, -2) = 1300`,
		Call:    two(round),
	},
	{
		Name: "floor", Params: []string{"number"}, Result: "number",
		Doc:     "The largest whole number that is not above the number.",
		Example: `floor(2.7) = 2 and floor(-2.7) = -3`,
		Call:    one(func(n num.Number) (any, error) { return n.Floor(), nil }),
	},
	{
		Name: "ceil", Params: []string{"number"}, Result: "number",
		Doc:     "The smallest whole number that is not below the number.",
		Example: `ceil(2.1) = 3 and ceil(-2.1) = -2`,
		Call:    one(func(n num.Number) (any, error) { return n.Ceil(), nil }),
	},
	{
		Name: "remainder", Params: []string{"T", "T"}, Result: "T", Over: measures,
		Doc:     "What is left of the first when the second is taken from it a whole number of times. It has the sign of the first, or is zero. A second of zero is an error.",
		Example: `remainder(7, 3) = 1 and remainder(-7, 3) = -1`,
		Call:    two(remainder),
	},
}

// extreme is the argument furthest in a direction, the first of equal ones.
func extreme(args []any, direction int) (any, error) {
	if len(args) == 0 {
		return nil, errors.New("none of nothing is the smallest or the largest")
	}
	best := args[0]
	for _, a := range args {
		c, err := order(a, best)
		if err != nil {
			return nil, err
		}
		if c*direction > 0 {
			best = a
		}
	}
	return best, nil
}

func round(n, places num.Number) (any, error) {
	p, ok := places.Int64()
	if !ok || p < -100 || p > 100 {
		return nil, errPlaces
	}
	return n.Round(int(p)), nil
}

func remainder(a, b num.Number) (any, error) {
	q, err := a.Div(b)
	if err != nil {
		return nil, err
	}
	whole := q.Floor()
	if q.Sign() < 0 {
		whole = q.Ceil()
	}
	taken, err := whole.Mul(b)
	if err != nil {
		return nil, err
	}
	return a.Sub(taken)
}
