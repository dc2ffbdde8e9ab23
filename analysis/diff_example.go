package analysis

import (
	"errors"
	"fmt"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// example finds a case of few facts in a group, and has it decided again. A case that
// is decided otherwise than the diagrams say is told of in the group's notes.
func (d *differ) example(g *CaseSet, c Change, inside dd.Node, large bool) error {
	// What is left open must not change either answer, on either date.
	bad := d.or(d.diff(d.oldCare, d.is(d.f, d.leaf(c.From))), d.diff(d.newCare, d.is(d.h, d.leaf(c.To))))
	bad = d.or(bad, d.diff(d.care, inside))
	choices, ok := d.smallest(inside, bad, anyFacts, large)
	if !ok {
		found := d.seek(inside, bad, d.new.On, func(x *interp.Case) bool { return d.shows(c, x) })
		if found == nil {
			g.Notes = append(g.Notes, d.unseen(inside))
			return d.fail()
		}
		return d.show(g, found)
	}
	shown := d.Case(choices, d.new.On)
	full, ok := d.whole(inside, choices)
	if !ok {
		full = choices
	}
	switch x := d.Case(full, d.new.On); {
	case !d.shows(c, x):
		d.wrong(g, c, x)
		return d.fail()
	case d.shows(c, shown):
	case c.Direction == Obligations: // which rule decides, and so what is required, may hang on facts that the answer does not need
		shown = pruned(x, func(x *interp.Case) bool { return d.staysOut(x, bad) && d.shows(c, x) })
	default:
		d.wrong(g, c, shown)
		return d.fail()
	}
	return d.show(g, shown)
}

const anyFacts = 1 << 30

// show makes a case the example of a group.
func (d *differ) show(g *CaseSet, x *interp.Case) (err error) {
	g.Example = x
	g.Old, g.New, err = d.both(x)
	return err
}

// shows says whether the interpreter decides a case as a change says.
func (d *differ) shows(c Change, x *interp.Case) bool {
	old, now, err := d.both(x)
	if err != nil || old.Answer() != c.From.Name() || now.Answer() != c.To.Name() {
		return false
	}
	return c.Direction != Obligations || d.obliged[c.leaf-d.answers*d.answers].shownBy(old, now)
}

// both decides a case under the old policy on its date and under the new one on its own.
func (d *differ) both(c *interp.Case) (old, now *interp.Decision, err error) {
	before := c.Clone()
	before.SetDate(d.old.On)
	if old, err = d.old.Policy.Unobserved(d.ctx, before); err != nil {
		return nil, nil, fmt.Errorf("deciding the example of a change again: %w", err)
	}
	if now, err = d.new.Policy.Unobserved(d.ctx, c); err != nil {
		return nil, nil, fmt.Errorf("deciding the example of a change again: %w", err)
	}
	return old, now, nil
}

// wrong notes that a case is not decided as the diagrams say: the analysis or the
// interpreter is mistaken, unless a condition cannot be evaluated.
func (d *differ) wrong(g *CaseSet, c Change, x *interp.Case) {
	old, now, err := d.both(x)
	if failed := (*interp.EvalError)(nil); errors.As(err, &failed) {
		g.Notes = append(g.Notes, "no example: "+err.Error())
		return
	}
	d.mistaken = true
	said := "cannot be decided: "
	if err != nil {
		said += err.Error()
	} else {
		said = "is decided " + old.Answer() + " and " + now.Answer()
	}
	g.Notes = append(g.Notes, fmt.Sprintf("mistake in the analysis: an example of %s becoming %s %s (%v)", c.From.Name(), c.To.Name(), said, x.Sentences()))
}

// unseen says why no example is shown.
func (g *graph) unseen(f dd.Node) string {
	if words := g.OpaqueWords(f); len(words) > 0 {
		return "no example: this hangs on " + quoted(words) + ", into which the analysis cannot look, so there may be no such case"
	}
	return "no example was found"
}
