package num

import "testing"

func TestParseDays(t *testing.T) {
	for _, x := range []struct{ text, first, last, err string }{
		{"1995", "1995-01-01", "1995-12-31", ""},
		{"1996-02", "1996-02-01", "1996-02-29", ""},
		{"1996-02-03", "1996-02-03", "1996-02-03", ""},
		{"1996-13", "", "", "there is no month 13: months are 1 to 12"},
		{"0000", "", "", "there is no year 0 here: years are 1 to 9999"},
		{"1996-02-30", "", "", "there is no 30 February"},
		{"95", "", "", `"95" is not a date: a date is written year-month-day, as in 1993-09-27, or as far as it is known, as in 1993-09 or 1993`},
	} {
		first, last, err := ParseDays(x.text)
		switch {
		case err != nil && err.Error() != x.err, err == nil && x.err != "":
			t.Errorf("%s: %v, want %q", x.text, err, x.err)
		case err == nil && (first.String() != x.first || last.String() != x.last):
			t.Errorf("%s: %s to %s", x.text, first, last)
		}
	}
}
