package interp

import (
	"math/big"
	"slices"
	"sort"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// Value is what a fact or an expression has: Bool, Number, Text, Folded, Date, Duration,
// Address, Moment, TimeOfDay, Choice, None, List, Set or *Thing. A nil Value is an unknown one.
type Value interface {
	// String is the value as an author writes it in a fact.
	String() string
	value()
}

type (
	// Bool is yes or no.
	Bool bool
	// Number is an exact number or quantity, N in the coherent unit of its dimension.
	Number struct {
		n    num.Number
		dim  num.Dim
		unit *unitOfMeasure // the unit it was given in, for printing; nil for the coherent one
	}
	// Text is free text, or the identity of a thing of a kind with text identities.
	Text string
	// Folded is the text of a type such as code, whose values are equal although they are
	// written in different ways. It is shown as it was written.
	Folded struct{ written, key string }
	// Date is a day: the number of days since 1970-01-01, in the Gregorian calendar.
	Date int32
	// Duration is a count of calendar months and days.
	Duration struct{ Months, Days int32 }
	// Choice is one value of an enumeration, or a fixed identity.
	Choice struct {
		Enum *Enum
		I    int
	}
	// None says that an optional attribute is known to have no value.
	None struct{}
	// List is a list, whole.
	List []Value
	// Set is a set, whole, without repetitions.
	Set []Value
)

// Thing is what a role or an attribute of some kind stands for.
type Thing struct {
	Kind  *Kind
	ID    Value   // Choice or Text; nil where unknown or where the kind has no identities
	attrs []Value // by Attr.index; nil where unknown or not given
}

func newThing(k *Kind) *Thing { return &Thing{Kind: k, attrs: make([]Value, len(k.Attrs))} }

// get is an attribute's value: what its file says, else the one told, else the default, else nil.
// Where it is not known which thing it is, so that a file may say something, there is no default.
func (t *Thing) get(a *Attr) Value {
	if g := a.source(); g != nil {
		switch v, known := g.of(t); {
		case v != nil:
			return v
		case !known && a.given == nil:
			return t.attrs[a.index]
		case !known:
			return nil
		}
	}
	if v := t.attrs[a.index]; v != nil {
		return v
	}
	return a.Default
}

func (t *Thing) clone() *Thing {
	c := &Thing{Kind: t.Kind, ID: t.ID, attrs: append([]Value(nil), t.attrs...)}
	for i, v := range c.attrs {
		if nested, ok := v.(*Thing); ok {
			c.attrs[i] = nested.clone()
		}
	}
	return c
}

func (Bool) value()     {}
func (Number) value()   {}
func (Text) value()     {}
func (Folded) value()   {}
func (Date) value()     {}
func (Duration) value() {}
func (Choice) value()   {}
func (None) value()     {}
func (List) value()     {}
func (Set) value()      {}
func (*Thing) value()   {}

// String is yes or no.
func (v Bool) String() string {
	if v {
		return "yes"
	}
	return "no"
}

// Rat is the number, a quantity's in the coherent unit of its dimension: metres of a length.
func (v Number) Rat() *big.Rat { return v.n.Rat() }

// Dimension is what a quantity is of, such as length or mass/time; "" of a number.
func (v Number) Dimension() string { return string(v.dim) }

// String is the number in the unit it was given in.
func (v Number) String() string {
	if v.unit == nil {
		if v.dim == "" {
			return v.n.String()
		}
		return v.n.String() + " (" + string(v.dim) + ")"
	}
	n, err := v.n.Sub(v.unit.offset)
	if err == nil {
		n, err = n.Div(v.unit.factor)
	}
	if err != nil {
		return v.n.String()
	}
	if above, below, fraction := strings.Cut(n.String(), "/"); fraction { // 1 km / 3
		return above + " " + v.unit.name + " / " + below
	}
	return n.String() + " " + v.unit.name
}

// String is the text in quotes.
func (v Text) String() string { return lang.Quote(string(v)) }

// String is the text in quotes, as it was written.
func (v Folded) String() string { return lang.Quote(v.written) }

// Key is what is equal of all the ways in which the text can be written: 2B001 of 2b 001.
func (v Folded) Key() string { return v.key }

// String is YYYY-MM-DD.
func (v Date) String() string {
	if v == NoDate {
		return "any date"
	}
	return num.Date(v).String()
}

// String is such as 1 year 2 months 3 days.
func (v Duration) String() string { return num.Duration(v).String() }

// Name is the choice's name.
func (v Choice) Name() string { return v.Enum.Choices[v.I].Name }

// String is the choice's name, in quotes where it is none of the language.
func (v Choice) String() string {
	if v.Enum.quoted[v.I] {
		return lang.Quote(v.Name())
	}
	return v.Name()
}

// String is none.
func (None) String() string { return "none" }

// String is (a, b).
func (v List) String() string { return "(" + joinValues(v) + ")" }

// String is (a, b).
func (v Set) String() string { return "(" + joinValues(v) + ")" }

// String is the identity, or the facts known.
func (t *Thing) String() string {
	if t.ID != nil {
		return t.ID.String()
	}
	var parts []string
	for _, a := range t.Kind.Attrs {
		if v := t.attrs[a.index]; v != nil {
			parts = append(parts, a.Name+" = "+v.String())
		}
	}
	sort.Strings(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}

func joinValues(vs []Value) string {
	parts := make([]string, len(vs))
	for i, v := range vs {
		if v == nil {
			parts[i] = "?"
			continue
		}
		parts[i] = v.String()
	}
	return strings.Join(parts, ", ")
}

// equalValues says whether two known values of one type are the same value.
func equalValues(a, b Value) bool {
	switch a := a.(type) {
	case Bool:
		b, ok := b.(Bool)
		return ok && a == b
	case Number:
		b, ok := b.(Number)
		return ok && a.n.Equal(b.n)
	case Text:
		b, ok := b.(Text)
		return ok && a == b
	case Folded:
		b, ok := b.(Folded)
		return ok && a.key == b.key
	case Date:
		b, ok := b.(Date)
		return ok && a == b
	case Duration:
		b, ok := b.(Duration)
		return ok && num.Duration(a).Cmp(num.Duration(b)) == 0
	case scalarValue:
		b, ok := b.(scalarValue)
		return ok && a.scalar() == b.scalar() && a.compare(b) == 0
	case Choice:
		b, ok := b.(Choice)
		return ok && a.I == b.I
	case None:
		_, ok := b.(None)
		return ok
	case *Thing:
		b, ok := b.(*Thing)
		return ok && a.ID != nil && b.ID != nil && equalValues(a.ID, b.ID)
	case List:
		b, ok := b.(List)
		return ok && equalAll(a, b)
	case Set:
		b, ok := b.(Set)
		return ok && len(a) == len(b) && subset(a, b)
	}
	return false
}

func equalAll(a, b []Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] == nil || b[i] == nil || !equalValues(a[i], b[i]) {
			return false
		}
	}
	return true
}

