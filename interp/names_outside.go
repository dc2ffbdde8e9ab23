package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// nameInJSON is what an attribute is called outside the rules: its name, if nothing else is said.
func (a *Attr) nameInJSON() string {
	if a.JSON != "" {
		return a.JSON
	}
	return a.Name
}

// attrInJSON is the attribute that is called so outside the rules; nil where there is none.
func (k *Kind) attrInJSON(name string) *Attr {
	if a := k.index[name]; a != nil && a.JSON == "" {
		return a
	}
	for _, a := range k.Attrs {
		if a.JSON == name && name != "" {
			return a
		}
	}
	return nil
}

// otherInJSON says of the name that an attribute has in the rules alone what it is called outside them;
// nil of other names.
func (k *Kind) otherInJSON(name string, at spot) *lang.Diagnostic {
	a := k.index[name]
	if a == nil || a.JSON == "" {
		return nil
	}
	quoted := lang.Quote(a.JSON)
	d := at.errorf(code.UnknownFact, "`%s` is what the rules call it: here it is %s", name, quoted)
	d.Fix = &lang.Fix{Label: "did you mean `" + quoted + "`?", Span: at.span, Replacement: quoted}
	return d
}

// inJSON offers the name of a member as JSON has it where another attribute was meant.
func (k *Kind) inJSON(d *lang.Diagnostic) *lang.Diagnostic {
	if d.Fix == nil {
		return d
	}
	if a := k.index[strings.Trim(d.Fix.Replacement, `"`)]; a != nil && a.JSON != "" {
		d.Fix.Replacement = lang.Quote(a.JSON)
		d.Fix.Label = "did you mean `" + d.Fix.Replacement + "`?"
	}
	return d
}

// JSONPath is where a fact stands in JSON: the names of the objects around it, and of its member. A name
// that is no fact's is cut at its points.
func (p *Program) JSONPath(fact string) []string {
	names := splitName(fact)
	var k *Kind
	for _, r := range p.roles {
		if r.Name == names[0] {
			k = r.Kind
		}
	}
	for i, name := range names[1:] {
		if k == nil {
			break
		}
		a := k.index[name]
		if a == nil {
			break
		}
		names[i+1], k = a.nameInJSON(), a.Type.kind
	}
	return names
}

// FactInJSON is the fact that stands where a dotted name, as JSON has it, says; "" where none does. A
// name in JSON may hold points itself.
func (p *Program) FactInJSON(name string) string {
	for _, r := range p.roles {
		rest, ok := strings.CutPrefix(name, r.Name+".")
		if !ok {
			continue
		}
		if fact := r.Kind.factInJSON(rest); fact != "" {
			return r.Name + "." + fact
		}
	}
	return ""
}

func (k *Kind) factInJSON(name string) string {
	if k == nil {
		return ""
	}
	if a := k.attrInJSON(name); a != nil {
		return a.Name
	}
	for i := range name {
		if name[i] != '.' {
			continue
		}
		if a := k.attrInJSON(name[:i]); a != nil {
			if fact := a.Type.kind.factInJSON(name[i+1:]); fact != "" {
				return a.Name + "." + fact
			}
		}
	}
	return ""
}
