package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/record"
)

// mostBody is how large an application may be.
const mostBody = 64 << 10

// service answers requests.
type service struct {
	rules    interface{ Program() *interp.Program }
	log      *record.Writer
	patience time.Duration // for one decision
	now      func() time.Time
	count    atomic.Int64
}

func (s *service) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /decisions", s.decide)
	mux.HandleFunc("GET /rules", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, map[string]string{"version": s.rules.Program().Version()})
	})
	return mux
}

// answer is the reply to an application.
type answer struct {
	ID          string    `json:"id"`
	Version     string    `json:"version"`
	Answer      string    `json:"answer"`
	Rules       []string  `json:"rules,omitempty"`
	Obligations []string  `json:"obligations,omitempty"`
	Possible    []string  `json:"possible,omitempty"`
	Questions   []string  `json:"questions,omitempty"` // what to find out, the most decisive first
	Problems    []problem `json:"problems,omitempty"`
}

// problem is something that is wrong with an application.
type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (s *service) decide(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	if err != nil {
		http.Error(w, "the application is too large, or did not come whole", http.StatusBadRequest)
		return
	}
	program := s.rules.Program() // the whole request is answered under one version
	a := answer{ID: fmt.Sprint("L", s.count.Add(1)), Version: program.Version()}
	status, err := s.answer(r.Context(), program, body, &a)
	if err != nil {
		// What was not recorded was not decided.
		http.Error(w, "the decision could not be recorded", http.StatusInternalServerError)
		return
	}
	reply(w, status, a)
}

// answer decides and records. Its error is one of recording.
func (s *service) answer(ctx context.Context, program *interp.Program, body []byte, a *answer) (status int, err error) {
	policy, err := program.Policy("licences")
	if err != nil {
		return 0, err
	}
	c := program.NewCase()
	if today, err := interp.DateOf(s.now()); err == nil {
		c.SetDate(today)
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	if err := c.ReadJSON(ctx, "application", body); err != nil {
		a.Answer, a.Problems = "error", problems(err)
		return statusOf(err), nil
	}
	d, err := policy.Decide(ctx, c)
	if err != nil {
		a.Answer, a.Problems = "error", problems(err)
		return statusOf(err), s.log.Failed(a.ID, c, policy, err)
	}
	a.fill(d)
	return http.StatusOK, s.log.Decided(a.ID, c, d)
}

func (a *answer) fill(d *interp.Decision) {
	a.Answer, a.Obligations = d.Answer(), d.Obligations
	for _, r := range d.Rules {
		a.Rules = append(a.Rules, r.Label)
	}
	for _, p := range d.Possible {
		a.Possible = append(a.Possible, p.Name())
	}
	for _, n := range d.Needs {
		a.Questions = append(a.Questions, n.Question)
	}
}

// problems are what an error says, by itself.
func problems(err error) []problem {
	var all lang.Diagnostics
	var evaluating *interp.EvalError
	switch {
	case errors.As(err, &all):
		var out []problem
		for _, d := range all {
			out = append(out, problem{string(d.Code), d.Message})
		}
		return out
	case errors.As(err, &evaluating):
		return []problem{{string(evaluating.Code), evaluating.Message}}
	}
	return []problem{{Message: err.Error()}}
}

// statusOf tells a case that cannot be from a decision that took too long.
func statusOf(err error) int {
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	case errors.As(err, new(lang.Diagnostics)):
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client may have gone
}
