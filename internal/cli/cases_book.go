package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/internal/book"
	"github.com/ctl-lang/ctl/internal/osfile"
)

// isBook says whether a name is that of a spreadsheet.
func isBook(name string) bool { return strings.EqualFold(filepath.Ext(name), ".xlsx") }

// readBook opens a sheet of a spreadsheet.
func (a *App) readBook(name, sheet string) (b *book.Book, at int, err error) {
	data, err := osfile.Read(name, book.MostBytes)
	if err != nil {
		return nil, 0, usage("cannot read %s: %s", name, plainError(err))
	}
	if b, err = book.Open(data); err == nil {
		at, err = b.Sheet(sheet)
	}
	if err != nil {
		return nil, 0, usage("cannot read %s: %s", name, plainError(err))
	}
	for _, s := range b.Sheets {
		if s.Hidden && sheet == "" {
			fmt.Fprintf(a.problems(), "note: the sheet `%s` of %s is hidden, and not read\n", s.Name, name)
		}
	}
	hidden, err := b.Look(at)
	var wrong *book.Problems
	if errors.As(err, &wrong) {
		for line := range strings.SplitSeq(wrong.Error(), "\n") {
			fmt.Fprintf(a.problems(), "%s: %s\n", name, line)
		}
		return nil, 0, silent(exitUsage)
	}
	if err != nil {
		return nil, 0, usage("cannot read %s: %s", name, plainError(err))
	}
	if len(hidden) > 0 {
		const most = 5
		text := strings.Join(hidden[:min(len(hidden), most)], ", ")
		if len(hidden) > most {
			text += fmt.Sprintf(" and %d more", len(hidden)-most)
		}
		fmt.Fprintf(a.problems(), "note: %s of %s hidden, and read: %s\n", map[bool]string{true: "this is", false: "these are"}[len(hidden) == 1], name, text)
	}
	return b, at, nil
}

// readCases reads a table of cases as CSV.
func (a *App) readCases(name string, flags tableFlags) ([]byte, error) {
	if !isBook(name) {
		data, err := a.read(name, "cases")
		if err != nil {
			return nil, usage("cannot read %s: %s", name, plainError(err))
		}
		return data, nil
	}
	b, at, err := a.readBook(name, flags.Sheet)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := b.CSV(at, &text, flags.decimal()); err != nil {
		return nil, usage("cannot read %s: %s", name, plainError(err))
	}
	return text.Bytes(), nil
}

// openCases opens a table of cases of any size as CSV.
func (a *App) openCases(name string, flags tableFlags) (io.ReadCloser, error) {
	if isBook(name) {
		b, at, err := a.readBook(name, flags.Sheet)
		if err != nil {
			return nil, err
		}
		r, w := io.Pipe()
		go func() { w.CloseWithError(b.CSV(at, w, flags.decimal())) }()
		return r, nil
	}
	in, err := a.open(name)
	if err != nil {
		return nil, usage("cannot read %s: %s", name, plainError(err))
	}
	return in, nil
}

// bookRow is an answer as a row of a spreadsheet: what is a number in the rules is one there.
func (p *pieceAnswers) bookRow(a *caseAnswer) []any {
	row := make([]any, 0, len(p.carried)+len(answerHeadings))
	for _, i := range p.carried {
		row = append(row, p.run.columns.number(i, a.cells[i]))
	}
	for _, text := range a.texts(p.run.columns) {
		row = append(row, text)
	}
	return row
}

// number is a cell as a number, where it is one that a spreadsheet keeps as it is.
func (c *caseColumns) number(column int, cell string) any {
	col := c.columns[column]
	col.unit = ""
	text, err := c.text(col, cell)
	if err != nil || !col.numbers || len(text) > 15 {
		return cell
	}
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || strconv.FormatFloat(n, 'f', -1, 64) != text {
		return cell
	}
	return n
}
