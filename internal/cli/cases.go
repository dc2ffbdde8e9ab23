package cli

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// maxCases bounds a table of cases, in bytes.
const maxCases = 64 << 20

// The columns of a table of cases that are not facts.
const (
	expectColumn = "expect"
	nameColumn   = "name"
	asOfColumn   = "as_of"
	policyColumn = "policy"
	byColumn     = "by"
)

var notFacts = []string{expectColumn, nameColumn, asOfColumn, policyColumn, byColumn}

// caseTable is a table of cases: a heading, and a case in each row.
type caseTable struct {
	prog    *interp.Program
	ofTests bool
	src     *lang.Source
	lines   []int // offset of each line's first byte
	heading []string
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
func (a *App) readTable(name string, prog *interp.Program, ofTests bool) (*caseTable, error) {
	data, err := a.read(name, "cases")
	switch {
	case err != nil:
		return nil, usage("cannot read %s: %s", name, plainError(err))
	case len(data) > maxCases:
		return nil, usage("%s is larger than a table of cases may be (%d MiB)", name, maxCases>>20)
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		return nil, usage("%s is not UTF-8 text: save it as CSV in UTF-8", name)
	}
	t := &caseTable{prog: prog, ofTests: ofTests, src: lang.NewSource(name, string(bytes.TrimPrefix(data, []byte("\ufeff")))), lines: []int{0}}
	for i := range len(t.src.Text) {
		if t.src.Text[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	if err := t.read(); err != nil {
		return nil, &failure{exitUsage, err}
	}
	return t, nil
}

func (t *caseTable) read() error {
	r := csv.NewReader(strings.NewReader(t.src.Text))
	r.TrimLeadingSpace = true
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t.malformed(err)
		}
		row := &caseRow{table: t}
		for i, f := range fields {
			row.fields = append(row.fields, strings.TrimSpace(f))
			line, col := r.FieldPos(i)
			start := min(t.lines[min(line, len(t.lines))-1]+col-1, len(t.src.Text))
			row.spans = append(row.spans, lang.Span{Start: uint32(start), End: uint32(min(start+max(len(f), 1), len(t.src.Text)))})
			if i == 0 {
				row.line = line
			}
		}
		if t.heading == nil {
			t.heading = row.fields
			if err := t.checkHeading(row); err != nil {
				return err
			}
			continue
		}
		t.rows = append(t.rows, row)
	}
	if t.heading == nil {
		return lang.Diagnostics{{Source: t.src, Message: "the table is empty: it begins with a heading of fact names and the column expect"}}
	}
	return nil
}

// malformed is an error of the CSV itself.
func (t *caseTable) malformed(err error) error {
	d := &lang.Diagnostic{Source: t.src, Message: "this is no CSV: " + err.Error()}
	var pe *csv.ParseError
	if errors.As(err, &pe) {
		at := uint32(min(t.lines[min(max(pe.Line, 1), len(t.lines))-1]+max(pe.Column-1, 0), len(t.src.Text)))
		d.Span = lang.Span{Start: at, End: at}
		d.Message = "this is no CSV: " + pe.Err.Error()
		if errors.Is(pe.Err, csv.ErrFieldCount) {
			d.Message = "this row has not as many fields as the heading"
		}
	}
	return lang.Diagnostics{d}
}

// checkHeading refuses columns that are no facts, or stand twice, and a table that
// expects nothing.
func (t *caseTable) checkHeading(row *caseRow) error {
	for _, by := range [][2]string{{";", "`;`"}, {"\t", "tabs"}} {
		if len(t.heading) == 1 && strings.Contains(t.heading[0], by[0]) {
			return lang.Diagnostics{{Source: t.src, Span: row.spans[0], Message: "the fields are separated by " + by[1] + ", and a CSV file has commas"}}
		}
	}
	var ds lang.Diagnostics
	seen := map[string]bool{}
	probe := t.prog.NewCase()
	for i, name := range t.heading {
		if seen[name] {
			ds = append(ds, &lang.Diagnostic{Source: t.src, Span: row.spans[i], Message: fmt.Sprintf("the column `%s` stands twice", name)})
		}
		seen[name] = true
		if slices.Contains(notFacts, name) {
			continue
		}
		if _, err := probe.Lookup(name); err != nil {
			wrong := t.placed(err, row.spans[i])
			if near, ok := lang.Nearest(name, notFacts); ok {
				wrong[0].Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: row.spans[i], Replacement: near}
			}
			ds = append(ds, wrong...)
		}
	}
	if t.ofTests && !seen[expectColumn] {
		ds = append(ds, &lang.Diagnostic{Source: t.src, Span: row.spans[0], Message: "the heading has no column `expect`"})
	}
	return ds.Err()
}

// placed is the diagnostics of a fact that were made without its place.
func (t *caseTable) placed(err error, span lang.Span) lang.Diagnostics {
	ds := render.Diagnostics(err)
	for _, d := range ds {
		d.Source, d.Span = t.src, span
		if d.Fix != nil {
			d.Fix.Span = span
		}
	}
	return ds
}

// field is what a row says in a column, or nothing.
func (r *caseRow) field(column string) string {
	for i, name := range r.table.heading {
		if name == column {
			return r.fields[i]
		}
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
	d, err := policy.Decide(c)
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
	for i, name := range r.table.heading {
		value := r.fields[i]
		switch {
		case value == "" || name == expectColumn || name == nameColumn || name == policyColumn || name == byColumn:
		case name == asOfColumn:
			day, err := interp.ParseDate(value)
			if err != nil {
				ds = append(ds, r.table.placed(err, r.spans[i])...)
				continue
			}
			c.SetDate(day)
		default:
			if err := c.Tell(name + " = " + value); err != nil {
				ds = append(ds, r.table.placed(err, r.spans[i])...)
			}
		}
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
