package interp

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// fromGo is a Go value as a value of a type; where names it in messages.
func (p *Program) fromGo(v any, t *Type, where string, depth int) (Value, *lang.Diagnostic) {
	wrong := func() (Value, *lang.Diagnostic) {
		return nil, spot{}.errorf(code.FactType, "`%s` is %s, and %T(%v) is not", where, article(t), v, v)
	}
	if depth == 0 {
		return nil, spot{}.errorf(code.FactType, "`%s` is nested too deep", where)
	}
	switch v := v.(type) {
	case nil:
		if !t.optional {
			return nil, noNull(where, spot{})
		}
		return None{}, nil
	case Value:
		return p.checkValue(v, t, where)
	case bool:
		if t.basic != boolType {
			return wrong()
		}
		return Bool(v), nil
	case string:
		if t.basic == boolType || t.basic == setType || t.basic == listType {
			return wrong()
		}
		if t.basic == numberType && t.dim == "" {
			n, err := num.ParseJSON(v)
			if err != nil {
				if val, is := p.numberIn(v, t); is {
					return val, nil
				}
				return wrong()
			}
			return p.fromNumber(n, t, where, wrong)
		}
		if t.basic == textType {
			return p.fromGoText(v, t, where)
		}
		if val, d, done := timeIn(v, t, where, spot{}); done {
			return val, d
		}
		val, d := p.parseText(v, t, spot{})
		if d != nil && v == "" {
			d.Add("; where it is not known, leave it out: of a struct, tag its field omitzero")
		}
		return val, named(d, where)
	case json.Number:
		n, err := num.ParseJSON(string(v))
		if err != nil {
			return nil, spot{}.errorf(code.FactType, "`%s`: %s", where, err)
		}
		return p.fromNumber(n, t, where, wrong)
	case time.Time:
		if t.basic == scalarType {
			break
		}
		if t.basic != dateType {
			return wrong()
		}
		if v.IsZero() {
			return nil, spot{}.errorf(code.FactDate, "`%s` is the zero time.Time, which is no date of a case: where it is not known, leave it out; of a struct, tag its field omitzero or make it a pointer", where)
		}
		d, err := DateOf(v)
		if err != nil {
			return nil, spot{}.errorf(code.FactDate, "`%s`: %s", where, err)
		}
		return d, nil
	case *big.Rat:
		return p.fromRat(v, t, where, wrong)
	case big.Rat:
		return p.fromRat(&v, t, where, wrong)
	case *big.Int:
		if v == nil {
			return nil, noNull(where, spot{})
		}
		return p.fromRat(new(big.Rat).SetInt(v), t, where, wrong)
	case big.Int:
		return p.fromRat(new(big.Rat).SetInt(&v), t, where, wrong)
	case time.Duration:
		if t.basic != durationType {
			return wrong()
		}
		return fromClock(v, where, spot{})
	case map[string]any:
		if t.basic != thingType {
			return wrong()
		}
		return p.fromMap(v, t.kind, where, depth)
	}
	if t.basic == scalarType {
		val, err := t.scalar.fromGo(v)
		if err != nil {
			return nil, spot{}.errorf(code.FactType, "`%s`: %s", where, err)
		}
		if val != nil {
			return val, nil
		}
	}
	if val, d, done := p.fromForeign(v, t, where, depth, wrong); done {
		return val, d
	}
	return p.fromReflect(reflect.ValueOf(v), t, where, depth, wrong)
}

// fromGoText takes a text as it is, quotes and all.
func (p *Program) fromGoText(s string, t *Type, where string) (Value, *lang.Diagnostic) {
	switch {
	case !utf8.ValidString(s):
		return nil, spot{}.errorf(code.FactType, "`%s`: this is not UTF-8 text", where)
	case len(s) > p.options.Limits.Text:
		return nil, named(p.textTooLong(spot{}), where)
	}
	v, d := t.textValue(s, spot{})
	return v, named(d, where)
}

// noNull explains null where an attribute has to have a value.
func noNull(where string, at spot) *lang.Diagnostic {
	if strings.HasSuffix(where, "]") {
		return at.errorf(code.FactType, "`%s` is null, and an element is a value: leave it out", where)
	}
	return at.errorf(code.FactType, "`%s` always has a value, so null is none: leave the fact out where it is not known", where)
}

