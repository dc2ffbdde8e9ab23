package repl

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/session"
)

// mostTitled is how many candidates are shown with their titles, one below the other.
const mostTitled = 16

// layOut lays candidates out in the width of a terminal.
func layOut(cs []session.Candidate, width int) string {
	cs = slices.Clone(cs)
	longest, titled := 0, false
	for i := range cs {
		c := &cs[i]
		c.Text, c.About = plain.Line(c.Text), plain.Line(c.About)
		longest = max(longest, render.Width(c.Text))
		titled = titled || c.About != ""
	}
	var b strings.Builder
	if titled && len(cs) <= mostTitled {
		for _, c := range cs {
			line := c.Text
			if c.About != "" {
				line += strings.Repeat(" ", longest-render.Width(c.Text)+2) + c.About
			}
			b.WriteString(render.Cut(line, width-1) + "\n")
		}
		return b.String()
	}
	columns := max(1, (width-1)/(longest+2))
	rows := (len(cs) + columns - 1) / columns
	for r := range rows {
		line := ""
		for i := r; i < len(cs); i += rows {
			if line != "" {
				line += "  "
			}
			line += cs[i].Text + strings.Repeat(" ", longest-render.Width(cs[i].Text))
		}
		b.WriteString(render.Cut(strings.TrimRight(line, " "), width-1) + "\n")
	}
	return b.String()
}
