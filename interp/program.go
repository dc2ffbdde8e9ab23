package interp

import (
	"sort"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Program is a set of rule files, resolved and checked. It is immutable and safe
// for concurrent use.
type Program struct {
	sources       []*lang.Source
	outcomes      []*Outcome
	kinds         map[string]*Kind
	roles         []*Role
	terms         map[string]*Term
	groups        map[string]*Group
	units         map[string]*unitOfMeasure
	coherentUnits map[num.Dim]*unitOfMeasure // by dimension, the unit in which its values are kept, if one is declared
	values        map[string]*namedValue
	dims          map[string]num.Dim
	constraints   []*Constraint
	policies      map[string]*Policy
	series        map[string]*Series
	order         order
	whole         *Kind // carries the open terms that are about the whole case
	warnings      lang.Diagnostics
	own           map[string]*ownFunction // functions that the rules declare, and the embedder's
	options       Options                 // with limits for all that it left open
	lastDate      num.Date                // the last date written in the program
	dates         []num.Date              // every date written in it, in order
	writtenDates  []num.Date              // those of them that are not of members that the embedder gives
	readsDate     bool                    // some condition reads as_of
	dataGiven     bool                    // some attribute is given by a file
	version       func() string
	declared      func() map[string]bool // see passesOver
}

// order keeps the author's order of what is looked up by name.
type order struct {
	kinds    []*Kind
	terms    []*Term
	groups   []*Group
	policies []*Policy
	series   []*Series
	tests    []*Test
	claims   []*Claim
}

// Warnings are the problems that do not keep the program from running.
func (p *Program) Warnings() lang.Diagnostics { return p.warnings }

// Sources are the texts that the program was loaded from, in the order read.
func (p *Program) Sources() []*lang.Source { return p.sources }

// Outcomes are the outcomes in the order declared.
func (p *Program) Outcomes() []*Outcome { return p.outcomes }

// Outcome looks an outcome up by name.
func (p *Program) Outcome(name string) (*Outcome, error) {
	for _, o := range p.outcomes {
		if o.Name == name {
			return o, nil
		}
	}
	names := make([]string, len(p.outcomes))
	for i, o := range p.outcomes {
		names[i] = o.Name
	}
	return nil, unknownName(code.UnknownOutcome, "outcome", name, names)
}

// Roles are the things a case is about, in the order declared.
func (p *Program) Roles() []*Role { return p.roles }

// Kinds, Terms, Groups, Policies, AllSeries, Tests and Claims are what the
// program declares, in the author's order.
func (p *Program) Kinds() []*Kind { return p.order.kinds }

// Terms are the named conditions, open ones too.
func (p *Program) Terms() []*Term { return p.order.terms }

// Groups are the named sets.
func (p *Program) Groups() []*Group { return p.order.groups }

// Policies are all policies.
func (p *Program) Policies() []*Policy { return p.order.policies }

// AllSeries are the sequences of policies in time.
func (p *Program) AllSeries() []*Series { return p.order.series }

// Tests are the tests written in the program.
func (p *Program) Tests() []*Test { return p.order.tests }

// Claims are the claims written in the program.
func (p *Program) Claims() []*Claim { return p.order.claims }

// Policy looks a policy up by name. Of a series PolicyOn finds the one in force.
func (p *Program) Policy(name string) (*Policy, error) {
	if pol, ok := p.policies[name]; ok {
		return pol, nil
	}
	if s, ok := p.series[name]; ok {
		return nil, (&lang.Diagnostic{Code: code.UnknownPolicy}).Say("`%s` is a series: PolicyOn finds the policy of a date (%s)", name, listNames(s.names()))
	}
	return nil, unknownName(code.UnknownPolicy, "policy", name, keys(p.policies))
}

// PolicyOn looks a policy or a series up by name; of a series it is the policy
// in force on the date. An empty name means the program's only policy, or the
// only series' policy in force.
func (p *Program) PolicyOn(name string, on Date) (*Policy, error) {
	switch policies, series := p.meant(); {
	case name == "" && len(series) == 1:
		return series[0].On(on)
	case name == "" && len(policies) == 1:
		return policies[0], nil
	case name == "" && len(policies) == 0:
		return nil, &lang.Diagnostic{Code: code.WhichPolicy, Message: "the rules hold no policy to decide by"}
	case name == "":
		return nil, (&lang.Diagnostic{Code: code.WhichPolicy}).Say("there are several policies: say which one (%s)", listNames(append(keys(p.series), keys(p.policies)...)))
	}
	if s, ok := p.series[name]; ok {
		return s.On(on)
	}
	if pol, ok := p.policies[name]; ok {
		return pol, nil
	}
	return nil, unknownName(code.UnknownPolicy, "policy", name, append(keys(p.series), keys(p.policies)...))
}

// meant are the policies and series among which the only one is meant where none is
// named: those of the draft only where there are no others.
func (p *Program) meant() (policies []*Policy, series []*Series) {
	draft := p.options.Draft
	if draft == "" {
		return p.order.policies, p.order.series
	}
	for _, q := range p.order.policies {
		if q.src.Name != draft {
			policies = append(policies, q)
		}
	}
	for _, x := range p.order.series {
		if x.src.Name != draft {
			series = append(series, x)
		}
	}
	if len(policies) == 0 {
		return p.order.policies, p.order.series
	}
	return policies, series
}

// LatestDate is the day after the last date written in the program: from then on nothing
// changes that does not hang on a fact.
func (p *Program) LatestDate() Date {
	d, err := p.lastDate.AddDays(1)
	if err != nil {
		return Date(p.lastDate)
	}
	return Date(d)
}

// Series is policies that follow one another in time.
type Series struct {
	Name     string
	Doc      string
	Policies []*Policy
	src      *lang.Source
}

func (s *Series) names() []string {
	var out []string
	for _, p := range s.Policies {
		out = append(out, p.Name)
	}
	return out
}

// On is the policy in force on a date.
func (s *Series) On(d Date) (*Policy, error) {
	for _, p := range s.Policies {
		if p.InForce(d) {
			return p, nil
		}
	}
	if d == NoDate {
		return nil, (&lang.Diagnostic{Code: code.NotInForce}).Say("which policy of the series `%s` is in force hangs on the date of the case, and nobody told it", s.Name)
	}
	return nil, (&lang.Diagnostic{Code: code.NotInForce}).Say("no policy of the series `%s` is in force on %s", s.Name, d)
}

func keys[T any](m map[string]T) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
