package session

import (
	"context"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// envelope is what JSON says of one statement.
type envelope struct {
	Input       string           `json:"input"`
	OK          bool             `json:"ok"`
	Kind        string           `json:"kind"`
	Answer      any              `json:"answer"`
	Text        string           `json:"text,omitempty"` // where the answer is words only
	Diagnostics lang.Diagnostics `json:"diagnostics"`
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

func (s *Session) envelope(ctx context.Context, statement string, a *answer) *envelope {
	e := &envelope{Input: statement, OK: !a.failed, Kind: a.kind, Answer: a.data, Diagnostics: render.ProblemsJSON(a.problems).Diagnostics, State: s.stateJSON(ctx)}
	if a.data == nil {
		e.Text = a.text
	}
	return e
}

func (s *Session) stateJSON(ctx context.Context) *stateJSON {
	out := &stateJSON{AsOf: s.now.c.Date().String()}
	p, d, err := s.now.decide(ctx)
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
