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
// opaque: a variable of its own, and an answer that depends on one is not exact.
// If a thing is absent, so are its attributes; care excludes cells that disagree about
// that (space_presence.go).
//
// A Space is not safe for concurrent use.
//
// Unstable: it serves package analysis, and changes with it.
type Space struct {
	Store        *dd.Store
	ctx          context.Context // of whoever asks
	prog         *Program
	vars         []*variable
	facts        map[string]*variable // by the fact's name
	there        map[string]*variable // whether there is a thing, a set or a list, by its name
	opaque       map[string]*variable // opaque conditions, by what they ask
	meanings     *meanings
	atoms        map[atomKey]*atom
	done         map[atomKey]dd.Node // conditions compiled so far
	unfold       *unfolder           // of conditions into which diagrams look only when they are written out
	screened     []screenedRole      // conditions on membership in screened groups of this version of the rules
	otherScreens bool                // there are some on those of another version
	probe        *Case               // where conditions are tried on cells
	words        *wording
	work         int // in making it, see goOn
	look         int
	made         bool
	budget       int
	patternWork  int      // that automata may still take
	tooLarge     bool     // some facts were not cut: there are no diagrams
	first        num.Date // whose vocabulary the words are
}

// atomKey is a condition in the place and on the date where it is asked: a term's
// own conditions are asked of different things, and groups change.
type atomKey struct {
	c    cond
	self string
	on   num.Date
}

// Dated is a policy as it is on a date.
//
// Unstable: it serves package analysis, and changes with it.
type Dated struct {
	Policy *Policy
	On     Date
}

// variable is one question of the diagrams: which cell a fact is in, whether a set
// contains an element of a class, whether there is a thing, a set or a list at all,
// or what an opaque condition comes to.
type variable struct {
	index    int
	name     string // of the fact; of an opaque condition its words
	fact     *path  // nil: of an opaque condition or a term
	attr     *Attr  // nil: the identity of a thing
	t        *Type
	optional bool // one of the cells is that there is none
	presence bool // is there one? Its cells are no and yes
	set      bool // of a set: is there an element of the class?
	opaque   *atom
	given    map[string]*hasCond // of an opaque condition, by path: whether a file has a value that it needs
	givenOn  num.Date            // when these were taken in
	valued   []cond              // that hold where what is computed of lists has a value
	later    bool                // of an opaque condition: its words mean something else in the version met first
	pair     *pair               // of an opaque comparison: which order its cells say
	aside    bool                // only constraints and claims read it
	term     *Term               // of a variable that only stands for a term about self,
	group    *Group              // or for membership in a screened group
	self     *path
	cells    []cell
	ways     map[string]int // of moments of which what is asked comes again: the cells by what holds in them
	patterns *patterns      // of texts: what they are asked besides
	atoms    []*atom
	classes  []*variable // of a set's first variable: one for each class of elements
	first    *variable   // of a set's further variables, its first
}

// cell is a part of a fact's values. Of a set's variable cell 1 is yes and its
// values are the class.
type cell struct {
	values []Value    // all of them where they can be listed, else one
	lo, hi *bound     // of an ordered type: the interval, nil for no bound
	spread []interval // of addresses: all of the intervals, in order
	none   bool       // the one value is None
	rest   bool       // of free texts: every text that is not listed
	alike  bool       // of free texts: the values stand for others that are in the same groups
	texts  *textIndex
	bases  []int // of free texts: the base values that behave alike here
}

// bound is an end of an interval.
type bound struct {
	v    Value
	open bool // the end itself is not in
}

// memoryOfAtom is how many bytes a condition about one fact takes, about.
const memoryOfAtom = 512

// atom is a condition about one fact.
type atom struct {
	key  atomKey
	self *path // what the term it stands in is about; nil outside terms
	v    *variable
	yes  []bool // by base value, later by cell (of a set by class)
}

// gatherer finds the facts that conditions read and where they cut them.
type gatherer struct {
	s        *Space
	terms    map[atomKey][]int // the variables of terms read
	on       num.Date
	together [][]int
	orders   [][]int // of the variables, the likeliest first
	now      []int   // variables of the condition being read
	rules    bool    // it is of a policy
}

// NewSpace cuts the facts that the policies on their dates, the constraints, the
// claims and further conditions read. The budget bounds the nodes of its diagrams.
// Where the context is done before, the space is too large, and says nothing.
//
// Unstable: it serves package analysis, and changes with it.
func NewSpace(ctx context.Context, policies []Dated, claims []*Claim, budget int, more ...*Cond) *Space {
	s, orders := cutSpace(ctx, policies, claims, budget, more)
	s.arrange(orders, policies)
	return s
}

