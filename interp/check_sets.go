package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// emptyCond is S is empty, S is not empty.
func emptyCond(e *lang.Is, p *path) cond {
	op := lang.Eq
	if e.Not {
		op = lang.Ne
	}
	return &compareCond{at{e}, op, p, &tupleOperand{t: memberList(p)}}
}

// membersCond checks S = (a, b) and S != (a, b); nil of other comparisons. A single value stands in
// parentheses beside a set or a list, where these mean nothing else.
func (k *checker) membersCond(e *lang.Binary, sc scope) cond {
	if e.Op != lang.Eq && e.Op != lang.Ne {
		return nil
	}
	var elems []lang.Expr
	switch y := e.Y.(type) {
	case *lang.Tuple:
		elems = y.Elems
	case *lang.Paren:
		if !k.hasMembers(e.X, sc) || k.hasMembers(y.X, sc) {
			return nil
		}
		elems = []lang.Expr{y.X}
	default:
		return nil
	}
	x := k.operand(e.X, nil, sc)
	if x == nil {
		return lost(e)
	}
	words := lang.FormatExpr(e.X)
	t := x.typ()
	switch {
	case t.elem == nil && len(elems) == 0:
		k.errorf(code.TypeMismatch, e, "`%s` is %s, and `()` is a set or a list without members", words, article(t))
		return lost(e)
	case t.elem == nil:
		k.instead(e, "`"+words+"` is one value, and whether it is one of several is asked with `in`",
			words+map[lang.Op]string{lang.Eq: " in ", lang.Ne: " not in "}[e.Op]+lang.FormatExpr(e.Y))
		return lost(e)
	case len(elems) == 0:
		k.instead(e, "whether a set or a list has no members is asked with `is empty`",
			words+map[lang.Op]string{lang.Eq: " is ", lang.Ne: " is not "}[e.Op]+isEmpty)
		return lost(e)
	case t.elem.basic == thingType && !t.elem.kind.Identified():
		k.errorf(code.TypeMismatch, e, "a %s has no identity to compare", t.elem.kind.Name)
		return lost(e)
	}
	list := &tupleOperand{t: memberList(x)}
	for _, el := range elems {
		if k.needlessQuotes(el, t.elem) || k.missingUnit(el, t.elem) {
			return lost(e)
		}
		member, ok := k.element(el, t.elem, sc)
		if ok && member.hi != nil {
			k.errorf(code.TypeMismatch, el, "a set or a list is compared with its members one by one, and `%s` is a range", lang.FormatExpr(el))
		}
		if !ok || member.hi != nil {
			return lost(e)
		}
		list.elems = append(list.elems, member.lo)
	}
	k.networkAsText(elems...)
	return &compareCond{at{e}, e.Op, x, list}
}

// hasMembers says whether an expression is a set or a list: a fact, or what a function gives. What
// it is made of is not looked into, which would take twice as long with each parenthesis.
func (k *checker) hasMembers(e lang.Expr, sc scope) bool {
	switch e := e.(type) {
	case *lang.Ref:
		t := k.typeNow(e, sc)
		return t != nil && t.elem != nil
	case *lang.Call:
		fn := k.fns[e.Fun.Text]
		if own := k.prog.own[e.Fun.Text]; own != nil {
			fn = &own.Function
		}
		return fn != nil && strings.Contains(fn.Result, " of ")
	}
	return false
}

// memberForSet reports a value beside a set or a list, of which it can be a member.
func (k *checker) memberForSet(e *lang.Binary, value, fact lang.Expr, t *Type, sc scope) bool {
	if t.elem == nil || e.Op != lang.Eq && e.Op != lang.Ne || !k.maybeValue(value, sc) {
		return false
	}
	said := len(k.l.diags)
	_, fits := k.element(value, t.elem, sc)
	k.l.diags = k.l.diags[:said]
	if !fits {
		return false
	}
	x, v := lang.FormatExpr(fact), lang.FormatExpr(value)
	return k.instead(e, "`"+x+"` is "+article(t)+", and whether `"+v+"` is a member of it is asked with `in`; that it has no other member is said with parentheses, `"+x+" "+e.Op.String()+" ("+v+")`",
		v+map[lang.Op]string{lang.Eq: " in ", lang.Ne: " not in "}[e.Op]+x)
}
