package interp

import "strings"

// Unused is what a program declares and nothing uses. What the modules of stdlib
// declare is not looked at.
type Unused struct {
	Terms  []*Term
	Groups []*Group
	Attrs  []*Attr
}

// Unused lists what no rule, claim, constraint or term uses; of terms and attributes
// also what no test speaks of.
func (p *Program) Unused() Unused {
	u := &user{terms: map[*Term]bool{}, groups: map[*Group]bool{}, attrs: map[*Attr]bool{}}
	for _, pol := range p.order.policies {
		for _, n := range pol.nodes {
			switch {
			case n.rule != nil:
				for _, pt := range n.rule.conditions() {
					u.cond(pt.c)
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
	tested := ""
	for _, t := range p.order.tests {
		for _, e := range t.decl.Given {
			tested += " " + t.src.Slice(e.Range()) + " "
		}
	}
	for _, t := range p.order.terms {
		used := u.terms[t] || t.attr != nil && u.attrs[t.attr]
		if !used && own(t.src.Name) && !strings.Contains(tested, t.Name+" ") {
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
}

func (u *user) conds(cs []cond) {
	for _, c := range cs {
		u.cond(c)
	}
}

func (u *user) cond(c cond) {
	switch c := c.(type) {
	case *allCond:
		u.conds(c.xs)
	case *anyCond:
		u.conds(c.xs)
	case *tallyCond:
		u.conds(c.xs)
	case *notCond:
		u.cond(c.x)
	case *impliesCond:
		u.conds([]cond{c.x, c.y})
	case *termCond:
		u.terms[c.term] = true
		if c.subject != nil {
			u.operand(c.subject)
		}
	case *groupCond:
		u.groups[c.group] = true
		u.operand(c.subject)
	case *boolCond:
		u.operand(c.x)
	case *compareCond:
		u.operands(c.x, c.y)
	case *listedCond:
		u.operand(c.x)
		u.elements(c.elems)
	case *elemCond:
		u.operands(c.x, c.set)
	case *hasCond:
		u.operand(c.path)
	case *likeCond:
		u.operand(c.x)
	case *withinCond:
		u.operands(c.x, c.y)
	case *setCond:
		u.operand(c.set)
		u.elements(c.target.elems)
		if c.target.group != nil {
			u.groups[c.target.group] = true
		}
		if c.target.set != nil {
			u.operand(c.target.set)
		}
	case *quantCond:
		u.operand(c.list)
		u.cond(c.body)
	}
}

func (u *user) elements(es []element) {
	for _, e := range es {
		u.operand(e.lo)
		if e.hi != nil {
			u.operand(e.hi)
		}
	}
}

func (u *user) operands(os ...operand) {
	for _, o := range os {
		u.operand(o)
	}
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
	case *arith:
		u.operands(o.x, o.y)
	case *negative:
		u.operand(o.x)
	case *call:
		u.operands(o.args...)
	case *tupleOperand:
		u.operands(o.elems...)
	case *truthValue:
		u.cond(o.c)
	case *countOf:
		u.cond(&o.quantCond)
	}
}
