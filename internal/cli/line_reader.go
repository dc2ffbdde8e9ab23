package cli

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/ctl-lang/ctl/interp"
)

const (
	mostLine     = 16 << 20 // bytes of a line: what facts as JSON may have by default, see interp.Limits
	mostUnderWay = 64 << 20 // bytes of the lines that are read and not answered, about
	blockSize    = 64 << 10 // bytes read at a time: what a pipe holds
	blocksAhead  = 16
)

// lineReader yields the lines of an input that are not blank, as they come.
type lineReader struct {
	blocks  <-chan block
	text    []byte     // of the last block: what was not looked at yet
	begun   []byte     // a line whose end has not come, as far as it stood in earlier blocks
	over    bool       // it is too long, and not kept
	number  int        // of the last line
	lock    sync.Mutex // of waiting: lines are read while others are answered
	waiting []int      // the numbers of the lines yielded and not answered yet
	tooLong bool       // the last line was: it is not yielded
	err     error      // of the input, once it has ended
}

// block is what one reading gave.
type block struct {
	text []byte
	err  error
}

func newLineReader(ctx context.Context, in io.Reader) *lineReader {
	return &lineReader{blocks: readAhead(ctx, in)}
}

// readAhead reads an input in the background, so that it can be seen whether there is
// more at hand. It ends with the input, or with the context, once nothing is awaited.
func readAhead(ctx context.Context, in io.Reader) <-chan block {
	blocks := make(chan block, blocksAhead)
	go func() {
		for {
			b := block{text: make([]byte, blockSize)}
			n, err := in.Read(b.text)
			b.text, b.err = b.text[:n], err
			select {
			case blocks <- b:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return blocks
}

// atHand waits for a line and yields it and those behind it, until to read on would be
// to wait, too much is under way or a line is too long.
func (r *lineReader) atHand(yield func(interp.JSON) bool) {
	size := 0
	for wait := true; size < mostUnderWay; wait = false {
		line, ok := r.next(wait)
		if !ok || r.tooLong {
			return
		}
		size += len(line)
		if line = bytes.TrimRight(line, " \t\r"); len(line) == 0 { // what stands before it counts for columns
			continue
		}
		r.lock.Lock()
		r.waiting = append(r.waiting, r.number)
		r.lock.Unlock()
		if !yield(line) {
			return
		}
	}
}

// answered is the number of the line that waited longest for its answer.
func (r *lineReader) answered() int {
	r.lock.Lock()
	defer r.lock.Unlock()
	number := r.waiting[0]
	r.waiting = r.waiting[1:]
	return number
}

// next is the next line without its end, or nothing where it is tooLong. It is not ok
// where the input has ended, and where no line is at hand and none is waited for.
func (r *lineReader) next(wait bool) (line []byte, ok bool) {
	r.tooLong = false
	for {
		part, rest, whole := bytes.Cut(r.text, []byte("\n"))
		r.text = rest
		if whole && !r.isBegun() {
			r.number++
			return part[:len(part):len(part)], true
		}
		r.begin(part)
		if !whole && r.more(wait) {
			continue
		}
		if !whole && (r.err == nil || !r.isBegun()) {
			return nil, false
		}
		line, r.tooLong = r.begun, r.over
		r.begun, r.over = nil, false
		r.number++
		return line, true
	}
}

func (r *lineReader) isBegun() bool { return r.over || len(r.begun) > 0 }

// begin keeps a part of a line, as far as a line is kept.
func (r *lineReader) begin(part []byte) {
	if r.over = r.over || len(r.begun)+len(part) > mostLine; r.over {
		r.begun = nil
		return
	}
	r.begun = append(r.begun, part...)
}

// more takes the next block. It is false where there is none, or none yet.
func (r *lineReader) more(wait bool) bool {
	if r.err != nil {
		return false
	}
	var b block
	if wait {
		b = <-r.blocks
	} else {
		select {
		case b = <-r.blocks:
		default:
			return false
		}
	}
	r.text, r.err = b.text, b.err
	return true
}

// ended says whether there are no more lines.
func (r *lineReader) ended() bool { return r.err != nil && len(r.text) == 0 && !r.isBegun() }