// named puts the fact's name before a message that has no place.
func named(d *lang.Diagnostic, where string) *lang.Diagnostic {
	if d != nil && d.Source == nil {
		d.Message = "`" + where + "`: " + d.Message
	}
	return d
}

func (p *Program) fromNumber(n num.Number, t *Type, where string, wrong func() (Value, *lang.Diagnostic)) (Value, *lang.Diagnostic) {
	if t.basic != numberType {
		return wrong()
	}
	v, d := p.quantity(n, n.String(), "", t, spot{})
	return v, named(d, where)
}

// checkValue takes over a Value of the caller's if it is one of the type.
func (p *Program) checkValue(v Value, t *Type, where string) (Value, *lang.Diagnostic) {
	ok := false
	switch v := v.(type) {
	case Bool:
		ok = t.basic == boolType
	case Number:
		ok = t.basic == numberType && v.dim == t.dim && t.notWhole(v.n, spot{}) == nil
	case Text:
		if ok = t.basic == textType && len(v) <= p.options.Limits.Text; ok {
			text, d := t.textValue(string(v), spot{})
			return text, named(d, where)
		}
	case Folded:
		if ok = t.basic == textType && len(v.written) <= p.options.Limits.Text; ok {
			text, d := t.textValue(v.written, spot{})
			return text, named(d, where)
		}
	case Date:
		ok = t.basic == dateType && num.MinDate <= num.Date(v) && num.Date(v) <= num.MaxDate
	case Duration:
		ok = t.basic == durationType
	case scalarValue:
		if ok = t.basic == scalarType && v.scalar() == t.scalar; ok {
			_, err := t.scalar.read(v.String()) // the zero Address is none
			ok = err == nil
		}
	case Choice:
		ok = t.basic == enumType && v.Enum == t.enum && v.I >= 0 && v.I < len(v.Enum.Choices)
		if t.basic == thingType && v.Enum == t.kind.Ids {
			return &Thing{Kind: t.kind, ID: v, attrs: make([]Value, len(t.kind.Attrs))}, nil
		}
	case None:
		ok = t.optional
	case *Thing:
		if ok = t.basic == thingType && v != nil && v.Kind == t.kind; ok {
			return v.clone(), nil
		}
	}
	if !ok {
		return nil, spot{}.errorf(code.FactType, "`%s` is %s, and %s is not", where, article(t), v)
	}
	return v, nil
}

// identify is the function identify for a text that may be too long.
func (p *Program) identify(k *Kind, text string) (Value, *lang.Diagnostic) {
	if len(text) > p.options.Limits.Text {
		return nil, p.textTooLong(spot{})
	}
	return identify(k, text, spot{})
}

// fromMap is a map from attribute names, and id, to values.
func (p *Program) fromMap(m map[string]any, k *Kind, where string, depth int) (Value, *lang.Diagnostic) {
	thing := newThing(k)
	for _, name := range keys(m) {
		full := where + "." + name
		if name == "id" && k.Identified() {
			text, ok := m[name].(string)
			if !ok {
				return nil, spot{}.errorf(code.FactType, "`%s` is a text, and %T is not", full, m[name])
			}
			v, d := p.identify(k, text)
			if d != nil {
				return nil, named(d, full)
			}
			thing.ID = v.(*Thing).ID
			continue
		}
		a := k.attrInJSON(name)
		if a == nil {
			if d := k.otherInJSON(name, spot{}); d != nil {
				return nil, d
			}
			if d := p.NewCase().unknownAttr(k, where, name, spot{}); !p.passesOver(name, full, d, spot{}) {
				return nil, d
			}
			continue
		}
		v, d := p.fromGo(m[name], a.Type, full, depth-1)
		if d != nil {
			return nil, d
		}
		thing.attrs[a.index] = v
	}
	return thing, nil
}

