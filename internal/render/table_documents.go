package render

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/plain"
)

// WriteTableMarkdown shows a table as a table of Markdown.
func WriteTableMarkdown(w io.Writer, t *analysis.Table) {
	v := viewOf(t)
	fmt.Fprintf(w, "%s\n\n| |", plain.Markdown(v.caption))
	for _, c := range v.cols {
		fmt.Fprintf(w, " %s |", plain.MarkdownCell(c))
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("---|", len(v.cols)))
	for i, r := range v.rows {
		fmt.Fprintf(w, "| **%s** |", plain.MarkdownCell(r))
		for _, c := range v.cells[i] {
			text := plain.MarkdownCell(c.text)
			if c.differs {
				text = "**" + plain.MarkdownCell(strings.TrimSuffix(c.text, " *")) + "**"
			}
			fmt.Fprintf(w, " %s |", text)
		}
		fmt.Fprintln(w)
	}
	for i, r := range v.remarks {
		if i == 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "- mixed %d: %s\n", i+1, plain.Markdown(r))
	}
	if len(v.legend) > 0 {
		fmt.Fprintln(w, "\nIn bold: the answers differ in some case.")
	}
	for _, n := range v.notes {
		fmt.Fprintf(w, "\n*Note: %s*\n", plain.Markdown(n))
	}
}

// WriteTableCSV writes a table as comma-separated values: the first line and the first
// column are the values of the two facts, a cell is the answer, and of a mixed one each
// answer with its condition.
func WriteTableCSV(w io.Writer, t *analysis.Table) error {
	v := viewOf(t)
	out := csv.NewWriter(w)
	_ = out.Write(cells(append([]string{t.Rows.Fact + " / " + t.Cols.Fact}, v.cols...))) // the error is that of out.Error
	for i, r := range v.rows {
		line := []string{r}
		for _, c := range v.cells[i] {
			line = append(line, c.full)
		}
		_ = out.Write(cells(line))
	}
	out.Flush()
	return out.Error()
}

// cells are texts as cells hold them.
func cells(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = plain.CSV(text)
	}
	return out
}

// tableStyle is the look of a table on a page of its own.
const tableStyle = `body { font-family: sans-serif; margin: 2em; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; margin-bottom: 0.5em; }
th, td { border: 1px solid #999; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }
td.differs { font-weight: bold; background: #fff3bf; color: #000; }`

// WriteTableHTML writes a table as a page of HTML. A mixed cell tells its conditions
// when it is pointed at.
func WriteTableHTML(w io.Writer, t *analysis.Table) {
	v := viewOf(t)
	e := plain.HTML
	fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n<style>\n%s\n</style>\n</head>\n<body>\n", e(v.caption), tableStyle)
	fmt.Fprintf(w, "<table>\n<caption>%s</caption>\n<tr><td></td>", e(v.caption))
	for _, c := range v.cols {
		fmt.Fprintf(w, "<th scope=\"col\">%s</th>", e(c))
	}
	fmt.Fprintln(w, "</tr>")
	for i, r := range v.rows {
		fmt.Fprintf(w, "<tr><th scope=\"row\">%s</th>", e(r))
		for _, c := range v.cells[i] {
			class, title := "", ""
			if c.differs {
				class = ` class="differs"`
			}
			if c.full != strings.TrimSuffix(c.text, " *") && c.full != "" {
				title = ` title="` + e(c.full) + `"`
			}
			fmt.Fprintf(w, "<td%s%s>%s</td>", class, title, e(c.text))
		}
		fmt.Fprintln(w, "</tr>")
	}
	fmt.Fprintln(w, "</table>")
	for i, r := range v.remarks {
		fmt.Fprintf(w, "<p>mixed %d: %s</p>\n", i+1, e(r))
	}
	for _, n := range append(v.legend, v.notes...) {
		fmt.Fprintf(w, "<p>%s</p>\n", e(n))
	}
	fmt.Fprint(w, "</body>\n</html>\n")
}
