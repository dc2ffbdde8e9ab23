package book

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Problems is why a sheet is not read.
type Problems struct {
	Sheet string
	List  []Problem
	More  bool // than are in the list
}

func (p *Problems) Error() string {
	var lines []string
	for _, problem := range p.List {
		lines = append(lines, fmt.Sprintf("%s!%s", p.Sheet, problem))
	}
	if p.More {
		lines = append(lines, "and there are more such cells")
	}
	return strings.Join(lines, "\n")
}

// Look goes through a sheet and finds what is not read of it, as *Problems, and which of its rows and
// columns are hidden, which are read.
func (b *Book) Look(sheet int) (hidden []string, err error) {
	width := 0
	var s *sheetReader
	var beside []Problem
	s, err = b.read(sheet, func(row sheetRow) error {
		switch last := len(row.cells) - 1; {
		case last < 0:
		case width == 0:
			width = row.cells[last].column
		case row.cells[last].column > width && len(beside) < mostProblems:
			place, err := excelize.CoordinatesToCellName(row.cells[last].column, row.number)
			if err != nil {
				return err
			}
			beside = append(beside, Problem{place, "it stands beside the table, whose first row ends before this column"})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.problems = append(s.problems, beside...)
	switch {
	case len(s.problems) > 0:
		return nil, &Problems{b.Sheets[sheet].Name, s.problems, s.more}
	case width == 0:
		return nil, fmt.Errorf("its sheet `%s` is empty", b.Sheets[sheet].Name)
	}
	return s.hidden, nil
}

// CSV writes a sheet that has been looked at as CSV, with a line for each of its rows. A break
// within a cell is a blank. Decimal is what stands before the decimals of what is a number in the
// sheet.
func (b *Book) CSV(sheet int, to io.Writer, decimal byte) error {
	w := bufio.NewWriter(to)
	line, width := 1, 0
	_, err := b.read(sheet, func(row sheetRow) error {
		if len(row.cells) == 0 {
			return nil
		}
		for ; line < row.number; line++ {
			w.WriteByte('\n')
		}
		if width == 0 {
			width = row.cells[len(row.cells)-1].column
		}
		next := 0
		for column := 1; column <= width; column++ {
			if column > 1 {
				w.WriteByte(',')
			}
			if next < len(row.cells) && row.cells[next].column == column {
				cell := row.cells[next]
				if cell.number && decimal != '.' {
					cell.text = strings.Replace(cell.text, ".", string(decimal), 1)
				}
				w.WriteString(field(cell.text))
				next++
			}
		}
		line++
		return w.WriteByte('\n')
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

var breaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\x00", " ")

// field is a cell as a field of CSV.
func field(text string) string {
	text = breaks.Replace(text)
	if !strings.ContainsAny(text, ",;|\t\"") && text[0] != '#' {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
