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
		if v.opaque != nil || v.presence {
			continue
		}
		if !v.set {
			g.takePatterns(v)
		}
		var base []cell
		if v.set {
			work += len(v.atoms) * len(v.atoms)
		} else {
			base = g.s.base(v)
			work += g.trials(v, base)
		}
		switch {
		case work > maxCutting: // as many trials: no diagram is worth that
			g.s.tooLarge = true
			v.cells = []cell{{}}
		case v.set:
			g.cutSet(v)
		default:
			g.cutFact(v, base)
		}
	}
}

// wordsWork is what it counts to write a condition out in words.
const wordsWork = 256

// trialWork is what it counts to try a condition on a value.
const trialWork = 16

// maxCutting bounds the trials of conditions on values in cutting a space.
const maxCutting = 8_000_000

// mostBools bounds what is noted of conditions on values in cutting one fact, in bytes.
const mostBools = 64 << 20

// trials is about how often conditions are tried on base values of a fact; past maxCutting where
// what they come to has no room.
func (g *gatherer) trials(v *variable, base []cell) int {
	if len(v.atoms) > 0 && len(base) > mostBools/len(v.atoms) {
		return maxCutting + 1
	}
	n := 0
	for _, a := range v.atoms {
		if points, steps := g.steps(v, a); steps {
			n += 2*len(points) + 2
		} else {
			n += len(base)
		}
	}
	return n
}

// steps are the values at and between which alone a condition on an ordered fact is to be tried.
func (g *gatherer) steps(v *variable, a *atom) (points []Value, steps bool) {
	if !ordered(v.t) || v.t.scalar != nil {
		return nil, false
	}
	points, steps = g.s.thresholdsOf(v, a)
	return sortedPoints(wholePoints(v.t, points), g.s.goOn), steps
}

// tryAtom finds out for which base values of a fact a condition holds, and marks in turns those that
// it tells from the one before.
func (g *gatherer) tryAtom(v *variable, a *atom, base []cell, turns []bool) {
	a.yes = make([]bool, len(base))
	last := len(base)
	if last > 0 && base[last-1].none {
		last--
	}
	var at []int // the base values on which it is tried; up to the next it is the same
	points, steps := g.steps(v, a)
	for _, p := range points {
		i, _ := slices.BinarySearchFunc(base[:last], p, func(c cell, p Value) int { return compareOrder(c.values[0], p) })
		at = append(at, i, i+1)
	}
	next := 0
	for i, c := range base {
		if steps && i > 0 && i < last {
			for next < len(at) && at[next] < i {
				next++
			}
			if next == len(at) || at[next] != i {
				a.yes[i] = a.yes[i-1]
				continue
			}
		}
		g.s.goOn(trialWork)
		a.yes[i] = g.s.try(a, v, c.values[0])
		turns[i] = turns[i] || i > 0 && a.yes[i] != a.yes[i-1]
	}
}

// cutFact merges the base values of a fact that no condition tells apart.
func (g *gatherer) cutFact(v *variable, base []cell) {
	turns := make([]bool, len(base))
	for _, a := range v.atoms {
		g.tryAtom(v, a, base, turns)
	}
	scattered := v.scattered()
	ordered := ordered(v.t) && !scattered
	var kept []int // base index of each cell's first
	of := make([]int, len(base))
	same := map[string]int{}
	for i, c := range base {
		j, known, key := len(kept)-1, false, ""
		if ordered { // only neighbours are one interval
			known = i > 0 && !turns[i] && !c.none
		} else {
			g.s.goOn(len(v.atoms))
			key = v.signature(i, c.none)
			j, known = same[key]
		}
		if !known {
			j = len(kept)
			same[key] = j
			kept = append(kept, i)
			v.cells = append(v.cells, c)
		} else if !scattered {
			v.cells[j].join(c, ordered)
		}
		of[i] = j
	}
	if scattered && v.t.scalar == addressScalar {
		v.scatter(base, of)
	}
	for _, a := range v.atoms {
		yes := make([]bool, len(kept))
		for i, k := range kept {
			yes[i] = a.yes[k]
		}
		a.yes = yes
	}
	if v.recurrent() {
		v.ways = same
	}
}

// signature is the same for base values that no condition tells apart.
func (v *variable) signature(i int, none bool) string {
	key := make([]byte, len(v.atoms)+1)
	for j, a := range v.atoms {
		if a.yes[i] {
			key[j] = 1
		}
	}
	if none {
		key[len(v.atoms)] = 1
	}
	return string(key)
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
	case v.recurrent():
		out = s.moments(v)
	case ordered(v.t):
		out = s.intervals(v)
	default:
		out = s.texts(v)
	}
	if v.optional {
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
			g.s.goOn(trialWork)
			a.yes[i] = g.s.aims(a.key, c.values[0])
		}
	}
	var classes []cell
	var kept []int
	same := map[string]int{}
	for i, c := range base {
		g.s.goOn(len(v.atoms))
		key := elem.signature(i, false)
		if j, known := same[key]; known {
			classes[j].join(c, false)
			continue
		}
		same[key] = len(kept)
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
			w = g.s.add(&variable{name: v.name, fact: v.fact, attr: v.attr, t: v.t, set: true, aside: v.aside, first: v})
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
	defer s.give(f, nil)
	if a.self != nil {
		if st.self, _ = a.self.thing(st); st.self == nil {
			return false
		}
		st.name = a.self.fact()
	}
	return a.key.c.truth(st) == True
}

// give puts a value, or nothing, into the probe.
func (s *Space) give(f factPlace, v Value) {
	f.bringAbout()
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
