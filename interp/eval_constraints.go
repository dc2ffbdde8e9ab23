package interp

import (
	"context"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// checkConstraints refuses a case that certainly breaks a constraint. It is not
// sure where missing facts leave open whether one is broken.
func (c *Case) checkConstraints(ctx context.Context) (sure bool, err error) {
	var broken lang.Diagnostics
	sure = true
	for _, k := range c.prog.constraints {
		s := &state{ctx: ctx, c: c, date: c.day()}
		t := k.cond.truth(s)
		switch {
		case s.stopped:
			return false, s.err
		case t == False:
			broken = append(broken, c.broken(k))
		case t == Unknown && err == nil: // else it holds, whatever could not be evaluated
			err = s.err
		}
		sure = sure && t == True
	}
	if broken != nil { // it is no real case, whether or not another constraint can be evaluated
		return false, broken
	}
	return sure, err
}

func (c *Case) broken(k *Constraint) *lang.Diagnostic {
	d := &lang.Diagnostic{Code: code.BrokenConstraint, Notes: []lang.Note{{Source: k.src, Span: k.decl.Cond.Range(), Text: "the constraint"}}}
	d.Say("no real case is like this: it breaks the constraint `%s`: %s", k.Name, lang.FormatExpr(k.decl.Cond))
	for _, f := range c.factsOf(k.cond) {
		d.Notes = append(d.Notes, lang.Note{Text: "the case has " + f.String()})
	}
	return d
}

// impossible is the error about a case that no completion makes a real one.
func (c *Case) impossible() error {
	d := &lang.Diagnostic{Code: code.BrokenConstraint, Message: "no real case is like this: whatever the missing facts are, it breaks a constraint"}
	for _, k := range c.prog.constraints {
		d.Notes = append(d.Notes, lang.Note{Source: k.src, Span: k.decl.Cond.Range(), Text: "constraint `" + k.Name + "`"})
	}
	return lang.Diagnostics{d}
}

// factsOf lists the given facts that a condition reads.
func (c *Case) factsOf(k cond) []Fact {
	read := newFactReader()
	read.cond(k, "")
	var out []Fact
	for _, f := range c.Facts() {
		if read.names[f.Name] {
			out = append(out, f)
		}
	}
	return out
}
