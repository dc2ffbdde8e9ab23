package render

import (
	"io"
	"strings"

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

// Sentence is what a rule says of a case, in the author's words: the outcome and the
// clauses that decide whether it applies.
func Sentence(r *interp.RuleReason) string {
	words := []string{r.Rule.Outcome.Name}
	for _, c := range r.Clauses {
		words = append(words, clauseText(c))
	}
	return strings.Join(words, " ")
}

// clauseText is a reason's words with the preposition or conjunction they stand behind.
func clauseText(c *interp.Reason) string {
	text := c.Text
	if text == "" && c.Term != nil {
		text = c.Term.Name // what the author wrote as one with its denial: is not SLV
	}
	if c.Clause == "" || c.Clause == interp.ClauseObject {
		return text
	}
	return string(c.Clause) + " " + text
}
