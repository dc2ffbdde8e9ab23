package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// Tell adds facts to the case, each a sentence: item.range = 300 km,
// recipient = India, recipient is vetted, recipient is not vetted,
// item.production_facility. A value takes the place of one told before; within
// one call a contradiction is an error. The error is a lang.Diagnostics with
// every problem; on an error the case is as it was.
func (c *Case) Tell(facts ...string) error {
	var diags lang.Diagnostics
	next := c.Clone()
	t := teller{c: next, said: map[string]Fact{}}
	for _, text := range facts {
		if d := t.sentence(text); d != nil {
			diags = append(diags, d...)
		}
	}
	if err := diags.Err(); err != nil {
		return err
	}
	return c.become(next)
}

// tellAll adds facts that a parsed file states, with their places in it.
func (c *Case) tellAll(src *lang.Source, facts []lang.Expr) lang.Diagnostics {
	var diags lang.Diagnostics
	t := teller{c: c, said: map[string]Fact{}}
	for _, e := range facts {
		if d := t.fact(src, e); d != nil {
			diags = append(diags, d)
		}
	}
	return diags
}

// teller adds the facts of one call and remembers what they said.
type teller struct {
	c    *Case
	said map[string]Fact
}

func (t *teller) sentence(text string) lang.Diagnostics {
	if name, value, ok := cutFact(text); ok {
		src := lang.NewSource("fact", text)
		at := spot{src, lang.Span{Start: 0, End: uint32(len(name))}}
		names := strings.Split(strings.TrimSpace(name), ".")
		start := uint32(len(text) - len(value))
		value = strings.TrimRight(value, " \t")
		if d := t.assign(names, at, value, spot{src, lang.Span{Start: start, End: start + uint32(len(value))}}); d != nil {
			return lang.Diagnostics{d}
		}
		return nil
	}
	e, src, ds := lang.ParseFact("fact", text)
	if ds.HasErrors() {
		return ds
	}
	if d := t.fact(src, e); d != nil {
		return lang.Diagnostics{d}
	}
	return nil
}

// cutFact cuts path = value at the first equals sign, where what stands before it is a path.
func cutFact(text string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(text, "=")
	if !ok || strings.HasPrefix(value, "=") {
		return "", "", false
	}
	for _, r := range strings.TrimSpace(name) {
		if r == '.' || r == '_' || r > 127 || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			continue
		}
		return "", "", false
	}
	return name, strings.TrimLeft(value, " \t"), strings.TrimSpace(name) != ""
}

func (t *teller) assign(names []string, at spot, value string, valueAt spot) *lang.Diagnostic {
	f, d := t.c.find(names, at)
	if d != nil {
		return d
	}
	v, d := t.c.prog.parseText(value, f.typ(), valueAt)
	if d != nil {
		return d
	}
	return t.put(f, v, at)
}

// put stores a value unless this call has said another of the same fact.
func (t *teller) put(f factPlace, v Value, at spot) *lang.Diagnostic {
	if old, said := t.said[f.name]; said && !equalValues(old.Value, v) {
		return at.errorf(lang.Contradiction, "`%s` is said to be %s and %s", f.name, old.Value, v)
	}
	t.said[f.name] = Fact{f.name, v}
	f.put(v)
	return nil
}

// fact adds what a parsed sentence says.
func (t *teller) fact(src *lang.Source, e lang.Expr) *lang.Diagnostic {
	at := spot{src, e.Range()}
	switch e := e.(type) {
	case *lang.Binary:
		if ref, ok := e.X.(*lang.Ref); ok && e.Op == lang.Eq {
			return t.assign(refNames(ref), spot{src, ref.Range()}, src.Slice(e.Y.Range()), spot{src, e.Y.Range()})
		}
	case *lang.Is:
		return t.is(e, at)
	case *lang.Ref:
		return t.flag(refNames(e), true, at)
	case *lang.Unary:
		if ref, ok := e.X.(*lang.Ref); ok && e.Op == lang.Not {
			return t.flag(refNames(ref), false, at)
		}
	case *lang.Paren:
		return t.fact(src, e.X)
	}
	return at.errorf(lang.NotAFact, "`%s` is no fact: a fact is such as `item.range = 300 km`, `recipient is vetted` or `recipient is not vetted`", src.Slice(e.Range()))
}

func refNames(r *lang.Ref) []string {
	names := make([]string, len(r.Path))
	for i, n := range r.Path {
		names[i] = n.Text
	}
	return names
}

// flag sets a bool fact.
func (t *teller) flag(names []string, v bool, at spot) *lang.Diagnostic {
	f, d := t.c.find(names, at)
	if d != nil {
		return t.termOf(d, names, v)
	}
	if f.typ().basic != boolType {
		return at.errorf(lang.NotAFact, "`%s` is %s: say which with `=`", f.name, article(f.typ()))
	}
	return t.put(f, Bool(v), at)
}

// termOf offers to say of which role a term holds that stands alone where a fact should.
func (t *teller) termOf(d *lang.Diagnostic, names []string, v bool) *lang.Diagnostic {
	term := t.c.prog.terms[names[0]]
	if d.Fix != nil || len(names) > 1 || term == nil {
		return d
	}
	is := " is "
	if !v {
		is = " is not "
	}
	for _, r := range t.c.prog.roles {
		if r.Kind == term.Kind {
			fixed := r.Name + is + term.Name
			d.Message = "`" + term.Name + "` is a term: a fact says of which thing it holds"
			d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: d.Span, Replacement: fixed}
			break
		}
	}
	return d
}

