package stdlib

import (
	"errors"

	"github.com/ctl-lang/ctl/internal/num"
)

var listFunctions = []Function{
	{
		Name: "count", Params: []string{"list of any"}, Result: "number",
		Doc:     "How many members the list or set has.",
		Example: `count((7, 7, 9)) = 3`,
		Call:    one(func(list []any) (any, error) { return num.Int(int64(len(list))), nil }),
	},
	{
		Name: "sum", Params: []string{"list of T"}, Result: "T", Over: measures,
		Doc:     "The members of the list added up; zero where it is empty.",
		Example: `sum((200 kg, 0.3 t)) = 500 kg`,
		Call:    one(func(list []any) (any, error) { return sum(list) }),
	},
	{
		Name: "average", Params: []string{"list of T"}, Result: "T", Over: measures,
		Doc:     "The sum of the list divided by the number of its members. That of an empty list is an error.",
		Example: `average((1, 2, 6)) = 3`,
		Call:    one(average),
	},
	{
		Name: "smallest", Params: []string{"list of T"}, Result: "T", Over: ordered,
		Doc:     "The smallest member of the list: the earliest of dates, the shortest of durations. That of an empty list is an error.",
		Example: `smallest((3, 1, 2)) = 1`,
		Call:    one(func(list []any) (any, error) { return furthest(list, -1, "smallest") }),
	},
	{
		Name: "largest", Params: []string{"list of T"}, Result: "T", Over: ordered,
		Doc:     "The largest member of the list: the latest of dates, the longest of durations. That of an empty list is an error.",
		Example: `largest((3, 1, 2)) = 3`,
		Call:    one(func(list []any) (any, error) { return furthest(list, +1, "largest") }),
	},
}

func sum(list []any) (num.Number, error) {
	var total num.Number
	for _, v := range list {
		n, ok := v.(num.Number)
		if !ok {
			return num.Number{}, errors.New("only numbers and quantities can be added up, and the list holds " + kindOf(v))
		}
		var err error
		if total, err = total.Add(n); err != nil {
			return num.Number{}, err
		}
	}
	return total, nil
}

func average(list []any) (any, error) {
	if len(list) == 0 {
		return nil, errors.New("an empty list has no average")
	}
	total, err := sum(list)
	if err != nil {
		return nil, err
	}
	return total.Div(num.Int(int64(len(list))))
}

func furthest(list []any, direction int, what string) (any, error) {
	if len(list) == 0 {
		return nil, errors.New("an empty list has no " + what + " member")
	}
	return extreme(list, direction)
}
