package analysis

import (
	"context"
	"fmt"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// graph is a space in which the first error sticks: after it every diagram is
// False, and whoever asked looks at err once, at the end.
type graph struct {
	*interp.Space
	circuit *dd.Circuit // of what policies say
	ctx     context.Context
	err     error
}

func newGraph(ctx context.Context, policies []interp.Dated, claims []*interp.Claim, more ...*interp.Cond) *graph {
	return graphOver(ctx, interp.NewSpace(ctx, policies, claims, policies[0].Policy.Program().Limits().AnalysisNodes, more...), policies)
}

// newGraphOfConditions is newGraph for those who make no diagrams of whole policies.
func newGraphOfConditions(ctx context.Context, policies []interp.Dated, more ...*interp.Cond) *graph {
	return graphOver(ctx, interp.NewSpaceOfConditions(ctx, policies, policies[0].Policy.Program().Limits().AnalysisNodes, more...), policies)
}

func graphOver(ctx context.Context, s *interp.Space, policies []interp.Dated) *graph {
	g := &graph{Space: s, circuit: s.Store.NewCircuit(), ctx: ctx}
	for _, p := range policies {
		if p.On == interp.NoDate {
			g.err = fmt.Errorf("%s is looked at on a day, and none is given", p.Policy.Name)
		}
	}
	g.Store.SetContext(ctx)
	return g
}

// giveUp makes a result that came to its end after ctx was done the context's error:
// diagrams that were not made any more are False in it.
func giveUp(ctx context.Context, err *error) {
	if done := ctx.Err(); done != nil {
		*err = done
	}
}

// fail is the error met so far, in words about the budget where that is what it is about.
func (g *graph) fail() error {
	if g.err == nil {
		return nil
	}
	return tooLarge(g.err)
}

func (g *graph) keep(f dd.Node, err error) dd.Node {
	if err != nil {
		if g.err == nil {
			g.err = err
		}
		return dd.False
	}
	return f
}

func (g *graph) and(f, h dd.Node) dd.Node  { return g.keep(g.Store.And(f, h)) }
func (g *graph) or(f, h dd.Node) dd.Node   { return g.keep(g.Store.Or(f, h)) }
func (g *graph) not(f dd.Node) dd.Node     { return g.keep(g.Store.Not(f)) }
func (g *graph) diff(f, h dd.Node) dd.Node { return g.keep(g.Store.Diff(f, h)) }

func (g *graph) is(f dd.Node, l dd.Leaf) dd.Node { return g.keep(g.Store.Is(f, l)) }

func (g *graph) exists(f dd.Node, vars []int) dd.Node {
	if len(vars) == 0 {
		return f
	}
	return g.keep(g.Store.Exists(f, vars...))
}

func (g *graph) forall(f dd.Node, vars []int) dd.Node {
	if len(vars) == 0 {
		return f
	}
	return g.keep(g.Store.Forall(f, vars...))
}

// policy is the diagram of a policy's answers and of what its constraints allow.
func (g *graph) policy(p interp.Dated) (answers, care dd.Node) {
	answers, care, err := g.Space.Policy(p)
	g.keep(answers, err)
	return answers, care
}

// opaque lists the variables of a diagram that stand for conditions it cannot look into.
func (g *graph) opaque(fs ...dd.Node) []int {
	var out []int
	seen := map[int]bool{}
	for _, f := range fs {
		for _, v := range g.Store.Support(f) {
			if g.Opaque(v) && !seen[v] {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}

// leaves are the answers of a diagram, in the outcomes' order.
func (g *graph) leaves(f dd.Node) []dd.Leaf { return g.Store.Leaves(f) }

// deciding is what the decisions of a policy are and rest on.
func (g *graph) deciding(p interp.Dated) *interp.Deciding {
	out, err := g.Deciding(g.circuit, p)
	g.keep(dd.False, err)
	if err != nil {
		n, leaves := len(p.Policy.Rules()), len(p.Policy.Program().Outcomes())+2
		return &interp.Deciding{Answers: make([]dd.Gate, leaves), Applies: make([]dd.Gate, n), Effects: make([]dd.Gate, n), Rules: make([]dd.Gate, n)}
	}
	return out
}

// inside is the diagram of some cases in which a gate holds.
func (g *graph) inside(gate dd.Gate, cases dd.Node) dd.Node {
	return g.keep(g.circuit.Within(gate, cases))
}

// obliging is where, of some cases, a decision of a policy carries each obligation.
func (g *graph) obliging(p interp.Dated, cases dd.Node) map[string]dd.Node {
	out := map[string]dd.Node{}
	for o, gate := range g.deciding(p).Obliging {
		out[o] = g.inside(gate, cases)
	}
	return out
}

// possible says whether a gate holds in some of the cases.
func (g *graph) possible(cases dd.Node, gate dd.Gate) bool {
	_, found, err := g.circuit.Find(g.circuit.And(g.circuit.Leaf(cases), gate), 0)
	g.keep(dd.False, err)
	return found
}

// meet says whether a diagram gives one of the answers in some of the cases.
func (g *graph) meet(cases, f dd.Node, answers ...dd.Leaf) bool {
	found, err := g.Store.Meets(cases, f, answers...)
	g.keep(dd.False, err)
	return found
}
