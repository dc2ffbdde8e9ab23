package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
)

// policyCompiler derives what a policy says, as gates of a circuit over the diagrams of its
// conditions: the same walk as evaluation, over gates instead of truth values.
type policyCompiler struct {
	*compiler
	circuit *dd.Circuit
	p       *Policy
	effects map[int32]dd.Gate
	lives   map[int32]dd.Gate
	decided map[int32][]dd.Gate
}

func newPolicyCompiler(k *compiler, circuit *dd.Circuit, p *Policy) *policyCompiler {
	return &policyCompiler{compiler: k, circuit: circuit, p: p, effects: map[int32]dd.Gate{}, lives: map[int32]dd.Gate{}, decided: map[int32][]dd.Gate{}}
}

// diagram is the diagram of a gate.
func (c *policyCompiler) diagram(g dd.Gate) dd.Node {
	if c.err != nil {
		return dd.False
	}
	return c.keep(c.circuit.Within(g, dd.True))
}

// policy is the diagram of a policy's answers; Impossible outside care.
func (k *compiler) policy(p *Policy, care dd.Node) dd.Node {
	c := newPolicyCompiler(k, k.s.Store.NewCircuit(), p)
	if k.s.oneChain() {
		return c.inOrder(care)
	}
	return k.keep(k.s.Store.Ite(care, c.anyRanks(), k.impossible()))
}

// oneChain says whether all outcomes rank, so that no answer is a conflict.
func (s *Space) oneChain() bool {
	for _, o := range s.prog.outcomes {
		if o.Chain != 0 {
			return false
		}
	}
	return true
}

// inOrder takes the rules from the one that prevails over all others on, each only
// where those before it left the answer open.
func (c *policyCompiler) inOrder(care dd.Node) dd.Node {
	root := c.p.root
	var rules []dd.Rule
	for _, child := range c.p.kids[0] {
		if r := c.p.ruleAt(child); r != nil {
			rules = append(rules, dd.Rule{Guard: c.diagram(c.effect(child)), Leaf: c.s.leafOf(r.Outcome)})
			continue
		}
		for o, f := range c.decide(child) {
			rules = append(rules, dd.Rule{Guard: c.diagram(f), Leaf: dd.Leaf(o)})
		}
	}
	switch root.Mode {
	case ByStrictest:
		slices.SortStableFunc(rules, func(a, b dd.Rule) int { return int(a.Leaf - b.Leaf) })
	case ByLoosest:
		slices.SortStableFunc(rules, func(a, b dd.Rule) int { return int(b.Leaf - a.Leaf) })
	}
	otherwise := c.s.undecided()
	switch {
	case root.Otherwise != nil && root.when != nil:
		rules = append(rules, dd.Rule{Guard: c.diagram(c.live(0)), Leaf: c.s.leafOf(root.Otherwise.Outcome)})
	case root.Otherwise != nil:
		otherwise = c.s.leafOf(root.Otherwise.Outcome)
	}
	if c.err != nil {
		return dd.False
	}
	return c.keep(c.s.Store.Build(rules, otherwise, care))
}

// anyRanks is the diagram of a policy whose outcomes do not all rank.
func (c *policyCompiler) anyRanks() dd.Node {
	k := c.compiler
	f := k.keep(k.s.Store.Leaf(k.s.undecided()))
	said := dd.False
	for o, g := range c.decide(0) {
		y := c.diagram(g)
		f = k.keep(k.s.Store.Ite(y, k.keep(k.s.Store.Leaf(dd.Leaf(o))), f))
		if both := k.and(y, said); both != dd.False {
			f = k.keep(k.s.Store.Ite(both, k.keep(k.s.Store.Leaf(k.s.conflict())), f))
		}
		said = k.or(said, y)
	}
	return f
}

// answers are where a policy gives each answer, by its leaf: the outcomes, undecided and conflict.
func (c *policyCompiler) answers() []dd.Gate {
	yields := c.decide(0)
	conflict := dd.No
	if !c.s.oneChain() {
		for i, y := range yields {
			for _, z := range yields[:i] {
				conflict = c.circuit.Or(conflict, c.circuit.And(y, z))
			}
		}
	}
	var out []dd.Gate
	for _, y := range yields {
		out = append(out, c.circuit.And(y, c.circuit.Not(conflict)))
	}
	return append(out, c.circuit.Not(c.circuit.Or(yields...)), conflict)
}

// applies is where the conditions of a rule hold, on a day on which it is in force.
func (k *compiler) applies(r *Rule) dd.Node {
	if k.on < r.from || k.on >= r.until {
		return dd.False
	}
	f := dd.True
	for _, cl := range r.clauses() {
		g := k.cond(cl.c, nil)
		if cl.kind == ClauseUnless {
			g = k.not(g)
		}
		f = k.and(f, g)
	}
	return f
}

