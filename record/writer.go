package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
)

// Writer writes records to an io.Writer, each with one call of Write, on a line of its own
// that begins with a line break and ends with one: whatever stands before it, of this
// process or another, a record is not joined to. It is safe for concurrent use. It buffers
// nothing: when its methods return without an error, the io.Writer has the record, and with
// Options.Sync its storage too.
//
// Several processes may write to one file that each has opened with os.O_APPEND. A process
// that is killed while it writes, and a disk that is full, can leave a part of a record,
// whose write has not returned or has returned an error. It costs no other record: Read
// tells of it and goes on.
type Writer struct {
	opts Options

	mu      sync.Mutex
	out     io.Writer
	write   func([]byte) (int, error) // of out
	written int                       // how many records
	first   error                     // the first error of all
	lost    int                       // how many records were not written

	disk disk
}

// NewWriter makes a Writer.
func NewWriter(out io.Writer, o Options) *Writer {
	w := &Writer{opts: o, out: out, write: out.Write}
	if once := writeOnce(out); once != nil {
		w.write = once
	}
	return w
}

// Decided writes the record of a decision. See Options.Decided.
func (w *Writer) Decided(id string, c *interp.Case, d *interp.Decision) error {
	return w.Write(w.opts.Decided(id, c, d))
}

// Failed writes the record of a case that could not be decided. See Options.Failed.
func (w *Writer) Failed(id string, c *interp.Case, p *interp.Policy, err error) error {
	return w.Write(w.opts.Failed(id, c, p, err))
}

// Write writes a record. An error is remembered, too, for Err.
func (w *Writer) Write(r *Record) error {
	line, err := lineOf(r)
	if err == nil && w.opts.Sync != 0 {
		err = w.canSync()
	}
	n := 0
	if err == nil {
		n, err = w.put(line)
	}
	if err == nil && w.opts.Sync != 0 {
		err = w.synced(n)
	}
	if err != nil {
		w.failed(err)
		return fmt.Errorf("a decision was not recorded: %w", err)
	}
	return nil
}

// lineOf is a record between line breaks.
func lineOf(r *Record) ([]byte, error) {
	line := bytes.NewBufferString("\n")
	enc := json.NewEncoder(plain.JSONWriter{W: line})
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return nil, err
	}
	if line.Len() > maxLine {
		return nil, fmt.Errorf("the record is longer than %d MiB, and could not be read again", maxLine>>20)
	}
	return line.Bytes(), nil
}

// put hands over a whole line, and says how many there are now, or why it could not.
func (w *Writer) put(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.write(line)
	if err == nil && n < len(line) {
		err = io.ErrShortWrite
	}
	if err == nil {
		w.written++
	}
	return w.written, err
}

func (w *Writer) failed(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lost++
	if w.first == nil {
		w.first = err
	}
}

// Err is nil as long as every record was written. Else it says how many were not, and
// wraps the first error: for those who cannot act on each one.
func (w *Writer) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lost == 0 {
		return nil
	}
	return fmt.Errorf("%d decisions were not recorded, the first of them for this reason: %w", w.lost, w.first)
}
