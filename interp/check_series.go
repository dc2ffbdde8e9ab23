package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// seriesOf checks that the policies of a series follow one another without a gap.
func (k *checker) seriesOf(d *lang.Series) {
	if d.Name.Text == "" {
		return
	}
	if k.prog.policies[d.Name.Text] != nil || k.prog.series[d.Name.Text] != nil {
		k.errorf(code.Duplicate, d.Name, "there already is a policy or series `%s`", d.Name.Text)
		return
	}
	s := &Series{Name: d.Name.Text, Doc: d.Doc(), src: k.src}
	for _, n := range d.Policies {
		p := k.policyNamed(n)
		if p == nil {
			continue
		}
		if last := len(s.Policies) - 1; last >= 0 {
			k.follows(n, s.Policies[last], p)
		}
		s.Policies = append(s.Policies, p)
	}
	k.prog.series[s.Name] = s
	k.prog.order.series = append(k.prog.order.series, s)
}

func (k *checker) follows(at lang.Name, before, p *Policy) {
	switch {
	case before.Until == Date(endOfDay):
		k.errorf(code.SeriesOverlap, at, "`%s` has no end, so `%s` cannot follow it: give it `until %s`", before.Name, p.Name, p.From)
	case p.From == Date(firstDay):
		k.errorf(code.SeriesOverlap, at, "`%s` has no first day, so it cannot follow `%s`: give it `from %s`", p.Name, before.Name, before.Until)
	case p.From < before.Until:
		k.errorf(code.SeriesOverlap, at, "`%s` is in force until %s, and `%s` from %s: on some days both are", before.Name, before.Until, p.Name, p.From)
	case p.From > before.Until:
		k.errorf(code.SeriesHole, at, "`%s` is in force until %s, and `%s` from %s: between them none is", before.Name, before.Until, p.Name, p.From)
	}
}

func (k *checker) policyNamed(n lang.Name) *Policy {
	if n.Text == "" {
		return nil
	}
	p := k.prog.policies[n.Text]
	if p == nil {
		k.misspelt(code.UnknownPolicy, n, n.Text, func() []string { return append(keys(k.prog.policies), keys(k.prog.series)...) }, "there is no policy `%s`", n.Text)
	}
	return p
}
