package render

import (
	"io"

	"github.com/ctl-lang/ctl/interp"
)

// WriteExplanation shows a decision and why it is so: every rule that has to do with
// it, clause by clause, down to the facts.
func WriteExplanation(w io.Writer, x *interp.Explanation, st Style) {
	t := &teller{w: w, st: st, x: x}
	t.head()
	t.rules(x.Deciding, because(x.Decision), true)
	t.otherwise()
	t.possible()
	t.needs()
	t.rules(x.Open, "May apply:", true)
	t.obligations()
	t.rules(x.Defeated, "Defeated:", true)
	outranked, after := losers(x)
	t.rules(outranked, "Outranked:", true)
	t.rules(after, afterHeading, true)
	t.notes()
}
