package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// pair is what an opaque comparison compares: all comparisons of the same two operands,
// whichever stands first, are questions of one variable, whose cells are these orders.
type pair struct {
	x, y   operand
	self   *path
	orders []pairOrder // by cell
}

// pairOrder is how the first operand of a pair stands to the second.
type pairOrder uint8

const (
	pairLess pairOrder = iota
	pairEqual
	pairGreater
	pairUnequal // of types without an order, and of addresses of two families
	pairAbsent  // one of them has no value
)

// opaque finds the variable of a condition into which the diagrams do not look.
func (g *gatherer) opaque(a *atom, c cond) {
	g.s.goOn(wordsWork)
	key := condWords(c, a.self)
	var p *pair
	if cmp, compares := c.(*compareCond); compares {
		p = &pair{x: cmp.x, y: cmp.y, self: a.self}
		key = pairKey(cmp, a.self)
	}
	later := g.s.meanings.of(c)
	others := later != "" || g.s.unfold.mayMislead(c)
	key += later
	if dated(c) {
		key += " " + a.key.on.String()
	}
	v := g.s.opaque[key]
	if v == nil {
		name := opaqueName(c, a.self, others)
		if g.s.meanings.names[name] { // the author's words of another one, whose values are others
			name = condWriter{a.self, true}.cond(c, 0)
		}
		g.s.meanings.names[name] = true
		v = g.s.add(&variable{name: name, t: typeBool, opaque: a, pair: p, aside: true, later: others})
		g.s.opaque[key] = v
		maybe := false
		needed(c, func(o operand) {
			absentWith(o, func(f *path) {
				if f = f.within(a.self); f.root != varRoot && f.optional() {
					maybe = true
					if f = f.present(); f.given() == nil {
						g.presence(f)
						return
					}
					h := &hasCond{path: f}
					if v.given == nil {
						v.given, v.givenOn = map[string]*hasCond{}, g.on
					}
					v.given[f.fact()] = h
					g.cond(h, nil)
				}
			})
			presenceOfMembers(o, func(h cond) {
				maybe = true
				v.valued, v.givenOn = append(v.valued, h), g.on
				g.cond(h, a.self)
			})
		})
		v.cells = v.opaqueCells(maybe)
	}
	a.v = v
}

// mayMislead says whether the author's words of a condition name a value that an amendment replaces, or
// a term that does.
func (u *unfolder) mayMislead(c cond) bool {
	switch {
	case u.reworded[c]:
		return true
	case u.versions == nil || c.node() == nil:
		return false
	}
	return slices.ContainsFunc(lang.Tokens(lang.FormatExpr(c.node())), func(t lang.Token) bool { return t.Kind == lang.TokenName && u.versions[t.Text] })
}

// opaqueName is a condition in the author's words, unless these leave out what a term is about
// or mean something else in another version.
func opaqueName(c cond, self *path, later bool) string {
	if later {
		return condWriter{self, true}.cond(c, 0)
	}
	if self == nil && c.node() != nil {
		return lang.FormatExpr(c.node())
	}
	return condWords(c, self)
}

func (v *variable) opaqueCells(maybe bool) []cell {
	if v.pair == nil {
		return []cell{{values: []Value{Bool(false)}}, {values: []Value{Bool(true)}}}
	}
	p := v.pair
	switch {
	case p.word(p.x) == p.word(p.y) && evaluates(p.x): // whatever it is, it is equal to itself
		p.orders = []pairOrder{pairEqual}
	case ordered(p.x.typ()):
		p.orders = []pairOrder{pairLess, pairEqual, pairGreater}
		if p.x.typ().scalar == addressScalar {
			p.orders = append(p.orders, pairUnequal)
		}
	default:
		p.orders = []pairOrder{pairUnequal, pairEqual}
	}
	if maybe {
		p.orders = append(p.orders, pairAbsent)
	}
	out := make([]cell, len(p.orders))
	for i, o := range p.orders {
		out[i].none = o == pairAbsent
	}
	return out
}

// evaluates says whether an operand can be evaluated whatever the case is: what is computed may not.
func evaluates(o operand) bool {
	switch o.(type) {
	case *path, *constant, *caseDate:
		return true
	}
	return false
}

