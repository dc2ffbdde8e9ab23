package interp

import (
	"context"
	"fmt"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/lang/code"
)

// When is the condition under which a case gets an answer, an outcome or one of the statuses
// undecided and conflict: what the facts that are not told have to be. What is told, and what
// holds by default, is folded away, so that of a case that is settled the condition is always
// or never. Conditions on facts are joined by and and or, and what several ways have in common
// stands once.
//
// It holds of exactly those completions of the case that Decide gives the answer to. One that
// breaks a constraint has none. A condition that Ctl cannot take apart stands in it as
// text, see Condition.Exact; nothing else is left out or made wider. Where there are more ways
// than Limits.Ways, or the policy is too large for a diagram (Limits.Nodes), the error is an
// *EvalError of code.TooManySteps. Otherwise its errors are those of Decide.
func (p *Policy) When(ctx context.Context, c *Case, answer string) (*Condition, error) {
	leaf, err := p.prog.leafOf(answer)
	if err != nil {
		return nil, err
	}
	if c == nil || c.prog != p.prog {
		return nil, errOtherProgram(p, c)
	}
	if _, err := c.checkConstraints(ctx); err != nil && !cannotEvaluate(err) {
		return nil, err
	}
	l := p.diagramOn(c.day())
	if err := l.hold(ctx); err != nil {
		return nil, err
	}
	defer l.release()
	said, err := l.when(c, leaf)
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	return said, err
}

// leafOf is the leaf of an answer by its name.
func (p *Program) leafOf(answer string) (dd.Leaf, error) {
	for i := range len(p.outcomes) + 2 {
		if p.answer(i).Name() == answer {
			return dd.Leaf(i), nil
		}
	}
	_, err := p.Outcome(answer)
	return 0, err
}

// when is Policy.When with the diagram held.
func (l *cachedDiagram) when(c *Case, leaf dd.Leaf) (*Condition, error) {
	limits := &l.p.prog.options.Limits
	k := &compiler{s: l.space, on: l.on}
	if l.err == nil && l.plain == nil {
		if links := k.links(); k.err == nil {
			l.links, l.plain = links, l.space.wordsOfGroups(l.on)
		}
	}
	if l.err != nil || k.err != nil {
		return nil, tooMuch("the policy %s is too large to say when an answer comes about (Limits.Nodes is %d)", l.p.Name, limits.Nodes)
	}
	store := l.space.Store
	mark := store.Mark()
	defer store.Release(mark)
	point := l.space.point(c)
	told, defaults := known(point), k.defaults(c, point)
	f := l.left(k, defaults, told)
	links := k.keep(store.Constrain(k.and(defaults, l.links), told))
	asked := k.keep(store.Is(f, leaf))
	if k.err == nil && f == k.impossible() {
		return nil, c.impossible()
	}
	said, rest, err := l.plain.condition(asked, links, limits.Ways)
	switch {
	case k.err != nil || err != nil:
		return nil, tooMuch("the condition is too large (Limits.Nodes is %d)", limits.Nodes)
	case rest != dd.False:
		return nil, tooMuch("the condition has more than %d ways (Limits.Ways)", limits.Ways)
	}
	return said, nil
}

// tooMuch is the error of a condition that is not given since it would be too large.
func tooMuch(format string, args ...any) error {
	return &EvalError{Code: code.TooManySteps, Message: fmt.Sprintf(format, args...)}
}
