// Package num holds the values below everybody: exact numbers, dates,
// durations and dimensions. It imports nothing of the project and knows
// nothing of the language.
//
// A Number is an exact rational, so that 1.1 km = 1100 m holds and 1/3 * 3 is
// 1. What fits a fraction of two 64-bit integers is computed without
// allocating; beyond that math/big takes over, up to 4,096 bits.
//
//	price, err := num.Parse("12.50")
//	if err != nil { ... }
//	total, err := price.Mul(num.Int(3))    // err: too large
//	share, err := total.Div(num.Int(7))    // err: division by zero
//	share.Cmp(num.Ratio(5, 1))             // +1, without allocating
//	share.Round(2).String()                // "5.36"
//
// A Date is a day of the proleptic Gregorian calendar, without a time and
// without a zone. A Duration is a number of months and a number of days, kept
// apart because no number of days is a month:
//
//	d, err := num.ParseDate("2024-01-31")
//	month, err := num.ParseDuration("1 month")
//	d, err = d.Add(month)                  // 2024-02-29
//
// A Dim is the canonical text of a product of base dimensions, "length/time",
// and is compared with ==.
package num
