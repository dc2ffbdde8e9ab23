package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// wording puts diagrams into the author's words: terms and groups where they say
// exactly what is meant, plain conditions on facts where none does.
type wording struct {
	s       *Space
	on      num.Date
	sayable map[atomKey]bool // terms all of whose conditions are among the space's
	phrases []phrase         // named sets of cells and conjunctions, longest first
	joint   []joint          // terms about several facts
}

// phrase is what a term or a group says of the facts: a cube.
type phrase struct {
	yes, no *Condition // item is SLV, item is not SLV
	cube    dd.Cube
	denied  dd.Cube    // nil where the denial is no cube
	data    bool       // it asks for what files say of an identity
	member  *Condition // that a set which a file gives has a value, where it says this
}

// joint is a term that hangs on several facts, with a variable that stands for it.
type joint struct {
	f     dd.Node
	vars  []int
	spare *variable
}

// mostCubes bounds the ways that a condition for people lists, and mostCounted those that it
// counts beyond. One of up to mostWays ways is listed whole where it has no more parts than
// mostParts.
const (
	mostCubes   = 8
	mostCounted = 100
	mostWays    = 32
	mostParts   = 24
)

// wordsOn is the space's wording by the vocabulary of a date.
func (s *Space) wordsOn(on num.Date) *wording {
	if s.words != nil && s.words.on == on {
		return s.words
	}
	w := &wording{s: s, on: on, sayable: map[atomKey]bool{}}
	s.words = w
	k := &compiler{s: s, on: on}
	for _, v := range s.vars {
		if v.term == nil {
			continue
		}
		if w.compiled(v.term.cond, v.self) {
			w.term(k, v)
		}
	}
	w.addGroups()
	for _, v := range s.vars {
		w.addGiven(v)
	}
	slices.SortStableFunc(w.phrases, func(a, b phrase) int { return len(b.cube) - len(a.cube) })
	return w
}

// wordsOfGroups is a wording without terms: facts, values and groups alone.
func (s *Space) wordsOfGroups(on num.Date) *wording {
	w := &wording{s: s, on: on}
	w.addGroups()
	return w
}

// addGroups takes the groups of things in roles into the vocabulary.
func (w *wording) addGroups() {
	for _, r := range w.s.prog.roles {
		for _, g := range w.s.prog.order.groups {
			if v := w.s.facts[r.Name]; g.Kind == r.Kind && v != nil && v.opaque == nil {
				w.addGroup(r.Name, g, v)
			}
		}
	}
	w.addAddresses()
}

// spare adds a variable for every defined term about a role: it stands for the
// term where a diagram depends on the term's facts only through it.
func (s *Space) spare() {
	for _, r := range s.prog.roles {
		self := &path{root: roleRoot, index: r.Index, name: r.Name, kind: r.Kind, t: &Type{basic: thingType, kind: r.Kind}}
		for _, t := range s.prog.order.terms {
			if t.Kind == r.Kind && !t.Open {
				s.vars = append(s.vars, &variable{index: len(s.vars), name: r.Name + " is " + t.Name, t: typeBool, term: t, self: self,
					cells: []cell{{values: []Value{Bool(false)}}, {values: []Value{Bool(true)}}}})
			}
		}
	}
}

// spareGroups adds a variable for membership of the thing of each role in a screened group, which
// hangs on its name and on what is told of it.
func (s *Space) spareGroups() {
	for _, x := range s.screened {
		name := x.role + " in " + x.c.group.Name
		if !slices.ContainsFunc(s.vars, func(v *variable) bool { return v.group == x.c.group && v.name == name }) {
			s.vars = append(s.vars, &variable{index: len(s.vars), name: name, t: typeBool, term: &Term{Name: x.c.group.Name, cond: x.c}, group: x.c.group, self: x.self,
				cells: []cell{{values: []Value{Bool(false)}}, {values: []Value{Bool(true)}}}})
		}
	}
}

// term takes a term into the vocabulary.
func (w *wording) term(k *compiler, v *variable) {
	f := k.cond(v.term.cond, v.self)
	if k.err != nil || f == dd.False || f == dd.True {
		return
	}
	yes, no := v.termByName()
	if cube, ok := w.cube(f); ok {
		w.phrase(yes, no, cube)
	} else if g := k.not(f); k.err == nil {
		if cube, ok := w.cube(g); ok {
			w.phrase(no, yes, cube)
		}
	}
	if vars := w.s.Store.Support(f); len(vars) > 1 {
		w.joint = append(w.joint, joint{f: f, vars: vars, spare: v})
	}
}