// fromReflect takes the Go values that are no basic ones: named types, numbers, slices, structs.
func (p *Program) fromReflect(v reflect.Value, t *Type, where string, depth int, wrong func() (Value, *lang.Diagnostic)) (Value, *lang.Diagnostic) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return p.fromGo(nil, t, where, depth)
		}
		return p.fromGo(v.Elem().Interface(), t, where, depth-1)
	case reflect.Bool:
		return p.fromGo(v.Bool(), t, where, depth-1)
	case reflect.String:
		return p.fromGo(v.String(), t, where, depth-1)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return p.fromNumber(num.Int(v.Int()), t, where, wrong)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		n, err := num.Parse(fmt.Sprint(v.Uint()))
		if err != nil {
			return wrong()
		}
		return p.fromNumber(n, t, where, wrong)
	case reflect.Float32, reflect.Float64:
		n, err := num.Float(v.Float(), v.Type().Bits())
		if err != nil {
			return nil, spot{}.errorf(code.FactType, "`%s`: %s", where, err)
		}
		return p.fromNumber(n, t, where, wrong)
	case reflect.Slice, reflect.Array:
		if t.basic != listType && t.basic != setType {
			return wrong()
		}
		values := make([]Value, v.Len())
		for i := range values {
			e, d := p.fromGo(v.Index(i).Interface(), t.elem, fmt.Sprintf("%s[%d]", where, i), depth-1)
			if d != nil {
				return nil, d
			}
			values[i] = e
		}
		val, d := p.collection(values, t, spot{})
		return val, named(d, where)
	case reflect.Map:
		return p.fromGoMap(v, t, where, depth, wrong)
	case reflect.Struct:
		if t.basic != thingType {
			return wrong()
		}
		return p.fromStruct(v, t.kind, where, depth)
	}
	return wrong()
}

// fromStruct reads the fields that carry a ctl tag.
func (p *Program) fromStruct(v reflect.Value, k *Kind, where string, depth int) (Value, *lang.Diagnostic) {
	thing := newThing(k)
	ds := eachField(v, where, func(name string, field any) *lang.Diagnostic {
		full := where + "." + name
		if name == "id" && k.Identified() {
			id, d := p.identify(k, idText(field))
			if d == nil {
				thing.ID = id.(*Thing).ID
			}
			return named(d, full)
		}
		a, ok := k.Attr(name)
		if !ok {
			return p.NewCase().unknownAttr(k, where, name, spot{})
		}
		val, d := p.fromGo(field, a.Type, full, depth-1)
		if d == nil {
			thing.attrs[a.index] = val
		}
		return d
	})
	if len(ds) > 0 {
		return nil, ds[0]
	}
	return thing, nil
}

// idText is the text of an identity, of a string type as it stands.
func idText(v any) string {
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.String {
		return rv.String()
	}
	return fmt.Sprint(v)
}

// eachField calls f for every tagged field that is known: a nil pointer is not, nor a nil
// slice or map but with the option nilempty, nor the zero value of a field tagged omitzero,
// nor an Optional that was told nothing. A unit=km option makes a number a quantity, and the
// numbers of a slice. Where names what the struct tells of, "" where that is the whole case.
func eachField(v reflect.Value, where string, f func(name string, field any) *lang.Diagnostic) lang.Diagnostics {
	fields, diags := taggedFields(v.Type(), where)
	if len(diags) > 0 {
		return diags
	}
	for i := range fields {
		field, there := fields[i].at(v)
		if !there {
			continue
		}
		if val, known := fieldFact(field, fields[i].fieldTag); known {
			if d := f(fields[i].name, val); d != nil {
				diags = append(diags, d)
			}
		}
	}
	return diags
}

// fieldFact is what a tagged field tells, if it is known.
func fieldFact(field reflect.Value, tag fieldTag) (val any, known bool) {
	for field.Kind() == reflect.Pointer && !field.IsNil() {
		field = field.Elem()
	}
	switch field.Kind() {
	case reflect.Pointer:
		return nil, false
	case reflect.Slice, reflect.Map:
		if field.IsNil() && !tag.nilEmpty {
			return nil, false
		}
	}
	if tag.omit && isZero(field) {
		return nil, false
	}
	val = field.Interface()
	if is, err := ofDatabase(val); err == nil {
		if val = is; is == nil {
			return nil, false
		}
	}
	if o, ok := val.(optionalFact); ok {
		if val, known = o.fact(); !known {
			return nil, false
		}
	}
	if tag.unit != "" && val != nil {
		val = withUnit(val, tag.unit)
	}
	return val, true
}

// isZero says whether a value is the zero one; of times, that of any zone.
func isZero(v reflect.Value) bool {
	if t, ok := v.Interface().(time.Time); ok {
		return t.IsZero()
	}
	return v.IsZero()
}

