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

func (c *groupCond) truth(s *state) Truth {
	v := c.subject.value(s)
	switch v := v.(type) {
	case nil:
		return Unknown
	case None:
		return False
	default:
		id, known := identity(v)
		if !known {
			return Unknown
		}
		return truth(c.group.has(id, s.date))
	}
}

func (c *boolCond) truth(s *state) Truth {
	switch v := c.x.value(s).(type) {
	case Bool:
		return truth(bool(v))
	case None:
		return False
	}
	return Unknown
}

func (c *compareCond) truth(s *state) Truth {
	x, y := c.x.value(s), c.y.value(s)
	if isNone(x) || isNone(y) {
		return False
	}
	if x == nil || y == nil {
		return Unknown
	}
	return compareValues(c.op, x, y)
}

func isNone(v Value) bool { _, none := v.(None); return none }

// compareValues compares two known values of one type.
func compareValues(op lang.Op, x, y Value) Truth {
	if thing, ok := x.(*Thing); ok {
		x = thing.ID
	}
	if thing, ok := y.(*Thing); ok {
		y = thing.ID
	}
	if x == nil || y == nil {
		return Unknown
	}
	order := 0
	switch x := x.(type) {
	case Number:
		order = x.N.Cmp(y.(Number).N)
	case Date:
		order = num.Date(x).Sub(num.Date(y.(Date)))
	case Duration:
		order = num.Duration(x).Cmp(num.Duration(y.(Duration)))
	case List:
		return equalLists(op, x, y.(List))
	default:
		if !equalValues(x, y) {
			order = 1
		}
	}
	switch op {
	case lang.Eq:
		return truth(order == 0)
	case lang.Ne:
		return truth(order != 0)
	case lang.Lt:
		return truth(order < 0)
	case lang.Le:
		return truth(order <= 0)
	case lang.Gt:
		return truth(order > 0)
	default:
		return truth(order >= 0)
	}
}

func equalLists(op lang.Op, x, y List) Truth {
	t := truth(len(x) == len(y))
	for i := 0; i < len(x) && i < len(y) && t != False; i++ {
		if x[i] == nil || y[i] == nil {
			t = Unknown
			continue
		}
		t = t.and(compareValues(lang.Eq, x[i], y[i]))
	}
	if op == lang.Ne {
		return t.not()
	}
	return t
}

func (c *listedCond) truth(s *state) Truth {
	x := c.x.value(s)
	if isNone(x) {
		return False
	}
	return listed(s, x, c.elems)
}

// listed says whether x is one of the elements; x may be unknown.
func listed(s *state, x Value, elems []element) Truth {
	t := False
	for i, e := range elems {
		if i%elementsAStep == elementsAStep-1 && !s.step() {
			return Unknown
		}
		if t = t.or(e.matches(s, x)); t == True {
			break
		}
	}
	return t
}

func (e element) matches(s *state, x Value) Truth {
	lo := e.lo.value(s)
	if isNone(lo) {
		return False
	}
	if e.hi == nil {
		if x == nil || lo == nil {
			return Unknown
		}
		return compareValues(lang.Eq, x, lo)
	}
	hi := e.hi.value(s)
	if isNone(hi) {
		return False
	}
	t := True
	if x == nil || lo == nil {
		t = Unknown
	} else {
		t = compareValues(lang.Ge, x, lo)
	}
	if x == nil || hi == nil {
		return t.and(Unknown)
	}
	return t.and(compareValues(lang.Le, x, hi))
}

func (c *elemCond) truth(s *state) Truth {
	return member(s, c.x.value(s), c.set.value(s))
}

// elementsAStep is how many elements of a list are compared in a step.
const elementsAStep = 16

// member says whether a value is in a set or list; both may be unknown.
func member(s *state, x, set Value) Truth {
	if isNone(x) || isNone(set) {
		return False
	}
	members, known := elements(set)
	if !known || !s.spend(len(members)/elementsAStep) {
		return Unknown
	}
	t := False
	for _, m := range members {
		if m == nil || x == nil {
			t = Unknown
			continue
		}
		if t = t.or(compareValues(lang.Eq, m, x)); t == True {
			break
		}
	}
	return t
}

// elements of a set or a list; none of None.
func elements(v Value) ([]Value, bool) {
	switch v := v.(type) {
	case List:
		return v, true
	case Set:
		return v, true
	case None:
		return nil, true
	}
	return nil, false
}

func (c *hasCond) truth(s *state) Truth {
	v := c.path.value(s)
	switch {
	case isNone(v):
		return False
	case v == nil && c.path.optional():
		return Unknown
	}
	return True
}

