package book

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"github.com/xuri/nfp"
)

// Problem is what a cell holds that is not read.
type Problem struct {
	Place   string // such as B7
	Message string
}

func (p Problem) String() string { return p.Place + ": " + p.Message }

// shown is how the number of a cell is shown.
type shown uint8

const (
	asNumber shown = iota
	asDate
	asTime
)

// sheetCell is a cell with something in it.
type sheetCell struct {
	column int // from 1
	text   string
	number bool
}

// sheetRow is a row with its number, from 1.
type sheetRow struct {
	number int
	hidden bool
	cells  []sheetCell
}

// mostProblems is how many problems of a sheet are told.
const mostProblems = 20

// sheetReader goes through a sheet once.
type sheetReader struct {
	b        *Book
	d        *xml.Decoder
	row      func(sheetRow) error
	last     int // row
	hidden   []string
	problems []Problem
	more     bool // problems than are told
}

func (s *sheetReader) problem(place, format string, args ...any) {
	if len(s.problems) == mostProblems {
		s.more = true
		return
	}
	s.problems = append(s.problems, Problem{place, fmt.Sprintf(format, args...)})
}

// ended is the error with which XML ends; nil where it ends as it should.
func ended(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	return fmt.Errorf("the spreadsheet is damaged: %w", err)
}

func attr(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// read goes through the sheet of a number.
func (b *Book) read(sheet int, row func(sheetRow) error) (s *sheetReader, err error) {
	defer damaged(&err)
	s = &sheetReader{b: b, d: xml.NewDecoder(bytes.NewReader(b.part(b.parts[sheet]))), row: row}
	for {
		tok, err := s.d.Token()
		if tok == nil {
			return s, ended(err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			if err := s.readRow(start); err != nil {
				return s, err
			}
		case "mergeCell":
			s.problem(attr(start, "ref"), "these cells are merged: take that back, and fill each of them")
		case "col":
			if hidden(start) {
				from, _ := strconv.Atoi(attr(start, "min"))
				name, err := excelize.ColumnNumberToName(from)
				if err == nil {
					s.hidden = append(s.hidden, "column "+name)
				}
			}
		}
	}
}

func hidden(start xml.StartElement) bool {
	h := attr(start, "hidden")
	return h == "1" || h == "true"
}

// readRow reads a row, which comes behind those before it.
func (s *sheetReader) readRow(start xml.StartElement) error {
	number := s.last + 1
	if r := attr(start, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < number || n > excelize.TotalRows {
			return fmt.Errorf("the spreadsheet is damaged: row %s stands behind row %d", r, s.last)
		}
		number = n
	}
	s.last = number
	row := sheetRow{number: number, hidden: hidden(start)}
	column := 0
	for {
		tok, err := s.d.Token()
		if err != nil {
			return fmt.Errorf("the spreadsheet is damaged: %w", err)
		}
		switch tok := tok.(type) {
		case xml.EndElement:
			if tok.Name.Local == "row" {
				if row.hidden && len(row.cells) > 0 {
					s.hidden = append(s.hidden, fmt.Sprintf("row %d", number))
				}
				return s.row(row)
			}
		case xml.StartElement:
			if tok.Name.Local != "c" {
				if err := s.d.Skip(); err != nil {
					return ended(err)
				}
				continue
			}
			column++
			if r := attr(tok, "r"); r != "" {
				c, at, err := excelize.CellNameToCoordinates(r)
				if err != nil || c < column || at != number {
					return fmt.Errorf("the spreadsheet is damaged: the cell %s stands in row %d", r, number)
				}
				column = c
			}
			if column > excelize.MaxColumns {
				return fmt.Errorf("the spreadsheet is damaged: row %d has more than %d cells", number, excelize.MaxColumns)
			}
			cell, err := s.cell(tok, column, number)
			if err != nil {
				return err
			}
			if cell.text = strings.TrimSpace(cell.text); cell.text != "" {
				cell.column = column
				row.cells = append(row.cells, cell)
			}
		}
	}
}

// cell is what a cell says.
func (s *sheetReader) cell(start xml.StartElement, column, row int) (out sheetCell, err error) {
	var c struct {
		F *struct {
			Text string `xml:",chardata"`
		} `xml:"f"`
		V  string    `xml:"v"`
		Is *rawInner `xml:"is"`
	}
	if err := s.d.DecodeElement(&c, &start); err != nil {
		return out, fmt.Errorf("the spreadsheet is damaged: %w", err)
	}
	place, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return out, err
	}
	if c.F != nil {
		said := ""
		if c.F.Text != "" {
			said = " (`=" + short(c.F.Text) + "`)"
		}
		s.problem(place, "it holds a formula%s: copy the cells and paste them as values", said)
		return sheetCell{text: c.V}, nil
	}
	switch kind := attr(start, "t"); kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.V))
		if err != nil || i < 0 || i >= len(s.b.texts) {
			return out, fmt.Errorf("the spreadsheet is damaged: %s has the text of number %s", place, short(c.V))
		}
		return sheetCell{text: s.b.texts[i]}, nil
	case "inlineStr":
		if c.Is == nil {
			return out, nil
		}
		out.text, err = c.Is.text()
		return out, err
	case "str":
		return sheetCell{text: unescaped(c.V)}, nil
	case "b":
		if c.V == "1" || c.V == "true" {
			return sheetCell{text: "yes"}, nil
		}
		return sheetCell{text: "no"}, nil
	case "e":
		s.problem(place, "it holds the error `%s`", short(c.V))
		return out, nil
	case "d":
		return sheetCell{text: c.V}, nil
	case "", "n":
	default:
		return out, fmt.Errorf("the spreadsheet is damaged: %s is a cell of the sort %s", place, short(kind))
	}
	if c.V = strings.TrimSpace(c.V); c.V == "" {
		return out, nil
	}
	number, err := strconv.ParseFloat(c.V, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return out, fmt.Errorf("the spreadsheet is damaged: %s holds the number `%s`", place, short(c.V))
	}
	style, _ := strconv.Atoi(attr(start, "s"))
	as, err := s.b.shown(style)
	if err != nil {
		return out, err
	}
	if as == asNumber {
		return sheetCell{text: strconv.FormatFloat(number, 'f', -1, 64), number: true}, nil
	}
	return sheetCell{text: s.day(place, number, as)}, nil
}

