package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// givenValues are what a file says of an attribute: known wherever it is known which thing
// it is, told by nobody, and asked of nobody.
type givenValues struct {
	by   map[string]Value // the values by identity
	told *Attr            // the same attribute of a thing of which the file says nothing
	all  bool             // there is no such thing
}

// of is what the file says of a thing; nil where it says nothing. Not known is which thing
// it is.
func (g *givenValues) of(t *Thing) (v Value, known bool) {
	if t.ID == nil {
		return nil, false
	}
	id, _ := identity(t.ID)
	return g.by[id], true
}

// givenOf says whether a file says what an attribute of the thing is.
func (t *Thing) givenOf(a *Attr) bool {
	if a.given == nil {
		return false
	}
	v, _ := a.given.of(t)
	return v != nil
}

// give makes an attribute one whose values a file gives.
func (a *Attr) give(file string, by map[string]Value) {
	a.File, a.given = file, nil
	told := *a
	a.given = &givenValues{by: by, told: &told}
	told.beside = a.given
	if ids := a.owner.Ids; ids != nil {
		a.given.all = !slices.ContainsFunc(ids.Names(), func(id string) bool { return by[id] == nil })
	}
}

// given is what a file says of the attribute that a path ends with; nil of a path to what is told.
func (p *path) given() *givenValues {
	if !p.isAttr() {
		return nil
	}
	return p.lastAttr().given
}

// Told says whether a case may tell it: not where a file gives it of every thing.
func (a *Attr) Told() bool { return a.given == nil || !a.given.all }

// toldBeside says whether an attribute is what is told of things of which its file says nothing.
func (a *Attr) toldBeside() bool { return a != nil && a.beside != nil }

// source is what a file says of an attribute, or of what is told beside it.
func (a *Attr) source() *givenValues {
	if a.given != nil {
		return a.given
	}
	return a.beside
}

// thingOf is the path to the thing of whose attribute a path speaks.
func (p *path) thingOf() *path {
	q := *p
	q.attrs, q.t = p.attrs[:len(p.attrs)-1], &Type{basic: thingType, kind: p.lastAttr().owner}
	if q.isAttr() {
		q.t = q.lastAttr().Type // of which there may be none
	}
	return &q
}

// untell leaves out what files say of a thing, and of those within it; that it is listed only where
// no other version of the rules may say otherwise.
func (t *Thing) untell(versions bool) {
	for _, a := range t.Kind.Attrs {
		if t.givenOf(a) || !versions && a.screens() && t.listedAlways(a.Group) {
			t.attrs[a.index] = nil
		} else if nested, ok := t.attrs[a.index].(*Thing); ok {
			nested.untell(versions)
		}
	}
}

// agrees says what is told of a thing that its files say otherwise, or will say once it is
// known which thing it is. What they say themselves is told no more.
func (t *Thing) agrees(name string) *lang.Diagnostic {
	for _, a := range t.Kind.Attrs {
		v := t.attrs[a.index]
		full := name + "." + a.Name
		if v == nil {
			continue
		}
		if a.screens() {
			if d := t.mayBeScreened(a, name); d != nil {
				return d
			}
			continue
		}
		if a.Group != nil && !a.Group.Open() {
			if d := t.mayBeTold(a.Group, name); d != nil {
				return d
			}
			continue
		}
		if a.given != nil {
			says, known := a.given.of(t)
			switch {
			case !known:
				return spot{}.errorf(code.Contradiction, "`%s` is known from %s once it is told which %s it is: tell `%s`", full, a.File, t.Kind.Name, name)
			case says == nil:
			case !equalValues(says, v):
				return spot{}.errorf(code.Contradiction, "`%s` is told to be %s, and %s says of %s that it is %s", full, v, a.File, t.ID, says)
			default:
				t.attrs[a.index] = nil
			}
			continue
		}
		if d := agreeWithin(v, full); d != nil {
			return d
		}
	}
	return nil
}

// agreeWithin is agrees of the things within a value.
func agreeWithin(v Value, name string) *lang.Diagnostic {
	if t, ok := v.(*Thing); ok {
		return t.agrees(name)
	}
	members, _ := elements(v)
	for _, m := range members {
		if t, ok := m.(*Thing); ok {
			if d := t.agrees(name); d != nil {
				return d
			}
		}
	}
	return nil
}

// agrees says what is told in a case that files say otherwise.
func (c *Case) agrees() *lang.Diagnostic {
	if !c.prog.dataGiven {
		return nil
	}
	for i, r := range c.prog.roles {
		if d := c.things[i].agrees(r.Name); d != nil {
			return d
		}
	}
	return nil
}

// values are what a file says of an attribute, each once: of a set or a list its members.
func (g *givenValues) values() []Value {
	var out []Value
	add := func(v Value) {
		if !isNone(v) && !contains(out, v) {
			out = append(out, v)
		}
	}
	for _, id := range keys(g.by) {
		v := g.by[id]
		members, isList := elements(v)
		if !isList {
			add(v)
		}
		for _, m := range members {
			add(m)
		}
	}
	return slices.Clip(out)
}
