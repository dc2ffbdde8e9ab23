package oracle

import (
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/stdlib"
)

// Program is the declarations of rule files, by name.
type Program struct {
	outcomes    map[string]rank
	kinds       map[string]*kind
	units       map[string]unit
	roles       []*lang.Role
	groups      map[string]*lang.Group
	terms       map[string]*lang.Term
	values      map[string]*lang.NamedValue
	constraints []*lang.Constraint
	Claims      []*lang.Claim
	policies    map[string]*policy
	texts       map[string]*lang.Policy
	series      map[string]*lang.Series
	functions   map[string]*stdlib.Function
	members     map[string]map[string][]stay // of groups, by identity
	host        Host
}

// rank is the place of an outcome in its chain, the strictest first.
type rank struct{ chain, place int }

// kind is a sort of thing, with what modules and files add to it.
type kind struct {
	name   string
	text   bool
	code   bool // these texts are codes
	names  bool // these texts are names
	ids    []*lang.Choice
	attrs  map[string]*attr
	called map[string]string // the names of attributes by what they are called in JSON
}

// attr is something that can be known of a thing, or of the case. Open terms are such.
type attr struct {
	name   string
	typ    *typ
	preset lang.Expr
	file   *dataFile // that gives its values, or nil
}

// unit is what a number has to be multiplied by and how far its zero lies off.
type unit struct{ factor, offset num.Number }

// New reads a rule file with the modules that it uses.
func New(name, text string) (*Program, error) {
	decls, err := (&reader{seen: map[string]bool{}}).parse(name, text)
	if err != nil {
		return nil, err
	}
	return program(decls, Host{})
}

// Load reads a rule file with the files and modules that it uses.
func Load(fsys fs.FS, name string, host Host) (*Program, error) {
	r := &reader{fsys: fsys, seen: map[string]bool{}, files: map[*lang.Attr]*dataFile{}}
	decls, err := r.read(name)
	if err != nil {
		return nil, err
	}
	host.files = r.files
	return program(decls, host)
}

func program(decls []lang.Decl, host Host) (*Program, error) {
	p := &Program{
		host:     host,
		outcomes: map[string]rank{}, kinds: map[string]*kind{}, units: map[string]unit{}, groups: map[string]*lang.Group{},
		terms: map[string]*lang.Term{}, values: map[string]*lang.NamedValue{}, policies: map[string]*policy{}, texts: map[string]*lang.Policy{},
		series: map[string]*lang.Series{}, functions: map[string]*stdlib.Function{}, members: map[string]map[string][]stay{},
	}
	for _, f := range stdlib.Functions() {
		p.functions[f.Name] = &f
	}
	decls = slices.Concat(prelude(), decls)
	p.declareKinds(decls)
	for _, d := range decls {
		if err := p.declare(d); err != nil {
			return nil, err
		}
	}
	for name := range p.texts {
		p.policies[name] = p.amended(name)
	}
	return p, nil
}

var prelude = sync.OnceValue(func() []lang.Decl {
	text, _ := stdlib.Module(stdlib.Prelude)
	return must((&reader{seen: map[string]bool{}}).parse(stdlib.Prelude, text))
})

// declareKinds comes first: types name kinds that may stand further down.
func (p *Program) declareKinds(decls []lang.Decl) {
	p.kinds[""] = &kind{attrs: map[string]*attr{}} // of the case itself: open terms without `of`
	for _, d := range decls {
		if d, ok := d.(*lang.Kind); ok && p.kinds[d.Name.Text] == nil {
			p.kinds[d.Name.Text] = &kind{name: d.Name.Text, attrs: map[string]*attr{}, called: map[string]string{}}
		}
	}
	for _, d := range decls {
		switch d := d.(type) {
		case *lang.Kind:
			k := p.kinds[d.Name.Text]
			k.text, k.code, k.names = k.text || d.Text || (d.Code || d.ByName) && (d.From == nil || d.Open), k.code || d.Code, k.names || d.ByName
			k.ids = append(k.ids, d.Ids...)
			for _, a := range d.Attrs {
				k.attrs[a.Name.Text] = &attr{a.Name.Text, p.typeOf(a.Type), a.Default, p.host.files[a]}
				if a.JSON != nil {
					k.called[a.JSON.Value] = a.Name.Text
				}
			}
		case *lang.Group: // of those of whom the rules leave it open
			if k := p.kinds[d.Kind.Text]; k != nil { // of addresses it is known
				k.attrs["in "+d.Name.Text] = &attr{name: "in " + d.Name.Text, typ: boolean}
			}
		case *lang.Term:
			if d.Open {
				of := ""
				if d.Of != nil {
					of = d.Of.Text
				}
				p.kinds[of].attrs[d.Name.Text] = &attr{name: d.Name.Text, typ: boolean}
			}
		}
	}
}

