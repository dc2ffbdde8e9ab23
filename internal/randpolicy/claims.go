package randpolicy

import (
	"fmt"
	"slices"
	"strings"
)

// claim is a random claim behind its name.
func (d *drawer) claim(p *Program) string {
	named := p.Policies
	if p.Series != "" {
		named = append(slices.Clone(named), p.Series)
	}
	under := "under " + d.several(named) + " as of " + p.AsOf + ": "
	compared := "as of " + p.AsOf + ": " + d.pick("A", p.Policies) + " %s " + d.pick("B", p.Policies)
	when := ""
	if d.chance(2) {
		when = " when " + d.cond(1)
	}
	outcomes := d.one("o0", "o1", "o2", "o0 or o1", "o1 or o2", "o0 or o1 or o2")
	swaps := d.swaps(p)
	switch k := d.upTo(6); {
	case k == 0:
		return under + "always " + outcomes + when
	case k == 1:
		return under + "never " + outcomes + when
	case k == 2:
		return under + "always decided" + when
	case k == 3:
		return fmt.Sprintf(compared, "never stricter than") + when
	case k == 4:
		return fmt.Sprintf(compared, "never looser than") + when
	case k == 5 && len(swaps) > 0:
		return under + "same decision when " + strings.Join(swaps, " and ") + when
	}
	return fmt.Sprintf(compared, d.one("same as", "same outcomes as", "requires no more than")) + when
}

// swaps exchange two values of some facts.
func (d *drawer) swaps(p *Program) []string {
	var out []string
	for _, f := range p.focus {
		head, rest, _ := strings.Cut(f.typ, " ")
		values := identities[head]
		if head == "enum" {
			values = valuesOf(rest)
		}
		if len(values) > 1 && !strings.HasPrefix(values[0], `"`) && f.within == "" && f.beside == nil {
			out = append(out, f.path+" swaps "+values[0]+", "+values[len(values)-1])
		}
	}
	return out[:min(len(out), 1+d.upTo(1))]
}
