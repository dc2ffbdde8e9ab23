package book

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/ctl-lang/ctl/internal/plain"
)

// Writer writes a table as a spreadsheet that can be sorted and filtered: its heading stays
// in sight. It keeps little of it in memory.
type Writer struct {
	file    *excelize.File
	w       *excelize.StreamWriter
	heading []string
	row     int
}

const (
	sheetName = "Sheet1"
	mostText  = 32_000 // units of UTF-16 of a cell; spreadsheets take some more
)

// NewWriter begins a table.
func NewWriter(heading []string) (*Writer, error) {
	f := excelize.NewFile()
	sw, err := f.NewStreamWriter(sheetName)
	if err != nil {
		return nil, err
	}
	w := &Writer{file: f, w: sw, heading: heading}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		sw.SetColWidth(1, len(heading), 18),
	)
	if err != nil {
		return nil, err
	}
	cells := make([]any, len(heading))
	for i, h := range heading {
		cells[i] = excelize.Cell{StyleID: bold, Value: plain.Line(h)}
	}
	return w, w.Row(cells)
}

// Row adds a row of texts and numbers. No text is a formula.
func (w *Writer) Row(cells []any) error {
	if w.row++; w.row > excelize.TotalRows {
		return fmt.Errorf("a spreadsheet has at most %d rows: write the answers as .csv", excelize.TotalRows)
	}
	for i, c := range cells {
		if text, ok := c.(string); ok {
			cells[i] = Text(text)
		}
	}
	return w.w.SetRow(fmt.Sprintf("A%d", w.row), cells)
}

// Text is a text as a cell holds it, which says where it is too long for one.
func Text(text string) string {
	text = plain.Line(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, text))
	if len(text) <= mostText {
		return text
	}
	units := utf16.Encode([]rune(text))
	if len(units) <= mostText {
		return text
	}
	return string(utf16.Decode(units[:mostText])) + " … (cut: a spreadsheet has no longer cells)"
}

// End writes the spreadsheet.
func (w *Writer) End(to io.Writer) error {
	defer w.file.Close()
	last, err := excelize.CoordinatesToCellName(len(w.heading), max(w.row, 2))
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, h := range w.heading {
		seen[strings.ToLower(h)] = true
	}
	if !seen[""] && len(seen) == len(w.heading) && w.row > 1 { // the columns of a table have names of their own
		if err := w.w.AddTable(&excelize.Table{Range: "A1:" + last, Name: "cases", StyleName: "TableStyleLight1"}); err != nil {
			return err
		}
	}
	if err := w.w.Flush(); err != nil {
		return err
	}
	_, err = w.file.WriteTo(to)
	return err
}
