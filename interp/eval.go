package interp

import (
	"context"
	"fmt"
	"runtime"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// state is one evaluation: the case, its date, what is bound, and the first error.
type state struct {
	c       *Case
	date    num.Date
	self    *Thing // what the term under evaluation is about,
	name    string // and how a fact names it
	vars    []Value
	ctx     context.Context // nil: nothing stops the evaluation
	steps   int
	look    int // how many steps it may take before it looks at the limit and at ctx again
	err     error
	stopped bool                // err is that of ctx
	missing *missing            // where not nil, collects the facts read and found unknown
	known   map[askedTerm]Truth // answers of terms, kept once an evaluation gets long
	reasons int                 // nodes of the explanation so far
}

// missing lists facts in the order met, each once.
type missing struct {
	seen  map[string]bool
	facts []missingFact
}

type missingFact struct {
	name string
	attr *Attr // nil: the identity of a thing
}

// fail records the first error: it is the decision's.
func (s *state) fail(e lang.Expr, err error) {
	if s.err == nil {
		s.err = &EvalError{Code: lang.CannotEvaluate, Expr: e, Message: err.Error(), Err: err}
	}
}

// EvalError is a mistake met while deciding a case: a division by zero, a number
// or a date out of bounds, a function of the embedder's that failed, a case too
// large, a context that is done. The decision is then this error.
type EvalError struct {
	Code    lang.Code // lang.CannotEvaluate, lang.TooManySteps or lang.Stopped
	Expr    lang.Expr // where; nil where it is about the whole decision
	Message string
	Err     error // what a function gave, or the context's error; else nil or what Message says
}

// Unwrap is the cause, for errors.Is and errors.As.
func (e *EvalError) Unwrap() error { return e.Err }

// Error is the message with the words it is about.
func (e *EvalError) Error() string {
	if e.Expr == nil {
		return e.Message
	}
	return fmt.Sprintf("%s in `%s`", e.Message, lang.FormatExpr(e.Expr))
}

// step takes one step; false where the evaluation has to end.
func (s *state) step() bool { return s.spend(1) }

// spend takes n steps at once.
func (s *state) spend(n int) bool {
	s.steps += n
	return s.steps < s.look || s.mayGoOn()
}

// stepsAtOnce is how many steps are taken between two looks at the context.
const stepsAtOnce = 2_048

// mayGoOn looks at the limit and at the context. Where the evaluation has to end it is
// called at every further step, and says so again.
func (s *state) mayGoOn() bool {
	most := s.c.prog.options.Limits.Steps
	if runtime.GOARCH == "wasm" { // nothing interrupts a goroutine there, so no timer would ever go off
		runtime.Gosched()
	}
	switch {
	case s.stopped:
		return false
	case s.ctx != nil && s.ctx.Err() != nil:
		s.stopped, s.err = true, stopped(s.ctx)
	case s.steps > most:
		if s.err == nil {
			s.err = &EvalError{Code: lang.TooManySteps, Message: fmt.Sprintf("the case takes more than %d steps to decide", most)}
		}
	default:
		s.look = min(s.steps+stepsAtOnce, most+1)
		return true
	}
	s.look = 0
	return false
}

// stopped is the error of a decision whose context is done.
func stopped(ctx context.Context) error {
	err := context.Cause(ctx)
	return &EvalError{Code: lang.Stopped, Message: "the decision was stopped: " + err.Error(), Err: err}
}

func (c *constCond) truth(*state) Truth { return c.t }

func (c *allCond) truth(s *state) Truth {
	t := True
	for _, x := range c.xs {
		if t = t.and(x.truth(s)); t == False {
			break
		}
	}
	return t
}

func (c *anyCond) truth(s *state) Truth {
	t := False
	for _, x := range c.xs {
		if t = t.or(x.truth(s)); t == True {
			break
		}
	}
	return t
}

func (c *notCond) truth(s *state) Truth { return c.x.truth(s).not() }

func (c *impliesCond) truth(s *state) Truth {
	x := c.x.truth(s)
	if x == False {
		return True
	}
	return x.not().or(c.y.truth(s))
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
	if t, known := s.known[asked]; known {
		return t
	}
	if !s.step() {
		return Unknown
	}
	self, name := s.self, s.name
	if thing != nil {
		s.self, s.name = thing, c.subject.under(s.name)
	}
	t := c.term.cond.truth(s)
	s.self, s.name = self, name
	if s.steps > longEvaluation {
		if s.known == nil {
			s.known = map[askedTerm]Truth{}
		}
		s.known[asked] = t
	}
	return t
}

// askedTerm is a term asked of a thing.
type askedTerm struct {
	term  *Term
	thing *Thing
}

// longEvaluation is how many terms an evaluation asks before it keeps their
// answers: terms that use others twice would double the work at every level.
const longEvaluation = 1_000

// elementsAStep is how many elements of a list are compared in a step.
const elementsAStep = 16