// withUnit makes a quantity of a number, and quantities of those in a slice.
func withUnit(val any, unit string) any {
	rv := reflect.ValueOf(val)
	if rv.Type() == clockType {
		return val
	}
	if rv.Kind() != reflect.Slice {
		return fmt.Sprintf("%v %s", plainNumber(val), unit)
	}
	all := make([]any, rv.Len())
	for i := range all {
		all[i] = withUnit(rv.Index(i).Interface(), unit)
	}
	return all
}

// plainNumber prints a number without an exponent, whatever its type prints.
func plainNumber(v any) any {
	switch v := v.(type) {
	case big.Rat:
		return v.RatString()
	case big.Int:
		return v.String()
	}
	switch rv := reflect.ValueOf(v); {
	case rv.CanInt():
		return rv.Int()
	case rv.CanUint():
		return rv.Uint()
	case rv.CanFloat():
		if n, err := num.Float(rv.Float(), rv.Type().Bits()); err == nil {
			return n.String()
		}
	}
	return v
}

// ReadStruct adds the facts of a struct, or a pointer to one. Its fields are
// tagged with the names of roles (or of open terms about the whole case), the
// fields of their structs with the names of attributes:
//
//	type Application struct {
//		Item struct {
//			Category string  `ctl:"category"`
//			Range    float64 `ctl:"range,unit=km,omitzero"` // zero: not known
//			Vetted   *bool   `ctl:"vetted"`                 // nil: not known
//			Until    interp.Optional[time.Time] `ctl:"until"` // a date, none, or not known
//		} `ctl:"item"`
//		Recipient string `ctl:"recipient"`
//	}
//
// Fields without a tag are not facts. A time.Time that is zero is none either: it is an
// error unless its field is tagged omitzero. The error is a lang.Diagnostics with every
// field that the rules have no fact for, and the first other problem of each role.
func (c *Case) ReadStruct(v any) error {
	rv := reflect.ValueOf(v)
	for rv.Kind() == reflect.Pointer && !rv.IsNil() {
		rv = rv.Elem()
	}
	switch {
	case rv.Kind() == reflect.Pointer && rv.Type().Elem().Kind() == reflect.Struct:
		return lang.Diagnostics{spot{}.errorf(code.FactType, "facts come in a struct, and this %T is nil", v)}
	case rv.Kind() != reflect.Struct:
		return lang.Diagnostics{spot{}.errorf(code.FactType, "facts come in a struct, and %T is none", v)}
	}
	next := c.Clone()
	diags := eachField(rv, "", next.setTop)
	if len(diags) == 0 {
		return c.become(next)
	}
	said := map[string]bool{}
	for _, d := range diags {
		said[d.Message] = true
	}
	for _, d := range next.fieldsOf(rv.Type(), "", fieldPlace{}, map[string]fieldPlace{}) {
		if !said[d.Message] {
			diags = append(diags, d)
		}
	}
	return diags
}

// ReadMap adds the facts of a map from roles to their facts, nested as in JSON.
// The error is a lang.Diagnostics with the first problem of each role.
func (c *Case) ReadMap(m map[string]any) error {
	next := c.Clone()
	var diags lang.Diagnostics
	for _, name := range keys(m) {
		d := next.setTop(name, m[name])
		if d != nil && d.Code == code.UnknownFact && name == "as_of" {
			d = next.setDate(m[name])
		}
		if d != nil && c.prog.passesOver(name, name, d, spot{}) {
			continue
		}
		if d != nil {
			diags = append(diags, d)
		}
	}
	if len(diags) > 0 {
		return diags
	}
	return c.become(next)
}

// setDate takes the date of the case from a map: a text, or a time.Time.
func (c *Case) setDate(v any) *lang.Diagnostic {
	d, bad := c.prog.fromGo(v, typeDate, "as_of", c.prog.options.Limits.Levels)
	if bad == nil {
		c.SetDate(d.(Date))
	}
	return bad
}

func (c *Case) setTop(name string, v any) *lang.Diagnostic {
	if namesResult(name) {
		return c.setResult(name, v)
	}
	f, d := c.find([]string{name}, spot{})
	if d != nil {
		return d
	}
	val, d := c.prog.fromGo(v, f.typ(), name, c.prog.options.Limits.Levels)
	if d == nil {
		f.put(val)
	}
	return d
}
