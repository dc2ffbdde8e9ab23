package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// scope is what a name can mean at some place.
type scope struct {
	self  *Kind // in a term: the kind of thing it is about
	roles bool  // the roles of the case can be named
	vars  []binding
}

type binding struct {
	name string
	t    *Type
}

func (sc scope) bind(name string, t *Type) scope {
	sc.vars = append(append([]binding(nil), sc.vars...), binding{name, t})
	return sc
}

// lost stands for a condition whose problem has been reported.
func lost(e lang.Expr) cond { return &constCond{at{e}, Unknown} }

// isLost says whether a condition is one of those.
func isLost(c cond) bool {
	k, ok := c.(*constCond)
	return ok && k.t == Unknown
}

// cond checks a condition.
func (k *checker) cond(e lang.Expr, sc scope) cond {
	k.goOn()
	switch e := e.(type) {
	case *lang.Paren:
		return k.cond(e.X, sc)
	case *lang.Binary:
		return k.binaryCond(e, sc)
	case *lang.Unary:
		if e.Op == lang.Not {
			return &notCond{at{e}, k.cond(e.X, sc)}
		}
	case *lang.Ref:
		return k.refCond(e, sc)
	case *lang.Is:
		return k.isCond(e, sc)
	case *lang.In:
		if k.foreignTarget(e, sc) {
			return lost(e)
		}
		return k.inCond(e, sc)
	case *lang.Has:
		p := k.path(e.X, sc)
		if p == nil {
			return lost(e)
		}
		return &hasCond{at{e}, p}
	case *lang.Like:
		return k.likeCond(e, sc)
	case *lang.Under:
		return k.underCond(e, sc)
	case *lang.Within:
		return k.withinCond(e, sc)
	case *lang.AtLeast:
		return k.tallyCond(e, sc)
	case *lang.SetQuant:
		return k.setCond(e, sc)
	case *lang.Quant:
		if e.Op != lang.Count {
			return k.quantCond(e, sc)
		}
	case *lang.Call:
		return k.boolCond(e, sc)
	case *lang.Any:
		k.errorf(code.NotACondition, e, "`any` stands for every thing in a phrase, such as `to any`; it is no condition")
		return lost(e)
	case nil:
		return lost(nil)
	}
	k.errorf(code.NotACondition, e, "`%s` is neither true nor false, and a condition is wanted here", lang.FormatExpr(e))
	return lost(e)
}

func (k *checker) binaryCond(e *lang.Binary, sc scope) cond {
	switch e.Op {
	case lang.And:
		return &allCond{at{e}, k.chain(e, lang.And, sc)}
	case lang.Or:
		return &anyCond{at{e}, k.chain(e, lang.Or, sc)}
	case lang.Implies:
		return &impliesCond{at{e}, k.cond(e.X, sc), k.cond(e.Y, sc)}
	case lang.Eq, lang.Ne, lang.Lt, lang.Le, lang.Gt, lang.Ge:
		return k.compare(e, sc)
	}
	k.errorf(code.NotACondition, e, "`%s` is a value, and a condition is wanted here", lang.FormatExpr(e))
	return lost(e)
}

// chain is the operands of a and b and c, from left to right.
func (k *checker) chain(e lang.Expr, op lang.Op, sc scope) []cond {
	var parts []lang.Expr
	for {
		b, ok := e.(*lang.Binary)
		if !ok || b.Op != op {
			break
		}
		parts = append(parts, b.Y)
		e = b.X
	}
	parts = append(parts, e)
	slices.Reverse(parts)
	out := make([]cond, 0, len(parts))
	for i := 0; i < len(parts); i++ {
		if n := k.valuesJoined(parts[i:], sc); n > 0 {
			out = append(out, lost(parts[i]))
			i += n - 1
			continue
		}
		out = append(out, k.cond(parts[i], sc))
	}
	k.oneSided(parts, op, sc)
	return out
}

// refCond is a bare name or path as a condition: yes, no, a term, a group, a bool attribute.
func (k *checker) refCond(e *lang.Ref, sc scope) cond {
	if len(e.Path) == 1 {
		name := e.Path[0].Text
		switch {
		case sc.self != nil && sc.self.index[name] != nil, k.bound(name, sc) != nil:
			// an attribute of the thing itself, or a variable: below
		case k.prog.terms[name] != nil:
			return k.bareTerm(e, k.prog.terms[name], sc)
		case k.prog.groups[name] != nil:
			g := k.prog.groups[name]
			if subject := k.subject(e, g.Kind, name, sc); subject != nil {
				return k.memberOf(e, g, subject)
			}
			return lost(e)
		case name == "yes":
			return &constCond{at{e}, True}
		case name == "no":
			return &constCond{at{e}, False}
		}
	}
	return k.boolCond(e, sc)
}

func (k *checker) boolCond(e lang.Expr, sc scope) cond {
	x := k.operand(e, nil, sc)
	if x == nil {
		return lost(e)
	}
	if x.typ().basic != boolType {
		d := k.errorf(code.NotACondition, e, "`%s` is %s, which is neither true nor false", lang.FormatExpr(e), article(x.typ()))
		if p, ok := x.(*path); ok && x.typ().optional {
			d.Fix = &lang.Fix{Label: "did you mean `has " + p.fact() + "`?", Span: e.Range(), Replacement: "has " + p.fact()}
		}
		return lost(e)
	}
	return &boolCond{at{e}, x}
}

func (k *checker) tallyCond(e *lang.AtLeast, sc scope) cond {
	c := &tallyCond{at: at{e}, op: e.Op}
	for _, x := range e.Of {
		c.xs = append(c.xs, k.cond(x, sc))
	}
	n, ok := wholeNumber(&e.N)
	if !ok || n > len(e.Of) {
		k.errorf(code.BadCount, &e.N, "there are %d conditions, and %s of them cannot hold: give a whole number from 0 to %d", len(e.Of), e.N.Text, len(e.Of))
		return lost(e)
	}
	c.n = n
	return c
}

func (k *checker) bound(name string, sc scope) *Type {
	for _, v := range sc.vars {
		if v.name == name {
			return v.t
		}
	}
	return nil
}
