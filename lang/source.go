package lang

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// Source is a text with a name. Lines are counted from 1, columns in characters from 1.
type Source struct {
	Name  string
	Text  string
	lines []uint32 // offset of each line's first byte
	below []Field  // of a table
}

// Field is a field of a table: where it begins in the text, and below which heading it stands.
type Field struct {
	Start   uint32
	Heading string // "" of a heading itself
}

// NewTable is a source that is a table, with its fields in the order of the text.
func NewTable(name, text string, fields []Field) *Source {
	s := NewSource(name, text)
	s.below = fields
	return s
}

// NewSource indexes the lines of a text. A line ends with \n, \r\n or \r.
func NewSource(name, text string) *Source {
	s := &Source{Name: name, Text: text, lines: make([]uint32, 1, 1+strings.Count(text, "\n"))}
	returns := strings.IndexByte(text, '\r') >= 0
	for i := 0; i < len(text); i++ {
		if !returns {
			n := strings.IndexByte(text[i:], '\n')
			if n < 0 {
				break
			}
			i += n
		}
		switch text[i] {
		case '\n':
			s.lines = append(s.lines, uint32(i+1))
		case '\r':
			if i+1 == len(text) || text[i+1] != '\n' {
				s.lines = append(s.lines, uint32(i+1))
			}
		}
	}
	return s
}

// IsTable says whether the source is a table.
func (s *Source) IsTable() bool { return s != nil && s.below != nil }

// Position of an offset: line and column.
func (s *Source) Position(offset uint32) (line, col int) {
	if int(offset) > len(s.Text) {
		offset = uint32(len(s.Text))
	}
	line = sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > offset })
	return line, utf8.RuneCountInString(s.Text[s.lines[line-1]:offset]) + 1
}

// Place is name:line:col.
func (s *Source) Place(offset uint32) string {
	line, col := s.Position(offset)
	return fmt.Sprintf("%s:%d:%d", s.Name, line, col)
}

// Line is the text of a line (from 1), without its end.
func (s *Source) Line(line int) string {
	if line < 1 || line > len(s.lines) {
		return ""
	}
	end := len(s.Text)
	if line < len(s.lines) {
		end = int(s.lines[line])
	}
	return strings.TrimRight(s.Text[s.lines[line-1]:end], "\r\n")
}

// Slice is the text of a span.
func (s *Source) Slice(span Span) string {
	if int(span.End) > len(s.Text) || span.Start > span.End {
		return ""
	}
	return s.Text[span.Start:span.End]
}
