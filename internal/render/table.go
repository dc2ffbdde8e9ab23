package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// tableView is a table as it is shown: every cell in short, and what the mixed ones
// depend on as numbered remarks.
type tableView struct {
	caption string
	cols    []string
	rows    []string
	cells   [][]tableCell
	remarks []string // the first is number 1
	legend  []string
	notes   []string
}

type tableCell struct {
	text    string
	differs bool
	full    string // with the conditions of a mixed answer
}

// viewOf puts a table into words.
func viewOf(t *analysis.Table) *tableView {
	v := &tableView{caption: tableCaption(t), cols: allPrintable(t.Cols.Labels), rows: allPrintable(t.Rows.Labels), notes: t.Notes}
	numbers := map[string]int{}
	differs := false
	for _, row := range t.Cells {
		var line []tableCell
		for _, c := range row {
			line = append(line, v.cell(c, numbers))
			differs = differs || c.Differs
		}
		v.cells = append(v.cells, line)
	}
	if differs {
		v.legend = append(v.legend, "* marks where the answers differ in some case")
	}
	return v
}

func allPrintable(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = plain.Line(s)
	}
	return out
}

func tableCaption(t *analysis.Table) string {
	var names []string
	same := true
	for _, p := range t.Policies {
		same = same && p.On == t.Policies[0].On
	}
	for _, p := range t.Policies {
		name := p.Policy.Name
		if !same {
			name += " as of " + p.On.String()
		}
		names = append(names, name)
	}
	text := strings.Join(names, " -> ")
	if same {
		text += ", as of " + t.Policies[0].On.String()
	}
	return text + ": " + t.Rows.Fact + " down, " + t.Cols.Fact + " across"
}

// cell puts a cell into words. Mixed answers that depend on the same share a remark.
func (v *tableView) cell(c analysis.TableCell, numbers map[string]int) tableCell {
	var short, full []string
	for i, a := range c.Answers {
		if i > 0 && !c.Differs {
			break
		}
		short, full = append(short, v.answer(a, numbers)), append(full, fullAnswer(a))
	}
	out := tableCell{text: short[0], differs: c.Differs, full: strings.Join(full, " -> ")}
	if c.Differs {
		out.text = strings.Join(short, " -> ") + " *"
	}
	return out
}

// answer is an answer in a word or two.
func (v *tableView) answer(a analysis.CellAnswer, numbers map[string]int) string {
	switch len(a.Possible) {
	case 0:
		return "-"
	case 1:
		return a.Possible[0].Name()
	}
	remark := strings.Join(possibleNames(a), ", ") + ": it depends on " + listed(a.Depends)
	if len(a.Depends) == 0 {
		remark = strings.Join(possibleNames(a), ", ")
	}
	if !a.Exact {
		remark += ", and on conditions that the analysis cannot look into"
	}
	if numbers[remark] == 0 {
		v.remarks = append(v.remarks, remark)
		numbers[remark] = len(v.remarks)
	}
	return "mixed " + strconv.Itoa(numbers[remark])
}

func possibleNames(a analysis.CellAnswer) []string {
	var names []string
	for _, p := range a.Possible {
		names = append(names, p.Name())
	}
	return names
}

// fullAnswer is an answer with the condition of each possibility.
func fullAnswer(a analysis.CellAnswer) string {
	switch len(a.Possible) {
	case 0:
		return ""
	case 1:
		return a.Possible[0].Name()
	}
	var parts []string
	for _, p := range a.Possible {
		parts = append(parts, conditional(p))
	}
	return strings.Join(parts, "; ")
}

func conditional(p interp.Possibility) string {
	if p.When == "" {
		return p.Name()
	}
	return p.Name() + " when " + p.When
}

// WriteTable shows a table: side by side where that is not too wide, else one row below
// the other.
func WriteTable(w io.Writer, t *analysis.Table, st Style) {
	v := viewOf(t)
	fmt.Fprint(w, st.painted(bold, v.caption), "\n")
	widths := v.widths()
	total := 0
	for _, n := range widths {
		total += n + 2
	}
	if total <= st.sideBySide() {
		v.grid(w, widths, st)
	} else {
		v.list(w, st)
	}
	for i, r := range v.remarks {
		if i == 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprint(w, st.Wrap("", fmt.Sprintf("mixed %d  ", i+1), r))
	}
	for _, l := range v.legend {
		fmt.Fprint(w, "\n"+st.Wrap("", "", l))
	}
	for _, n := range v.notes {
		fmt.Fprint(w, "\n"+st.Wrap("", "note: ", n))
	}
}

// widths are those of the columns, the one of the rows' values first.
func (v *tableView) widths() []int {
	out := []int{0}
	for _, r := range v.rows {
		out[0] = max(out[0], Width(r))
	}
	for j, c := range v.cols {
		n := Width(c)
		for i := range v.rows {
			n = max(n, Width(v.cells[i][j].text))
		}
		out = append(out, n)
	}
	return out
}

func (v *tableView) grid(w io.Writer, widths []int, st Style) {
	head := pad("", widths[0])
	for j, c := range v.cols {
		head += "  " + pad(c, widths[j+1])
	}
	fmt.Fprintln(w, st.paint(bold, strings.TrimRight(head, " ")))
	for i, r := range v.rows {
		line, plain := st.paint(bold, r)+pad("", widths[0]-Width(r)), ""
		for j, c := range v.cells[i] {
			plain += "  " + cellColor(c, st) + pad("", widths[j+1]-Width(c.text))
		}
		fmt.Fprintln(w, strings.TrimRight(line+plain, " "))
	}
}

func (v *tableView) list(w io.Writer, st Style) {
	for i, r := range v.rows {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, st.paint(bold, r))
		for j, c := range v.cells[i] {
			fmt.Fprint(w, strings.Replace(st.Wrap("  ", "", v.cols[j]+": "+c.text), c.text, cellColor(c, st), 1))
		}
	}
}

func cellColor(c tableCell, st Style) string {
	if c.differs {
		return st.paint(yellow, c.text)
	}
	return c.text
}
