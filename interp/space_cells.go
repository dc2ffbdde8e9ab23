package interp

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
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

// intervals cuts an ordered type at every value that a condition compares with:
// the values themselves and what lies between them.
func (s *Space) intervals(v *variable) []cell {
	points := s.thresholds(v)
	if len(points) == 0 {
		return []cell{{values: []Value{s.somewhere(v)}}}
	}
	var out []cell
	for i, p := range points {
		var before *bound
		if i > 0 {
			before = &bound{points[i-1], true}
		}
		if mid := between(before, p); mid != nil {
			out = append(out, cell{values: []Value{mid}, lo: before, hi: &bound{p, true}})
		}
		out = append(out, cell{values: []Value{p}, lo: &bound{p, false}, hi: &bound{p, false}})
	}
	last := points[len(points)-1]
	if after := beyond(last); after != nil {
		out = append(out, cell{values: []Value{after}, lo: &bound{last, true}})
	}
	return out
}

// thresholds are the values that the variable's conditions compare with, in order.
func (s *Space) thresholds(v *variable) []Value {
	var points []Value
	add := func(o operand, on num.Date) {
		if val := o.value(&state{c: s.probe, date: on}); val != nil && !isNone(val) {
			points = append(points, val)
		}
	}
	for _, a := range v.atoms {
		switch c := a.key.c.(type) {
		case *compareCond:
			for _, o := range []operand{c.x, c.y} {
				if fixedOperand(o) {
					add(o, a.key.on)
				}
			}
		case *listedCond:
			for _, e := range c.elems {
				add(e.lo, a.key.on)
				if e.hi != nil {
					add(e.hi, a.key.on)
				}
			}
		case *withinCond:
			around, ok := c.y.value(&state{c: s.probe, date: a.key.on}).(Date)
			if !ok {
				continue
			}
			for _, by := range []num.Duration{c.before.Neg(), c.after} {
				if d, err := num.Date(around).Add(by); err == nil {
					points = append(points, Date(d))
				}
			}
		}
	}
	return sortedPoints(points)
}

// sortedPoints are values of an ordered type in order, each once.
func sortedPoints(points []Value) []Value {
	slices.SortFunc(points, compareOrder)
	return slices.CompactFunc(points, func(a, b Value) bool { return compareOrder(a, b) == 0 })
}

// compareOrder orders two values of one ordered type.
func compareOrder(a, b Value) int {
	switch {
	case compareValues(lang.Lt, a, b) == True:
		return -1
	case compareValues(lang.Gt, a, b) == True:
		return 1
	}
	return 0
}

// somewhere is any value of an ordered type.
func (s *Space) somewhere(v *variable) Value {
	switch v.t.basic {
	case dateType:
		return s.prog.DefaultDate()
	case durationType:
		return Duration{Days: 1}
	}
	return Number{N: num.Int(1), Dim: v.t.dim}
}

// between is a value less than hi and, where there is one, greater than lo; nil
// where none is. It is a round one where it can be: 299 km below 300 km.
func between(lo *bound, hi Value) Value {
	switch hi := hi.(type) {
	case Date:
		d, err := num.Date(hi).AddDays(-1)
		if err != nil || lo != nil && Date(d) <= lo.v.(Date) {
			return nil
		}
		return Date(d)
	case Duration:
		return betweenDurations(lo, num.Duration(hi))
	case Number:
		return betweenNumbers(lo, hi)
	}
	return nil
}

func betweenDurations(lo *bound, hi num.Duration) Value {
	d, err := hi.Add(num.Duration{Days: -1})
	if err != nil || lo != nil && d.Cmp(num.Duration(lo.v.(Duration))) <= 0 {
		return nil // at most a fraction of a day lies between, which no case has
	}
	return Duration(d)
}

// betweenNumbers prefers the next smaller whole number in hi's unit, else half way.
func betweenNumbers(lo *bound, hi Number) Value {
	unit := &Unit{Dim: hi.Dim, Factor: num.Int(1)}
	if hi.Unit != nil {
		unit = hi.Unit
	}
	if n, err := hi.N.Sub(unit.Factor); err == nil && (lo == nil || n.Cmp(lo.v.(Number).N) > 0) {
		return Number{N: n, Dim: hi.Dim, Unit: hi.Unit}
	}
	if lo == nil {
		return nil
	}
	sum, err := hi.N.Add(lo.v.(Number).N)
	if err == nil {
		sum, err = sum.Div(num.Int(2))
	}
	if err != nil {
		return nil
	}
	return Number{N: sum, Dim: hi.Dim, Unit: hi.Unit}
}

