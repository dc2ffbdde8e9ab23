package interp

import (
	"context"
	"errors"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/lang"
)

// mostTries bounds the search for completions where a policy is too large for a diagram.
const mostTries = 2_000

// search narrows the answers that the reference evaluator leaves open by trying
// completions of the case, a fact at a time, until each answer has been seen or
// every way has been tried. What it gives up on stays possible.
func (e *evaluation) search(d *Decision, l *cachedDiagram) error {
	q := &searcher{ctx: e.s.ctx, p: e.p, s: l.space, want: len(d.Possible), seen: map[possibleAnswer]bool{}, left: mostTries, opaque: l.space.readByOpaque()}
	if e.s.err != nil { // whether an answer hangs on what cannot be evaluated, only all completions tell
		q.want++
	}
	whole := q.try(e.s.c.Clone())
	if q.ctx.Err() != nil {
		return stopped(q.ctx)
	}
	e.spared = whole && cannotEvaluate(e.s.err)
	if len(d.Needs) == 0 {
		d.Needs = e.memberNeeds(q.opaque)
	}
	switch {
	case whole && len(q.seen) == 0:
		return e.s.c.impossible()
	case !whole && len(q.seen) < len(d.Possible):
		d.Notes = append(d.Notes, "not exact: the policy is too large for a diagram, so some of these answers may not be possible")
		return nil
	case len(q.seen) == 1:
		for p := range q.seen {
			e.settle(d, Possibility{Status: p.status, Outcome: p.outcome})
		}
	default:
		var open []Possibility
		for _, p := range d.Possible {
			if q.seen[possible(p)] {
				open = append(open, p)
			}
		}
		d.Possible = open
	}
	d.Exact = true
	d.Notes = append(d.Notes, "the policy is too large for a diagram: the answers were found by search, and which facts matter most was not computed")
	return nil
}

// searcher tries completions.
type searcher struct {
	ctx  context.Context
	p    *Policy
	s    *Space
	want int
	seen map[possibleAnswer]bool
	left int
	// opaque are the facts that opaque conditions read: these may tell apart values that lie in one cell.
	opaque map[string]bool
}

// try decides a case and, where facts are missing, its completions; false where it gave up.
func (q *searcher) try(c *Case) bool {
	if len(q.seen) == q.want {
		return true
	}
	if q.left--; q.left < 0 {
		return false
	}
	e, err := q.p.evaluate(q.ctx, c)
	var broken lang.Diagnostics
	if errors.As(err, &broken) {
		return true // no real case
	}
	if err != nil || e.unkept != nil {
		return false
	}
	d := e.decision()
	if !e.sure { // a constraint may exclude it by facts that no rule reads
		return false
	}
	if d.Status != Undetermined {
		q.seen[possibleAnswer{d.Status, d.Outcome}] = true
		return true
	}
	for _, f := range e.s.missing.facts {
		for _, v := range q.s.vars {
			if v.fact != nil && v.name == f.name {
				if v = q.s.open(v, c); v != nil {
					return q.branch(c, v)
				}
			}
		}
	}
	return false // only conditions that the cells do not know are open
}

// open is a variable of which a case does not tell the cell: v, or whether there is the
// thing that it belongs to; nil where the case tells it.
func (s *Space) open(v *variable, c *Case) *variable {
	if p := v.fact.present(); p != nil {
		if w := s.there[p.fact()]; w != nil && w != v {
			if w = s.open(w, c); w != nil {
				return w
			}
		} else if p = v.fact.owner(); p != nil && s.there[p.fact()] != nil {
			if w = s.open(s.there[p.fact()], c); w != nil {
				return w
			}
		}
	}
	if s.cellOf(v, &state{c: c, date: c.day()}) == dd.Unknown {
		return v
	}
	return nil
}

// branch tries every cell of a fact, or every choice of a set's classes.
func (q *searcher) branch(c *Case, v *variable) bool {
	if q.s.tooLarge {
		return false
	}
	if set := q.s.facts[v.name]; set != nil && set.set { // its first class stands for all of them
		v = set
	}
	whole := !q.opaque[v.name] && !q.s.screensNamesOf(v)
	try := func(choices ...dd.Choice) {
		next := c.Clone()
		q.s.tell(next, choices, func(*variable) Set { return nil })
		whole = q.try(next) && whole
	}
	if v.set {
		if there := q.s.there[v.name]; there != nil {
			try(dd.Choice{Var: there.index})
		}
		for choice := range 1 << min(len(v.classes), 12) {
			var cells []dd.Choice
			for i, w := range v.classes {
				cells = append(cells, dd.Choice{Var: w.index, Cell: choice >> i & 1})
			}
			try(cells...)
		}
		return whole && len(v.classes) <= 12
	}
	if v.presence && v.fact.t.basic == thingType {
		try(dd.Choice{Var: v.index})
		known := q.branchThere(v, try)
		return known && whole
	}
	for i, cell := range v.cells {
		if !cell.none || v.fact.lastAttr().Type.optional && v.t.basic != thingType {
			try(dd.Choice{Var: v.index, Cell: i})
		}
	}
	return whole
}

// screensNamesOf says whether names that a fact may have are asked of a screened group. That one
// that is not near is in it is decided as no, and may be told all the same.
func (s *Space) screensNamesOf(v *variable) bool {
	return slices.ContainsFunc(s.vars, func(w *variable) bool {
		return w.fact != nil && w.fact.isAttr() && w.fact.lastAttr().screens() && w.fact.thingOf().fact() == v.name
	})
}

// branchThere tries that there is a thing, which is told by what it has: by every cell of that,
// where conditions tell them apart.
func (q *searcher) branchThere(v *variable, try func(...dd.Choice)) bool {
	w, read := q.s.evidence(v.fact)
	if !read {
		try(dd.Choice{Var: v.index, Cell: 1})
		return w == nil || !q.opaque[w.name]
	}
	for i, cell := range w.cells {
		if !cell.none {
			try(dd.Choice{Var: w.index, Cell: i})
		}
	}
	return !w.attr.Type.optional && !q.opaque[w.name]
}
