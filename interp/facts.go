package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// place is a fact of a case: an attribute of a thing, or with attr nil the thing's identity.
type factPlace struct {
	thing *Thing
	attr  *Attr
	name  string
	under *underNone // nil where all things on the way are there, or may be
}

// underNone is a thing that facts are looked for in and that is none as yet.
type underNone struct {
	owner *Thing
	attr  *Attr
	thing *Thing // in its place once something is told of it
}

func (f factPlace) typ() *Type {
	if f.attr == nil {
		return &Type{basic: thingType, kind: f.thing.Kind}
	}
	return f.attr.Type
}

// put stores a checked value. What is said of a thing adds to what was said of it before.
// None of a thing that is none is true already, and the thing stays none.
func (f factPlace) put(v Value) {
	if f.under != nil && isNone(v) {
		return
	}
	f.bringAbout()
	told, nested := v.(*Thing)
	if f.attr == nil {
		f.thing.merge(told)
		return
	}
	if old, ok := f.thing.attrs[f.attr.index].(*Thing); ok && nested {
		old.merge(told)
		return
	}
	f.thing.attrs[f.attr.index] = v
}

// bringAbout puts a thing in the place of the none in which the fact was looked for.
func (f factPlace) bringAbout() {
	if u := f.under; u != nil {
		u.owner.attrs[u.attr.index] = u.thing
	}
}

// merge takes over what u knows, of the things within it too.
func (t *Thing) merge(u *Thing) {
	if u.ID != nil {
		t.ID = u.ID
	}
	for i, v := range u.attrs {
		told, nested := v.(*Thing)
		if old, ok := t.attrs[i].(*Thing); ok && nested {
			old.merge(told)
		} else if v != nil {
			t.attrs[i] = v
		}
	}
}

// find follows a dotted name from the roles of the case.
func (c *Case) find(names []string, at spot) (factPlace, *lang.Diagnostic) {
	full := strings.Join(names, ".")
	var thing *Thing
	for i, r := range c.prog.roles {
		if r.Name == names[0] {
			thing = c.things[i]
		}
	}
	rest := names[1:]
	var under *underNone
	if thing == nil {
		a, ok := c.prog.whole.Attr(names[0])
		if !ok || len(rest) > 0 {
			return factPlace{}, c.unknownFact(names, at)
		}
		return factPlace{thing: c.whole, attr: a, name: full}, nil
	}
	if len(rest) == 0 {
		return factPlace{thing: thing, name: full}, nil
	}
	for i, name := range rest {
		a, ok := thing.Kind.Attr(name)
		if !ok {
			return factPlace{}, c.unknownAttr(thing.Kind, strings.Join(names[:i+1], "."), name, at)
		}
		if i == len(rest)-1 {
			return factPlace{thing, a, full, under}, nil
		}
		if a.Type.basic != thingType {
			return factPlace{}, at.errorf(code.UnknownFact, "`%s` is %s and has no attributes", strings.Join(names[:i+2], "."), article(a.Type))
		}
		nested, ok := thing.attrs[a.index].(*Thing)
		if !ok {
			nested = newThing(a.Type.kind)
			if isNone(thing.attrs[a.index]) {
				under = &underNone{thing, a, nested}
			} else {
				thing.attrs[a.index] = nested
			}
		}
		thing = nested
	}
	return factPlace{}, nil
}

func (c *Case) unknownFact(names []string, at spot) *lang.Diagnostic {
	known := func() (names []string) {
		for _, r := range c.prog.roles {
			names = append(names, r.Name)
		}
		return append(names, c.prog.whole.attrNames()...)
	}
	d := at.errorf(code.UnknownFact, "there is nothing called `%s` in a case", names[0])
	switch names[0] {
	case "as_of", "today", "date":
		d.Add("; its date is told with --as-of or `as of`")
		return d
	}
	for _, r := range c.prog.roles {
		if r.Prep == names[0] {
			fixed := strings.Join(append([]string{r.Name}, names[1:]...), ".")
			d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: at.span, Replacement: fixed}
			return d
		}
	}
	if near, ok := at.spell.nearest(names[0], known); ok {
		fixed := strings.Join(append([]string{near}, names[1:]...), ".")
		d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: at.span, Replacement: fixed}
		return d
	}
	for _, r := range c.prog.roles {
		if _, ok := r.Kind.Attr(names[0]); ok {
			fixed := r.Name + "." + names[0]
			d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: at.span, Replacement: fixed}
			return d
		}
	}
	if about := known(); len(about) > 0 {
		d.Add("; a case is about %s", listNames(about))
	} else {
		d.Add(": no role is declared")
	}
	return d
}

func (c *Case) unknownAttr(k *Kind, of, name string, at spot) *lang.Diagnostic {
	d := at.errorf(code.UnknownFact, "`%s` has no attribute `%s`", of, name)
	if near, ok := at.spell.nearest(name, k.attrNames); ok {
		fixed := of + "." + near
		d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: at.span, Replacement: fixed}
	} else if len(k.Attrs) > 0 {
		d.Add("; %s has %s", k.Name, listNames(k.attrNames()))
	} else {
		d.Add("; %s has none", k.Name)
	}
	return d
}