func (p *Program) declare(d lang.Decl) error {
	switch d := d.(type) {
	case *lang.Outcomes:
		r := rank{}
		for i, o := range d.Items {
			if r.place++; i > 0 && !o.Less {
				r.chain++
			}
			p.outcomes[o.Name.Text] = r
		}
	case *lang.Unit:
		u := unit{factor: num.Int(1)}
		if d.Value != nil {
			u.factor = p.quantity(d.Value)
		}
		if d.Plus != nil {
			u.offset = p.quantity(d.Plus)
		}
		p.units[d.Name.Text] = u
	case *lang.Role:
		p.roles = append(p.roles, d)
	case *lang.Group:
		if given, ok := p.host.Groups[d.Name.Text]; ok {
			d.Members = asMembers(given)
		} else if d.External {
			return fmt.Errorf("the members of %s are no part of the text", d.Name.Text)
		}
		p.groups[d.Name.Text] = d
	case *lang.Term:
		if !d.Open {
			p.terms[d.Name.Text] = d
		}
	case *lang.NamedValue:
		p.values[d.Name.Text] = d
	case *lang.Constraint:
		p.constraints = append(p.constraints, d)
	case *lang.Claim:
		p.Claims = append(p.Claims, d)
	case *lang.Policy:
		if readsRows(d.Items) {
			return fmt.Errorf("the rules of %s are rows of a file, and no part of the text", d.Name.Text)
		}
		p.texts[d.Name.Text] = d
	case *lang.Series:
		p.series[d.Name.Text] = d
	}
	return nil
}

// readsRows says whether a file has some of the rules.
func readsRows(items []lang.Item) bool {
	return slices.ContainsFunc(items, func(item lang.Item) bool {
		switch item := item.(type) {
		case *lang.RulesFrom:
			return true
		case *lang.Section:
			return readsRows(item.Items)
		}
		return false
	})
}

// stricter says whether a outranks b.
func (p *Program) stricter(a, b string) bool {
	x, y := p.outcomes[a], p.outcomes[b]
	return x.chain == y.chain && x.place < y.place
}

// inForce is the policy that a name stands for on a day: of a series the one in force.
func (p *Program) inForce(name string, on num.Date) *policy {
	s, ok := p.series[name]
	if !ok {
		return p.policies[name]
	}
	for _, n := range s.Policies {
		if t := p.texts[n.Text]; within(spanOf(t.From, t.Until), on) {
			return p.policies[n.Text]
		}
	}
	return nil
}

// typ is the type of a value: one of the words, an enumeration, a kind, a set or a list.
type typ struct {
	word      string // bool, number, integer, text, code, name, date, duration, address, moment, time_of_day, quantity, enum, thing, set, list
	values    []*lang.Choice
	kind      *kind
	elem      *typ
	optional  bool
	dimension string
}

var boolean = &typ{word: "bool"}

func (p *Program) typeOf(t *lang.Type) *typ {
	out := &typ{optional: t.Optional}
	switch {
	case t.SetOf != nil:
		out.word, out.elem = "set", p.typeOf(t.SetOf)
	case t.ListOf != nil:
		out.word, out.elem = "list", p.typeOf(t.ListOf)
	case t.Choices != nil:
		out.word, out.values = "enum", t.Choices
	case p.kinds[t.Name.Text] != nil:
		out.word, out.kind = "thing", p.kinds[t.Name.Text]
		out.values = out.kind.ids
	case slices.Contains([]string{"bool", "number", "integer", "text", "code", "name", "date", "duration", "address", "moment", "time_of_day"}, t.Name.Text):
		out.word = t.Name.Text
	default:
		out.word, out.dimension = "quantity", t.Name.Text
	}
	return out
}
