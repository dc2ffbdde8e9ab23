package interp

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/ctl-lang/ctl/internal/match"
	"github.com/ctl-lang/ctl/internal/num"
)

// engines are a policy's engines, by the first day they hold for.
type engines struct {
	asked atomic.Int64 // decisions asked of the policy so far
	last  atomic.Pointer[engine]
	mu    sync.Mutex
	by    map[num.Date]*compiled
}

func (p *Policy) engines() *engines { return keptIn[engines](&p.cache.engines) }

// compiled is an engine, or why there is none, once it is made.
type compiled struct {
	gate  chan struct{} // holds one token while it is made
	made  bool
	large bool // making it takes long
	e     *engine
	err   error
}

// worthCompiling is how many decisions are walked before the policy is compiled.
const worthCompiling = 8

// mostEngines bounds the engines a policy keeps.
const mostEngines = 64

// compiledOn is what there is for a day, made or still to be made.
func (p *Policy) compiledOn(on num.Date) *compiled {
	es := p.engines()
	es.mu.Lock()
	defer es.mu.Unlock()
	if es.by == nil || len(es.by) >= mostEngines {
		es.by = map[num.Date]*compiled{}
	}
	day := p.prog.epoch(on)
	c := es.by[day]
	if c == nil {
		c = &compiled{gate: make(chan struct{}, 1)}
		es.by[day] = c
	}
	return c
}

// engineOn is the policy's engine for a day, compiled when first asked for. What a context
// cuts short is not kept.
func (p *Policy) engineOn(ctx context.Context, on num.Date) (*engine, error) {
	if e := p.lastEngine(on); e != nil {
		return e, nil
	}
	c := p.compiledOn(on)
	select {
	case c.gate <- struct{}{}:
	case <-ctx.Done():
		return nil, stopped(ctx)
	}
	defer func() { <-c.gate }()
	return p.compile(ctx, c, on, mostEngineWork)
}

// lastEngine is the engine that was asked for last, if it holds for a day.
func (p *Policy) lastEngine(on num.Date) *engine {
	if e := p.engines().last.Load(); e != nil && on >= e.on && on < e.until {
		return e
	}
	return nil
}

// compile makes an engine, if it is not made yet, within so much work. Its gate is held.
func (p *Policy) compile(ctx context.Context, c *compiled, on num.Date, most int) (*engine, error) {
	if !c.made {
		e, err := newEngine(ctx, p, on, nil, most)
		switch {
		case ctx.Err() != nil:
			return nil, stopped(ctx)
		case err != nil && most < mostEngineWork:
			c.large = true
			return nil, errNotCompiled
		}
		c.made, c.e, c.err = true, e, err
	}
	if c.e != nil {
		p.engines().last.Store(c.e)
	}
	return c.e, c.err
}

var errNotCompiled = errors.New("the policy is not compiled, and compiling it may outlast the context")

// mostAtOnce bounds the work of compiling a policy in the course of a decision that must
// end when its context is done: it takes a few milliseconds.
const mostAtOnce = 1 << 18

// engineWithin is engineOn for a decision that may have to end: it waits for no other
// goroutine and starts no long work.
func (p *Policy) engineWithin(ctx context.Context, on num.Date) (*engine, error) {
	if ctx.Done() == nil {
		return p.engineOn(ctx, on)
	}
	if e := p.lastEngine(on); e != nil {
		return e, nil
	}
	c := p.compiledOn(on)
	select {
	case c.gate <- struct{}{}:
	default:
		return nil, errNotCompiled
	}
	defer func() { <-c.gate }()
	if c.large && !c.made {
		return nil, errNotCompiled
	}
	return p.compile(ctx, c, on, mostAtOnce)
}

// WarmUp does what the first decisions on a date would otherwise do: it compiles the
// policy for all days on which it is the same as on that date, works out what
// makes answers on partial cases exact, and of a policy that is not large the answers that
// take longest, on cases of which hardly anything is known. A service calls it before it serves cases with
// deadlines. The error is that of the context, what has been done by then is kept; or that
// NoDate is given where the date matters.
func (p *Policy) WarmUp(ctx context.Context, on Date) error {
	if on == NoDate && p.DatesMatter() {
		return errUndated(p)
	}
	ctx = p.prog.watch(ctx)
	if _, err := p.engineOn(ctx, num.Date(on)); err != nil && !errors.Is(err, errTooManyCubes) {
		return err
	}
	l := p.diagramOn(num.Date(on))
	if err := l.hold(ctx); err != nil {
		return err
	}
	l.answerAhead(ctx)
	l.release()
	if ctx.Err() != nil {
		return stopped(ctx)
	}
	return nil
}

// mostInline is up to which length points are kept on the stack.
const mostInline = 48

// mostHits is how many blocks of rules may apply where a decision that must end when its
// context is done is worked out from them, which it cannot leave off. The walk can.
const mostHits = 256

// recall is the decision by the compiled engine; nil where the reference has to be
// asked: for the first few cases of a policy, where a constraint may be broken or a
// condition cannot be evaluated, and where missing facts leave the answer open.
func (p *Policy) recall(ctx context.Context, c *Case) *Decision {
	if c == nil || c.prog != p.prog || p.undated(c) || p.engines().asked.Add(1) <= worthCompiling {
		return nil
	}
	on := c.day()
	e, err := p.engineWithin(ctx, on)
	if err != nil {
		return nil
	}
	var room [mostInline]uint32
	pt := e.pointIn(room[:])
	open, ok := e.point(ctx, c, on, pt)
	if !ok {
		return nil
	}
	var found [8]match.Hit
	hits := e.find(pt, open, found[:0])
	if len(hits) > mostHits && ctx.Done() != nil {
		return nil
	}
	if k := e.recall(hits, 0, on); k.settled {
		return k.d
	}
	return nil
}
