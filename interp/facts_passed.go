package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// passesOver says whether what data tells under a name is passed over, and tells
// Options.PassedOver of it. D is why there is no such fact: one that is near another, or that
// has a name which is declared elsewhere, stays a mistake.
func (p *Program) passesOver(name, full string, d *lang.Diagnostic, at spot) bool {
	if p.options.PassedOver == nil || d.Code != code.UnknownFact || d.Fix != nil || at.spell.spent(0, 0) || strings.ContainsAny(name, ".(") || p.declared()[plainName(name)] {
		return false
	}
	p.options.PassedOver(full)
	return true
}

// plainName is a name without capitals, underscores and hyphens: strongControls is strong_controls.
func plainName(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// declaredNames are the plain names of all that a case can tell, and those by which a date may be meant.
func (p *Program) declaredNames() map[string]bool {
	names := map[string]bool{"asof": true, "today": true, "date": true}
	for _, r := range p.roles {
		names[plainName(r.Name)], names[plainName(r.Prep)] = true, true
	}
	for _, k := range append([]*Kind{p.whole}, p.order.kinds...) {
		for _, a := range k.Attrs {
			names[plainName(a.Name)] = true
		}
	}
	return names
}
