package table

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Reader reads the rows of a table.
type Reader struct {
	// Comments says that a line that begins with # is none of the table.
	Comments bool

	// Reuse says that the fields of a row are looked at before the next one is read.
	Reuse bool

	text    string
	pos     int // of the next line
	line    int // its number, from 1
	comma   byte
	heading []Field
	room    []Field
	torn    bool // something is wrong with the row at hand, and what else is, is not told

	only byte // of the separators; 0: any
}

// Row is a line of a table, or several where a field in quotes goes over their ends.
type Row struct {
	Line   int // the number of its first line, from 1
	Fields []Field
	raw    string
}

// Field is a cell without the blanks around it, and where it stands in Text of the reader.
type Field struct {
	Text       string
	Quoted     bool
	Start, End int
}

// Cells are the texts of a row's fields.
func (r Row) Cells() []string { return r.CellsIn(make([]string, 0, len(r.Fields))) }

// CellsIn are the cells in a slice that is used again.
func (r Row) CellsIn(room []string) []string {
	cells := room[:0]
	for _, f := range r.Fields {
		cells = append(cells, f.Text)
	}
	return cells
}

// Raw is the row as it stands in the table, without the end of its line.
func (r Row) Raw() string { return r.raw }

// Error is why a table cannot be read, and where.
type Error struct {
	Line       int // from 1
	Start, End int // of what is wrong, in Text of the reader; 0, 0 where there is no text
	Message    string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// NewReader reads the text of a file; the error is an *Error.
func NewReader(data []byte) (*Reader, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	return &Reader{text: text, line: 1, comma: ','}, nil
}

// Text is the file as UTF-8, without a mark of its encoding.
func (r *Reader) Text() string { return r.text }

// separators may stand between fields.
var separators = []byte{',', ';', '\t', '|'}

// Separator is what stands between fields, once the heading is read.
func (r *Reader) Separator() byte { return r.comma }

// Separated says what stands between fields, so that Heading tries no other.
func (r *Reader) Separated(by byte) { r.only = by }

// Heading reads the first row, with the first of the separators with which it is a
// heading; the rows behind it have its separator and as many fields. Where it is none
// with any of them, it is told with the separator that makes most fields of it, and the
// next Read reads it again, as the only field of a row where no separator stands.
func (r *Reader) Heading(is func(cells []string) bool) (row Row, found bool, err error) {
	pos, line := r.pos, r.line
	for _, by := range separators {
		if r.only != 0 && by != r.only {
			continue
		}
		r.pos, r.line, r.comma = pos, line, by
		this, e := r.next()
		if e == io.EOF {
			return Row{}, false, io.EOF
		}
		if e != nil {
			if row.Fields == nil && err == nil {
				err = e
			}
			continue
		}
		if is(this.Cells()) {
			r.heading = this.Fields
			return this, true, nil
		}
		if len(this.Fields) > len(row.Fields) {
			row, err = this, nil
		}
	}
	r.pos, r.line, r.comma = pos, line, cmp.Or(r.only, ',')
	return row, false, err
}

// Read is the next row that is not blank, and io.EOF at the end. Behind a heading it has
// as many fields as that. Beside an error the row has no fields where it is not known where
// the next one begins.
func (r *Reader) Read() (Row, error) {
	row, err := r.next()
	if err != nil || r.heading == nil {
		return row, err
	}
	n := len(r.heading)
	for len(row.Fields) > n && row.Fields[len(row.Fields)-1].Text == "" {
		row.Fields = row.Fields[:len(row.Fields)-1]
	}
	if len(row.Fields) != n {
		return row, r.otherLength(row)
	}
	if n == 1 {
		return row, r.Single(row)
	}
	return row, nil
}

// Single refuses a row of a list, which has one field, if another one may begin in it.
func (r *Reader) Single(row Row) error {
	f := row.Fields[0]
	if len(row.Fields) == 1 && (f.Quoted || !strings.ContainsAny(f.Text, ",;\t|")) {
		return nil
	}
	return r.errorAt(row, "`%s` could be several fields, and there is one column: a name with a comma, a semicolon, a tab or a bar stands in quotes, %s", row.shown(), quoted(row.raw))
}

func (r *Reader) otherLength(row Row) error {
	n := "1 field"
	if len(row.Fields) != 1 {
		n = fmt.Sprintf("%d fields", len(row.Fields))
	}
	mend := "write a separator for each that is empty"
	if len(row.Fields) > len(r.heading) {
		mend = "a text that holds " + map[byte]string{',': "a comma", ';': "a semicolon", '\t': "a tab", '|': "a bar"}[r.comma] + " stands in quotes"
	}
	return r.errorAt(row, "`%s` has %s, and the heading has %d: %s", row.shown(), n, len(r.heading), mend)
}

func (r *Reader) errorAt(row Row, format string, args ...any) error {
	return &Error{row.Line, row.Fields[0].Start, row.Fields[len(row.Fields)-1].End, fmt.Sprintf(format, args...)}
}

// shown is a row for a message.
func (r Row) shown() string { return shortened(r.raw) }

// quoted is a text as a field in quotes.
func quoted(text string) string { return `"` + strings.ReplaceAll(shortened(text), `"`, `""`) + `"` }

// shortened is the first line of a text, and not more than a message can hold.
func shortened(text string) string {
	const most = 60
	if len(text) > 10*most {
		text = text[:10*most] // of which more than enough is left
	}
	line, rest, _ := strings.Cut(strings.ReplaceAll(text, "\r", "\n"), "\n")
	more := strings.TrimSpace(rest) != ""
	if runes := []rune(line); len(runes) > most {
		line, more = string(runes[:most]), true
	}
	if more {
		line += "…"
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, line)
}

// next reads a row that is not blank.
func (r *Reader) next() (Row, error) {
	for r.pos < len(r.text) {
		if r.Comments && r.text[r.pos] == '#' {
			r.pos = r.endOfLine(r.pos)
			r.endLine()
			continue
		}
		start := r.pos
		row := Row{Line: r.line, Fields: r.room[:0]}
		if !r.Reuse {
			row.Fields = make([]Field, 0, max(len(r.heading), 1))
		}
		blank := true
		var wrong error
		r.torn = false
		for {
			f, err := r.field()
			if err != nil && f == (Field{}) {
				return Row{}, err
			}
			if wrong == nil && err != nil {
				wrong, r.torn = err, true
			}
			row.Fields = append(row.Fields, f)
			blank = blank && f.Text == "" && !f.Quoted
			if r.pos == len(r.text) || r.text[r.pos] != r.comma {
				break
			}
			r.pos++
		}
		if r.Reuse {
			r.room = row.Fields
		}
		row.raw = strings.TrimSpace(r.text[start:r.pos])
		r.endLine()
		if wrong != nil {
			return row, wrong
		}
		if !blank {
			return row, nil
		}
	}
	return Row{}, io.EOF
}

// endOfLine is where the line of an offset ends.
func (r *Reader) endOfLine(at int) int {
	if n := strings.IndexAny(r.text[at:], "\r\n"); n >= 0 {
		return at + n
	}
	return len(r.text)
}

// endLine goes behind the end of a line.
func (r *Reader) endLine() {
	if r.pos == len(r.text) {
		return
	}
	if strings.HasPrefix(r.text[r.pos:], "\r\n") {
		r.pos++
	}
	r.pos++
	r.line++
}

// field reads up to the next separator or end of a line. Beside an error it is what stands
// there, or nothing where it is not known where the field ends.
func (r *Reader) field() (Field, error) {
	for r.pos < len(r.text) && (r.text[r.pos] == ' ' || r.text[r.pos] == '\t' && r.comma != '\t') {
		r.pos++
	}
	if r.pos < len(r.text) && r.text[r.pos] == '"' {
		return r.quotedField()
	}
	start := r.pos
	for r.pos < len(r.text) && !r.fieldEnds() {
		r.pos++
	}
	text := strings.TrimSpace(r.text[start:r.pos])
	if strings.Contains(text, `"`) && !r.torn {
		return Field{Text: text, Start: start, End: r.pos}, &Error{r.line, start, r.pos, fmt.Sprintf("quotation marks stand within `%s`: all of the field stands in quotes then, and each of them twice, %s", shortened(text), quoted(text))}
	}
	start += strings.Index(r.text[start:r.pos], text)
	return Field{Text: text, Start: start, End: start + len(text)}, nil
}

// fieldEnds says whether a separator or the end of the line stands here.
func (r *Reader) fieldEnds() bool {
	c := r.text[r.pos]
	return c == r.comma || c == '\n' || c == '\r'
}

// quotedField reads a field that begins with quotes here.
func (r *Reader) quotedField() (Field, error) {
	start, line := r.pos, r.line
	end := start + 1
	for {
		n := strings.IndexByte(r.text[end:], '"')
		if n < 0 {
			return Field{}, &Error{line, start, r.endOfLine(start), fmt.Sprintf("the quotes that open in `%s` are not closed", shortened(r.text[start:]))}
		}
		if end += n + 1; end == len(r.text) || r.text[end] != '"' {
			break
		}
		end++
	}
	inner := r.text[start+1 : end-1]
	r.pos = end
	r.line += lineEnds(inner)
	for r.pos < len(r.text) && (r.text[r.pos] == ' ' || r.text[r.pos] == '\t' && r.comma != '\t') {
		r.pos++
	}
	if r.pos < len(r.text) && !r.fieldEnds() {
		if r.torn {
			for r.pos < len(r.text) && !r.fieldEnds() {
				r.pos++
			}
			return Field{Text: r.text[start:r.pos], Start: start, End: r.pos}, nil
		}
		err := &Error{line, start, r.endOfLine(r.pos), fmt.Sprintf("behind the closing quotes of `%s` comes `%s`: quotes within quotes are written twice", shortened(r.text[start:end]), shortened(r.text[r.pos:]))}
		for r.pos < len(r.text) && !r.fieldEnds() {
			r.pos++
		}
		return Field{Text: r.text[start:r.pos], Start: start, End: r.pos}, err
	}
	return Field{Text: strings.TrimSpace(strings.ReplaceAll(inner, `""`, `"`)), Quoted: true, Start: start, End: end}, nil
}
