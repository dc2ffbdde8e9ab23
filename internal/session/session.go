package session

import (
	"context"
	"fmt"
	"io/fs"
	"runtime/debug"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// Options are what a session is started with.
type Options struct {
	FS      fs.FS          // where the rule files are read
	Files   []string       // files and folders of FS
	With    interp.Options // what they are loaded with
	Policy  string         // the policy or series to decide by; "" for the only one
	Date    interp.Date
	Facts   []string // told at the start
	Style   render.Style
	JSON    bool   // answers as JSON too
	Version string // of the program

	// Edit lets the user edit a text or a file; nil where there is no one to edit.
	Edit func(file string) error

	// History is the earlier inputs; nil where they are not kept.
	History History
}

// History is the inputs that whoever reads them keeps.
type History interface {
	Lines() []string // the latest last
	Keep(on bool)    // whether further ones are kept
}

// Session is a conversation about cases and rules. It is not safe for concurrent use.
type Session struct {
	opts    Options
	from    *source
	now     *state
	past    *step    // for undo
	future  *step    // for redo
	talk    *talk    // the interview that is going on, or nil
	offers  []string // the inputs that can be taken: by `yes` the only one, by their numbers several
	noticed map[string]bool
	gaveUp  bool // the last statement, for which nobody wants to wait any longer

	inputs      []told // what was asked and told, for record
	record      string // the file that further inputs are written to
	recordClear bool   // with what is sensitive
	replaying   int

	saved    *ownText         // what was declared when it was saved last
	ownFile  string           // where that was written
	caseFile string           // where the case was written or read last
	wrote    map[string]stamp // the files that the session wrote, by their full names
	over     bool             // the input may write over files that are there
}

// New loads the rules and starts a session. The error is a lang.Diagnostics.
func New(opts Options) (*Session, error) {
	s := &Session{opts: opts, from: newSource(opts), noticed: map[string]bool{}}
	prog, err := s.from.load(&ownText{}, newReading(opts.FS))
	if err != nil {
		return nil, err
	}
	c := prog.NewCase()
	c.SetDate(opts.Date)
	if err := c.Tell(opts.Facts...); err != nil {
		return nil, err
	}
	if opts.Policy != "" {
		if _, err := prog.PolicyOn(opts.Policy, opts.Date); err != nil {
			return nil, lang.Diagnostics(render.Diagnostics(err))
		}
	}
	s.now = newState(prog, opts.Policy, c, "")
	return s, nil
}

// Eval answers an input: a line, or a pasted block of several statements. When ctx
// ends before an answer is there, the input is dropped, and the session stays as it was.
func (s *Session) Eval(ctx context.Context, input string) Result {
	var out Result
	for _, statement := range s.statements(input) {
		a := s.one(ctx, statement)
		out.add(ctx, s, statement, a)
		if a.quit || ctx.Err() != nil {
			break
		}
	}
	return out
}

// one answers one statement, in the background, so that it can be given up.
func (s *Session) one(ctx context.Context, statement string) *answer {
	if ctx.Err() != nil {
		return stopped()
	}
	in := s.telling(statement)
	next := *s // which the statement changes; it takes the place of s once it is done
	next.noticed = s.noticed
	done := make(chan *answer, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- failure(fmt.Errorf("internal error: %v; the session is as it was before this input", p))
			}
		}()
		done <- next.answer(ctx, statement)
	}()
	select {
	case a := <-done:
		*s = next
		s.gaveUp = false
		a.private = in.private || a.failed && s.private(statement, true)
		if a.known() {
			if a.instead != "" {
				in = s.telling(a.instead)
			}
			s.note(in)
		}
		return a
	case <-ctx.Done():
		s.gaveUp = true
		go func() {
			<-done
			debug.FreeOSMemory() // what is given up takes long, and much memory
		}()
		return stopped()
	}
}
