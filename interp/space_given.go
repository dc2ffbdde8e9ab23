package interp

import (
	"maps"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// unfolder writes conditions out so that diagrams and engines can look into them. What reads
// attributes that a file gives asks which thing it is: it is a group of those of which the
// condition holds. A comparison of such an attribute with another fact is one of each of its
// values, and any or all of a set in another one, or that they are equal, one of each element.
type unfolder struct {
	prog  *Program
	sets  bool // sets that are told are looked into too
	c     *Case
	done  map[unfolded]cond // nil: it stands as it is
	sures map[sureGroup]*Group
	told  map[toldMember]cond
	elems map[elementIn]*elemCond

	versions map[string]bool // the values that amendments replace: their names mean something else elsewhere,
	reworded map[cond]bool   // and so do terms in these
}

// elementIn is a value in a set or a list, by which one condition stands for all that ask it.
type elementIn struct {
	value string
	root  rootKind
	index int
	attr  *Attr
	fact  string
}

type unfolded struct {
	c  cond
	on num.Date
}

// mostUnfolded bounds the values by which a condition is written out.
const mostUnfolded = 256

// mostEqual bounds the elements by which two sets that are told are compared: the diagram of their
// equality may double with each.
const mostEqual = 8

func newUnfolder(p *Program, sets bool) *unfolder {
	return &unfolder{prog: p, sets: sets, c: p.NewCase(), done: map[unfolded]cond{}, sures: map[sureGroup]*Group{}, told: map[toldMember]cond{}, elems: map[elementIn]*elemCond{}, reworded: map[cond]bool{}}
}

// of is a condition written out, or itself.
func (u *unfolder) of(c cond, on num.Date) cond {
	switch c := c.(type) {
	case *begunCond:
		return &constCond{t: c.truth(&state{date: on})}
	case *constCond, *allCond, *anyCond, *notCond, *impliesCond, *deniedCond, *termCond, *tallyCond:
		return c
	}
	if in, ok := c.(*groupCond); ok && (in.group.unsure == nil || in.group.untold()) {
		return c
	}
	key := unfolded{c, on}
	out, known := u.done[key]
	if !known {
		was := c
		a := newRevaluer(versionsOn(on))
		versions := u.versions != nil && a.asks(c)
		if versions {
			was = rewritten(c, a)
		}
		if versions || anyOperandIn(was, isValueOperand) {
			was = withoutNone(withOperands(was, valuesOn(on)))
		}
		if was != c && wantsNone(was) {
			u.done[key] = &constCond{t: False}
			return u.done[key]
		}
		if cmp, compares := was.(*compareCond); compares && u.sets {
			if direct := solved(cmp, on); direct != nil {
				was = direct
			}
		}
		u.reworded[was] = versions
		if out = u.unfold(was, on); out == nil && was != c {
			out = was
		}
		u.done[key] = out
	}
	if out == nil {
		return c
	}
	return out
}

func (u *unfolder) unfold(c cond, on num.Date) cond {
	switch c := c.(type) {
	case *groupCond:
		return u.unsure(c, on)
	case *setCond:
		if c.target.group != nil && c.target.group.unsure != nil {
			return u.ofSure(c, on)
		}
	}
	r := reading{own: u.prog.own}
	r.cond(c)
	switch {
	case r.beyond:
		return nil
	case len(r.given) == 0:
		switch c := c.(type) {
		case *setCond:
			if u.sets {
				return u.eachElementOf(c)
			}
		case *compareCond:
			if u.sets {
				return equalMembers(c)
			}
		}
		return nil
	case !r.told && r.oneThing():
		return u.group(c, r.given[0], on)
	}
	switch c := c.(type) {
	case *setCond:
		if r.toldSet && !u.sets {
			return nil
		}
		return u.eachElementOf(c)
	case *elemCond:
		return eachValue(c, c.x, c.set, func(x operand) cond { return &elemCond{c.at, x, c.set} })
	case *compareCond:
		if c.x.typ().basic == setType {
			if r.toldSet && !u.sets {
				return nil
			}
			return equalMembers(c)
		}
		if p, ok := c.y.(*path); ok && p.given() != nil {
			return eachValue(c, c.y, c.x, func(y operand) cond { return &compareCond{c.at, c.op, c.x, y} })
		}
		return eachValue(c, c.x, c.y, func(x operand) cond { return &compareCond{c.at, c.op, x, c.y} })
	}
	return nil
}

// reading is what a condition reads.
type reading struct {
	own     map[string]*ownFunction
	given   []*path // attributes that files give
	told    bool    // facts that are told
	toldSet bool    // one of them a set
	beyond  bool    // a term, a function of the embedder's
}

func (r *reading) cond(c cond) {
	if h, ok := c.(*hasCond); ok {
		if p := h.path.present(); p == nil || p.given() == nil {
			r.beyond = true // of which nothing more is to be said
			return
		}
	}
	if _, term := c.(*termCond); term {
		r.beyond = true
	}
	eachPart(c, r.cond, r.operand)
}

func (r *reading) operand(o operand) {
	switch o := o.(type) {
	case *path:
		switch {
		case o.root == varRoot && o.given() == nil && !o.isAttr():
		case o.root == varRoot:
			r.beyond = true
		case o.given() != nil:
			r.given = append(r.given, o)
		default:
			r.told = true
			r.toldSet = r.toldSet || o.t.elem != nil
		}
	case *call:
		r.beyond = r.beyond || r.own[o.fn.Name] != nil
	case *truthValue, *countOf, *aggregate:
		r.beyond = true
	}
	eachOperandPart(o, r.cond, r.operand)
}

// oneThing says whether all that files give is of one thing.
func (r *reading) oneThing() bool {
	for _, p := range r.given[1:] {
		if p.root != r.given[0].root || p.thingOf().fact() != r.given[0].thingOf().fact() {
			return false
		}
	}
	return true
}

// group is a condition on attributes of one thing that files give as a group of those of
// which it holds; nil where it cannot be evaluated. Of things of which the files say nothing
// it is the condition on what is told.
func (u *unfolder) group(c cond, p *path, on num.Date) cond {
	thing, given := p.thingOf(), p.given()
	holds := newGroup("", thing.t.kind)
	holds.says = c
	for id := range given.by {
		t, err := u.truthOf(c, thing, id, on)
		if err != nil {
			return nil
		}
		if t == True {
			holds.add(id, id, always)
		}
	}
	in := &groupCond{group: holds, subject: thing}
	if given.all {
		return in
	}
	if _, counts := c.(*quantCond); counts {
		return nil
	}
	return &anyCond{xs: []cond{in, &allCond{xs: []cond{&notCond{x: &groupCond{group: given.listed(p), subject: thing}}, withOperands(c, toldOnly(thing))}}}}
}

// toldOnly is a function that puts what is told of other things in the place of the
// attributes of one thing that files give.
func toldOnly(thing *path) func(operand) operand {
	var f func(operand) operand
	f = func(o operand) operand {
		p, ok := o.(*path)
		switch {
		case !ok:
			return withParts(o, f)
		case p.given() == nil || p.root != thing.root || p.thingOf().fact() != thing.fact():
			return p
		}
		q := *p
		q.attrs = append(p.attrs[:len(p.attrs)-1:len(p.attrs)-1], p.given().told)
		return &q
	}
	return f
}

// truthOf is what a condition comes to where a path leads to the thing of an identity.
func (u *unfolder) truthOf(c cond, p *path, id string, on num.Date) (Truth, error) {
	root := newThing(p.kind)
	st := &state{c: u.c, date: on, self: root}
	if p.root == roleRoot {
		u.c.things[p.index] = root
	}
	for _, a := range p.attrs {
		nested := newThing(a.Type.kind)
		root.attrs[a.index] = nested
		root = nested
	}
	root.ID = idValue(root.Kind, id)
	return c.truth(st), st.err
}

// eachElementOf is any or all of a set in another as one condition of each element that
// they may hold; nil where these cannot be listed.
func (u *unfolder) eachElementOf(c *setCond) cond {
	if c.target.set == nil {
		return nil
	}
	elems := elementsOf(c.set)
	if elems == nil && c.op == lang.AnyOf {
		elems = elementsOf(c.target.set)
	}
	if elems == nil {
		return nil
	}
	var xs []cond
	for _, e := range elems {
		in, of := u.elementIn(e, c.set), u.elementIn(e, c.target.set)
		if c.op == lang.AllOf {
			xs = append(xs, &impliesCond{x: in, y: of})
		} else {
			xs = append(xs, &allCond{xs: []cond{in, of}})
		}
	}
	if c.op == lang.AnyOf {
		return &anyCond{xs: xs}
	}
	for _, o := range []operand{c.set, c.target.set} {
		absentWith(o, func(p *path) {
			if p.optional() {
				xs = append(xs, &hasCond{path: p})
			}
		})
	}
	return &allCond{xs: xs}
}

// elementIn is whether a value is an element of a set.
func (u *unfolder) elementIn(e, set operand) *elemCond {
	p, isPath := set.(*path)
	k, fixed := e.(*constant)
	if !isPath || !fixed || !p.isAttr() {
		return &elemCond{x: e, set: set}
	}
	key := elementIn{k.v.String(), p.root, p.index, p.lastAttr(), p.fact()}
	c := u.elems[key]
	if c == nil {
		c = &elemCond{x: e, set: set}
		u.elems[key] = c
	}
	return c
}

// equalMembers is the equality of sets, or that they are not equal, as conditions of their elements:
// each set holds all that the other one does. It is nil of what is no set, and where the elements
// cannot be looked into.
func equalMembers(c *compareCond) cond {
	p, ok := c.x.(*path)
	if !ok || p.t.basic != setType || p.root == varRoot || !countable(p.t.elem) {
		return nil
	}
	all := &allCond{}
	switch y := c.y.(type) {
	case *tupleOperand:
		within := &setCond{op: lang.AllOf, set: p}
		all.xs = append(all.xs, within)
		for _, e := range y.elems {
			if _, fixed := e.(*constant); !fixed {
				return nil
			}
			within.target.elems = append(within.target.elems, element{lo: e})
			all.xs = append(all.xs, &elemCond{x: e, set: p})
		}
		within.target.index = newElemIndex(within.target.elems)
	case *path:
		if n := len(elementsOf(p)); n == 0 || n > mostEqual || len(elementsOf(y)) == 0 {
			return nil
		}
		all.xs = []cond{&setCond{op: lang.AllOf, set: p, target: target{set: y}}, &setCond{op: lang.AllOf, set: y, target: target{set: p}}}
	default:
		return nil
	}
	if c.op == lang.Eq {
		return all
	}
	not := denied(nil, c).(*deniedCond)
	not.rel = all
	return not
}

// elementsOf are the elements that a set may hold; nil where they cannot be listed.
func elementsOf(set operand) []operand {
	p, ok := set.(*path)
	if !ok || p.root == varRoot || p.t.basic != setType {
		return nil
	}
	return valuesOf(p.t.elem, p.given())
}

// valuesOf are all values of a type, or those that a file says of an attribute, if it says
// something of each thing; nil where they cannot be listed.
func valuesOf(t *Type, g *givenValues) []operand {
	switch {
	case t.basic == enumType:
		return constants(t, choices(t.enum))
	case t.basic == thingType && t.kind.Ids != nil:
		return constants(t, choices(t.kind.Ids))
	case g != nil && g.all:
		return givenConstants(t, g)
	}
	return nil
}

// givenConstants are the values that a file says of an attribute; nil where they are too many.
func givenConstants(t *Type, g *givenValues) []operand {
	var cells []cell
	for _, v := range g.values() {
		cells = append(cells, cell{values: []Value{v}})
	}
	return constants(t, cells)
}

func constants(t *Type, cells []cell) []operand {
	if len(cells) > mostUnfolded {
		return nil
	}
	out := make([]operand, len(cells))
	for i, c := range cells {
		out[i] = &constant{c.values[0], t}
	}
	return out
}

// eachValue is a relation between two operands by the values of one of them: it is one of
// these, and of it the relation holds. Of things of which the file says nothing it is the
// relation itself.
func eachValue(c cond, x, y operand, relation func(operand) cond) cond {
	p, ok := x.(*path)
	if !ok || p.t.elem != nil {
		return nil
	}
	values, g := valuesOf(p.t, p.given()), p.given()
	var xs []cond
	if values == nil && g != nil && !g.all {
		values = givenConstants(p.t, g)
		xs = append(xs, &allCond{xs: []cond{&notCond{x: &groupCond{group: g.listed(p), subject: p.thingOf()}}, withOperands(c, toldOnly(p.thingOf()))}})
	}
	if q, ok := y.(*path); ok && values == nil && q.t.elem != nil {
		values = valuesOf(q.t.elem, q.given())
	}
	if values == nil {
		return nil
	}
	for _, v := range values {
		xs = append(xs, &allCond{xs: []cond{&compareCond{op: lang.Eq, x: x, y: v}, relation(v)}})
	}
	return &anyCond{xs: xs}
}

// listed is a group of the things of which the file of a path's attribute says something.
func (g *givenValues) listed(p *path) *Group {
	out := newGroup("", p.thingOf().t.kind)
	for id := range g.by {
		out.add(id, id, always)
	}
	return out
}

// givenLink holds an attribute that is told of other things to what its file says: in each
// cell of the thing it is what that says of all that lie in the cell.
func (k *compiler) givenLink(v *variable) dd.Node {
	thing := k.s.facts[v.fact.thingOf().fact()]
	if thing == nil {
		return dd.True
	}
	says := k.s.givenCells(v)
	f := dd.True
	for _, cell := range slices.Sorted(maps.Keys(says)) {
		if value := says[cell]; cell != dd.Unknown && value != dd.Unknown {
			f = k.and(f, k.implies(k.keep(k.s.Store.Literal(thing.index, []int{cell})), k.keep(k.s.Store.Literal(v.index, []int{value}))))
		}
	}
	return f
}

// givenCells are the cells of what is told of a thing beside a file that the file gives, by the cell
// of which thing it is; unknown where it gives several.
func (s *Space) givenCells(v *variable) map[int]int {
	thing := s.facts[v.fact.thingOf().fact()]
	says := map[int]int{}
	for _, id := range keys(v.attr.beside.by) {
		s.goOn(trialWork)
		cell := s.cellWith(thing, idValue(thing.t.kind, id))
		value := s.cellWith(v, v.attr.beside.by[id])
		if old, known := says[cell]; known && old != value {
			value = dd.Unknown
		}
		says[cell] = value
	}
	return says
}

// givenDefault is that an attribute has its default where the thing is one of which its file
// says nothing.
func (k *compiler) givenDefault(v *variable) dd.Node {
	thing := k.s.facts[v.fact.thingOf().fact()]
	cell := k.s.cellWith(v, v.attr.Default)
	if thing == nil || cell == dd.Unknown {
		return dd.True
	}
	listed := make([]bool, len(thing.cells))
	for id := range v.attr.beside.by {
		if i := k.s.cellWith(thing, idValue(thing.t.kind, id)); i != dd.Unknown {
			listed[i] = true
		}
	}
	if none := thing.absent(); none >= 0 {
		listed[none] = true
	}
	return k.or(k.literal(thing, listed), k.keep(k.s.Store.Literal(v.index, []int{cell})))
}

// asksForData says whether some condition asks for what files say of an identity.
func (v *variable) asksForData() bool {
	return slices.ContainsFunc(v.atoms, func(a *atom) bool {
		in, ok := a.key.c.(*groupCond)
		return ok && in.group.says != nil
	})
}
