package interp

import (
	"encoding/json"
	"slices"
)

// Map is the facts given of a case, nested by role as ReadMap and, in JSON, ReadJSON
// take them. Defaults and the date are left out.
func (c *Case) Map() map[string]any {
	w := factWriter{prog: c.prog}
	return w.whole(c)
}

// MaskedMap is Map with the value that mask gives in the place of every fact that the
// vocabulary marks as sensitive. It names the facts that are so masked, those of them
// that are lists with something masked within too. None of an optional fact is masked
// like any other value.
func (c *Case) MaskedMap(mask func(v Value) any) (facts map[string]any, masked []string) {
	w := factWriter{prog: c.prog, mask: mask}
	facts = w.whole(c)
	return facts, w.masked
}

// factWriter turns the facts of a case into maps, slices and texts.
type factWriter struct {
	prog   *Program
	mask   func(Value) any // nil: nothing is masked
	masked []string        // the facts in which something is
}

func (w *factWriter) whole(c *Case) map[string]any {
	out := map[string]any{}
	for i, r := range c.prog.roles {
		if t := c.things[i]; t.known() {
			out[r.Name] = w.thing(t, r.Name)
		}
	}
	w.attrs(out, c.whole, "")
	w.results(out, c)
	return out
}

// results are what functions give, by their calls. A call may hold what is sensitive: those of a
// function that may are masked as one.
func (w *factWriter) results(out map[string]any, c *Case) {
	hidden := map[string]string{}
	for _, call := range keys(c.results) {
		v := c.results[call]
		if called := functionOf(call); w.mask == nil || !w.prog.own[called].mayTellSensitive(w.prog) {
			out[call] = w.value(v, call)
		} else {
			hidden[called+"()"] += call + " = " + v.String() + "\n"
		}
	}
	for _, name := range keys(hidden) {
		out[name] = w.hide(Text(hidden[name]), name)
	}
}

// known says whether anything was given of a thing.
func (t *Thing) known() bool {
	return t.ID != nil || slices.ContainsFunc(t.Kind.Attrs, t.tells)
}

// tells says whether anything was given of an attribute: of a thing that may be none, be
// it that there is one.
func (t *Thing) tells(a *Attr) bool {
	v := t.attrs[a.index]
	nested, isThing := v.(*Thing)
	return v != nil && (!isThing || a.Type.optional || nested.known())
}

// thing is the identity alone, or an object.
func (w *factWriter) thing(t *Thing, name string) any {
	out := map[string]any{}
	w.attrs(out, t, name+".")
	if t.ID == nil {
		return out
	}
	id := w.value(t.ID, name)
	if t.Kind.SensitiveID && w.mask != nil {
		id = w.hide(t.ID, name)
	}
	if len(out) == 0 {
		return id
	}
	out["id"] = id
	return out
}

func (w *factWriter) attrs(out map[string]any, t *Thing, prefix string) {
	for _, a := range t.Kind.Attrs {
		v := t.attrs[a.index]
		switch {
		case !t.tells(a):
		case a.Sensitive && w.mask != nil:
			out[a.nameInJSON()] = w.hide(v, prefix+a.Name)
		default:
			out[a.nameInJSON()] = w.value(v, prefix+a.Name)
		}
	}
}

func (w *factWriter) hide(v Value, name string) any {
	w.note(name)
	return w.mask(v)
}

func (w *factWriter) note(name string) {
	if n := len(w.masked); n == 0 || w.masked[n-1] != name {
		w.masked = append(w.masked, name)
	}
}

// value is a bool, a number, nil for none, a slice, a map, or else a text.
func (w *factWriter) value(v Value, name string) any {
	switch v := v.(type) {
	case Bool:
		return bool(v)
	case None:
		return nil
	case Number:
		return w.number(v)
	case Text:
		return string(v)
	case Folded:
		return v.written
	case Set:
		return w.elements(v, name)
	case List:
		return w.elements(v, name)
	case *Thing:
		return w.thing(v, name)
	}
	return v.String()
}

// number is a pure number as it is, and a quantity as a text with its unit.
func (w *factWriter) number(v Number) any {
	if v.dim != "" && v.unit == nil {
		if u := w.prog.coherentUnits[v.dim]; u != nil {
			v.unit = u
		}
	}
	if s := v.String(); v.dim != "" || !json.Valid([]byte(s)) {
		return s
	}
	return json.Number(v.String())
}

// elements are what is in a list or a set. What is masked in one of them counts as of
// the whole: a list is known or unknown as a whole.
func (w *factWriter) elements(vs []Value, name string) []any {
	out := make([]any, len(vs))
	inner := factWriter{prog: w.prog, mask: w.mask}
	for i, v := range vs {
		out[i] = inner.value(v, name)
	}
	if len(inner.masked) > 0 {
		w.note(name)
	}
	return out
}
