package num

import "fmt"

// ParseDays reads a day as far as it is known: YYYY-MM-DD, a month as YYYY-MM or a year as
// YYYY. It gives the first and the last day that it may be.
func ParseDays(s string) (first, last Date, err error) {
	switch {
	case len(s) == 4 && allDigits(s):
		y := int(digitsValue(s, 0))
		if first, err = MakeDate(y, 1, 1); err != nil {
			return 0, 0, err
		}
		last, err = MakeDate(y, 12, 31)
	case len(s) == 7 && s[4] == '-' && allDigits(s[:4]) && allDigits(s[5:]):
		y, m := int(digitsValue(s[:4], 0)), int(digitsValue(s[5:], 0))
		if first, err = MakeDate(y, m, 1); err != nil {
			return 0, 0, err
		}
		last, err = MakeDate(y, m, daysIn(y, m))
	case len(s) == len("1993-09-27"):
		first, err = ParseDate(s)
		last = first
	default:
		err = fmt.Errorf("%s is not a date: a date is written year-month-day, as in 1993-09-27, or as far as it is known, as in 1993-09 or 1993", quote(s))
	}
	return first, last, err
}
