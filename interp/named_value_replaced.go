package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
)

// revaluer puts others into conditions for the values that they name.
type revaluer struct {
	other func(*namedValue) replacement
	terms map[*Term]*Term
	reads map[*Term]bool // whether a term asks for one of them
}

// replacement stands for a value, and for the condition that it is something; nothing where it stays.
type replacement struct {
	value operand
	begun cond
}

func newRevaluer(other func(*namedValue) replacement) *revaluer {
	return &revaluer{other: other, terms: map[*Term]*Term{}, reads: map[*Term]bool{}}
}

// otherValues puts values in the places of those of the same names.
func otherValues(values map[string]*namedValue) func(*namedValue) replacement {
	return func(v *namedValue) replacement {
		w := values[v.name]
		if w == nil || w == v {
			return replacement{}
		}
		return replacement{&valueOperand{w}, w.begun(nil)}
	}
}

// versionsOn puts what values that amendments replace are on a day in their places.
func versionsOn(day num.Date) func(*namedValue) replacement {
	return func(v *namedValue) replacement {
		if !v.version {
			return replacement{}
		}
		is := v.on(day)
		return replacement{&constant{is, v.t}, &constCond{t: truth(!isNone(is))}}
	}
}

func (a *revaluer) section(s *Section) {
	if s.when != nil {
		s.when = a.cond(s.when)
	}
	for i, it := range s.items {
		if it.section != nil {
			a.section(it.section)
		} else if it.rule != nil {
			s.items[i].rule = a.rule(it.rule)
		}
	}
}

// rule is a rule with the other values; the same one where it asks for none of them.
func (a *revaluer) rule(r *Rule) *Rule {
	q := *r
	if r.later != nil {
		q.checked, q.later = nil, &later{check: func(q *Rule) { q.checked = a.clauses(r.clauses()) }}
		return &q
	}
	if !slices.ContainsFunc(r.checked, func(cl clause) bool { return a.asks(cl.c) }) {
		return r
	}
	q.checked = a.clauses(r.checked)
	return &q
}

func (a *revaluer) clauses(of []clause) []clause {
	out := slices.Clone(of)
	for i := range out {
		out[i].c = a.cond(out[i].c)
	}
	return out
}

// asks says whether a condition asks for one of the values.
func (a *revaluer) asks(c cond) bool {
	found := false
	var onCond func(cond)
	onOperand := func(o operand) {
		found = found || anyOperand(o, func(o operand) bool { v, is := o.(*valueOperand); return is && a.other(v.named).value != nil })
	}
	onCond = func(c cond) {
		if b, is := c.(*begunCond); is {
			found = found || a.other(b.named).value != nil
		}
		if t, is := c.(*termCond); is && t.term.cond != nil {
			asked, known := a.reads[t.term]
			if !known {
				asked = a.asks(t.term.cond)
				a.reads[t.term] = asked
			}
			found = found || asked
		}
		if !found {
			eachPart(c, onCond, onOperand)
		}
	}
	onCond(c)
	return found
}

func (a *revaluer) cond(c cond) cond {
	if !a.asks(c) {
		return c
	}
	return rewritten(c, a)
}

func (a *revaluer) term(t *Term) *Term {
	if t.cond == nil || !a.asks(t.cond) {
		return t
	}
	u := a.terms[t]
	if u == nil {
		u = &Term{}
		*u = *t
		a.terms[t] = u
		u.cond, u.declared = a.cond(t.cond), t.original()
	}
	return u
}

func (a *revaluer) path(p *path) *path { return p }

func (a *revaluer) atom(c cond) cond {
	if b, is := c.(*begunCond); is {
		if r := a.other(b.named); r.begun != nil {
			return r.begun
		}
		return b
	}
	return withOperands(c, a.operand)
}

func (a *revaluer) operand(o operand) operand {
	switch o := o.(type) {
	case *valueOperand:
		if r := a.other(o.named); r.value != nil {
			return r.value
		}
		return o
	case *truthValue:
		return &truthValue{a.cond(o.c)}
	case *countOf:
		return &countOf{rewrittenQuant(o.quantCond, a)}
	case *aggregate:
		return &aggregate{rewrittenQuant(o.quantCond, a), a.operand(o.of), o.t}
	}
	return withParts(o, a.operand)
}