func subset(a, b []Value) bool {
	for _, x := range a {
		if !contains(b, x) {
			return false
		}
	}
	return true
}

func contains(vs []Value, x Value) bool {
	for _, v := range vs {
		if equalValues(v, x) {
			return true
		}
	}
	return false
}

func isNone(v Value) bool { _, none := v.(None); return none }

// unknown says whether a value, or the identity of a thing that has one, is not known.
func unknown(v Value) bool {
	if thing, ok := v.(*Thing); ok {
		return thing.ID == nil && thing.Kind.Identified()
	}
	return v == nil
}

// compareValues compares two known values of one type.
func compareValues(op lang.Op, x, y Value) Truth {
	if thing, ok := x.(*Thing); ok {
		x = thing.ID
	}
	if thing, ok := y.(*Thing); ok {
		y = thing.ID
	}
	if x == nil || y == nil {
		return Unknown
	}
	order := 0
	switch x := x.(type) {
	case Number:
		order = x.n.Cmp(y.(Number).n)
	case Date:
		order = num.Date(x).Sub(num.Date(y.(Date)))
	case Duration:
		order = num.Duration(x).Cmp(num.Duration(y.(Duration)))
	case scalarValue:
		if order = x.compare(y); order != 0 && strangers(x, y) {
			return truth(op == lang.Ne)
		}
	case List:
		return equalLists(op, x, y.(List))
	case Set:
		return equalSets(op, x, y.(Set))
	default:
		if !equalValues(x, y) {
			order = 1
		}
	}
	switch op {
	case lang.Eq:
		return truth(order == 0)
	case lang.Ne:
		return truth(order != 0)
	case lang.Lt:
		return truth(order < 0)
	case lang.Le:
		return truth(order <= 0)
	case lang.Gt:
		return truth(order > 0)
	default:
		return truth(order >= 0)
	}
}

func equalLists(op lang.Op, x, y List) Truth {
	t := truth(len(x) == len(y))
	for i := 0; i < len(x) && i < len(y) && t != False; i++ {
		if x[i] == nil || y[i] == nil {
			t = Unknown
			continue
		}
		t = t.and(compareValues(lang.Eq, x[i], y[i]))
	}
	if op == lang.Ne {
		return t.not()
	}
	return t
}

// equalSets compares sets of which members may be unknown, or be written twice.
func equalSets(op lang.Op, x, y Set) Truth {
	t := allAmong(x, y)
	if t != False {
		t = t.and(allAmong(y, x))
	}
	if op == lang.Ne {
		return t.not()
	}
	return t
}

// allAmong says whether each value is one of some others.
func allAmong(xs, ys []Value) Truth {
	known, rest := map[string]bool{}, []Value{}
	for _, y := range ys {
		if key, ok := valueKey(y); ok {
			known[key] = true
		} else {
			rest = append(rest, y)
		}
	}
	t := True
	for _, x := range xs {
		if key, ok := valueKey(x); ok && known[key] {
			continue
		}
		in := truth(false)
		if unknown(x) && len(known) > 0 {
			in = Unknown
		}
		for _, y := range rest {
			if in = in.or(compareValues(lang.Eq, x, y)); in == True {
				break
			}
		}
		if t = t.and(in); t == False {
			break
		}
	}
	return t
}

func ordered(t *Type) bool {
	return t.basic == numberType || t.basic == dateType || t.basic == durationType || t.basic == scalarType
}

// knownOf says whether a thing is one of which something is known.
func knownOf(v Value) bool {
	thing, ok := v.(*Thing)
	return ok && (thing.ID != nil || slices.ContainsFunc(thing.attrs, func(v Value) bool { return v != nil }))
}

// elements of a set or a list.
func elements(v Value) ([]Value, bool) {
	switch v := v.(type) {
	case List:
		return v, true
	case Set:
		return v, true
	}
	return nil, false
}
