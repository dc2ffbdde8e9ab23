package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Tell adds facts to the case, each a sentence: item.range = 300 km,
// recipient = India, recipient is vetted, recipient is not vetted,
// item.production_facility. A value takes the place of one told before; within
// one call a contradiction is an error. The error is a lang.Diagnostics with
// every problem; on an error the case is as it was.
func (c *Case) Tell(facts ...string) error {
	var diags lang.Diagnostics
	next := c.Clone()
	t := newTeller(next)
	for _, text := range facts {
		if d := t.sentence(text); d != nil {
			diags = append(diags, d...)
		}
	}
	t.end()
	if err := diags.Err(); err != nil {
		return err
	}
	return c.become(next)
}

// tellAll adds facts that a parsed file states, with their places in it, and gives the
// terms that they speak of.
func (c *Case) tellAll(src *lang.Source, facts []lang.Expr) (map[*Term]bool, lang.Diagnostics) {
	var diags lang.Diagnostics
	t := newTeller(c)
	t.terms = map[*Term]bool{}
	for _, e := range facts {
		if d := t.fact(src, e); d != nil {
			diags = append(diags, d)
		}
	}
	t.end()
	if d := c.agrees(); d != nil && len(diags) == 0 {
		if d.Source = src; len(facts) > 0 {
			d.Span = lang.Span{Start: facts[0].Range().Start, End: facts[len(facts)-1].Range().End}
		}
		diags = append(diags, d)
	}
	return t.terms, diags
}

// teller adds the facts of one call and remembers what they said.
type teller struct {
	c     *Case
	said  map[string]Fact
	there map[string]Fact // what was said that a thing has to be there for, by the thing
	held  []Fact          // what is true of a thing that was none when it was said
	terms map[*Term]bool  // nil where nobody asks for them
	spell spelling
}

func newTeller(c *Case) *teller {
	return &teller{c: c, said: map[string]Fact{}, there: map[string]Fact{}}
}

// end tells what was held back of a thing that the call made be there after all.
func (t *teller) end() {
	for _, held := range t.held {
		if f, d := t.c.find(splitName(held.Name), spot{}); d == nil && f.under == nil {
			f.put(held.Value)
		}
	}
}

