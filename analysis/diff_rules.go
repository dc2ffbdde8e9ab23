package analysis

import (
	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// giving are the rules that give an answer in some of the cases: those that do so
// in all of them, if there are any, else all.
func (e deciders) giving(g *graph, cases dd.Node, p interp.Possibility) []*interp.Rule {
	var all, some []*interp.Rule
	for i, r := range e.rules {
		if p.Outcome != nil && r.Outcome != p.Outcome || p.Outcome == nil && p.Status != interp.Conflict {
			continue
		}
		here := g.inside(e.on.Rules[i], cases)
		if here == dd.False {
			continue
		}
		some = append(some, r)
		if here == cases {
			all = append(all, r)
		}
	}
	if len(all) > 0 && p.Status != interp.Conflict {
		return all
	}
	return some
}
