package interp

import "github.com/ctl-lang/ctl/lang"

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

// rechecker is a checker over the vocabulary of a finished program, which it leaves alone.
func (p *Program) rechecker(src *lang.Source) *checker {
	k := newChecker(&input{options: p.options})
	k.prog, k.src = p, src
	for _, o := range p.outcomes {
		k.outcomes[o.Name] = o
	}
	for _, r := range p.roles {
		k.roles[r.Name] = r
	}
	return k
}
