package interp

import (
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
	Cases   dd.Node
}

// Giving finds out, for each of Policy.Rules, what it gives to the sections that it
// stands in, the innermost first and the policy last.
func (s *Space) Giving(p Dated) ([][]Giving, error) {
	k := &compiler{s: s, on: num.Date(p.On)}
	c := newPolicyCompiler(k, p.Policy)
	var out [][]Giving
	for i, n := range p.Policy.nodes {
		if n.rule == nil {
			continue
		}
		var chain []Giving
		f := c.effect(int32(i))
		for child, in := int32(i), n.parent; ; child, in = in, p.Policy.nodes[in].parent {
			place := 0
			for p.Policy.kids[in][place] != child {
				place++
			}
			sec := p.Policy.nodes[in].section
			chain = append(chain, Giving{sec, place, f})
			if in == 0 {
				break
			}
			f = k.and(f, c.decide(in)[n.rule.Outcome.Index])
			for _, earlier := range p.Policy.kids[in][:place] {
				if sec.Mode == ByFirst {
					f = k.keep(s.Store.Diff(f, c.effect(earlier)))
				}
			}
		}
		out = append(out, chain)
	}
	return out, k.err
}
