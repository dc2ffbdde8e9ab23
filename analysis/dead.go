package analysis

import (
	"context"

	"github.com/ctl-lang/ctl/interp"
)

// DeadRule is a rule on which no decision ever rests on a day.
type DeadRule struct {
	Rule    *interp.Rule
	Applies bool // in some case; false: its conditions contradict each other
}

// DeadRules finds the rules of a policy on which no decision rests, whatever the
// case. Lint tells more of them, and of rules that could be left out for other reasons.
func DeadRules(ctx context.Context, p interp.Dated) (_ []DeadRule, err error) {
	defer giveUp(ctx, &err)
	g := newGraphOfConditions(ctx, []interp.Dated{p})
	care := g.keep(g.Care(p.On))
	on := g.deciding(p)
	var out []DeadRule
	for i, r := range p.Policy.Rules() {
		if !g.possible(care, on.Rules[i]) {
			out = append(out, DeadRule{r, g.possible(care, on.Applies[i])})
		}
	}
	return out, g.fail()
}
