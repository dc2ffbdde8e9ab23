package lang

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/ctl-lang/ctl/lang/code"
)

// A date as other places write it: 03/31/2020, 31.03.2020, 2020/03/31, 31 March 2020,
// March 31, 2020. Its year has four digits, so that no sum looks like one.
var foreignDate = regexp.MustCompile(`^(?:(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4})|(\d{4})[/.](\d{1,2})[/.](\d{1,2})` +
	`|(\d{1,2})(?:st|nd|rd|th)?[ .-]{1,2}(?:of )?([A-Za-z]{3,9})[ .,-]{1,2}(\d{4})|([A-Za-z]{3,9})[ .]{1,2}(\d{1,2})(?:st|nd|rd|th)?[ ,]{1,2}(\d{4}))\b`)

// Further forms that stand alone, where a fact's value is read.
var dateAlone = regexp.MustCompile(`^(\d{4})-?(\d{1,2})-?(\d{1,2})(?:[T ][0-9:.,]+(?:Z|[+-][0-9:]+)?)?$`)

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// monthOf is the number of a month by its English name or the first letters of it; 0 of
// other words.
func monthOf(word string) int {
	if len(word) < 3 {
		return 0
	}
	word = strings.ToLower(word)
	for i, name := range months {
		if name == word || len(word) <= 4 && strings.HasPrefix(name, word) {
			return i + 1
		}
	}
	return 0
}

// DateReadings are the days that a text may mean which is a date otherwise than the
// language writes it, each as year-month-day: one where day and month can be told apart,
// two where they cannot (03/04/2020), none where the text is no date.
func DateReadings(text string) []string {
	text = strings.Trim(strings.TrimSpace(text), `"`)
	if m := dateAlone.FindStringSubmatch(text); m != nil {
		return days(day(m[1], atoi(m[2]), m[3]))
	}
	readings, length := dateAt(text)
	if length != len(text) {
		return nil
	}
	return readings
}

var (
	monthOnly = regexp.MustCompile(`^\d{4} ?[-/.] ?(?:0?[1-9]|1[0-2])$`)
	shortYear = regexp.MustCompile(`^\d{1,2} ?([-/.]) ?\d{1,2} ?([-/.]) ?\d{2}$`)
)

// HalfDate says what a text lacks that is nearly a date, such as 2020-03 or 12/31/99; "" of others.
func HalfDate(text string) string {
	switch {
	case monthOnly.MatchString(text):
		return "a date has a day too, as in 2020-03-01; `year(d)` and `month(d)` are those of a date"
	case shortYear.MatchString(text):
		return "a date is written year-month-day, and its year has four digits, as in 1999-12-31"
	}
	return ""
}

// dateAt is how many bytes of a text, from its beginning, are such a date, and what days
// it may mean: none where there is no such day.
func dateAt(text string) (readings []string, length int) {
	m := foreignDate.FindStringSubmatch(text)
	switch {
	case m == nil || m[2] != m[4]:
		return nil, 0
	case m[6] != "":
		return days(day(m[6], atoi(m[7]), m[8])), len(m[0])
	case m[10] != "":
		if monthOf(m[10]) == 0 {
			return nil, 0
		}
		return days(day(m[11], monthOf(m[10]), m[9])), len(m[0])
	case m[12] != "":
		if monthOf(m[12]) == 0 {
			return nil, 0
		}
		return days(day(m[14], monthOf(m[12]), m[13])), len(m[0])
	}
	return days(day(m[5], atoi(m[1]), m[3]), day(m[5], atoi(m[3]), m[1])), len(m[0])
}

// day is a date as the language writes it; "" where there is no such day.
func day(year string, month int, day string) string {
	y, d := atoi(year), atoi(day)
	if y == 0 || month < 1 || month > 12 || d < 1 || d > daysIn(y, month) {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, month, d)
}

// days leaves out what is no day, and what stands there twice.
func days(list ...string) []string {
	var out []string
	for _, d := range list {
		if d != "" && (len(out) == 0 || out[0] != d) {
			out = append(out, d)
		}
	}
	return out
}

// foreignDate reads a date that is written as elsewhere and reports it; false where none
// begins at start. What follows an operator is part of a sum.
func (s *scanner) foreignDate(start int) bool {
	if n := len(s.tokens); n > 0 && (s.tokens[n-1].sym == symSlash || s.tokens[n-1].sym == symStar || s.tokens[n-1].sym == symPlus || s.tokens[n-1].sym == symMinus) {
		return false
	}
	if !s.dateSeemsToBegin(start) {
		return false
	}
	readings, length := dateAt(s.text[start:min(start+40, len(s.text))])
	if length == 0 {
		return false
	}
	s.pos = start + length
	written := s.text[start:s.pos]
	switch len(readings) {
	case 0:
		s.add(code.ForeignDate, s.span(start), "there is no day %s; a date is written year-month-day, as in 1993-09-27", written)
	case 1:
		s.add(code.ForeignDate, s.span(start), "a date is written year-month-day").fix(s.span(start), readings[0], "did you mean `%s`?", readings[0])
	default:
		s.add(code.ForeignDate, s.span(start), "a date is written year-month-day: is this `%s` or `%s`?", readings[0], readings[1])
	}
	s.emit(dateToken, noSymbol, start)
	return true
}

// dateSeemsToBegin looks at a few bytes, since it is asked of every number.
func (s *scanner) dateSeemsToBegin(start int) bool {
	i := start
	if !isDigit(s.at(i)) { // a month's name, which has been found
		return true
	}
	for isDigit(s.at(i)) {
		i++
	}
	switch c := s.at(i); {
	case i-start != 1 && i-start != 2 && i-start != 4:
		return false
	case c == '/', c == '.', c == '-' && i-start < 4:
		i++
		for isDigit(s.at(i)) {
			i++
		}
		return s.at(i) == c && isDigit(s.at(i+1)) || i-start < 5 && byteClasses[s.at(i)] == letterByte
	case i-start == 4:
		return false
	case c == ' ' || byteClasses[c] == letterByte:
		for n := 0; n < 6 && (s.at(i) == ' ' || byteClasses[s.at(i)] == letterByte); n++ {
			if len(s.text) >= i+3 && monthOf(s.text[i:i+3]) > 0 {
				return true
			}
			i++
		}
	}
	return false
}
