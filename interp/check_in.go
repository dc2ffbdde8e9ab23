package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// inCond is X in a group, a tuple, an interval, a set or a list.
func (k *checker) inCond(e *lang.In, sc scope) cond {
	rel := *e
	rel.Not = false
	c := k.inTarget(e, &rel, sc)
	if c == nil {
		return lost(e)
	}
	if e.Not {
		return denied(e, c)
	}
	return c
}

// termForGroup reports x in Term.
func (k *checker) termForGroup(e *lang.In, name string) {
	d := k.errorf(code.UseAnotherForm, e, "`%s` is a term, and `in` asks for a group", name)
	if e.X != nil {
		is := " is "
		if e.Not {
			is = " is not "
		}
		better := lang.FormatExpr(e.X) + is + name
		d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Range(), Replacement: better}
	}
}

// inTarget checks what e asks, or denies; rel is the same without its not.
func (k *checker) inTarget(e, rel *lang.In, sc scope) cond {
	var x operand
	if e.X == nil {
		if sc.self == nil {
			k.errorf(code.UnknownName, e, "what is to be in it? write it before `in`")
			return nil
		}
		x = k.selfPath(sc.self)
	}
	ref, isRef := e.Target.(*lang.Ref)
	var set *path
	if isRef {
		if g := k.groupNamed(ref); g != nil {
			return k.inGroup(e, rel, x, g, sc)
		}
		if len(ref.Path) == 1 && k.prog.terms[ref.Path[0].Text] != nil {
			k.termForGroup(e, ref.Path[0].Text)
			return nil
		}
		if set = k.path(ref, sc); set == nil {
			return nil
		}
		if set.t.elem == nil {
			k.errorf(code.NotAList, ref, "`%s` is %s: `in` asks for a group, a list, a set, `(a, b)` or `a .. b`", lang.FormatExpr(ref), article(set.t))
			return nil
		}
	}
	if x == nil {
		var want *Type
		if set != nil {
			want = set.t.elem
		}
		if x = k.operand(e.X, want, sc); x == nil {
			return nil
		}
	}
	if set != nil {
		if !k.comparable(e, x.typ(), set.t.elem) {
			return nil
		}
		if hasDifference(x) && set.t.elem.basic == durationType {
			k.inexact(e, e.X, "")
		}
		return &elemCond{at{rel}, x, set}
	}
	elems, ok := k.elements(e.Target, x.typ(), sc)
	if !ok {
		return nil
	}
	k.inexactDatesIn(e, x, elems)
	if tuple, ok := e.Target.(*lang.Tuple); ok {
		k.networkAsText(tuple.Elems...)
	}
	return &listedCond{at{rel}, x, elems, newElemIndex(elems)}
}

// groupNamed is the group that a reference means, or nil.
func (k *checker) groupNamed(ref *lang.Ref) *Group {
	if len(ref.Path) == 1 {
		return k.prog.groups[ref.Path[0].Text]
	}
	return nil
}

func (k *checker) inGroup(e, rel *lang.In, x operand, g *Group, sc scope) cond {
	if x == nil {
		if x = k.operand(e.X, nil, sc); x == nil {
			return nil
		}
	}
	if !g.fits(x.typ()) {
		k.errorf(code.OtherThing, e.Target, "`%s` is a group of %s, and this is %s", g.Name, g.Kind.Name, article(x.typ()))
		return nil
	}
	return k.memberOf(rel, g, x)
}

// elements checks a tuple or an interval against the type looked for.
func (k *checker) elements(target lang.Expr, want *Type, sc scope) ([]element, bool) {
	var exprs []lang.Expr
	switch t := target.(type) {
	case *lang.Tuple:
		exprs = t.Elems
	case nil:
		return nil, false
	default:
		exprs = []lang.Expr{target}
	}
	ok := true
	var out []element
	for _, x := range exprs {
		el, good := k.element(x, want, sc)
		ok = ok && good
		out = append(out, el)
	}
	return out, ok
}

func (k *checker) element(x lang.Expr, want *Type, sc scope) (element, bool) {
	if net, ok := x.(*lang.Literal); ok && net.Form() == lang.NetworkLiteral {
		return k.network(net, want)
	}
	iv, isInterval := x.(*lang.Interval)
	if !isInterval {
		lo := k.operand(x, want, sc)
		return element{lo: lo}, lo != nil && k.comparable(x, want, lo.typ())
	}
	lo, hi := k.operand(iv.Lo, want, sc), k.operand(iv.Hi, want, sc)
	if lo == nil || hi == nil || !k.comparable(iv.Lo, want, lo.typ()) || !k.comparable(iv.Hi, want, hi.typ()) {
		return element{}, false
	}
	if !ordered(want) {
		k.errorf(code.NoOrder, iv, "%s has no order, so there is nothing between two of them", article(want))
		return element{}, false
	}
	a, aok := lo.(*constant)
	b, bok := hi.(*constant)
	if aok && bok && want.scalar == addressScalar && strangers(a.v, b.v) {
		k.errorf(code.EmptyInterval, iv, "nothing lies between %s and %s: one is an address of IPv4, and the other of IPv6", a.v, b.v)
		return element{}, false
	}
	if aok && bok && compareValues(lang.Gt, a.v, b.v) == True {
		k.errorf(code.EmptyInterval, iv, "nothing lies between %s and %s: the smaller one comes first", a.v, b.v)
		return element{}, false
	}
	return element{lo, hi}, true
}

// network are the addresses of a network. What is wrong with it has been said.
func (k *checker) network(e *lang.Literal, want *Type) (element, bool) {
	first, last, err := networkEnds(e.Text)
	if err != nil || !k.comparable(e, want, typeAddress) {
		return element{}, false
	}
	return element{&constant{first, typeAddress}, &constant{last, typeAddress}}, true
}
