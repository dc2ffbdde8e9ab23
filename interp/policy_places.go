package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// SectionOf is the section in which one of Policy.Rules stands; nil where that is the
// policy itself.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) SectionOf(rule int) *Section {
	if parent := p.nodes[p.node(rule)].parent; parent > 0 {
		return p.nodes[parent].section
	}
	return nil
}

// Sections are, for each of Policy.Rules, the section that it stands in; the policy's own is one.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Sections() []*Section {
	var out []*Section
	for _, n := range p.nodes {
		if n.rule != nil {
			out = append(out, p.nodes[n.parent].section)
		}
	}
	return out
}

// node is the node of one of Policy.Rules.
func (p *Policy) node(rule int) int32 {
	for i, n := range p.nodes {
		if n.rule == nil {
			continue
		}
		if rule == 0 {
			return int32(i)
		}
		rule--
	}
	return -1
}

// DefeatedBy lists the rules, by their places among Policy.Rules, that can defeat one
// of them: by themselves or as part of a section, it or a section that it stands in.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) DefeatedBy(rule int) []int {
	var by []int32
	for i := p.node(rule); i > 0; i = p.nodes[i].parent {
		by = append(by, p.defeaters[i]...)
	}
	var out []int
	place := 0
	for i, n := range p.nodes {
		if n.rule == nil {
			continue
		}
		for j := int32(i); j > 0; j = p.nodes[j].parent {
			if slices.Contains(by, j) {
				out = append(out, place)
				break
			}
		}
		place++
	}
	return out
}

// Plain says of each of Policy.Rules whether no notwithstanding or subject to names it, or stands in it.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Plain() []bool {
	named := map[int32]bool{}
	for loser, winners := range p.defeaters {
		for _, w := range winners {
			named[loser], named[w] = true, true
		}
	}
	var out []bool
	for i, n := range p.nodes {
		if n.rule != nil {
			out = append(out, !named[int32(i)])
		}
	}
	return out
}

// LabelSite is where the rule's label stands, up to its outcome; not ok where it has none.
//
// Unstable: it serves package analysis, and changes with it.
func (r *Rule) LabelSite() (at Site, ok bool) {
	if r.decl.Label == nil {
		return Site{}, false
	}
	return Site{r.src, lang.Span{Start: r.decl.Label.Range().Start, End: r.decl.Outcome.Range().Start}}, true
}
