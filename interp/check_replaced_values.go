package interp

import (
	"maps"
	"slices"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// noteReplaced notes the values that amendments replace: conditions remember them by their names.
func (k *checker) noteReplaced(d *lang.Policy) {
	for _, it := range d.Items {
		if r, ok := it.(*lang.ReplaceValue); ok {
			k.replaced[r.Value.Name.Text] = true
		}
	}
}

// replaceValue gives a value another meaning in an amendment.
func (b *builder) replaceValue(in *Section, d *lang.ReplaceValue) {
	k, name := b.k, d.Value.Name
	declared := k.prog.values[name.Text]
	switch {
	case b.p.Amends == nil:
		if b.p.decl.Amends == nil {
			k.errorf(code.AmendsNothing, name, "`%s` amends no policy, so there is no value to replace: what a value is, is declared once, outside the policies", b.p.Name)
		}
		return
	case in != b.p.root:
		k.errorf(code.BadNamedValue, name, "a value is replaced in the whole policy: this stands in the policy, and not in its section `%s`", in.Name)
		return
	case declared == nil:
		k.misspelt(code.NothingThere, name, name.Text, func() []string { return keys(k.prog.values) }, "there is no value `%s` to replace", name.Text)
		return
	case b.values[name.Text] != nil:
		e := k.errorf(code.DuplicateLabel, name, "the value `%s` is replaced twice", name.Text)
		e.Notes = append(e.Notes, lang.Note{Source: k.src, Span: b.values[name.Text].Range(), Text: "here first"})
		return
	}
	b.values[name.Text] = d
}

// revalue gives the rules of an amendment, those that it takes over and its own, the values that it
// replaces, and those that are worked out from them.
func (b *builder) revalue() {
	k, p := b.k, b.p
	if p.Amends != nil {
		p.values = maps.Clone(p.Amends.values)
	}
	if len(b.values) > 0 {
		if p.values == nil {
			p.values = map[string]*namedValue{}
		}
		k.valuesOf = b
		defer func() { k.valuesOf = nil }()
		for _, name := range keys(k.prog.values) { // what is worked out from them is worked out anew
			v := k.prog.values[name]
			if b.values[name] != nil || v.restsOn(func(name string) bool { return b.values[name] != nil }) {
				delete(p.values, name)
			}
		}
		for _, name := range keys(k.prog.values) {
			b.valueIn(name)
		}
	}
	if len(p.values) > 0 {
		newRevaluer(otherValues(p.values)).section(p.root)
	}
}

// valueIn is what a value is in an amendment.
func (b *builder) valueIn(name string) *namedValue {
	k, p := b.k, b.p
	declared := k.prog.values[name]
	if v := p.values[name]; v != nil {
		return v
	}
	decl, src, said := declared.decl, declared.src, b.values[name]
	switch {
	case said != nil:
		decl, src = said.Value, p.src
	case declared.of == nil || !declared.restsOn(func(name string) bool { return p.values[name] != nil || b.values[name] != nil }):
		return declared
	case slices.ContainsFunc(declared.from, func(w *namedValue) bool { w = b.valueIn(w.name); return w.of != nil && w.dated() }):
		k.errorf(code.BadNamedValue, p.decl.Name, "the value `%s` is worked out from one that `%s` replaces by one that changes with the date: replace `%s` too", name, p.Name, name)
		return declared
	}
	v := &namedValue{name: name, decl: decl, src: src, replaced: true, version: true}
	p.values[name] = v // so that it does not rest on itself
	outer := k.src
	k.src, k.valueBusy[v] = src, true
	v.of, v.t = k.datedValues(name, decl)
	k.src = outer
	delete(k.valueBusy, v)
	switch {
	case v.of == nil:
		p.values[name] = declared
	case !v.t.same(declared.t):
		k.errorf(code.BadNamedValue, decl.Values[0].Value, "`%s` is %s here and %s where it is declared", name, article(v.t), article(declared.t))
		p.values[name] = declared
	}
	return p.values[name]
}
