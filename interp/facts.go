package interp

import (
	"fmt"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// spot is where a fact was written, for its diagnostics.
type spot struct {
	src  *lang.Source
	span lang.Span
}

func (s spot) errorf(code lang.Code, format string, args ...any) *lang.Diagnostic {
	return &lang.Diagnostic{Code: code, Source: s.src, Span: s.span, Message: fmt.Sprintf(format, args...)}
}

func (s spot) suggest(d *lang.Diagnostic, word string, known []string) *lang.Diagnostic {
	if near, ok := lang.Nearest(word, known); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: s.span, Replacement: near}
	}
	return d
}

// place is a fact of a case: an attribute of a thing, or with attr nil the thing's identity.
type factPlace struct {
	thing *Thing
	attr  *Attr
	name  string
}

func (f factPlace) typ() *Type {
	if f.attr == nil {
		return &Type{basic: thingType, kind: f.thing.Kind}
	}
	return f.attr.Type
}

// put stores a checked value. What is said of a thing adds to what was said of it before.
func (f factPlace) put(v Value) {
	told, nested := v.(*Thing)
	if f.attr == nil {
		f.thing.merge(told)
		return
	}
	if old, ok := f.thing.attrs[f.attr.index].(*Thing); ok && nested {
		old.merge(told)
		return
	}
	f.thing.attrs[f.attr.index] = v
}

// merge takes over what u knows, of the things within it too.
func (t *Thing) merge(u *Thing) {
	if u.ID != nil {
		t.ID = u.ID
	}
	for i, v := range u.attrs {
		told, nested := v.(*Thing)
		if old, ok := t.attrs[i].(*Thing); ok && nested {
			old.merge(told)
		} else if v != nil {
			t.attrs[i] = v
		}
	}
}

// find follows a dotted name from the roles of the case.
func (c *Case) find(names []string, at spot) (factPlace, *lang.Diagnostic) {
	full := strings.Join(names, ".")
	var thing *Thing
	for i, r := range c.prog.roles {
		if r.Name == names[0] {
			thing = c.things[i]
		}
	}
	rest := names[1:]
	if thing == nil {
		a, ok := c.prog.whole.Attr(names[0])
		if !ok || len(rest) > 0 {
			return factPlace{}, c.unknownFact(names, at)
		}
		return factPlace{c.whole, a, full}, nil
	}
	if len(rest) == 0 {
		return factPlace{thing, nil, full}, nil
	}
	for i, name := range rest {
		a, ok := thing.Kind.Attr(name)
		if !ok {
			return factPlace{}, c.unknownAttr(thing.Kind, strings.Join(names[:i+1], "."), name, at)
		}
		if i == len(rest)-1 {
			return factPlace{thing, a, full}, nil
		}
		if a.Type.basic != thingType {
			return factPlace{}, at.errorf(lang.UnknownFact, "`%s` is %s and has no attributes", strings.Join(names[:i+2], "."), article(a.Type))
		}
		nested, ok := thing.attrs[a.index].(*Thing)
		if !ok {
			nested = newThing(a.Type.kind)
			thing.attrs[a.index] = nested
		}
		thing = nested
	}
	return factPlace{}, nil
}

func (c *Case) unknownFact(names []string, at spot) *lang.Diagnostic {
	var known []string
	for _, r := range c.prog.roles {
		known = append(known, r.Name)
	}
	known = append(known, c.prog.whole.attrNames()...)
	d := at.errorf(lang.UnknownFact, "there is nothing called `%s` in a case", names[0])
	if near, ok := lang.Nearest(names[0], known); ok {
		fixed := strings.Join(append([]string{near}, names[1:]...), ".")
		d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: at.span, Replacement: fixed}
		return d
	}
	for _, r := range c.prog.roles {
		if _, ok := r.Kind.Attr(names[0]); ok {
			fixed := r.Name + "." + names[0]
			d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: at.span, Replacement: fixed}
			return d
		}
	}
	d.Message += "; a case is about " + listNames(known)
	return d
}

func (c *Case) unknownAttr(k *Kind, of, name string, at spot) *lang.Diagnostic {
	d := at.errorf(lang.UnknownFact, "`%s` has no attribute `%s`", of, name)
	if near, ok := lang.Nearest(name, k.attrNames()); ok {
		fixed := of + "." + near
		d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: at.span, Replacement: fixed}
	} else if len(k.Attrs) > 0 {
		d.Message += "; " + k.Name + " has " + listNames(k.attrNames())
	} else {
		d.Message += "; " + k.Name + " has none"
	}
	return d
}