func (c *policyCompiler) undefeated(i int32) dd.Gate {
	var fs []dd.Gate
	for _, d := range c.p.defeaters[i] {
		fs = append(fs, c.circuit.Not(c.effect(d)))
	}
	return c.circuit.And(fs...)
}

// effect is where a rule takes effect, or a section says anything.
func (c *policyCompiler) effect(i int32) dd.Gate {
	if f, done := c.effects[i]; done || c.err != nil {
		return f
	}
	f := dd.No
	if r := c.p.ruleAt(i); r != nil {
		if applies := c.applies(r); applies != dd.False {
			f = c.circuit.And(c.circuit.Leaf(applies), c.live(c.p.nodes[i].parent), c.undefeated(i))
		}
	} else {
		f = c.circuit.Or(c.decide(i)...)
	}
	c.effects[i] = f
	return f
}

// live is where a section may speak.
func (c *policyCompiler) live(i int32) dd.Gate {
	if f, done := c.lives[i]; done || c.err != nil {
		return f
	}
	n := c.p.nodes[i]
	f := dd.Yes
	if n.section.when != nil {
		f = c.circuit.Leaf(c.cond(n.section.when, nil))
	}
	if n.parent >= 0 {
		f = c.circuit.And(f, c.live(n.parent), c.undefeated(i))
	}
	c.lives[i] = f
	return f
}

// decide is where a section gives each outcome.
func (c *policyCompiler) decide(i int32) []dd.Gate {
	if out, done := c.decided[i]; done {
		return out
	}
	sec := c.p.nodes[i].section
	var out []dd.Gate
	if sec.Mode == ByFirst {
		out = c.first(i)
	} else {
		out = c.ranked(i)
	}
	c.decided[i] = out
	return out
}

func (c *policyCompiler) beats(m Mode, q, o int) bool {
	a, b := c.s.prog.outcomes[q], c.s.prog.outcomes[o]
	if m == ByLoosest {
		a, b = b, a
	}
	return a.StricterThan(b)
}

// first is where a section gives each outcome in which the first rule decides: from the last one
// on, each decides where it takes effect, and elsewhere what comes behind it.
func (c *policyCompiler) first(i int32) []dd.Gate {
	out := make([]dd.Gate, len(c.s.prog.outcomes))
	if o := c.p.nodes[i].section.Otherwise; o != nil {
		out[o.Outcome.Index] = c.live(i)
	}
	for _, child := range slices.Backward(c.p.kids[i]) {
		f, given := c.effect(child), []dd.Gate(nil)
		if r := c.p.ruleAt(child); r == nil {
			given = c.decide(child)
		} else if f == dd.No {
			continue
		}
		for o, g := range out {
			out[o] = c.circuit.And(c.circuit.Not(f), g)
			switch r := c.p.ruleAt(child); {
			case r == nil:
				out[o] = c.circuit.Or(given[o], out[o])
			case r.Outcome.Index == o:
				out[o] = c.circuit.Or(f, g)
			}
		}
	}
	return out
}

// ranked is where a section gives each outcome in which the rank of the outcomes decides.
func (c *policyCompiler) ranked(i int32) []dd.Gate {
	sec := c.p.nodes[i].section
	parts := make([][]dd.Gate, len(c.s.prog.outcomes))
	for _, child := range c.p.kids[i] {
		if r := c.p.ruleAt(child); r != nil {
			parts[r.Outcome.Index] = append(parts[r.Outcome.Index], c.effect(child))
			continue
		}
		for o, f := range c.decide(child) {
			parts[o] = append(parts[o], f)
		}
	}
	given := make([]dd.Gate, len(parts))
	for o, fs := range parts {
		given[o] = c.circuit.Or(fs...)
	}
	out := make([]dd.Gate, len(given))
	for o, f := range given {
		var over, rest []dd.Gate // what beats it is not given; what else is
		for q, g := range given {
			switch {
			case c.beats(sec.Mode, q, o):
				over = append(over, c.circuit.Not(g))
			case q != o:
				rest = append(rest, g)
			}
		}
		if sec.Otherwise != nil && sec.Otherwise.Outcome.Index == o { // said where nothing is given, it adds the cases in which nothing else is
			f = c.circuit.Or(f, c.circuit.And(c.circuit.Not(c.circuit.Or(rest...)), c.live(i)))
		}
		out[o] = c.circuit.And(append(over, f)...)
	}
	return out
}
