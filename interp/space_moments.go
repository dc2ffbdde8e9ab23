package interp

import (
	"slices"
	"time"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/internal/zone"
	"github.com/ctl-lang/ctl/lang"
)

// Conditions on what clocks and calendars of zones show at a moment cut it into cells that come again
// with every week. Of each stretch of time in which no clock of these zones is put forward or back, and
// which no date and no moment of the conditions divides, one week is therefore looked at, and of shorter
// ones all.

// localReading is what a condition reads of a moment: the moment itself, or what is local to a zone.
type localReading struct {
	zone string // "": the moment itself
	date bool   // the date there, and not the time of day
	week bool   // the day of the week there
}

// readMoment is how an operand reads a moment that is a fact; nil of all others.
func readMoment(o operand) (*path, localReading) {
	c, is := o.(*call)
	if !is || c.own != nil {
		return nil, localReading{}
	}
	if c.fn.Name == "weekday" {
		p, r := readMoment(c.args[0])
		r.week = true
		return p, r
	}
	if !isLocal(c.fn) {
		return nil, localReading{}
	}
	p, ok := single(c.args[0])
	name := constantOf(c.args[1])
	if !ok || p == nil || name == nil || p.t.scalar != momentScalar {
		return nil, localReading{}
	}
	text, _ := name.v.(Text)
	return p, localReading{zone: string(text), date: c.fn.Name == "local_date"}
}

// readsOne is single of an operand that reads one fact, be it what is local to a zone at a moment.
func readsOne(o operand) (*path, bool) {
	if p, _ := readMoment(o); p != nil {
		return p, true
	}
	return single(o)
}

// readsLocal says whether a condition on one fact asks what is local to a zone.
func readsLocal(c cond) bool {
	local := func(o operand) bool { p, _ := readMoment(o); return p != nil }
	switch c := c.(type) {
	case *compareCond:
		return local(c.x) || local(c.y)
	case *listedCond:
		return local(c.x)
	case *withinCond:
		return local(c.x)
	}
	return false
}

// recurrent says whether what is asked of a moment comes again with every week.
func (v *variable) recurrent() bool {
	return v.t.scalar == momentScalar && slices.ContainsFunc(v.atoms, func(a *atom) bool { return readsLocal(a.key.c) })
}

// calendar is what conditions tell moments apart by.
type calendar struct {
	s     *Space
	zones []*time.Location
	times map[*time.Location][]num.TimeOfDay
	dates map[*time.Location][]num.Date
	at    []num.Moment
	out   []cell
}

// moments are such that every moment behaves like one of them.
func (s *Space) moments(v *variable) []cell {
	k := &calendar{s: s, times: map[*time.Location][]num.TimeOfDay{}, dates: map[*time.Location][]num.Date{}}
	for _, a := range v.atoms {
		k.take(a)
	}
	for _, l := range k.zones {
		for _, d := range k.dates[l] {
			k.begins(l, d)
		}
	}
	slices.SortFunc(k.at, num.Moment.Cmp)
	k.at = slices.CompactFunc(k.at, func(a, b num.Moment) bool { return a.Cmp(b) == 0 })
	from := num.MinMoment
	for _, m := range k.at {
		k.span(from, m)
		k.sample(m)
		from = m
		if next, ok := m.Add(1); ok {
			k.sample(next)
		}
	}
	k.span(from, num.MaxMoment)
	k.sample(num.MinMoment)
	k.sample(num.MaxMoment)
	return k.out
}

// take notes what a condition compares with.
func (k *calendar) take(a *atom) {
	st := &state{c: k.s.probe, date: a.key.on}
	note := func(r localReading, fixed operand) {
		var l *time.Location
		if r.zone != "" {
			if l = k.zone(r.zone); l == nil {
				return
			}
		}
		switch x := fixed.value(st).(type) {
		case Moment:
			k.at = append(k.at, x.at)
		case TimeOfDay:
			k.times[l] = append(k.times[l], x.at)
		case Date:
			k.dates[l] = append(k.dates[l], num.Date(x), num.Date(x)+1)
		}
	}
	switch c := a.key.c.(type) {
	case *compareCond:
		for _, sides := range [][2]operand{{c.x, c.y}, {c.y, c.x}} {
			if p, ok := readsOne(sides[0]); ok && p != nil {
				_, r := readMoment(sides[0])
				note(r, sides[1])
			}
		}
	case *listedCond:
		_, r := readMoment(c.x)
		for _, e := range c.elems {
			note(r, e.lo)
			if e.hi != nil {
				note(r, e.hi)
			}
		}
	case *withinCond:
		_, r := readMoment(c.x)
		if around, ok := c.y.value(st).(Date); ok {
			first, last := c.days(num.Date(around))
			note(r, &constant{Date(first), typeDate})
			note(r, &constant{Date(last), typeDate})
		}
	}
}

func (k *calendar) zone(name string) *time.Location {
	l, err := zone.Load(name)
	if err != nil {
		return nil
	}
	if !slices.Contains(k.zones, l) {
		k.zones = append(k.zones, l)
		k.times[l] = []num.TimeOfDay{0}
	}
	return l
}

const (
	secondsOfDay  = 86_400
	nanosOfSecond = 1_000_000_000
	week          = 8 * secondsOfDay // and a day, since it may begin within one
)

