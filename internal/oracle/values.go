package oracle

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// Values are bool, num.Number (a quantity in the coherent unit), num.Date,
// num.Duration, netip.Addr, num.Moment, num.TimeOfDay, string (a text, or the name of an enumeration's value), *thing, set,
// list and none.
type (
	none struct{}
	set  []any
	list []any
)

// thing is what a role or an attribute stands for. A nil identity is not told; attrs
// lacks what is not told.
type thing struct {
	kind  *kind
	id    *string
	attrs map[string]any
}

// untold is what is thrown where a fact is read that the case does not tell.
type untold struct{ fact string }

func isNone(values ...any) bool { return slices.Contains(values, any(none{})) }

// equal compares values of one type, none of them none.
func equal(x, y any) bool {
	switch x := x.(type) {
	case *thing:
		return x.identity() == identity(y)
	case num.Number:
		return x.Equal(y.(num.Number))
	case num.Moment:
		return x.Cmp(y.(num.Moment)) == 0
	case num.Duration:
		return x.Cmp(y.(num.Duration)) == 0
	case string:
		return x == identity(y)
	case set:
		y := y.(set)
		return subset(x, y) && subset(y, x)
	case list:
		return slices.EqualFunc(x, y.(list), equal)
	}
	return x == y
}

// identity is that of a thing, or the text that says which thing is meant.
func identity(v any) string {
	if t, ok := v.(*thing); ok {
		return t.identity()
	}
	return v.(string)
}

func (t *thing) identity() string {
	if t.id == nil {
		panic(untold{"the identity of a " + t.kind.name})
	}
	return *t.id
}

func subset(x, y []any) bool {
	for _, v := range x {
		if !slices.ContainsFunc(y, func(w any) bool { return equal(v, w) }) {
			return false
		}
	}
	return true
}

// order is negative where x is the less of two values that are ordered.
func order(x, y any) int {
	switch x := x.(type) {
	case num.Number:
		return x.Cmp(y.(num.Number))
	case num.Date:
		return x.Sub(y.(num.Date))
	case num.Duration:
		return x.Cmp(y.(num.Duration))
	case netip.Addr:
		return x.Compare(y.(netip.Addr))
	case num.Moment:
		return x.Cmp(y.(num.Moment))
	case num.TimeOfDay:
		return cmp.Compare(x, y.(num.TimeOfDay))
	}
	panic(fmt.Sprintf("%T has no order", x))
}

// choice is the value that a word or a text stands for beside an enumeration or a
// kind with identities: by its name, its title or a further name.
func (t *typ) choice(word string, quoted bool) (string, bool) {
	if t == nil {
		return "", false
	}
	for _, c := range t.values {
		if c.Name.Text == word {
			return word, true
		}
	}
	for _, c := range t.values {
		if quoted && t.text(c.Name.Text) == t.text(word) {
			return c.Name.Text, true
		}
		for _, title := range c.Titles {
			if quoted && strings.EqualFold(title.Value, word) || quoted && strings.EqualFold(c.Name.Text, word) {
				return c.Name.Text, true
			}
		}
	}
	for _, c := range t.values {
		for _, title := range c.In {
			if quoted && strings.EqualFold(title.Text.Value, word) {
				return c.Name.Text, true
			}
		}
	}
	return "", false
}

// text is a text as a value of a type: of a code in capital letters and without blanks, of a name
// in small letters and without blanks, points and accents, as far as random policies and examples have them.
func (t *typ) text(s string) string {
	switch {
	case t == nil:
		return s
	case t.word == "code" || t.kind != nil && t.kind.code:
		return strings.ToUpper(strings.Join(strings.Fields(s), ""))
	case t.word == "name" || t.kind != nil && t.kind.names:
		return strings.NewReplacer(" ", "", ".", "", ",", "", "-", "", "é", "e", "ł", "l", "ó", "o", "ź", "z").Replace(strings.ToLower(s))
	}
	return s
}

// quantity is a number with its unit in the coherent unit of its dimension.
func (p *Program) quantity(n *lang.Number) num.Number {
	v := must(num.Parse(n.Text))
	if n.Unit == "" {
		return v
	}
	if n.Unit == "%" {
		return must(v.Div(num.Int(100)))
	}
	over, under, compound := strings.Cut(n.Unit, "/")
	u := p.units[over]
	v = must(must(v.Mul(u.factor)).Add(u.offset))
	if compound {
		v = must(v.Div(p.units[under].factor))
	}
	return v
}

// alien says whether two values are addresses of two families, which have no order between them.
func alien(x, y any) bool {
	a, is := x.(netip.Addr)
	b, too := y.(netip.Addr)
	return is && too && a.Is4() != b.Is4()
}

// literal is the value of a literal.
func literal(text string) (any, error) {
	switch (&lang.Literal{Text: text}).Form() {
	case lang.MomentLiteral:
		return num.ParseMoment(text)
	case lang.TimeLiteral:
		return num.ParseTimeOfDay(text)
	}
	return netip.ParseAddr(text)
}

// inNetwork says whether an address lies in a network.
func inNetwork(x any, network string) bool {
	return netip.MustParsePrefix(network).Contains(x.(netip.Addr))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
