package interp

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// cond is a condition in the other vocabulary.
func (a *rebaser) cond(c cond) cond { return rewritten(c, a) }

// atom is a condition that holds no others.
func (a *rebaser) atom(c cond) cond {
	switch d := withOperands(c, a.operand).(type) {
	case *groupCond:
		d.group = a.group(d.group)
		return d
	case *setCond:
		if d.target.group != nil {
			d.target.group = a.group(d.target.group)
		}
		return d
	default:
		return d
	}
}

func (a *rebaser) operand(o operand) operand {
	switch o := o.(type) {
	case *path:
		return a.path(o)
	case *constant:
		d := *o
		d.v, d.t = a.value(o.v), a.typ(o.t)
		return &d
	case *arith:
		d := *o
		d.x, d.y, d.t = a.operand(o.x), a.operand(o.y), a.typ(o.t)
		return &d
	case *negative:
		d := *o
		d.x = a.operand(o.x)
		return &d
	case *call:
		return a.call(o)
	case *tupleOperand:
		d := *o
		d.elems, d.t = a.operands(o.elems), a.typ(o.t)
		return &d
	case *truthValue:
		d := *o
		d.c = a.cond(o.c)
		return &d
	case *countOf:
		return &countOf{rewrittenQuant(o.quantCond, a)}
	case *aggregate:
		return &aggregate{rewrittenQuant(o.quantCond, a), a.operand(o.of), a.typ(o.t)}
	}
	return o // caseDate, valueOperand
}

// call calls the function of the same name, which has to be the same in both versions; one that the
// other vocabulary has not stays the old one.
func (a *rebaser) call(o *call) *call {
	d := *o
	d.args, d.t = a.operands(o.args), a.typ(o.t)
	to := a.to.own[o.fn.Name]
	switch {
	case o.own == nil || to == nil:
	case to.Signature() != o.own.Signature():
		a.differs("function `"+o.fn.Name+"`", "`"+o.own.Signature()+"`", "`"+to.Signature()+"`")
	default:
		d.fn, d.own = &to.Function, to
	}
	return &d
}

func (a *rebaser) operands(os []operand) []operand {
	out := make([]operand, len(os))
	for i, o := range os {
		out[i] = a.operand(o)
	}
	return out
}

// path follows the same names in the other vocabulary.
func (a *rebaser) path(p *path) *path {
	q := *p
	q.kind, q.attrs = a.kind(p.kind), nil
	if p.root == roleRoot {
		i := slices.IndexFunc(a.to.roles, func(r *Role) bool { return r.Name == p.name })
		if i < 0 {
			a.missing(code.UnknownFact, "role", p.name, roleNames(a.to.roles))
			return p
		}
		q.index = i
		if a.to.roles[i].Kind != q.kind {
			a.differs("role `"+p.name+"`", kindName(p.kind), a.to.roles[i].Kind.Name)
		}
	}
	for _, attr := range p.attrs {
		q.attrs = append(q.attrs, a.attr(attr))
	}
	q.t = a.typ(p.t)
	if n := len(q.attrs); n > 0 {
		q.t = q.attrs[n-1].Type
	}
	return &q
}

func roleNames(roles []*Role) []string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = r.Name
	}
	return names
}

// attr is the attribute of the same name; its type must be the same.
func (a *rebaser) attr(x *Attr) *Attr {
	kind := a.kind(x.owner)
	name := x.Name
	if x.owner != nil && x.owner.Name != "" {
		name = x.owner.Name + "." + name
	}
	y, ok := kind.Attr(x.Name)
	if !ok {
		a.missing(code.UnknownAttribute, "attribute", name, kind.attrNames())
		return x
	}
	if !a.alike(x.Type, y.Type) {
		a.differs("attribute `"+name+"`", x.Type.String(), y.Type.String())
		return x
	}
	if gained := a.gained(x.Type.enum, y.Type.enum); len(gained) > 0 {
		a.note(fmt.Sprintf("`%s` has new values (%s): the old version is read as if it had had them", name, listNames(gained)))
	}
	if was, is := valueWords(x.Default), valueWords(y.Default); was != is {
		a.note(fmt.Sprintf("the default of `%s` was %s and is %s: a case that does not say is decided by the new one", name, was, is))
	}
	return a.given(x, y)
}

func valueWords(v Value) string {
	if v == nil {
		return "nothing"
	}
	return v.String()
}

// gained lists the values that only the new enumeration has.
func (a *rebaser) gained(x, y *Enum) []string {
	var out []string
	if x == nil || y == nil {
		return nil
	}
	for _, name := range y.Names() {
		if !x.has(name) {
			out = append(out, name)
		}
	}
	return out
}

func (a *rebaser) differs(what, was, is string) {
	if key := "type " + what; !a.noted[key] {
		a.noted[key] = true
		a.problems = append(a.problems, (&lang.Diagnostic{Code: code.TypeMismatch}).
			Say("the %s is %s in the old version and %s in the new one: the two cannot be compared", what, was, is))
	}
}

// alike says whether two types have the same sort of values.
func (a *rebaser) alike(x, y *Type) bool {
	if x.basic != y.basic || x.optional != y.optional || x.foldOf() != y.foldOf() {
		return false
	}
	switch x.basic {
	case numberType:
		return x.dim == y.dim && x.integer == y.integer
	case thingType:
		return x.kind.Name == y.kind.Name && x.kind.TextIds == y.kind.TextIds && (x.kind.Ids == nil) == (y.kind.Ids == nil)
	case setType, listType:
		return a.alike(x.elem, y.elem)
	}
	return true
}

// typ is a type in the other vocabulary; that of an enumeration is found by who has it.
func (a *rebaser) typ(t *Type) *Type {
	if t == nil {
		return nil
	}
	u := *t
	if t.kind != nil {
		u.kind = a.kind(t.kind)
	}
	if t.elem != nil {
		u.elem = a.typ(t.elem)
	}
	if t.enum != nil {
		u.enum = a.enum(t.enum)
	}
	return &u
}

// enum finds the enumeration that stands in the same place of the new vocabulary.
func (a *rebaser) enum(e *Enum) *Enum {
	for _, k := range a.from.order.kinds {
		to := a.to.kinds[k.Name]
		if to == nil {
			continue
		}
		if k.Ids == e && to.Ids != nil {
			return to.Ids
		}
		for _, attr := range k.Attrs {
			if y, ok := to.Attr(attr.Name); ok && attr.Type.enumOf() == e && y.Type.enumOf() != nil {
				return y.Type.enumOf()
			}
		}
	}
	return e
}

// value is a constant, or what a file gives, in the other vocabulary.
func (a *rebaser) value(v Value) Value {
	var c Choice
	switch v := v.(type) {
	case Choice:
		c = v
	case Set:
		return Set(a.values(v))
	case List:
		return List(a.values(v))
	case *Thing:
		thing := newThing(a.kind(v.Kind))
		thing.ID = a.value(v.ID)
		return thing
	default:
		return v
	}
	e := a.enum(c.Enum)
	i, ok := e.find(c.Name(), false)
	if !ok {
		a.missing(code.UnknownValue, "value", c.Name(), e.Names())
		return v
	}
	return Choice{e, i}
}

func (a *rebaser) values(vs []Value) []Value {
	out := make([]Value, len(vs))
	for i, v := range vs {
		out[i] = a.value(v)
	}
	return out
}
