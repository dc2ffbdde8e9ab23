package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// factColumn is how far from the truth the facts of a tree begin at most.
const factColumn = 48

// treeIndent is how far a tree's words are indented: by the truth in front of them.
const treeIndent = len("    yes  ")

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
			branches = grow(branches, c, c.Sentence(), 0)
		}
	}
	st := Style{Color: t.st.Color, Width: t.st.sideBySide()}
	column := columnOf(branches, st.Width-treeIndent)
	for _, b := range branches {
		writeBranch(t.w, b, column, st)
	}
}

// columnOf is the column of the facts that lets most branches have a fact beside them.
// The others have it below.
func columnOf(branches []branch, width int) int {
	beside := make([]int, factColumn+1) // by column
	for _, b := range branches {
		if len(b.facts) == 0 {
			continue
		}
		most := min(factColumn, width-factGap-uniseg.StringWidth(b.facts[0]))
		for c := uniseg.StringWidth(b.words); c <= most; c++ {
			beside[c]++
		}
	}
	best := 0
	for c, n := range beside {
		if n > beside[best] {
			best = c
		}
	}
	return best
}

// factGap is what is left free between words and facts.
const factGap = 3

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
	b.words = strings.Repeat("  ", depth) + plain.Line(words)
	branches = append(branches, b)
	for _, p := range r.Sub {
		branches = grow(branches, p, p.Sentence(), depth+1)
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
		out = append(out, plain.Line(text))
	}
	return out
}

func writeBranch(w io.Writer, b branch, column int, st Style) {
	mark, color := "?  ", yellow
	switch b.truth {
	case interp.True:
		mark, color = "yes", green
	case interp.False:
		mark, color = "no ", red
	}
	in := len(b.words) - len(strings.TrimLeft(b.words, " "))
	lines := st.Wrap("    ", mark+strings.Repeat(" ", 2+in), b.words[in:])
	if n := uniseg.StringWidth(b.words); len(b.facts) > 0 && n <= column && treeIndent+column+factGap+uniseg.StringWidth(b.facts[0]) <= st.Width {
		lines = "    " + mark + "  " + pad(b.words, column+factGap) + b.facts[0] + "\n"
		b.facts = b.facts[1:]
	}
	fmt.Fprint(w, strings.Replace(lines, mark, st.paint(color, mark), 1))
	for _, f := range b.facts { // below, as far in as they fit on one line
		at := max(treeIndent, min(treeIndent+in+4, st.Width-uniseg.StringWidth(f)))
		fmt.Fprint(w, st.Wrap(strings.Repeat(" ", at), "", f))
	}
}
