package interp

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// parseText reads a value of a type from text: what stands behind = in a fact.
func (p *Program) parseText(text string, t *Type, at spot) (Value, *lang.Diagnostic) {
	text = strings.TrimSpace(text)
	if !utf8.ValidString(text) {
		return nil, at.errorf(lang.FactType, "this is not UTF-8 text")
	}
	if badQuotes(text, t) {
		return nil, at.errorf(lang.FactType, "a text in quotes ends with its closing quotes, and nothing follows; a quotation mark within it is written \\\"")
	}
	if len(text) > p.options.Limits.Text && t.elem == nil {
		return nil, p.textTooLong(at)
	}
	if t.optional && text == "none" && (t.enum == nil || !t.enum.has("none")) {
		return None{}, nil
	}
	switch t.basic {
	case boolType:
		return parseBool(text, at)
	case numberType:
		return p.parseQuantity(text, t, at)
	case dateType:
		d, err := num.ParseDate(text)
		if err != nil {
			return nil, at.errorf(lang.FactDate, "%s", err)
		}
		return Date(d), nil
	case durationType:
		d, err := num.ParseDuration(text)
		if err != nil {
			return nil, at.errorf(lang.FactType, "expected a duration such as 30 days: %s", err)
		}
		return Duration(d), nil
	case textType:
		return Text(unquote(text)), nil
	case enumType:
		return chooseEnum(t, unquote(text), at)
	case thingType:
		return identify(t.kind, unquote(text), at)
	}
	return p.parseElements(text, t, at)
}

func (p *Program) textTooLong(at spot) *lang.Diagnostic {
	return at.errorf(lang.FactTooLarge, "a fact is at most %d bytes long", p.options.Limits.Text)
}

func (e *Enum) has(name string) bool { _, ok := e.index[name]; return ok }

func parseBool(text string, at spot) (Value, *lang.Diagnostic) {
	switch strings.ToLower(text) {
	case "yes", "true":
		return Bool(true), nil
	case "no", "false":
		return Bool(false), nil
	}
	return nil, at.errorf(lang.FactType, "expected yes or no, not `%s`", text)
}

// badQuotes says whether a value begins with a quotation mark and is no text in quotes.
func badQuotes(text string, t *Type) bool {
	if !strings.HasPrefix(text, `"`) || t.basic == listType || t.basic == setType {
		return false
	}
	e, _, ds := lang.ParseExpr("", text)
	_, ok := e.(*lang.Text)
	return len(ds) > 0 || !ok
}

// unquote takes the quotes off a text that has them.
func unquote(text string) string {
	if len(text) >= 2 && text[0] == '"' {
		if e, _, ds := lang.ParseExpr("", text); len(ds) == 0 {
			if s, ok := e.(*lang.Text); ok {
				return s.Value
			}
		}
	}
	return text
}

func chooseEnum(t *Type, word string, at spot) (Value, *lang.Diagnostic) {
	if i, ok := t.enum.find(word, true); ok {
		return Choice{t.enum, i}, nil
	}
	d := at.errorf(lang.FactType, "`%s` is not one of %s", word, listNames(t.enum.Names()))
	return nil, at.suggest(d, word, t.enum.Names())
}

// identify finds the thing of a kind that a word names: its code, title or a further name.
func identify(k *Kind, word string, at spot) (Value, *lang.Diagnostic) {
	thing := newThing(k)
	switch {
	case k.Ids != nil:
		i, ok := k.Ids.find(word, true)
		if !ok {
			d := at.errorf(lang.UnknownIdentity, "there is no %s `%s`", k.Name, word)
			d.Fix = k.Ids.meant(word, at.span)
			return nil, d
		}
		thing.ID = Choice{k.Ids, i}
	case k.TextIds:
		if word == "" {
			return nil, at.errorf(lang.UnknownIdentity, "%s is named by a text, and this one is empty", aKind(k))
		}
		thing.ID = Text(word)
	default:
		return nil, at.errorf(lang.FactType, "%s has no identity of its own: say its attributes, such as %s", k.Name, exampleFact(k))
	}
	return thing, nil
}

func exampleFact(k *Kind) string {
	if len(k.Attrs) == 0 {
		return "none"
	}
	return "`" + k.Attrs[0].Name + "`"
}

