package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// JSON is the facts of a case as one JSON object, nested by role as ReadJSON takes
// them; of JSON lines it is a line. A Bound[JSON] goes through the text once and
// makes no Case of it.
type JSON []byte

// jsonBinder knows where in a JSON object the facts are that a policy asks about. For
// a date of its own a case gets another one.
type jsonBinder struct {
	b    *binder
	e    *engine
	on   num.Date
	root *jsonShape
	ids  *knownThings // while the shape is made
	// start is the point of an object without members, with so many unknown cells.
	start   match.Point
	unknown int
}

// jsonShape is what an object may hold.
type jsonShape struct {
	names   *words // the place of a member, from 1 on
	members []jsonMember
}

// jsonMember is a fact, or a thing with facts of its own.
type jsonMember struct {
	name   string
	quoted string // the name as JSON has it
	t      *Type
	asOf   bool
	thing  *jsonShape // what an object in its place may hold
	slots  []jsonSlot // that hang on its value, or on the identity of a thing
	slow   bool       // some condition reads it that only the slow way can evaluate
}

// jsonSlot is one slot of a fact.
type jsonSlot struct {
	slot       *slot
	at, stride uint32
	absent     uint32 // the cell of a fact that is not told
	words      *words // of texts
	plain      *jsonUnit
	units      []jsonUnit
	names      *words // of the units: their places, from 1 on
}

// jsonUnit is a unit and the bounds of a slot's cells that count it.
type jsonUnit struct {
	floats []float64
	cells  []uint32
}

// unaskedLevels is how many levels of things that no condition asks about are read
// within one another before the slow way has to.
const unaskedLevels = 2

// maxMembers bounds the members of an object that is not read the slow way.
const maxMembers = 64

// jsonFor is the jsonBinder for one of the policy's engines, made when first asked for.
func (b *binder) jsonFor(e *engine) *jsonBinder {
	if j, made := b.jsons.Load(e); made {
		return j.(*jsonBinder)
	}
	on := b.on
	if e != b.e || b.slow {
		on = e.until - 1
	}
	j := newJSONBinder(b, e, on)
	if b.made.Add(1) > mostEngines { // of dates that strangers choose there are many
		b.jsons.Clear()
		b.made.Store(1)
	}
	b.jsons.Store(e, j)
	return j
}

func newJSONBinder(b *binder, e *engine, on num.Date) *jsonBinder {
	j := &jsonBinder{b: b, e: e, on: on, start: make(match.Point, e.x.Width())}
	prog := b.p.prog
	st := &state{c: b.blank(), date: on}
	j.root, j.ids = &jsonShape{}, &knownThings{b: b, on: on}
	for _, r := range prog.roles {
		j.root.add(j.member(r.Name, r.Name, &Type{basic: thingType, kind: r.Kind}, unaskedLevels))
	}
	for _, a := range prog.whole.Attrs {
		j.root.add(j.member(a.Name, a.Name, a.Type, unaskedLevels))
	}
	if _, taken := j.root.find("as_of"); !taken {
		j.root.add(jsonMember{name: "as_of", asOf: true})
	}
	j.root.seal()
	j.ids = nil
	for _, s := range e.slots {
		cell, _ := s.in(st)
		if cell == match.Unknown {
			j.unknown++
		}
		j.start.Set(e.x, s.index, cell)
	}
	return j
}

func (s *jsonShape) add(m jsonMember) { s.members = append(s.members, m) }

func (s *jsonShape) find(name string) (*jsonMember, bool) {
	for i := range s.members {
		if s.members[i].name == name {
			return &s.members[i], true
		}
	}
	return nil, false
}

// seal makes the table of the members' names.
func (s *jsonShape) seal() {
	places := map[string]uint32{}
	for i := range s.members {
		m := &s.members[i]
		m.quoted = `"` + m.name + `"`
		places[m.name] = uint32(i + 1)
	}
	s.names = newWords(places)
}

// member is what a name of an object is about; fact is its full name. Depth is how many
// levels from there on are read though no condition asks about them.
func (j *jsonBinder) member(name, fact string, t *Type, depth int) jsonMember {
	m := jsonMember{name: name, t: t}
	depth--
	for _, s := range j.e.slots {
		if strings.HasPrefix(s.name, fact+".") {
			depth = unaskedLevels
		}
		switch {
		case s.kind == conditionSlot:
			if cells := j.ids.cells(s, fact); cells != nil {
				m.slots = append(m.slots, j.identified(s, cells))
			} else {
				m.slow = m.slow || reads(s, fact)
			}
		case s.hasDefaultOf(fact):
			m.slow = true
		case s.name == fact:
			m.slots = append(m.slots, j.slot(s))
		}
	}
	if t.basic == thingType && depth > 0 {
		m.thing = &jsonShape{}
		if t.kind.Identified() {
			id := m
			id.name, id.thing = "id", nil
			m.thing.add(id)
		}
		for _, a := range t.kind.Attrs {
			if a.nameInJSON() == "id" && t.kind.Identified() {
				continue
			}
			told := j.member(a.nameInJSON(), fact+"."+a.Name, a.Type, depth)
			told.slow = told.slow || a.given != nil // a file may say otherwise
			m.thing.add(told)
		}
		m.thing.seal()
	}
	return m
}

// reads says whether a slot's condition reads a fact, or facts of the thing it is.
func reads(s *slot, fact string) bool {
	read := newFactReader()
	read.cond(s.cond, selfName(s.self))
	for name := range read.names {
		if name == fact || strings.HasPrefix(name, fact+".") || strings.HasPrefix(fact, name+".") {
			return true
		}
	}
	return false
}

// identified prepares a slot whose condition hangs on which thing a text names. Where the object
// tells what the condition reads besides, it is read the slow way.
func (j *jsonBinder) identified(s *slot, cells map[string]uint32) jsonSlot {
	out := jsonSlot{slot: s, words: newWords(cells)}
	out.at, out.stride = j.e.x.Place(s.index)
	out.absent, _ = s.in(&state{c: j.b.blank(), date: j.on})
	return out
}

// slot prepares a slot to be read from texts and numbers.
func (j *jsonBinder) slot(s *slot) jsonSlot {
	out := jsonSlot{slot: s}
	out.at, out.stride = j.e.x.Place(s.index)
	out.absent, _ = s.in(&state{c: j.b.blank(), date: j.on})
	t := s.fact.t
	switch {
	case s.kind == memberSlot:
	case t.basic == enumType, t.basic == textType, t.basic == thingType:
		out.words = newWords(s.words(j.b.p.prog.options.Limits.Text, false))
	case t.basic == numberType && t.dim == "":
		out.plain = &jsonUnit{}
		out.plain.floats, out.plain.cells = s.floatBounds(&unitOfMeasure{factor: num.Int(1)}, 64)
	case t.basic == numberType:
		names := map[string]uint32{}
		for _, name := range keys(j.b.p.prog.units) {
			if u := j.b.p.prog.units[name]; u.dim == t.dim {
				var unit jsonUnit
				unit.floats, unit.cells = s.floatBounds(u, 64)
				out.units = append(out.units, unit)
				names[name] = uint32(len(out.units))
			}
		}
		out.names = newWords(names)
	}
	return out
}
