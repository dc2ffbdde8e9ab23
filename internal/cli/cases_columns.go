package cli

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// tableFlags say how a table of cases is read.
type tableFlags struct {
	Map       string `placeholder:"FILE" help:"A CSV file that says which fact each heading of the table is: columns heading, fact and, where cells hold bare numbers, unit. The fact - is a column that says nothing of the case."`
	Sheet     string `placeholder:"NAME" help:"The sheet of a spreadsheet that holds the cases, where several do."`
	Separator string `placeholder:"CHAR" help:"What stands between the fields of the table: a comma, a semicolon, a bar or tab; by default what its heading tells."`
	Decimal   string `placeholder:"CHAR" help:"What stands before the decimals of numbers in the table: , or . (the other one, and blanks, may then stand between thousands)."`
}

// The columns of a table of cases that are not facts.
const (
	expectColumn = "expect"
	nameColumn   = "name"
	asOfColumn   = "as_of"
	policyColumn = "policy"
	byColumn     = "by"
)

var notFacts = []string{expectColumn, nameColumn, asOfColumn, policyColumn, byColumn}

// caseColumns are the columns of a table of cases, and what they say.
type caseColumns struct {
	prog     *interp.Program
	columns  []caseColumn
	answers  []string // further headings that are no facts: those of answers
	named    map[string]caseColumn
	decimal  byte // before decimals; 0 where nobody said
	question bool // whether 1.000 may be a thousand
}

// caseColumn is a column: a fact, one of notFacts, or "" where it says nothing of the case.
type caseColumn struct {
	heading, says string
	unit          string // of its bare numbers
	numbers       bool
}

// cellProblem is what is wrong with the cell of a column, or with a row as a whole.
type cellProblem struct {
	column int // -1: the row
	*lang.Diagnostic
}

// columnsBy reads the flags; nothing of the table has been read yet.
func (f *tableFlags) columnsBy(a *App, prog *interp.Program, answers []string) (*caseColumns, error) {
	c := &caseColumns{prog: prog, answers: answers}
	switch f.Decimal {
	case "":
	case ",", ".":
		c.decimal = f.Decimal[0]
	default:
		return nil, usage("--decimal is , or . and not %s", f.Decimal)
	}
	if f.Map == "" {
		return c, nil
	}
	data, err := a.read(f.Map, "the mapping")
	if err != nil {
		return nil, usage("cannot read %s: %s", f.Map, plainError(err))
	}
	return c, c.readMap(f.Map, data)
}

// decimal is what stands before decimals, where nobody says otherwise a point.
func (f *tableFlags) decimal() byte {
	if f.Decimal == "," {
		return ','
	}
	return '.'
}

// separator is the one that the flag names; 0 for none.
func (f *tableFlags) separator() (byte, error) {
	if by, ok := map[string]byte{"": 0, ",": ',', ";": ';', "|": '|', "\t": '\t', "tab": '\t', `\t`: '\t'}[f.Separator]; ok {
		return by, nil
	}
	return 0, usage("--separator is a comma, a semicolon, a bar or tab, and not %s", f.Separator)
}

