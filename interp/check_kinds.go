package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/stdlib"
)

func (k *checker) declareUnit(u *lang.Unit) {
	p := k.prog
	if _, dup := p.units[u.Name.Text]; dup {
		k.errorf(code.Duplicate, u.Name, "the unit `%s` is declared twice", u.Name.Text)
		return
	}
	if u.Of != nil {
		dim, known := p.dims[u.Of.Text]
		if !known {
			dim = num.Dim(u.Of.Text)
			p.dims[u.Of.Text] = dim
		}
		p.addUnit(&unitOfMeasure{name: u.Name.Text, dim: dim, factor: num.Int(1)})
		return
	}
	if u.Value == nil {
		return
	}
	base, ok := k.unit(u.Value, nil)
	factor, err := num.Parse(u.Value.Text)
	if !ok || err != nil {
		return
	}
	unit := &unitOfMeasure{name: u.Name.Text, dim: base.dim}
	if unit.factor, err = factor.Mul(base.factor); err != nil || unit.factor.Sign() <= 0 {
		k.errorf(code.UnknownUnit, u.Value, "a unit is a positive number of another unit")
		return
	}
	if u.Plus != nil {
		if plus, ok := k.unit(u.Plus, nil); ok {
			n, err := num.Parse(u.Plus.Text)
			if err == nil {
				unit.offset, err = n.Mul(plus.factor)
			}
			if err != nil || plus.dim != unit.dim {
				k.errorf(code.DimensionMismatch, u.Plus, "what is added to a unit is of its own dimension")
			}
		}
	}
	p.addUnit(unit)
}

// otherDurations are words for a duration that people write and the language has not.
var otherDurations = map[string]string{
	"d": "days", "wk": "weeks", "wks": "weeks", "mo": "months", "mos": "months", "mth": "months", "mths": "months", "y": "years", "yr": "years", "yrs": "years",
}

// unit is a number's unit, reported where there is none of that name. Where a quantity
// is wanted, only its own units are offered.
func (k *checker) unit(n *lang.Number, want *Type) (*unitOfMeasure, bool) {
	u, ok := k.prog.unit(n.Unit)
	if !ok {
		known := func() []string {
			if want != nil && want.basic == numberType && want.dim != "" {
				return k.prog.unitsOf(want.dim)
			}
			return keys(k.prog.units)
		}
		at := n.UnitSpan
		if n.Unit == "" {
			at = n.Span
		}
		d := k.errorf(code.UnknownUnit, at, "there is no unit `%s`", n.Unit)
		if other := otherDurations[n.Unit]; other != "" && (want == nil || want.basic != numberType) {
			d.Fix = &lang.Fix{Label: "did you mean `" + other + "`?", Span: at, Replacement: other}
		} else if near, found := k.nearUnit(n.Unit, known); found {
			d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: at, Replacement: near}
		} else if k.fromModule(d, n.Unit); d.Fix != nil {
			d.Notes = nil
		} else if plain, _, ok := lang.PlainNumber(n.Text + " " + n.Unit); ok {
			d.Fix = &lang.Fix{Label: "did you mean `" + plain + "`?", Span: n.Span, Replacement: plain}
			d.Notes = nil
		} else if _, isOutcome := k.outcomes[n.Unit]; isOutcome {
			d.Fix = &lang.Fix{Label: "is this the next rule? put it on a line of its own", Span: lang.Span{Start: n.UnitSpan.Start, End: n.UnitSpan.Start}, Replacement: "\n"}
		} else if want != nil && want.basic == numberType && want.dim != "" {
			d.Add("; this should be %s%s", article(want), k.prog.exampleUnit(want, n.Text))
		} else if n.Unit != "" {
			d.Notes = append(d.Notes, lang.Note{Text: "a unit of your own is declared with what it measures, as in: unit eur of money"})
		}
	}
	return u, ok
}

// nearUnit is the unit that a word may mean: misspelt, or a longer name of it, as euros is of eur.
func (k *checker) nearUnit(word string, known func() []string) (string, bool) {
	if near, ok := k.l.spell.nearest(word, known); ok || k.l.spell.spent(0, 0) {
		return near, ok
	}
	for _, u := range known() {
		if len(u) >= 3 && strings.HasPrefix(strings.ToLower(word), strings.ToLower(u)) {
			return u, true
		}
	}
	return "", false
}

