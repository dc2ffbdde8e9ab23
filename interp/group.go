package interp

import (
	"iter"
	"math"
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/internal/screen"
	"github.com/ctl-lang/ctl/lang"
)

// Group is a named set of the things of a kind, dated where membership is.
type Group struct {
	Name string
	Kind *Kind
	Doc  string
	// members maps an identity (Kind.key) to an entry of
	// periods; entry 0 is "always", so that a long undated list costs one word a member.
	members    map[string]int32
	written    map[string]string // identities that are written otherwise than they are folded
	periods    [][]period
	src        *lang.Source
	decl       *lang.Group
	told       *Attr // of an open group: the fact that says whether a thing is in it
	unsure     *unsureMembers
	screenedAt *screen.Threshold // of a group against which names are screened
	screening  *screening        // of such a group of which anybody is a member
	screens    []openIn          // the screened groups among those whose members it has, itself first
	of         *Group            // of a group of those who are known to be in another: that one
	rows       RowCount
	known      *Group   // those of such a group who are known to be in it: without a name, since that says more
	open       []openIn // of a group that names such groups: those, however deep
	says       cond     // of a group of those of whom files say that a condition holds: that condition
}

// RowCount is how many rows of a file were read, and how many of them are meant for a group.
type RowCount struct{ Read, Meant int }

// Rows are those of the file that the group is read from; none of one that is not.
func (g *Group) Rows() RowCount { return g.rows }

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

func newGroup(name string, k *Kind) *Group {
	return &Group{Name: name, Kind: k, members: map[string]int32{}, periods: [][]period{{always}}}
}

// spell keeps how an identity is written where it is met first.
func (g *Group) spell(id, name string) {
	if id == name || g.written[id] != "" {
		return
	}
	if g.written == nil {
		g.written = map[string]string{}
	}
	g.written[id] = name
}

// name is an identity as it is written.
func (g *Group) name(id string) string {
	if name, otherwise := g.written[id]; otherwise {
		return name
	}
	return id
}

// value is the identity of a member as a value.
func (g *Group) value(id string) Value { return idValue(g.Kind, g.name(id)) }

// add makes an identity a member for a period.
func (g *Group) add(id string, p period) {
	if p.empty() {
		return
	}
	if p == always {
		g.members[id] = 0
	} else if i := g.dated(id); i != 0 {
		g.periods[i] = append(g.periods[i], p)
	}
}

// dated is the entry of the periods of an identity; 0 of one that is always a member.
func (g *Group) dated(id string) int32 {
	i, known := g.members[id]
	if !known {
		i = int32(len(g.periods))
		g.members[id] = i
		g.periods = append(g.periods, nil)
	}
	return i
}

// Len is the number of identities that are members at some time.
func (g *Group) Len() int { return len(g.members) }

// Identities are those of all who are members at some time, as they are written, in no order.
//
// Unstable: it serves package analysis, and changes with it.
func (g *Group) Identities() iter.Seq[string] {
	return func(yield func(string) bool) {
		for id := range g.members {
			if !yield(g.name(id)) {
				return
			}
		}
	}
}

// Members are the identities that are members on a day, as they are written, sorted; none of an open group.
func (g *Group) Members(on Date) []string {
	var out []string
	for id := range g.members {
		if g.has(id, num.Date(on)) {
			out = append(out, g.name(id))
		}
	}
	slices.Sort(out)
	return out
}

// has says whether an identity, folded, is a member on a day.
func (g *Group) has(id string, on num.Date) bool {
	i, ok := g.members[id]
	if !ok {
		return false
	}
	if i == 0 {
		return true
	}
	for _, p := range g.periods[i] {
		if p.contains(on) {
			return true
		}
	}
	return false
}

// membership says since when, or until when, an identity is a member around a day;
// "" where its membership has no dates.
func (g *Group) membership(v Value, on num.Date) string {
	id, _ := identity(v)
	i, ok := g.members[id]
	if !ok {
		return g.nearNote(v, on)
	}
	if i == 0 {
		return ""
	}
	if on == firstDay {
		return "in " + g.Name + " on some days, and the date of the case is not told"
	}
	if why := g.whyUnsure(id, on); why != "" {
		return "whether in " + g.Name + " is not known: " + why
	}
	for _, p := range g.periods[i] {
		switch {
		case p.contains(on) && p.since != firstDay:
			return "in " + g.Name + " since " + p.since.String()
		case p.contains(on):
			return "in " + g.Name + " until " + p.until.String()
		}
	}
	if len(g.periods[i]) == 0 {
		return ""
	}
	p := g.periods[i][0]
	if on < p.since {
		return "in " + g.Name + " only from " + p.since.String()
	}
	return "in " + g.Name + " only until " + p.until.String()
}
