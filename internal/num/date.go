package num

import (
	"fmt"
	"time"
)

// Date is a day: the number of days since 1970-01-01 in the proleptic
// Gregorian calendar, years 1 to 9999. The zero value is 1970-01-01. Dates are
// compared with < and ==.
type Date int32

// The first and the last Date there is.
const (
	MinDate Date = -719162 // 0001-01-01
	MaxDate Date = 2932896 // 9999-12-31
)

// ParseDate reads YYYY-MM-DD. The error is a sentence that says what is wrong
// with the day.
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' || !allDigits(s[:4]) || !allDigits(s[5:7]) || !allDigits(s[8:]) {
		return 0, fmt.Errorf("%s is not a date: a date is written year-month-day, as in 1993-09-27", quote(s))
	}
	return MakeDate(int(digitsValue(s[:4], 0)), int(digitsValue(s[5:7], 0)), int(digitsValue(s[8:], 0)))
}

// MakeDate is the day d of the month m of the year y, or an error that says why there is none.
func MakeDate(y, m, d int) (Date, error) {
	switch {
	case y < 1 || y > 9999:
		return 0, fmt.Errorf("there is no year %d here: years are 1 to 9999", y)
	case m < 1 || m > 12:
		return 0, fmt.Errorf("there is no month %d: months are 1 to 12", m)
	case m == 2 && d == 29 && !leap(y):
		return 0, fmt.Errorf("there is no 29 February %d: %d is no leap year", y, y)
	case d < 1 || d > longestMonth(m):
		return 0, fmt.Errorf("there is no %d %s", d, time.Month(m))
	}
	return fromCivil(y, m, d), nil
}

// YMD is the year, the month (1 to 12) and the day of the month.
func (d Date) YMD() (year, month, day int) {
	// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
	// civil_from_days. Years there begin in March, which puts the leap day last.
	z := int(d) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = mp + 3
	if month > 12 {
		month -= 12
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

// String is YYYY-MM-DD.
func (d Date) String() string {
	y, m, day := d.YMD()
	b := [10]byte{
		byte('0' + y/1000%10), byte('0' + y/100%10), byte('0' + y/10%10), byte('0' + y%10), '-',
		byte('0' + m/10), byte('0' + m%10), '-', byte('0' + day/10), byte('0' + day%10),
	}
	return string(b[:])
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(((int(d)+4)%7 + 7) % 7) // 1970-01-01 was a Thursday
}

// AddDays is the day n days later, or earlier where n is negative. Beyond the
// years 1 to 9999 it is an error.
func (d Date) AddDays(n int) (Date, error) {
	if n < int(MinDate)-int(d) || n > int(MaxDate)-int(d) {
		return 0, fmt.Errorf("%s from %s is beyond the years 1 to 9999", amount(n, "day"), d)
	}
	return d + Date(n), nil
}

// Add is the day a duration later: its months first, then its days. Where the
// month reached has no such day it is the month's last: a month after
// 2024-01-31 is 2024-02-29. Beyond the years 1 to 9999 it is an error.
func (d Date) Add(by Duration) (Date, error) {
	y, m, day := d.YMD()
	months := 12*y + m - 1 + int(by.Months)
	y, m = floorDiv(months, 12), months-12*floorDiv(months, 12)+1
	if y < 1 || y > 9999 {
		return 0, fmt.Errorf("%s from %s is beyond the years 1 to 9999", by, d)
	}
	return fromCivil(y, m, min(day, daysIn(y, m))).AddDays(int(by.Days))
}

// Sub is the number of days from e to d: negative where d is the earlier.
func (d Date) Sub(e Date) int { return int(d) - int(e) }

// fromCivil is days_from_civil of the same source as YMD, for a day that exists.
func fromCivil(y, m, d int) Date {
	if m <= 2 {
		y--
		m += 12
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return Date(era*146097 + doe - 719468)
}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

// longestMonth is how many days the month has in some year.
func longestMonth(m int) int { return daysIn(2000, m) }

func daysIn(y, m int) int {
	switch m {
	case 2:
		if leap(y) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// floorDiv rounds down; b is positive.
func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
