package interp

import (
	"context"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// Space cuts the facts that some conditions read into finitely many cells, each
// of which the conditions cannot look into, and holds decision diagrams over
// them. It is what exact answers and package analysis compute with.
//
// A condition about one fact is inside the fragment: its cells are those of
// that fact. What compares two facts, looks into lists or calls functions is
// opaque: a yes/no variable of its own, and an answer that depends on one is not exact.
//
// A Space is not safe for concurrent use.
type Space struct {
	Store    *dd.Store
	ctx      context.Context // of whoever asks
	prog     *Program
	vars     []*variable
	facts    map[string]*variable // by the fact's name
	blind    map[string]*variable // opaque conditions, by their words
	atoms    map[atomKey]*atom
	done     map[atomKey]dd.Node // conditions compiled so far
	probe    *Case               // where conditions are tried on cells
	words    *wording
	budget   int
	tooLarge bool     // some facts were not cut: there are no diagrams
	first    num.Date // whose vocabulary the words are
}

// atomKey is a condition in the place and on the date where it is asked: a term's
// own conditions are asked of different things, and groups change.
type atomKey struct {
	c    cond
	self string
	on   num.Date
}

// Dated is a policy as it is on a date.
type Dated struct {
	Policy *Policy
	On     Date
}

// variable is one question of the diagrams: which cell a fact is in, whether a
// set contains an element of a class, or whether an opaque condition holds.
type variable struct {
	index   int
	name    string // of the fact; of an opaque condition its words
	attr    *Attr  // nil: the identity of a thing
	t       *Type
	set     bool  // of a set: is there an element of the class?
	blind   *atom // of an opaque condition
	aside   bool  // only constraints and claims read it
	term    *Term // of a variable that only stands for a term about self
	self    *path
	cells   []cell
	atoms   []*atom
	classes []*variable // of a set: a variable for each class of elements, this one first
}

// cell is a part of a fact's values. Of a set's variable cell 1 is yes and its
// values are the class.
type cell struct {
	values []Value // all of them where they can be listed, else one
	lo, hi *bound  // of an ordered type: the interval, nil for no bound
	none   bool    // the one value is None
	rest   bool    // of free texts: every text that is not listed
	alike  bool    // of free texts: the values stand for others that are in the same groups
	texts  *textIndex
	bases  []int // of free texts: the base values that behave alike here
}

// bound is an end of an interval.
type bound struct {
	v    Value
	open bool // the end itself is not in
}

// atom is a condition about one fact.
type atom struct {
	key  atomKey
	self *path // what the term it stands in is about; nil outside terms
	v    *variable
	yes  []bool // by base value, later by cell (of a set by class)
}

// NewSpace cuts the facts that the policies on their dates, the constraints, the
// claims and further conditions read. The budget bounds the nodes of its diagrams;
// 0 means the program's Limits.Nodes.
func NewSpace(policies []Dated, claims []*Claim, budget int, more ...*Cond) *Space {
	return newSpace(context.Background(), policies, claims, budget, more...)
}

// newSpace is NewSpace within a context. Where that is done the space is too large.
func newSpace(ctx context.Context, policies []Dated, claims []*Claim, budget int, more ...*Cond) *Space {
	if budget <= 0 {
		budget = policies[0].Policy.prog.options.Limits.Nodes
	}
	s := &Space{ctx: ctx, prog: policies[0].Policy.prog, facts: map[string]*variable{}, blind: map[string]*variable{},
		atoms: map[atomKey]*atom{}, done: map[atomKey]dd.Node{}}
	s.probe, s.first = s.prog.NewCase(), num.Date(policies[0].On)
	s.budget = budget
	g := &gatherer{s: s, terms: map[atomKey][]int{}}
	for _, p := range policies {
		g.on = num.Date(p.On)
		g.policy(p.Policy)
		for _, k := range s.prog.constraints {
			g.top(k.cond)
		}
		for _, c := range claims {
			g.claim(c)
		}
		for _, c := range more {
			g.top(c.c)
		}
	}
	g.cut()
	if !s.tooLarge {
		s.order(g.together)
		s.spare()
	}
	s.Store = dd.New(s.domains(), budget)
	s.within(ctx)
	return s
}

// within makes what the space does end when a context is done.
func (s *Space) within(ctx context.Context) {
	s.ctx = ctx
	s.Store.SetContext(ctx)
}

func (g *gatherer) policy(p *Policy) {
	g.rules = true
	defer func() { g.rules = false }()
	for _, n := range p.nodes {
		switch {
		case n.rule != nil && g.on >= n.rule.from && g.on < n.rule.until:
			for _, part := range n.rule.conditions() {
				g.top(part.c)
			}
		case n.section != nil && n.section.when != nil:
			g.top(n.section.when)
		}
	}
}

// claim reads a claim's condition, and gives the values it swaps cells of their own.
func (g *gatherer) claim(c *Claim) {
	if c.when != nil {
		g.top(c.when)
	}
	for _, w := range c.swaps {
		for _, v := range []Value{w.v, w.w} {
			g.atom(&compareCond{op: lang.Eq, x: w.path, y: &constant{v: v, t: w.path.t}}, nil)
		}
	}
}

func (s *Space) domains() []int {
	out := make([]int, len(s.vars))
	for i, v := range s.vars {
		out[i] = len(v.cells)
	}
	return out
}

// order puts variables that conditions ask together near each other.
func (s *Space) order(together [][]int) {
	order := dd.Order(together, s.domains())
	vars := make([]*variable, len(s.vars))
	for place, old := range order {
		vars[place] = s.vars[old]
	}
	for i, v := range vars {
		v.index = i
	}
	s.vars = vars
}

// gatherer finds the facts that conditions read and where they cut them.
type gatherer struct {
	s        *Space
	terms    map[atomKey][]int // the variables of terms read
	on       num.Date
	together [][]int
	now      []int // variables of the condition being read
	rules    bool  // it is of a policy
}

func (g *gatherer) top(c cond) {
	g.now = nil
	g.cond(c, nil)
	for _, i := range g.now {
		g.s.vars[i].aside = g.s.vars[i].aside && !g.rules
	}
	if len(g.now) > 1 {
		slices.Sort(g.now)
		g.together = append(g.together, slices.Compact(g.now))
	}
}

// cond reads a condition; self is what the term it stands in is about.
func (g *gatherer) cond(c cond, self *path) {
	switch c := c.(type) {
	case *allCond:
		g.conds(c.xs, self)
	case *anyCond:
		g.conds(c.xs, self)
	case *tallyCond:
		g.conds(c.xs, self)
	case *notCond:
		g.cond(c.x, self)
	case *impliesCond:
		g.conds([]cond{c.x, c.y}, self)
	case *termCond:
		if subject, ok := subjectOf(c, self); ok {
			g.term(c, subject)
		} else {
			g.atom(c, self)
		}
	case *constCond:
	default:
		g.atom(c, self)
	}
}

// term reads a term's condition, once for each thing it is asked of.
func (g *gatherer) term(c *termCond, subject *path) {
	key := atomKey{c.term.cond, selfName(subject), g.on}
	vars, read := g.terms[key]
	if !read {
		outer := g.now
		g.now = nil
		g.cond(c.term.cond, subject)
		slices.Sort(g.now)
		vars = slices.Compact(g.now)
		g.terms[key] = vars
		g.now = outer
	}
	g.now = append(g.now, vars...)
}

func (g *gatherer) conds(cs []cond, self *path) {
	for _, c := range cs {
		g.cond(c, self)
	}
}

// within is a path with the thing that a term is about put in for itself.
func (p *path) within(self *path) *path {
	if p == nil || p.root != selfRoot || self == nil {
		return p
	}
	q := *self
	q.attrs = append(slices.Clone(self.attrs), p.attrs...)
	q.t = p.t
	return &q
}

func selfName(self *path) string {
	if self == nil {
		return ""
	}
	return self.fact()
}

// atom notes a condition about one fact, or an opaque one.
func (g *gatherer) atom(c cond, self *path) {
	key := atomKey{c, selfName(self), g.on}
	a, known := g.s.atoms[key]
	if !known {
		a = &atom{key: key, self: self}
		g.s.atoms[key] = a
		g.place(a, c, self)
	}
	if a.v != nil {
		g.now = append(g.now, a.v.index)
	}
}

// place finds the variable of an atom.
func (g *gatherer) place(a *atom, c cond, self *path) {
	p, ok := fragment(c)
	if !ok {
		g.opaque(a, c)
		return
	}
	if p == nil { // no fact at all: always the same
		return
	}
	fact := p.within(self)
	name := fact.fact()
	v := g.s.facts[name]
	if v == nil {
		v = &variable{index: len(g.s.vars), name: name, t: p.t, set: p.t.basic == setType, aside: true}
		if fact.isAttr() {
			v.attr = fact.lastAttr()
		}
		g.s.facts[name] = v
		g.s.vars = append(g.s.vars, v)
	}
	a.v = v
	v.atoms = append(v.atoms, a)
}

func (g *gatherer) opaque(a *atom, c cond) {
	words := a.key.self + ": " + lang.FormatExpr(c.node()) + " " + a.key.on.String()
	v := g.s.blind[words]
	if v == nil {
		v = &variable{index: len(g.s.vars), name: lang.FormatExpr(c.node()), t: typeBool, blind: a, aside: true,
			cells: []cell{{values: []Value{Bool(false)}}, {values: []Value{Bool(true)}}}}
		g.s.blind[words] = v
		g.s.vars = append(g.s.vars, v)
	}
	a.v = v
}

// fragment says whether a condition reads at most one fact, in a way whose cells
// can be found, and gives the path to that fact.
func fragment(c cond) (*path, bool) {
	switch c := c.(type) {
	case *boolCond:
		return single(c.x)
	case *groupCond:
		return single(c.subject)
	case *hasCond:
		return single(c.path)
	case *likeCond:
		p, ok := single(c.x)
		return p, ok && (p == nil || finite(p.t))
	case *compareCond:
		return oneOf(c.x, c.y)
	case *withinCond:
		p, ok := single(c.x)
		return p, ok && fixedOperand(c.y)
	case *listedCond:
		p, ok := single(c.x)
		for _, e := range c.elems {
			ok = ok && fixedOperand(e.lo) && (e.hi == nil || fixedOperand(e.hi))
		}
		return p, ok
	case *elemCond:
		p, ok := single(c.set)
		return p, ok && p != nil && p.t.basic == setType && fixedOperand(c.x) && countable(p.t.elem)
	case *setCond:
		p, ok := single(c.set)
		ok = ok && p != nil && p.t.basic == setType && countable(p.t.elem) && c.target.set == nil
		for _, e := range c.target.elems {
			ok = ok && e.hi == nil && fixedOperand(e.lo)
		}
		return p, ok
	}
	return nil, false
}

// single is an operand that is a fact by itself, or needs none.
func single(o operand) (*path, bool) {
	switch o := o.(type) {
	case *path:
		return o, o.plain()
	case *constant, *caseDate:
		return nil, true
	}
	return nil, false
}

// plain says whether the fact's cells do not hang on other facts: it is no member
// of a list, and only its last attribute may be none.
func (p *path) plain() bool {
	if p.root == varRoot || p.t.basic == listType {
		return false
	}
	for i, a := range p.attrs {
		if a.Type.optional && i < len(p.attrs)-1 {
			return false
		}
	}
	return true
}

// oneOf is the fact of a comparison of a fact with something fixed.
func oneOf(x, y operand) (*path, bool) {
	p, pok := single(x)
	q, qok := single(y)
	switch {
	case !pok || !qok, p != nil && q != nil:
		return nil, false
	case p != nil:
		return p, p.t.basic != setType
	case q != nil:
		return q, q.t.basic != setType
	}
	return nil, true
}

func fixedOperand(o operand) bool {
	p, ok := single(o)
	return ok && p == nil
}

// finite says whether the values of a type can be listed.
func finite(t *Type) bool {
	return t.basic == boolType || t.basic == enumType || t.basic == thingType && t.kind.Ids != nil
}

// countable says whether elements of a set of the type fall into listed classes.
func countable(t *Type) bool {
	return finite(t) || t.basic == textType || t.basic == thingType && t.kind.TextIds
}
