package interp

import "github.com/ctl-lang/ctl/lang"

// Test is a case with what is expected of it.
type Test struct {
	Name     string
	Doc      string
	policies []testPolicy
	given    *Case
	terms    map[*Term]bool // those of which what is given or needed speaks
	src      *lang.Source
	decl     *lang.Test
}

// testPolicy is one policy a test is to be decided under; of a series, the one in force.
type testPolicy struct {
	policy *Policy
	series *Series
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

func (p testPolicy) all() []*Policy {
	if p.series != nil {
		return p.series.Policies
	}
	return []*Policy{p.policy}
}

// Text is the claim as its author wrote it.
func (c *Claim) Text() string { return c.src.Slice(c.decl.Range()) }
