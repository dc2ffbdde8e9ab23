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

// ConditionJSON is a condition as it holds in a case as JSON has it.
func ConditionJSON(r *interp.Reason) Reason { return reasonsJSON([]*interp.Reason{r})[0] }

// ValueJSON is a value of a fact as JSON has it; null for an unknown one.
func ValueJSON(v interp.Value) any {
	if v == nil {
		return nil
	}
	return valueJSON(v)
}

// WritePossible shows what a case may still be, and when.
func WritePossible(w io.Writer, d *interp.Decision, st Style) {
	(&teller{w: w, st: st, x: &interp.Explanation{Decision: d}}).possible()
}

// WriteNeeds shows the facts to find out, with the question to ask for each.
func WriteNeeds(w io.Writer, d *interp.Decision, st Style) {
	(&teller{w: w, st: st, x: &interp.Explanation{Decision: d}}).needs()
}
