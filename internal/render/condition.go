package render

import (
	"io"

	"github.com/ctl-lang/ctl/interp"
)

// WriteCondition shows a condition as it holds in a case: a tree of its parts down to
// the facts.
func WriteCondition(w io.Writer, r *interp.Reason, st Style) {
	(&teller{w: w, st: st}).tree(&interp.RuleReason{Clauses: []*interp.Reason{r}})
}

// WritePossible shows what a case may still be, and when.
func WritePossible(w io.Writer, d *interp.Decision, st Style) {
	(&teller{w: w, st: st, x: &interp.Explanation{Decision: d}}).possible()
}

// WriteNeeds shows the facts to find out, with the question to ask for each.
func WriteNeeds(w io.Writer, d *interp.Decision, st Style) {
	(&teller{w: w, st: st, x: &interp.Explanation{Decision: d}}).needs()
}