func (t *teller) sentence(text string) lang.Diagnostics {
	if name, value, ok := cutFact(text); ok {
		src := lang.NewSource("fact", text)
		at := spot{src, lang.Span{Start: 0, End: uint32(len(strings.TrimRight(name, " \t")))}, &t.spell}
		names := strings.Split(strings.TrimSpace(name), ".")
		start := uint32(len(text) - len(value))
		value = strings.TrimRight(value, " \t")
		valueAt := spot{src, lang.Span{Start: start, End: start + uint32(len(value))}, &t.spell}
		if d := t.assign(names, at, func(as *Type) (Value, *lang.Diagnostic) {
			if d := quotesMeant(value, as, valueAt); d != nil {
				return nil, d
			}
			return t.c.prog.parseText(value, as, valueAt)
		}); d != nil {
			return lang.Diagnostics{d}
		}
		return nil
	}
	if call, value, ok := cutResult(text); ok {
		src := lang.NewSource("fact", text)
		valueAt := spot{src, lang.Span{Start: uint32(len(text) - len(value)), End: uint32(len(text))}, &t.spell}
		if d := t.assignResult(call, spot{src, lang.Span{End: uint32(len(text))}, &t.spell}, func(as *Type) (Value, *lang.Diagnostic) {
			return t.c.prog.parseText(value, as, valueAt)
		}); d != nil {
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
	name = strings.TrimSpace(name)
	for i, r := range name {
		if r == '.' || r == '_' || r > 127 || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			continue
		}
		if r == ' ' && strings.HasSuffix(name[:i], ".in") { // buyer.in Denied, of an open group
			continue
		}
		return "", "", false
	}
	return name, strings.TrimLeft(value, " \t"), name != ""
}

func (t *teller) assign(names []string, at spot, value func(*Type) (Value, *lang.Diagnostic)) *lang.Diagnostic {
	f, d := t.c.find(names, at)
	if d != nil {
		return d
	}
	v, d := value(f.typ())
	if d != nil {
		return d
	}
	return t.put(f, v, isNone(v), at)
}

// put stores a value unless this call has said another of the same fact, or that the
// thing it belongs to is none. What holds of none, as `not` does, goes with that.
func (t *teller) put(f factPlace, v Value, ofNone bool, at spot) *lang.Diagnostic {
	if old, said := t.said[f.name]; said && !equalValues(old.Value, v) {
		return at.errorf(code.Contradiction, "`%s` is said to be %s and %s", f.name, old.Value, v)
	}
	fact := Fact{f.name, v}
	if inside, said := t.there[f.name]; said && isNone(v) {
		return at.contradictsNone(f.name, inside)
	}
	for i := range f.name {
		if f.name[i] != '.' || ofNone {
			continue
		}
		owner := f.name[:i]
		if old, said := t.said[owner]; said && isNone(old.Value) {
			return at.contradictsNone(owner, fact)
		}
		if _, said := t.there[owner]; !said {
			t.there[owner] = fact
		}
	}
	t.said[f.name] = fact
	if t.terms != nil && f.attr != nil && f.attr.Open {
		t.terms[t.c.prog.terms[f.attr.Name]] = true
	}
	if ofNone && f.under != nil {
		t.held = append(t.held, fact)
		return nil
	}
	f.put(v)
	return nil
}

// contradictsNone says that a thing is told to be none, and something of it that none is not.
func (at spot) contradictsNone(thing string, inside Fact) *lang.Diagnostic {
	return at.errorf(code.Contradiction, "`%s` is said to be none, and `%s` to be %s", thing, inside.Name, inside.Value)
}

// fact adds what a parsed sentence says.
func (t *teller) fact(src *lang.Source, e lang.Expr) *lang.Diagnostic {
	at := spot{src, e.Range(), &t.spell}
	switch e := e.(type) {
	case *lang.Binary:
		if ref, ok := e.X.(*lang.Ref); ok && e.Op == lang.Eq {
			return t.assign(refNames(ref), spot{src, ref.Range(), &t.spell}, func(as *Type) (Value, *lang.Diagnostic) {
				return t.c.prog.written(e.Y, as, at)
			})
		}
		if call, ok := e.X.(*lang.Call); ok && e.Op == lang.Eq {
			return t.assignResult(call, at, func(as *Type) (Value, *lang.Diagnostic) { return t.c.prog.written(e.Y, as, at) })
		}
	case *lang.Call:
		return t.flagResult(e, true, at)
	case *lang.Is:
		return t.is(e, at)
	case *lang.In:
		return t.inGroup(e, at)
	case *lang.Ref:
		return t.flag(e, true, at)
	case *lang.Unary:
		if ref, ok := e.X.(*lang.Ref); ok && e.Op == lang.Not {
			return t.flag(ref, false, at)
		}
		if call, ok := e.X.(*lang.Call); ok && e.Op == lang.Not {
			return t.flagResult(call, false, at)
		}
	case *lang.Paren:
		return t.fact(src, e.X)
	}
	return at.errorf(code.NotAFact, "`%s` is no fact: a fact is such as `item.range = 300 km`, `recipient is vetted` or `recipient is not vetted`", src.Slice(e.Range()))
}

func refNames(r *lang.Ref) []string {
	names := make([]string, len(r.Path))
	for i, n := range r.Path {
		names[i] = n.Text
	}
	return names
}

// flag sets a bool fact.
func (t *teller) flag(ref *lang.Ref, v bool, at spot) *lang.Diagnostic {
	names := refNames(ref)
	f, d := t.c.find(names, spot{at.src, ref.Range(), at.spell})
	if d != nil {
		return t.termOf(d, names, v, at.span)
	}
	if f.typ().basic != boolType {
		return at.errorf(code.NotAFact, "`%s` is %s: say which with `=`", f.name, article(f.typ()))
	}
	return t.put(f, Bool(v), !v, at)
}

// termOf offers to say of which role a term holds that stands alone where a fact should.
func (t *teller) termOf(d *lang.Diagnostic, names []string, v bool, whole lang.Span) *lang.Diagnostic {
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
			d.Say("`%s` is a term: a fact says of which thing it holds", term.Name)
			d.Span = whole
			d.Fix = &lang.Fix{Label: "did you mean `" + fixed + "`?", Span: whole, Replacement: fixed}
			break
		}
	}
	return d
}

// in adds that a thing is in a group, or is not, where the rules leave that open.
func (t *teller) in(e *lang.Is, g *Group, at spot) *lang.Diagnostic {
	if !g.Open() && (g.unsure == nil || g.unsure.told == nil) {
		return at.errorf(code.NotAFact, "who is in `%s` is known from the rules, and not told in a case", g.Name)
	}
	return t.assign(append(refNames(e.X), "in "+g.Name), at, func(*Type) (Value, *lang.Diagnostic) { return Bool(!e.Not), nil })
}

