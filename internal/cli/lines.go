package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/ctl-lang/ctl/internal/osfile"
	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// lineAnswer is the answer to one of many cases, as JSON has it.
type lineAnswer struct {
	Line        int           `json:"line"`
	Status      interp.Status `json:"status"` // or "error"
	Outcome     *string       `json:"outcome"`
	Rules       []string      `json:"rules"`
	Obligations []string      `json:"obligations"`
	Possible    []string      `json:"possible"`
	Column      int           `json:"column,omitempty"` // of the error, from 1
	Error       string        `json:"error,omitempty"`
}

// decideLines decides the case on every line of a file and prints an answer on a line
// for each, as they come.
func (cmd *decideCmd) decideLines(a *App) error {
	if cmd.Facts != "" || cmd.JSON {
		return usage("--lines reads the cases and prints JSON lines: it goes with neither --facts nor --json")
	}
	if ext := filepath.Ext(cmd.Lines); ext == ".ctl" || ext == ".ctlc" {
		return usage("--lines names the file of cases, and %s is a rule file: as in `ctl decide %[1]s --lines cases.jsonl`", cmd.Lines)
	}
	files, facts := cmd.words()
	prog, err := a.load(files, cmd.memberFlags)
	if err != nil {
		return err
	}
	c, err := cmd.fill(a, prog, facts)
	if err != nil {
		return err
	}
	policy, err := prog.PolicyOn(cmd.Policy, c.Date())
	if err != nil {
		return &failure{exitUsage, addHint(err, "name it with -p")}
	}
	bound, err := interp.Bind[interp.JSON](policy)
	if err == nil && (len(facts) > 0 || cmd.AsOf != "") {
		bound, err = bound.Given(c)
	} else if err == nil {
		bound, err = bound.On(c.Date())
	}
	if err != nil {
		return err
	}
	in, err := a.open(cmd.Lines)
	if err != nil {
		return usage("cannot read %s: %s", cmd.Lines, plainError(err))
	}
	defer in.Close()
	return answerLines(a.Stdout, bound, in, cmd.Lines)
}

// open opens a file, or standard input for -.
func (a *App) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		a.stdinFor = "cases"
		return io.NopCloser(a.Stdin), nil
	}
	return osfile.Open(name)
}

// answerLines decides what an input holds and writes the answers. Those to the lines at
// hand are out before it waits for more: who asks may wait for them.
func answerLines(w io.Writer, bound *interp.Bound[interp.JSON], in io.Reader, name string) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	lines := newLineReader(ctx, in)
	out := newAnswers(w)
	for !lines.ended() {
		for d, err := range bound.DecideSeq(ctx, lines.atHand) {
			if out.put(lines.answered(), d, err) != nil {
				break
			}
		}
		if lines.tooLong {
			_ = out.put(lines.number, nil, fmt.Errorf("the line is longer than the facts of a case may be (%d MiB)", mostLine>>20))
		}
		if err := out.Flush(); err != nil {
			return usage("cannot write the answers: %s", plainError(err))
		}
	}
	if !errors.Is(lines.err, io.EOF) {
		return usage("cannot read %s: %s", name, plainError(lines.err))
	}
	if out.status != exitOK {
		return silent(out.status)
	}
	return nil
}

// answers writes answers to lines.
type answers struct {
	*bufio.Writer // which keeps its first error for Flush
	enc           *json.Encoder
	status        int // the exit status: whether every line was read and decided
}

func newAnswers(w io.Writer) *answers {
	out := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(plain.JSONWriter{W: out})
	enc.SetEscapeHTML(false)
	return &answers{Writer: out, enc: enc}
}

func (a *answers) put(line int, d *interp.Decision, err error) error {
	answer := lineAnswer{Line: line, Rules: []string{}, Obligations: []string{}, Possible: []string{}}
	if err != nil {
		a.status, answer.Status = exitUsage, "error"
		answer.Column, answer.Error = firstProblem(err)
	} else {
		answer.say(d)
		if d.Status != interp.Decided && a.status == exitOK {
			a.status = exitUndecided
		}
	}
	return a.enc.Encode(answer)
}
func (l *lineAnswer) say(d *interp.Decision) {
	l.Status = d.Status
	if d.Outcome != nil {
		l.Outcome = &d.Outcome.Name
	}
	for _, r := range d.Rules {
		l.Rules = append(l.Rules, r.Label)
	}
	l.Obligations = append(l.Obligations, d.Obligations...)
	for _, p := range d.Possible {
		l.Possible = append(l.Possible, p.Name())
	}
}

// firstProblem is what is wrong with a line, in a sentence, and at which column; 0 where
// it has no place.
func firstProblem(err error) (column int, text string) {
	var ds lang.Diagnostics
	if !errors.As(err, &ds) || len(ds) == 0 {
		return 0, err.Error()
	}
	text = ds[0].Message
	if ds[0].Fix != nil {
		text += "; " + ds[0].Fix.Label
	}
	if ds[0].Source != nil {
		_, column = ds[0].Source.Position(ds[0].Span.Start)
	}
	return column, text
}
