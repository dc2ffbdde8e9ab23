package interp

import (
	"maps"
	"slices"
	"strconv"
)

// meanings tell apart what has one name in two versions of the rules and means different things
// there: terms, groups, dated values, and attributes that files give.
type meanings struct {
	terms  map[string][]string // what they say, by their names
	groups map[string][]*Group
	given  map[string][]*givenValues
	values map[string][]*namedValue
	names  map[string]bool // of opaque conditions
}

func newMeanings() *meanings {
	return &meanings{terms: map[string][]string{}, groups: map[string][]*Group{}, given: map[string][]*givenValues{}, values: map[string][]*namedValue{}, names: map[string]bool{}}
}

// of is the same for conditions of the same words only where these mean the same: "" where
// every name has the meaning that was met first.
func (m *meanings) of(c cond) string {
	out := ""
	later := func(name string, i int) {
		if i > 0 {
			out += " " + name + "#" + strconv.Itoa(i)
		}
	}
	var onOperand func(operand)
	var onCond func(cond)
	group := func(g *Group) {
		if g != nil {
			later(g.Name, numbered(m.groups, g.Name, g, sameMembers))
		}
	}
	onCond = func(c cond) {
		switch c := c.(type) {
		case *termCond:
			if c.term.cond != nil { // that of an open one is a fact
				says := condWords(c.term.cond, nil) + m.of(c.term.cond)
				later(c.term.Name, numbered(m.terms, c.term.Name, says, func(a, b string) bool { return a == b }))
			}
		case *groupCond:
			group(c.group)
		case *setCond:
			group(c.target.group)
		}
		eachPart(c, onCond, onOperand)
	}
	onOperand = func(o operand) {
		switch o := o.(type) {
		case *valueOperand:
			later(o.named.name, numbered(m.values, o.named.name, o.named, sameValues))
		case *path:
			for _, a := range o.attrs {
				if g := a.source(); g != nil {
					later(a.owner.Name+"."+a.Name, numbered(m.given, a.owner.Name+"."+a.Name, g, sameGiven))
				}
			}
		}
		eachOperandPart(o, onCond, onOperand)
	}
	onCond(c)
	return out
}

// numbered is which of the meanings of a name one is, counted from 0.
func numbered[T any](of map[string][]T, name string, x T, same func(a, b T) bool) int {
	i := slices.IndexFunc(of[name], func(y T) bool { return same(x, y) })
	if i < 0 {
		i = len(of[name])
		of[name] = append(of[name], x)
	}
	return i
}

// sameMembers says whether the same identities are in two groups on the same days, as far as
// that is known.
func sameMembers(g, h *Group) bool {
	switch {
	case g == h:
		return true
	case len(g.members) != len(h.members), g.untold() != h.untold(), !sameThreshold(g, h), !slices.Equal(g.openNames(), h.openNames()), !slices.EqualFunc(g.screens, h.screens, sameScreens):
		return false
	}
	for _, m := range g.members {
		n, ok := h.find(m.id())
		if !ok || !slices.Equal(g.periods[m.days], h.periods[n.days]) || !slices.Equal(g.doubtful(m.id()), h.doubtful(m.id())) {
			return false
		}
	}
	return true
}

func sameThreshold(g, h *Group) bool {
	if g.screenedAt == nil || h.screenedAt == nil {
		return g.screenedAt == h.screenedAt
	}
	return *g.screenedAt == *h.screenedAt
}

// sameScreens is sameMembers for a screened group within another.
func sameScreens(a, b openIn) bool {
	return a.days == b.days && a.group.Name == b.group.Name && (a.group.of != nil) == (b.group.of != nil) && sameThreshold(a.group, b.group)
}

func sameGiven(g, h *givenValues) bool {
	return g == h || g.all == h.all && maps.EqualFunc(g.by, h.by, equalValues)
}