// thousands is the beginning of a number such as 1,500.
var thousands = regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+([^0-9]|$)`)

// parseQuantity reads 300 km, or 300 for a pure number.
func (p *Program) parseQuantity(text string, t *Type, at spot) (Value, *lang.Diagnostic) {
	cut := strings.IndexFunc(text, func(r rune) bool { return r != '-' && r != '.' && (r < '0' || r > '9') })
	digits, unit := text, ""
	if cut >= 0 {
		digits, unit = text[:cut], strings.TrimSpace(text[cut:])
	}
	if strings.HasPrefix(unit, ",") && thousands.MatchString(text) {
		return nil, at.errorf(lang.FactType, "a number has no separators of thousands: write `%s`", strings.ReplaceAll(text, ",", ""))
	}
	n, err := num.Parse(strings.TrimSpace(digits))
	if err != nil {
		return nil, at.errorf(lang.FactType, "expected %s%s, not `%s`", article(t), p.exampleUnit(t, "300"), text)
	}
	return p.quantity(n, digits, unit, t, at)
}

// quantity is a number and its unit as a value of a type.
func (p *Program) quantity(n num.Number, digits, unit string, t *Type, at spot) (Value, *lang.Diagnostic) {
	if unit == "" {
		if t.dim != "" {
			return nil, at.errorf(lang.FactUnit, "%s needs a unit%s", digits, p.exampleUnit(t, strings.TrimSpace(digits)))
		}
		return Number{N: n}, nil
	}
	u, ok := p.unit(unit)
	switch {
	case !ok && strings.ContainsAny(unit, "=<>"):
		return nil, at.errorf(lang.FactType, "expected %s%s, not `%s %s`", article(t), p.exampleUnit(t, "300"), strings.TrimSpace(digits), unit)
	case !ok:
		d := at.errorf(lang.FactUnit, "there is no unit `%s`", unit)
		if at.suggest(d, unit, p.unitsOf(t.dim)); d.Fix == nil && t.dim != "" {
			d.Message += "; this should be " + article(t) + p.exampleUnit(t, strings.TrimSpace(digits))
		}
		return nil, d
	}
	if u.Dim != t.dim {
		return nil, at.errorf(lang.FactUnit, "`%s` is a unit of %s, and %s is expected%s", unit, p.dimName(u.Dim), article(t), p.exampleUnit(t, strings.TrimSpace(digits)))
	}
	v, err := u.convert(n)
	if err != nil {
		return nil, at.errorf(lang.FactType, "%s", err)
	}
	return v, nil
}

// convert is a number of the unit as a value.
func (u *Unit) convert(n num.Number) (Number, error) {
	n, err := n.Mul(u.Factor)
	if err == nil {
		n, err = n.Add(u.Offset)
	}
	return Number{N: n, Dim: u.Dim, Unit: u}, err
}

// exampleUnit is ": 300 km?", with a unit of the type's dimension.
func (p *Program) exampleUnit(t *Type, digits string) string {
	if t.dim == "" {
		return ""
	}
	best := ""
	for _, preferred := range []string{"km", "kg", "s", "mps", "N", "Pa", "Ns", "K", "m2", "m3"} {
		if u, ok := p.units[preferred]; ok && u.Dim == t.dim {
			best = preferred
		}
	}
	for _, name := range keys(p.units) {
		if best == "" && p.units[name].Dim == t.dim {
			best = name
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", such as %s %s", digits, best)
}

// unit looks a unit up; km/h is a unit divided by a unit.
func (p *Program) unit(name string) (*Unit, bool) {
	if u, ok := p.units[name]; ok {
		return u, true
	}
	above, below, ok := strings.Cut(name, "/")
	if !ok {
		return nil, false
	}
	x, okx := p.units[strings.TrimSpace(above)]
	y, oky := p.units[strings.TrimSpace(below)]
	if !okx || !oky || x.Offset.Sign() != 0 || y.Offset.Sign() != 0 {
		return nil, false
	}
	f, err := x.Factor.Div(y.Factor)
	if err != nil {
		return nil, false
	}
	return &Unit{Name: name, Dim: num.DimDiv(x.Dim, y.Dim), Factor: f}, true
}

// dimName is how an author calls a dimension.
func (p *Program) dimName(d num.Dim) string {
	if d == "" {
		return "number"
	}
	for _, name := range keys(p.dims) {
		if p.dims[name] == d {
			return name
		}
	}
	return string(d)
}