// article is "a text", "one of I, II", "a length such as 300 km": what a type expects.
func article(t *Type) string {
	switch t.basic {
	case boolType:
		return "yes or no"
	case numberType:
		if t.dim != "" {
			name := t.String()
			return "a quantity (" + strings.TrimSuffix(name, "?") + ")"
		}
		return "a number"
	case textType:
		return "a text"
	case dateType:
		return "a date (YYYY-MM-DD)"
	case durationType:
		return "a duration such as 30 days"
	case enumType:
		return "one of " + listNames(t.enum.Names())
	case thingType:
		return aKind(t.kind)
	case setType:
		return "a set of " + t.elem.String()
	}
	return "a list of " + t.elem.String()
}

// aKind is the kind's name with its article.
func aKind(k *Kind) string {
	name := strings.ToLower(k.Name)
	for _, yoo := range []string{"uni", "use", "usa", "uti", "eu", "one"} { // as they are said
		if strings.HasPrefix(name, yoo) {
			return "a " + k.Name
		}
	}
	if strings.ContainsRune("aeiou", rune(name[0])) {
		return "an " + k.Name
	}
	return "a " + k.Name
}

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

// parseElements reads (a, b, c), with or without the parentheses.
func (p *Program) parseElements(text string, t *Type, at spot) (Value, *lang.Diagnostic) {
	if t.elem.basic == thingType && !t.elem.kind.Identified() {
		return nil, at.errorf(lang.FactType, "a list of %s is told as JSON", t.elem.kind.Name)
	}
	around, balanced := parentheses(text)
	if !balanced {
		return nil, at.errorf(lang.FactType, "a parenthesis is not closed, or was not opened: the elements are written `(a, b)`, and one that has a parenthesis in quotes")
	}
	if around {
		text = text[1 : len(text)-1]
	}
	var values []Value
	parts := splitCommas(text)
	for _, part := range parts {
		if strings.TrimSpace(part) == "" {
			if len(parts) == 1 {
				break
			}
			return nil, at.errorf(lang.FactType, "an element is missing beside a comma; an empty text is written `\"\"`")
		}
		v, d := p.parseText(part, t.elem, at)
		if d != nil {
			return nil, d
		}
		values = append(values, v)
	}
	return p.collection(values, t, at)
}

// parentheses says whether one pair of them stands around a text, and whether all of them
// are closed. Those in quotes are none.
func parentheses(text string) (around, balanced bool) {
	depth := 0
	around = strings.HasPrefix(text, "(")
	for i, quoted := range quotes(text) {
		switch {
		case quoted:
		case text[i] == '(':
			depth++
		case text[i] == ')':
			if depth--; depth < 0 {
				return false, false
			}
			around = around && (depth > 0 || i == len(text)-1)
		}
	}
	return around && depth == 0, depth == 0
}

// splitCommas cuts at the commas that stand outside quotes.
func splitCommas(text string) []string {
	var parts []string
	from := 0
	for i, quoted := range quotes(text) {
		if text[i] == ',' && !quoted {
			parts = append(parts, text[from:i])
			from = i + 1
		}
	}
	return append(parts, text[from:])
}

// quotes goes through the bytes of a text and says which stand in quotes.
func quotes(text string) iter.Seq2[int, bool] {
	return func(yield func(int, bool) bool) {
		quoted, escaped := false, false
		for i := range len(text) {
			was := quoted
			if text[i] == '"' && !escaped {
				quoted = !quoted
			}
			escaped = quoted && text[i] == '\\' && !escaped
			if !yield(i, was || quoted) {
				return
			}
		}
	}
}

// collection is values as a List or a Set of the type.
func (p *Program) collection(values []Value, t *Type, at spot) (Value, *lang.Diagnostic) {
	if most := p.options.Limits.List; len(values) > most {
		return nil, at.errorf(lang.FactTooLarge, "a list holds at most %d elements", most)
	}
	if t.basic == listType {
		return List(values), nil
	}
	var set Set
	seen := map[string]bool{}
	for _, v := range values {
		key := v.String()
		if n, ok := v.(Number); ok {
			key = n.N.String()
		}
		if !seen[key] {
			seen[key] = true
			set = append(set, v)
		}
	}
	return set, nil
}
