package num

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Moment is an instant, to the nanosecond, and how far ahead of UTC the clock was by which it is
// written. Moments are compared by Cmp, which looks at the instant alone.
type Moment struct {
	seconds int64 // since 1970-01-01T00:00:00Z
	nanos   int32
	offset  int32 // seconds
}

// The first and the last Moment there is: those that have a date in every zone.
var (
	MinMoment = Moment{seconds: int64(MinDate+1) * secondsOfDay}
	MaxMoment = Moment{seconds: int64(MaxDate)*secondsOfDay - 1, nanos: nanosOfSecond - 1}
)

const (
	secondsOfDay  = 86_400
	nanosOfSecond = 1_000_000_000
)

func mistaken(meant, format string, args ...any) error {
	return &Mistake{Says: fmt.Sprintf(format, args...), Meant: meant}
}

// ParseMoment reads what RFC 3339 writes: 2026-11-29T18:42:00+01:00.
func ParseMoment(text string) (Moment, error) {
	s := text
	if len(s) > 10 && (s[10] == 't' || s[10] == ' ') {
		s = s[:10] + "T" + s[11:]
	}
	if len(s) < 11 || s[10] != 'T' {
		if _, err := ParseDate(text); err == nil {
			return Moment{}, mistaken("", "%s is a day, and a moment has a time too, as in %sT09:00:00Z", text, text)
		}
		return Moment{}, mistaken("", "%s is no moment such as 2026-11-29T18:42:00+01:00", quote(text))
	}
	day, err := ParseDate(s[:10])
	if err != nil {
		return Moment{}, err
	}
	clock, zone := s[11:], ""
	if i := strings.IndexAny(clock, "Zz+-"); i >= 0 {
		clock, zone = clock[:i], clock[i:]
	}
	if strings.Count(clock, ":") == 1 && zone != "" {
		if _, err := ParseTimeOfDay(clock); err == nil {
			return Moment{}, mistaken(s[:11]+clock+":00"+zone, "a moment has seconds, as in %s%s:00%s", s[:11], clock, zone)
		}
	}
	at, err := ParseTimeOfDay(clock)
	if err != nil {
		if strings.HasPrefix(clock, "24:00") {
			if next, e := day.AddDays(1); e == nil {
				meant := next.String() + "T00" + clock[2:] + zone
				return Moment{}, mistaken(meant, "a day ends before 24:00; its end is the beginning of the next one, %s", meant)
			}
		}
		return Moment{}, err
	}
	offset, err := parseOffset(s[:11]+clock, zone)
	if err != nil {
		return Moment{}, err
	}
	m := Moment{seconds: int64(day)*secondsOfDay + int64(at)/nanosOfSecond - int64(offset), nanos: int32(int64(at) % nanosOfSecond), offset: offset}
	if m.Cmp(MinMoment) < 0 || m.Cmp(MaxMoment) > 0 {
		return Moment{}, mistaken("", "%s lies outside the years 1 to 9999 in some zone: moments are %s to %s", text, MinMoment, MaxMoment)
	}
	return m, nil
}

// parseOffset reads Z or +01:00 behind a day and a time.
func parseOffset(before, zone string) (seconds int32, err error) {
	switch {
	case zone == "":
		return 0, mistaken("", "%s says by which clock: a moment ends in Z, for UTC, or in how far the clock is ahead of it, as in %s+01:00", before, before)
	case zone == "Z" || zone == "z":
		return 0, nil
	}
	digits := zone[1:]
	switch {
	case len(digits) == 2 && allDigits(digits):
		return 0, mistaken(before+zone+":00", "the offset from UTC has minutes: %s:00", zone)
	case len(digits) == 4 && allDigits(digits):
		meant := zone[:3] + ":" + zone[3:]
		return 0, mistaken(before+meant, "the offset from UTC is written %s", meant)
	case len(digits) != 5 || digits[2] != ':' || !allDigits(digits[:2]) || !allDigits(digits[3:]) || digits[:2] > "23" || digits[3:] > "59":
		return 0, mistaken("", "`%s` is no offset from UTC such as +01:00, or Z for none", zone)
	}
	seconds = int32(digitsValue(digits[:2], 0)*60+digitsValue(digits[3:], 0)) * 60
	if zone[0] == '-' {
		seconds = -seconds
	}
	return seconds, nil
}

// MomentOf is the moment of a time.Time, by the clock of its location.
func MomentOf(t time.Time) (Moment, error) {
	_, offset := t.Zone()
	m := Moment{t.Unix(), int32(t.Nanosecond()), int32(offset)}
	if m.Cmp(MinMoment) < 0 || m.Cmp(MaxMoment) > 0 {
		return Moment{}, mistaken("", "%s lies outside the years 1 to 9999 in some zone", t.Format(time.RFC3339Nano))
	}
	return m, nil
}

// Time is the moment as a time.Time, by the clock by which it is written.
func (m Moment) Time() time.Time {
	t := time.Unix(m.seconds, int64(m.nanos)).UTC()
	if m.offset == 0 {
		return t
	}
	return t.In(time.FixedZone("", int(m.offset)))
}

