package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// priorityCycle finds a circle in who depends on whom: a rule on its defeaters and
// on its section being live, a section on its defeaters and on what it holds.
func (k *checker) priorityCycle(p *Policy) {
	if len(p.defeaters) == 0 {
		return // what sections hold is a tree
	}
	g := &dependency{p: p, state: make([]progress, 2*len(p.nodes))}
	for v := range int32(len(g.state)) {
		if cycle := g.visit(v, k.goOn); cycle != nil {
			k.reportCycle(p, cycle)
			return
		}
	}
}

// dependency walks vertices 2i (node i takes effect) and 2i+1 (section i is live). It keeps its
// own stack: rules may yield to one another in a chain as long as there are rules.
type dependency struct {
	p     *Policy
	state []progress
	stack []visited
}

type progress uint8

const (
	untouched progress = iota
	underway
	passed
)

// visited is a vertex that is under way, and what it depends on and has not been looked at.
type visited struct {
	v    int32
	rest []int32
}

func (g *dependency) next(v int32) []int32 {
	i := v / 2
	n := g.p.nodes[i]
	if v%2 == 1 || n.rule != nil {
		defeaters := g.p.defeaters[i]
		out := make([]int32, 0, len(defeaters)+1)
		for _, d := range defeaters {
			out = append(out, 2*d)
		}
		if n.parent >= 0 {
			out = append(out, 2*n.parent+1)
		}
		return out
	}
	out := make([]int32, 0, len(g.p.kids[i])+1)
	out = append(out, v+1)
	for _, c := range g.p.kids[i] {
		out = append(out, 2*c)
	}
	return out
}

// visit looks at a vertex and at all that it depends on; it gives a circle, or nil.
func (g *dependency) visit(v int32, goOn func()) []int32 {
	if g.state[v] == passed {
		return nil
	}
	for g.enter(v); len(g.stack) > 0; goOn() {
		top := &g.stack[len(g.stack)-1]
		if len(top.rest) == 0 {
			g.state[top.v] = passed
			g.stack = g.stack[:len(g.stack)-1]
			continue
		}
		u := top.rest[0]
		top.rest = top.rest[1:]
		switch g.state[u] {
		case untouched:
			g.enter(u)
		case underway:
			return g.circle(u)
		}
	}
	return nil
}

func (g *dependency) enter(v int32) {
	g.state[v] = underway
	g.stack = append(g.stack, visited{v, g.next(v)})
}

// circle is the way from a vertex that is under way back to itself.
func (g *dependency) circle(v int32) (out []int32) {
	for _, on := range g.stack {
		if len(out) > 0 || on.v == v {
			out = append(out, on.v)
		}
	}
	return append(out, v)
}

func (k *checker) reportCycle(p *Policy, cycle []int32) {
	text := ""
	last := ""
	var at *Rule
	for _, v := range cycle {
		n := p.nodes[v/2]
		label := p.label(v / 2)
		if label == last {
			continue
		}
		if text != "" {
			text += " yields to "
		}
		text += "`" + label + "`"
		last = label
		if at == nil && n.rule != nil {
			at = n.rule
		}
	}
	span := lang.Node(p.decl.Name)
	if at != nil && at.src == k.src {
		span = at.decl.Range()
	}
	k.errorf(code.PriorityCycle, span, "rules defeat one another in a circle: %s", text)
}