// moment is the one so many seconds behind the beginning of 1970; not ok where there is none such.
func momentAt(seconds, nanos int64) (num.Moment, bool) {
	begin, _ := num.MinMoment.Seconds()
	if seconds < begin {
		return num.Moment{}, false
	}
	return num.MinMoment.AddSeconds(seconds-begin, nanos)
}

// begins notes the moments at which a day begins in a zone: several, where the clock is then put back.
func (k *calendar) begins(l *time.Location, d num.Date) {
	middle := int64(d) * secondsOfDay
	for t := middle - 2*secondsOfDay; t < middle+2*secondsOfDay; {
		offset, end := stretch(l, t)
		for _, at := range []int64{middle - offset, end} {
			if m, ok := momentAt(at, 0); ok && at >= t && at <= end && at < middle+2*secondsOfDay {
				k.at = append(k.at, m)
			}
		}
		t = end
	}
}

// stretch is how many seconds the clock of a zone is ahead of UTC at a time, and until when, or longer.
func stretch(l *time.Location, t int64) (offset, end int64) {
	const quarter = secondsOfDay / 96 // at whose ends clocks are put forward and back
	at := time.Unix(t, 0).In(l)
	_, ahead := at.Zone()
	_, until := at.ZoneBounds()
	last, _ := num.MaxMoment.Seconds()
	if end = last + 1; !until.IsZero() {
		end = min(end, until.Unix())
	}
	if end <= t { // as time has it on the last day of a leap year
		if end = t + quarter; aheadAt(l, t+secondsOfDay) == ahead {
			end = t + secondsOfDay
		}
	}
	return int64(ahead), end
}

func aheadAt(l *time.Location, t int64) int {
	_, ahead := time.Unix(t, 0).In(l).Zone()
	return ahead
}

// cycle is after how many seconds days and weekdays come again as they were.
const cycle = 146_097 * secondsOfDay

// span samples what lies between two moments, first in the days of which examples are best.
func (k *calendar) span(from, until num.Moment) {
	begin, nanos := from.Seconds()
	end, more := until.Seconds()
	if nanos > 0 {
		begin++
	}
	if more > 0 {
		end++
	}
	done := map[string]bool{}
	today := int64(k.s.prog.LatestDate()) * secondsOfDay
	ruled, _ := num.MinMoment.Seconds()
	if last := int64(2_145_916_800); begin < last { // 2038: zones are told until then, and ruled from then on
		ruled = last
	}
	ruled = max(ruled, begin) + cycle
	for _, start := range []int64{max(begin, min(today, end-2*week)), begin} {
		for t := start; t < end && t < ruled; {
			next := end
			key := make([]byte, 0, 8*len(k.zones))
			offsets := make([]int64, len(k.zones))
			for i, l := range k.zones {
				var until int64
				offsets[i], until = stretch(l, t)
				next = min(next, until)
				key = append(key, byte(offsets[i]>>24), byte(offsets[i]>>16), byte(offsets[i]>>8), byte(offsets[i]))
			}
			k.s.goOn(trialWork)
			if !done[string(key)] {
				k.days(t, min(next, t+week), offsets)
				done[string(key)] = next-t >= week
			}
			if t = next; start != begin {
				break
			}
		}
	}
}

// days samples the times from one to another, of which no clock is put forward or back: at whatever
// conditions compare with, and between.
func (k *calendar) days(from, until int64, offsets []int64) {
	k.near(from, 0, until)
	for i, l := range k.zones {
		for day := floorDay(from + offsets[i]); day*secondsOfDay-offsets[i] < until; day++ {
			for _, t := range k.times[l] {
				at := day*secondsOfDay + int64(t)/nanosOfSecond - offsets[i]
				if at >= from && at < until {
					k.near(at, int64(t)%nanosOfSecond, until)
				}
			}
		}
	}
}

func floorDay(seconds int64) int64 {
	day := seconds / secondsOfDay
	if seconds%secondsOfDay < 0 {
		day--
	}
	return day
}

// near samples a moment, and a minute and a nanosecond behind it.
func (k *calendar) near(seconds, nanos, until int64) {
	for _, by := range [][2]int64{{0, 0}, {60, 0}, {0, 1}} {
		if m, ok := momentAt(seconds+by[0], nanos+by[1]); ok && seconds+by[0] < until {
			k.sample(m)
		}
	}
}

// sample takes a moment, as the clocks of the first zone show it.
func (k *calendar) sample(m num.Moment) {
	k.s.goOn(1)
	if len(k.zones) > 0 {
		_, offset := m.Time().In(k.zones[0]).Zone()
		m = m.By(offset)
	}
	if _, err := num.ParseMoment(m.String()); err == nil {
		k.out = append(k.out, cell{values: []Value{Moment{m}}})
	}
}

// comparedSaid is a comparison of the fact itself with a constant; nil of another.
func (v *variable) comparedSaid(c *compareCond, not bool) *Condition {
	x, y, op := c.x, c.y, c.op
	if constantOf(x) != nil {
		x, y, op = y, x, mirrored(op)
	}
	k := constantOf(y)
	if _, bare := x.(*path); !bare || k == nil {
		return nil
	}
	if not && !v.optional {
		op, not = denials[op], false
	}
	return unless(not, v.compared(ConditionOp(op.String()), k.v))
}

// denials are the comparisons that hold where others do not, of values in one order.
var denials = map[lang.Op]lang.Op{lang.Eq: lang.Ne, lang.Ne: lang.Eq, lang.Lt: lang.Ge, lang.Ge: lang.Lt, lang.Le: lang.Gt, lang.Gt: lang.Le}