// pairKey is the same for all comparisons of two operands.
func pairKey(c *compareCond, self *path) string {
	x, y := operandWords(c.x, self), operandWords(c.y, self)
	return min(x, y) + " ? " + max(x, y)
}

func (p *pair) word(o operand) string { return operandWords(o, p.self) }

// cells are those in which a comparison of the pair holds.
func (p *pair) cells(c *compareCond, self *path) []bool {
	op := c.op
	if operandWords(c.x, self) != p.word(p.x) {
		op = mirrored(op)
	}
	yes := make([]bool, len(p.orders))
	for i, o := range p.orders {
		yes[i] = o.holds(op)
	}
	return yes
}

// holds says whether a comparison holds of operands in this order.
func (o pairOrder) holds(op lang.Op) bool {
	switch op {
	case lang.Eq:
		return o == pairEqual
	case lang.Ne:
		return o != pairEqual && o != pairAbsent
	case lang.Lt:
		return o == pairLess
	case lang.Le:
		return o == pairLess || o == pairEqual
	case lang.Gt:
		return o == pairGreater
	}
	return o == pairGreater || o == pairEqual
}

// cell is the one that the values of the operands lie in.
func (p *pair) cell(s *state) int {
	x, y := p.x.value(s), p.y.value(s)
	for i, o := range p.orders {
		switch {
		case isNone(x) || isNone(y):
			if o == pairAbsent {
				return i
			}
		case x == nil || y == nil || o == pairAbsent:
		case o == pairLess && compareValues(lang.Lt, x, y) == True,
			o == pairEqual && compareValues(lang.Eq, x, y) == True,
			o == pairGreater && compareValues(lang.Gt, x, y) == True,
			o == pairUnequal && compareValues(lang.Ne, x, y) == True:
			return i
		}
	}
	return dd.Unknown
}

// pairLies says which orders the operands of a comparison are in.
func (v *variable) pairLies(cells []int) *Condition {
	p := v.pair
	in := map[pairOrder]bool{}
	for _, i := range cells {
		in[p.orders[i]] = true
	}
	if n := len(p.orders); p.orders[n-1] == pairAbsent && (in[pairAbsent] && len(in) == 1 || !in[pairAbsent] && len(in) == n-1) {
		return unless(in[pairAbsent], v.operandsThere())
	}
	for _, denied := range []bool{false, true} {
		for _, op := range []lang.Op{lang.Eq, lang.Ne, lang.Lt, lang.Le, lang.Gt, lang.Ge} {
			if slices.ContainsFunc(p.orders, func(o pairOrder) bool { return (o.holds(op) == in[o]) == denied }) {
				continue
			}
			return unless(denied, v.pairCompared(op))
		}
	}
	var ways []*Condition
	for _, o := range p.orders {
		if in[o] {
			ways = append(ways, v.pairIn(o))
		}
	}
	return oneOfThem(ways...)
}

// pairIn says that the operands of a pair are in an order.
func (v *variable) pairIn(o pairOrder) *Condition {
	switch o {
	case pairLess:
		return v.pairCompared(lang.Lt)
	case pairEqual:
		return v.pairCompared(lang.Eq)
	case pairGreater:
		return v.pairCompared(lang.Gt)
	case pairAbsent:
		return denial(v.operandsThere())
	}
	ne := v.pairCompared(lang.Ne)
	if !ordered(v.pair.x.typ()) {
		return ne
	}
	return allOf(ne, denial(v.pairCompared(lang.Lt)), denial(v.pairCompared(lang.Gt)))
}

// pairCompared is a comparison of the operands of a pair: of two facts, or opaque.
func (v *variable) pairCompared(op lang.Op) *Condition {
	p := v.pair
	x, xOne := p.x.(*path)
	y, yOne := p.y.(*path)
	if xOne && yOne && x.root != varRoot && y.root != varRoot {
		return &Condition{Op: ConditionOp(op.String()), Fact: x.within(p.self).fact(), Other: y.within(p.self).fact()}
	}
	left, right := p.word(p.x), p.word(p.y)
	if e, ok := v.opaque.key.c.node().(*lang.Binary); ok && p.self == nil && !v.later { // in the author's words
		left, right = lang.FormatExpr(e.X), lang.FormatExpr(e.Y)
	}
	return v.opaqueText(comparedWords(left, op, p.y, right))
}

