package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// WriteDecision shows a decision: the outcome and the rules that gave it, what is
// still to find out, and in one line each the rules that did not prevail.
func WriteDecision(w io.Writer, x *interp.Explanation, st Style) {
	t := &teller{w: w, st: st, x: x}
	t.head()
	t.rules(x.Deciding, because(x.Decision), false)
	t.otherwise()
	t.possible()
	t.needs()
	t.obligations()
	t.losersInShort()
	t.notes()
}

// because is what stands above the deciding rules.
func because(d *interp.Decision) string {
	switch d.Status {
	case interp.Conflict:
		return "In conflict:"
	case interp.Undetermined:
		return "Certain to apply:"
	}
	return "Because of:"
}

// teller writes one decision, paragraph by paragraph.
type teller struct {
	w  io.Writer
	st Style
	x  *interp.Explanation
}

// head is the answer, and what gave it for which date.
func (t *teller) head() {
	d := t.x.Decision
	answer := t.st.Wrap("", "", d.Answer())
	if m := meaning(d); m != "" {
		answer = t.st.Wrap("", "", d.Answer()+": "+m)
	}
	fmt.Fprint(t.w, t.st.paint(bold, d.Answer())+strings.TrimPrefix(answer, d.Answer()))
	under := "under " + d.Policy.Name
	if d.Policy.Title != "" {
		under += " (" + d.Policy.Title + ")"
	}
	fmt.Fprint(t.w, t.st.Wrap("", "", under+", "+asOf(d.AsOf)))
}

// meaning says an answer in a sentence; of an outcome it is the title, if it has one.
func meaning(d *interp.Decision) string {
	switch {
	case d.Outcome != nil:
		return d.Outcome.Title
	case d.Status == interp.Undecided:
		if d.Policy.Speaks() != "" {
			return "no rule of the policy applies"
		}
		return "no rule of the policy applies, and it has no `otherwise`"
	case d.Status == interp.Conflict:
		return "rules apply together whose outcomes do not rank"
	}
	return "the facts leave more than one answer open"
}

func (t *teller) heading(text string) {
	fmt.Fprintf(t.w, "\n%s\n", t.st.paint(bold, text))
}

// rules shows rules under a heading, with or without their trees.
func (t *teller) rules(reasons []*interp.RuleReason, heading string, trees bool) {
	if len(reasons) == 0 {
		return
	}
	t.heading(heading)
	for i, r := range reasons {
		if i > 0 && trees {
			fmt.Fprintln(t.w)
		}
		t.rule(r, trees)
	}
}

func (t *teller) rule(r *interp.RuleReason, tree bool) {
	where := " (" + plain.Line(r.Rule.Site().String()) + ")"
	if len(r.By) > 0 {
		where += ", defeated by " + strings.Join(r.By, ", ")
	}
	if after := t.x.Decision.StandsAfter(r.Rule); len(after) > 0 && slices.Contains(t.x.Outranked, r) {
		where += ", after " + strings.Join(after, ", ")
	}
	fmt.Fprintf(t.w, "  %s%s\n", t.st.paint(bold, r.Rule.Label), t.st.paint(dim, where))
	fmt.Fprint(t.w, t.st.Wrap("    ", "", r.Sentence()))
	if r.Rule.Because != "" {
		fmt.Fprint(t.w, t.st.Wrap("    ", "because: ", r.Rule.Because))
	}
	for _, s := range r.Rule.Source {
		fmt.Fprint(t.w, t.st.Wrap("    ", "source: ", s))
	}
	if tree {
		t.tree(r)
	}
}

// otherwise shows what decided where no rule did.
func (t *teller) otherwise() {
	o := t.x.Decision.Otherwise
	if o == nil {
		return
	}
	t.heading("Because no rule applies:")
	fmt.Fprintf(t.w, "  otherwise %s\n", o.Outcome.Name)
	if o.Because != "" {
		fmt.Fprint(t.w, t.st.Wrap("    ", "because: ", o.Because))
	}
	for _, s := range o.Source {
		fmt.Fprint(t.w, t.st.Wrap("    ", "source: ", s))
	}
}

