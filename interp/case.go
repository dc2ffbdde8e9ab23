package interp

import (
	"maps"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/internal/num"
)

// Case is what is known of one case: facts about the things in its roles, and its
// date. Every fact comes in through Set, Tell, ReadJSON or ReadStruct, which check
// it against the kinds.
type Case struct {
	prog   *Program
	things []*Thing // by Role.Index
	whole  *Thing   // open terms about the case as a whole
	date   Date     // NoDate: nobody told it
	// results are those told of functions that the rules declare, by callOf.
	results map[string]Value
}

// NewCase is a case of which nothing is known, its date neither unless Options.Clock tells it.
func (p *Program) NewCase() *Case {
	c := &Case{prog: p, things: make([]*Thing, len(p.roles)), whole: newThing(p.whole), date: NoDate}
	if p.options.Clock != nil {
		c.date = p.options.Clock()
	}
	for i, r := range p.roles {
		c.things[i] = newThing(r.Kind)
	}
	return c
}

// Clone is a copy that can be changed without changing c.
func (c *Case) Clone() *Case {
	d := &Case{prog: c.prog, things: make([]*Thing, len(c.things)), whole: c.whole.clone(), date: c.date, results: maps.Clone(c.results)}
	for i, t := range c.things {
		d.things[i] = t.clone()
	}
	return d
}

// Program is the program whose vocabulary the case is told in.
func (c *Case) Program() *Program { return c.prog }

// NoDate is the date of a case whose date nobody told: the case may be of any day. The
// answer is then over all days on which the policy is in force: decided where they agree,
// and undetermined with as_of among the needs where they differ.
const NoDate = Date(firstDay)

// SetDate sets the date of the case. NoDate forgets it.
func (c *Case) SetDate(d Date) { c.date = d }

// Date is the date of the case: the one set, or that of Options.Clock when the case was
// made, or NoDate.
func (c *Case) Date() Date { return c.date }

func (c *Case) day() num.Date { return num.Date(c.Date()) }

// ParseDate reads YYYY-MM-DD. The error says what is wrong with the day.
func ParseDate(s string) (Date, error) {
	d, err := num.ParseDate(s)
	return Date(d), err
}

// DateOf is the day of a time, in the time's own zone.
func DateOf(t time.Time) (Date, error) {
	d, err := num.MakeDate(t.Year(), int(t.Month()), t.Day())
	return Date(d), err
}

// Fact is one thing known of a case.
type Fact struct {
	Name  string // item.range, recipient, recipient.vetted, risk("Acme")
	Value Value
}

// String is the fact as Tell reads it.
func (f Fact) String() string { return f.Name + " = " + f.Value.String() }

// Facts lists what was given, by role and in the order of the kinds' attributes, and behind
// them the results of functions. Defaults are not listed.
func (c *Case) Facts() []Fact {
	var facts []Fact
	for i, r := range c.prog.roles {
		facts = c.things[i].facts(facts, r.Name)
	}
	facts = c.whole.facts(facts, "")
	for _, call := range keys(c.results) {
		facts = append(facts, Fact{call, c.results[call]})
	}
	return facts
}

func (t *Thing) facts(facts []Fact, name string) []Fact {
	if t.ID != nil {
		facts = append(facts, Fact{name, t.ID})
	}
	for _, a := range t.Kind.Attrs {
		full := a.Name
		if name != "" {
			full = name + "." + a.Name
		}
		switch v := t.attrs[a.index].(type) {
		case nil:
		case *Thing:
			facts = v.facts(facts, full)
		default:
			facts = append(facts, Fact{full, v})
		}
	}
	return facts
}

// seen is a fact as far as the case tells it.
type seen struct {
	v       Value  // nil: unknown; of a thing with an identity that identity
	attr    *Attr  // nil: the identity of a role's thing
	Default bool   // not given
	file    string // that says it, or ""
}

// peek reads a fact by its name and changes nothing; not ok where the vocabulary
// has no such fact.
func (c *Case) peek(name string) (seen, bool) {
	if namesResult(name) {
		return seen{v: c.results[name]}, c.prog.declares(name)
	}
	names := splitName(name)
	thing := c.whole
	for i, r := range c.prog.roles {
		if r.Name == names[0] {
			thing, names = c.things[i], names[1:]
			break
		}
	}
	if len(names) == 0 {
		return seen{v: thing.ID}, true
	}
	maybe := false // on the way may be none
	for i, n := range names {
		a, ok := thing.Kind.Attr(n)
		if !ok {
			return seen{}, false
		}
		v := thing.get(a)
		if v == nil {
			v = a.byScreening(thing, c.day())
		}
		if maybe {
			v = nil
		}
		nested, isThing := v.(*Thing)
		switch {
		case i == len(names)-1:
			out := seen{v: v, attr: a, Default: v != nil && thing.attrs[a.index] == nil}
			if thing.givenOf(a) && !maybe {
				out.Default, out.file = false, a.File
			}
			if isThing {
				out.v = nested.ID
			}
			return out, true
		case isThing:
			thing = nested
		case isNone(v):
			return seen{v: v, attr: a}, true
		case a.Type.kind == nil:
			return seen{}, false
		default:
			thing = a.Type.kind.blank
			maybe = maybe || a.Type.optional
		}
	}
	return seen{}, false
}

func splitName(name string) []string { return strings.Split(name, ".") }
