package render

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// CaseDifference is what a change of policy does to recorded cases. Names are those of
// the cases: "line 3", or the name that the record gives it.
type CaseDifference struct {
	*analysis.CaseDifference
	Old, New         interp.Dated
	OldName, NewName string
	Names            []string
	Only             analysis.Direction // changes of another direction are left out; "" for none
}

func (d CaseDifference) between() string {
	return "From " + d.OldName + " to " + d.NewName + ", over recorded cases"
}

// summary is how many cases are answered differently.
func (d CaseDifference) summary() string {
	n := len(d.Changed)
	one, are, end := "is answered differently", "are answered differently", ":"
	if d.Only != "" {
		one, are, end = becomes(d.Only, "becomes", "gets"), becomes(d.Only, "become", "get"), "; other changes are not shown:"
	}
	switch of := strconv.Itoa(n) + " of " + plural(d.Cases, "recorded case") + " "; n {
	case 0:
		return "No recorded case " + one + " (" + plural(d.Cases, "case") + ")" + strings.TrimSuffix(end, ":") + "."
	case 1:
		return of + one + end
	default:
		return of + are + end
	}
}

// WriteCaseDiff shows what a change of policy does to recorded cases: how many change
// in what way, and each of them.
func WriteCaseDiff(w io.Writer, d CaseDifference, st Style) {
	fmt.Fprint(w, st.painted(bold, d.between()))
	fmt.Fprint(w, st.Wrap("", "", d.summary()))
	for _, n := range d.Counts {
		line := fmt.Sprintf("%5d  %s", n.Cases, countWords(n, plainText))
		fmt.Fprintln(w, st.paint(directionColor(n.Direction), line))
	}
	for _, c := range d.Changed {
		fmt.Fprintf(w, "\n%s, as of %s\n", st.paint(bold, plain.Line(d.Names[c.Index])), c.New.AsOf)
		fmt.Fprint(w, st.Wrap("  ", "before  ", decidedBy(c.Old, plainText)))
		fmt.Fprint(w, st.Wrap("  ", "after   ", decidedBy(c.New, plainText)))
		for _, l := range obligationLines(c.Lost, c.Gained, nil, plainText) {
			fmt.Fprint(w, st.Wrap("  ", pad(l[0], len("before"))+"  ", l[1]))
		}
		fmt.Fprint(w, st.wrapList("  ", "facts   ", c.Case.Sentences()))
	}
	for _, f := range d.Failures {
		fmt.Fprintf(w, "\n%s\n", st.paint(bold, plain.Line(d.Names[f.Index])))
		for _, p := range Diagnostics(f.Err) {
			fmt.Fprint(w, st.Wrap("  ", "", "cannot be decided: "+Line(p)))
		}
	}
}

// WriteCaseDiffMarkdown is WriteCaseDiff for a document.
func WriteCaseDiffMarkdown(w io.Writer, d CaseDifference) {
	fmt.Fprintf(w, "## %s\n\n%s\n\n", plain.Markdown(d.between()), d.summary())
	for _, n := range d.Counts {
		fmt.Fprintf(w, "- %d: %s\n", n.Cases, countWords(n, plain.MarkdownCode))
	}
	for _, c := range d.Changed {
		fmt.Fprintf(w, "\n### %s, as of %s\n\n", plain.MarkdownCode(d.Names[c.Index]), c.New.AsOf)
		fmt.Fprintf(w, "- before: %s\n- after: %s\n", decidedBy(c.Old, plain.MarkdownCode), decidedBy(c.New, plain.MarkdownCode))
		for _, l := range obligationLines(c.Lost, c.Gained, nil, plain.MarkdownCode) {
			fmt.Fprintf(w, "- %s: %s\n", l[0], l[1])
		}
		fmt.Fprintf(w, "- facts: %s\n", plain.MarkdownCode(sentences(c.Case)))
	}
	for _, f := range d.Failures {
		fmt.Fprintf(w, "\n### %s\n\n", plain.MarkdownCode(d.Names[f.Index]))
		for _, p := range Diagnostics(f.Err) {
			fmt.Fprintf(w, "- cannot be decided: %s\n", plain.MarkdownCode(Line(p)))
		}
	}
}

// countWords say what changes in some cases.
func countWords(n analysis.CaseCount, quote func(string) string) string {
	if n.Direction == analysis.Obligations {
		return quote(n.From) + " stays, " + directionWord(n.Direction)
	}
	return quote(n.From) + " becomes " + quote(n.To) + " (" + directionWord(n.Direction) + ")"
}

// decidedBy is the answer of a decision with the rules that gave it.
func decidedBy(d *interp.Decision, quote func(string) string) string {
	return answerBy(interp.Possibility{Status: d.Status, Outcome: d.Outcome}, d.Rules, d, quote)
}

// CaseDiff is what a change of policy does to recorded cases, for JSON.
type CaseDiff struct {
	Old      string             `json:"old"`
	New      string             `json:"new"`
	Only     analysis.Direction `json:"only"` // the direction asked for; "" for all
	Equal    bool               `json:"equal"`
	Cases    int                `json:"cases"`
	Same     int                `json:"same"`
	Failed   int                `json:"failed"`
	Counts   []CaseCount        `json:"counts"`
	Changed  []ChangedCase      `json:"changed"`
	Failures []FailedCase       `json:"failures"`
}

// CaseCount is how many cases changed from one answer to another, or their obligations, for JSON.
type CaseCount struct {
	From      string             `json:"from"`
	To        string             `json:"to"`
	Direction analysis.Direction `json:"direction"`
	Cases     int                `json:"cases"`
}

// ChangedCase is a recorded case whose answer changes, for JSON.
type ChangedCase struct {
	Name      string             `json:"name"`
	From      string             `json:"from"`
	To        string             `json:"to"`
	Direction analysis.Direction `json:"direction"`
	OldRules  []string           `json:"old_rules"`
	NewRules  []string           `json:"new_rules"`
	Lost      []string           `json:"lost"`   // obligations that are no longer required
	Gained    []string           `json:"gained"` // and those that are added
	Old       json.Marshaler     `json:"old"`
	New       json.Marshaler     `json:"new"`
}

// FailedCase is a recorded case that cannot be decided, for JSON.
type FailedCase struct {
	Name string `json:"name"`
	*Problems
}

// CaseDiffJSON is what a change of policy does to recorded cases as JSON has it.
func CaseDiffJSON(d CaseDifference) *CaseDiff {
	out := &CaseDiff{
		Old: d.Old.Policy.Name, New: d.New.Policy.Name, Only: d.Only, Equal: len(d.Changed) == 0, Cases: d.Cases, Same: d.Same, Failed: d.Failed,
		Counts: []CaseCount{}, Changed: []ChangedCase{}, Failures: []FailedCase{},
	}
	for _, n := range d.Counts {
		out.Counts = append(out.Counts, CaseCount{n.From, n.To, n.Direction, n.Cases})
	}
	for _, c := range d.Changed {
		out.Changed = append(out.Changed, ChangedCase{
			Name: d.Names[c.Index], From: c.Old.Answer(), To: c.New.Answer(), Direction: c.Direction, OldRules: labels(c.Old.Rules), NewRules: labels(c.New.Rules),
			Lost: texts(c.Lost), Gained: texts(c.Gained),
			Old: c.Old.About(c.Case), New: c.New.About(c.Case),
		})
	}
	for _, f := range d.Failures {
		out.Failures = append(out.Failures, FailedCase{d.Names[f.Index], ProblemsJSON(Diagnostics(f.Err))})
	}
	return out
}
