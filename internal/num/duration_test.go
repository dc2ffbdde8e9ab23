package num

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseDuration(t *testing.T) {
	for _, c := range []struct {
		in     string
		want   Duration
		string string
	}{
		{"30 days", Duration{0, 30}, "30 days"},
		{"1 day", Duration{0, 1}, "1 day"},
		{"2 weeks", Duration{0, 14}, "14 days"},
		{"1 year", Duration{12, 0}, "1 year"},
		{"1 year 2 months", Duration{14, 0}, "1 year 2 months"},
		{"14 months", Duration{14, 0}, "1 year 2 months"},
		{"1 year 3 days", Duration{12, 3}, "1 year 3 days"},
		{"0.5 years", Duration{6, 0}, "6 months"},
		{"0.5 years 1 week", Duration{6, 7}, "6 months 7 days"},
		{"-1 month", Duration{-1, 0}, "-1 month"},
		{"-1 year -2 months 3 days", Duration{-14, 3}, "-1 year -2 months 3 days"},
		{"0 days", Duration{}, "0 days"},
		{"  1   week ", Duration{0, 7}, "7 days"},
		{"100000 years", Duration{1_200_000, 0}, "100000 years"},
	} {
		d, err := ParseDuration(c.in)
		if err != nil || d != c.want || d.String() != c.string {
			t.Errorf("ParseDuration(%q) = %#v (%s), %v, want %#v (%s)", c.in, d, d, err, c.want, c.string)
		}
	}
	for _, c := range []struct{ in, want string }{
		{"", `"" is not a duration such as 30 days or 1 year 2 months`},
		{"30", `"30" is not a duration such as 30 days or 1 year 2 months`},
		{"30days", `"30days" is not a duration such as 30 days or 1 year 2 months`},
		{"days 30", `"days" is not a number such as 12, 12.5 or -3`},
		{"30 hours", `"hours" is not a unit of duration: there are days, weeks, months and years`},
		{"0.5 months", "0.5 months is not a whole number of days or months"},
		{"1.1 years", "1.1 years is not a whole number of days or months"},
		{"100001 years", "a duration is at most 100000 years"},
		{"100000 years 1 month", "a duration is at most 100000 years"},
		{"99999999999999999999 days", "a duration is at most 100000 years"},
	} {
		if d, err := ParseDuration(c.in); err == nil || err.Error() != c.want {
			t.Errorf("ParseDuration(%q) = %s, %v, want the error %s", c.in, d, err, c.want)
		}
	}
}

func TestDurationOf(t *testing.T) {
	for _, c := range []struct {
		n    Number
		unit string
		want Duration
		ok   bool
	}{
		{Int(2), "weeks", Duration{0, 14}, true},
		{Ratio(3, 2), "years", Duration{18, 0}, true},
		{Ratio(3, 7), "weeks", Duration{0, 3}, true},
		{Int(-90), "days", Duration{0, -90}, true},
		{Ratio(1, 2), "day", Duration{}, false},
		{Int(1), "km", Duration{}, false},
		{Int(1), "", Duration{}, false},
		{Int(1 << 40), "days", Duration{}, false},
		{Int(-1 << 40), "months", Duration{}, false},
	} {
		if got, ok := DurationOf(c.n, c.unit); ok != c.ok || got != c.want {
			t.Errorf("DurationOf(%s, %q) = %#v, %v, want %#v, %v", c.n, c.unit, got, ok, c.want, c.ok)
		}
	}
	for word, want := range map[string]bool{"day": true, "days": true, "week": true, "months": true, "year": true, "h": false, "Days": false, "": false} {
		if IsDurationUnit(word) != want {
			t.Errorf("IsDurationUnit(%q) = %v", word, !want)
		}
	}
}

func TestDurationCmp(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"12 months", "365 days", 0}, {"1 month", "30 days", 1}, {"1 month", "31 days", -1},
		{"2 months", "61 days", -1}, {"1 year", "366 days", -1}, {"-1 month", "0 days", -1}, {"1 year", "52 weeks", 1},
		{"100000 years", "100000 years", 0},
	} {
		a, err := ParseDuration(c.a)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ParseDuration(c.b)
		if err != nil {
			t.Fatal(err)
		}
		if a.Cmp(b) != c.want || b.Cmp(a) != -c.want {
			t.Errorf("%s against %s = %d, want %d", a, b, a.Cmp(b), c.want)
		}
	}
}

func TestDurationLaws(t *testing.T) {
	duration := rapid.Custom(func(t *rapid.T) Duration {
		return Duration{rapid.Int32Range(-maxMonths, maxMonths).Draw(t, "months"), rapid.Int32Range(-maxDays, maxDays).Draw(t, "days")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := duration.Draw(t, "a"), duration.Draw(t, "b")
		if back, err := ParseDuration(a.String()); err != nil || back != a {
			t.Fatalf("%s reads back as %s, %v", a, back, err)
		}
		zero, err := a.Add(a.Neg())
		if err != nil || zero != (Duration{}) {
			t.Fatalf("%s less itself is %s, %v", a, zero, err)
		}
		sum, err := a.Add(b)
		if err != nil {
			return
		}
		if c, err := b.Add(a); err != nil || c != sum {
			t.Fatalf("%s + %s = %s, the other way round %s", a, b, sum, c)
		}
		if sum.Cmp(a) != b.Cmp(Duration{}) {
			t.Fatalf("%s + %s = %s compares wrongly", a, b, sum)
		}
	})
}
