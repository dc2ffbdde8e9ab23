package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// maxLine bounds a record. The facts of a case are 16 MiB as JSON at most, unless its
// program has other limits, and what the rest of it says comes from the rules.
const maxLine = 32 << 20

// LineError is a line of a file of records that is not as it should be.
type LineError struct {
	Name string // of the file, where it has one
	Line int    // counted from 1
	Err  error
}

// Error is name:line: what is wrong.
func (e *LineError) Error() string {
	what := plain.Lines(e.Err.Error())
	if e.Name == "" {
		return fmt.Sprintf("line %d: %s", e.Line, what)
	}
	return fmt.Sprintf("%s:%d: %s", plain.Line(e.Name), e.Line, what)
}

// Unwrap is what is wrong.
func (e *LineError) Unwrap() error { return e.Err }

// TornError is what is wrong with a line that is the beginning of a record and no more: the
// process ended while it wrote it, or the disk was full. Its write did not succeed.
type TornError struct {
	ID    string // of the decision, where so much of it is there
	Bytes int    // that are there
}

// Error tells of the record.
func (e *TornError) Error() string {
	id := ""
	if e.ID != "" {
		id = fmt.Sprintf(" %.80q", e.ID)
	}
	return fmt.Sprintf("the record%s is torn: it breaks off after %d bytes", id, e.Bytes)
}

// Read reads records one after the other, so that a file may be of any size. Empty lines
// are passed over. A bad line yields a *LineError, which wraps a *TornError where the line
// is a part of a record, and reading goes on behind it if the loop does; only after an error
// of the reader itself it ends. The errors carry the name of a reader that has one, such as
// an *os.File.
func Read(records io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		name := nameOf(records)
		in := bufio.NewReaderSize(records, 64<<10)
		for n := 1; ; n++ {
			line, err := nextLine(in)
			last := err != nil && !errors.Is(err, errLong)
			if errors.Is(err, io.EOF) {
				err = nil
			}
			var r *Record
			if err == nil && len(bytes.TrimSpace(line)) > 0 {
				r, err = parse(bytes.TrimRight(line, "\x00")) // which stand where a machine crashed before the disk had the text
			}
			if err != nil {
				err = &LineError{name, n, err}
			} else if r != nil {
				r.Line = n
			}
			if (r != nil || err != nil) && !yield(r, err) || last {
				return
			}
		}
	}
}

func nameOf(r io.Reader) string {
	if named, ok := r.(interface{ Name() string }); ok {
		return named.Name()
	}
	return ""
}

var errLong = fmt.Errorf("the line is longer than a record may be (%d MiB)", maxLine>>20)

// nextLine is the next line without its end. After errLong the line has been passed over.
// With any other error it is what there is of the last line.
func nextLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxLine; !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case long && (err == nil || errors.Is(err, io.EOF)):
			return nil, errLong
		default:
			return bytes.TrimSuffix(line, []byte("\n")), err
		}
	}
}

var statuses = []interp.Status{interp.Decided, interp.Undetermined, interp.Undecided, interp.Conflict, Failed}

// parse reads one record and checks that it says what every record says.
func parse(line []byte) (*Record, error) {
	r := &Record{}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	err := dec.Decode(r)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return nil, torn(line)
	case !utf8.Valid(line):
		return nil, errors.New("this is not UTF-8 text")
	case err != nil:
		return nil, noRecord(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the record")
	}
	switch {
	case r.Format == 0:
		return nil, errors.New(`this is no record of a decision: it has no member "ctl"`)
	case r.Format != Format:
		return nil, fmt.Errorf("the record has the format %d, and this program reads the format %d", r.Format, Format)
	case r.Policy == "":
		return nil, errors.New("the record names no policy")
	case !slices.Contains(statuses, r.Status):
		return nil, fmt.Errorf("there is no status %q", r.Status)
	case (r.Outcome != "") != (r.Status == interp.Decided):
		return nil, errors.New("a decided case has an outcome, and no other has one")
	case r.Facts == nil:
		return nil, errors.New("the record has no facts")
	}
	if _, err := r.date(); err != nil {
		return nil, err
	}
	return r, nil
}

// noRecord says what is wrong with the JSON of a line.
func noRecord(err error) error {
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("byte %d: this is no JSON: %s", syntax.Offset, syntax)
	case errors.As(err, &typed):
		return fmt.Errorf("byte %d: %q cannot be a JSON %s", typed.Offset, typed.Field, typed.Value)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

// torn is the beginning of a record. The first members are the format and the id.
func torn(line []byte) error {
	e := &TornError{Bytes: len(line)}
	dec := json.NewDecoder(bytes.NewReader(line))
	_, _ = dec.Token() // {
	for range 2 {
		name, _ := dec.Token()
		value, _ := dec.Token()
		if id, ok := value.(string); ok && name == "id" {
			e.ID = id
		}
	}
	return e
}
