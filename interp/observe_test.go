package interp_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

const observedRules = `outcomes deny > permit
kind Item { size: number }
role item: Item
policy p { big: deny when item.size > 3  otherwise permit }
policy q { deny when item.size > 4  otherwise permit }
test "big" under p { given item.size = 4 expect deny }
claim "never" under p: never permit when item.size > 2
`

// TestOnDecision counts what the hook is told: each decision that is asked for once, by whatever door and
// whether it fails, and none of those that questions about rules make.
func TestOnDecision(t *testing.T) {
	var begun, ended, failed atomic.Int64
	opts := interp.Options{OnDecision: func(_ context.Context, p *interp.Policy) func(*interp.Decision, error) {
		begun.Add(1)
		if p.Name == "q" {
			return nil
		}
		return func(d *interp.Decision, err error) {
			ended.Add(1)
			if err != nil {
				failed.Add(1)
			} else if d.Policy != p {
				t.Error("another policy decided")
			}
		}
	}}
	prog, err := opts.LoadText(t.Context(), "o.ctl", observedRules)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	q, _ := prog.Policy("q")
	type facts struct {
		Item struct {
			Size int `ctl:"size"`
		} `ctl:"item"`
	}
	bound, err := interp.Bind[facts](p)
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.Tell("item.size = 4"); err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	told := func(what string, n, bad int64, f func()) {
		t.Helper()
		before, end, wrong := begun.Load(), ended.Load(), failed.Load()
		f()
		if begun.Load()-before != n || ended.Load()-end != n || failed.Load()-wrong != bad {
			t.Errorf("%s: told of %d begun, %d ended and %d failed, want %d and %d", what, begun.Load()-before, ended.Load()-end, failed.Load()-wrong, n, bad)
		}
	}
	for range 10 {
		told("Decide", 1, 0, func() { _, _ = p.Decide(t.Context(), c) })
	}
	told("a context that is done", 1, 1, func() { _, _ = p.Decide(gone, c) })
	told("Bound", 1, 0, func() { _, _ = bound.Decide(&facts{}) })
	told("DecideAll", 5000, 0, func() { _, _ = bound.DecideAll(t.Context(), make([]facts, 5000)) })
	told("DecideSeq", 100, 0, func() {
		for range bound.DecideSeq(t.Context(), slices.Values(make([]facts, 100))) {
		}
	})
	told("Prepared", 2, 0, func() {
		x, err := bound.Prepare(&facts{})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = x.Decide()
		_, _ = x.Decide()
	})
	told("Gather", 1, 0, func() {
		_, _ = p.Gather(t.Context(), prog.NewCase(), func(context.Context, interp.Need) (any, bool, error) { return 2, true, nil })
	})
	told("questions", 0, 0, func() {
		_, _ = p.Explain(t.Context(), c)
		_, _ = p.WhyNot(t.Context(), c, "permit")
		_, _ = p.Flip(t.Context(), c, "permit", interp.FlipOptions{})
		_, _ = p.WhatIf(t.Context(), c, "item.size = 2")
		_, _ = p.When(t.Context(), c, "permit")
		_ = p.WarmUp(t.Context(), prog.LatestDate())
		prog.Tests()[0].Run(t.Context())
	})
	told("analysis", 0, 0, func() {
		_, _ = analysis.Lint(t.Context(), prog, analysis.LintOptions{})
		_, _ = analysis.Prove(t.Context(), prog.Claims()[0])
		_, _ = analysis.Diff(t.Context(), interp.Dated{Policy: p}, interp.Dated{Policy: q}, analysis.DiffOptions{})
	})
	before := begun.Load()
	if _, err := q.Decide(t.Context(), c); err != nil || begun.Load() != before+1 {
		t.Error("a hook that wants to know no more is not called, or fails the decision")
	}
}