// day is the date that a number stands for.
func (s *sheetReader) day(place string, number float64, as shown) string {
	first := 61.0 // 1 March 1900: of the days before it spreadsheets disagree
	if s.b.from04 {
		first = 0
	}
	switch {
	case as == asTime || number != math.Trunc(number):
		s.problem(place, "it holds a time: write a date, or the time as a text")
		return ""
	case number < first || number > 2_958_465:
		s.problem(place, "it is shown as a date and holds %s, which is none", strconv.FormatFloat(number, 'f', -1, 64))
		return ""
	}
	t, err := excelize.ExcelDateToTime(number, s.b.from04)
	if err != nil {
		s.problem(place, "it holds a date that cannot be read: %s", err)
		return ""
	}
	return t.Format("2006-01-02")
}

// shown says how numbers of a style are shown.
func (b *Book) shown(style int) (shown, error) {
	if as, known := b.styles[style]; known || style == 0 {
		return as, nil
	}
	st, err := b.file.GetStyle(style)
	if err != nil {
		return asNumber, fmt.Errorf("the spreadsheet is damaged: %w", err)
	}
	as := asNumber
	switch n := st.NumFmt; {
	case st.CustomNumFmt != nil && *st.CustomNumFmt != "":
		as = shownBy(*st.CustomNumFmt)
	case n >= 14 && n <= 17, n == 22, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n >= 57 && n <= 58:
		as = asDate
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n >= 55 && n <= 56:
		as = asTime
	}
	b.styles[style] = as
	return as, nil
}

// shownBy says what a format of its own makes of a number.
func shownBy(format string) shown {
	if len(format) > 1000 {
		return asNumber
	}
	ps := nfp.NumberFormatParser()
	as := asNumber
	for _, section := range ps.Parse(format) {
		for _, item := range section.Items {
			switch {
			case item.TType == nfp.TokenTypeElapsedDateTimes:
				return asTime
			case item.TType == nfp.TokenTypeDateTimes && strings.ContainsAny(strings.ToLower(item.TValue), "dy"):
				return asDate
			case item.TType == nfp.TokenTypeDateTimes:
				as = asTime
			}
		}
	}
	return as
}

// rawInner is an element whose text is read apart.
type rawInner struct {
	Inner []byte `xml:",innerxml"`
}

func (r *rawInner) text() (string, error) {
	d := xml.NewDecoder(bytes.NewReader(append(append([]byte("<is>"), r.Inner...), "</is>"...)))
	tok, err := d.Token()
	if err != nil {
		return "", ended(err)
	}
	return richText(d, tok.(xml.StartElement))
}

// richText is the text of an element, without its layout and without what says how it is spoken.
func richText(d *xml.Decoder, of xml.StartElement) (string, error) {
	var out strings.Builder
	inText := 0
	for {
		tok, err := d.Token()
		if err != nil {
			return "", err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			switch tok.Name.Local {
			case "t":
				inText++
			case "rPh":
				if err := d.Skip(); err != nil {
					return "", err
				}
			}
		case xml.CharData:
			if inText > 0 {
				out.Write(tok)
			}
		case xml.EndElement:
			switch tok.Name.Local {
			case "t":
				inText--
			case of.Name.Local:
				return unescaped(out.String()), nil
			}
		}
	}
}

var escapes = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescaped is a text with the characters that spreadsheets write as _x000D_.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escapes.ReplaceAllStringFunc(text, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 32)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}

// short is a text for a message.
func short(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return text
}