// is says of a thing that it is, or is not, as a term says, or in a group.
func (t *teller) is(e *lang.Is, at spot) *lang.Diagnostic {
	if g := t.c.prog.groups[e.Term.Text]; g != nil {
		return t.in(e, g, at)
	}
	names := refNames(e.X)
	f, d := t.c.find(names, spot{at.src, e.X.Range(), at.spell})
	if d != nil {
		return d
	}
	if d := t.valueAfterIs(f, e, at); d != nil {
		return d
	}
	kind := f.typ().kind
	if kind == nil {
		return at.errorf(code.NotAFact, "`%s` is %s, and no term is about that", f.name, article(f.typ()))
	}
	term, ok := t.c.prog.terms[e.Term.Text]
	if !ok || term.Kind != kind {
		termAt := spot{at.src, e.Term.Range(), at.spell}
		return termAt.suggest(termAt.errorf(code.UnknownFact, "there is no term `%s` of %s", e.Term.Text, kind.Name), e.Term.Text, func() []string { return t.c.prog.termNames(kind) })
	}
	if t.terms != nil {
		t.terms[term] = true
	}
	if term.Open {
		g, d := t.c.find(append(names, term.Name), at)
		if d != nil {
			return d
		}
		return t.put(g, Bool(!e.Not), e.Not, at)
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
		return at.errorf(code.NotAFact, "`%s` follows from other facts and does not fix them: say other facts, of which this %s: %s", term.Name, holds, lang.FormatExpr(term.decl.Cond))
	}
	for _, s := range sets {
		full := append(append([]string{}, names...), s.path...)
		g, d := t.c.find(full, at)
		if d != nil {
			return d
		}
		if d := t.put(g, s.v, e.Not || isNone(s.v), at); d != nil {
			return d
		}
	}
	return nil
}

// inGroup adds that a thing is in a group, or is not, as a condition says it.
func (t *teller) inGroup(e *lang.In, at spot) *lang.Diagnostic {
	target := e.Target.(*lang.Ref)
	name := refNames(target)[0]
	groupAt := spot{at.src, target.Range(), at.spell}
	switch g := t.c.prog.groups[name]; {
	case g == nil:
		return groupAt.suggest(groupAt.errorf(code.UnknownFact, "there is no group `%s`", name), name, func() []string { return keys(t.c.prog.groups) })
	case len(g.open) > 0 && g.told == nil:
		return groupAt.errorf(code.NotAFact, "who is in `%s` follows from who is in %s: say that", name, listNames(g.openNames()))
	default:
		return t.in(&lang.Is{Span: e.Span, X: e.X.(*lang.Ref), Not: e.Not}, g, at)
	}
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
	switch {
	case namesResult(name):
		d = next.setResult(name, v)
	case d != nil && d.Code == code.UnknownFact && name == caseDateName:
		d = next.setDate(v)
	case d == nil:
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
	next := c.Clone()
	if namesResult(name) {
		r, d := c.prog.resultNamed(name)
		if d != nil {
			return lang.Diagnostics{d}
		}
		delete(next.results, r.call)
		*c = *next
		return nil
	}
	names := strings.Split(name, ".")
	f, d := next.find(names, spot{})
	if d != nil && name == caseDateName {
		c.date = NoDate
		return nil
	}
	if d != nil {
		return lang.Diagnostics{d}
	}
	if seen, _ := c.peek(name); f.attr != nil && isNone(seen.v) && !isNone(f.thing.attrs[f.attr.index]) {
		return nil // what it belongs to is none
	}
	if f.attr == nil {
		*f.thing = *newThing(f.thing.Kind)
	} else {
		f.thing.attrs[f.attr.index] = nil
	}
	for i, r := range c.prog.roles {
		if r.Name == names[0] {
			next.things[i].tidy(names[1:])
		}
	}
	*c = *next
	return nil
}

// tidy makes the things on the way to a fact unknown of which nothing is known any more.
func (t *Thing) tidy(names []string) {
	if len(names) < 2 {
		return
	}
	a := t.Kind.index[names[0]]
	if nested, ok := t.attrs[a.index].(*Thing); ok {
		if nested.tidy(names[1:]); !knownOf(nested) {
			t.attrs[a.index] = nil
		}
	}
}

// Lookup is the value of a fact, given or by default; nil where it is unknown.
func (c *Case) Lookup(name string) (Value, error) {
	if namesResult(name) {
		r, d := c.prog.resultNamed(name)
		if d != nil {
			return nil, lang.Diagnostics{d}
		}
		return c.results[r.call], nil
	}
	fact, ok := c.peek(name)
	if !ok && name == caseDateName {
		if c.date == NoDate {
			return nil, nil
		}
		return c.date, nil
	}
	if !ok {
		_, d := c.Clone().find(splitName(name), spot{})
		return nil, lang.Diagnostics{d}
	}
	return fact.v, nil
}
