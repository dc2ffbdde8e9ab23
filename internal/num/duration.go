package num

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// Duration is a number of months and a number of days, which are kept apart
// because months differ in length. A year is 12 months and a week is 7 days.
// The zero value is no time at all.
type Duration struct{ Months, Days int32 }

// MaxYears bounds a Duration either way: MaxYears years of months and as many
// of days, more than any two Dates are apart.
const MaxYears = 100_000

const (
	maxMonths = 12 * MaxYears
	maxDays   = 366 * MaxYears
)

var errDurationTooLong = fmt.Errorf("a duration is at most %d years", MaxYears)

// The units of a Duration, by every word there is for one.
var durationUnits = map[string]Duration{
	"day": {0, 1}, "days": {0, 1},
	"week": {0, 7}, "weeks": {0, 7},
	"month": {1, 0}, "months": {1, 0},
	"year": {12, 0}, "years": {12, 0},
}

// IsDurationUnit says whether a word is day, week, month, year or the plural of one.
func IsDurationUnit(word string) bool {
	_, ok := durationUnits[word]
	return ok
}

// DurationOf is n of a unit: day, week, month, year or their plurals. It is
// not ok where the word is none of them (IsDurationUnit tells), where the
// amount is not a whole number of days or months (half a year is, half a month
// is not), or where it is longer than MaxYears.
func DurationOf(n Number, unit string) (Duration, bool) {
	of, ok := durationUnits[unit]
	if !ok {
		return Duration{}, false
	}
	n, err := n.Mul(Int(int64(of.Months + of.Days))) // one of the two is 0
	if err != nil {
		return Duration{}, false
	}
	i, ok := n.Int64()
	switch {
	case ok && of.Months != 0 && -maxMonths <= i && i <= maxMonths:
		return Duration{Months: int32(i)}, true
	case ok && of.Days != 0 && -maxDays <= i && i <= maxDays:
		return Duration{Days: int32(i)}, true
	}
	return Duration{}, false
}

// ParseDuration reads amounts and units in turn: "30 days", "2 weeks",
// "1 year 2 months", "-1 month".
func ParseDuration(s string) (Duration, error) {
	words := strings.Fields(s)
	if len(words) == 0 || len(words)%2 != 0 {
		return Duration{}, fmt.Errorf("%s is not a duration such as 30 days or 1 year 2 months", quote(s))
	}
	var sum Duration
	for i := 0; i < len(words); i += 2 {
		part, err := parsePart(words[i], words[i+1])
		if err == nil {
			sum, err = sum.Add(part)
		}
		if err != nil {
			return Duration{}, err
		}
	}
	return sum, nil
}

func parsePart(number, unit string) (Duration, error) {
	n, err := Parse(number)
	if err != nil {
		return Duration{}, err
	}
	if !IsDurationUnit(unit) {
		return Duration{}, fmt.Errorf("%s is not a unit of duration: there are days, weeks, months and years", quote(unit))
	}
	d, ok := DurationOf(n, unit)
	if !ok {
		whole, err := n.Mul(Int(int64(durationUnits[unit].Months + durationUnits[unit].Days)))
		if err == nil && whole.IsInt() {
			return Duration{}, errDurationTooLong
		}
		return Duration{}, fmt.Errorf("%s %s is not a whole number of days or months", number, unit)
	}
	return d, nil
}

// Add is the two one after the other, or an error where that is beyond MaxYears.
func (d Duration) Add(e Duration) (Duration, error) {
	months, days := int64(d.Months)+int64(e.Months), int64(d.Days)+int64(e.Days)
	if months < -maxMonths || months > maxMonths || days < -maxDays || days > maxDays {
		return Duration{}, errDurationTooLong
	}
	return Duration{int32(months), int32(days)}, nil
}

// Neg is the duration backwards.
func (d Duration) Neg() Duration { return Duration{-d.Months, -d.Days} }

// Cmp is -1 where d is shorter than e, 0 where they are as long and +1 where it
// is longer. For this comparison, and for nothing else, a month counts as
// 365/12 days, so that 12 months = 365 days: two durations may be as long here
// and yet lead from one day to two different ones.
func (d Duration) Cmp(e Duration) int { return cmp.Compare(d.twelfths(), e.twelfths()) }

// twelfths of a day in a duration, a month being 365 of them.
func (d Duration) twelfths() int64 { return 365*int64(d.Months) + 12*int64(d.Days) }

// String is years, months and days, without those that are 0: "1 year 3 days".
// ParseDuration reads it back.
func (d Duration) String() string {
	var parts []string
	for _, p := range []struct {
		n    int32
		unit string
	}{{d.Months / 12, "year"}, {d.Months % 12, "month"}, {d.Days, "day"}} {
		if p.n != 0 {
			parts = append(parts, amount(int(p.n), p.unit))
		}
	}
	if parts == nil {
		return "0 days"
	}
	return strings.Join(parts, " ")
}

// amount is "1 day", "2 days", "-1 day".
func amount(n int, unit string) string {
	if n == 1 || n == -1 {
		return strconv.Itoa(n) + " " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}
