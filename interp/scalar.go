package interp

import (
	"cmp"
	"net/netip"
	"reflect"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/internal/addr"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

type (
	// Address is an address of IPv4 or IPv6, without a zone.
	Address struct{ ip netip.Addr }
	// Moment is an instant, to the nanosecond. It is shown by the clock by which it was written.
	Moment struct{ at num.Moment }
	// TimeOfDay is what a clock shows, to the nanosecond.
	TimeOfDay struct{ at num.TimeOfDay }
)

// scalar is a type whose values are written as one literal and stand in an order, and all that the
// checker, the doors for facts and the analysis need to know of it. A further one is a row of scalars.
type scalar struct {
	name   string
	says   string // what a value of it is, with its article
	answer AnswerForm
	form   lang.LiteralForm
	read   func(text string) (Value, error)
	some   Value                  // any value
	near   func(v Value) []Value  // values before and behind one, at last the nearest on each side
	points []Value                // that conditions tell apart unsaid
	native func(v Value) any      // as functions of stdlib take it,
	wrap   func(native any) Value // and give it
	goType reflect.Type           // as functions of a program take it
	toGo   func(v Value) any
	fromGo func(v any) (Value, error) // nil of a Go value that stands for no such one
}

var (
	addressScalar = &scalar{name: "address", says: "an address such as 10.0.0.1", answer: AddressAnswer, form: lang.AddressLiteral,
		read: readWith(addr.Parse, func(a netip.Addr) Value { return Address{a} }),
		some: Address{netip.AddrFrom4([4]byte{192, 0, 2, 1})}, points: []Value{Address{addr.First6}},
		near: func(v Value) []Value {
			return beside(v.(Address).ip, addr.Before, addr.Next, func(a netip.Addr) Value { return Address{a} })
		},
		native: func(v Value) any { return v.(Address).ip }, wrap: func(n any) Value { return Address{n.(netip.Addr)} },
		goType: reflect.TypeFor[netip.Addr](), toGo: func(v Value) any { return v.(Address).ip }, fromGo: addressOf}
	momentScalar = &scalar{name: "moment", says: "a moment such as 2026-11-29T18:42:00+01:00", answer: MomentAnswer, form: lang.MomentLiteral,
		read: readWith(num.ParseMoment, func(m num.Moment) Value { return Moment{m} }),
		some: Moment{must(num.ParseMoment("2026-01-01T12:00:00Z"))}, near: nearMoment,
		native: func(v Value) any { return v.(Moment).at }, wrap: func(n any) Value { return Moment{n.(num.Moment)} },
		goType: reflect.TypeFor[time.Time](), toGo: func(v Value) any { return v.(Moment).at.Time() }, fromGo: momentOf}
	timeScalar = &scalar{name: "time_of_day", says: "a time of day such as 09:00", answer: TimeAnswer, form: lang.TimeLiteral,
		read: readWith(num.ParseTimeOfDay, func(t num.TimeOfDay) Value { return TimeOfDay{t} }),
		some: TimeOfDay{must(num.ParseTimeOfDay("12:00"))}, near: nearTime,
		native: func(v Value) any { return v.(TimeOfDay).at }, wrap: func(n any) Value { return TimeOfDay{n.(num.TimeOfDay)} },
		goType: reflect.TypeFor[string](), toGo: func(v Value) any { return v.String() }, fromGo: func(any) (Value, error) { return nil, nil }}

	typeAddress   = &Type{basic: scalarType, scalar: addressScalar}
	typeMoment    = &Type{basic: scalarType, scalar: momentScalar}
	typeTimeOfDay = &Type{basic: scalarType, scalar: timeScalar}

	scalars = []*Type{typeAddress, typeMoment, typeTimeOfDay}
)

// typeOfScalar is the type of a name; nil where it is none of these.
func typeOfScalar(name string) *Type {
	for _, t := range scalars {
		if t.scalar.name == name {
			return t
		}
	}
	return nil
}

// scalarNames are the names of all of them.
func scalarNames() []string {
	out := make([]string, len(scalars))
	for i, t := range scalars {
		out[i] = t.scalar.name
	}
	return out
}

// typeOfLiteral is the type of a literal of a form; a network has that of its addresses.
func typeOfLiteral(f lang.LiteralForm) *Type {
	for _, t := range scalars {
		if t.scalar.form == f {
			return t
		}
	}
	return typeAddress
}

// scalarValue is a value of such a type.
type scalarValue interface {
	Value
	compare(Value) int // with another of its type
	key() string       // the same for equal values
	scalar() *scalar
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func readWith[T any](parse func(string) (T, error), as func(T) Value) func(string) (Value, error) {
	return func(text string) (Value, error) {
		x, err := parse(text)
		if err != nil {
			return nil, err
		}
		return as(x), nil
	}
}

// beside are the values next to one of a type whose values can be counted.
func beside[T any](x T, before, behind func(T) (T, bool), as func(T) Value) []Value {
	var out []Value
	for _, next := range []func(T) (T, bool){before, behind} {
		if y, ok := next(x); ok {
			out = append(out, as(y))
		}
	}
	return out
}

func (Address) value()   {}
func (Moment) value()    {}
func (TimeOfDay) value() {}

func (Address) scalar() *scalar   { return addressScalar }
func (Moment) scalar() *scalar    { return momentScalar }
func (TimeOfDay) scalar() *scalar { return timeScalar }

// String is the address as RFC 5952 writes it.
func (v Address) String() string { return v.ip.String() }

// Addr is the address.
func (v Address) Addr() netip.Addr { return v.ip }

// String is the moment as RFC 3339 writes it.
func (v Moment) String() string { return v.at.String() }

// Time is the moment, by the clock by which it was written.
func (v Moment) Time() time.Time { return v.at.Time() }

// String is such as 09:00 or 09:00:30.5.
func (v TimeOfDay) String() string { return v.at.String() }

// Duration is the time since midnight.
func (v TimeOfDay) Duration() time.Duration { return time.Duration(v.at) }

// compare has all addresses of IPv4 before those of IPv6; a comparison of rules between the two
// families is false.
func (v Address) compare(w Value) int   { return v.ip.Compare(w.(Address).ip) }
func (v Moment) compare(w Value) int    { return v.at.Cmp(w.(Moment).at) }
func (v TimeOfDay) compare(w Value) int { return cmp.Compare(v.at, w.(TimeOfDay).at) }

func (v Address) key() string { return v.ip.String() }
func (v Moment) key() string  { return v.at.By(0).String() }

func (v TimeOfDay) key() string { return v.at.String() }

// strangers says whether two values stand in no order although others of their type do: addresses of
// two families.
func strangers(x, y Value) bool {
	a, is := x.(Address)
	return is && a.ip.BitLen() != y.(Address).ip.BitLen()
}

// nearMoment prefers whole minutes.
func nearMoment(v Value) []Value {
	m := v.(Moment).at
	var out []Value
	for _, by := range []int64{-int64(time.Minute), int64(time.Minute), -1, 1} {
		if n, ok := m.Add(by); ok {
			out = append(out, Moment{n})
		}
	}
	return out
}

func nearTime(v Value) []Value {
	t := v.(TimeOfDay).at
	var out []Value
	for _, by := range []time.Duration{-time.Minute, time.Minute, -1, 1} {
		if n := t + num.TimeOfDay(by); n >= 0 && n <= num.MaxTimeOfDay {
			out = append(out, TimeOfDay{n})
		}
	}
	return out
}

// addressOf is the address of a Go value of net/netip or net.
func addressOf(v any) (Value, error) {
	a, is := v.(netip.Addr)
	switch rv := reflect.ValueOf(v); {
	case is:
		return addressFrom(a)
	case isNetIP(rv.Type()):
		a, ok := netip.AddrFromSlice(rv.Bytes())
		if !ok && rv.Len() > 0 {
			return nil, &num.Mistake{Says: "a net.IP has 4 or 16 bytes"}
		}
		return addressFrom(a)
	}
	return nil, nil
}

// isNetIP says whether a type is net.IP, without that whole package.
func isNetIP(t reflect.Type) bool { return t.PkgPath() == "net" && t.Name() == "IP" }

func addressFrom(a netip.Addr) (Value, error) {
	if !a.IsValid() {
		return nil, &num.Mistake{Says: "the zero " + reflect.TypeOf(a).String() + " is no address: where it is not known, leave it out; of a struct, tag its field omitzero or make it a pointer"}
	}
	a, err := addr.Parse(a.String()) // which refuses zones, and takes what stands for IPv4 for that
	if err != nil {
		return nil, err
	}
	return Address{a}, nil
}

// momentOf is the moment of a time.Time.
func momentOf(v any) (Value, error) {
	t, is := v.(time.Time)
	if !is {
		return nil, nil
	}
	if t.IsZero() {
		return nil, &num.Mistake{Says: "the zero time.Time is no moment of a case: where it is not known, leave it out; of a struct, tag its field omitzero or make it a pointer"}
	}
	m, err := num.MomentOf(t)
	if err != nil {
		return nil, err
	}
	return Moment{m}, nil
}

// nearest is a value before one, or behind it, and on this side of the end on that side, if there is
// one; nil where there is none.
func (s *scalar) nearest(v scalarValue, before bool, end Value) Value {
	for _, n := range s.near(v) {
		n := n.(scalarValue)
		if (n.compare(v) < 0) == before && (end == nil || n.compare(end) != 0 && (n.compare(end) < 0) != before) {
			return n
		}
	}
	return nil
}

// noun is what a value of the type is called, with its article.
func (s *scalar) noun() string {
	noun, _, _ := strings.Cut(s.says, " such as")
	return noun
}

// readable says whether a text is one of a scalar type's values.
func (t *Type) readable(text string) bool {
	_, err := t.scalar.read(text)
	return err == nil
}

// networkEnds are the first and the last address of a network.
func networkEnds(text string) (first, last Value, err error) {
	p, err := addr.ParseNetwork(text)
	if err != nil {
		return nil, nil, err
	}
	return Address{p.Addr()}, Address{addr.Last(p)}, nil
}

// networkOf is the network that has the addresses from the first to the second of two values.
func networkOf(ends []Value) (text string, is bool) {
	first, isAddress := ends[0].(Address)
	if !isAddress {
		return "", false
	}
	p, is := addr.Network(first.ip, ends[1].(Address).ip)
	return p.String(), is
}
