package session

import (
	"context"
	"strings"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

// tableData is a table of answers, for JSON.
type tableData struct {
	Policy string       `json:"policy"`
	AsOf   string       `json:"as_of"`
	Rows   axisData     `json:"rows"`
	Cols   axisData     `json:"cols"`
	Cells  [][]cellData `json:"cells"` // by row and column
	Notes  []string     `json:"notes"`
}

type axisData struct {
	Fact   string   `json:"fact"`
	Values []string `json:"values"`
}

// cellData is the answers that are possible in a cell: none where there is no such case.
type cellData struct {
	Possible []string `json:"possible"`
	Depends  []string `json:"depends"` // the facts on which it depends which of several
}

func (s *Session) tableCommand(ctx context.Context, rest string) *answer {
	names := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == ',' })
	if len(names) != 2 {
		return refuse("a table is made of two facts: table ROWS COLUMNS, such as table %s", s.someAxes())
	}
	p, err := s.policy()
	if err != nil {
		return failure(err)
	}
	given := s.now.c.Clone()
	for _, n := range names {
		if err := given.Forget(n); err != nil {
			return failure(err)
		}
	}
	t, err := analysis.NewTable(ctx, []interp.Dated{{Policy: p, On: s.now.c.Date()}}, names[0], names[1], given)
	if err != nil {
		return failure(err)
	}
	data := &tableData{
		Policy: p.Name, AsOf: s.now.c.Date().String(), Rows: axisData{t.Rows.Fact, t.Rows.Labels}, Cols: axisData{t.Cols.Fact, t.Cols.Labels},
		Notes: append([]string{}, t.Notes...),
	}
	for _, row := range t.Cells {
		var cells []cellData
		for _, c := range row {
			cells = append(cells, cellOf(c.Answers[0]))
		}
		data.Cells = append(data.Cells, cells)
	}
	return &answer{kind: "table", text: s.tableText(data), data: data}
}

// someAxes are two facts for an example.
func (s *Session) someAxes() string {
	var out []string
	for _, name := range s.now.prog.FactNames() {
		if info, _ := s.now.prog.FactInfo(name); info.Form == interp.ChoiceAnswer && len(out) < 2 {
			out = append(out, name)
		}
	}
	return strings.Join(out, " ")
}

func cellOf(a analysis.CellAnswer) cellData {
	d := cellData{Possible: []string{}, Depends: append([]string{}, a.Depends...)}
	for _, p := range a.Possible {
		d.Possible = append(d.Possible, p.Name())
	}
	return d
}

// tableText lays a table out: side by side where the terminal is wide enough, else one
// row below the other.
func (s *Session) tableText(d *tableData) string {
	head := d.Policy + ", as of " + d.AsOf + ": " + d.Rows.Fact + " down, " + d.Cols.Fact + " across\n"
	grid := [][]string{append([]string{""}, d.Cols.Values...)}
	depends := map[string]bool{}
	for i, row := range d.Cells {
		line := []string{d.Rows.Values[i]}
		for _, c := range row {
			line = append(line, cellWords(c))
			for _, f := range c.Depends {
				depends[f] = true
			}
		}
		grid = append(grid, line)
	}
	widths := make([]int, len(grid[0]))
	total := 0
	for c := range widths {
		for _, row := range grid {
			widths[c] = max(widths[c], render.Width(row[c]))
		}
		total += widths[c] + 2
	}
	var b strings.Builder
	b.WriteString(head)
	if most := s.opts.Style.Width; most == 0 || total <= most {
		for _, row := range grid {
			line := ""
			for c, text := range row {
				line += text + strings.Repeat(" ", widths[c]-render.Width(text)+2)
			}
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	} else {
		for _, row := range grid[1:] {
			b.WriteString(row[0] + "\n")
			for c, text := range row[1:] {
				answers := strings.ReplaceAll(text, "/", " / ") // between which a line can be broken
				b.WriteString("  " + d.Cols.Values[c] + ": " + answers + "\n")
			}
		}
	}
	if len(depends) > 0 {
		b.WriteString("a stroke (/) stands between answers that depend on further facts: " + strings.Join(sortedKeys(depends), ", ") + "\n")
	}
	for _, n := range d.Notes {
		b.WriteString("note: " + n + "\n")
	}
	return b.String()
}

func cellWords(c cellData) string {
	if len(c.Possible) == 0 {
		return "-"
	}
	return strings.Join(c.Possible, "/")
}
