package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
)

// WriteDiffMarkdown shows a difference for a document: every group with the condition
// in full, so that it can be quoted alone.
func WriteDiffMarkdown(w io.Writer, d Difference) {
	fmt.Fprintf(w, "## %s\n\n%s\n", plain.Markdown(d.between()), d.summary())
	number := 0
	for i, c := range d.Changes {
		if d.unseenFrom(i) {
			fmt.Fprintf(w, "\n*%s*\n", unseenHead)
		}
		fmt.Fprintf(w, "\n### %s\n\n", plain.Markdown(d.changeHead(c)))
		for _, g := range c.Groups {
			number++
			lead := strconv.Itoa(number) + ". "
			fmt.Fprintf(w, "%s%s\n", lead, d.groupWords(c, g, plain.MarkdownCode))
			in := strings.Repeat(" ", len(lead))
			if !g.Rest && g.When != g.Short {
				fmt.Fprintf(w, "%s- exactly: %s\n", in, plain.MarkdownCode(g.When))
			}
			if len(c.Groups) > 1 {
				fmt.Fprintf(w, "%s- share: %s of %s\n", in, percent(g.Share), d.cases())
			}
			for _, l := range groupLines(c, g, plain.MarkdownCode) {
				fmt.Fprintf(w, "%s- %s: %s\n", in, l[0], l[1])
			}
			if g.Example != nil {
				fmt.Fprintf(w, "%s- for example: %s\n", in, plain.MarkdownCode(sentences(g.Example)))
			}
			for _, n := range g.Notes {
				fmt.Fprintf(w, "%s- *%s*\n", in, plain.Markdown(n))
			}
		}
	}
	for _, n := range d.Notes {
		fmt.Fprintf(w, "\n*Note: %s*\n", plain.Markdown(n))
	}
}