// is says of a thing that it is, or is not, as a term says.
func (t *teller) is(e *lang.Is, at spot) *lang.Diagnostic {
	names := refNames(e.X)
	f, d := t.c.find(names, at)
	if d != nil {
		return d
	}
	kind := f.typ().kind
	if kind == nil {
		return at.errorf(lang.NotAFact, "`%s` is %s, and no term is about that", f.name, article(f.typ()))
	}
	term, ok := t.c.prog.terms[e.Term.Text]
	if !ok || term.Kind != kind {
		var known []string
		for _, x := range t.c.prog.order.terms {
			if x.Kind == kind {
				known = append(known, x.Name)
			}
		}
		termAt := spot{at.src, e.Term.Range()}
		return termAt.suggest(termAt.errorf(lang.UnknownFact, "there is no term `%s` of %s", e.Term.Text, kind.Name), e.Term.Text, known)
	}
	if term.Open {
		g, d := t.c.find(append(names, term.Name), at)
		if d != nil {
			return d
		}
		return t.put(g, Bool(!e.Not), at)
	}
	var sets []assignment
	if e.Not {
		sets, ok = fixedBy(&notCond{x: term.cond})
	} else {
		sets, ok = fixedBy(term.cond)
	}
	if !ok {
		holds := "holds"
		if e.Not {
			holds = "does not hold"
		}
		return at.errorf(lang.NotAFact, "`%s` follows from other facts and does not fix them: say other facts, of which this %s: %s", term.Name, holds, lang.FormatExpr(term.decl.Cond))
	}
	for _, s := range sets {
		full := append(append([]string{}, names...), s.path...)
		g, d := t.c.find(full, at)
		if d != nil {
			return d
		}
		if d := t.put(g, s.v, at); d != nil {
			return d
		}
	}
	return nil
}

// assignment is a fact that a condition about a thing fixes.
type assignment struct {
	path []string
	v    Value
}

// mostFixed bounds the facts that one term fixes.
const mostFixed = 10_000

// fixedBy lists the facts without which a condition about a thing cannot hold, if they
// make it hold: a conjunction of attribute = value and bool attributes.
func fixedBy(c cond) ([]assignment, bool) {
	switch c := c.(type) {
	case *allCond:
		var all []assignment
		for _, x := range c.xs {
			s, ok := fixedBy(x)
			if !ok {
				return nil, false
			}
			if all = append(all, s...); len(all) > mostFixed {
				return nil, false
			}
		}
		return all, true
	case *compareCond:
		p, isPath := c.x.(*path)
		k, isConst := c.y.(*constant)
		if isPath && isConst && c.op == lang.Eq && p.root == selfRoot {
			return []assignment{{attrPath(p), k.v}}, true
		}
	case *boolCond:
		if p, ok := c.x.(*path); ok && p.root == selfRoot {
			return []assignment{{attrPath(p), Bool(true)}}, true
		}
	case *notCond:
		if b, ok := c.x.(*boolCond); ok {
			if p, ok := b.x.(*path); ok && p.root == selfRoot {
				return []assignment{{attrPath(p), Bool(false)}}, true
			}
		}
	case *termCond:
		if c.subject != nil && c.subject.root == selfRoot && !c.subject.isAttr() && !c.term.Open {
			return fixedBy(c.term.cond)
		}
	}
	return nil, false
}

func attrPath(p *path) []string {
	names := make([]string, len(p.attrs))
	for i, a := range p.attrs {
		names[i] = a.Name
	}
	return names
}

// Set adds one fact by its name. The value is a bool, a number of any Go type, a
// string (read as Tell reads what stands behind =), a time.Time, nil for none, a
// slice, a map[string]any for a thing, or a Value. A number for a quantity is an
// error that names a unit: give a string such as "300 km".
func (c *Case) Set(name string, v any) error {
	next := c.Clone()
	at := spot{}
	f, d := next.find(strings.Split(name, "."), at)
	if d == nil {
		var val Value
		if val, d = c.prog.fromGo(v, f.typ(), name, c.prog.options.Limits.Levels); d == nil {
			f.put(val)
		}
	}
	if d != nil {
		return lang.Diagnostics{d}
	}
	return c.become(next)
}

// Forget makes a fact unknown again. It is an error where there is no such fact in a case.
func (c *Case) Forget(name string) error {
	f, d := c.find(strings.Split(name, "."), spot{})
	if d != nil {
		return lang.Diagnostics{d}
	}
	if f.attr == nil {
		*f.thing = *newThing(f.thing.Kind)
		return nil
	}
	f.thing.attrs[f.attr.index] = nil
	return nil
}

// Lookup is the value of a fact, given or by default; nil where it is unknown.
func (c *Case) Lookup(name string) (Value, error) {
	fact, ok := c.peek(name)
	if !ok {
		_, d := c.Clone().find(splitName(name), spot{})
		return nil, lang.Diagnostics{d}
	}
	return fact.v, nil
}
