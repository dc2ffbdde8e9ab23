package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// Giving is where a rule gives its outcome to a section: to the one that it stands in
// where it takes effect, to one around that where the section in between yields it.
//
// Unstable: it serves package analysis, and changes with it.
type Giving struct {
	Section *Section
	Place   int // of the rule, or of the section that it stands in, among what the section holds
	Cases   dd.Gate
}

// Giving finds out, for each of Policy.Rules, what it gives to the sections that it
// stands in, the innermost first and the policy last.
func (s *Space) Giving(circuit *dd.Circuit, p Dated) ([][]Giving, error) {
	k := &compiler{s: s, on: num.Date(p.On)}
	c := newPolicyCompiler(k, circuit, p.Policy)
	var out [][]Giving
	var walk func(in int32)
	walk = func(in int32) {
		for _, child := range p.Policy.kids[in] {
			if r := p.Policy.ruleAt(child); r != nil {
				out = append(out, c.giving(child, r))
			} else {
				walk(child)
			}
		}
	}
	walk(0)
	return out, k.err
}

// giving is what a rule gives, from the section that it stands in outwards.
func (c *policyCompiler) giving(i int32, r *Rule) (chain []Giving) {
	f := c.effect(i)
	for child, in := i, c.p.nodes[i].parent; ; child, in = in, c.p.nodes[in].parent {
		place := slices.Index(c.p.kids[in], child)
		sec := c.p.nodes[in].section
		chain = append(chain, Giving{sec, place, f})
		if in == 0 {
			return chain
		}
		f = c.circuit.And(f, c.decide(in)[r.Outcome.Index])
		for _, earlier := range c.p.kids[in][:place] {
			if sec.Mode == ByFirst {
				f = c.circuit.And(f, c.circuit.Not(c.effect(earlier)))
			}
		}
	}
}
