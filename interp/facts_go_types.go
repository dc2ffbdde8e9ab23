package interp

import (
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"math/big"
	"reflect"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

var (
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
	valuer        = reflect.TypeFor[driver.Valuer]()
	valueType     = reflect.TypeFor[Value]()
	optionalType  = reflect.TypeFor[optionalFact]()
)

// has says whether a type, or a pointer to it, has the methods of an interface.
func has(t, methods reflect.Type) bool {
	return t.Implements(methods) || t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(methods)
}

// as is a value, or a pointer to it, as what has the methods of T.
func as[T any](v any) (T, bool) {
	if x, ok := v.(T); ok {
		return x, true
	}
	at := reflect.New(reflect.TypeOf(v))
	at.Elem().Set(reflect.ValueOf(v))
	x, ok := at.Interface().(T)
	return x, ok
}

// isNetwork says whether a type is an address or the like.
func isNetwork(t reflect.Type) bool {
	return t.PkgPath() == "net/netip" || t.PkgPath() == "net"
}

// standsForValue says whether a Go type that is a struct stands for one value, and not for a
// thing with facts of its own.
func standsForValue(t reflect.Type) bool {
	switch t {
	case timeType, reflect.TypeFor[big.Rat](), reflect.TypeFor[big.Int]():
		return true
	}
	return t.Implements(valueType) || t.Implements(optionalType) || has(t, valuer) || has(t, textMarshaler)
}

// holds says whether some value of a Go type is one of a fact's type, so far as the types tell.
func holds(t reflect.Type, typ *Type, unit bool) bool {
	for t.Kind() == reflect.Pointer && !t.Implements(valueType) {
		t = t.Elem()
	}
	isText := typ.basic != boolType && typ.basic != setType && typ.basic != listType
	switch {
	case t.Kind() == reflect.Interface, t.Implements(valueType), t.Implements(optionalType):
		return true
	case t == addressScalar.goType, isNetIP(t):
		return typ.scalar == addressScalar
	case isNetwork(t):
		return false
	case t == timeType:
		return typ.basic == dateType || typ.scalar == momentScalar
	case t == clockType:
		return typ.basic == durationType && !unit
	case t == reflect.TypeFor[big.Rat](), t == reflect.TypeFor[big.Int](), t == reflect.TypeFor[json.Number]():
		return typ.basic == numberType
	case has(t, valuer):
		return true
	case has(t, textMarshaler) && isText:
		return true
	}
	switch t.Kind() {
	case reflect.Bool:
		return typ.basic == boolType
	case reflect.String:
		return isText
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return typ.basic == numberType || unit && (typ.basic == setType || typ.basic == listType)
	case reflect.Slice, reflect.Array:
		return (typ.basic == setType || typ.basic == listType) && holds(t.Elem(), typ.elem, unit)
	case reflect.Map:
		return typ.basic == thingType && t.Key().Kind() == reflect.String || typ.basic == setType && isSetOf(t) && holds(t.Key(), typ.elem, unit)
	case reflect.Struct:
		return typ.basic == thingType
	}
	return false
}

// isSetOf says whether a map holds its keys, as map[T]bool and map[T]struct{} do.
func isSetOf(t reflect.Type) bool {
	return t.Elem().Kind() == reflect.Bool || t.Elem() == reflect.TypeFor[struct{}]()
}

// ofDatabase is what a driver.Valuer stands for, which is nil for NULL; any other value is
// itself.
func ofDatabase(v any) (any, error) {
	if v == nil || !has(reflect.TypeOf(v), valuer) {
		return v, nil
	}
	x, _ := as[driver.Valuer](v)
	if rv := reflect.ValueOf(x); rv.Kind() == reflect.Pointer && rv.IsNil() {
		return nil, nil
	}
	is, err := x.Value()
	if err != nil || is == nil {
		return nil, err
	}
	if has(reflect.TypeOf(v), textMarshaler) { // what it is called, and not how it is stored
		return v, nil
	}
	if b, ok := is.([]byte); ok {
		return string(b), nil
	}
	return is, nil
}

// fromForeign takes the Go values of types that say themselves what they stand for; done is
// false where a value is of no such type.
func (p *Program) fromForeign(v any, t *Type, where string, depth int, wrong func() (Value, *lang.Diagnostic)) (val Value, d *lang.Diagnostic, done bool) {
	rt := reflect.TypeOf(v)
	if isNetwork(rt) {
		return nil, spot{}.errorf(code.FactType, "`%s` is %s, and a %s is none: an attribute of the type address holds a netip.Addr or a net.IP, and a text that of anything else, if it is told as one", where, article(t), rt), true
	}
	is, err := ofDatabase(v)
	if err != nil {
		return nil, (&lang.Diagnostic{Code: code.FactType, Cause: err}).Say("`%s`: its %s gives no value: %s", where, rt, err), true
	}
	if rv := reflect.ValueOf(is); is == nil || rv.Type() != rt {
		val, d = p.fromGo(is, t, where, depth-1)
		return val, d, true
	}
	native := t.basic == boolType && rt.Kind() == reflect.Bool || t.basic == numberType && (reflect.ValueOf(v).CanInt() || reflect.ValueOf(v).CanUint() || reflect.ValueOf(v).CanFloat())
	if native || rt.Kind() == reflect.Pointer || !has(rt, textMarshaler) {
		return nil, nil, false
	}
	m, _ := as[encoding.TextMarshaler](v)
	text, err := m.MarshalText()
	switch {
	case err != nil:
		d = (&lang.Diagnostic{Code: code.FactType, Cause: err}).Say("`%s`: its %s has no text: %s", where, rt, err)
	case t.basic == numberType && t.dim == "":
		val, d = p.fromGo(json.Number(text), t, where, depth-1)
	default:
		val, d = p.fromGo(string(text), t, where, depth-1)
	}
	return val, d, true
}

// fromRat is an exact number.
func (p *Program) fromRat(r *big.Rat, t *Type, where string, wrong func() (Value, *lang.Diagnostic)) (Value, *lang.Diagnostic) {
	if r == nil {
		return nil, noNull(where, spot{})
	}
	n, err := num.FromRat(r)
	if err != nil {
		return nil, spot{}.errorf(code.FactType, "`%s`: %s", where, err)
	}
	return p.fromNumber(n, t, where, wrong)
}

// fromClock is a time.Duration as the days that it lasts: the language counts no hours.
func fromClock(d time.Duration, where string, at spot) (Value, *lang.Diagnostic) {
	const day = 24 * time.Hour
	if d%day != 0 {
		return nil, at.errorf(code.FactType, "`%s` is a duration of whole days, and %s is none: round it", where, d)
	}
	return Duration{Days: int32(d / day)}, nil
}

// timeIn reads dates and durations as encoding/json and Protocol Buffers write them: a time
// (RFC 3339), and seconds such as 86400s. Done is false where a text is no such one.
func timeIn(text string, t *Type, where string, at spot) (v Value, d *lang.Diagnostic, done bool) {
	switch t.basic {
	case dateType:
		day, ok := dayIn(text)
		return day, nil, ok
	case durationType:
		if !strings.HasSuffix(text, "s") || strings.Trim(text[:len(text)-1], "-.0123456789") != "" {
			return nil, nil, false
		}
		clock, err := time.ParseDuration(text)
		if err != nil {
			return nil, nil, false
		}
		v, d = fromClock(clock, where, at)
		return v, d, true
	}
	return nil, nil, false
}

// dayIn is the day of a time as encoding/json writes it (RFC 3339), in the time's own zone.
func dayIn(text string) (Date, bool) {
	if len(text) < len("2006-01-02T15:04:05Z") || !strings.ContainsAny(text[10:11], "Tt") {
		return 0, false
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || at.IsZero() {
		return 0, false
	}
	d, err := DateOf(at)
	return d, err == nil
}

// fromGoMap takes maps other than map[string]any: things by their attributes, and sets by
// their members.
func (p *Program) fromGoMap(v reflect.Value, t *Type, where string, depth int, wrong func() (Value, *lang.Diagnostic)) (Value, *lang.Diagnostic) {
	switch {
	case t.basic == thingType && v.Type().Key().Kind() == reflect.String:
		m := map[string]any{}
		for it := v.MapRange(); it.Next(); {
			m[it.Key().String()] = it.Value().Interface()
		}
		return p.fromMap(m, t.kind, where, depth)
	case t.basic == setType && isSetOf(v.Type()):
		members := reflect.MakeSlice(reflect.SliceOf(v.Type().Key()), 0, v.Len())
		for it := v.MapRange(); it.Next(); {
			if it.Value().Kind() != reflect.Bool || it.Value().Bool() {
				members = reflect.Append(members, it.Key())
			}
		}
		return p.fromReflect(members, t, where, depth, wrong)
	}
	return wrong()
}