func (k *checker) declareOutcomes(o *lang.Outcomes) {
	chain, rank := 0, 0
	if n := len(k.prog.outcomes); n > 0 {
		k.errorf(code.Duplicate, o, "the outcomes are declared twice: declare them once, in the order of their rank")
		return
	}
	for i, item := range o.Items {
		if i > 0 && item.Less {
			rank++
		} else if i > 0 {
			chain, rank = chain+1, 0
		}
		if !k.claimName(k.names, item.Name, "an outcome") {
			continue
		}
		out := &Outcome{Name: item.Name.Text, Index: len(k.prog.outcomes), Chain: chain, Rank: rank, at: Site{k.src, item.Name.Range()}}
		out.Title = k.textIn(item.Title)
		switch out.Name {
		case string(Undecided), string(Undetermined), string(Conflict), "decided":
			k.errorf(code.Duplicate, item.Name, "`%s` is a word for the answer itself and cannot be an outcome", out.Name)
		}
		k.outcomes[out.Name] = out
		k.prog.outcomes = append(k.prog.outcomes, out)
	}
}

// declareKind takes the kinds with identities; extendKind, after it, those
// without, which add their attributes to one of that name that is there already.
func (k *checker) declareKind(d *lang.Kind) {
	if !identifies(d) {
		return
	}
	if old, src := k.kindBefore(d); old != nil {
		k.identifiedTwice(d, old, src)
		return
	}
	switch kind := k.newKind(d); {
	case kind == nil:
	case d.From != nil:
		k.readIdentities(kind, d)
	case len(d.Ids) > 0:
		kind.Ids = k.enumOf(d.Ids)
	}
}

// kindBefore is the declaration of a kind's identities that counts instead of another one: an
// earlier one, or that of a module.
func (k *checker) kindBefore(d *lang.Kind) (*lang.Kind, *lang.Source) {
	if old := k.prog.kinds[d.Name.Text]; old != nil {
		return k.kindOf[old], k.srcOf[old]
	}
	for _, f := range k.l.modules {
		for _, other := range f.Decls {
			if m, ok := other.(*lang.Kind); ok && m != d && m.Name.Text == d.Name.Text && identifies(m) {
				return m, f.Source
			}
		}
	}
	return nil, nil
}

// identifiedTwice reports that a kind's identities are declared a second time.
func (k *checker) identifiedTwice(d, old *lang.Kind, src *lang.Source) {
	e := k.kindTwice(d, old, src, "; a further declaration adds attributes and, with `also`, identities")
	if len(d.Ids) > 0 && len(old.Ids) > 0 {
		e.Fix = &lang.Fix{Label: "if these are further ones, write `also`", Span: lang.Span{Start: d.Name.Range().End, End: d.Ids[0].Name.Offset}, Replacement: " also "}
	}
}

// identifies says whether a declaration gives the kind its identities.
func identifies(d *lang.Kind) bool {
	return d.Text || d.Code || d.ByName || len(d.Ids) > 0 && !d.Also || d.From != nil
}

func (k *checker) extendKind(d *lang.Kind) {
	if identifies(d) {
		return
	}
	old := k.prog.kinds[d.Name.Text]
	switch {
	case d.Also:
		k.addIdentities(d, old)
	case old == nil:
		k.newKind(d)
	case !old.Identified() && k.srcOf[old] == k.src:
		k.kindTwice(d, k.kindOf[old], k.srcOf[old], "")
	}
}

// addIdentities adds to the identities of a kind that is declared elsewhere.
func (k *checker) addIdentities(d *lang.Kind, old *Kind) {
	if old == nil || old.Ids == nil {
		e := k.errorf(code.BadIdentities, d.Name, "`also` adds to the identities that a kind has, and there is no kind `%s` that lists some", d.Name.Text)
		if old == nil {
			e.Notes = append(e.Notes, lang.Note{Text: "a kind that is declared here has its identities behind `=`, and that of a module or a file needs `use`"})
		}
		return
	}
	for _, c := range d.Ids {
		names := append([]lang.String{{Value: c.Name.Text, Span: c.Name.Range()}}, c.Titles...)
		for _, t := range c.In {
			names = append(names, t.Text)
		}
		for _, name := range names {
			if i, taken := old.Ids.find(name.Value, true); taken {
				k.errorf(code.Duplicate, name, "`%s` is a name of the %s %s already", name.Value, old.Name, old.Ids.Choices[i].Name)
			}
		}
		k.addChoices(old.Ids, []*lang.Choice{c}, func(*lang.Choice) {}) // reported
	}
}

