package analysis

import (
	"context"

	"github.com/ctl-lang/ctl/internal/dd"
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
	g := newGraph(ctx, []interp.Dated{p}, nil)
	answers, care := g.policy(p)
	effects, applies, err := g.Effects(p)
	g.keep(dd.False, err)
	if err := g.fail(); err != nil {
		return nil, err
	}
	var out []DeadRule
	for i, r := range p.Policy.Rules() {
		if !g.meet(effects[i], answers, g.Leaf(interp.Decided, r.Outcome), g.Leaf(interp.Conflict, nil)) {
			out = append(out, DeadRule{r, g.meet(applies[i], care, 1)})
		}
	}
	return out, g.fail()
}

// meet says whether a diagram gives one of the answers in some of the cases.
func (g *graph) meet(cases, f dd.Node, answers ...dd.Leaf) bool {
	found, err := g.Store.Meets(cases, f, answers...)
	g.keep(dd.False, err)
	return found
}
