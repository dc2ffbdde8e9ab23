package analysis

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// obliging is where a decision of a policy carries each obligation.
func (p *prover) obliging(pol *interp.Policy) map[string]dd.Node {
	b := p.policy(pol)
	if b.obliging == nil && p.err == nil {
		b.obliging = p.graph.obliging(interp.Dated{Policy: pol, On: p.on}, b.care)
	}
	return b.obliging
}

// obligations lists for each obligation how a claim that compares answers could fail
// by it; then is nil where the case with its values swapped is what is compared with.
func (p *prover) obligations(a against, now, then map[string]dd.Node) []against {
	var out []against
	for _, o := range namesOf(now, then) {
		b := a
		b.obligation, b.f, b.h = o, now[o], then[o]
		if then == nil {
			b.h = p.swapped(p.freed(now[o], a.swaps), a.swaps)
		}
		b.cases = p.and(a.care, p.apart(b.f, b.h, b.anew...))
		out = append(out, b)
	}
	return out
}

// says is whether a decision is as a leaf says: has its answer, or carries the
// obligation that is compared, or does not, whatever the facts that are not told.
func (p *prover) says(a against, l dd.Leaf, d *interp.Decision) bool {
	if a.obligation == "" {
		return d.Answer() == p.Answer(l).Name()
	}
	if l == 1 {
		return slices.Contains(d.Obligations, a.obligation)
	}
	return d.Status != interp.Undetermined && !slices.Contains(d.Obligations, a.obligation) && !slices.Contains(d.MayOblige, a.obligation)
}

// sayingWords is what a leaf says of a case, behind "should".
func (p *prover) sayingWords(a against, l dd.Leaf) string {
	switch {
	case a.obligation == "":
		return "say " + p.Answer(l).Name()
	case l == 1:
		return "require `" + a.obligation + "`"
	}
	return "not require `" + a.obligation + "`"
}

// namesOf are the keys of some maps, sorted, each once.
func namesOf[T any](maps ...map[string]T) []string {
	var out []string
	for _, m := range maps {
		for o := range m {
			out = append(out, o)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
