package render

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/ctl-lang/ctl/interp"
)

// factColumn is the furthest column at which the facts of a tree begin. Words that
// reach beyond it have their facts on the next line.
const factColumn = 48

// branch is one line of a tree: a condition with its truth, and the facts it read.
type branch struct {
	truth interp.Truth
	words string // indented
	facts []string
}

// tree shows a rule's clauses, their parts and the facts: the truth first, so that the
// eye can run down it.
func (t *teller) tree(r *interp.RuleReason) {
	var branches []branch
	for _, c := range r.Clauses {
		if c.Text != "any" { // which asks nothing of the case
			branches = grow(branches, c, clause(c), 0)
		}
	}
	column := 0
	for _, b := range branches {
		if n := uniseg.StringWidth(b.words); len(b.facts) > 0 && n <= factColumn {
			column = max(column, n)
		}
	}
	for _, b := range branches {
		t.branch(b, column)
	}
}

// grow adds the lines of a reason and its parts. A term stands on one line with its
// definition, a denial written as one word (not in) on one with what it denies.
func grow(branches []branch, r *interp.Reason, words string, depth int) []branch {
	b := branch{truth: r.Truth, facts: known(r.Facts)}
	for len(r.Sub) == 1 && onOneLine(r, r.Sub[0]) {
		r = r.Sub[0]
		if r.Text != "" {
			words += ": " + r.Text
		}
		b.facts = append(b.facts, known(r.Facts)...)
	}
	b.words = strings.Repeat("  ", depth) + printable(words)
	branches = append(branches, b)
	for _, p := range r.Sub {
		branches = grow(branches, p, clause(p), depth+1)
	}
	return branches
}

// onOneLine says whether the only part of a reason belongs on its line.
func onOneLine(r, part *interp.Reason) bool {
	if part.Text == "" {
		return part.Term == nil
	}
	return r.Term != nil
}

// known says of each fact what is known of it: of a code or a value that has a title,
// the title too.
func known(facts []interp.UsedFact) []string {
	var out []string
	for _, f := range facts {
		text := f.String()
		if c, ok := f.Value.(interp.Choice); ok && c.Enum.Choices[c.I].Title != "" && !f.Default {
			text += " (" + c.Enum.Choices[c.I].Title + ")"
		}
		if f.Note != "" {
			text += ", " + f.Note
		}
		out = append(out, printable(text))
	}
	return out
}

func (t *teller) branch(b branch, column int) {
	mark, color := "?  ", yellow
	switch b.truth {
	case interp.True:
		mark, color = "yes", green
	case interp.False:
		mark, color = "no ", red
	}
	line := "    " + t.st.paint(color, mark) + "  "
	if len(b.facts) == 0 {
		fmt.Fprintln(t.w, line+b.words)
		return
	}
	rest := strings.Repeat(" ", len("    yes  ")+column+3)
	if uniseg.StringWidth(b.words) > column {
		fmt.Fprintln(t.w, line+b.words)
	} else {
		fmt.Fprintln(t.w, line+pad(b.words, column+3)+b.facts[0])
		b.facts = b.facts[1:]
	}
	for _, f := range b.facts {
		fmt.Fprintln(t.w, rest+f)
	}
}
