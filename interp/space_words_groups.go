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
	}
	return no.denied(v)
}

// namedCover are groups and values that together are some values.
type namedCover struct {
	groups []*Group
	more   []Value
}

func (c *namedCover) size() int { return len(c.groups) + len(c.more) }

func (c *namedCover) condition(v *variable) *Condition {
	var parts []*Condition
	for _, g := range c.groups {
		parts = append(parts, &Condition{Op: OpIn, Fact: v.name, Group: g})
	}
	if len(c.more) > 0 {
		parts = append(parts, v.listed(c.more))
	}
	return oneOfThem(parts...)
}

func (c *namedCover) denied(v *variable) *Condition {
	var parts []*Condition
	for _, g := range c.groups {
		parts = append(parts, &Condition{Op: OpNotIn, Fact: v.name, Group: g})
	}
	if len(c.more) > 0 {
		parts = append(parts, v.unlisted(c.more))
	}
	return allOf(parts...)
}

// coverBy finds groups that together are the values of some cells, all of them, or of many all
// but a few; nil where the values are fewer.
func (w *wording) coverBy(v *variable, cells []int, values []Value) *namedCover {
	out := &namedCover{}
	left := slices.Clone(cells)
	groups := w.askedOf(v)
	for len(left) > 0 {
		best, most := -1, 0
		for i, g := range groups {
			if n := w.newIn(v, g, cells, left); n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			break
		}
		g := groups[best]
		out.groups = append(out.groups, g)
		left = slices.DeleteFunc(left, func(i int) bool { n, _ := w.membersIn(&v.cells[i], g); return n > 0 })
	}
	out.more, _, _ = v.gather(left)
	if len(out.groups) == 0 || out.size() >= len(values) || len(out.more) > 0 && (len(values) <= fewNames || out.size() > len(values)/2) {
		return nil
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
		if g == nil || slices.Contains(out, g) || v.t.kind != g.Kind || g.Open() {
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

// newIn is how many values of the cells that are left a group has, if all that it has lies in
// the cells; else 0.
func (w *wording) newIn(v *variable, g *Group, cells, left []int) int {
	added := 0
	for i := range v.cells {
		n, of := w.membersIn(&v.cells[i], g)
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
