package repl

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/internal/session"
)

// script carries the inputs of pipes, files and arguments out.
type script struct {
	s      *session.Session
	cfg    Config
	out    *bufio.Writer
	status int
}

// runScripts carries out what stands in the place of a person, and is the exit status.
func runScripts(s *session.Session, cfg Config) int {
	r := &script{s: s, cfg: cfg, out: bufio.NewWriterSize(cfg.Stdout, 1<<16)}
	if r.all() {
		if _, asking := s.Asking(); asking {
			r.write(s.StopAsking())
		}
	}
	if err := r.out.Flush(); err != nil {
		return cfg.cannotWrite(err.Error())
	}
	return r.status
}

// IsScript says whether a file is a script by its first line: one that a session has
// recorded, or one that asks to be run by this program.
func IsScript(name string) bool {
	f, err := osfile.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	first, _ := newLines(io.LimitReader(f, 1<<10)).next()
	return session.IsRecord(first) || strings.HasPrefix(first, "#!") && strings.Contains(first, "ctlrepl")
}

// begin carries out what stands in the file of Init. Its answers are shown where one of
// its inputs fails, and then the session does not begin.
func begin(s *session.Session, cfg Config) (status int) {
	if cfg.Init == "" {
		return exitOK
	}
	var shown bytes.Buffer
	r := &script{s: s, cfg: cfg, out: bufio.NewWriter(&shown)}
	r.file(cfg.Init)
	if r.status != exitOK {
		_ = r.out.Flush()
		_, _ = shown.WriteTo(cfg.Stderr)
	}
	return r.status
}

// all is false where an input has ended the session.
func (r *script) all() bool {
	for _, name := range r.cfg.Scripts {
		if !r.file(name) {
			return false
		}
	}
	for i, input := range r.cfg.Inputs {
		if !r.answer(input) {
			return false
		}
		if r.stops(Stop, "the "+ordinal(i+1)+" input of -c") {
			return false
		}
	}
	if len(r.cfg.Scripts)+len(r.cfg.Inputs) > 0 {
		return true
	}
	return r.lines(newLines(r.cfg.Stdin), GoOn, "standard input")
}

func ordinal(n int) string {
	switch n {
	case 1:
		return "first"
	case 2:
		return "second"
	case 3:
		return "third"
	}
	return fmt.Sprintf("%dth", n)
}

// file carries the inputs of a file out.
func (r *script) file(name string) bool {
	f, err := osfile.Open(name)
	if err != nil {
		fmt.Fprintf(r.cfg.Stderr, "ctlrepl: cannot read the script %s: %s\n", name, plainError(err))
		r.status = exitUsage
		return false
	}
	defer f.Close()
	return r.lines(newLines(f), Stop, name)
}

// plainError is an error of a file without its name.
func plainError(err error) string {
	var pe *os.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}

// answer carries an input out; false where it ends the session.
func (r *script) answer(input string) bool {
	a := r.s.Eval(context.Background(), input)
	if a.Failed {
		r.status = exitFailed
	}
	return r.write(a) && !a.Quit
}

func (r *script) write(a session.Result) bool { return r.cfg.put(r.out, a) == nil }

// stops says whether a script ends at an input that failed, and where that was.
func (r *script) stops(own, where string) bool {
	does := r.cfg.OnError
	if does != Stop && does != GoOn {
		does = own
	}
	if r.status == exitOK || does == GoOn {
		return false
	}
	fmt.Fprintf(r.cfg.Stderr, "ctlrepl: stopped at %s, which failed (--on-error %s goes on)\n", where, GoOn)
	return true
}

// lines carries inputs out line by line; false where one has ended the session.
func (r *script) lines(in *lines, own, name string) bool {
	open := ""
	first := 0 // the line where the input begins
	for {
		if open == "" && !in.ready() {
			if r.out.Flush() != nil {
				return false // nobody listens
			}
		}
		line, err := in.next()
		if err != nil && line == "" && open == "" {
			return true
		}
		if open == "" {
			first = in.read
		}
		open = withLine(open, strings.TrimRight(line, "\r\n"))
		if err == nil && (r.s.Open(open) != "" || !r.cfg.JSON && r.s.MayGoOn(open) && r.s.GoesOn(open, in.peek())) {
			continue
		}
		input := open
		open = ""
		if !r.answer(input) || r.stops(own, fmt.Sprintf("%s:%d", name, first)) {
			return false
		}
		if err != nil {
			return true
		}
	}
}

// withLine adds a line to an input that goes on.
func withLine(open, line string) string {
	if open == "" {
		return line
	}
	return open + "\n" + line
}

// longestLine is how much of a line is read. What is longer is no input of a person.
const longestLine = 16 << 20

// lines reads a script line by line.
type lines struct {
	r      *bufio.Reader
	peeked bool // line and err are what comes next
	line   string
	err    error
	read   int // how many lines were handed out
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 1<<16)} }

// peek is the next line, which stays to be read.
func (l *lines) peek() string {
	if !l.peeked {
		l.line, l.err = l.one()
		l.peeked = true
	}
	return strings.TrimRight(l.line, "\r\n")
}

// ready says whether a line can be read without waiting.
func (l *lines) ready() bool {
	if l.peeked {
		return true
	}
	n := l.r.Buffered()
	if n == 0 {
		return false
	}
	buf, err := l.r.Peek(n)
	return err == nil && strings.IndexByte(string(buf), '\n') >= 0
}

// next is the next line; with an error it may still hold the last line, which has no end.
func (l *lines) next() (string, error) {
	l.read++
	if l.peeked {
		l.peeked = false
		return l.line, l.err
	}
	return l.one()
}

func (l *lines) one() (string, error) {
	var b strings.Builder
	for {
		part, err := l.r.ReadSlice('\n')
		b.Write(part)
		if b.Len() > longestLine {
			return "", errors.New("a line is too long")
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return strings.ToValidUTF8(b.String(), "\uFFFD"), err
		}
	}
}