// readMap reads which fact each heading is.
func (c *caseColumns) readMap(name string, data []byte) error {
	r, err := table.NewReader(data)
	if err != nil {
		return usage("%s, %s", name, err)
	}
	src := lang.NewSource(name, r.Text())
	head, found, err := r.Heading(func(cells []string) bool {
		return slices.Contains(cells, "heading") && slices.Contains(cells, "fact")
	})
	if err == nil && !found {
		err = &table.Error{Line: 1, Message: "a mapping begins with the line heading,fact or heading,fact,unit"}
	}
	if err != nil {
		return usage("%s, %s", name, err)
	}
	at := map[string]int{}
	for i, cell := range head.Cells() {
		if cell != "heading" && cell != "fact" && cell != "unit" {
			return usage("%s, line %d: a mapping has the columns heading, fact and unit, and no `%s`", name, head.Line, cell)
		}
		at[cell] = i
	}
	c.named = map[string]caseColumn{}
	var ds lang.Diagnostics
	probe := c.prog.NewCase()
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return usage("%s, %s", name, err)
		}
		field := func(column string) table.Field {
			if i, ok := at[column]; ok {
				return row.Fields[i]
			}
			return table.Field{}
		}
		col := caseColumn{heading: field("heading").Text, says: field("fact").Text, unit: field("unit").Text}
		span := lang.Span{Start: uint32(field("fact").Start), End: uint32(max(field("fact").End, field("fact").Start))}
		wrong := func(format string, args ...any) {
			ds = append(ds, (&lang.Diagnostic{Source: src, Span: span}).Say(format, args...))
		}
		if col.says == "-" {
			col.says = ""
		}
		key := strings.ToLower(col.heading)
		if _, twice := c.named[key]; twice {
			wrong("the heading `%s` stands twice", col.heading)
		}
		if col.says != "" && !slices.Contains(notFacts, col.says) {
			if _, err := probe.Lookup(col.says); err != nil {
				ds = append(ds, placedAt(src, span, err)...)
				continue
			}
			if col.unit != "" {
				if err := c.prog.NewCase().Tell(col.says + " = 1 " + col.unit); err != nil {
					wrong("`%s` in `%s`: %s", col.says, col.unit, firstMessage(err))
				}
			}
		} else if col.unit != "" {
			wrong("a unit is said of a fact that is a quantity")
		}
		c.named[key] = col
	}
	if len(ds) > 0 {
		return &failure{exitUsage, ds}
	}
	return nil
}

func firstMessage(err error) string {
	_, text := firstProblem(err)
	return text
}

// column is what a heading says; not ok where nobody knows.
func (c *caseColumns) column(heading string) (col caseColumn, ok bool) {
	if col, ok = c.named[strings.ToLower(heading)]; ok {
		col.heading = heading
	} else {
		col = caseColumn{heading: heading, says: heading}
		if _, known := c.prog.FactInfo(heading); !known {
			if fact := c.prog.FactInJSON(heading); fact != "" {
				col.says = fact
			}
		}
	}
	if col.says == "" || slices.Contains(notFacts, col.says) {
		return col, true
	}
	info, known := c.prog.FactInfo(col.says)
	if !known && !ok && slices.Contains(c.answers, heading) {
		return caseColumn{heading: heading}, true
	}
	col.numbers = info.Form == interp.NumberAnswer || info.Form == interp.QuantityAnswer
	_, err := c.prog.NewCase().Lookup(col.says)
	return col, err == nil
}

// isHeading says whether all columns of a first line can be those of cases.
func (c *caseColumns) isHeading(headings []string) bool {
	return !slices.ContainsFunc(headings, func(h string) bool { _, ok := c.column(h); return !ok })
}

// read takes the columns of a heading, and refuses those that are no facts or stand twice.
func (c *caseColumns) read(src *lang.Source, headings []string, spans []lang.Span) (ds lang.Diagnostics) {
	seen := map[string]string{}
	said := map[string]bool{}
	for i, heading := range headings {
		col, ok := c.column(heading)
		c.columns = append(c.columns, col)
		as, twice := seen[col.says]
		switch {
		case said[heading]:
			ds = append(ds, (&lang.Diagnostic{Source: src, Span: spans[i]}).Say("the column `%s` stands twice", heading))
		case twice && col.says != "":
			ds = append(ds, (&lang.Diagnostic{Source: src, Span: spans[i]}).Say("the columns `%s` and `%s` are both `%s`", as, heading, col.says))
		}
		seen[col.says], said[heading] = heading, true
		if ok {
			continue
		}
		_, err := c.prog.NewCase().Lookup(col.says)
		wrong := placedAt(src, spans[i], err)
		if near, ok := lang.Nearest(heading, notFacts); ok {
			wrong[0].Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Span: spans[i], Replacement: near}
		} else if wrong[0].Fix == nil {
			wrong[0].Notes = append(wrong[0].Notes, lang.Note{Text: "a heading in words of its own is named in a mapping file, see --map"})
		}
		ds = append(ds, wrong...)
	}
	return ds
}

