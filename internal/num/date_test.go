package num

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func mustDate(t interface{ Fatal(...any) }, s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Date
	}{
		{"1970-01-01", 0}, {"1970-01-02", 1}, {"1969-12-31", -1}, {"2000-02-29", 11016},
		{"0001-01-01", MinDate}, {"9999-12-31", MaxDate}, {"1993-09-27", 8670},
	} {
		d, err := ParseDate(c.in)
		if err != nil || d != c.want || d.String() != c.in {
			t.Errorf("ParseDate(%s) = %d (%s), %v, want %d", c.in, d, d, err, c.want)
		}
	}
}

func TestParseDateSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2024-02-30", "there is no 30 February"},
		{"2023-02-29", "there is no 29 February 2023: 2023 is no leap year"},
		{"1900-02-29", "there is no 29 February 1900: 1900 is no leap year"},
		{"2023-04-31", "there is no 31 April"},
		{"2023-01-00", "there is no 0 January"},
		{"2023-13-01", "there is no month 13: months are 1 to 12"},
		{"2023-00-01", "there is no month 0: months are 1 to 12"},
		{"0000-01-01", "there is no year 0 here: years are 1 to 9999"},
		{"27.09.1993", `"27.09.1993" is not a date: a date is written year-month-day, as in 1993-09-27`},
		{"", `"" is not a date: a date is written year-month-day, as in 1993-09-27`},
		{"1993-9-27", `"1993-9-27" is not a date: a date is written year-month-day, as in 1993-09-27`},
		{"+993-09-27", `"+993-09-27" is not a date: a date is written year-month-day, as in 1993-09-27`},
		{"1993-09-27T00:00:00Z", `"1993-09-27T00:00:00Z" is not a date: a date is written year-month-day, as in 1993-09-27`},
	} {
		if d, err := ParseDate(c.in); err == nil || err.Error() != c.want {
			t.Errorf("ParseDate(%q) = %s, %v, want the error %s", c.in, d, err, c.want)
		}
	}
}

// TestEveryDay walks all days of the calendar beside package time.
func TestEveryDay(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := MinDate; d <= MaxDate; d++ {
		y, m, day := d.YMD()
		if y != at.Year() || m != int(at.Month()) || day != at.Day() || d.Weekday() != at.Weekday() {
			t.Fatalf("day %d is %d-%d-%d, a %s; want %s, a %s", d, y, m, day, d.Weekday(), at.Format(time.DateOnly), at.Weekday())
		}
		if back, err := MakeDate(y, m, day); err != nil || back != d {
			t.Fatalf("MakeDate(%d, %d, %d) = %d, %v, want %d", y, m, day, back, err, d)
		}
		at = at.AddDate(0, 0, 1)
	}
	if at.Year() != 10000 {
		t.Fatalf("the last day is the one before %s", at)
	}
}

func TestMakeDateExistsAsInTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, m, d := rapid.IntRange(-1, 10001).Draw(t, "y"), rapid.IntRange(-1, 14).Draw(t, "m"), rapid.IntRange(-1, 33).Draw(t, "d")
		at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		exists := y >= 1 && y <= 9999 && at.Year() == y && int(at.Month()) == m && at.Day() == d
		got, err := MakeDate(y, m, d)
		if exists != (err == nil) || exists && int64(got)*86400 != at.Unix() {
			t.Fatalf("MakeDate(%d, %d, %d) = %d, %v", y, m, d, got, err)
		}
	})
}

func TestDateAdd(t *testing.T) {
	for _, c := range []struct{ from, by, want string }{
		{"2024-01-31", "1 month", "2024-02-29"},
		{"2023-01-31", "1 month", "2023-02-28"},
		{"2024-02-29", "1 year", "2025-02-28"},
		{"2024-02-29", "4 years", "2028-02-29"},
		{"2024-03-31", "-1 month", "2024-02-29"},
		{"2024-01-15", "-1 month", "2023-12-15"},
		{"2023-12-31", "2 months", "2024-02-29"},
		{"2024-01-31", "1 month 1 day", "2024-03-01"},
		{"2024-01-31", "30 days", "2024-03-01"},
		{"2024-01-31", "0 days", "2024-01-31"},
		{"2024-05-31", "-1 year -3 months", "2023-02-28"},
		{"0001-01-31", "-0 months", "0001-01-31"},
	} {
		by, err := ParseDuration(c.by)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := mustDate(t, c.from).Add(by); err != nil || got.String() != c.want {
			t.Errorf("%s + %s = %s, %v, want %s", c.from, c.by, got, err, c.want)
		}
	}
	for _, c := range []struct {
		from string
		by   Duration
		want string
	}{
		{"9999-12-31", Duration{Days: 1}, "1 day from 9999-12-31 is beyond the years 1 to 9999"},
		{"9999-12-31", Duration{Months: 1}, "1 month from 9999-12-31 is beyond the years 1 to 9999"},
		{"0001-01-01", Duration{Days: -1}, "-1 day from 0001-01-01 is beyond the years 1 to 9999"},
		{"0001-01-01", Duration{Months: -1}, "-1 month from 0001-01-01 is beyond the years 1 to 9999"},
		{"1970-01-01", Duration{Months: 2147483647, Days: 2147483647}, "178956970 years 7 months 2147483647 days from 1970-01-01 is beyond the years 1 to 9999"},
	} {
		if got, err := mustDate(t, c.from).Add(c.by); err == nil || err.Error() != c.want {
			t.Errorf("%s + %s = %s, %v, want the error %s", c.from, c.by, got, err, c.want)
		}
	}
}

func TestDaysAgainstTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(int32(MinDate), int32(MaxDate)).Draw(t, "d"))
		n := rapid.IntRange(-4_000_000, 4_000_000).Draw(t, "n")
		y, m, day := d.YMD()
		at := time.Date(y, time.Month(m), day+n, 0, 0, 0, 0, time.UTC)
		got, err := d.AddDays(n)
		if inside := at.Year() >= 1 && at.Year() <= 9999; inside != (err == nil) {
			t.Fatalf("%s + %d days = %s, %v; time says %s", d, n, got, err, at)
		}
		if err == nil && (got.String() != at.Format(time.DateOnly) || got.Sub(d) != n) {
			t.Fatalf("%s + %d days = %s, time says %s", d, n, got, at)
		}
	})
}

func TestMonthsClampAndNeverOvershoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(int32(MinDate), int32(MaxDate)).Draw(t, "d"))
		n := rapid.Int32Range(-2000, 2000).Draw(t, "months")
		got, err := d.Add(Duration{Months: n})
		y, m, day := d.YMD()
		first := time.Date(y, time.Month(m)+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1)
		if inside := first.Year() >= 1 && first.Year() <= 9999; inside != (err == nil) {
			t.Fatalf("%s + %d months: %v, time says %s", d, n, err, first)
		}
		want := first.AddDate(0, 0, min(day, last.Day())-1).Format(time.DateOnly)
		if err == nil && got.String() != want {
			t.Fatalf("%s + %d months = %s, want %s", d, n, got, want)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"1993-09-27", "2024-02-29", "2023-02-29", "0000-00-00", "9999-12-31", "1993-9-27", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		at, timeErr := time.Parse(time.DateOnly, s)
		exists := timeErr == nil && at.Year() >= 1
		if exists != (err == nil) {
			t.Fatalf("ParseDate(%q) = %s, %v; time says %v", s, d, err, timeErr)
		}
		if err == nil && (d.String() != s || int64(d)*86400 != at.Unix()) {
			t.Fatalf("ParseDate(%q) = %s", s, d)
		}
	})
}
