package interp

import (
	"context"
	"errors"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/lang"
)

// mostTries bounds the search for completions where a policy is too large for a diagram.
const mostTries = 2_000

// search narrows the answers that the reference evaluator leaves open by trying
// completions of the case, a fact at a time, until each answer has been seen or
// every way has been tried. What it gives up on stays possible.
func (e *evaluation) search(d *Decision, l *lens) error {
	q := &searcher{ctx: e.s.ctx, p: e.p, s: l.space, want: len(d.Possible), seen: map[Possibility]bool{}, left: mostTries}
	whole := q.try(e.s.c.Clone())
	if q.ctx.Err() != nil {
		return stopped(q.ctx)
	}
	switch {
	case !whole && len(q.seen) < q.want:
		d.Notes = append(d.Notes, "not exact: the policy is too large for a diagram, so some of these answers may not be possible")
		return nil
	case len(q.seen) == 1:
		for p := range q.seen {
			e.settle(d, p)
		}
	default:
		var open []Possibility
		for _, p := range d.Possible {
			if q.seen[Possibility{Status: p.Status, Outcome: p.Outcome}] {
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
	seen map[Possibility]bool
	left int
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
	if err != nil {
		return false
	}
	d := e.decision()
	if d.Status != Undetermined {
		q.seen[Possibility{Status: d.Status, Outcome: d.Outcome}] = true
		return true
	}
	for _, f := range e.s.missing.facts {
		v := q.s.facts[f.name]
		if v == nil || q.s.cellOf(v, &state{c: c, date: c.day()}) != dd.Unknown {
			continue
		}
		return q.branch(c, v)
	}
	return false // only conditions that the cells do not know are open
}

// branch tries every cell of a fact, or every choice of a set's classes.
func (q *searcher) branch(c *Case, v *variable) bool {
	if q.s.tooLarge {
		return false
	}
	whole := true
	if v.set {
		for choice := range 1 << min(len(v.classes), 12) {
			var set Set
			for i, w := range v.classes {
				if choice&(1<<i) != 0 {
					set = append(set, w.cells[1].values[0])
				}
			}
			next := c.Clone()
			q.s.set(next, v.name, set)
			whole = q.try(next) && whole
		}
		return whole && len(v.classes) <= 12
	}
	for _, cell := range v.cells {
		next := c.Clone()
		q.s.set(next, v.name, cell.values[0])
		whole = q.try(next) && whole
	}
	return whole
}
