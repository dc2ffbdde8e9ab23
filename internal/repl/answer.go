package repl

import (
	"time"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
)

// envelope is what JSON says of one statement.
type envelope struct {
	Input       string           `json:"input"`
	OK          bool             `json:"ok"`
	Kind        string           `json:"kind"`
	Answer      any              `json:"answer"`
	Text        string           `json:"text,omitempty"` // where the answer is words only
	Diagnostics []render.Problem `json:"diagnostics"`
	State       *stateJSON       `json:"state"`
}

// stateJSON is where the session stands after a statement.
type stateJSON struct {
	Policy  *string       `json:"policy"` // null where none is chosen
	AsOf    string        `json:"as_of"`
	Status  interp.Status `json:"status"` // "" where the case cannot be decided
	Outcome *string       `json:"outcome"`
	Missing int           `json:"missing"` // how many facts are missing that matter
}

func (s *Session) envelope(statement string, a *answer) *envelope {
	e := &envelope{Input: statement, OK: !a.failed, Kind: a.kind, Answer: a.data, Diagnostics: render.ProblemsJSON(a.problems).Diagnostics, State: s.stateJSON()}
	if a.data == nil {
		e.Text = a.text
	}
	return e
}

func (s *Session) stateJSON() *stateJSON {
	out := &stateJSON{AsOf: s.now.c.Date().String()}
	p, d, err := s.now.decide()
	if p != nil {
		out.Policy = &p.Name
	}
	if err != nil {
		return out
	}
	out.Status, out.Missing = d.Status, len(d.Needs)
	if d.Outcome != nil {
		out.Outcome = &d.Outcome.Name
	}
	return out
}

// promptWaits is how long a prompt waits for the decision that it is to show.
const promptWaits = 300 * time.Millisecond

// Standing is the state of the decision in a few words, for the prompt.
func (s *Session) Standing() (policy, words string) {
	p, err := s.now.by()
	switch {
	case err != nil && s.now.policy == "":
		return "no policy", ""
	case err != nil:
		return s.now.policy, "not in force"
	}
	_, d, err, ok := s.now.decideWithin(promptWaits)
	switch {
	case !ok:
		return p.Name, "..."
	case err != nil:
		return p.Name, "cannot be decided"
	}
	return p.Name, standing(d)
}

func standing(d *interp.Decision) string {
	if d.Status == interp.Undetermined {
		return missing(d)
	}
	return d.Answer()
}

// missing is how many facts are missing, in words.
func missing(d *interp.Decision) string {
	if len(d.Needs) == 0 {
		return string(d.Status)
	}
	return counted(len(d.Needs), "fact missing", "facts missing")
}

// Prompt is what stands before the next input: by which policy is decided and how the
// case stands, as far as that fits into half the width of the terminal.
func (s *Session) Prompt(goesOn bool, width int) string {
	if goesOn {
		return "... "
	}
	if fact, ok := s.Asking(); ok {
		return fact + "? "
	}
	policy, words := s.Standing()
	if s.now.c.Date() != s.opts.Date {
		policy += " " + s.now.c.Date().String()
	}
	prompt := policy
	if words != "" {
		prompt += ": " + words
	}
	for _, shorter := range []string{words, ""} {
		if len(prompt) > width/2 {
			prompt = shorter
		}
	}
	if s.opts.Style.Color && prompt != "" {
		return "\x1b[1m" + prompt + ">\x1b[0m "
	}
	return prompt + "> "
}
