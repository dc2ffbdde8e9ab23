package interp

import (
	"sort"

	"github.com/ctl-lang/ctl/internal/num"
)

// UnitsOf lists the units that a fact may be given in, the shortest names first; none
// where it is no quantity.
func (p *Program) UnitsOf(fact string) []string {
	seen, ok := p.NewCase().peek(fact)
	if !ok || seen.attr == nil || seen.attr.Type.basic != numberType || seen.attr.Type.dim == "" {
		return nil
	}
	return p.unitsOf(seen.attr.Type.dim)
}

// unitsOf lists the units of a dimension, the shortest names first.
func (p *Program) unitsOf(d num.Dim) []string {
	var out []string
	for name, u := range p.units {
		if u.Dim == d {
			out = append(out, name)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if len(out[i]) != len(out[j]) {
			return len(out[i]) < len(out[j])
		}
		return out[i] < out[j]
	})
	return out
}
