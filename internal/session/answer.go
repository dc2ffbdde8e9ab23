package session

import (
	"context"
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/lang"
)

// Result is the answer to one input.
type Result struct {
	Text    string   // for people
	JSON    []any    // for machines: one value for each statement of the input
	Failed  bool     // some statement could not be carried out
	Quit    bool     // the user wants to leave
	Offers  []string // the inputs that can be taken now: by `yes` the only one, by their numbers several
	Private bool     // the input tells what is sensitive, or may
}

func (r *Result) add(ctx context.Context, s *Session, statement string, a *answer) {
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
	var shown strings.Builder
	_, _ = plain.Writer{W: &shown, Colors: s.opts.Style.Color}.Write([]byte(text))
	r.Text += render.Narrow(shown.String(), s.opts.Style.Width)
	r.Failed = r.Failed || a.failed
	r.Quit = r.Quit || a.quit
	r.Offers, r.Private = a.offers, r.Private || a.private
	if s.opts.JSON {
		r.JSON = append(r.JSON, s.envelope(ctx, statement, a))
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
	unlisted bool     // is not part of what record keeps
	offers   []string // the inputs that can be taken from now on
	instead  string   // the input that was carried out, where that is another than was typed
	private  bool     // the input tells what is sensitive, or may
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