// termByName is that a term holds of the thing it is about, and that it does not; or that the thing
// is in a screened group.
func (v *variable) termByName() (yes, no *Condition) {
	if v.group != nil {
		role := strings.TrimSuffix(v.name, " in "+v.group.Name)
		return &Condition{Op: OpIn, Fact: role, Group: v.group}, &Condition{Op: OpNotIn, Fact: role, Group: v.group}
	}
	return &Condition{Op: opTerm, Text: v.name}, &Condition{Op: opTerm, Text: strings.Replace(v.name, " is ", " is not ", 1)}
}

// phrase takes a phrase into the vocabulary.
func (w *wording) phrase(yes, no *Condition, cube dd.Cube) *phrase {
	p := phrase{yes: yes, no: no, cube: cube}
	if len(cube) == 1 {
		v := cube[0].Var
		p.denied = dd.Cube{{Var: v, Cells: complement(cube[0].Cells, len(w.s.vars[v].cells))}}
	}
	w.phrases = append(w.phrases, p)
	return &w.phrases[len(w.phrases)-1]
}

// compiled says whether all of a term's conditions are among the space's.
func (w *wording) compiled(c cond, self *path) bool {
	c = w.s.unfold.of(c, w.on)
	switch c := c.(type) {
	case *allCond:
		return w.allCompiled(c.xs, self)
	case *anyCond:
		return w.allCompiled(c.xs, self)
	case *tallyCond:
		return w.allCompiled(c.xs, self)
	case *notCond:
		return w.compiled(c.x, self)
	case *impliesCond:
		return w.compiled(c.x, self) && w.compiled(c.y, self)
	case *deniedCond:
		return w.compiled(c.rel, self) && !slices.ContainsFunc(c.has, func(h cond) bool { return !w.compiled(h, self) })
	case *hasCond:
		p := c.path.within(self).present()
		return p == nil || p.root != varRoot && (w.s.facts[p.fact()] != nil || w.s.there[p.fact()] != nil)
	case *termCond:
		if subject, ok := c.about(self); ok {
			key := atomKey{c.term.cond, selfName(subject), w.on}
			says, known := w.sayable[key]
			if !known {
				says = w.compiled(c.term.cond, subject)
				w.sayable[key] = says
			}
			return says
		}
	case *constCond:
		return true
	}
	a := w.s.atoms[atomKey{c, selfName(self), w.on}]
	return a != nil && a.v != nil && a.v.opaque == nil
}

func (w *wording) allCompiled(cs []cond, self *path) bool {
	for _, c := range cs {
		if !w.compiled(c, self) {
			return false
		}
	}
	return true
}

// cube is a diagram that is one cube and neither empty nor everything.
func (w *wording) cube(f dd.Node) (dd.Cube, bool) {
	if f == dd.False || f == dd.True {
		return nil, false
	}
	cubes, rest, err := w.s.Store.CoverUpTo(f, dd.True, 1)
	return first(cubes), err == nil && rest == dd.False && len(cubes) == 1
}

func first(cubes []dd.Cube) dd.Cube {
	if len(cubes) == 0 {
		return nil
	}
	return cubes[0]
}

// addGroup takes a group if the cells of the identity follow it.
func (w *wording) addGroup(role string, g *Group, v *variable) {
	if g.unsure != nil && g.isOpenOn(w.on) {
		return
	}
	var in []int
	for i := range v.cells {
		n, of := w.membersIn(&v.cells[i], g)
		switch {
		case n == of && n > 0:
			in = append(in, i)
		case n > 0:
			return
		}
	}
	if len(in) == 0 || len(in) == len(v.cells) {
		return
	}
	yes, no := &Condition{Op: OpIn, Fact: role, Group: g}, &Condition{Op: OpNotIn, Fact: role, Group: g}
	w.phrase(yes, no, dd.Cube{{Var: v.index, Cells: in}})
}

// membersIn is how many of the values of a cell are in a group. Texts count by what
// they stand for, and are in no group that no condition asks for.
func (w *wording) membersIn(c *cell, g *Group) (n, of int) {
	if c.none {
		return 0, 1
	}
	if c.texts == nil {
		for _, id := range c.values {
			if text, ok := identity(id); ok && g.has(text, w.on) {
				n++
			}
		}
		return n, len(c.values)
	}
	at := slices.IndexFunc(c.texts.groups, func(d datedGroup) bool { return d.on == w.on && d.group.is(g) })
	if at < 0 {
		return 0, 1
	}
	for text, named := range c.texts.named {
		if slices.Contains(c.bases, named.base) {
			if of++; g.has(text, w.on) {
				n++
			}
		}
	}
	for _, base := range c.bases {
		if way, ok := c.texts.wayOf(base); ok {
			if of++; way[at] == '1' {
				n++
			}
		}
	}
	return n, of
}
