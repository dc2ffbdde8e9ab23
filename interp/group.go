package interp

import (
	"math"
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/internal/screen"
	"github.com/ctl-lang/ctl/lang"
)

// Group is a named set of the things of a kind, dated where membership is.
type Group struct {
	Name       string
	Kind       *Kind
	Doc        string
	members    []groupMember    // in the order in which they are met
	numbers    map[string]int32 // of the members, by their identity
	periods    [][]period       // of which a member names one entry, so that a date that many have is kept once
	singles    map[period]int32 // while the group is filled: the entries that have one period
	src        *lang.Source
	decl       *lang.Group
	told       *Attr // of an open group: the fact that says whether a thing is in it
	unsure     *unsureMembers
	screenedAt *screen.Threshold // of a group against which names are screened
	screening  *screening        // of such a group of which anybody is a member
	screens    []openIn          // the screened groups among those whose members it has, itself first
	of         *Group            // of a group of those who are known to be in another: that one
	rows       rowCount
	known      *Group             // those of such a group who are known to be in it: without a name, since that says more
	open       []openIn           // of a group that names such groups: those, however deep
	nets       *networks          // of a group of addresses: its members by the addresses that lie in them
	eithers    map[[2]int32]int32 // while that is made: the entries of periods that are the days of two
	says       cond               // of a group of those of whom files say that a condition holds: that condition
}

// rowCount is how many rows of a file were read, and how many of them are meant for a group.
type rowCount struct{ read, meant int }

// Rows are how many rows were read of the file that the group is read from, and how many of them are
// meant; none of a group that is not.
func (g *Group) Rows() (read, meant int) { return g.rows.read, g.rows.meant }

// Open says whether it is not known who is in the group, which Options.OpenGroups lets be.
func (g *Group) Open() bool { return g.told != nil || len(g.open) > 0 }

// period is the days of a membership, and whether they are known to the day.
func (s stay) period() (period, bool) {
	return period{s.since.first, s.until.first}, s.since.first == s.since.last && s.until.first == s.until.last
}

// openNames are the groups that nobody gives members within the group.
func (g *Group) openNames() []string {
	var out []string
	for _, o := range g.open {
		out = append(out, o.group.Name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// openIn is a group without known members, or a screened one, within another on some days.
type openIn struct {
	group *Group
	days  period
}

// period is the days from since to the day before until.
type period struct{ since, until num.Date }

const (
	firstDay num.Date = math.MinInt32
	endOfDay num.Date = math.MaxInt32
)

var always = period{firstDay, endOfDay}

func (p period) contains(d num.Date) bool { return p.since <= d && d < p.until }

// cut is the part of p within q.
func (p period) cut(q period) period { return period{max(p.since, q.since), min(p.until, q.until)} }

func (p period) empty() bool { return p.since >= p.until }

// membership says since when, or until when, an identity is a member around a day;
// "" where its membership has no dates.
func (g *Group) membership(v Value, on num.Date) string {
	id, _ := identity(v)
	m, ok := g.find(id)
	if !ok {
		return g.nearNote(v, on)
	}
	if m.days == allDays {
		return ""
	}
	if on == firstDay {
		return "in " + g.Name + " on some days, and the date of the case is not told"
	}
	if why := g.whyUnsure(id, on); why != "" {
		return "whether in " + g.Name + " is not known: " + why
	}
	days := g.periods[m.days]
	for _, p := range days {
		switch {
		case p.contains(on) && p.since != firstDay:
			return "in " + g.Name + " since " + p.since.String()
		case p.contains(on):
			return "in " + g.Name + " until " + p.until.String()
		}
	}
	if len(days) == 0 {
		return ""
	}
	p := days[0]
	if on < p.since {
		return "in " + g.Name + " only from " + p.since.String()
	}
	return "in " + g.Name + " only until " + p.until.String()
}
