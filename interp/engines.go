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

// compiled is an engine, or why there is none.
type compiled struct {
	e   *engine
	err error
}

// worthCompiling is how many decisions are walked before the policy is compiled.
const worthCompiling = 8

// mostEngines bounds the engines a policy keeps.
const mostEngines = 64

// engineOn is the policy's engine for a day, compiled when first asked for.
func (p *Policy) engineOn(on num.Date) (*engine, error) {
	es := &p.engines
	if e := es.last.Load(); e != nil && on >= e.on && on < e.until {
		return e, nil
	}
	day := p.prog.epoch(on)
	es.mu.Lock()
	defer es.mu.Unlock()
	if es.by == nil || len(es.by) >= mostEngines {
		es.by = map[num.Date]*compiled{}
	}
	c := es.by[day]
	if c == nil {
		c = &compiled{}
		c.e, c.err = newEngine(p, on)
		es.by[day] = c
	}
	if c.e != nil {
		es.last.Store(c.e)
	}
	return c.e, c.err
}

var errNotCompiled = errors.New("the policy is not compiled, and compiling it may outlast the context")

// mostAtOnce is how many rules are compiled in the course of a decision that must
// end when its context is done: it takes a few milliseconds.
const mostAtOnce = 128

// engineWithin is engineOn for a decision that may have to end: it waits for no other
// goroutine and starts no long work.
func (p *Policy) engineWithin(ctx context.Context, on num.Date) (*engine, error) {
	es := &p.engines
	if ctx.Done() == nil || len(p.nodes) <= mostAtOnce {
		return p.engineOn(on)
	}
	if e := es.last.Load(); e != nil && on >= e.on && on < e.until {
		return e, nil
	}
	if !es.mu.TryLock() {
		return nil, errNotCompiled
	}
	defer es.mu.Unlock()
	if c := es.by[p.prog.epoch(on)]; c != nil {
		return c.e, c.err
	}
	return nil, errNotCompiled
}

// WarmUp does what the first decisions on a date would otherwise do: it compiles the
// policy for all days on which it is the same as on that date, works out what
// makes answers on partial cases exact, and of a policy that is not large the answers that
// take longest, on cases of which hardly anything is known. A service calls it before it serves cases with
// deadlines. The error is that of the context; what has been done by then is kept.
func (p *Policy) WarmUp(ctx context.Context, on Date) error {
	if _, err := p.engineOn(num.Date(on)); err != nil && !errors.Is(err, errTooManyCubes) {
		return err
	}
	l := p.lensOn(num.Date(on))
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

// recall is the decision by the compiled engine; nil where the reference has to be
// asked: for the first few cases of a policy, where a constraint may be broken or a
// condition cannot be evaluated, and where missing facts leave the answer open.
func (p *Policy) recall(ctx context.Context, c *Case) *Decision {
	if c == nil || c.prog != p.prog || p.engines.asked.Add(1) <= worthCompiling {
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
	k := e.recall(e.find(pt, open, found[:0]), 0, on)
	if !k.settled {
		return nil
	}
	return k.d
}
