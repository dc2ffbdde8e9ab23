package interp

import (
	"fmt"
	"sort"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// UnitsOf lists the units that a fact may be given in, the shortest names first; none
// where it is no quantity.
func (p *Program) UnitsOf(fact string) []string {
	seen, ok := p.NewCase().peek(fact)
	if !ok || seen.attr == nil {
		return nil
	}
	return p.Units(seen.attr.Type)
}

// Units lists the units that a quantity of a type may be given in, the shortest names first;
// none where the type is no quantity.
func (p *Program) Units(t *Type) []string {
	if t.basic != numberType || t.dim == "" {
		return nil
	}
	return p.unitsOf(t.dim)
}

// currency says whether a dimension is that of a currency of the module iso4217.
func (p *Program) currency(dim string) bool {
	u := p.units[dim]
	return u != nil && string(u.dim) == dim && len(dim) == 3 && strings.ToUpper(dim) == dim
}

// percent is the unit of shares: 25 % is 0.25.
var percent = &unitOfMeasure{name: "%", factor: num.Ratio(1, 100)}

// ValuesFor lists the names of the values that a fact may be compared with; of no fact, "", those of
// all values.
func (p *Program) ValuesFor(fact string) []string {
	var t *Type
	if fact != "" {
		seen, ok := p.NewCase().peek(fact)
		if !ok || seen.attr == nil {
			return nil
		}
		t = seen.attr.Type
	}
	var out []string
	for _, name := range keys(p.values) {
		if t == nil || t.same(p.values[name].t) {
			out = append(out, name)
		}
	}
	return out
}

// one is 1 of a dimension, in the unit to which the others refer where it has one.
func (p *Program) one(d num.Dim) Number {
	if d == "" {
		return Number{n: num.Int(1)}
	}
	best := (*unitOfMeasure)(nil)
	for _, name := range p.unitsOf(d) {
		if u := p.units[name]; best == nil || u.coherent() && !best.coherent() {
			best = u
		}
	}
	if best == nil {
		return Number{n: num.Int(1), dim: d}
	}
	n, err := best.factor.Add(best.offset)
	if err != nil {
		n = num.Int(1)
	}
	return Number{n: n, dim: d, unit: best}
}

// coherent says whether a quantity in the unit is its number as Number has it.
func (u *unitOfMeasure) coherent() bool {
	return u.factor.Cmp(num.Int(1)) == 0 && u.offset.Cmp(num.Number{}) == 0
}

// unitsOf lists the units of a dimension, the shortest names first.
func (p *Program) unitsOf(d num.Dim) []string {
	var out []string
	for name, u := range p.units {
		if u.dim == d {
			out = append(out, name)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if len(out[i]) != len(out[j]) {
			return len(out[i]) < len(out[j])
		}
		return out[i] < out[j]
	})
	return out
}

// exampleUnit is ": 300 km?", with a unit of the type's dimension.
func (p *Program) exampleUnit(t *Type, digits string) string {
	if t.dim == "" {
		return ""
	}
	best := ""
	for _, preferred := range []string{"km", "kg", "s", "mps", "N", "Pa", "Ns", "K", "m2", "m3"} {
		if u, ok := p.units[preferred]; ok && u.dim == t.dim {
			best = preferred
		}
	}
	for _, name := range keys(p.units) {
		if best == "" && p.units[name].dim == t.dim {
			best = name
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", such as %s %s", digits, best)
}

// unit looks a unit up; km/h is a unit divided by a unit.
func (p *Program) unit(name string) (*unitOfMeasure, bool) {
	if name == percent.name {
		return percent, true
	}
	if u, ok := p.units[name]; ok {
		return u, true
	}
	above, below, ok := strings.Cut(name, "/")
	if !ok {
		return nil, false
	}
	x, okx := p.units[strings.TrimSpace(above)]
	y, oky := p.units[strings.TrimSpace(below)]
	if !okx || !oky || x.offset.Sign() != 0 || y.offset.Sign() != 0 {
		return nil, false
	}
	f, err := x.factor.Div(y.factor)
	if err != nil {
		return nil, false
	}
	return &unitOfMeasure{name: name, dim: num.DimDiv(x.dim, y.dim), factor: f}, true
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

// convert is a number of the unit as a value.
func (u *unitOfMeasure) convert(n num.Number) (Number, error) {
	n, err := n.Mul(u.factor)
	if err == nil {
		n, err = n.Add(u.offset)
	}
	return Number{n: n, dim: u.dim, unit: u}, err
}

// quantity is a number and its unit as a value of a type.
func (p *Program) quantity(n num.Number, digits, unit string, t *Type, at spot) (Value, *lang.Diagnostic) {
	if unit == "" {
		if t.dim != "" {
			return nil, at.errorf(code.FactUnit, "%s needs a unit%s", digits, p.exampleUnit(t, strings.TrimSpace(digits)))
		}
		return Number{n: n}, t.notWhole(n, at)
	}
	u, ok := p.unit(unit)
	switch {
	case !ok && strings.ContainsAny(unit, "=<>"):
		return nil, at.errorf(code.FactType, "expected %s%s, not `%s %s`", article(t), p.exampleUnit(t, "300"), strings.TrimSpace(digits), unit)
	case !ok:
		d := at.errorf(code.FactUnit, "there is no unit `%s`", unit)
		digits = strings.TrimSpace(digits)
		if near, found := at.spell.nearest(unit, func() []string { return p.unitsOf(t.dim) }); found {
			return nil, at.instead(d, digits+" "+near)
		}
		if plain, _, ok := lang.PlainNumber(digits + " " + unit); ok && t.dim == "" {
			return nil, at.instead(d, plain)
		}
		if t.dim != "" {
			d.Add("; this should be %s%s", article(t), p.exampleUnit(t, digits))
		}
		return nil, d
	}
	if u.dim != t.dim {
		return nil, at.errorf(code.FactUnit, "`%s` is a unit of %s, and %s is expected%s", unit, p.dimName(u.dim), article(t), p.exampleUnit(t, strings.TrimSpace(digits)))
	}
	v, err := u.convert(n)
	if err != nil {
		return nil, at.errorf(code.FactType, "%s", err)
	}
	return v, t.notWhole(v.n, at)
}

// notWhole says of a number that it is none of an integer type.
func (t *Type) notWhole(n num.Number, at spot) *lang.Diagnostic {
	if !t.integer || n.IsInt() {
		return nil
	}
	return at.errorf(code.FactType, "expected a whole number, not %s", n)
}

// addUnit adds a unit to those of the program. That in which values of its dimension are kept is
// noted: of several the first by name.
func (p *Program) addUnit(u *unitOfMeasure) {
	p.units[u.name] = u
	if kept := p.coherentUnits[u.dim]; u.coherent() && (kept == nil || u.name < kept.name) {
		p.coherentUnits[u.dim] = u
	}
}