// operandsThere says that the operands of an opaque condition all have values: that they stand
// in any order at all says the same, and fails where they cannot be computed.
func (v *variable) operandsThere() *Condition {
	var facts []string
	needed(v.opaque.key.c, func(o operand) {
		absentWith(o, func(f *path) {
			if f = f.within(v.opaque.self); f.root != varRoot && f.optional() {
				facts = append(facts, f.present().fact())
			}
		})
	})
	slices.Sort(facts)
	var has []*Condition
	for _, fact := range slices.Compact(facts) {
		has = append(has, &Condition{Op: OpHas, Fact: fact})
	}
	for _, h := range v.valued {
		has = append(has, v.opaqueText(condWriter{self: v.opaque.self}.cond(h, sumLevel)))
	}
	return allOf(has...)
}

// callsDeclared says whether a condition calls a function that the rules declare.
func callsDeclared(c cond) bool {
	found := false
	var onCond func(cond)
	var onOperand func(operand)
	onCond = func(c cond) { eachPart(c, onCond, onOperand) }
	onOperand = func(o operand) {
		call, is := o.(*call)
		found = found || is && call.own != nil && call.own.declared != nil
		eachOperandPart(o, onCond, onOperand)
	}
	onCond(c)
	return found
}

// dated says whether a condition depends on the date of the case.
func dated(c cond) bool {
	found := false
	var onCond func(cond)
	var onOperand func(operand)
	onCond = func(c cond) {
		switch c := c.(type) {
		case *groupCond:
			found = true
		case *setCond:
			found = found || c.target.group != nil
		case *termCond:
			onCond(c.term.cond)
		}
		if !found {
			eachPart(c, onCond, onOperand)
		}
	}
	onOperand = func(o operand) {
		switch o.(type) {
		case *caseDate, *valueOperand:
			found = true
		}
		if !found {
			eachOperandPart(o, onCond, onOperand)
		}
	}
	onCond(c)
	return found
}

