package repl

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// Options are what a session is started with.
type Options struct {
	FS     fs.FS                       // where the rule files are read
	Files  []string                    // files and folders of FS
	Groups map[string]interp.GroupFile // files of FS with the members of external groups
	Policy string                      // the policy or series to decide by; "" for the only one
	Date   interp.Date
	Facts  []string // told at the start
	Style  render.Style
	JSON   bool // answers as JSON too

	// Edit lets the user edit a text or a file; nil where there is no one to edit.
	Edit func(file string) error
}

// Session is a conversation about cases and rules. It is not safe for concurrent use.
type Session struct {
	opts      Options
	from      *source
	now       *state
	past      []*state // for undo
	future    []*state // for redo
	talk      *talk    // the interview that is going on, or nil
	inputs    []string // what was asked and told, for record
	record    string   // the file that further inputs are written to
	noticed   map[string]bool
	replaying int
}

// state is everything that undo takes back. It never changes.
type state struct {
	prog   *program
	policy string       // as named by use; "" for the only one
	c      *interp.Case // with its date
	did    string       // what was done to get here
	known  *decided
}

// decided keeps the decision on a state once it was made. It may be asked for by
// several at a time.
type decided struct {
	once   sync.Once
	done   chan struct{} // closed when it is there
	policy *interp.Policy
	d      *interp.Decision
	err    error
}

// New loads the rules and starts a session. The error is a lang.Diagnostics.
func New(opts Options) (*Session, error) {
	s := &Session{opts: opts, from: newSource(opts), noticed: map[string]bool{}}
	prog, err := s.from.load(&ownText{})
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

func newState(prog *program, policy string, c *interp.Case, did string) *state {
	return &state{prog: prog, policy: policy, c: c, did: did, known: &decided{done: make(chan struct{})}}
}

// decide is the decision on a state, and by which policy.
func (st *state) decide() (*interp.Policy, *interp.Decision, error) {
	k := st.known
	k.once.Do(func() {
		defer close(k.done)
		k.err = errors.New("internal error: the decision was not reached")
		p, err := st.by()
		if err != nil {
			k.err = err
			return
		}
		d, err := p.Decide(st.c)
		k.policy, k.d, k.err = p, d, err
	})
	return k.policy, k.d, k.err
}

// decideWithin is decide, if that takes no longer than some time. Where it does, it
// goes on in the background.
func (st *state) decideWithin(most time.Duration) (p *interp.Policy, d *interp.Decision, err error, ok bool) {
	go func() {
		defer func() { _ = recover() }() // whoever asks for the decision hears of it
		_, _, _ = st.decide()
	}()
	select {
	case <-st.known.done:
		p, d, err = st.decide()
		return p, d, err, true
	case <-time.After(most):
		return nil, nil, nil, false
	}
}

// by is the policy that decides, without deciding.
func (st *state) by() (*interp.Policy, error) { return st.prog.PolicyOn(st.policy, st.c.Date()) }

// become makes a state the present one. What was undone can then no longer be redone.
func (s *Session) become(st *state) {
	s.past = append(slices.Clip(s.past), s.now)
	s.future = nil
	s.now = st
}

// Result is the answer to one input.
type Result struct {
	Text   string // for people
	JSON   []any  // for machines: one value for each statement of the input
	Failed bool   // some statement could not be carried out
	Quit   bool   // the user wants to leave
}

// Eval answers an input: a line, or a pasted block of several statements. When ctx
// ends before an answer is there, the input is dropped, and the session stays as it was.
func (s *Session) Eval(ctx context.Context, input string) Result {
	var out Result
	for _, statement := range s.statements(input) {
		a := s.one(ctx, statement)
		out.add(s, statement, a)
		if a.quit || ctx.Err() != nil {
			break
		}
	}
	return out
}

func (r *Result) add(s *Session, statement string, a *answer) {
	text := a.text
	if len(a.problems) > 0 {
		var b strings.Builder
		writeProblems(&b, a.problems, s.opts.Style)
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		text += b.String()
	}
	text += a.after
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	r.Text += render.Narrow(text, s.opts.Style.Width)
	r.Failed = r.Failed || a.failed
	r.Quit = r.Quit || a.quit
	if s.opts.JSON {
		r.JSON = append(r.JSON, s.envelope(statement, a))
	}
}

// one answers one statement, in the background, so that it can be given up.
func (s *Session) one(ctx context.Context, statement string) *answer {
	if ctx.Err() != nil {
		return stopped()
	}
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
		if a.known() {
			s.note(statement)
		}
		return a
	case <-ctx.Done():
		return stopped()
	}
}

func stopped() *answer {
	return &answer{kind: "stopped", text: "stopped; the session is as it was before this input\n", failed: true}
}

// answer is what became of a statement.
type answer struct {
	kind     string
	text     string
	after    string           // text behind the problems
	data     any              // for JSON
	problems lang.Diagnostics // errors, or warnings of what was carried out
	failed   bool
	quit     bool
	unlisted bool // is not part of what record keeps
}

// known says whether the statement was one that a replay should repeat.
func (a *answer) known() bool { return !a.failed && !a.quit && !a.unlisted }

// failure is the answer that names an error.
func failure(err error) *answer {
	return &answer{kind: "error", problems: render.Diagnostics(err), failed: true}
}

// refuse is the answer to an input that cannot be carried out, in a sentence.
func refuse(format string, args ...any) *answer {
	return failure(fmt.Errorf(format, args...))
}

// say is an answer in words only.
func say(kind, format string, args ...any) *answer {
	return &answer{kind: kind, text: fmt.Sprintf(format, args...), data: nil}
}

// writeProblems shows problems without counting them where there is only one.
func writeProblems(b *strings.Builder, ds lang.Diagnostics, st render.Style) {
	render.WriteDiagnostics(b, ds, st)
	if len(ds) == 1 {
		text := strings.TrimSuffix(b.String(), render.Summary(ds)+"\n")
		b.Reset()
		b.WriteString(text)
	}
}
