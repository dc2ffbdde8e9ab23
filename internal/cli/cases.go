package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// caseTable is a table of cases: a heading, and a case in each row.
type caseTable struct {
	*caseColumns
	ofTests bool
	src     *lang.Source
	rows    []*caseRow
}

// caseRow is a case, what is expected of it, and where its fields stand.
type caseRow struct {
	table  *caseTable
	fields []string
	line   int
	spans  []lang.Span
}

// readTable reads a table whose heading suits the program. That of tests has to have a
// column of what is expected.
func (a *App) readTable(name string, prog *interp.Program, flags tableFlags, ofTests bool) (*caseTable, error) {
	columns, err := flags.columnsBy(a, prog, nil)
	if err != nil {
		return nil, err
	}
	by, err := flags.separator()
	if err != nil {
		return nil, err
	}
	data, err := a.readCases(name, flags)
	if err != nil {
		return nil, err
	}
	r, err := table.NewReader(data)
	if err != nil {
		return nil, usage("%s, %s", name, err)
	}
	r.Separated(by)
	t := &caseTable{caseColumns: columns, ofTests: ofTests, src: lang.NewSource(name, r.Text())}
	if err := t.read(r); err != nil {
		return nil, &failure{exitUsage, err}
	}
	return t, nil
}

func (t *caseTable) read(r *table.Reader) error {
	first, found, err := r.Heading(t.caseColumns.isHeading)
	switch {
	case (err != nil || !found) && !isTable(t.src.Name): // and none of it is shown
		return t.noTable()
	case errors.Is(err, io.EOF):
		return t.malformed(&table.Error{Line: 1, Message: "the table is empty: it begins with a heading of fact names and the column expect"})
	case err != nil:
		return t.malformed(err)
	}
	heading := t.row(first)
	t.question = r.Separator() == ';' || isBook(t.src.Name)
	if err := t.checkHeading(heading); err != nil {
		return err
	}
	for {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF) && len(t.rows) == 0:
			return lang.Diagnostics{{Source: t.src, Span: heading.spans[0], Message: "the table has a heading and no case"}}
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return t.malformed(err)
		}
		t.rows = append(t.rows, t.row(row))
	}
}

func (t *caseTable) noTable() error {
	return lang.Diagnostics{{Message: t.src.Name + " is no table of cases: its first line is no heading of facts, and what is wrong is shown only of a file whose name ends in .csv, .tsv or .txt"}}
}

func (t *caseTable) row(from table.Row) *caseRow {
	row := &caseRow{table: t, fields: from.Cells(), line: from.Line}
	for _, f := range from.Fields {
		row.spans = append(row.spans, lang.Span{Start: uint32(f.Start), End: uint32(min(max(f.End, f.Start+1), len(t.src.Text)))})
	}
	return row
}

// malformed is an error of the table itself.
func (t *caseTable) malformed(err error) error {
	d := &lang.Diagnostic{Source: t.src, Message: err.Error()}
	var te *table.Error
	if errors.As(err, &te) {
		d.Message, d.Span = te.Message, lang.Span{Start: uint32(te.Start), End: uint32(te.End)}
	}
	return lang.Diagnostics{d}
}

// checkHeading refuses columns that are no facts, or stand twice, and a table that
// expects nothing.
func (t *caseTable) checkHeading(row *caseRow) error {
	ds := t.caseColumns.read(t.src, row.fields, row.spans)
	if t.ofTests && t.is(expectColumn) < 0 {
		ds = append(ds, &lang.Diagnostic{Source: t.src, Span: row.spans[0], Message: "the heading has no column `expect`"})
	}
	return ds.Err()
}

// field is what a row says in a column, or nothing.
func (r *caseRow) field(column string) string {
	if i := r.table.is(column); i >= 0 {
		return r.fields[i]
	}
	return ""
}

// name is the case's own, or its line in the table.
func (r *caseRow) name() string {
	if name := r.field(nameColumn); name != "" {
		return name
	}
	return fmt.Sprintf("line %d", r.line)
}

// run decides the case of a row and compares.
func (r *caseRow) run() *render.TestRun {
	start := time.Now()
	out := &render.TestRun{Name: r.name(), Place: r.table.src.Place(r.spans[0].Start)}
	if err := r.decide(out); err != nil {
		for _, d := range render.Diagnostics(err) {
			out.Failures = append(out.Failures, render.Line(d))
		}
	}
	out.Took = time.Since(start)
	return out
}

func (r *caseRow) decide(out *render.TestRun) error {
	c, err := r.facts()
	if err != nil {
		return err
	}
	out.Given = c
	policy, err := r.table.prog.PolicyOn(r.field(policyColumn), c.Date())
	if err != nil {
		return err
	}
	expect := r.field(expectColumn)
	if err := r.checkExpected(expect); err != nil {
		return err
	}
	d, err := policy.Decide(context.Background(), c)
	if err != nil {
		return err
	}
	out.Decisions = append(out.Decisions, d)
	if got := d.Answer(); got != expect {
		out.Failures = append(out.Failures, fmt.Sprintf("under %s: expected %s, and the answer is %s%s", policy.Name, expect, got, by(d)))
		return nil
	}
	deciding := map[string]bool{}
	for _, rule := range d.Rules {
		deciding[rule.Label] = true
	}
	for _, label := range strings.FieldsFunc(r.field(byColumn), func(c rune) bool { return c == ',' || c == ';' || c == ' ' }) {
		if !deciding[label] {
			out.Failures = append(out.Failures, fmt.Sprintf("under %s: expected %s by %s, and it is%s", policy.Name, expect, label, by(d)))
		}
	}
	return nil
}

// facts is the case that a row tells.
func (r *caseRow) facts() (*interp.Case, error) {
	c := r.table.prog.NewCase()
	var ds lang.Diagnostics
	for _, p := range r.table.tell(c, r.fields) {
		ds = append(ds, placedAt(r.table.src, r.spans[max(p.column, 0)], p.Diagnostic)...)
	}
	return c, ds.Err()
}

func (r *caseRow) checkExpected(answer string) error {
	switch interp.Status(answer) {
	case interp.Undecided, interp.Undetermined, interp.Conflict:
		return nil
	case "":
		return errors.New("the column expect is empty")
	}
	_, err := r.table.prog.Outcome(answer)
	return err
}

// by names what decided, or what is missing.
func by(d *interp.Decision) string {
	labels := make([]string, 0, len(d.Rules))
	for _, r := range d.Rules {
		labels = append(labels, r.Label)
	}
	switch {
	case d.Status == interp.Undetermined && len(d.Needs) > 0:
		needs := make([]string, len(d.Needs))
		for i, n := range d.Needs {
			needs[i] = n.Fact
		}
		return " (it needs " + strings.Join(needs, ", ") + ")"
	case len(labels) > 0:
		return " by " + strings.Join(labels, ", ")
	case d.Otherwise != nil:
		return " by otherwise"
	}
	return ""
}
