package interp_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/rules"
)

// TestMain finds goroutines that are left behind; that of the runtime's own in a browser is none of ours.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("runtime.handleEvent"))
}

// TestConcurrent asks one program everything that can be asked of it, from many
// goroutines at once: for the race detector, and the answers are the same every time.
func TestConcurrent(t *testing.T) {
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	cases := make([]*interp.Case, 4)
	for i, facts := range [][]string{
		{"item.category = I", "item.form = uav", "recipient = SA", "program.purpose = military_missile"},
		{"item.category = I", "recipient = AE", "program.purpose = space_launch"},
		{"item.category = II"},
		nil,
	} {
		cases[i] = prog.NewCase()
		cases[i].SetDate(prog.LatestDate())
		if err := cases[i].Tell(facts...); err != nil {
			t.Fatal(err)
		}
	}
	policy, err := prog.Policy("us2025")
	if err != nil {
		t.Fatal(err)
	}
	bound, err := interp.Bind[interp.Case](policy)
	if err != nil {
		t.Fatal(err)
	}
	questions := map[string]func(c *interp.Case) (any, error){
		"decide": func(c *interp.Case) (any, error) {
			d, err := policy.Decide(t.Context(), c)
			if err != nil {
				return nil, err
			}
			return fmt.Sprint(d.Answer(), d.Possible, d.Needs), nil
		},
		"in time": func(c *interp.Case) (any, error) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			d, err := policy.Decide(ctx, c)
			if err != nil {
				return nil, err
			}
			return d.Answer(), nil
		},
		"stopped": func(c *interp.Case) (any, error) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Microsecond)
			defer cancel()
			_, _ = policy.Decide(ctx, c) // either way the others do not mind
			return nil, nil
		},
		"bound": func(c *interp.Case) (any, error) {
			d, err := bound.Decide(c)
			if err != nil {
				return nil, err
			}
			return d.Answer(), nil
		},
		"explain": func(c *interp.Case) (any, error) {
			x, err := policy.Explain(t.Context(), c)
			if err != nil {
				return nil, err
			}
			return len(x.Deciding) + len(x.Open), nil
		},
		"why not": func(c *interp.Case) (any, error) {
			w, err := policy.WhyNot(t.Context(), c, "permit")
			if err != nil {
				return nil, err
			}
			return w.Verdict, nil
		},
		"flip": func(c *interp.Case) (any, error) {
			f, err := policy.Flip(t.Context(), c, "review", interp.FlipOptions{})
			return len(f), err
		},
		"what if": func(c *interp.Case) (any, error) {
			w, err := policy.WhatIf(t.Context(), c, "recipient is strong_controls")
			if err != nil {
				return nil, err
			}
			return w.After.Answer(), nil
		},
		"condition": func(c *interp.Case) (any, error) {
			r, err := c.Condition("item is CategoryI and recipient is nonMember")
			if err != nil {
				return nil, err
			}
			return r.Truth, nil
		},
		"lists": func(c *interp.Case) (any, error) {
			n := len(prog.FactNames()) + len(prog.Terms()) + len(prog.Unused().Terms) + len(policy.Rules()) + len(policy.OpaqueConditions(c.Date()))
			for _, test := range prog.Tests() {
				n += len(test.Run(t.Context()).Failures)
			}
			return n, nil
		},
		"copy": func(c *interp.Case) (any, error) {
			d := c.Clone()
			err := d.Tell("item.form = component")
			return len(d.Sentences()), err
		},
	}
	var mu sync.Mutex
	said := map[string]any{}
	var all sync.WaitGroup
	for range 3 {
		for name, ask := range questions {
			for i, c := range cases {
				all.Go(func() {
					for range 4 {
						got, err := ask(c)
						if err != nil {
							t.Errorf("%s, case %d: %v", name, i, err)
							return
						}
						mu.Lock()
						key := fmt.Sprint(name, i)
						if before, asked := said[key]; asked && before != got {
							t.Errorf("%s, case %d: %v, and before %v", name, i, got, before)
						}
						said[key] = got
						mu.Unlock()
					}
				})
			}
		}
	}
	all.Wait()
}
