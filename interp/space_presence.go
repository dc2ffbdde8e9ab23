package interp

import "github.com/ctl-lang/ctl/internal/dd"

// What there is none of, nothing can be said of: where an optional thing is none, so are
// its attributes; a set that is none has no elements; and every comparison with none is
// false. An optional fact with values has a cell for none. Of an optional thing, set or
// list a variable of its own says whether there is one. links holds all of these together.

// valued says whether a fact of the type has cells, of which one may be none.
func valued(t *Type) bool {
	return t.basic != setType && t.basic != listType && (t.basic != thingType || t.kind.Identified())
}

// present notes that a condition asks whether a path leads to something.
func (g *gatherer) present(p *path) {
	if p == nil || p.root == varRoot {
		return
	}
	if q := p.present(); q != nil {
		g.now = append(g.now, g.presence(q).index)
	}
}

// presence is the variable that says whether the optional last attribute of a path leads
// to something.
func (g *gatherer) presence(p *path) *variable {
	if valued(p.t) && p.t.basic != thingType {
		return g.fact(p)
	}
	name := p.fact()
	v := g.s.there[name]
	if v == nil {
		v = g.s.add(&variable{name: name, fact: p, t: typeBool, presence: true, aside: true,
			cells: []cell{{values: []Value{Bool(false)}}, {values: []Value{Bool(true)}}}})
		g.s.there[name] = v
		g.linked(p)
	}
	return v
}

// linked takes in the variables on which it hangs whether there is a fact.
func (g *gatherer) linked(p *path) {
	if q := p.present(); q != nil {
		g.presence(q)
	}
	if q := p.owner(); q != nil {
		g.presence(q)
	}
}

// absent is the cell that says that there is none.
func (v *variable) absent() int {
	if v.presence {
		return 0
	}
	for i, c := range v.cells {
		if c.none {
			return i
		}
	}
	return -1
}

// present is the diagram of whether a path leads to something.
func (k *compiler) present(p *path) dd.Node {
	if p == nil || p.root == varRoot {
		return dd.True
	}
	q := p.present()
	if q == nil {
		return dd.True
	}
	v := k.s.there[q.fact()]
	if v == nil {
		v = k.s.facts[q.fact()]
	}
	if v == nil {
		return k.keep(dd.False, k.unread("has "+q.fact()))
	}
	return k.not(k.none(v))
}

func (k *compiler) none(v *variable) dd.Node {
	return k.keep(k.s.Store.Literal(v.index, []int{v.absent()}))
}

// links is the diagram of the cells that can go together.
func (k *compiler) links() dd.Node {
	f := dd.True
	for _, v := range k.s.vars {
		if k.stop(); k.err != nil {
			break
		}
		if v.attr.toldBeside() {
			f = k.and(f, k.givenLink(v))
		}
		switch {
		case v.term != nil:
		case v.opaque != nil:
			f = k.and(f, k.opaqueLink(v))
		case v.set:
			f = k.and(f, k.implies(k.literal(v, []bool{false, true}), k.present(v.fact)))
		case v.presence:
			f = k.and(f, k.implies(k.not(k.none(v)), k.present(v.fact.owner())))
		case !v.optional:
		case v.fact.present().fact() != v.name || v.t.basic == thingType: // there is one if there is the thing
			f = k.and(f, k.equal(k.none(v), k.not(k.present(v.fact))))
		default:
			f = k.and(f, k.implies(k.not(k.none(v)), k.present(v.fact.owner())))
		}
	}
	return k.and(f, k.resultLinks())
}

func (k *compiler) implies(f, g dd.Node) dd.Node { return k.or(k.not(f), g) }

func (k *compiler) equal(f, g dd.Node) dd.Node { return k.keep(k.s.Store.Ite(f, g, k.not(g))) }

// opaqueLink is what an opaque condition has to do with whether its operands have values.
func (k *compiler) opaqueLink(v *variable) dd.Node {
	all := dd.True
	needed(v.opaque.key.c, func(o operand) {
		absentWith(o, func(p *path) {
			p = p.within(v.opaque.self)
			q := p.present()
			if q == nil || v.given[q.fact()] == nil {
				all = k.and(all, k.present(p))
				return
			}
			then := *k
			then.on = v.givenOn // of what files say it makes no difference
			all = then.and(all, then.cond(v.given[q.fact()], nil))
			k.err = then.err
		})
	})
	for _, h := range v.valued {
		then := *k
		then.on = v.givenOn
		all = then.and(all, then.cond(h, v.opaque.self))
		k.err = then.err
	}
	f := k.knownLink(v)
	switch {
	case all == dd.True:
		return f
	case v.pair != nil:
		return k.and(f, k.equal(k.none(v), k.not(all)))
	}
	return k.and(f, k.implies(k.literal(v, []bool{false, true}), all))
}

// defaults is the diagram of what a case leaves of facts that have a default and are not
// told, of things of which it is not known whether there is one, or which: if there is, the default.
func (k *compiler) defaults(c *Case, point []int) dd.Node {
	f := dd.True
	for i, v := range k.s.vars {
		if point[i] == dd.Unknown && !v.presence && v.attr.toldBeside() && v.attr.Default != nil {
			f = k.and(f, k.givenDefault(v))
			continue
		}
		if point[i] != dd.Unknown || v.fact == nil || v.presence || v.attr == nil || v.attr.Default == nil || v.fact.owner() == nil {
			continue
		}
		if told, _ := c.peek(v.name); told.v != nil {
			continue
		}
		cell := k.s.cellWith(v, v.attr.Default)
		if cell == dd.Unknown {
			continue
		}
		f = k.and(f, k.implies(k.present(v.fact.owner()), k.keep(k.s.Store.Literal(i, []int{cell}))))
	}
	return f
}
