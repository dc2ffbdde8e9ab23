package interp

import (
	"context"
	"fmt"
)

// Gather decides a case and fetches the facts that it lacks only as far as the decision
// needs them: the most decisive one first, and what no longer matters never. Each fact
// is asked for once at most. It ends when the case is decided, or when the source knows
// none of the facts that matter; the decision is then undetermined. A fact with a
// default counts as known, and is not asked for.
//
// The source finds out one fact: from a database, a service, a person. It gives a value as Case.Set
// takes it, or not ok where the fact cannot be known. An error, such as that of a service that is
// down, ends the gathering.
//
// What has been found out is added to c, also where there is an error in the end. The
// error is that of Decide, of the source with the fact's name, or of a value that
// the fact cannot have (a lang.Diagnostics); errors.Is and errors.As reach it.
func (p *Policy) Gather(ctx context.Context, c *Case, source func(context.Context, Need) (value any, ok bool, err error)) (*Decision, error) {
	ended := p.begin(ctx)
	d, err := p.gather(ctx, c, source)
	if ended != nil {
		ended(d, err)
	}
	return d, err
}

func (p *Policy) gather(ctx context.Context, c *Case, source func(context.Context, Need) (value any, ok bool, err error)) (*Decision, error) {
	ctx = p.prog.watch(ctx)
	asked := map[string]bool{}
	for {
		d, err := p.Unobserved(ctx, c)
		if err != nil {
			return nil, err
		}
		learnt := false
		for _, need := range d.Needs {
			if asked[need.Fact] {
				continue
			}
			asked[need.Fact] = true
			if learnt, err = c.fetch(ctx, need, source); err != nil {
				return nil, err
			}
			if learnt {
				break
			}
		}
		if !learnt {
			return d, nil
		}
	}
}

// fetch asks a source for a fact and adds it.
func (c *Case) fetch(ctx context.Context, need Need, source func(context.Context, Need) (value any, ok bool, err error)) (ok bool, err error) {
	if ctx.Err() != nil {
		return false, stopped(ctx)
	}
	value, ok, err := source(ctx, need)
	if err == nil && ok {
		err = c.Set(need.Fact, value)
	}
	if err != nil {
		return false, fmt.Errorf("finding out %s: %w", need.Fact, err)
	}
	return ok, nil
}
