package interp

// fragment says whether a condition reads at most one fact, in a way whose cells
// can be found, and gives the path to that fact.
func fragment(c cond) (*path, bool) {
	if x, p := patternOf(c); p != nil {
		of, ok := single(x)
		return of, ok && (of == nil || finite(of.t) || of.t.freeText())
	}
	switch c := c.(type) {
	case *boolCond:
		return single(c.x)
	case *groupCond:
		if c.group.untold() {
			return nil, false
		}
		return single(c.subject)
	case *compareCond:
		return oneOf(c.x, c.y)
	case *withinCond:
		p, ok := readsOne(c.x)
		return p, ok && fixedOperand(c.y)
	case *listedCond:
		p, ok := readsOne(c.x)
		for _, e := range c.elems {
			ok = ok && fixedOperand(e.lo) && (e.hi == nil || fixedOperand(e.hi))
		}
		return p, ok
	case *elemCond:
		p, ok := single(c.set)
		return p, ok && p != nil && p.t.basic == setType && fixedOperand(c.x) && countable(p.t.elem)
	case *setCond:
		p, ok := single(c.set)
		ok = ok && p != nil && p.t.basic == setType && countable(p.t.elem) && c.target.set == nil
		for _, e := range c.target.elems {
			ok = ok && e.hi == nil && fixedOperand(e.lo)
		}
		return p, ok
	}
	return nil, false
}

// single is an operand that is a fact by itself, or needs none.
func single(o operand) (*path, bool) {
	switch o := o.(type) {
	case *path:
		return o, o.root != varRoot && o.t.basic != listType
	case *constant, *caseDate, *valueOperand:
		return nil, true
	}
	return nil, false
}

// plain says whether the fact's cells do not hang on other facts: it is no member
// of a list, only its last attribute may be none, and it is not whether a name is screened.
func (p *path) plain() bool {
	if p.root == varRoot || p.t.basic == listType || p.isAttr() && p.lastAttr().screens() {
		return false
	}
	for i, a := range p.attrs {
		if a.Type.optional && i < len(p.attrs)-1 {
			return false
		}
	}
	return true
}

// oneOf is the fact of a comparison of a fact with something fixed.
func oneOf(x, y operand) (*path, bool) {
	p, pok := readsOne(x)
	q, qok := readsOne(y)
	switch {
	case !pok || !qok, p != nil && q != nil:
		return nil, false
	case p != nil:
		return p, p.t.basic != setType
	case q != nil:
		return q, q.t.basic != setType
	}
	return nil, true
}

func fixedOperand(o operand) bool {
	p, ok := single(o)
	return ok && p == nil
}

// finite says whether the values of a type can be listed.
func finite(t *Type) bool {
	return t.basic == boolType || t.basic == enumType || t.basic == thingType && t.kind.Ids != nil
}

// countable says whether elements of a set of the type fall into listed classes.
func countable(t *Type) bool {
	return finite(t) || t.basic == textType || t.basic == thingType && t.kind.TextIds
}

// pathOf is the path to a fact by its name.
func (p *Program) pathOf(name string) (_ *path, ok bool) {
	names := splitName(name)
	out := &path{root: caseRoot, kind: p.whole}
	for _, r := range p.roles {
		if r.Name == names[0] {
			out = &path{root: roleRoot, index: r.Index, name: r.Name, kind: r.Kind}
			names = names[1:]
			break
		}
	}
	kind := out.kind
	out.t = &Type{basic: thingType, kind: kind}
	for _, n := range names {
		if kind == nil {
			return nil, false
		}
		a, ok := kind.Attr(n)
		if !ok {
			return nil, false
		}
		out.attrs, out.t, kind = append(out.attrs, a), a.Type, a.Type.kind
	}
	if !out.plain() || out.root == caseRoot && !out.isAttr() {
		return nil, false
	}
	return out, true
}