// Cmp is negative where m comes before n.
func (m Moment) Cmp(n Moment) int {
	return cmp.Or(cmp.Compare(m.seconds, n.seconds), cmp.Compare(m.nanos, n.nanos))
}

// String is as RFC 3339 writes it. The clocks of long ago that differ from UTC by seconds, which that
// cannot write, are left aside for UTC.
func (m Moment) String() string {
	if m.offset%60 != 0 {
		m.offset = 0
	}
	return m.Time().Format(time.RFC3339Nano)
}

// Add is so many nanoseconds later, or earlier; false beyond the first and the last.
func (m Moment) Add(nanos int64) (Moment, bool) {
	return m.AddSeconds(floorDiv64(nanos, nanosOfSecond), nanos-floorDiv64(nanos, nanosOfSecond)*nanosOfSecond)
}

// AddSeconds is so many seconds, and less than a second of nanoseconds, later.
func (m Moment) AddSeconds(seconds, nanos int64) (Moment, bool) {
	if most := int64(MaxDate-MinDate) * secondsOfDay; seconds > most || seconds < -most {
		return m, false
	}
	n := int64(m.nanos) + nanos
	m.seconds += seconds + n/nanosOfSecond
	m.nanos = int32(n % nanosOfSecond)
	return m, m.Cmp(MinMoment) >= 0 && m.Cmp(MaxMoment) <= 0
}

// Seconds are those since the beginning of 1970 in UTC, and the nanoseconds behind them.
func (m Moment) Seconds() (seconds, nanos int64) { return m.seconds, int64(m.nanos) }

// By is the moment as a clock shows it that is so many seconds ahead of UTC.
func (m Moment) By(offset int) Moment {
	m.offset = int32(offset)
	return m
}

// Local are the day and the time of day that the clock shows by which the moment is written.
func (m Moment) Local() (Date, TimeOfDay) {
	at := m.seconds + int64(m.offset)
	day := floorDiv64(at, secondsOfDay)
	return Date(day), TimeOfDay((at-day*secondsOfDay)*nanosOfSecond + int64(m.nanos))
}

func floorDiv64(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// TimeOfDay is what a clock shows: nanoseconds since its midnight.
type TimeOfDay int64

// MaxTimeOfDay is the last one of a day.
const MaxTimeOfDay TimeOfDay = secondsOfDay*nanosOfSecond - 1

// ParseTimeOfDay reads 09:00, 09:00:30 or 09:00:30.5.
func ParseTimeOfDay(text string) (TimeOfDay, error) {
	parts := strings.SplitN(text, ":", 4)
	if len(parts) == 1 || len(parts) > 3 {
		return 0, mistaken("", "%s is no time of day such as 09:00", quote(text))
	}
	fraction := ""
	if len(parts) == 3 {
		parts[2], fraction, _ = strings.Cut(parts[2], ".")
		if strings.HasSuffix(text, ".") {
			return 0, mistaken("", "%s is no time of day such as 09:00", quote(text))
		}
	}
	if len(parts[0]) == 1 && allDigits(parts[0]) {
		if _, err := ParseTimeOfDay("0" + text); err == nil {
			return 0, mistaken("0"+text, "the hours of a time of day have two digits: 0%s", text)
		}
	}
	for _, p := range parts {
		if len(p) != 2 || !allDigits(p) {
			return 0, mistaken("", "%s is no time of day such as 09:00", quote(text))
		}
	}
	switch {
	case parts[0] == "24" && parts[1] == "00":
		return 0, mistaken("", "the times of a day are 00:00 to 23:59:59.999999999, and 24:00 is none: what comes before the end of a day is all from some time on, `>= 22:00`")
	case parts[0] > "23" || parts[1] > "59":
		return 0, mistaken("", "there is no time %s: hours are 00 to 23, and minutes 00 to 59", text)
	case len(parts) == 3 && parts[2] == "60":
		return 0, mistaken("", "%s is a leap second, which clocks and Ctl do not count: write the second before it, or the one behind it", text)
	case len(parts) == 3 && parts[2] > "59":
		return 0, mistaken("", "there is no time %s: seconds are 00 to 59", text)
	case len(fraction) > 9 || !allDigits("0"+fraction):
		return 0, mistaken("", "a time has at most nine digits behind its seconds, and %s has not", text)
	}
	seconds := digitsValue(parts[0], 0)*3600 + digitsValue(parts[1], 0)*60
	if len(parts) == 3 {
		seconds += digitsValue(parts[2], 0)
	}
	return TimeOfDay(int64(seconds)*nanosOfSecond + int64(digitsValue((fraction + "000000000")[:9], 0))), nil
}

// String is as short as it can be: 09:00, 09:00:30, 09:00:30.5.
func (t TimeOfDay) String() string {
	at := time.Unix(0, int64(t)).UTC()
	if int64(t)%(60*nanosOfSecond) == 0 {
		return at.Format("15:04")
	}
	return at.Format("15:04:05.999999999")
}