// possible shows what an undetermined case may still be.
func (t *teller) possible() {
	d := t.x.Decision
	if len(d.Possible) == 0 {
		return
	}
	t.heading("Still possible:")
	width := 0
	for _, p := range d.Possible {
		width = max(width, uniseg.StringWidth(p.Name()))
	}
	for _, p := range d.Possible {
		text, parts := possibility(p)
		fmt.Fprint(t.w, t.st.Wrap("  ", pad(p.Name(), width)+"  ", text))
		for _, part := range parts {
			fmt.Fprint(t.w, t.st.Wrap("  ", pad("", width)+"    - ", part))
		}
	}
	if !d.Exact {
		fmt.Fprint(t.w, t.st.Wrap("  ", "", "(closer reasoning might exclude one of these)"))
	}
}

// possibility is an answer that is possible in words, and the parts of its condition, each for
// a line of its own, where that is long.
func possibility(p interp.Possibility) (text string, parts []string) {
	switch {
	case p.Outcome != nil:
		text = p.Outcome.Title
	case p.Status == interp.Undecided:
		text = "no rule applies"
	case p.Status == interp.Conflict:
		text = "rules whose outcomes do not rank"
	}
	if text != "" && p.When != "" {
		text += ", "
	}
	when, parts := inParts(p)
	return text + when, parts
}

// mostOfWhen is how long a condition may be, in bytes, that stands in a sentence and is no list.
const mostOfWhen = 160

// inParts says when an answer comes about: "when ...", and where that is long its parts one by
// one.
func inParts(p interp.Possibility) (text string, parts []string) {
	if p.When == "" {
		return "", nil
	}
	switch {
	case len(p.When) <= mostOfWhen || p.Parts == nil:
		return "when " + p.When, nil
	case p.Any:
		return "when one of these holds:", p.Parts
	}
	return "when all of these hold:", p.Parts
}

// needs shows the facts to find out, with the question to ask for each.
func (t *teller) needs() {
	needs := t.x.Decision.Needs
	if len(needs) == 0 {
		return
	}
	t.heading("To find out:")
	width := 0
	for _, n := range needs {
		width = max(width, uniseg.StringWidth(n.Fact))
	}
	for _, n := range needs {
		fmt.Fprint(t.w, t.st.Wrap("  ", pad(n.Fact, width)+"  ", n.Question))
	}
}

func (t *teller) obligations() {
	d := t.x.Decision
	t.list("Obligations:", d.Obligations)
	t.list("Obligations that may come to it, as facts are missing:", d.MayOblige)
}

func (t *teller) list(heading string, texts []string) {
	if len(texts) == 0 {
		return
	}
	t.heading(heading)
	for _, o := range texts {
		fmt.Fprint(t.w, t.st.Wrap("  ", "- ", o))
	}
}

// afterHeading is the heading of the rules that stand behind what decides, where the first does.
const afterHeading = "Standing after what decides:"

// losers are the rules that did not prevail: those that another outcome outranks, and
// those that stand after what decides where the first does.
func losers(x *interp.Explanation) (outranked, after []*interp.RuleReason) {
	for _, r := range x.Outranked {
		if len(x.Decision.StandsAfter(r.Rule)) > 0 {
			after = append(after, r)
		} else {
			outranked = append(outranked, r)
		}
	}
	return outranked, after
}

// lost says in what way a rule that applied did not prevail.
func lost(d *interp.Decision, r *interp.Rule) string {
	if after := d.StandsAfter(r); len(after) > 0 {
		return "stands after " + strings.Join(after, ", ")
	}
	return "outranked"
}

// losersInShort names the rules that applied and did not prevail, a line each.
func (t *teller) losersInShort() {
	d := t.x.Decision
	if len(d.Defeated)+len(d.Outranked) == 0 {
		return
	}
	t.heading("Did not prevail:")
	for _, f := range d.Defeated {
		fmt.Fprint(t.w, t.st.Wrap("  ", f.Rule.Label+" ", "("+f.Rule.Outcome.Name+"), defeated by "+strings.Join(f.By, ", ")))
	}
	for _, r := range d.Outranked {
		fmt.Fprint(t.w, t.st.Wrap("  ", r.Label+" ", "("+r.Outcome.Name+"), "+lost(d, r)))
	}
}

func (t *teller) notes() {
	for _, n := range t.x.Decision.Notes {
		fmt.Fprint(t.w, "\n"+t.st.Wrap("", "note: ", n))
	}
}

// pad fills a text up to a width.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-uniseg.StringWidth(text)))
}
