package interp

import (
	"fmt"
	"sort"
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/internal/num"
)

// Value is what a fact or an expression has: Bool, Number, Text, Date, Duration,
// Choice, None, List, Set or *Thing. A nil Value is an unknown one.
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
		N    num.Number
		Dim  num.Dim
		Unit *Unit // the unit it was given in, for printing; nil for the coherent one
	}
	// Text is free text, or the identity of a thing of a kind with text identities.
	Text string
	// Date is a day.
	Date num.Date
	// Duration is a count of calendar months and days.
	Duration num.Duration
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

// get is an attribute's value: the one given, else the default, else nil.
func (t *Thing) get(a *Attr) Value {
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

// String is the number in the unit it was given in.
func (v Number) String() string {
	if v.Unit == nil {
		if v.Dim == "" {
			return v.N.String()
		}
		return v.N.String() + " (" + string(v.Dim) + ")"
	}
	n, err := v.N.Sub(v.Unit.Offset)
	if err == nil {
		n, err = n.Div(v.Unit.Factor)
	}
	if err != nil {
		return v.N.String()
	}
	return n.String() + " " + v.Unit.Name
}

// String is the text in quotes.
func (v Text) String() string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range string(v) {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u{%X}`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// String is YYYY-MM-DD.
func (v Date) String() string { return num.Date(v).String() }

// String is such as 1 year 2 months 3 days.
func (v Duration) String() string { return num.Duration(v).String() }

// Name is the choice's name.
func (v Choice) Name() string { return v.Enum.Choices[v.I].Name }

// String is the choice's name.
func (v Choice) String() string { return v.Name() }

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
		return ok && a.N.Equal(b.N)
	case Text:
		b, ok := b.(Text)
		return ok && a == b
	case Date:
		b, ok := b.(Date)
		return ok && a == b
	case Duration:
		b, ok := b.(Duration)
		return ok && num.Duration(a).Cmp(num.Duration(b)) == 0
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
