package interp

import (
	"maps"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
)

// Unused is what a program declares and nothing uses. What the modules of stdlib
// declare is not looked at.
//
// Unstable: it serves package analysis, and changes with it.
type Unused struct {
	Terms     []*Term
	Groups    []*Group
	Attrs     []*Attr
	Functions []Signature
	Values    []Site // of their names
}

// Unused lists what no rule, claim, constraint or term uses; of terms those of which no test
// speaks either.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Program) Unused() Unused {
	u := &user{terms: map[*Term]bool{}, groups: map[*Group]bool{}, attrs: map[*Attr]bool{}, calls: map[*ownFunction]bool{}}
	for _, pol := range p.order.policies {
		for _, n := range pol.nodes {
			switch {
			case n.rule != nil:
				for _, cl := range n.rule.clauses() {
					u.cond(cl.c)
				}
			case n.section.when != nil:
				u.cond(n.section.when)
			}
		}
	}
	for _, k := range p.constraints {
		u.cond(k.cond)
	}
	for _, c := range p.order.claims {
		if c.when != nil {
			u.cond(c.when)
		}
		for _, w := range c.swaps {
			u.operand(w.path)
		}
	}
	for _, t := range p.order.terms {
		if t.cond != nil {
			u.cond(t.cond)
		}
	}
	for _, g := range p.order.groups {
		for _, m := range g.decl.Members {
			if inner := p.groups[m.Name.Text]; inner != nil {
				u.groups[inner] = true
			}
		}
	}
	return u.rest(p)
}

// rest is what was not met.
func (u *user) rest(p *Program) Unused {
	var out Unused
	for _, t := range p.order.tests {
		maps.Copy(u.terms, t.terms)
	}
	for _, t := range p.order.terms {
		used := u.terms[t] || t.attr != nil && u.attrs[t.attr]
		if !used && own(t.src.Name) {
			out.Terms = append(out.Terms, t)
		}
	}
	for _, g := range p.order.groups {
		used := u.groups[g] || len(g.open) > 0 || g.told != nil && u.attrs[g.told]
		if !used && own(g.src.Name) {
			out.Groups = append(out.Groups, g)
		}
	}
	for _, k := range p.order.kinds {
		for _, a := range k.Attrs {
			if !u.attrs[a] && !a.Open && a.File == "" && a.src != nil && own(a.src.Name) {
				out.Attrs = append(out.Attrs, a)
			}
		}
	}
	for _, s := range p.Signatures() {
		if !u.calls[p.own[s.Name]] && own(p.own[s.Name].src.Name) {
			out.Functions = append(out.Functions, s)
		}
	}
	for _, name := range keys(p.values) {
		if v := p.values[name]; !v.used.Load() && own(v.src.Name) {
			out.Values = append(out.Values, Site{v.src, v.decl.Name.Range()})
		}
	}
	return out
}

// own says whether a text is the author's, and no module of stdlib.
func own(source string) bool { return !strings.HasPrefix(source, "stdlib/") }

// user notes what conditions use.
type user struct {
	terms  map[*Term]bool
	groups map[*Group]bool
	attrs  map[*Attr]bool
	calls  map[*ownFunction]bool
	paths  []*path
	fixed  []*constant
	spans  []num.Duration // that a within asks about
	likes  []*pattern
	days   []num.Date // on which values change
	asOf   bool       // the date of the case is read
	// reckoned: something else is done with it than comparesDate takes.
	reckoned bool
	computed bool // a group is asked of what is no fact

	within []*Kind // of the members of the lists that are being tried, within one another
}

