package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// fileNote is an answer in the form that a person puts into a file: a heading, the
// answer in a sentence, and numbered steps that each name their rule and its source.
// The same note is printed as text and as Markdown.
type fileNote struct {
	title  string
	under  string // policy and date
	lead   []string
	parts  []notePart
	closes []string // what is to be known besides
}

// notePart is a heading with steps. The steps of a note are numbered through.
type notePart struct {
	heading string
	steps   []noteStep
	items   []string // or a list without numbers
}

// noteStep is one numbered step.
type noteStep struct {
	head     string
	label    string // the part of head that names the rule, to be set off
	sentence string // of the rule
	clauses  []*interp.Reason
	because  string
	sources  []string
	items    []string
}

func underPolicy(d *interp.Decision) string {
	under := "under " + d.Policy.Name
	if d.Policy.Title != "" {
		under += " (" + d.Policy.Title + ")"
	}
	return under + ", " + asOf(d.AsOf)
}

// asOf says of which date a case is.
func asOf(d interp.Date) string {
	if d == interp.NoDate {
		return "whatever the date"
	}
	return "as of " + d.String()
}

// answerWords is an answer with what it means: `deny` (policy of denial).
func answerWords(d *interp.Decision) string {
	if m := meaning(d); m != "" && d.Outcome != nil {
		return "`" + d.Answer() + "` (" + m + ")"
	}
	return "`" + d.Answer() + "`"
}

// stepOfRule is a step about a rule: what became of it, its sentence and its source.
func stepOfRule(r *interp.RuleReason, became string, clauses []*interp.Reason) noteStep {
	return noteStep{
		head: r.Rule.Label + " (" + r.Rule.Site().String() + ") " + became, label: r.Rule.Label, sentence: r.Sentence(),
		clauses: clauses, because: r.Rule.Because, sources: r.Rule.Source,
	}
}

// text prints a note for a terminal.
func (n *fileNote) text(w io.Writer, st Style) {
	t := &teller{w: w, st: st}
	fmt.Fprintln(w, st.paint(bold, n.title))
	fmt.Fprint(w, st.Wrap("", "", n.under))
	for _, l := range n.lead {
		fmt.Fprint(w, "\n"+st.Wrap("", "", plainWords(l)))
	}
	number := 0
	for _, p := range n.parts {
		t.heading(p.heading)
		for i, s := range p.steps {
			if i > 0 {
				fmt.Fprintln(w)
			}
			number++
			t.step(number, s)
		}
		for _, it := range p.items {
			fmt.Fprint(w, st.Wrap("  ", "- ", plainWords(it)))
		}
	}
	for _, c := range n.closes {
		fmt.Fprint(w, "\n"+st.Wrap("", "note: ", plainWords(c)))
	}
}

// plainWords is a text without the marks that set words off in Markdown.
func plainWords(s string) string { return strings.ReplaceAll(s, "`", "") }

func (t *teller) step(number int, s noteStep) {
	lead := strconv.Itoa(number) + ". "
	head := t.st.Wrap("", lead, plainWords(s.head))
	if s.label != "" {
		head = strings.Replace(head, s.label, t.st.paint(bold, s.label), 1)
	}
	fmt.Fprint(t.w, head)
	if s.sentence != "" {
		fmt.Fprint(t.w, t.st.Wrap("    ", "", s.sentence))
	}
	if len(s.clauses) > 0 {
		t.tree(&interp.RuleReason{Clauses: s.clauses})
	}
	for _, it := range s.items {
		fmt.Fprint(t.w, t.st.Wrap("    ", "- ", plainWords(it)))
	}
	if s.because != "" {
		fmt.Fprint(t.w, t.st.Wrap("    ", "because: ", s.because))
	}
	for _, src := range s.sources {
		fmt.Fprint(t.w, t.st.Wrap("    ", "source: ", src))
	}
}

// markdown prints a note for a document.
func (n *fileNote) markdown(w io.Writer) {
	fmt.Fprintf(w, "## %s\n\n%s\n", plain.Markdown(n.title), plain.Markdown(upperFirst(n.under)))
	for _, l := range n.lead {
		fmt.Fprintf(w, "\n%s\n", plain.Markdown(l))
	}
	number := 0
	for _, p := range n.parts {
		fmt.Fprintf(w, "\n**%s**\n\n", plain.Markdown(p.heading))
		for _, s := range p.steps {
			number++
			s.markdown(w, number)
		}
		for _, it := range p.items {
			fmt.Fprintf(w, "- %s\n", plain.Markdown(it))
		}
	}
	for _, c := range n.closes {
		fmt.Fprintf(w, "\n*Note: %s*\n", plain.Markdown(c))
	}
}

func (s noteStep) markdown(w io.Writer, number int) {
	head := plain.Markdown(s.head)
	if s.label != "" {
		head = strings.Replace(head, plain.Markdown(s.label), "**"+plain.Markdown(s.label)+"**", 1)
	}
	lead := strconv.Itoa(number) + ". "
	in := strings.Repeat(" ", len(lead))
	fmt.Fprintf(w, "%s%s\n", lead, head)
	if s.sentence != "" {
		fmt.Fprintf(w, "%s- Rule: %s\n", in, plain.MarkdownCode(s.sentence))
	}
	for _, b := range branchesOf(s.clauses) {
		words := strings.TrimLeft(b.words, " ")
		line := in + strings.Repeat(" ", len(b.words)-len(words)) + "- " + truthWord(b.truth) + ": " + plain.MarkdownCode(words)
		if len(b.facts) > 0 {
			line += " (" + plain.Markdown(strings.Join(b.facts, "; ")) + ")"
		}
		fmt.Fprintln(w, line)
	}
	for _, it := range s.items {
		fmt.Fprintf(w, "%s- %s\n", in, plain.Markdown(it))
	}
	if s.because != "" {
		fmt.Fprintf(w, "%s- Because: %s\n", in, plain.Markdown(s.because))
	}
	for _, src := range s.sources {
		fmt.Fprintf(w, "%s- Source: %s\n", in, plain.Markdown(src))
	}
}

// branchesOf are the lines of the trees of some clauses.
func branchesOf(clauses []*interp.Reason) []branch {
	var out []branch
	for _, c := range clauses {
		if c.Text != "any" {
			out = grow(out, c, c.Sentence(), 0)
		}
	}
	return out
}

func truthWord(t interp.Truth) string {
	switch t {
	case interp.True:
		return "holds"
	case interp.False:
		return "does not hold"
	}
	return "not known"
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// listed is a, b and c.
func listed(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
