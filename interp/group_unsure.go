package interp

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// days are those of which a date is known to be one: the day itself, or a month, a year, or
// all from one day to another.
type days struct {
	first, last num.Date
	text        string // as it is written, where it is more than one day
}

// oneDay is a date that is known to the day.
func oneDay(d num.Date) days { return days{first: d, last: d} }

// errReversed is said of days of which the last come first.
var errReversed = errors.New("ends before it begins")

// parseDays reads a date as far as it is known.
func parseDays(text string) (days, error) {
	from, to, isRange := strings.Cut(text, "..")
	first, last, err := num.ParseDays(strings.TrimSpace(from))
	if err == nil && isRange {
		_, last, err = num.ParseDays(strings.TrimSpace(to))
	}
	if err == nil && last < first {
		err = fmt.Errorf("%s %w", text, errReversed)
	}
	d := days{first: first, last: last}
	if first != last {
		d.text = strings.Clone(text)
	}
	return d, err
}

// stay is the time of a membership: from one of some days to the day before one of others.
type stay struct{ since, until days }

var alwaysIn = stay{oneDay(firstDay), oneDay(endOfDay)}

// sure are the days on which it is known to be, possible those on which it may be.
func (s stay) sure() period     { return period{s.since.last, s.until.first} }
func (s stay) possible() period { return period{s.since.first, s.until.last} }

// doubts are the days on which it may be and may not be.
func (s stay) doubts() []doubt {
	since := doubt{period: period{s.since.first, s.since.last}, known: s.since.text}
	until := doubt{period: period{s.until.first, s.until.last}, known: s.until.text, left: true}
	if s.sure().empty() && s.since.text != "" {
		since.until = s.until.last
		until.since = until.until
	} else if s.sure().empty() {
		until.since = s.since.first
	}
	return slices.DeleteFunc([]doubt{since, until}, func(d doubt) bool { return d.empty() })
}

// doubt are days on which it is not known whether an identity is in a group.
type doubt struct {
	period
	known string // what is known of the day: 1995
	left  bool   // of that on which it left, and not of that on which it joined
	in    *Group // of whose membership it is not known
	who   string // what joined or left that: the identity, or a group
}

// unsureMembers are the members of a group of which it is not known on some days whether
// they are in it. Then it is a fact of the thing.
type unsureMembers struct {
	doubts map[string][]doubt
	told   *Attr // whether a thing is in the group
	open   bool  // it is not known of anybody, and nothing can be told of it
}

// doubtful are the periods in which it is not known whether an identity is a member.
func (g *Group) doubtful(id string) []period {
	if g.unsure == nil {
		return nil
	}
	var out []period
	for _, d := range g.unsure.doubts[id] {
		out = append(out, d.period)
	}
	return out
}

// unsureOn are the doubts about an identity on a day.
func (g *Group) unsureOn(id string, on num.Date) []doubt {
	if g.unsure == nil || len(g.unsure.doubts[id]) == 0 || g.has(id, on) {
		return nil
	}
	var out []doubt
	for _, d := range g.unsure.doubts[id] {
		if d.contains(on) {
			out = append(out, d)
		}
	}
	return out
}

// openOn are the groups of which it is not known on a day who is in them, each with those of
// whom it is not known as a group.
func (g *Group) openOn(on num.Date) (in []*Group, who map[*Group]*Group) {
	who = map[*Group]*Group{}
	for _, id := range keys(g.unsure.doubts) {
		for _, d := range g.unsureOn(id, on) {
			if who[d.in] == nil {
				who[d.in] = newGroup("", g.Kind)
				in = append(in, d.in)
			}
			who[d.in].add(id, g.name(id), always)
		}
	}
	return in, who
}

// settledBy are the facts that say, on the days on which it is not known, whether the subject
// is in the group.
func (c *groupCond) settledBy() []*path {
	p, ok := c.subject.(*path)
	if !ok || c.group.unsure == nil {
		return nil
	}
	var out []*path
	for _, a := range c.group.unsure.facts() {
		out = append(out, p.to(a))
	}
	for _, s := range c.group.screens {
		if a := s.group.unsure.told; a != nil && !slices.ContainsFunc(out, func(q *path) bool { return q.lastAttr() == a }) {
			out = append(out, p.to(a))
		}
	}
	return out
}

// isOpenOn says whether it is not known on a day of somebody whether it is in the group.
func (g *Group) isOpenOn(on num.Date) bool {
	in, _ := g.openOn(on)
	return len(in) > 0 || len(g.screensOn(on)) > 0
}

// facts are those that settle what is not known of members, each once.
func (u *unsureMembers) facts() []*Attr {
	var out []*Attr
	for _, id := range keys(u.doubts) {
		for _, d := range u.doubts[id] {
			if a := d.in.unsure.told; a != nil && !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

// whyUnsure says why it is not known on a day whether an identity is in the group; "" where
// it is known.
func (g *Group) whyUnsure(id string, on num.Date) string {
	var why []string
	for _, d := range g.unsureOn(id, on) {
		did := "joined "
		if d.left {
			did = "left "
		}
		text := "the day on which " + d.who + " " + did + d.in.Name + " is known only as " + d.known
		if !slices.Contains(why, text) {
			why = append(why, text)
		}
	}
	return strings.Join(why, ", and ")
}

// mayBeTold says what is wrong with telling whether a thing is in the group: it is told of
// those alone of whom the rules leave it open on some day.
func (t *Thing) mayBeTold(g *Group, name string) *lang.Diagnostic {
	if t.ID == nil {
		return spot{}.errorf(code.Contradiction, "of most it is known from the rules whether they are in `%s`: tell which %s `%s` is", g.Name, t.Kind.Name, name)
	}
	id, _ := identity(t.ID)
	if len(g.unsure.doubts[id]) > 0 {
		return nil
	}
	return spot{}.errorf(code.Contradiction, "it is known from the rules whether %s is in `%s`, so that it is not told", id, g.Name)
}

// doubt notes that it is not known whether an identity is in the group on some days.
func (g *Group) doubt(id, name string, d doubt) {
	if !d.empty() {
		id = g.enter(id, name).id() // which is no piece of a whole file
		g.unsure.doubts[id] = append(g.unsure.doubts[id], d)
	}
}

// untold says whether it is not known who is in the group and nothing can be told of it: it
// is one of another version.
func (g *Group) untold() bool { return g.unsure != nil && g.unsure.open }

// is says whether a group is this one, or that of those who are known to be in it on a day on
// which that is all of them.
func (g *Group) is(of *Group) bool { return g == of || g.of == of && g.Name != "" }
