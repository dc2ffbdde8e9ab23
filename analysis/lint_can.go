package analysis

import (
	"context"

	"github.com/ctl-lang/ctl/interp"
)

// Chance is whether a rule decides any case.
type Chance struct {
	Rule     *interp.Rule
	Policy   *interp.Policy
	Case     *interp.Case     // one that it decides, on the latest day on which there is one; nil where none is shown
	Decision *interp.Decision // of that case
	Never    bool             // there is none, on any day on which the policy is in force
	Because  string           // where neither is known: why
}

// CaseFor looks for a case that a rule of a policy decides, alone or with others, among those that
// the options say. A case is decided again before it is shown.
func CaseFor(ctx context.Context, p *interp.Policy, r *interp.Rule, opts LintOptions) (_ *Chance, err error) {
	defer giveUp(ctx, &err)
	out := &Chance{Rule: r, Policy: p, Never: true}
	l := newLinter(ctx, p.Program(), opts)
	days := p.Epochs()
	for k := len(days) - 1; k >= 0; k-- {
		n := l.inspect(p, days[k], len(days) == 1)
		for i, s := range n.rules {
			if n.err != nil || s != r {
				continue
			}
			c, words, found := n.shows(n.everywhere(), n.decide.Rules[i], r.Outcome.Name)
			switch {
			case c != nil:
				out.Case, out.Never, out.Because = c, false, ""
				out.Decision, err = p.Unobserved(ctx, c)
				return out, err
			case n.given:
				out.Never, out.Because = false, "it takes too long to find out"
			case found:
				out.Never, out.Because = false, hanging(words)
			}
		}
		if err := n.fail(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
