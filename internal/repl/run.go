package repl

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// Config is what a session is run with.
type Config struct {
	FS     fs.FS
	Files  []string
	Groups map[string]interp.GroupFile // the members of external groups
	Title  string                      // of the rules, for the greeting
	Policy string
	Date   interp.Date
	Facts  []string
	JSON   bool

	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Style          render.Style // of what stands on Stdout
	ErrStyle       render.Style
	Getenv         func(string) string // of HOME, XDG_STATE_HOME, VISUAL, EDITOR
}

// The exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // problems in the rules, or an input of a script failed
	exitUsage  = 2
)

// Run runs a session until its user or its script ends, and is the exit status: 1 where
// the rules have problems or an input of a script failed.
func Run(cfg Config) int {
	opts := Options{FS: cfg.FS, Files: cfg.Files, Groups: cfg.Groups, Policy: cfg.Policy, Date: cfg.Date, Facts: cfg.Facts, JSON: cfg.JSON, Style: cfg.Style}
	in, out, interactive := terminals(cfg)
	if interactive && !cfg.JSON {
		opts.Edit = func(file string) error { return runEditor(cfg, in, out, file) }
	}
	s, err := New(opts)
	if err != nil {
		return cfg.cannotStart(err)
	}
	if interactive {
		return converse(s, cfg, in, out)
	}
	return s.script(cfg)
}

// cannotStart reports the problems of the rules.
func (cfg Config) cannotStart(err error) int {
	var errs lang.Diagnostics
	ds := render.Diagnostics(err)
	for _, d := range ds {
		if d.Code.Severity() == lang.Error {
			errs = append(errs, d)
		}
	}
	if cfg.JSON {
		_ = writeJSON(cfg.Stdout, render.ProblemsJSON(errs))
	} else {
		render.WriteDiagnostics(cfg.Stderr, errs, cfg.ErrStyle)
	}
	for _, d := range errs {
		if d.Source != nil || d.Code != lang.CannotRead {
			return exitFailed
		}
	}
	return exitUsage
}

// script answers the inputs of a pipe or a file, one after another.
func (s *Session) script(cfg Config) int {
	out := bufio.NewWriterSize(cfg.Stdout, 1<<16)
	in := newLines(cfg.Stdin)
	status := exitOK
	open := ""
	answer := func(input string) (quit bool) {
		r := s.Eval(context.Background(), input)
		if r.Failed {
			status = exitFailed
		}
		return cfg.put(out, r) != nil || r.Quit
	}
	for {
		if open == "" && !in.ready() {
			if out.Flush() != nil {
				return exitUsage // nobody listens
			}
		}
		line, err := in.next()
		if err != nil && line == "" {
			break
		}
		open = joinLines(open, strings.TrimRight(line, "\r\n"))
		if err == nil && (s.Unfinished(open) || !cfg.JSON && s.mayGoOn(open) && goesOn(in.peek())) {
			continue
		}
		input := open
		open = ""
		if answer(input) {
			break
		}
	}
	if open != "" {
		answer(open)
	}
	if s.talk != nil {
		_ = cfg.put(out, s.StopAsking())
	}
	if out.Flush() != nil {
		return exitUsage
	}
	return status
}

// put writes an answer: problems of a script stand on standard output too, where they
// belong to their input.
func (cfg Config) put(out io.Writer, r Result) error {
	if !cfg.JSON {
		_, err := io.WriteString(out, r.Text)
		return err
	}
	for _, v := range r.JSON {
		if err := writeJSON(out, v); err != nil {
			return err
		}
	}
	return nil
}

// writeJSON writes one value on one line.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// longestLine is how much of a line is read. What is longer is no input of a person.
const longestLine = 16 << 20

// mayGoOn says whether an input is one that authors write over several lines though
// each might be its last: a rule or a declaration. For those alone a script's next line
// is looked at before they are answered; who speaks JSON gets every answer at once, and
// says with a backslash that a line goes on.
func (s *Session) mayGoOn(input string) bool {
	text := strings.TrimSpace(input)
	if _, _, isCommand := s.command(text); isCommand || s.talk != nil {
		return false
	}
	return isDeclaration(text) || s.isItem(text)
}

// lines reads a script line by line.
type lines struct {
	r      *bufio.Reader
	peeked bool // line and err are what comes next
	line   string
	err    error
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 1<<16)} }

// peek is the next line, which stays to be read.
func (l *lines) peek() string {
	if !l.peeked {
		l.line, l.err = l.next()
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
	if l.peeked {
		l.peeked = false
		return l.line, l.err
	}
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

// greeting is what a person sees first.
func (s *Session) greeting(cfg Config) string {
	text := contents(s.now.prog) + " of " + cfg.Title + ", as of " + s.now.c.Date().String() + "\n"
	p, err := s.now.by()
	switch {
	case err != nil:
		text += "There are several policies; `use` lists them, and `use NAME` chooses one.\n"
	case p.Title != "":
		text += p.Name + ": " + p.Title + "\n"
	}
	return text + "Type a fact" + s.forExample(", such as `", "`") + ", a question or a rule; `help` tells more, `ask` asks you, Ctrl-D leaves.\n"
}

// terminals are the files of a person's terminal, if a person sits there.
func terminals(cfg Config) (in, out *os.File, interactive bool) {
	in, isIn := cfg.Stdin.(*os.File)
	out, isOut := cfg.Stdout.(*os.File)
	return in, out, isIn && isOut && isTerminal(in) && isTerminal(out) && cfg.Getenv("TERM") != "dumb"
}
