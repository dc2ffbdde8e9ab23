package interp

import "context"

// WhatIf is a decision beside the one with some facts changed.
type WhatIf struct {
	Before, After *Decision
	Facts         []string // that are changed, as told
	Was, Case     *Case    // the case, and with the facts changed
	Gained, Lost  []string // labels of rules that decide only after, only before
	GainedObliged []string // obligations only after
	LostObliged   []string // obligations only before
}

// Same says whether the change changes nothing of the decision.
func (w *WhatIf) Same() bool {
	return w.Before.Answer() == w.After.Answer() && len(w.Gained)+len(w.Lost)+len(w.GainedObliged)+len(w.LostObliged) == 0
}

// WhatIf decides the case as it is and with facts changed, each told as to Case.Tell. Like
// Decide it ends soon once ctx is done.
func (p *Policy) WhatIf(ctx context.Context, c *Case, facts ...string) (*WhatIf, error) {
	ctx = p.prog.watch(ctx)
	before, err := p.Unobserved(ctx, c)
	if err != nil {
		return nil, err
	}
	changed := c.Clone()
	if err := changed.Tell(facts...); err != nil {
		return nil, err
	}
	after, err := p.Unobserved(ctx, changed)
	if err != nil {
		return nil, err
	}
	w := &WhatIf{Before: before, After: after, Facts: facts, Was: c.Clone(), Case: changed}
	w.Gained, w.Lost = changes(labels(before.Rules), labels(after.Rules))
	w.GainedObliged, w.LostObliged = changes(before.Obligations, after.Obligations)
	return w, nil
}

func labels(rules []*Rule) []string {
	out := make([]string, len(rules))
	for i, r := range rules {
		out[i] = r.Label
	}
	return out
}

// changes are what only the second list has, and what only the first has.
func changes(before, after []string) (gained, lost []string) {
	for _, s := range after {
		if !containsText(before, s) {
			gained = append(gained, s)
		}
	}
	for _, s := range before {
		if !containsText(after, s) {
			lost = append(lost, s)
		}
	}
	return gained, lost
}
