package interp

import (
	"maps"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
)

// Unused is what a program declares and nothing uses. What the modules of stdlib
// declare is not looked at.
//
// Unstable: it serves package analysis, and changes with it.
type Unused struct {
	Terms  []*Term
	Groups []*Group
	Attrs  []*Attr
}

// Unused lists what no rule, claim, constraint or term uses; of terms those of which no test
// speaks either.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Program) Unused() Unused {
	u := &user{terms: map[*Term]bool{}, groups: map[*Group]bool{}, attrs: map[*Attr]bool{}}
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
		used := u.groups[g] || g.told != nil && u.attrs[g.told]
		if !used && own(g.src.Name) {
			out.Groups = append(out.Groups, g)
		}
	}
	for _, k := range p.order.kinds {
		for _, a := range k.Attrs {
			if !u.attrs[a] && !a.Open && a.src != nil && own(a.src.Name) {
				out.Attrs = append(out.Attrs, a)
			}
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
	paths  []*path
	fixed  []*constant
	spans  []num.Duration // that a within asks about
	likes  []string       // the patterns of texts
	asOf   bool           // the date of the case is read
}

func (u *user) cond(c cond) {
	switch c := c.(type) {
	case *termCond:
		u.terms[c.term] = true
	case *groupCond:
		u.groups[c.group] = true
	case *likeCond:
		u.likes = append(u.likes, c.pattern)
	case *withinCond:
		u.spans = append(u.spans, c.before, c.after)
	case *setCond:
		if c.target.group != nil {
			u.groups[c.target.group] = true
		}
	}
	eachPart(c, u.cond, u.operand)
}

func (u *user) operand(o operand) {
	switch o := o.(type) {
	case *path:
		u.paths = append(u.paths, o)
		for _, a := range o.attrs {
			u.attrs[a] = true
		}
	case *constant:
		u.fixed = append(u.fixed, o)
	case *caseDate:
		u.asOf = true
	}
	eachOperandPart(o, u.cond, u.operand)
}
