package interp

import "github.com/ctl-lang/ctl/lang"

// Cond is a condition on a case that stands by itself, outside any rule: what a
// caller of an analysis asks about.
type Cond struct {
	text string
	prog *Program
	c    cond
}

// Condition reads a condition and checks it against the program's vocabulary. The
// error is a lang.Diagnostics.
func (p *Program) Condition(text string) (*Cond, error) {
	e, src, ds := lang.ParseExpr("condition", text)
	if ds.HasErrors() {
		return nil, ds
	}
	k := p.rechecker(src)
	c := k.cond(e, scope{roles: true})
	if k.l.diags.HasErrors() {
		k.l.diags.Sort()
		return nil, k.l.diags
	}
	return &Cond{text: text, prog: p, c: c}, nil
}

// String is the condition as it was written.
func (c *Cond) String() string { return c.text }

// Truth of the condition in a case; an error where it cannot be evaluated.
func (c *Cond) Truth(x *Case) (Truth, error) {
	s := &state{c: x, date: x.day()}
	t := c.c.truth(s)
	if s.err != nil {
		return Unknown, s.err
	}
	return t, nil
}

// Condition evaluates a condition in the author's words on the case, as far as it
// is known, with what it rests on. The error is a lang.Diagnostics where the text
// is no condition, and an *EvalError where it cannot be evaluated.
func (c *Case) Condition(text string) (*Reason, error) {
	cond, err := c.prog.Condition(text)
	if err != nil {
		return nil, err
	}
	s := &state{c: c, date: c.day()}
	r := s.why(cond.c)
	return r, s.err
}

// rechecker is a checker over the vocabulary of a finished program, which it leaves alone.
func (p *Program) rechecker(src *lang.Source) *checker {
	k := newChecker(&loader{seen: map[string]bool{}, options: p.options})
	k.prog, k.src = p, src
	for _, o := range p.outcomes {
		k.outcomes[o.Name] = o
	}
	for _, r := range p.roles {
		k.roles[r.Name] = r
	}
	return k
}
