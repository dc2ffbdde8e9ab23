package interp

import (
	"slices"
	"strings"
)

// byNames says values as those in some groups of which conditions ask, or in none of them, if
// that is shorter than a list of the values; nil where it is not.
func (v *variable) byNames(cells []int, in, out []Value, rest, others bool, w *wording) *Condition {
	if w == nil || v.t.basic != thingType {
		return nil
	}
	var yes, no *namedCover
	if !rest {
		yes = w.coverBy(v, cells, in)
	}
	if !others {
		no = w.coverBy(v, complement(cells, len(v.cells)), out)
	}
	switch {
	case yes == nil && no == nil:
		return nil
	case no == nil || yes != nil && yes.size() <= no.size():
		return yes.condition(v)
	case !rest && len(in) <= no.size(): // to name them is shorter
		return nil
	}
	return no.denied(v)
}

// naming is a set of identities that has a name: a group, or what a condition on their data
// holds of.
type naming struct {
	yes, no *Condition
	member  *Condition                 // that a set which a file gives has a value, where yes is that
	in      func(cell int) (n, of int) // how many values of a cell it has, and of how many
}

// namedCover are named sets and values that together are some values.
type namedCover struct {
	names   []naming
	members []*Condition // of sets that files give, in the order of names
	more    []Value
}

// add takes a name in; values of one set are taken together.
func (c *namedCover) add(n naming) {
	if n.member == nil {
		c.names = append(c.names, n)
		return
	}
	for _, m := range c.members {
		if m.Fact == n.member.Fact {
			m.Values = append(m.Values, n.member.Values...)
			return
		}
	}
	m := *n.member
	c.members = append(c.members, &m)
}

func (c *namedCover) size() int {
	n := len(c.names) + len(c.more)
	for _, m := range c.members {
		n += len(m.Values)
	}
	return n
}

// condition is that a fact is one of the values.
func (c *namedCover) condition(v *variable) *Condition {
	var parts []*Condition
	for _, n := range c.names {
		parts = append(parts, n.yes)
	}
	parts = append(parts, c.members...)
	if len(c.more) > 0 {
		parts = append(parts, v.listed(c.more))
	}
	return oneOfThem(parts...)
}

// denied is that a fact is none of the values.
func (c *namedCover) denied(v *variable) *Condition {
	var parts []*Condition
	for _, n := range c.names {
		parts = append(parts, n.no)
	}
	for _, m := range c.members {
		parts = append(parts, &Condition{Op: OpNoneOf, Fact: m.Fact, Values: m.Values})
	}
	if len(c.more) > 0 {
		parts = append(parts, v.unlisted(c.more))
	}
	return allOf(parts...)
}

// coverBy finds named sets that together are the values of some cells, all of them, or of many
// all but a few; nil where the values are fewer.
func (w *wording) coverBy(v *variable, cells []int, values []Value) *namedCover {
	out := &namedCover{}
	left := slices.Clone(cells)
	names := append(w.groupNames(v), w.dataNames(v)...)
	for len(left) > 0 {
		best, most := -1, 0
		for i, n := range names {
			if n := v.newIn(n, cells, left); n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			break
		}
		out.add(names[best])
		left = slices.DeleteFunc(left, func(i int) bool { n, _ := names[best].in(i); return n > 0 })
	}
	named := len(out.names) + len(out.members)
	out.more, _, _ = v.gather(left)
	if named == 0 || out.size() >= len(values) || len(out.more) > 0 && (len(values) <= fewNames || out.size() > len(values)/2) {
		return nil
	}
	return out
}

// groupNames are the groups that conditions ask about a fact, as names.
func (w *wording) groupNames(v *variable) []naming {
	var out []naming
	for _, g := range w.askedOf(v) {
		out = append(out, naming{
			yes: &Condition{Op: OpIn, Fact: v.name, Group: g},
			no:  &Condition{Op: OpNotIn, Fact: v.name, Group: g},
			in:  func(i int) (n, of int) { return w.membersIn(&v.cells[i], g) },
		})
	}
	return out
}

// askedOf are the groups that conditions ask about a fact on the day of the words, the rules'
// own of their names.
func (w *wording) askedOf(v *variable) []*Group {
	var out []*Group
	for _, a := range v.atoms {
		in, ok := a.key.c.(*groupCond)
		if !ok || a.key.on != w.on {
			continue
		}
		g := w.s.prog.groups[in.group.Name]
		if g == nil || slices.Contains(out, g) || !g.fits(v.t) || g.Open() {
			continue
		}
		if g.unsure != nil && g.isOpenOn(w.on) {
			continue
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(g, h *Group) int { return strings.Compare(g.Name, h.Name) })
	return out
}

// newIn is how many values of the cells that are left a named set has, if all that it has lies
// in the cells; else 0.
func (v *variable) newIn(name naming, cells, left []int) int {
	added := 0
	for i := range v.cells {
		n, of := name.in(i)
		switch {
		case n == 0:
		case n < of || !slices.Contains(cells, i):
			return 0
		case slices.Contains(left, i):
			added += n
		}
	}
	return added
}