// optional says whether some attribute along the path may have no value.
func (p *path) optional() bool {
	for _, a := range p.attrs {
		if a.Type.optional {
			return true
		}
	}
	return false
}

func (c *likeCond) truth(s *state) Truth {
	v := c.x.value(s)
	if thing, ok := v.(*Thing); ok {
		v = thing.ID
	}
	switch v := v.(type) {
	case nil:
		return Unknown
	case Text:
		return truth(like(string(v), c.pattern, s.step))
	case Choice:
		return truth(like(v.Name(), c.pattern, s.step))
	}
	return False
}

// like matches a text with a pattern in which * is any run of characters and ? any
// one. It goes back to the last * only, so it looks at most len(text) × len(pattern)
// times; every now and then it asks whether it may go on.
func like(text, pattern string, goOn func() bool) bool {
	const atOnce = 256
	t, p := []rune(text), []rune(pattern)
	i, j, star, mark := 0, 0, -1, 0
	for n := 1; i < len(t); n++ {
		if n%atOnce == 0 && !goOn() {
			return false
		}
		switch {
		case j < len(p) && p[j] == '*':
			star, mark = j, i
			j++
		case j < len(p) && (p[j] == '?' || p[j] == t[i]):
			i++
			j++
		case star >= 0:
			mark++
			i, j = mark, star+1
		default:
			return false
		}
	}
	for j < len(p) && p[j] == '*' {
		j++
	}
	return j == len(p)
}

func (c *withinCond) truth(s *state) Truth {
	x, y := c.x.value(s), c.y.value(s)
	if isNone(x) || isNone(y) {
		return False
	}
	if x == nil || y == nil {
		return Unknown
	}
	day := num.Date(x.(Date))
	first, last := c.days(num.Date(y.(Date)))
	return truth(first <= day && day <= last)
}

// days are the first and the last day that are within reach of one.
func (c *withinCond) days(around num.Date) (first, last num.Date) {
	first, err := around.Add(c.before.Neg())
	if err != nil {
		first = firstDay
	}
	if last, err = around.Add(c.after); err != nil {
		last = endOfDay
	}
	return first, last
}

func (c *tallyCond) truth(s *state) Truth {
	sure, possible := 0, 0
	for _, x := range c.xs {
		switch x.truth(s) {
		case True:
			sure++
			possible++
		case Unknown:
			possible++
		}
	}
	return tally(c.op, sure, possible, c.n)
}

// tally compares a count between sure and possible with n.
func tally(op lang.Op, sure, possible, n int) Truth {
	least := Unknown
	if sure >= n {
		least = True
	} else if possible < n {
		least = False
	}
	most := Unknown
	if possible <= n {
		most = True
	} else if sure > n {
		most = False
	}
	switch op {
	case lang.Least:
		return least
	case lang.Most:
		return most
	}
	return least.and(most)
}

func (c *setCond) truth(s *state) Truth {
	set := c.set.value(s)
	members, known := elements(set)
	if !known {
		return Unknown
	}
	t := truth(c.op == lang.AllOf)
	if c.op == lang.NoneOf {
		t = False
	}
	for _, m := range members {
		if !s.step() {
			return Unknown
		}
		in := c.target.holds(s, m)
		if c.op == lang.AllOf {
			t = t.and(in)
		} else {
			t = t.or(in)
		}
	}
	if c.op == lang.NoneOf {
		return t.not()
	}
	return t
}

func (g target) holds(s *state, v Value) Truth {
	switch {
	case g.group != nil:
		id, known := identity(v)
		if !known {
			return Unknown
		}
		return truth(g.group.has(id, s.date))
	case g.set != nil:
		return member(s, v, g.set.value(s))
	}
	return listed(s, v, g.elems)
}

func (c *quantCond) truth(s *state) Truth {
	sure, possible, n, known := c.count(s)
	if !known {
		return Unknown
	}
	switch c.op {
	case lang.Some:
		return tally(lang.Least, sure, possible, 1)
	case lang.No:
		return tally(lang.Most, sure, possible, 0)
	}
	return tally(lang.Least, sure, possible, n)
}

// count counts the members for which the body holds, surely and possibly, of n.
func (c *quantCond) count(s *state) (sure, possible, n int, known bool) {
	members, known := elements(c.list.value(s))
	if !known {
		return 0, 0, 0, false
	}
	for len(s.vars) <= c.depth {
		s.vars = append(s.vars, nil)
	}
	for _, m := range members {
		if !s.step() {
			return 0, 0, 0, false
		}
		outer := s.vars[c.depth]
		s.vars[c.depth] = m
		switch c.body.truth(s) {
		case True:
			sure++
			possible++
		case Unknown:
			possible++
		}
		s.vars[c.depth] = outer
	}
	return sure, possible, len(members), true
}
