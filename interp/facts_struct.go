package interp

import (
	"math/bits"
	"reflect"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// fieldPlace is where a struct has a fact.
type fieldPlace struct {
	t    reflect.Type
	off  uintptr
	via  []uintptr
	unit string
	omit bool

	within []reflect.Type // of the things that it is in
}

var intFields = map[reflect.Kind]fieldKind{
	reflect.Int: map[int]fieldKind{32: int32Field, 64: int64Field}[bits.UintSize], reflect.Int8: int8Field, reflect.Int16: int16Field, reflect.Int32: int32Field, reflect.Int64: int64Field,
	reflect.Uint8: uint8Field, reflect.Uint16: uint16Field, reflect.Uint32: uint32Field,
}

const (
	stringField fieldKind = iota
	boolField
	int8Field
	int16Field
	int32Field
	int64Field
	uint8Field
	uint16Field
	uint32Field
	float32Field
	float64Field
	timeField
	addressField // netip.Addr
	momentField  // time.Time
	literalField // the text of a value of a scalar type
	memberField  // a text that is looked for in a group
	slowField    // what only the slow way can read
)

type fieldKind uint8

// fieldsOf collects the tagged fields of a struct by the facts they hold, and says what
// is wrong with each.
func (c *Case) fieldsOf(t reflect.Type, prefix string, at fieldPlace, places map[string]fieldPlace) lang.Diagnostics {
	fields, diags := taggedFields(t, strings.TrimSuffix(prefix, "."))
	for _, tag := range fields {
		p := fieldPlace{t: t, off: at.off, via: at.via, unit: tag.unit, omit: tag.omit, within: append(at.within[:len(at.within):len(at.within)], t)}
		for i, index := range tag.index {
			if i > 0 {
				p = p.pointedTo()
			}
			f := p.t.Field(index)
			p.t, p.off = f.Type, p.off+f.Offset
		}
		for p.t.Kind() == reflect.Pointer {
			p = p.pointedTo()
		}
		name, typ, d := c.factOf(prefix, tag.name)
		switch {
		case d != nil:
			diags = append(diags, d)
		case tag.name != "id" && !holds(p.t, typ, p.unit != ""):
			diags = append(diags, spot{}.errorf(code.FactType, "`%s` is %s, and a field of the type %s holds none", name, article(typ), p.t))
		case typ.basic != thingType || !isThing(p.t) || slices.Contains(p.within, p.t): // read as deep as it goes
			places[name] = p
		case p.omit:
			diags = append(diags, spot{}.errorf(code.FactType, "the field %s: omitzero goes with a single fact; make it a pointer, whose nil is not told", tag.goName))
		default:
			diags = append(diags, c.fieldsOf(p.t, name+".", p, places)...)
		}
	}
	return diags
}

// pointedTo is what a pointer leads to; of another place it is that place.
func (p fieldPlace) pointedTo() fieldPlace {
	if p.t.Kind() == reflect.Pointer {
		p.via, p.off, p.t = append(p.via[:len(p.via):len(p.via)], p.off), 0, p.t.Elem()
	}
	return p
}

// isThing says whether a Go type holds the facts of a thing.
func isThing(t reflect.Type) bool { return t.Kind() == reflect.Struct && !standsForValue(t) }

// factOf is the name of the fact that a tag names, and its type; the id of a thing is
// the thing's, as a text.
func (c *Case) factOf(prefix, last string) (string, *Type, *lang.Diagnostic) {
	names := []string{last}
	if thing := strings.TrimSuffix(prefix, "."); thing != "" {
		f, d := c.find(splitName(thing), spot{})
		if d == nil && last == "id" && f.typ().kind.Identified() {
			return thing, typeText, nil
		}
		names = append(splitName(thing), last)
	}
	f, d := c.find(names, spot{})
	if d != nil {
		return "", nil, d
	}
	return prefix + last, f.typ(), nil
}
