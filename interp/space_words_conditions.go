package interp

import (
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// condWords is a condition written out as Ctl: each fact by its name, also where a term
// names it without the thing that it is about, which self is.
func condWords(c cond, self *path) string { return condWriter{self: self}.cond(c, 0) }

// operandWords is condWords for an operand, as it stands in a comparison.
func operandWords(o operand, self *path) string { return condWriter{self: self}.operand(o, sumLevel) }

type condWriter struct {
	self  *path
	terms bool // what they say stands in their places
}

// The levels of the operators that operands stand beside: a comparison wants a sum, and the
// list of a quantifier what binds more tightly than a product.
var (
	sumLevel  = lang.Add.Precedence()
	signLevel = lang.Mul.Precedence() + 1
)

// bracketed puts the words of an operator into parentheses where what they stand in binds
// more tightly.
func bracketed(words string, op lang.Op, level int) string {
	if op.Precedence() < level {
		return "(" + words + ")"
	}
	return words
}

func (w condWriter) cond(c cond, level int) string {
	switch c := c.(type) {
	case *constCond:
		return Bool(c.t == True).String()
	case *allCond:
		return bracketed(w.join(c.xs, " and ", lang.And), lang.And, level)
	case *anyCond:
		return bracketed(w.join(c.xs, " or ", lang.Or), lang.Or, level)
	case *notCond:
		return bracketed("not "+w.cond(c.x, lang.Not.Precedence()), lang.Not, level)
	case *impliesCond:
		return bracketed(w.cond(c.x, lang.Or.Precedence())+" implies "+w.cond(c.y, lang.Implies.Precedence()), lang.Implies, level)
	case *tallyCond:
		return fmt.Sprintf("%s %d of (%s)", c.op, c.n, w.join(c.xs, ", ", lang.Some))
	case *termCond:
		if w.terms && c.term.cond != nil {
			return w.term(c, level)
		}
		if c.subject == nil {
			return c.term.Name
		}
		return bracketed(w.path(c.subject)+" is "+c.term.Name, lang.Eq, level)
	case *boolCond:
		return w.flag(c.x, "", level)
	case *quantCond:
		return bracketed(w.quant(c, c.op), c.op, level)
	case *deniedCond:
		return w.denied(c, level)
	}
	return bracketed(w.relation(c, ""), lang.Eq, level)
}

// term is what a term says of its thing.
func (w condWriter) term(c *termCond, level int) string {
	of := condWriter{self: c.subject.within(w.self), terms: true}
	words := of.cond(c.term.cond, level)
	if _, more := c.term.cond.(*quantCond); more {
		return "(" + words + ")"
	}
	return words
}

// join writes what stands beside an operator, each binding more tightly.
func (w condWriter) join(cs []cond, by string, op lang.Op) string {
	words := make([]string, len(cs))
	for i, c := range cs {
		words[i] = w.cond(c, op.Precedence()+1)
	}
	return strings.Join(words, by)
}

func (w condWriter) quant(c *quantCond, op lang.Op) string {
	return op.String() + " " + c.name + " in " + w.operand(c.list, signLevel) + " has " + w.cond(c.body, op.Precedence())
}

func (w condWriter) denied(c *deniedCond, level int) string {
	switch rel := c.rel.(type) {
	case *quantCond:
		return bracketed(w.quant(rel, lang.No), lang.No, level)
	case *boolCond: // of an open group
		return w.flag(rel.x, "not ", level)
	}
	return bracketed(w.relation(c.rel, "not "), lang.Eq, level)
}

// flag is a fact that is yes or no; not stands in front of in, of an open group.
func (w condWriter) flag(x operand, not string, level int) string {
	p, ok := x.(*path)
	if !ok || !p.isAttr() || !p.lastAttr().Open {
		return w.operand(x, level)
	}
	a, of := p.lastAttr(), *p
	of.attrs = p.attrs[:len(p.attrs)-1]
	thing := w.path(&of)
	switch {
	case a.Group != nil:
		return bracketed(thing+" "+not+"in "+a.Group.Name, lang.Eq, level)
	case thing == "":
		return a.Name
	}
	return bracketed(thing+" is "+a.Name, lang.Eq, level)
}

// relation is a condition on operands, or with not its denial.
func (w condWriter) relation(c cond, not string) string {
	sum := func(o operand) string { return w.operand(o, sumLevel) }
	switch c := c.(type) {
	case *groupCond:
		return sum(c.subject) + " " + not + "in " + c.group.Name
	case *compareCond:
		return comparedWords(sum(c.x), c.op, c.y, sum(c.y))
	case *listedCond:
		return sum(c.x) + " " + not + "in (" + w.elements(c.elems) + ")"
	case *elemCond:
		return sum(c.x) + " " + not + "in " + sum(c.set)
	case *hasCond:
		return "has " + w.path(c.path)
	case *likeCond:
		return sum(c.x) + " " + not + c.pattern.words()
	case *withinCond:
		e := c.node().(*lang.Within)
		return sum(c.x) + " " + not + "within " + lang.FormatExpr(e.Amount) + " " + e.Dir.Text + " " + sum(c.y)
	case *setCond:
		op := c.op
		if not != "" {
			op = lang.NoneOf
		}
		return op.String() + " " + sum(c.set) + " in " + w.target(c.target)
	}
	return ""
}

// comparedWords is a comparison of the words of its operands.
func comparedWords(x string, op lang.Op, of operand, y string) string {
	switch list, ok := of.(*tupleOperand); {
	case !ok || len(list.elems) > 0:
		return x + " " + op.String() + " " + y
	case op == lang.Eq:
		return x + " is " + isEmpty
	}
	return x + " is not " + isEmpty
}

func (w condWriter) target(t target) string {
	switch {
	case t.group != nil:
		return t.group.Name
	case t.set != nil:
		return w.operand(t.set, sumLevel)
	}
	return "(" + w.elements(t.elems) + ")"
}

func (w condWriter) elements(es []element) string {
	words := make([]string, len(es))
	for i, e := range es {
		lo, _ := e.lo.(*constant)
		hi, fixed := e.hi.(*constant)
		if words[i] = w.operand(e.lo, sumLevel); lo != nil && fixed {
			if net, is := networkOf([]Value{lo.v, hi.v}); is {
				words[i] = net
				continue
			}
		}
		if e.hi != nil {
			words[i] += " .. " + w.operand(e.hi, sumLevel)
		}
	}
	return strings.Join(words, ", ")
}

func (w condWriter) path(p *path) string {
	if p.isAttr() && p.lastAttr().Open {
		of := *p
		of.attrs = p.attrs[:len(p.attrs)-1]
		if thing := of.within(w.self).fact(); thing != "" {
			return thing + "." + p.lastAttr().Name
		}
	}
	return p.within(w.self).fact()
}

func (w condWriter) operand(o operand, level int) string {
	switch o := o.(type) {
	case *path:
		return w.path(o)
	case *constant:
		words := constantWords(o.v)
		switch {
		case strings.Contains(words, " + "):
			return bracketed(words, lang.Add, level)
		case strings.HasPrefix(words, "-") || strings.Contains(words, "/"):
			return bracketed(words, lang.Mul, level)
		}
		return words
	case *caseDate:
		return "as_of"
	case *valueOperand:
		return o.named.name
	case *arith:
		binds := o.op.Precedence()
		return bracketed(w.operand(o.x, binds)+" "+o.op.String()+" "+w.operand(o.y, binds+1), o.op, level)
	case *negative:
		return "-" + w.operand(o.x, signLevel)
	case *call:
		return o.fn.Name + "(" + w.operands(o.args) + ")"
	case *tupleOperand:
		return "(" + w.operands(o.elems) + ")"
	case *truthValue:
		return "(" + w.cond(o.c, 0) + ")"
	case *countOf:
		return "(" + w.quant(&o.quantCond, lang.Count) + ")"
	case *aggregate:
		words := o.op.String() + " " + w.operand(o.of, sumLevel) + " for " + o.name + " in " + w.operand(o.list, signLevel)
		if !isAlways(o.body) {
			words = "(" + words + " where " + w.cond(o.body, 0) + ")"
		}
		return words
	}
	return ""
}

func (w condWriter) operands(os []operand) string {
	words := make([]string, len(os))
	for i, o := range os {
		words[i] = w.operand(o, sumLevel)
	}
	return strings.Join(words, ", ")
}