func (k *checker) kindTwice(d, old *lang.Kind, src *lang.Source, more string) *lang.Diagnostic {
	e := k.errorf(code.Duplicate, d.Name, "the kind `%s` is declared twice%s", d.Name.Text, more)
	e.Notes = append(e.Notes, lang.Note{Source: src, Span: old.Name.Range(), Text: "the first declaration"})
	return e
}

func (k *checker) newKind(d *lang.Kind) *Kind {
	if d.Name.Text == "" {
		return nil
	}
	if k.basicType(d.Name.Text) != nil {
		k.errorf(code.Duplicate, d.Name, "`%s` is a type of the language and cannot be a kind", d.Name.Text)
		return nil
	}
	kind := &Kind{Name: d.Name.Text, Doc: d.Doc(), TextIds: d.Text || (d.Code || d.ByName) && d.From == nil || d.Open, SensitiveID: d.Sensitive, index: map[string]*Attr{}}
	switch {
	case d.Code:
		kind.fold = codeFold
	case d.ByName:
		kind.fold = nameFold
	}
	k.prog.kinds[kind.Name] = kind
	k.kindOf[kind], k.srcOf[kind] = d, k.src
	k.prog.order.kinds = append(k.prog.order.kinds, kind)
	return kind
}

func (k *checker) enumOf(choices []*lang.Choice) *Enum {
	e := newEnum()
	k.addChoices(e, choices, func(c *lang.Choice) {
		k.errorf(code.Duplicate, c.Name, "`%s` stands here twice", c.Name.Text)
	})
	return e
}

func (k *checker) declareAttrs(d *lang.Kind) {
	kind := k.prog.kinds[d.Name.Text]
	if kind == nil {
		return
	}
	for _, a := range d.Attrs {
		k.goOn()
		t := k.typeOf(a.Type)
		if t == nil {
			k.l.lost.name(a.Name.Text)
			continue
		}
		attr := &Attr{Name: a.Name.Text, Type: t, Sensitive: a.Sensitive, src: k.src, span: a.Name.Range()}
		attr.Title, attr.foreign = k.wording(a.Title)
		if a.JSON != nil {
			attr.JSON = a.JSON.Value
			k.called(kind, attr, a.JSON)
		}
		k.addAttr(kind, attr, a.Name)
	}
}

// called refuses what an attribute is called in JSON where something else is called so.
func (k *checker) called(kind *Kind, a *Attr, at lang.Node) {
	switch old := kind.attrInJSON(a.JSON); {
	case a.JSON == "":
		k.errorf(code.Duplicate, at, "what an attribute is called in JSON has a character at least")
	case a.JSON == "id" && kind.Identified():
		k.errorf(code.Duplicate, at, "in JSON \"id\" is the identity of a %s, and no attribute", kind.Name)
	case old != nil:
		d := k.errorf(code.Duplicate, at, "in JSON the attribute `%s` of %s is called %s already", old.Name, kind.Name, lang.Quote(a.JSON))
		d.Notes = append(d.Notes, lang.Note{Source: old.src, Span: old.span, Text: "its declaration"})
	}
}

func (k *checker) addAttr(kind *Kind, a *Attr, at lang.Node) {
	if old, dup := kind.index[a.Name]; dup {
		d := k.errorf(code.Duplicate, at, "`%s` already has an attribute `%s`", kind.Name, a.Name)
		d.Notes = append(d.Notes, lang.Note{Source: old.src, Span: old.span, Text: "the first declaration"})
		return
	}
	if old := kind.attrInJSON(a.Name); old != nil && a.JSON == "" {
		d := k.errorf(code.Duplicate, at, "in JSON the attribute `%s` of %s is called \"%s\" already", old.Name, kind.Name, a.Name)
		d.Notes = append(d.Notes, lang.Note{Source: old.src, Span: old.span, Text: "its declaration"})
		return
	}
	if a.Name == "id" && kind.Identified() {
		k.errorf(code.Duplicate, at, "`id` is the identity of a %s and cannot be an attribute", kind.Name)
		return
	}
	a.index, a.owner = len(kind.Attrs), kind
	kind.Attrs = append(kind.Attrs, a)
	kind.index[a.Name] = a
}

