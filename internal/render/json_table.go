package render

import (
	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// Table is a table of answers for JSON. Cells are by row and column.
type Table struct {
	Policies []DatedPolicy  `json:"policies"`
	Facts    map[string]any `json:"facts"` // given of every case
	Rows     Axis           `json:"rows"`
	Cols     Axis           `json:"cols"`
	Cells    [][]Cell       `json:"cells"`
	Notes    []string       `json:"notes"`
}

// DatedPolicy is a policy as it is on a date, for JSON.
type DatedPolicy struct {
	Policy string `json:"policy"`
	AsOf   string `json:"as_of"`
}

// Axis is the fact of the rows or columns of a table, for JSON.
type Axis struct {
	Fact   string   `json:"fact"`
	Values []string `json:"values"`
}

// Cell is what each policy answers in a cell, for JSON.
type Cell struct {
	Answers []CellAnswer `json:"answers"`
	Differs bool         `json:"differs"`
}

// CellAnswer is what one policy answers in a cell, for JSON: none where there is no such
// case, several where it depends on further facts.
type CellAnswer struct {
	Possible []interp.Possibility `json:"possible"`
	Depends  []string             `json:"depends"`
	Exact    bool                 `json:"exact"`
}

// TableJSON is a table of answers, with the facts that were given, as JSON has it.
func TableJSON(t *analysis.Table, given *interp.Case) *Table {
	out := &Table{
		Policies: []DatedPolicy{}, Facts: given.Map(), Rows: Axis{t.Rows.Fact, texts(t.Rows.Labels)}, Cols: Axis{t.Cols.Fact, texts(t.Cols.Labels)},
		Cells: [][]Cell{}, Notes: texts(t.Notes),
	}
	for _, p := range t.Policies {
		out.Policies = append(out.Policies, DatedPolicy{p.Policy.Name, p.On.String()})
	}
	for _, row := range t.Cells {
		line := []Cell{}
		for _, c := range row {
			cell := Cell{Answers: []CellAnswer{}, Differs: c.Differs}
			for _, a := range c.Answers {
				j := CellAnswer{Possible: append([]interp.Possibility{}, a.Possible...), Depends: texts(a.Depends), Exact: a.Exact}
				cell.Answers = append(cell.Answers, j)
			}
			line = append(line, cell)
		}
		out.Cells = append(out.Cells, line)
	}
	return out
}
