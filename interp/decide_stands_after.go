package interp

import "slices"

// StandsAfter says of a rule that applied and did not prevail what decided before it,
// because it stands first in what decides by first: labels of rules, or the name of a
// section whose otherwise decided. There are none where the outcomes' rank settled it.
func (d *Decision) StandsAfter(r *Rule) []string {
	p := d.Policy
	i := int32(slices.IndexFunc(p.nodes, func(n node) bool { return n.rule == r }))
	for i > 0 {
		parent := p.nodes[i].parent
		if p.nodes[parent].section.Mode == ByFirst {
			for _, earlier := range p.kids[parent] {
				if earlier == i {
					break
				}
				if by := d.decidedBy(earlier); len(by) > 0 {
					return by
				}
			}
		}
		i = parent
	}
	return nil
}

// decidedBy are the deciding rules at or within a node, or else the section at or
// within it whose otherwise decided.
func (d *Decision) decidedBy(i int32) []string {
	n := d.Policy.nodes[i]
	if n.rule != nil {
		if slices.Contains(d.Rules, n.rule) {
			return []string{n.rule.Label}
		}
		return nil
	}
	var by []string
	for _, kid := range d.Policy.kids[i] {
		by = append(by, d.decidedBy(kid)...)
	}
	if len(by) == 0 && d.Otherwise != nil && n.section.Otherwise == d.Otherwise {
		by = []string{n.section.Name}
	}
	return by
}
