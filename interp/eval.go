package interp

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// fail records the first error: it is the decision's.
func (s *state) fail(e lang.Expr, err error) {
	if s.err == nil {
		s.err = &EvalError{Code: code.CannotEvaluate, Expr: e, Message: err.Error(), Err: err}
	}
}

// EvalError is a mistake met while deciding a case: a division by zero, a number
// or a date out of bounds, a function of the embedder's that failed, a case too
// large, a context that is done. The decision is then this error.
type EvalError struct {
	Code    code.Code // code.CannotEvaluate, code.TooManySteps or code.Stopped
	Expr    lang.Expr // where; nil where it is about the whole decision
	Message string
	Err     error // what a function gave, or the context's error; else nil or what Message says
}

// cannotEvaluate says whether an error is that of a condition that could not be evaluated.
func cannotEvaluate(err error) bool {
	var failed *EvalError
	return errors.As(err, &failed) && failed.Code == code.CannotEvaluate
}

// Unwrap is the cause, for errors.Is and errors.As.
func (e *EvalError) Unwrap() error { return e.Err }

// Error is the message with the words it is about.
func (e *EvalError) Error() string {
	if e.Expr == nil {
		return plain.Line(e.Message)
	}
	return plain.Line(fmt.Sprintf("%s in `%s`", e.Message, lang.FormatExpr(e.Expr)))
}

// step takes one step; false where the evaluation has to end.
func (s *state) step() bool { return s.spend(1) }

// spend takes n steps at once. Many of them stand for work that takes a while by itself: it is
// looked at the context before.
func (s *state) spend(n int) bool {
	s.steps += n
	return s.steps < s.look && n < manySteps || s.mayGoOn()
}

// manySteps is from how many steps at once the context is looked at.
const manySteps = 64

// read takes the steps of going through some values: their texts and their members.
func (s *state) read(vs ...Value) bool {
	n := 0
	for _, v := range vs {
		n += stepsOf(v)
	}
	return n == 0 || s.spend(n)
}

// stepsOf is how many steps it takes to go through a value.
func stepsOf(v Value) int {
	switch v := v.(type) {
	case Text:
		return len(v) / bytesAStep
	case Folded:
		return len(v.key) / bytesAStep
	case Set:
		return stepsOfAll(v)
	case List:
		return stepsOfAll(v)
	}
	return 0
}

func stepsOfAll(vs []Value) int {
	n := len(vs) / elementsAStep
	for _, v := range vs {
		n += stepsOf(v)
	}
	return n
}

// stepsAtOnce is how many steps are taken between two looks at the context.
const stepsAtOnce = 2_048

// mayGoOn says whether the evaluation may take further steps: it has some left, and its
// context is not done. Once it has said no, it is asked again at every step, and says no.
func (s *state) mayGoOn() bool {
	most := s.c.prog.options.Limits.Steps
	if runtime.GOARCH == "wasm" { // nothing interrupts a goroutine there, so no timer would ever go off
		runtime.Gosched()
	}
	switch {
	case s.stopped:
		return false
	case s.ctx != nil && s.ctx.Err() != nil:
		s.stop()
	case s.steps > most:
		if s.err == nil {
			s.err = tooManySteps(most)
		}
	default:
		s.look = min(s.steps+stepsAtOnce, most+1)
		return true
	}
	s.look = 0
	return false
}

// stop ends the evaluation, since its context is done.
func (s *state) stop() { s.stopped, s.err, s.look = true, stopped(s.ctx), 0 }

// again gives an explanation as many steps as the decision had.
func (s *state) again() { s.steps, s.look = 0, 0 }

// over says whether the evaluation had to end.
func (s *state) over() bool { return s.steps > 0 && s.steps >= s.look }

// cut is why the evaluation had to end, where it had: what was found out since is not the whole truth.
func (s *state) cut() error {
	switch {
	case !s.over():
		return nil
	case s.stopped:
		return s.err
	}
	return tooManySteps(s.c.prog.options.Limits.Steps)
}

func tooManySteps(most int) error {
	return &EvalError{Code: code.TooManySteps, Message: fmt.Sprintf("the case takes more than %d steps to decide", most)}
}

// stopped is the error of a decision whose context is done.
func stopped(ctx context.Context) error {
	err := context.Cause(ctx)
	at := ""
	if w, ok := ctx.Value(watchedKey{}).(*watched); ok && w.late.Load() != nil {
		at = ", while the function " + *w.late.Load() + " was at work"
	}
	return &EvalError{Code: code.Stopped, Message: "the decision was stopped" + at + ": " + err.Error(), Err: err}
}

// settled is the truth of a condition. Where it is known whatever of it could not be
// evaluated, that is no error: before is the error that there was without it.
func (s *state) settled(before error, t Truth) Truth {
	if t != Unknown && s.err != before && cannotEvaluate(s.err) {
		s.err = before
	}
	return t
}

func (c *constCond) truth(*state) Truth { return c.t }

func (c *allCond) truth(s *state) Truth {
	before := s.err
	t := True
	for _, x := range c.xs {
		if !s.step() {
			return Unknown
		}
		if t = t.and(x.truth(s)); t == False {
			break
		}
	}
	return s.settled(before, t)
}

func (c *anyCond) truth(s *state) Truth {
	before := s.err
	t := False
	for _, x := range c.xs {
		if !s.step() {
			return Unknown
		}
		if t = t.or(x.truth(s)); t == True {
			break
		}
	}
	return s.settled(before, t)
}

func (c *notCond) truth(s *state) Truth { return c.x.truth(s).not() }

func (c *impliesCond) truth(s *state) Truth {
	before := s.err
	x := c.x.truth(s)
	if x == False {
		return True
	}
	return s.settled(before, x.not().or(c.y.truth(s)))
}

func (c *termCond) truth(s *state) Truth {
	var thing *Thing
	if c.subject != nil {
		var t Truth
		if thing, t = c.subject.thing(s); thing == nil {
			return t
		}
	}
	asked := askedTerm{c.term, thing}
	if k, known := s.known[asked]; known {
		if s.err == nil {
			s.err = k.err
		}
		return k.t
	}
	if !s.step() {
		return Unknown
	}
	self, name := s.self, s.name
	if thing != nil {
		s.self, s.name = thing, c.subject.under(s.name)
	}
	before := s.err
	s.err = nil
	t := c.term.cond.truth(s)
	own := s.err
	if before != nil && !s.stopped {
		s.err = before
	}
	s.self, s.name = self, name
	if s.steps > longEvaluation {
		if s.known == nil {
			s.known = map[askedTerm]knownTerm{}
		}
		s.known[asked] = knownTerm{t, own}
	}
	return t
}

// longEvaluation is how many terms an evaluation asks before it keeps their
// answers: terms that use others twice would double the work at every level.
var longEvaluation = 1_000

// How many elements of a list, and how many bytes of a text, are gone through in a step.
const (
	elementsAStep = 16
	bytesAStep    = 64
)
