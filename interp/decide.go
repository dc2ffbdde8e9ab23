package interp

import (
	"cmp"
	"context"
)

// Decide answers a case. Its error is a lang.Diagnostics where the case breaks a
// constraint, and an *EvalError where a condition could not be evaluated, or which wraps
// the context's error: it ends within milliseconds once ctx is done.
//
// A decision is shared by all cases that are decided alike, so it must not be changed.
func (p *Policy) Decide(ctx context.Context, c *Case) (*Decision, error) {
	ended := p.begin(ctx)
	d, err := p.Unobserved(ctx, c)
	if ended != nil {
		ended(d, err)
	}
	return d, err
}

// begin tells Options.OnDecision that a decision begins; what it gives is to be told the end. It is
// nil where nobody wants to know.
func (p *Policy) begin(ctx context.Context) func(*Decision, error) {
	if p.prog.options.OnDecision == nil {
		return nil
	}
	return p.prog.options.OnDecision(ctx, p)
}

// Unobserved is Decide without Options.OnDecision: for those who look at rules, and do not
// decide by them.
//
// Unstable: it serves packages analysis and record, and changes with them.
func (p *Policy) Unobserved(ctx context.Context, c *Case) (*Decision, error) {
	ctx = p.prog.watch(ctx)
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	if d := p.recall(ctx, c); d != nil {
		return d, nil
	}
	return p.decideByWalk(ctx, c)
}

// decideByWalk is the reference: every condition is evaluated.
func (p *Policy) decideByWalk(ctx context.Context, c *Case) (*Decision, error) {
	if p.undated(c) {
		_, d, err := p.evaluatedUndated(ctx, c)
		return d, err
	}
	e, err := p.evaluate(ctx, c)
	if err != nil {
		return nil, err
	}
	return e.answer()
}

// answer is the decision, made exact. A condition that could not be evaluated
// counts as one that may hold or not: where the answer is the same either way it
// stands, and else it is the error.
func (e *evaluation) answer() (*Decision, error) {
	if e.s.stopped {
		return nil, e.s.err
	}
	if e.unkept != nil {
		if doubts, err := e.p.diagramOn(e.s.date).doubts(e.s.ctx, e.s.c); doubts || err != nil {
			return nil, cmp.Or(err, e.unkept)
		}
	}
	d := e.decision()
	if err := e.refine(d); err != nil {
		return nil, err
	}
	d.Notes = append(e.p.notes(d.AsOf), d.Notes...)
	if d.Status == Undetermined && e.s.err != nil && !e.spared {
		return nil, e.s.err
	}
	if e.sure {
		return d, nil
	}
	none, err := e.p.diagramOn(e.s.date).excludes(e.s.ctx, e.s.c)
	if err == nil && none {
		err = e.s.c.impossible()
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}
