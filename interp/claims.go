package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

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
//
// Unstable: it serves package analysis, and changes with it.
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

// Says is what the claim says, without its name.
//
// Unstable: it serves package analysis, and changes with it.
func (c *Claim) Says() string {
	return strings.Join(strings.Fields(c.src.Slice(lang.Span{Start: c.decl.Name.Range().End, End: c.decl.Range().End})), " ")
}

// Days are the days that a claim is about: that of its as of, or one of each stretch of days
// on which a policy that it names is in force. Not all: there may be days of which none of
// them tells, since something is done with the date of the case that is not looked into.
//
// Unstable: it serves package analysis, and changes with it.
func (c *Claim) Days() (days []Date, all bool) {
	if c.AsOf != nil {
		return []Date{*c.AsOf}, true
	}
	all = true
	for _, p := range c.Policies {
		u := p.uses()
		if c.when != nil {
			u = p.findUses(c.when)
		}
		all = all && u.whole()
		days = append(days, p.epochsAmong(u.turns(u.memberTurns(p.ruleTurns(), nil), nil, p.prog))...)
	}
	slices.Sort(days)
	return slices.Compact(days), all
}
