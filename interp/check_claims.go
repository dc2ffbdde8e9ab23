package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// under is the policies a test or claim names, or the only one there is.
func (k *checker) under(at lang.Node, names []lang.Name) []testPolicy {
	var out []testPolicy
	for _, n := range names {
		if s := k.prog.series[n.Text]; s != nil {
			out = append(out, testPolicy{series: s})
		} else if p := k.policyNamed(n); p != nil {
			out = append(out, testPolicy{policy: p})
		}
	}
	if len(names) > 0 {
		return out
	}
	switch policies, series := k.prog.meant(); {
	case len(series) == 1:
		return []testPolicy{{series: series[0]}}
	case len(policies) == 1:
		return []testPolicy{{policy: policies[0]}}
	}
	k.errorf(code.WhichPolicy, at, "under which policy? there are %s: write `under` and its name", listNames(keys(k.prog.policies)))
	return nil
}

func (k *checker) expect(t *Test, e *lang.Expect) {
	switch Status(e.Outcome.Text) {
	case Undecided, Undetermined, Conflict:
	default:
		k.outcome(e.Outcome)
	}
	for _, n := range e.Between {
		if n.Text != string(Undecided) && n.Text != string(Conflict) {
			k.outcome(n)
		}
	}
	for _, l := range e.By {
		for _, p := range t.policies {
			k.decidingLabel(l, p)
		}
	}
}

// decidingLabel reports a label that no rule bears; of a series, none of any of its policies.
func (k *checker) decidingLabel(l lang.LabelRef, p testPolicy) {
	labels := map[string]bool{}
	for _, q := range p.all() {
		for label := range q.byLabel {
			labels[label] = true
		}
	}
	switch {
	case labels[l.Text] || len(p.all()) == 0:
	case p.series != nil:
		k.misspelt(code.UnknownLabel, l, l.Text, func() []string { return keys(labels) }, "no policy of the series `%s` has a rule `%s`", p.series.Name, l.Text)
	default:
		k.misspelt(code.UnknownLabel, l, l.Text, func() []string { return keys(labels) }, "`%s` has no rule `%s`", p.policy.Name, l.Text)
	}
}

func (k *checker) claim(d *lang.Claim) {
	c := &Claim{Name: d.Name.Value, Doc: d.Doc(), Form: d.Form, src: k.src, decl: d}
	if d.AsOf != nil {
		if on, err := ParseDate(d.AsOf.Text); err == nil {
			c.AsOf = &on
		}
	}
	if d.A != nil && d.B != nil {
		if len(d.Under) > 0 {
			k.errorf(code.BadClaim, d.Under[0], "a comparison names its two policies itself, so it has no `under`")
		}
		for _, n := range []lang.Name{*d.A, *d.B} {
			if p := k.policyNamed(n); p != nil {
				c.Policies = append(c.Policies, p)
			}
		}
	} else {
		for _, p := range k.under(d, d.Under) {
			c.Policies = append(c.Policies, p.all()...)
		}
	}
	for _, n := range d.Outcomes {
		if o := k.outcome(n); o != nil {
			c.Outcomes = append(c.Outcomes, o)
		}
	}
	for _, s := range d.Swaps {
		k.swap(c, s)
	}
	if d.When != nil {
		c.when = k.cond(d.When, scope{roles: true})
	}
	k.prog.order.claims = append(k.prog.order.claims, c)
}

func (k *checker) swap(c *Claim, s *lang.Swap) {
	p := k.path(s.Attr, scope{roles: true})
	if p == nil {
		return
	}
	if g := p.given(); g != nil {
		k.errorf(code.BadClaim, s.Attr, "`%s` is what %s says, and no fact whose values can be swapped", p.fact(), p.lastAttr().File)
		return
	}
	if !k.isChoice(p.t) {
		k.errorf(code.BadClaim, s.Attr, "`%s` is %s: only the values of an enumeration or the things of a kind can be swapped", p.fact(), article(p.t))
		return
	}
	enum := p.t.enum
	if enum == nil {
		enum = p.t.kind.Ids
	}
	var vs [2]Value
	for i, n := range []lang.Name{s.V, s.W} {
		j, ok := enum.find(n.Text, false)
		if !ok {
			k.misspelt(code.BadClaim, n, n.Text, enum.Names, "`%s` is not a value of `%s`", n.Text, p.fact())
			return
		}
		vs[i] = Choice{enum, j}
	}
	c.swaps = append(c.swaps, swap{p, vs[0], vs[1]})
}
