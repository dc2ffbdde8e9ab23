package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

func (k *checker) declareTerm(d *lang.Term) {
	if !k.claimName(k.names, d.Name, "a term") {
		return
	}
	t := &Term{Name: d.Name.Text, Doc: d.Doc(), Open: d.Open, src: k.src, decl: d}
	title, foreign := k.wording(d.Title)
	t.Title = title
	if d.Of != nil {
		if t.Kind = k.kindNamed(*d.Of); t.Kind == nil {
			k.l.lost.name(t.Name)
			return
		}
		if t.Kind.Ids != nil && t.Kind.Ids.has(t.Name) {
			k.errorf(code.Duplicate, d.Name, "`%s` is the identity of a %s, so a phrase could not tell which is meant", t.Name, t.Kind.Name)
			return
		}
	}
	k.prog.terms[t.Name] = t
	k.prog.order.terms = append(k.prog.order.terms, t)
	if t.Open {
		t.attr = &Attr{Name: t.Name, Type: typeBool, Title: t.Title, Doc: t.Doc, Open: true, Sensitive: d.Sensitive, foreign: foreign, src: k.src, span: d.Name.Range()}
		kind := t.Kind
		if kind == nil {
			kind = k.prog.whole
		}
		k.addAttr(kind, t.attr, d.Name)
	}
}

// defineTerm checks a term's condition when it is first needed, so that a term
// that needs itself is found.
func (k *checker) defineTerm(t *Term, d *lang.Term) {
	if t == nil || t.decl != d || t.Open || t.cond != nil {
		return
	}
	if k.termBusy[t] {
		k.src = t.src
		k.errorf(code.TermCycle, d.Name, "the term `%s` is defined by itself", t.Name)
		t.cond = lost(d.Cond)
		return
	}
	k.termBusy[t] = true
	most := k.prog.options.Limits.Nesting
	src, outer, below := k.src, k.depth, k.below
	k.src, k.depth, k.below = t.src, outer+1, 0
	defer func() { k.src, k.depth, k.below = src, outer, below }()
	if k.depth > most {
		k.errorf(code.TooMuch, d.Name, "terms use one another more than %d deep", most)
		t.cond = lost(d.Cond)
		return
	}
	c := k.cond(d.Cond, scope{self: t.Kind, roles: t.Kind == nil})
	k.needsHas(c)
	if t.depth = k.below; t.depth > most {
		k.errorf(code.TooMuch, d.Name, "terms use one another more than %d deep", most)
	}
	if t.cond == nil {
		t.cond = c
	}
}

func (k *checker) constraint(d *lang.Constraint) {
	if k.claimName(k.names, d.Name, "a constraint") {
		c := k.cond(d.Cond, scope{roles: true})
		k.needsHas(c)
		k.prog.constraints = append(k.prog.constraints, &Constraint{Name: d.Name.Text, Doc: d.Doc(), cond: c, src: k.src, decl: d})
	}
}
