package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// setCond checks any, all and none of. None of is the contrary of any of.
func (k *checker) setCond(e *lang.SetQuant, sc scope) cond {
	if e.Op == lang.NoneOf {
		rel := *e
		rel.Op = lang.AnyOf
		c := k.setCond(&rel, sc)
		if isLost(c) {
			return lost(e)
		}
		return denied(e, c)
	}
	set := k.operand(e.X, nil, sc)
	if set == nil {
		return lost(e)
	}
	t := set.typ()
	if t.elem == nil {
		k.errorf(code.NotAList, e.X, "`%s` is %s, and a set or a list is wanted here", lang.FormatExpr(e.X), article(t))
		return lost(e)
	}
	c := &setCond{at: at{e}, op: e.Op, set: set}
	if ref, ok := e.Target.(*lang.Ref); ok {
		if g := k.groupNamed(ref); g != nil {
			if !g.fits(t.elem) {
				k.errorf(code.OtherThing, e.Target, "`%s` is a group of %s, and these are %s", g.Name, g.Kind.Name, t.elem)
				return lost(e)
			}
			return k.membersOf(e, g, set, sc)
		}
		p := k.path(ref, sc)
		if p == nil {
			return lost(e)
		}
		if p.t.elem == nil {
			k.errorf(code.NotAList, ref, "`%s` is %s, and a group, a set or a list is wanted here", lang.FormatExpr(ref), article(p.t))
			return lost(e)
		}
		if !k.comparable(e, t.elem, p.t.elem) {
			return lost(e)
		}
		c.target.set = p
		return c
	}
	elems, ok := k.elements(e.Target, t.elem, sc)
	if !ok {
		return lost(e)
	}
	c.target.elems, c.target.index = elems, newElemIndex(elems)
	return c
}

// quantCond checks some, every and no. No is the contrary of some.
func (k *checker) quantCond(e *lang.Quant, sc scope) cond {
	rel := *e
	if e.Op == lang.No {
		rel.Op = lang.Some
	}
	q := k.quant(&rel, sc)
	switch {
	case q == nil:
		return lost(e)
	case e.Op == lang.No:
		return denied(e, q)
	}
	return q
}

// quant checks some, every and count.
func (k *checker) quant(e *lang.Quant, sc scope) *quantCond {
	q := k.overList(e, e.Op, e.Var, e.List, sc)
	if q != nil {
		q.body = k.cond(e.Cond, sc.bind(q.name, q.list.typ().elem))
	}
	return q
}

// overList checks the list of a quantifier or an aggregate, and the name of its members.
func (k *checker) overList(e lang.Expr, op lang.Op, name lang.Name, of *lang.Ref, sc scope) *quantCond {
	list := k.path(of, sc)
	if list == nil {
		return nil
	}
	if list.t.elem == nil {
		k.errorf(code.NotAList, of, "`%s` is %s, and a list or a set is wanted here", lang.FormatExpr(of), article(list.t))
		return nil
	}
	if k.roles[name.Text] != nil || k.bound(name.Text, sc) != nil {
		k.errorf(code.Duplicate, name, "`%s` is already the name of something here: choose another for the members of the list", name.Text)
		return nil
	}
	return &quantCond{at: at{e}, op: op, name: name.Text, depth: len(sc.vars), list: list}
}
