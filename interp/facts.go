package interp

import (
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// spot is where a fact was written, for its diagnostics.
type spot struct {
	src  *lang.Source
	span lang.Span
}

func (s spot) errorf(code lang.Code, format string, args ...any) *lang.Diagnostic {
	return &lang.Diagnostic{Code: code, Source: s.src, Span: s.span, Message: fmt.Sprintf(format, args...)}
}

func (s spot) suggest(d *lang.Diagnostic, word string, known []string) *lang.Diagnostic {
	if near, ok := lang.Nearest(word, known); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: s.span, Replacement: near}
	}
	return d
}

// place is a fact of a case: an attribute of a thing, or with attr nil the thing's identity.
type factPlace struct {
	thing *Thing
	attr  *Attr
	name  string
}

func (f factPlace) typ() *Type {
	if f.attr == nil {
		return &Type{basic: thingType, kind: f.thing.Kind}
	}
	return f.attr.Type
}

// put stores a checked value. What is said of a thing adds to what was said of it before.
func (f factPlace) put(v Value) {
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
	if thing == nil {
		a, ok := c.prog.whole.Attr(names[0])
		if !ok || len(rest) > 0 {
			return factPlace{}, c.unknownFact(names, at)
		}
		return factPlace{c.whole, a, full}, nil
	}
	if len(rest) == 0 {
		return factPlace{thing, nil, full}, nil
	}
	for i, name := range rest {
		a, ok := thing.Kind.Attr(name)
		if !ok {
			return factPlace{}, c.unknownAttr(thing.Kind, strings.Join(names[:i+1], "."), name, at)
		}
		if i == len(rest)-1 {
			return factPlace{thing, a, full}, nil
		}
		if a.Type.basic != thingType {
			return factPlace{}, at.errorf(lang.UnknownFact, "`%s` is %s and has no attributes", strings.Join(names[:i+2], "."), article(a.Type))
		}
		nested, ok := thing.attrs[a.index].(*Thing)
		if !ok {
			nested = newThing(a.Type.kind)
			thing.attrs[a.index] = nested
		}
		thing = nested
	}
	return factPlace{}, nil
}

func (c *Case) unknownFact(names []string, at spot) *lang.Diagnostic {
	var known []string
	for _, r := range c.prog.roles {
		known = append(known, r.Name)
	}
	known = append(known, c.prog.whole.attrNames()...)
	d := at.errorf(lang.UnknownFact, "there is nothing called `%s` in a case", names[0])
	if near, ok := lang.Nearest(names[0], known); ok {
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
	d.Message += "; a case is about " + listNames(known)
	return d
}

func (c *Case) unknownAttr(k *Kind, of, name string, at spot) *lang.Diagnostic {
	d := at.errorf(lang.UnknownFact, "`%s` has no attribute `%s`", of, name)
	if near, ok := lang.Nearest(name, k.attrNames()); ok {
		fixed := of + "." + near
		d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: at.span, Replacement: fixed}
	} else if len(k.Attrs) > 0 {
		d.Message += "; " + k.Name + " has " + listNames(k.attrNames())
	} else {
		d.Message += "; " + k.Name + " has none"
	}
	return d
}

// article is "a text", "one of I, II", "a length such as 300 km": what a type expects.
func article(t *Type) string {
	switch t.basic {
	case boolType:
		return "yes or no"
	case numberType:
		if t.dim != "" {
			name := t.String()
			return "a quantity (" + strings.TrimSuffix(name, "?") + ")"
		}
		return "a number"
	case textType:
		return "a text"
	case dateType:
		return "a date (YYYY-MM-DD)"
	case durationType:
		return "a duration such as 30 days"
	case enumType:
		return "one of " + listNames(t.enum.Names())
	case thingType:
		return aKind(t.kind)
	case setType:
		return "a set of " + t.elem.String()
	}
	return "a list of " + t.elem.String()
}

// aKind is the kind's name with its article.
func aKind(k *Kind) string {
	name := strings.ToLower(k.Name)
	for _, yoo := range []string{"uni", "use", "usa", "uti", "eu", "one"} { // as they are said
		if strings.HasPrefix(name, yoo) {
			return "a " + k.Name
		}
	}
	if strings.ContainsRune("aeiou", rune(name[0])) {
		return "an " + k.Name
	}
	return "a " + k.Name
}