// NewSpaceOfConditions is NewSpace for those who make no diagrams of whole policies, and need no order
// of the facts in which these are small.
//
// Unstable: it serves package analysis, and changes with it.
func NewSpaceOfConditions(ctx context.Context, policies []Dated, budget int, more ...*Cond) *Space {
	s, orders := cutSpace(ctx, policies, nil, budget, more)
	s.arrange(orders[:min(len(orders), 1)], nil)
	return s
}

// cutSpace is a space without a store, and the orders that its variables may have.
func cutSpace(ctx context.Context, policies []Dated, claims []*Claim, budget int, more []*Cond) (*Space, [][]int) {
	s := &Space{ctx: ctx, prog: policies[0].Policy.prog, facts: map[string]*variable{}, there: map[string]*variable{}, opaque: map[string]*variable{}, meanings: newMeanings(),
		atoms: map[atomKey]*atom{}, done: map[atomKey]dd.Node{}}
	s.unfold = newUnfolder(s.prog, true)
	for _, d := range policies {
		for name := range d.Policy.values {
			if s.unfold.versions == nil {
				s.unfold.versions = map[string]bool{}
			}
			s.unfold.versions[name] = true
		}
	}
	s.probe, s.first = s.prog.NewCase(), num.Date(policies[0].On)
	s.budget, s.patternWork = budget, s.prog.options.Limits.AnalysisNodes
	g := &gatherer{s: s, terms: map[atomKey][]int{}}
	g.read(policies, claims, more)
	return s, g.orders
}

// read finds the variables, their cells and their order, as far as it gets.
func (g *gatherer) read(policies []Dated, claims []*Claim, more []*Cond) {
	s, whole := g.s, false
	defer func() {
		if s.made = true; !whole {
			s.tooLarge = true
			for _, v := range s.vars {
				v.cells = []cell{{}}
			}
		}
	}()
	defer catch()
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
		g.orders = dd.Orders(g.together, s.domains(), s.goOn)
		s.spare()
		s.spareGroups()
	}
	whole = true
}

// goOn counts work in making a space, and ends it where the context is done.
func (s *Space) goOn(work int) {
	const atOnce = 1 << 11
	if s.work += work; s.work > s.look && !s.made {
		s.look = s.work + atOnce
		if s.ctx.Err() != nil {
			panic(abandoned{})
		}
	}
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
			for _, cl := range n.rule.clauses() {
				g.top(cl.c)
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
	g.s.goOn(1)
	if in, ok := c.(*groupCond); ok && len(in.group.screens) > 0 {
		g.screened(in, self)
	}
	switch c := g.s.unfold.of(c, g.on).(type) {
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
	case *deniedCond:
		g.cond(c.rel, self)
		for _, h := range c.has {
			g.cond(h, self)
		}
	case *hasCond:
		g.present(c.path.within(self))
	case *termCond:
		subject, ok := c.about(self)
		if !ok {
			g.atom(c, self)
			return
		}
		g.present(subject)
		g.term(c, subject)
	case *constCond:
	default:
		g.atom(c, self)
	}
}

// about is what a term is asked of; not ok of a member of a list.
func (c *termCond) about(self *path) (*path, bool) {
	subject := c.subject.within(self)
	return subject, subject == nil || subject.root != varRoot
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
		if len(g.s.atoms)*memoryOfAtom > g.s.prog.options.Limits.Memory {
			panic(abandoned{})
		}
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
	a.v = g.fact(p.within(self))
	a.v.atoms = append(a.v.atoms, a)
}

// fact is the variable of a fact that has cells.
func (g *gatherer) fact(p *path) *variable {
	name := p.fact()
	v := g.s.facts[name]
	if v == nil {
		set := p.t.basic == setType
		v = g.s.add(&variable{name: name, fact: p, t: p.t, set: set, optional: p.optional() && !set, aside: true})
		g.s.facts[name] = v
		g.linked(p)
	}
	return v
}

// add takes in a variable.
func (s *Space) add(v *variable) *variable {
	v.index = len(s.vars)
	if v.fact != nil && v.fact.isAttr() {
		v.attr = v.fact.lastAttr()
	}
	s.vars = append(s.vars, v)
	return v
}
