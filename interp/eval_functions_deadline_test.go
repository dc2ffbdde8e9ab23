package interp_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

type listDown struct{ at int }

func (e *listDown) Error() string { return fmt.Sprint("down at ", e.at) }

type scored struct {
	Party struct {
		Name string `ctl:"name"`
	} `ctl:"party"`
}

// ways are the ways of deciding a case by a function f of its one fact.
var ways = []string{"Decide", "Explain", "Gather", "Bind", "Bind JSON", "Bind Case", "DecideAll", "DecideSeq"}

// decideBy is the error of a decision that calls f, by one of the ways.
func decideBy(t *testing.T, ctx context.Context, way string, warm bool, f any) error {
	t.Helper()
	prog, err := interp.Options{Functions: []interp.Function{{Name: "f", Go: f}}}.LoadText(t.Context(), "f.ctl", `
outcomes deny > permit
kind Party { name: text }
role party: Party
policy p {
  deny when f(party.name) > 1
  otherwise permit
}`)
	if err != nil {
		return err
	}
	p, err := prog.Policy("p")
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.Tell("party.name = x"); err != nil {
		t.Fatal(err)
	}
	if warm { // by the engine
		for range 10 {
			_, _ = p.Decide(ctx, prog.NewCase())
		}
	}
	line := interp.JSON(`{"party": {"name": "x"}}`)
	var s scored
	s.Party.Name = "x"
	bound, err := interp.Bind[scored](p)
	if err != nil {
		t.Fatal(err)
	}
	switch way {
	case "Decide":
		_, err = p.Decide(ctx, c)
	case "Explain":
		_, err = p.Explain(ctx, c)
	case "Gather":
		_, err = p.Gather(ctx, c, func(context.Context, interp.Need) (any, bool, error) { return nil, false, nil })
	case "Bind":
		_, err = bound.Decide(&s)
	case "Bind JSON":
		lines, _ := interp.Bind[interp.JSON](p)
		_, err = lines.Decide(&line)
	case "Bind Case":
		told, _ := interp.Bind[interp.Case](p)
		_, err = told.Decide(c)
	case "DecideAll":
		answers, _ := bound.DecideAll(ctx, []scored{s})
		err = answers[0].Err
	case "DecideSeq":
		for _, err = range bound.DecideSeq(ctx, slices.Values([]scored{s})) {
		}
	}
	return err
}

// TestFunctionFails has a function fail in every way: each way of deciding says which and how,
// and leads to the function's own error.
func TestFunctionFails(t *testing.T) {
	own := &listDown{4}
	for _, x := range []struct {
		what, want string
		f          any
		is         error
	}{
		{"an error", "the function f failed: down at 4", func(string) (float64, error) { return 0, own }, own},
		{"an error beside not known", "the function f failed: down at 4", func(string) (float64, bool, error) { return 0, false, own }, own},
		{"an error that is a nil pointer", "the function f failed with a *interp_test.listDown that is nil", func(string) (float64, error) { var e *listDown; return 2, e }, nil},
		{"a panic with an error", "the function f panicked: down at 4", func(string) float64 { panic(own) }, own},
		{"a panic", "the function f panicked: boom", func(string) float64 { panic("boom") }, nil},
		{"a nil pointer", "the function f panicked: runtime error: invalid memory address", func(string) float64 { var p *float64; return *p }, nil},
		{"not a number", "the function f gave NaN", func(string) float64 { return math.NaN() }, nil},
		{"infinity", "the function f gave +Inf", func(string) float64 { return math.Inf(1) }, nil},
		{"a nil number", "the function f gave a number that is nil", func(string) *big.Rat { return nil }, nil},
	} {
		for _, way := range ways {
			for _, ctx := range []context.Context{context.Background(), t.Context()} { // one that is never done, and one that may be
				err := decideBy(t, ctx, way, ctx == t.Context(), x.f)
				var failed *interp.EvalError
				if err == nil || !strings.Contains(err.Error(), x.want) || !errors.As(err, &failed) || failed.Code != code.CannotEvaluate || x.is != nil && !errors.Is(err, x.is) {
					t.Errorf("%s, %s: %v, not %s", x.what, way, err, x.want)
				}
				var e *listDown
				if x.is != nil && !errors.As(err, &e) {
					t.Errorf("%s, %s: it does not lead to the function's error", x.what, way)
				}
			}
		}
	}
}

// TestFunctionIsLate has decisions end with their contexts, whatever a function does: it heeds
// its context, sleeps on, or ends its goroutine. The error says which function it was.
func TestFunctionIsLate(t *testing.T) {
	hold := make(chan struct{})
	defer close(hold)
	for _, way := range ways {
		if strings.HasPrefix(way, "Bind") { // without a context
			continue
		}
		for _, warm := range []bool{false, true} {
			ctx, cancel := context.WithCancel(t.Context())
			for what, f := range map[string]any{
				"it heeds its context": func(ctx context.Context, _ string) (float64, error) { cancel(); <-ctx.Done(); return 0, ctx.Err() },
				"it sleeps on":         func(string) float64 { cancel(); <-hold; return 2 },
				"it panics late":       func(ctx context.Context, _ string) float64 { cancel(); <-ctx.Done(); panic("late") },
			} {
				ctx, cancel = context.WithCancel(t.Context())
				soon(t, what+", "+way, func() {
					err := decideBy(t, ctx, way, warm, f)
					var failed *interp.EvalError
					if !errors.Is(err, context.Canceled) || !errors.As(err, &failed) || failed.Code != code.Stopped || !strings.Contains(err.Error(), "while the function f was at work") {
						t.Errorf("%s, %s, warm %t: %v", what, way, warm, err)
					}
				})
			}
			cancel()
		}
	}
	if err := decideBy(t, t.Context(), "Decide", false, func(string) float64 { runtime.Goexit(); return 0 }); err == nil || !strings.Contains(err.Error(), "the function f ended its goroutine") {
		t.Errorf("a function that ends its goroutine: %v", err)
	}
}

// TestFunctionTakesContext hands the context of a decision on, and calls a function with types
// of its own behind it.
func TestFunctionTakesContext(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "request 7")
	for _, way := range []string{"Decide", "Explain", "Gather", "DecideAll", "DecideSeq"} {
		if err := decideBy(t, ctx, way, false, func(ctx context.Context, _ string) (float64, error) {
			return 2, errors.New(ctx.Value(key{}).(string))
		}); err == nil || !strings.Contains(err.Error(), "failed: request 7") {
			t.Errorf("%s: %v", way, err)
		}
	}
	if err := decideBy(t, context.Background(), "Bind", false, func(ctx context.Context, _ string) (float64, error) {
		return 2, ctx.Err()
	}); err != nil {
		t.Errorf("without one: %v", err)
	}
}
