package interp

import (
	"errors"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// Division is a division by something that a case tells.
//
// Unstable: it serves package analysis, and changes with it.
type Division struct {
	Text   string // item.mass / item.parts
	Rule   *Rule  // in which it stands, or in a term that it names
	ByZero *Cond  // that what it divides by is 0
	In     *Cond  // the condition of the rule in which it stands
}

// Divisions are the divisions in the rules of a policy that are in force on a day, those of terms
// where they are about a thing of the case.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Divisions(on Date) []Division {
	d := &divisions{prog: p.prog, seen: map[dividedAt]bool{}}
	for _, r := range p.Rules() {
		if !r.inForce(num.Date(on)) {
			continue
		}
		d.rule = r
		for _, cl := range r.clauses() {
			d.in = cl.c
			d.cond(cl.c, nil)
		}
	}
	return d.found
}

// DividesByZero says whether a case cannot be decided because of a division by zero.
//
// Unstable: it serves package analysis, and changes with it.
func DividesByZero(err error) bool { return errors.Is(err, num.ErrDivisionByZero) }

// dividedAt is a division where it stands: in a rule, and in a term about one thing or another.
type dividedAt struct {
	rule *Rule
	self string
	a    *arith
}

type divisions struct {
	prog  *Program
	rule  *Rule
	in    cond
	seen  map[dividedAt]bool
	found []Division
}

func (d *divisions) cond(c cond, self *path) {
	if t, ok := c.(*termCond); ok {
		if subject, ok := t.about(self); ok {
			d.cond(t.term.cond, subject)
		}
		return
	}
	eachPart(c, func(x cond) { d.cond(x, self) }, func(o operand) { d.operand(o, self) })
}

func (d *divisions) operand(o operand, self *path) {
	if a, ok := o.(*arith); ok && a.op == lang.Div && !fixedOperand(a.y) {
		d.division(a, self)
	}
	eachOperandPart(o, func(c cond) { d.cond(c, self) }, func(x operand) { d.operand(x, self) })
}

// division notes a division, if what it divides by is of the case and not of a member of a list.
func (d *divisions) division(a *arith, self *path) {
	whole := true
	var about func(operand) operand
	about = func(o operand) operand {
		p, ok := o.(*path)
		if !ok {
			return withParts(o, about)
		}
		whole = whole && p.root != varRoot
		return p.within(self)
	}
	t := a.y.typ()
	zero := &compareCond{op: lang.Eq, x: about(a.y), y: &constant{v: Number{dim: t.dim}, t: t}}
	text, key := lang.FormatExpr(a.expr), dividedAt{d.rule, selfName(self), a}
	if whole && !d.seen[key] {
		d.seen[key] = true
		d.found = append(d.found, Division{Text: text, Rule: d.rule, ByZero: &Cond{text: text, prog: d.prog, c: zero}, In: &Cond{text: text, prog: d.prog, c: d.in}})
	}
}
