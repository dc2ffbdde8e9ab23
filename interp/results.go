package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// brought says whether there is a Go function to be called.
func (own *ownFunction) brought() bool { return own.f.IsValid() }

// callOf is a call with known arguments, as cases name its result: risk("Acme"). It is the
// same for arguments that are equal, however they are written.
func (p *Program) callOf(own *ownFunction, args []any) string {
	texts := make([]string, len(args))
	for i, a := range args {
		texts[i] = p.argumentText(a, own.params[i])
	}
	return own.Name + "(" + strings.Join(texts, ", ") + ")"
}

func (p *Program) argumentText(a any, t *Type) string {
	if t.basic == scalarType {
		return t.scalar.wrap(a).(scalarValue).key()
	}
	switch a := a.(type) {
	case bool:
		return Bool(a).String()
	case num.Number:
		return Number{n: a, dim: t.dim, unit: p.coherentUnits[t.dim]}.String()
	case string:
		if t.basic == thingType && t.kind.Ids != nil && lang.IsName(a) {
			return a
		}
		return lang.Quote(a)
	case num.Date:
		return a.String()
	case num.Duration:
		return strings.Join(durationParts(a), " + ")
	}
	elems := a.([]any)
	texts := make([]string, len(elems))
	for i, e := range elems {
		texts[i] = p.argumentText(e, t.elem)
	}
	if t.basic == setType {
		slices.Sort(texts)
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

// durationParts are the months and the days of a duration, as they are added up in rules.
func durationParts(d num.Duration) []string {
	if d.Months == 0 || d.Days == 0 {
		return []string{d.String()}
	}
	return []string{num.Duration{Months: d.Months}.String(), num.Duration{Days: d.Days}.String()}
}

// namesResult says whether the name of a fact is that of a result: risk("Acme").
func namesResult(name string) bool { return strings.HasSuffix(strings.TrimSpace(name), ")") }

// functionOf is the name of the function that a call calls.
func functionOf(call string) string {
	name, _, _ := strings.Cut(call, "(")
	return name
}

// declares says whether the rules declare the function of a call.
func (p *Program) declares(call string) bool {
	own := p.own[functionOf(call)]
	return own != nil && own.declared != nil
}

// mayTellSensitive says whether a call may hold, as an argument, what the rules mark as sensitive.
func (own *ownFunction) mayTellSensitive(p *Program) bool {
	return len(own.params) > 0 && slices.ContainsFunc(append(p.order.kinds[:len(p.order.kinds):len(p.order.kinds)], p.whole), func(k *Kind) bool {
		return k.SensitiveID || slices.ContainsFunc(k.Attrs, func(a *Attr) bool { return a.Sensitive })
	})
}

// tellResult takes in the result of a call. Of a thing a function gives the identity.
func (c *Case) tellResult(call string, v Value) {
	switch x := v.(type) {
	case *Thing:
		v = x.ID
	case List:
		v = List(identities(x))
	case Set:
		v = Set(identities(x))
	}
	if c.results == nil {
		c.results = map[string]Value{}
	}
	c.results[call] = v
}

func identities(vs []Value) []Value {
	out := slices.Clone(vs)
	for i, v := range out {
		if thing, ok := v.(*Thing); ok {
			out[i] = thing.ID
		}
	}
	return out
}
