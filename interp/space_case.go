package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// Case is a case that lies in the chosen cells, on a date. Facts whose variables are
// not chosen are left out.
func (s *Space) Case(choices []dd.Choice, on Date) *Case {
	c := s.prog.NewCase()
	c.SetDate(on)
	s.tell(c, choices, func(*variable) Set { return nil })
	return c
}

// tell puts facts into a case that lie in the chosen cells. A set of which something is
// chosen has besides the elements that base gives.
func (s *Space) tell(c *Case, choices []dd.Choice, base func(*variable) Set) {
	sets := map[string]*variable{}
	members := map[string]Set{}
	var there, gone []*variable
	for _, ch := range choices {
		v := s.vars[ch.Var]
		switch {
		case v.fact == nil:
		case v.presence && ch.Cell == 0:
			gone = append(gone, v)
		case v.presence:
			there = append(there, v)
		case v.set:
			set, begun := members[v.name]
			if !begun {
				sets[v.name] = v
				set = base(v)
			}
			if ch.Cell == 1 {
				set = append(set, v.cells[1].values[0])
			} else {
				set = less(set, v.cells[1])
			}
			members[v.name] = set
		case !v.cells[ch.Cell].none:
			s.set(c, v.name, v.cells[ch.Cell].values[0])
		case v.t.basic != thingType && v.fact.lastAttr().Type.optional:
			s.set(c, v.name, None{})
		default: // it is none because there is no thing
			gone = append(gone, s.there[v.fact.present().fact()])
		}
	}
	for _, name := range keys(members) {
		s.set(c, name, members[name])
	}
	for _, v := range there {
		s.bringAbout(c, v)
	}
	if s.prog.dataGiven {
		for _, t := range c.things {
			t.untell(s.otherScreens)
		}
	}
	slices.SortFunc(gone, func(a, b *variable) int { return len(a.fact.attrs) - len(b.fact.attrs) }) // what is within goes with it
	for _, v := range gone {
		if (&hasCond{path: v.fact}).truth(&state{c: c, date: num.Date(c.Date())}) != False {
			s.set(c, v.name, None{})
		}
	}
}

// bringAbout tells that there is a thing, a set or a list, where nothing tells it yet: by
// the first of a thing's attributes that can be told without changing what is chosen.
func (s *Space) bringAbout(c *Case, v *variable) {
	f, d := c.find(splitName(v.name), spot{})
	if d != nil || f.attr.Type.basic == thingType && knownOf(f.thing.attrs[f.attr.index]) {
		return
	}
	t := f.attr.Type
	switch {
	case t.basic == setType && (f.thing.attrs[f.attr.index] == nil || isNone(f.thing.attrs[f.attr.index])):
		f.put(Set{})
	case t.basic == listType:
		f.put(List{})
	case t.basic == thingType:
		thing := newThing(t.kind)
		f.put(thing)
		s.fill(c, v.fact)
	}
}

// fill tells something of a thing of which nothing is told, so that one can say that
// there is one.
func (s *Space) fill(c *Case, p *path) {
	switch v, read := s.evidence(p); {
	case v == nil:
	case !read && v.attr.Default != nil:
		s.set(c, v.name, v.attr.Default)
	case !read:
		s.set(c, v.name, s.base(v)[0].values[0])
	default:
		s.set(c, v.name, v.cells[0].values[0])
	}
}

// evidence is the attribute of a thing by which fill says that there is one: one that no
// variable is about, or else the first; read is that a variable is about it. It is nil where
// no attribute has values that can be listed.
func (s *Space) evidence(p *path) (v *variable, read bool) {
	for _, a := range p.t.kind.Attrs {
		if !valued(a.Type) || a.Type.basic == thingType || a.Open {
			continue
		}
		q := *p
		q.attrs, q.t = append(slices.Clone(p.attrs), a), a.Type
		w := s.facts[q.fact()]
		if w == nil {
			return &variable{name: q.fact(), fact: &q, t: a.Type, attr: a}, false
		}
		if v == nil && !w.set {
			v = w
		}
	}
	return v, v != nil
}

func (s *Space) set(c *Case, name string, v Value) {
	if f, d := c.find(splitName(name), spot{}); d == nil {
		s.give(f, v)
	}
}

// less is a set less the elements of a class.
func less(set Set, class cell) Set {
	var out Set
	for _, e := range set {
		if !class.holds(e) {
			out = append(out, e)
		}
	}
	return out
}
