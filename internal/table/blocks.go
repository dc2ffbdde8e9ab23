package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	blockSize = 256 << 10 // bytes of whole rows that are read at a time
	mostRow   = 16 << 20  // bytes of a row
	mostUTF16 = 256 << 20 // bytes of a table in UTF-16, which is read whole
)

// Blocks cuts a table of any size into pieces of whole rows, which can be read apart from
// each other and at once: the heading stands in the first.
//
//	blocks := table.NewBlocks(in)
//	first, err := blocks.Next()
//	r := first.Reader()
//	heading, found, err := r.Heading(is)
//	for { // r first, and then r.Of(block) of each further one
//		row, err := r.Read()
//	}
type Blocks struct {
	in    io.Reader
	rest  []byte // of what was read, behind the last block
	line  int    // the number of its first line
	begun bool
	end   error // of in, once it has ended
}

// Block is a piece of a table.
type Block struct {
	Text string
	Line int // the number of its first line
}

// NewBlocks cuts what is read from in.
func NewBlocks(in io.Reader) *Blocks { return &Blocks{in: in, line: 1} }

// Next is the next block, and io.EOF at the end. Other errors are an *Error, or those of
// reading.
func (b *Blocks) Next() (Block, error) {
	for size := blockSize; ; size *= 2 {
		if err := b.fill(size); err != nil {
			return Block{}, err
		}
		end := len(b.rest)
		if b.end == nil {
			end = lastRowEnd(b.rest)
		} else if end == 0 {
			return Block{}, b.end
		}
		if end > 0 {
			return b.cut(end)
		}
		if size > mostRow {
			return Block{}, &Error{Line: b.line, Message: fmt.Sprintf("the row that begins here is longer than %d MiB: are its quotes closed?", mostRow>>20)}
		}
	}
}

// fill reads until so many bytes are there, or the end.
func (b *Blocks) fill(size int) error {
	for b.end == nil && len(b.rest) < size {
		if cap(b.rest)-len(b.rest) < blockSize {
			b.rest = append(make([]byte, 0, len(b.rest)+size+blockSize), b.rest...)
		}
		n, err := b.in.Read(b.rest[len(b.rest) : len(b.rest)+blockSize])
		b.rest = b.rest[:len(b.rest)+n]
		b.end = err
	}
	if b.end != nil && !errors.Is(b.end, io.EOF) {
		return b.end
	}
	if b.begun || len(b.rest) == 0 {
		return nil
	}
	b.begun = true
	return b.begin()
}

// begin looks at what a table begins with.
func (b *Blocks) begin() error {
	if bytes.HasPrefix(b.rest, []byte("\xff\xfe")) || bytes.HasPrefix(b.rest, []byte("\xfe\xff")) {
		all := b.rest
		if b.end == nil {
			more, err := io.ReadAll(io.LimitReader(b.in, mostUTF16))
			if err != nil {
				return err
			}
			if all = append(all, more...); len(all) > mostUTF16 {
				return &Error{Line: 1, Message: fmt.Sprintf("a table in UTF-16 has at most %d MiB: save it as UTF-8", mostUTF16>>20)}
			}
		}
		text, err := decode(all)
		b.rest, b.end = []byte(text), io.EOF
		return err
	}
	if what := otherFormat(b.rest); what != "" {
		return &Error{Line: 1, Message: "this is " + what + " and no CSV: save or fetch it as CSV"}
	}
	b.rest = bytes.TrimPrefix(b.rest, []byte("\ufeff"))
	return nil
}

// lastRowEnd is the place behind the last end of a row; 0 where there is none. Within a field in
// quotes a line end is none of a row.
func lastRowEnd(text []byte) (end int) {
	ends := byte('\n')
	if bytes.IndexByte(text, ends) < 0 {
		ends, text = '\r', text[:max(len(text)-1, 0)] // behind the last one a line feed may come
	}
	for at := 0; ; {
		quote := bytes.IndexByte(text[at:], '"')
		until := at + quote
		if quote < 0 {
			until = len(text)
		}
		if n := bytes.LastIndexByte(text[at:until], ends); n >= 0 {
			end = at + n + 1
		}
		if quote < 0 {
			return end
		}
		if at = until + 1; !opens(text[:until]) {
			continue
		}
		for at < len(text) {
			n := bytes.IndexByte(text[at:], '"')
			if n < 0 {
				return end
			}
			if at += n + 1; at == len(text) || text[at] != '"' {
				break
			}
			at++
		}
	}
}

// opens says whether a quotation mark behind a text begins a field: a separator stands before it, or
// the end of a line.
func opens(before []byte) bool {
	i := len(before) - 1
	for i >= 0 && before[i] == ' ' {
		i--
	}
	return i < 0 || bytes.IndexByte([]byte("\n\r,;\t|"), before[i]) >= 0
}

// cut takes the next block off.
func (b *Blocks) cut(end int) (Block, error) {
	text := string(b.rest[:end])
	out := Block{Text: text, Line: b.line}
	b.rest = b.rest[end:]
	if i := strings.IndexByte(text, 0); i >= 0 {
		return out, &Error{Line: b.line + lineEnds(text[:i]), Message: "there is a NUL, as in UTF-16 without its mark: save the file as UTF-8"}
	}
	if !utf8.ValidString(text) {
		err := notUTF8(text).(*Error)
		err.Line += b.line - 1
		return out, err
	}
	b.line += lineEnds(text)
	return out, nil
}

// Reader reads the rows of the first block.
func (b Block) Reader() *Reader {
	return &Reader{text: b.Text, line: b.Line, comma: ','}
}

// Of reads the rows of a block as r reads those behind its heading.
func (r *Reader) Of(b Block) *Reader {
	of := *r
	of.text, of.pos, of.line, of.room = b.Text, 0, b.Line, nil
	return &of
}