// placedAt is the diagnostics of a fact that were made without its place.
func placedAt(src *lang.Source, span lang.Span, err error) lang.Diagnostics {
	ds := render.Diagnostics(err)
	for _, d := range ds {
		d.Source, d.Span = src, span
		if d.Fix != nil {
			d.Fix.Span = span
		}
	}
	return ds
}

// is where the column stands that says something; -1 for nowhere.
func (c *caseColumns) is(says string) int {
	return slices.IndexFunc(c.columns, func(col caseColumn) bool { return col.says == says })
}

// tell adds to a case what the cells of a row say.
func (c *caseColumns) tell(to *interp.Case, cells []string) (problems []cellProblem) {
	var facts []string
	at := map[string]int{}
	for i, col := range c.columns {
		cell := cells[i]
		switch {
		case cell == "" || col.says == "" || col.says != asOfColumn && slices.Contains(notFacts, col.says):
		case col.says == asOfColumn:
			day, err := interp.ParseDate(cell)
			if err != nil {
				problems = append(problems, inColumn(i, err)...)
				continue
			}
			to.SetDate(day)
		default:
			text, err := c.text(col, cell)
			if err != nil {
				problems = append(problems, inColumn(i, err)...)
				continue
			}
			fact := col.says + " = " + text
			facts = append(facts, fact)
			at[fact] = i
		}
	}
	for _, d := range render.Diagnostics(to.Tell(facts...)) { // in one breath, so that no column contradicts another
		i := -1
		if d.Source != nil {
			i = at[d.Source.Text]
		}
		problems = append(problems, cellProblem{i, d})
	}
	return problems
}

func inColumn(i int, err error) (problems []cellProblem) {
	for _, d := range render.Diagnostics(err) {
		problems = append(problems, cellProblem{i, d})
	}
	return problems
}

var (
	withPoint = regexp.MustCompile(`^([-+]?)((?:\d{1,3}(?:[ \x{a0}\x{202f}'’,]\d{3})+|\d+)(?:\.\d+)?)(.*)$`)
	withComma = regexp.MustCompile(`^([-+]?)((?:\d{1,3}(?:[ \x{a0}\x{202f}'’.]\d{3})+|\d+)(?:,\d+)?)(.*)$`)
	thousand  = regexp.MustCompile(`^[-+]?[1-9]\d{0,2}\.\d{3}(\D|$)`)
	aComma    = regexp.MustCompile(`^[-+]?\d[\d.]*,\d`)
	bare      = regexp.MustCompile(`^[-+]?\d+(?:\.\d+)?$`)
)

// text is what a cell says as facts are written: numbers with a point before their decimals and
// nothing between thousands, and with their unit.
func (c *caseColumns) text(col caseColumn, cell string) (string, error) {
	if !col.numbers {
		return cell, nil
	}
	switch {
	case c.decimal == 0 && aComma.MatchString(cell):
		return "", fmt.Errorf("`%s` has a comma: say with --decimal whether decimals or thousands stand behind it", cell)
	case c.decimal == 0 && c.question && thousand.MatchString(cell):
		return "", fmt.Errorf("`%s` may be a thousand: say with --decimal what stands before decimals", cell)
	case c.decimal != 0:
		form, thousands := withPoint, ","
		if c.decimal == ',' {
			form, thousands = withComma, "."
		}
		m := form.FindStringSubmatch(cell)
		if m == nil {
			break
		}
		if rest := strings.TrimSpace(m[3]); rest != "" && (strings.ContainsAny(rest[:1], ".,'’") || rest[0] >= '0' && rest[0] <= '9') {
			return "", fmt.Errorf("`%s` is no number with the decimal sign %c: behind it stand decimals, and `%s` before groups of three digits", cell, c.decimal, thousands)
		}
		number := strings.Map(func(r rune) rune {
			switch {
			case r >= '0' && r <= '9':
				return r
			case byte(r) == c.decimal && r < 128:
				return '.'
			}
			return -1
		}, m[2])
		cell = m[1] + number + m[3]
	}
	if col.unit != "" && bare.MatchString(cell) {
		cell += " " + col.unit
	}
	return cell, nil
}