// beyond is a value greater than v.
func beyond(v Value) Value {
	switch v := v.(type) {
	case Date:
		if d, err := num.Date(v).AddDays(1); err == nil {
			return Date(d)
		}
	case Duration:
		if d, err := num.Duration(v).Add(num.Duration{Days: 1}); err == nil {
			return Duration(d)
		}
	case Number:
		step := num.Int(1)
		if v.Unit != nil {
			step = v.Unit.Factor
		}
		if n, err := v.N.Add(step); err == nil {
			return Number{N: n, Dim: v.Dim, Unit: v.Unit}
		}
	}
	return nil
}

// textIndex tells for every text which base value it behaves like.
type textIndex struct {
	named  map[string]int // texts that stand for themselves alone, or with others that are all listed
	ways   map[string]int // the others by which of the groups they are in
	groups []datedGroup
	rest   int
}

func (x *textIndex) base(text string) int {
	if i, named := x.named[text]; named {
		return i
	}
	if i, ok := x.ways[way(x.groups, text)]; ok {
		return i
	}
	return x.rest
}

// mostListed is how many members of groups are listed one by one. Of more, one stands
// for all that are in the same groups. Tests list fewer.
var mostListed = 2_000

// texts lists the free texts that conditions name; the members of the groups they ask
// for, those together that are in the same ones; and one text that is none of these.
func (s *Space) texts(v *variable) []cell {
	x := &textIndex{named: map[string]int{}, ways: map[string]int{}, groups: groupsOf(v.atoms)}
	var out []cell
	for _, a := range v.atoms {
		for _, text := range s.namedTexts(a.key.c) {
			if _, seen := x.named[text]; !seen {
				x.named[text] = 0
				out = append(out, cell{values: []Value{Text(text)}})
			}
		}
	}
	out = append(out, x.members()...)
	slices.SortStableFunc(out, func(a, b cell) int { return compareTexts(a.values[0], b.values[0]) })
	for i := range out {
		c := &out[i]
		if c.alike {
			x.ways[way(x.groups, string(c.values[0].(Text)))] = i
			continue
		}
		for _, val := range c.values {
			x.named[string(val.(Text))] = i
		}
	}
	x.rest = len(out)
	other := "other"
	for i := 2; x.base(other) != x.rest; i++ {
		other = fmt.Sprintf("other %d", i)
	}
	out = append(out, cell{values: []Value{Text(other)}, rest: true})
	for i := range out {
		out[i].texts, out[i].bases = x, []int{i}
	}
	return out
}

// members are the members of the groups that no condition names, those together that
// are in the same groups.
func (x *textIndex) members() []cell {
	size := 0
	for _, g := range x.groups {
		size += len(g.group.members)
	}
	none := way(x.groups, "")
	by := map[string][]Value{}
	seen := map[string]bool{}
	for _, g := range x.groups {
		for id := range g.group.members {
			_, named := x.named[id]
			w := way(x.groups, id)
			if named || seen[id] || w == none {
				continue
			}
			switch old := by[w]; {
			case size <= mostListed:
				seen[id] = true
				by[w] = append(old, Text(id))
			case len(old) == 0 || id < string(old[0].(Text)):
				by[w] = []Value{Text(id)}
			}
		}
	}
	var out []cell
	for _, values := range by {
		slices.SortFunc(values, compareTexts)
		out = append(out, cell{values: values, alike: size > mostListed})
	}
	return out
}

func compareTexts(a, b Value) int {
	switch x, y := a.(Text), b.(Text); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// datedGroup is a group as it is on a date.
type datedGroup struct {
	group *Group
	on    num.Date
}

// way is which of the groups an identity is in.
func way(groups []datedGroup, id string) string {
	w := make([]byte, len(groups))
	for i, g := range groups {
		w[i] = '0'
		if g.group.has(id, g.on) {
			w[i] = '1'
		}
	}
	return string(w)
}

func groupsOf(atoms []*atom) []datedGroup {
	var out []datedGroup
	for _, a := range atoms {
		var g *Group
		switch c := a.key.c.(type) {
		case *groupCond:
			g = c.group
		case *setCond:
			g = c.target.group
		}
		if dated := (datedGroup{g, a.key.on}); g != nil && !slices.Contains(out, dated) {
			out = append(out, dated)
		}
	}
	return out
}

// namedTexts are the texts that a condition compares with.
func (s *Space) namedTexts(c cond) []string {
	var ops []operand
	switch c := c.(type) {
	case *compareCond:
		ops = []operand{c.x, c.y}
	case *listedCond:
		for _, e := range c.elems {
			ops = append(ops, e.lo)
		}
	case *elemCond:
		ops = []operand{c.x}
	case *setCond:
		for _, e := range c.target.elems {
			ops = append(ops, e.lo)
		}
	}
	var out []string
	for _, o := range ops {
		if k, ok := o.(*constant); ok {
			if t, ok := k.v.(Text); ok {
				out = append(out, string(t))
			}
		}
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
