package repl

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/session"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Config is what a session is run with.
type Config struct {
	session.Options
	Title string // of the rules, for the greeting

	Init    string   // a file of inputs that are carried out first
	Scripts []string // files of inputs that are carried out in the place of standard input
	Inputs  []string // inputs that are carried out in its place, behind those
	OnError string   // whether a script goes on behind an input that failed: GoOn, Stop, else its own way
	Plain   bool     // a person's lines are not edited or drawn anew, as for a screen reader

	Stdin          io.Reader
	Stdout, Stderr io.Writer
	ErrStyle       render.Style        // of Stderr, as Style is of Stdout
	Getenv         func(string) string // of HOME, XDG_STATE_HOME, TERM, VISUAL, EDITOR
}

// What a script does behind an input that failed. Standard input goes on if nothing else
// is said, as whoever writes it may look at the answers; a file and an argument stop.
const (
	GoOn = "go-on"
	Stop = "stop"
)

// The exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // problems in the rules, or an input of a script failed
	exitUsage  = 2 // what is to be read cannot be read, or the answers cannot be written
)

// Run runs a session until its user or its script ends, and is the exit status.
func Run(cfg Config) int {
	in, out, interactive := terminals(cfg)
	errs, _ := cfg.Stderr.(*os.File)
	if isClosed(out) && !isClosed(errs) {
		return cfg.cannotWrite("it is closed")
	}
	interactive = interactive && len(cfg.Scripts) == 0 && len(cfg.Inputs) == 0
	var t *terminal
	if interactive {
		t = newTerminal(cfg, in, out)
		cfg.History = t.hist
		if !cfg.JSON {
			cfg.Edit = func(file string) error { return runEditor(cfg, in, out, file) }
		}
	}
	s, err := session.New(cfg.Options)
	if err != nil {
		return cfg.cannotStart(err)
	}
	if status := begin(s, cfg); status != exitOK {
		return status
	}
	if interactive {
		return t.converse(s)
	}
	return runScripts(s, cfg)
}

// cannotStart reports the problems of the rules.
func (cfg Config) cannotStart(err error) int {
	var errs lang.Diagnostics
	ds := render.Diagnostics(err)
	for _, d := range ds {
		if d.Code.Severity() == code.Error {
			errs = append(errs, d)
		}
	}
	if cfg.JSON {
		_ = writeJSON(cfg.Stdout, render.ProblemsJSON(errs))
	} else {
		render.WriteDiagnostics(plain.Writer{W: cfg.Stderr, Colors: cfg.ErrStyle.Color}, errs, cfg.ErrStyle)
	}
	for _, d := range errs {
		if d.Source != nil || d.Code != code.CannotRead {
			return exitFailed
		}
	}
	return exitUsage
}

// cannotWrite is the exit status where nobody gets the answers.
func (cfg Config) cannotWrite(why string) int {
	io.WriteString(cfg.Stderr, "ctlrepl: cannot write the answers to standard output: "+why+"\n")
	return exitUsage
}

// put writes an answer: problems of a script stand on standard output too, where they
// belong to their input.
func (cfg Config) put(out io.Writer, r session.Result) error {
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
	enc := json.NewEncoder(plain.JSONWriter{W: w})
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// terminals are the files of a person's terminal, if a person sits there.
func terminals(cfg Config) (in, out *os.File, interactive bool) {
	in, isIn := cfg.Stdin.(*os.File)
	out, isOut := cfg.Stdout.(*os.File)
	return in, out, isIn && isOut && isTerminal(in) && isTerminal(out)
}

// isClosed says whether an output was closed when this program began: then the runtime has
// put the null device there, to be read too, which shells open for writing alone. Where
// whoever began the program has done so itself, both outputs tend to be such.
func isClosed(out *os.File) bool {
	if out == nil {
		return false
	}
	here, err := out.Stat()
	null, errNull := os.Stat(os.DevNull)
	if err != nil || errNull != nil || !os.SameFile(here, null) {
		return false
	}
	_, err = out.Read(make([]byte, 1))
	return errors.Is(err, io.EOF)
}

// plain says whether lines are read as the terminal edits them: where that is asked for,
// and where nothing is known of the terminal but that it shows text.
func (cfg Config) plain() bool {
	term := cfg.Getenv("TERM")
	return cfg.Plain || term == "dumb" || term == "" && runtime.GOOS != "windows"
}
