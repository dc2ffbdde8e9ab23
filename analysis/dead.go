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
func DeadRules(ctx context.Context, p interp.Dated, budget int) (_ []DeadRule, err error) {
	defer giveUp(ctx, &err)
	g := newGraph(ctx, budget, []interp.Dated{p}, nil)
	answers, care := g.policy(p)
	effects, applies, err := g.Effects(p)
	g.keep(dd.False, err)
	if err := g.fail(); err != nil {
		return nil, err
	}
	var out []DeadRule
	saying := map[*interp.Outcome]dd.Node{}
	for i, r := range p.Policy.Rules() {
		f, known := saying[r.Outcome]
		if !known {
			f = g.or(g.is(answers, g.Leaf(interp.Decided, r.Outcome)), g.is(answers, g.Leaf(interp.Conflict, nil)))
			saying[r.Outcome] = f
		}
		if g.meet(effects[i], f) {
			continue
		}
		out = append(out, DeadRule{r, g.meet(applies[i], care)})
	}
	return out, g.fail()
}

// meet says whether two sets of cases have one in common.
func (g *graph) meet(f, h dd.Node) bool { return g.and(f, h) != dd.False }
