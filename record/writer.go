package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/ctl-lang/ctl/interp"
)

// Writer writes records to an io.Writer, each as one line with one call of Write. It is
// safe for concurrent use. It buffers nothing: when its methods return without an error,
// the io.Writer has the record.
type Writer struct {
	opts Options

	mu     sync.Mutex
	out    io.Writer
	broken bool  // the last line may be written in part
	first  error // the first error of all
	lost   int   // how many records were not written
}

// NewWriter makes a Writer.
func NewWriter(out io.Writer, o Options) *Writer { return &Writer{opts: o, out: out} }

// Decided writes the record of a decision. See Options.Decided.
func (w *Writer) Decided(id string, c *interp.Case, d *interp.Decision) error {
	return w.Write(w.opts.Decided(id, c, d))
}

// Failed writes the record of a case that could not be decided. See Options.Failed.
func (w *Writer) Failed(id string, c *interp.Case, p *interp.Policy, err error) error {
	return w.Write(w.opts.Failed(id, c, p, err))
}

// Write writes a record. An error is remembered, too, for Err. A line that was written
// in part is ended before the next one, so that it costs one record and not two.
func (w *Writer) Write(r *Record) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(r)
	if err == nil && line.Len() > maxLine {
		err = fmt.Errorf("the record is longer than %d MiB, and could not be read again", maxLine>>20)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		err = w.put(line.Bytes())
	}
	if err != nil {
		w.lost++
		if w.first == nil {
			w.first = err
		}
		return fmt.Errorf("a decision was not recorded: %w", err)
	}
	return nil
}

// put hands over a whole line, or says why it could not.
func (w *Writer) put(line []byte) error {
	if w.broken {
		line = append([]byte("\n"), line...)
	}
	n, err := w.out.Write(line)
	if err == nil && n < len(line) {
		err = io.ErrShortWrite
	}
	w.broken = err != nil && (n > 0 || w.broken)
	return err
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
