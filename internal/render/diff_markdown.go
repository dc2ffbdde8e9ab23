package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteDiffMarkdown shows a difference for a document: every group with the condition
// in full, so that it can be quoted alone.
func WriteDiffMarkdown(w io.Writer, d Difference) {
	fmt.Fprintf(w, "## %s\n\n%s\n", markup(d.between()), d.summary())
	number := 0
	for i, c := range d.Changes {
		if d.unseenFrom(i) {
			fmt.Fprintf(w, "\n*%s*\n", unseenHead)
		}
		fmt.Fprintf(w, "\n### %s\n\n", markup(d.changeHead(c)))
		for _, g := range c.Groups {
			number++
			lead := strconv.Itoa(number) + ". "
			fmt.Fprintf(w, "%s%s\n", lead, d.groupWords(c, g, codeSpan))
			in := strings.Repeat(" ", len(lead))
			if !g.Rest && g.When != g.Short {
				fmt.Fprintf(w, "%s- exactly: %s\n", in, codeSpan(g.When))
			}
			if len(c.Groups) > 1 {
				fmt.Fprintf(w, "%s- share: %s of %s\n", in, percent(g.Share), d.cases())
			}
			for _, l := range groupLines(c, g, codeSpan) {
				fmt.Fprintf(w, "%s- %s: %s\n", in, l[0], l[1])
			}
			if g.Example != nil {
				fmt.Fprintf(w, "%s- for example: %s\n", in, codeSpan(sentences(g.Example)))
			}
			for _, n := range g.Notes {
				fmt.Fprintf(w, "%s- *%s*\n", in, markup(n))
			}
		}
	}
	for _, n := range d.Notes {
		fmt.Fprintf(w, "\n*Note: %s*\n", markup(n))
	}
}

// codeSpan is a text that Markdown shows as it is.
func codeSpan(s string) string {
	s = printable(s)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}
