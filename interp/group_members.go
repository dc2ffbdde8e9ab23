package interp

import (
	"iter"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
)

// groupMember is an identity that is in a group at some time. A list may have hundreds of thousands.
type groupMember struct {
	text   string // the identity, and behind it how it is written, if that is otherwise
	folded int32  // how many bytes of text are the identity
	days   int32  // which periods of the group
}

// Entries of a group's periods that every group has.
const (
	allDays int32 = iota
	noDays        // of one of whom it is not known on any day
)

// id is the identity, as Kind.key gives it.
func (m groupMember) id() string { return m.text[:m.folded] }

// name is the identity as it is written where it is met first.
func (m groupMember) name() string {
	if written := m.text[m.folded:]; written != "" {
		return written
	}
	return m.text
}

func newGroup(name string, k *Kind) *Group {
	return &Group{Name: name, Kind: k, numbers: map[string]int32{}, periods: [][]period{allDays: {always}, noDays: nil}}
}

// find is the member of an identity.
func (g *Group) find(id string) (m groupMember, ok bool) {
	i, ok := g.numbers[id]
	if !ok && g.nets != nil {
		return g.findAddress(id)
	}
	if !ok {
		return groupMember{}, false
	}
	return g.members[i], true
}

// enter is the member of an identity, and of a name: from now on, if it was none before.
func (g *Group) enter(id, name string) *groupMember {
	i, known := g.numbers[id]
	if !known {
		text := strings.Clone(id) // which may be a piece of a whole file
		if name != id {
			text = id + name
		}
		i = int32(len(g.members))
		g.members = append(g.members, groupMember{text, int32(len(id)), noDays})
		g.numbers[text[:len(id)]] = i
	}
	return &g.members[i]
}

// add makes an identity a member for a period.
func (g *Group) add(id, name string, p period) {
	if p.empty() {
		return
	}
	switch m := g.enter(id, name); {
	case p == always:
		m.days = allDays
	case m.days == noDays:
		m.days = g.single(p)
	case m.days != allDays && len(g.periods[m.days]) == 1: // which other members may have too
		g.periods = append(g.periods, []period{g.periods[m.days][0], p})
		m.days = int32(len(g.periods) - 1)
	case m.days != allDays:
		g.periods[m.days] = append(g.periods[m.days], p)
	}
}

// single is the entry of the periods that has one alone.
func (g *Group) single(p period) int32 {
	if i, known := g.singles[p]; known {
		return i
	}
	if g.singles == nil {
		g.singles = map[period]int32{}
	}
	i := int32(len(g.periods))
	g.periods = append(g.periods, []period{p})
	g.singles[p] = i
	return i
}

// fit gives back the memory that was of use while the group was filled.
func (g *Group) fit() { g.members, g.singles, g.eithers = slices.Clone(g.members), nil, nil }

// name is an identity as it is written.
func (g *Group) name(id string) string {
	if m, ok := g.find(id); ok {
		return m.name()
	}
	return id
}

// value is the identity of a member as a value.
func (g *Group) value(id string) Value { return idValue(g.Kind, g.name(id)) }

// Len is the number of identities that are members at some time.
func (g *Group) Len() int { return len(g.members) }

// Identities are those of all who are members at some time, as they are written, in no order.
//
// Unstable: it serves package analysis, and changes with it.
func (g *Group) Identities() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, m := range g.members {
			if !yield(m.name()) {
				return
			}
		}
	}
}

// Members are the identities that are members on a day, as they are written, sorted; none of an open group.
func (g *Group) Members(on Date) []string {
	var out []string
	for _, m := range g.members {
		if g.isIn(m, num.Date(on)) {
			out = append(out, m.name())
		}
	}
	slices.Sort(out)
	return out
}

// has says whether an identity, folded, is a member on a day.
func (g *Group) has(id string, on num.Date) bool {
	m, ok := g.find(id)
	return ok && g.isIn(m, on)
}

// isIn says whether one who is a member at some time is one on a day.
func (g *Group) isIn(m groupMember, on num.Date) bool {
	if m.days == allDays {
		return true
	}
	for _, p := range g.periods[m.days] {
		if p.contains(on) {
			return true
		}
	}
	return false
}

// sometimes says whether an identity is, or may be, a member on some days, and not on all.
func (g *Group) sometimes(id string) bool {
	m, ok := g.find(id)
	return ok && m.days != allDays
}

// periodsOf are the days on which an identity is a member.
func (g *Group) periodsOf(id string) []period {
	if m, ok := g.find(id); ok {
		return g.periods[m.days]
	}
	return nil
}
