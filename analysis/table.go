package analysis

import (
	"context"
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// Table is the answers of one or several policies by the values of two facts, all
// the facts given being what they are.
type Table struct {
	Policies []interp.Dated
	Rows     Axis
	Cols     Axis
	Cells    [][]TableCell // by row and column
	Notes    []string
}

// Axis is a fact and its values, or where there are many of them the classes of
// values that no rule tells apart.
type Axis struct {
	Fact   string
	Labels []string
}

// TableCell is what the policies answer where the two facts have the cell's values.
type TableCell struct {
	Answers []CellAnswer // of each policy
	Differs bool         // of several policies: some case in the cell is answered differently
}

// CellAnswer is what one policy answers in a cell. It is empty where the constraints,
// or the facts given, admit no such case.
type CellAnswer struct {
	Possible []interp.Possibility // one: in every case; several: mixed, each with its condition
	Depends  []string             // the facts on which a mixed answer depends
	Exact    bool                 // it hangs on nothing that the analysis cannot look into
}

// mostLabels is how many values of a fact are listed one by one.
const mostLabels = 40

// NewTable makes the table of policies of one program. The case gives further facts, nil
// none; those that it leaves open, and that have no default, are what an answer may depend on.
func NewTable(ctx context.Context, policies []interp.Dated, rows, cols string, given *interp.Case) (_ *Table, err error) {
	defer giveUp(ctx, &err)
	program := policies[0].Policy.Program()
	if given == nil {
		given = program.NewCase()
	}
	m := &tabler{graph: newGraph(ctx, policies, nil), program: program, given: given}
	out := &Table{Policies: policies, Rows: Axis{Fact: rows}, Cols: Axis{Fact: cols}}
	if rows == cols {
		return nil, fmt.Errorf("the rows and the columns of a table are two different facts, and both are `%s`", rows)
	}
	r, err := m.axis(&out.Rows)
	if err != nil {
		return nil, err
	}
	c, err := m.axis(&out.Cols)
	if err != nil {
		return nil, err
	}
	var answers []dd.Node
	for _, p := range policies {
		f, _ := m.policy(p)
		answers = append(answers, m.known(f, r.v, c.v))
	}
	for _, row := range r.cells {
		if ctx.Err() != nil {
			break
		}
		var line []TableCell
		for _, col := range c.cells {
			line = append(line, m.cell(answers, r.v, row, c.v, col))
		}
		out.Cells = append(out.Cells, line)
	}
	return out, m.fail()
}

type tabler struct {
	*graph
	program *interp.Program
	given   *interp.Case
}

// lines are the cells of the variable that each row or column stands for; the
// variable is -1 where no rule reads the fact.
type lines struct {
	v     int
	cells []int
}

// axis finds the rows or columns of a fact.
func (m *tabler) axis(a *Axis) (lines, error) {
	if _, err := m.NewCase().Lookup(a.Fact); err != nil {
		return lines{}, err
	}
	vars := m.Variables(a.Fact)
	switch {
	case len(vars) == 0:
		a.Labels = []string{"any"}
		return lines{v: -1, cells: []int{0}}, nil
	case len(vars) > 1 || m.IsSet(vars[0]):
		return lines{}, fmt.Errorf("`%s` is a set: a table has a fact of one value in its rows and columns", a.Fact)
	}
	out := lines{v: vars[0]}
	words := m.Cells(out.v)
	listed := 0
	for cell := range words {
		listed += len(m.Values(out.v, cell))
	}
	type line struct {
		label string
		cell  int
	}
	var found []line
	for cell, label := range words {
		values := m.Values(out.v, cell)
		if listed > mostLabels || len(values) == 0 {
			values = []string{label}
		}
		for _, value := range values {
			found = append(found, line{value, cell})
		}
	}
	place := m.declared(a.Fact)
	slices.SortStableFunc(found, func(x, y line) int { return place[x.label] - place[y.label] })
	for _, l := range found {
		a.Labels, out.cells = append(a.Labels, l.label), append(out.cells, l.cell)
	}
	return out, nil
}

// declared is where the values of a fact stand in their declaration, before all else.
func (m *tabler) declared(fact string) map[string]int {
	info, _ := m.program.FactInfo(fact)
	place := make(map[string]int, len(info.Choices))
	for i, c := range info.Choices {
		place[c.Name] = i - len(info.Choices)
	}
	return place
}

// known is an answer with the facts that are given, but those of the axes.
func (m *tabler) known(f dd.Node, axes ...int) dd.Node {
	known := map[int]int{}
	for v, cell := range m.Point(m.given) {
		if cell != dd.Unknown && !slices.Contains(axes, v) {
			known[v] = cell
		}
	}
	return m.keep(m.Store.Constrain(f, known))
}

func (m *tabler) cell(answers []dd.Node, row, rowCell, col, colCell int) TableCell {
	var out TableCell
	here := map[int]int{}
	if row >= 0 {
		here[row] = rowCell
	}
	if col >= 0 {
		here[col] = colCell
	}
	var first dd.Node
	for i, f := range answers {
		f = m.keep(m.Store.Constrain(f, here))
		if i == 0 {
			first = f
		}
		out.Differs = out.Differs || f != first
		out.Answers = append(out.Answers, m.answer(f))
	}
	return out
}

// answer reads off what a diagram of what is still open says.
func (m *tabler) answer(f dd.Node) CellAnswer {
	out := CellAnswer{Exact: !m.Blind(f)}
	leaves := m.leaves(f)
	possible := m.not(m.is(f, dd.Impossible))
	for _, l := range leaves {
		p := m.Answer(l)
		if len(leaves) > 1 {
			m.SayWhen(&p, m.is(f, l), possible)
		}
		out.Possible = append(out.Possible, p)
	}
	if len(leaves) > 1 {
		f = m.decisive(f, leaves)
		for _, v := range m.Store.Support(f) {
			if fact := m.Fact(v); fact != "" && !slices.Contains(out.Depends, fact) {
				out.Depends = append(out.Depends, fact)
			}
		}
		out.Depends = append(out.Depends, m.OpaqueWords(f)...)
	}
	return out
}

// decisive is a diagram that says what f says of every possible case, and asks no
// fact that only tells which cases are possible.
func (m *tabler) decisive(f dd.Node, leaves []dd.Leaf) dd.Node {
	for _, v := range m.Store.Support(f) {
		wider := m.keep(m.Store.Leaf(dd.Impossible))
		said, apart := dd.False, true
		for _, l := range leaves {
			part := m.exists(m.is(f, l), m.SameFact(v))
			apart = apart && !m.meet(said, part, 1)
			said = m.or(said, part)
			wider = m.keep(m.Store.Ite(part, m.keep(m.Store.Leaf(l)), wider))
		}
		if apart {
			f = wider
		}
	}
	return f
}
