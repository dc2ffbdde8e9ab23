package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// parseLiteral reads a number, a date, a duration or a value of a scalar type.
func (p *Program) parseLiteral(text string, t *Type, at spot) (Value, *lang.Diagnostic) {
	switch t.basic {
	case dateType:
		day, err := num.ParseDate(text)
		if err != nil {
			d := at.errorf(code.FactDate, "%s", err)
			if !p.valueMeant(d, text, at) {
				at.notADate(d, text)
			}
			return nil, d
		}
		return Date(day), nil
	case durationType:
		length, err := num.ParseDuration(text)
		if err != nil {
			d := at.errorf(code.FactType, "expected a duration such as 30 days: %s", err)
			p.valueMeant(d, text, at)
			return nil, d
		}
		return Duration(length), nil
	case scalarType:
		return t.parseScalar(text, at)
	}
	return p.parseQuantity(text, t, at)
}

// parseScalar reads a value of a scalar type.
func (t *Type) parseScalar(text string, at spot) (Value, *lang.Diagnostic) {
	v, err := t.scalar.read(text)
	if err == nil {
		return v, nil
	}
	d := at.errorf(code.FactType, "expected %s: %s", article(t), err)
	if meant := lang.Meant(err); meant != "" {
		at.instead(d, meant)
	}
	return nil, d
}

// parseQuantity reads 300 km, or 300 for a pure number.
func (p *Program) parseQuantity(text string, t *Type, at spot) (Value, *lang.Diagnostic) {
	cut := strings.IndexFunc(text, func(r rune) bool { return r != '-' && r != '.' && r != '_' && (r < '0' || r > '9') })
	digits, unit := text, ""
	if cut >= 0 {
		digits, unit = text[:cut], strings.TrimSpace(text[cut:])
	}
	n, err := num.Parse(strings.TrimSpace(digits))
	if err != nil {
		return nil, p.quantityMeant(at.errorf(code.FactType, "expected %s%s, not `%s`", article(t), p.exampleUnit(t, "300"), text), text, t, at)
	}
	v, d := p.quantity(n, digits, unit, t, at)
	if d != nil && d.Fix == nil {
		d = p.quantityMeant(d, text, t, at)
	}
	return v, d
}

// notADate says of a text that is no date how it is written, where it is one elsewhere.
func (s spot) notADate(d *lang.Diagnostic, text string) *lang.Diagnostic {
	switch readings := lang.DateReadings(text); {
	case len(readings) == 1:
		return s.instead(d, readings[0])
	case len(readings) == 2:
		d.Add(": is this `%s` or `%s`?", readings[0], readings[1])
	case slices.Contains(todayWords, strings.ToLower(text)):
		d.Add("; the date of the case is told with --as-of or `as of`")
	}
	return leftOut(d, text)
}