func (u *user) cond(c cond) {
	switch c := c.(type) {
	case *termCond:
		u.terms[c.term], u.terms[c.term.original()] = true, true
	case *groupCond:
		u.groups[c.group] = true
		u.ofFact(c.subject)
	case *likeCond:
		u.likes = append(u.likes, c.pattern)
	case *withinCond:
		u.spans = append(u.spans, c.before, c.after)
		if u.comparesDate(c.x, c.y) {
			return
		}
	case *compareCond:
		if u.comparesDate(c.x, c.y) || u.comparesDate(c.y, c.x) {
			return
		}
	case *listedCond:
		if u.comparesDate(c.x, bounds(c.elems)...) {
			return
		}
	case *setCond:
		if c.target.group != nil {
			u.groups[c.target.group] = true
			u.ofFact(c.set)
		}
	}
	eachPart(c, u.cond, u.operand)
}

func (u *user) operand(o operand) {
	switch o := o.(type) {
	case *path:
		u.paths = append(u.paths, o)
		if g := o.given(); g != nil {
			for _, v := range g.values() {
				u.fixed = append(u.fixed, &constant{v: v})
			}
		}
		for _, a := range o.attrs {
			u.attrs[a] = true
		}
	case *constant:
		u.fixed = append(u.fixed, o)
	case *caseDate:
		u.asOf, u.reckoned = true, true
	case *valueOperand:
		u.days = append(u.days, o.named.turns()...)
		for _, d := range o.named.of {
			u.fixed = append(u.fixed, &constant{d.v, o.named.t})
		}
	case *call:
		if o.own != nil && u.calls != nil {
			u.calls[o.own] = true
		}
	}
	eachOperandPart(o, u.cond, u.operand)
}

// ofFact notes what a group is asked of.
func (u *user) ofFact(o operand) {
	if _, ok := o.(*path); !ok {
		u.computed = true
	}
}

// comparesDate notes a comparison of the date of the case with constants and facts, on each
// side with at most one duration added or taken away, or of what is between it and a date
// with a duration; false where x is not that date, or something else is compared with it.
func (u *user) comparesDate(x operand, with ...operand) bool {
	shifted, ok := x.(*arith)
	switch {
	case isCaseDate(x):
	case ok && isCaseDate(shifted.x) && (isConstant(shifted.y) || isDatePath(shifted.y)):
		with = append(with, shifted.y)
	case ok && isCaseDate(shifted.y) && isDatePath(shifted.x):
		with = append(with, shifted.x)
	default:
		return false
	}
	for _, y := range with {
		if a, ok := y.(*arith); ok && isConstant(a.y) {
			y = a.x
		}
		if !isConstant(y) && !isDatePath(y) {
			return false
		}
	}
	u.asOf = true
	for _, y := range with {
		if a, ok := y.(*arith); ok {
			u.operand(a.x)
			y = a.y
		}
		if c, ok := y.(*constant); ok {
			if d, ok := c.v.(Duration); ok {
				u.spans = append(u.spans, num.Duration(d))
				continue
			}
		}
		u.operand(y)
	}
	return true
}

func isCaseDate(o operand) bool {
	_, ok := o.(*caseDate)
	return ok
}

func isConstant(o operand) bool {
	_, ok := o.(*constant)
	return ok
}

// isDatePath says whether an operand is a date told as a fact, and not one of a list or of a
// file.
func isDatePath(o operand) bool {
	p, ok := o.(*path)
	return ok && p.root != varRoot && p.t.basic == dateType && p.given() == nil
}

// whole says whether the days at which turns tell that something changes are all, where the
// date of the case is read: nothing is done with dates than what comparesDate takes.
func (u *user) whole() bool {
	if !u.asOf {
		return true
	}
	return !u.reckoned && !slices.ContainsFunc(u.fixed, func(c *constant) bool { _, is := c.v.(Duration); return is })
}

// datesRead is how many facts are read that are dates.
func (u *user) datesRead() int {
	seen := map[string]bool{}
	for _, p := range u.paths {
		if isDatePath(p) {
			seen[p.fact()] = true
		}
	}
	return len(seen)
}

// bounds are the operands of elements.
func bounds(elems []element) []operand {
	var out []operand
	eachElement(elems, func(o operand) { out = append(out, o) })
	return out
}
