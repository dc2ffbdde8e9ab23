package interp

import (
	"github.com/ctl-lang/ctl/lang"
)

// seriesOf checks that the policies of a series follow one another without a gap.
func (k *checker) seriesOf(d *lang.Series) {
	if d.Name.Text == "" {
		return
	}
	if k.prog.policies[d.Name.Text] != nil || k.prog.series[d.Name.Text] != nil {
		k.errorf(lang.Duplicate, d.Name, "there already is a policy or series `%s`", d.Name.Text)
		return
	}
	s := &Series{Name: d.Name.Text, Doc: d.Doc()}
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
		k.errorf(lang.SeriesOverlap, at, "`%s` has no end, so `%s` cannot follow it: give it `until %s`", before.Name, p.Name, p.From)
	case p.From == Date(firstDay):
		k.errorf(lang.SeriesOverlap, at, "`%s` has no first day, so it cannot follow `%s`: give it `from %s`", p.Name, before.Name, before.Until)
	case p.From < before.Until:
		k.errorf(lang.SeriesOverlap, at, "`%s` is in force until %s, and `%s` from %s: on some days both are", before.Name, before.Until, p.Name, p.From)
	case p.From > before.Until:
		k.errorf(lang.SeriesHole, at, "`%s` is in force until %s, and `%s` from %s: between them none is", before.Name, before.Until, p.Name, p.From)
	}
}

func (k *checker) policyNamed(n lang.Name) *Policy {
	if n.Text == "" {
		return nil
	}
	p := k.prog.policies[n.Text]
	if p == nil {
		k.misspelt(lang.UnknownPolicy, n, n.Text, append(keys(k.prog.policies), keys(k.prog.series)...), "there is no policy `%s`", n.Text)
	}
	return p
}

// Test is a case with what is expected of it.
type Test struct {
	Name     string
	Doc      string
	policies []testPolicy
	given    *Case
	src      *lang.Source
	decl     *lang.Test
}

// testPolicy is one policy a test is to be decided under; of a series, the one in force.
type testPolicy struct {
	policy *Policy
	series *Series
}

// Place is file:line:col of the test.
func (t *Test) Place() string { return t.src.Place(t.decl.Range().Start) }

func (k *checker) test(d *lang.Test) {
	t := &Test{Name: d.Name.Value, Doc: d.Doc(), src: k.src, decl: d}
	t.policies = k.under(d, d.Under)
	t.given = k.prog.NewCase()
	if d.AsOf != nil {
		if on, err := ParseDate(d.AsOf.Text); err == nil {
			t.given.SetDate(on)
		}
	}
	k.l.diags = append(k.l.diags, t.given.tellAll(k.src, d.Given)...)
	if len(d.Expect) == 0 {
		k.errorf(lang.NothingExpected, d.Name, "this test expects nothing, so it could never fail: add `expect` and an outcome")
	}
	for _, e := range d.Expect {
		k.expect(t, e)
	}
	k.prog.order.tests = append(k.prog.order.tests, t)
}

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
	switch {
	case len(k.prog.order.series) == 1:
		return []testPolicy{{series: k.prog.order.series[0]}}
	case len(k.prog.order.policies) == 1:
		return []testPolicy{{policy: k.prog.order.policies[0]}}
	}
	k.errorf(lang.WhichPolicy, at, "under which policy? there are %s: write `under` and its name", listNames(keys(k.prog.policies)))
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
	for _, ref := range e.Needing {
		k.path(ref, scope{roles: true})
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
		k.misspelt(lang.UnknownLabel, l, l.Text, keys(labels), "no policy of the series `%s` has a rule `%s`", p.series.Name, l.Text)
	default:
		k.misspelt(lang.UnknownLabel, l, l.Text, keys(labels), "`%s` has no rule `%s`", p.policy.Name, l.Text)
	}
}

func (p testPolicy) all() []*Policy {
	if p.series != nil {
		return p.series.Policies
	}
	return []*Policy{p.policy}
}

// Claim is a sentence about a policy, or two, that should hold in every case.
type Claim struct {
	Name     string
	Doc      string
	Form     lang.ClaimForm
	Policies []*Policy  // under which; of a comparison the two compared
	Outcomes []*Outcome // of always and never
	AsOf     *Date
	when     cond // nil: every case
	swaps    []swap
	src      *lang.Source
	decl     *lang.Claim
}

// swap exchanges two values of an attribute.
type swap struct {
	path *path
	v, w Value
}

// Place is file:line:col of the claim.
func (c *Claim) Place() string { return c.src.Place(c.decl.Range().Start) }

// Text is the claim as its author wrote it.
func (c *Claim) Text() string { return c.src.Slice(c.decl.Range()) }

func (k *checker) claim(d *lang.Claim) {
	c := &Claim{Name: d.Name.Value, Doc: d.Doc(), Form: d.Form, src: k.src, decl: d}
	if d.AsOf != nil {
		if on, err := ParseDate(d.AsOf.Text); err == nil {
			c.AsOf = &on
		}
	}
	if d.A != nil && d.B != nil {
		if len(d.Under) > 0 {
			k.errorf(lang.BadClaim, d.Under[0], "a comparison names its two policies itself, so it has no `under`")
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
	if !k.isChoice(p.t) {
		k.errorf(lang.BadClaim, s.Attr, "`%s` is %s: only the values of an enumeration or the things of a kind can be swapped", p.fact(), article(p.t))
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
			k.misspelt(lang.BadClaim, n, n.Text, enum.Names(), "`%s` is not a value of `%s`", n.Text, p.fact())
			return
		}
		vs[i] = Choice{enum, j}
	}
	c.swaps = append(c.swaps, swap{p, vs[0], vs[1]})
}