// basicType is a type of the language by its name, or nil.
func (k *checker) basicType(name string) *Type {
	switch name {
	case "bool":
		return typeBool
	case "number":
		return typeNumber
	case "integer":
		return typeInteger
	case "text":
		return typeText
	case "code":
		return typeCode
	case "name":
		return typeName
	case "date":
		return typeDate
	case "duration":
		return typeDuration
	}
	if t := typeOfScalar(name); t != nil {
		return t
	}
	if dim, ok := k.prog.dims[name]; ok {
		return &Type{basic: numberType, dim: dim, dimName: name}
	}
	return nil
}

func (k *checker) typeOf(t *lang.Type) *Type {
	if t == nil {
		return nil
	}
	out := k.plainType(t)
	if out != nil && t.Optional {
		opt := *out
		opt.optional = true
		return &opt
	}
	return out
}

func (k *checker) plainType(t *lang.Type) *Type {
	switch {
	case t.SetOf != nil:
		if e := k.typeOf(t.SetOf); e != nil {
			return &Type{basic: setType, elem: e}
		}
	case t.ListOf != nil:
		if e := k.typeOf(t.ListOf); e != nil {
			return &Type{basic: listType, elem: e}
		}
	case k.orNone(t):
	case len(t.Choices) > 0:
		return &Type{basic: enumType, enum: k.enumOf(t.Choices)}
	case t.Name != nil && t.Name.Text != "":
		if b := k.basicType(t.Name.Text); b != nil {
			return b
		}
		if kind, ok := k.prog.kinds[t.Name.Text]; ok {
			return &Type{basic: thingType, kind: kind}
		}
		k.unknownType(t.Name)
	}
	return nil
}

// fromModule offers to use the module of the standard library that declares a kind or a unit.
func (k *checker) fromModule(d *lang.Diagnostic, name string) {
	for _, module := range stdlib.Modules() {
		if module == stdlib.Prelude {
			continue
		}
		text, _ := stdlib.Module(module)
		for _, decl := range parseModule(module, text).Decls {
			kind, isKind := decl.(*lang.Kind)
			unit, isUnit := decl.(*lang.Unit)
			if isKind && kind.Name.Text == name || isUnit && unit.Name.Text == name {
				d.Add(": the module %s declares it", module)
				d.Fix = &lang.Fix{Label: "write `use " + module + "` at the top of the file", Replacement: "use " + module + "\n"}
			}
		}
	}
}

// kindNamed looks a kind up, reported where there is none.
func (k *checker) kindNamed(n lang.Name) *Kind {
	if n.Text == "" {
		return nil
	}
	kind, ok := k.prog.kinds[n.Text]
	if !ok {
		d := k.misspelt(code.UnknownType, n, n.Text, func() []string { return keys(k.prog.kinds) }, "there is no kind `%s`", n.Text)
		k.fromModule(d, n.Text)
	}
	return kind
}

func (k *checker) declareRole(r *lang.Role) {
	kind := k.kindNamed(r.Kind)
	if !k.claimName(k.names, r.Name, "a role") {
		return
	}
	if kind == nil {
		k.l.lost.role(r)
		return
	}
	role := &Role{Name: r.Name.Text, Kind: kind, Index: len(k.prog.roles), Doc: r.Doc()}
	if r.Prep != nil {
		role.Prep = r.Prep.Text
	}
	k.roles[role.Name] = role
	k.prog.roles = append(k.prog.roles, role)
}

// finishKinds checks that no kind contains itself without end, and makes the blank things. One that may
// be none, as the manager of a user, ends somewhere: a case is finite.
func (k *checker) finishKinds() {
	state := map[*Kind]int{}
	var visit func(kind *Kind)
	visit = func(kind *Kind) {
		state[kind] = 1
		for _, a := range kind.Attrs {
			if a.Type.basic != thingType || a.Type.optional {
				continue
			}
			switch state[a.Type.kind] {
			case 0:
				visit(a.Type.kind)
			case 1:
				k.src = a.src
				k.errorf(code.KindCycle, a.span, "a %s would contain a %s without end: make `%s` a `%s?`, of which there may be none, or a list", kind.Name, a.Type.kind.Name, a.Name, a.Type.kind.Name)
			}
		}
		state[kind] = 2
	}
	for _, kind := range append([]*Kind{k.prog.whole}, k.prog.order.kinds...) {
		if state[kind] == 0 {
			visit(kind)
		}
		kind.blank = newThing(kind)
	}
}
