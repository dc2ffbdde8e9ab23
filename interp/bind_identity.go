package interp

import (
	"reflect"
	"strings"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// mostIdentities bounds the identities by which the cells of conditions are looked up.
const mostIdentities = 1 << 12

// knownThings finds the cells of conditions on what files give of a thing and a case may tell
// beside them: of a case that tells nothing beside them, they hang on which thing it is.
type knownThings struct {
	b     *binder
	on    num.Date
	cases map[string][]*Case // by thing: the case of each of its identities
}

// cells are the known cells of a slot by the name of the identity of a thing; nil where its
// condition hangs on anything but the thing and what files give of it.
func (x *knownThings) cells(s *slot, thing string) map[string]uint32 {
	if x.b.given != nil || !readsGivenOf(x.b.p.prog, s, thing) {
		return nil
	}
	p, ok := x.b.p.prog.pathOf(thing)
	if !ok || p.t.basic != thingType || p.t.kind.Ids == nil || p.t.optional || len(p.t.kind.Ids.Choices) > mostIdentities {
		return nil
	}
	if x.cases == nil {
		x.cases = map[string][]*Case{}
	}
	ids := p.t.kind.Ids.Names()
	if x.cases[thing] == nil {
		for _, id := range ids {
			c := x.b.blank().Clone()
			if c.Set(thing, id) != nil {
				return nil
			}
			x.cases[thing] = append(x.cases[thing], c)
		}
	}
	cells := map[string]uint32{}
	for i, c := range x.cases[thing] {
		if cell, ok := s.in(&state{c: c, date: x.on}); ok && cell != match.Unknown {
			cells[ids[i]] = cell
		}
	}
	return cells
}

// readsGivenOf says whether a slot's condition reads nothing but a thing and what files give of it.
func readsGivenOf(prog *Program, s *slot, thing string) bool {
	read := newFactReader()
	read.cond(s.cond, selfName(s.self))
	for name := range read.names {
		if name == thing {
			continue
		}
		p, ok := prog.pathOf(name)
		if !ok || !p.isAttr() || p.lastAttr().source() == nil || p.thingOf().fact() != thing {
			return false
		}
	}
	return true
}

// identified takes in a slot whose condition hangs on which thing a field names alone: no other
// field tells anything that the condition reads. It is false of others.
func (x *knownThings) identified(s *slot, places map[string]fieldPlace) bool {
	read := newFactReader()
	read.cond(s.cond, selfName(s.self))
	thing := ""
	for name := range read.names {
		for place := range places {
			switch {
			case name == place && thing != "":
				return false
			case name == place:
				thing = name
			case !read.names[place] && strings.HasPrefix(name, place+"."):
				return false
			}
		}
	}
	p := places[thing]
	if thing == "" || p.t.Kind() != reflect.String || has(p.t, textMarshaler) || has(p.t, valuer) || p.unit != "" || p.omit || len(p.via) > 0 {
		return false
	}
	cells := x.cells(s, thing)
	if cells == nil {
		return false
	}
	x.b.plain.addThing(p.off, cells, func(cell uint32) added {
		at, stride := x.b.e.x.Place(s.index)
		return added{at, stride * cell}
	})
	return true
}
