package stdlib

import (
	"errors"
	"time"

	"github.com/ctl-lang/ctl/internal/num"
)

var dateFunctions = []Function{
	{
		Name: "year", Params: []string{"date"}, Result: "number",
		Doc:     "The year of the date.",
		Example: `year(1993-09-27) = 1993`,
		Call:    one(func(d num.Date) (any, error) { y, _, _ := d.YMD(); return num.Int(int64(y)), nil }),
	},
	{
		Name: "month", Params: []string{"date"}, Result: "number",
		Doc:     "The month of the date, 1 to 12.",
		Example: `month(1993-09-27) = 9`,
		Call:    one(func(d num.Date) (any, error) { _, m, _ := d.YMD(); return num.Int(int64(m)), nil }),
	},
	{
		Name: "day", Params: []string{"date"}, Result: "number",
		Doc:     "The day of the month of the date, 1 to 31.",
		Example: `day(1993-09-27) = 27`,
		Call:    one(func(d num.Date) (any, error) { _, _, day := d.YMD(); return num.Int(int64(day)), nil }),
	},
	{
		Name: "weekday", Params: []string{"date"}, Result: "text",
		Doc:     "The day of the week: Monday, Tuesday, Wednesday, Thursday, Friday, Saturday or Sunday.",
		Example: `weekday(1993-09-27) = "Monday"`,
		Call:    one(func(d num.Date) (any, error) { return d.Weekday().String(), nil }),
	},
	{
		Name: "days_between", Params: []string{"date", "date"}, Result: "number",
		Doc:     "How many days after the first date the second is; negative where it is before.",
		Example: `days_between(2024-02-01, 2024-03-01) = 29`,
		Call:    two(func(a, b num.Date) (any, error) { return num.Int(int64(b.Sub(a))), nil }),
	},
	{
		Name: "months_between", Params: []string{"date", "date"}, Result: "number",
		Doc: "How many full months after the first date the second is; negative where it is before. A month is full on the same day of the next month, " +
			"or on its last day where it has no such day.",
		Example: `months_between(2024-01-31, 2024-02-29) = 1 and months_between(2024-01-15, 2024-03-14) = 1`,
		Call:    two(func(a, b num.Date) (any, error) { return num.Int(int64(monthsBetween(a, b))), nil }),
	},
	{
		Name: "years_between", Params: []string{"date", "date"}, Result: "number",
		Doc:     "How many full years after the first date the second is, as one counts somebody's age; negative where it is before. Whoever was born on 29 February is a year older on 28 February of a common year.",
		Example: `years_between(2006-05-20, 2024-05-19) = 17`,
		Call:    two(func(a, b num.Date) (any, error) { return num.Int(int64(monthsBetween(a, b) / 12)), nil }),
	},
	{
		Name: "date_of", Params: []string{"number", "number", "number"}, Result: "date",
		Doc:     "The date of a year, a month and a day of the month. A day that does not exist is an error.",
		Example: `date_of(1993, 9, 27) = 1993-09-27`,
		Call:    three(dateOf),
	},
	{
		Name: "start_of_month", Params: []string{"date"}, Result: "date",
		Doc:     "The first day of the date's month.",
		Example: `start_of_month(2024-02-10) = 2024-02-01`,
		Call:    one(func(d num.Date) (any, error) { return startOfMonth(d), nil }),
	},
	{
		Name: "end_of_month", Params: []string{"date"}, Result: "date",
		Doc:     "The last day of the date's month.",
		Example: `end_of_month(2024-02-10) = 2024-02-29`,
		Call:    one(endOfMonth),
	},
	{
		Name: "add_workdays", Params: []string{"date", "number"}, Result: "date",
		Doc: "The date so many working days later, or earlier where the number is negative. Working days are Monday to Friday; public holidays are not known. " +
			"With 0 it is the date itself.",
		Example: `add_workdays(2024-03-01, 1) = 2024-03-04`,
		Call:    two(addWorkdays),
	},
	{
		Name: "workdays_between", Params: []string{"date", "date"}, Result: "number",
		Doc: "How many working days, Monday to Friday, there are after the first date up to and with the second; " +
			"negative where the second is before the first. Public holidays are not known.",
		Example: `workdays_between(2024-03-01, 2024-03-08) = 5`,
		Call:    two(func(a, b num.Date) (any, error) { return num.Int(int64(workdaysBetween(a, b))), nil }),
	},
}

// monthsBetween is the largest n such that a and n months is not after b; for
// b before a it is the count from b to a, negative.
func monthsBetween(a, b num.Date) int {
	if b < a {
		return -monthsBetween(b, a)
	}
	ay, am, _ := a.YMD()
	by, bm, _ := b.YMD()
	n := 12*(by-ay) + bm - am
	if reached, err := a.Add(num.Duration{Months: int32(n)}); err != nil || reached > b {
		n--
	}
	return n
}

func dateOf(y, m, d num.Number) (any, error) {
	var parts [3]int
	for i, n := range []num.Number{y, m, d} {
		whole, ok := n.Int64()
		if !ok || whole != int64(int32(whole)) {
			return nil, errors.New("the year, the month and the day of a date are whole numbers, and " + n.String() + " is none that could be one")
		}
		parts[i] = int(whole)
	}
	return num.MakeDate(parts[0], parts[1], parts[2])
}

func startOfMonth(d num.Date) num.Date {
	_, _, day := d.YMD()
	return d - num.Date(day-1)
}

func endOfMonth(d num.Date) (any, error) {
	y, m, _ := d.YMD()
	for day := 31; ; day-- { // ends: every month has a day 28
		if last, err := num.MakeDate(y, m, day); err == nil || day <= 28 {
			return last, err
		}
	}
}

func addWorkdays(d num.Date, number num.Number) (any, error) {
	if !number.IsInt() {
		return nil, errors.New("the number of working days must be whole")
	}
	if number.Sign() == 0 {
		return d, nil
	}
	n, ok := number.Int64()
	if !ok || n > int64(num.MaxDate-num.MinDate) || n < -int64(num.MaxDate-num.MinDate) {
		return nil, errors.New("so many working days lead beyond the years 1 to 9999")
	}
	// Whole weeks first, then the rest, which may lead across a weekend.
	from := workdayBeside(d, n < 0)
	days, rest := 7*int(n/5), int(n%5)
	switch at := int(from.Weekday()-time.Monday) + rest; {
	case at > 4:
		rest += 2
	case at < 0:
		rest -= 2
	}
	return from.AddDays(days + rest)
}

// workdayBeside is d, or where d is on a weekend the Friday before or the Monday after it.
func workdayBeside(d num.Date, after bool) num.Date {
	step := num.Date(-1)
	if after {
		step = 1
	}
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d += step
	}
	return d
}

// workdaysBetween counts the working days after a up to and with b.
func workdaysBetween(a, b num.Date) int { return workdaysUntil(b) - workdaysUntil(a) }

// workdaysUntil counts the working days from a Monday before every date up to and with d.
func workdaysUntil(d num.Date) int {
	const monday = num.MinDate // 0001-01-01 was one
	days := d.Sub(monday) + 1
	return days/7*5 + min(days%7, 5)
}
