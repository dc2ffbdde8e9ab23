package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// cut gives every variable its cells: base values that stand for all others,
// merged where no condition tells them apart.
func (g *gatherer) cut() {
	work := 0
	for _, v := range slices.Clone(g.s.vars) {
		var base []cell
		switch {
		case v.blind != nil:
		case v.set:
			work += len(v.atoms) * len(v.atoms)
		default:
			base = g.s.base(v)
			work += len(v.atoms) * len(base)
		}
		switch {
		case work > maxCutting, g.s.ctx.Err() != nil: // as many trials: no diagram is worth that
			g.s.tooLarge = true
			v.cells = []cell{{}}
		case v.blind != nil:
		case v.set:
			g.cutSet(v)
		default:
			g.cutFact(v, base)
		}
	}
}

// maxCutting bounds the trials of conditions on values in cutting a space.
const maxCutting = 8_000_000

// cutFact merges the base values of a fact that no condition tells apart.
func (g *gatherer) cutFact(v *variable, base []cell) {
	for _, a := range v.atoms {
		a.yes = make([]bool, len(base))
		for i, c := range base {
			a.yes[i] = g.s.try(a, v, c.values[0])
		}
		if g.s.ctx.Err() != nil {
			g.s.tooLarge, v.cells = true, base[:1]
			return
		}
	}
	ordered := ordered(v.t)
	var kept []int // base index of each cell's first
	for i, c := range base {
		j := slices.IndexFunc(kept, func(k int) bool { return v.alike(k, i) && base[k].none == c.none })
		if ordered && len(kept) > 0 {
			j = -1
			if last := len(kept) - 1; v.alike(kept[last], i) && !c.none && !base[kept[last]].none {
				j = last
			}
		}
		if j < 0 {
			kept = append(kept, i)
			v.cells = append(v.cells, c)
			continue
		}
		v.cells[j].join(c, ordered)
	}
	for _, a := range v.atoms {
		yes := make([]bool, len(kept))
		for i, k := range kept {
			yes[i] = a.yes[k]
		}
		a.yes = yes
	}
}

// alike says whether no condition tells two base values apart.
func (v *variable) alike(i, j int) bool {
	for _, a := range v.atoms {
		if a.yes[i] != a.yes[j] {
			return false
		}
	}
	return true
}

// join takes another base value into the cell.
func (c *cell) join(d cell, ordered bool) {
	if ordered {
		c.hi = d.hi
		if d.lo == nil || c.lo == nil || !d.lo.open { // prefer a value that was written down
			c.values = d.values
		}
		return
	}
	c.values = append(c.values, d.values...)
	c.bases = append(c.bases, d.bases...)
	c.rest, c.alike = c.rest || d.rest, c.alike || d.alike
}

// base lists values such that every value of the fact behaves like one of them.
func (s *Space) base(v *variable) []cell {
	var out []cell
	switch {
	case v.t.basic == boolType:
		out = []cell{{values: []Value{Bool(false)}}, {values: []Value{Bool(true)}}}
	case v.t.basic == enumType:
		out = choices(v.t.enum)
	case v.t.basic == thingType && v.t.kind.Ids != nil:
		out = choices(v.t.kind.Ids)
	case ordered(v.t):
		out = s.intervals(v)
	default:
		out = s.texts(v)
	}
	if v.t.optional {
		out = append(out, cell{values: []Value{None{}}, none: true})
	}
	return out
}

func choices(e *Enum) []cell {
	out := make([]cell, len(e.Choices))
	for i := range e.Choices {
		out[i] = cell{values: []Value{Choice{e, i}}}
	}
	return out
}

// cutSet cuts the possible elements of a set into classes and makes a variable
// for each: does the set contain an element of the class?
func (g *gatherer) cutSet(v *variable) {
	elem := &variable{name: v.name, t: v.t.elem, atoms: v.atoms}
	base := g.s.base(elem)
	for _, a := range v.atoms {
		a.yes = make([]bool, len(base))
		for i, c := range base {
			a.yes[i] = g.s.aims(a.key, c.values[0])
		}
	}
	var classes []cell
	var kept []int
	for i, c := range base {
		if j := slices.IndexFunc(kept, func(k int) bool { return elem.alike(k, i) }); j >= 0 {
			classes[j].join(c, false)
			continue
		}
		kept = append(kept, i)
		classes = append(classes, c)
	}
	for _, a := range v.atoms {
		yes := make([]bool, len(kept))
		for i, k := range kept {
			yes[i] = a.yes[k]
		}
		a.yes = yes
	}
	for i, class := range classes {
		w := v
		if i > 0 {
			w = &variable{index: len(g.s.vars), name: v.name, attr: v.attr, t: v.t, set: true, aside: v.aside}
			g.s.vars = append(g.s.vars, w)
		}
		w.cells = []cell{{}, class}
		v.classes = append(v.classes, w)
	}
}

// aims says whether an element is among those that a condition on a set looks for.
func (s *Space) aims(key atomKey, e Value) bool {
	st := &state{c: s.probe, date: key.on}
	switch c := key.c.(type) {
	case *elemCond:
		return compareValues(lang.Eq, c.x.value(st), e) == True
	case *setCond:
		return c.target.holds(st, e) == True
	}
	return false
}

// try evaluates a condition with one fact given: the reference evaluator decides
// what a cell means.
func (s *Space) try(a *atom, v *variable, val Value) bool {
	st := &state{c: s.probe, date: a.key.on}
	f, d := s.probe.find(splitName(v.name), spot{})
	if d != nil {
		return false
	}
	s.give(f, val)
	if a.self != nil {
		st.self, _ = a.self.thing(st)
		st.name = a.self.fact()
	}
	t := a.key.c.truth(st)
	s.give(f, nil)
	return t == True
}

// give puts a value, or nothing, into the probe.
func (s *Space) give(f factPlace, v Value) {
	if f.attr == nil {
		f.thing.ID = v
		return
	}
	if f.attr.Type.basic == thingType && v != nil && !isNone(v) {
		nested, ok := f.thing.attrs[f.attr.index].(*Thing)
		if !ok {
			nested = newThing(f.attr.Type.kind)
			f.thing.attrs[f.attr.index] = nested
		}
		nested.ID = v
		return
	}
	f.thing.attrs[f.attr.index] = v
}