// Swapped are the opaque conditions that read a fact whose values a claim swaps: once they are
// swapped, each is another question, of which nothing is known.
func (s *Space) Swapped(c *Claim) []int {
	var out []int
	for i, v := range s.vars {
		if v.opaque == nil {
			continue
		}
		read := newFactReader()
		read.cond(v.opaque.key.c, selfName(v.opaque.self))
		for _, w := range c.swaps {
			if read.names[w.path.fact()] {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// readByOpaque are the facts that opaque conditions read.
func (s *Space) readByOpaque() map[string]bool {
	read := newFactReader()
	for _, v := range s.vars {
		if v.opaque != nil {
			read.cond(v.opaque.key.c, selfName(v.opaque.self))
		}
	}
	return read.names
}

// mostFolded bounds the values of a fact that an opaque condition is evaluated for.
const mostFolded = 1_000

// knownLink is what an opaque condition about one fact comes to where the fact's cell is
// some listed values: code like "9A*" holds of "9A012".
func (k *compiler) knownLink(v *variable) dd.Node {
	fact := k.s.onlyFact(v)
	if fact == nil || callsDeclared(v.opaque.key.c) { // a case may tell what that gives
		return dd.True
	}
	f := dd.True
	for i, c := range fact.cells {
		if len(c.values) > mostFolded {
			return dd.True
		}
		if c.none || c.rest || c.alike || ordered(fact.t) && !c.point() {
			continue
		}
		cell := k.s.opaqueWith(v, fact, c.values[0])
		if k.stop(); k.err != nil {
			return dd.True
		}
		for _, val := range c.values[1:] {
			if k.s.opaqueWith(v, fact, val) != cell {
				cell = dd.Unknown
			}
		}
		if cell != dd.Unknown {
			f = k.and(f, k.implies(k.keep(k.s.Store.Literal(fact.index, []int{i})), k.keep(k.s.Store.Literal(v.index, []int{cell}))))
		}
	}
	return f
}

// point says whether a cell of an ordered type is one value.
func (c *cell) point() bool {
	return c.lo != nil && c.hi != nil && !c.lo.open && !c.hi.open && compareOrder(c.lo.v, c.hi.v) == 0
}

// onlyFact is the variable of the one fact that an opaque condition reads, by cells; nil
// where it reads others too, asks a term, or depends on the date.
func (s *Space) onlyFact(v *variable) *variable {
	var only *variable
	one := true
	var onOperand func(operand)
	onCond := func(cond) { one = false }
	onOperand = func(o operand) {
		if p, ok := o.(*path); ok {
			w := s.facts[p.within(v.opaque.self).fact()]
			one = one && w != nil && !w.set && p.root != varRoot && (only == nil || only == w)
			only = w
		}
		eachOperandPart(o, onCond, onOperand)
	}
	eachPart(v.opaque.key.c, onCond, onOperand)
	if !one || dated(v.opaque.key.c) {
		return nil
	}
	return only
}

// opaqueWith is the cell of an opaque condition where its one fact has a value.
func (s *Space) opaqueWith(v, fact *variable, val Value) int {
	f, d := s.probe.find(splitName(fact.name), spot{})
	if d != nil {
		return dd.Unknown
	}
	s.give(f, val)
	defer s.give(f, nil)
	return s.opaqueCell(v, &state{c: s.probe, date: v.opaque.key.on})
}

// opaqueCell is an opaque condition's truth in the case, as far as it is known.
func (s *Space) opaqueCell(v *variable, st *state) int {
	if self := v.opaque.self; self != nil {
		st.self, _ = self.thing(st)
		st.name = self.fact()
		defer func() { st.self, st.name = nil, "" }()
		if st.self == nil {
			return dd.Unknown
		}
	}
	if v.pair != nil {
		return v.pair.cell(st)
	}
	return truthCell(v.opaque.key.c.truth(st))
}

// callsMissing says whether a diagram hangs on a function that nobody brings.
func (s *Space) callsMissing(f dd.Node) bool {
	return slices.ContainsFunc(s.Store.Support(f), func(v int) bool {
		return s.vars[v].opaque != nil && callsDeclared(s.vars[v].opaque.key.c)
	})
}

// missingResults are the calls of functions on which an opaque condition hangs in a case: that have
// known arguments, and a result that nobody knows.
func (s *Space) missingResults(v *variable, c *Case) []missingFact {
	st := &state{ctx: s.ctx, c: c, date: v.opaque.key.on, missing: &missing{seen: map[string]bool{}}}
	s.opaqueCell(v, st)
	return slices.DeleteFunc(st.missing.facts, func(f missingFact) bool { return f.result == nil })
}

// fails says whether a diagram hangs on an opaque condition that cannot be evaluated in a
// case.
func (s *Space) fails(f dd.Node, c *Case) bool {
	st := &state{ctx: s.ctx, c: c, date: num.Date(c.Date())}
	for _, v := range s.Store.Support(f) {
		if s.vars[v].opaque != nil {
			s.opaqueCell(s.vars[v], st)
		}
	}
	return st.err != nil
}

// withoutOpaque is a diagram without the opaque conditions on which it does not
// hang in any possible case.
func (s *Space) withoutOpaque(f dd.Node) dd.Node {
	var opaque []int
	for _, v := range s.Store.Support(f) {
		if s.vars[v].opaque != nil {
			opaque = append(opaque, v)
		}
	}
	if opaque == nil {
		return f
	}
	if g, err := s.Store.Without(f, opaque...); err == nil {
		return g
	}
	return f
}

// isOpaque says whether a diagram hangs on an opaque condition.
func (s *Space) isOpaque(f dd.Node) bool {
	for _, v := range s.Store.Support(f) {
		if s.vars[v].opaque != nil {
			return true
		}
	}
	return false
}

func (s *Space) opaqueNote(f dd.Node) string {
	var words []string
	for _, v := range s.Store.Support(f) {
		if s.vars[v].opaque != nil {
			words = append(words, s.vars[v].name)
		}
	}
	return "not exact: this hangs on " + listNames(words) + ", into which the analysis cannot look"
}
