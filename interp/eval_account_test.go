package interp

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/ctl-lang/ctl/lang/code"
)

func decideText(t *testing.T, text string, facts ...string) (*Decision, error) {
	t.Helper()
	prog, err := LoadText(context.Background(), "p.ctl", text)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	c := prog.NewCase()
	for _, f := range facts {
		if err := c.Tell(f); err != nil {
			t.Fatal(err)
		}
	}
	return p.Decide(t.Context(), c)
}

// TestConflictInOrder lists the rules of a conflict as they stand in the text, and so
// their obligations.
func TestConflictInOrder(t *testing.T) {
	d, err := decideText(t, `
outcomes a, b, c
kind Item { flag: bool }
role item: Item
policy p {
  r0: c when item.flag requiring "z"
  section s {
    r1: a when item.flag requiring "x"
  }
  r2: b when item.flag requiring "y"
  r3: c when item.flag
}`, "item.flag")
	if err != nil {
		t.Fatal(err)
	}
	if got := ruleLabels(d.Rules); d.Status != Conflict || !slices.Equal(got, []string{"r0", "r1", "r2", "r3"}) {
		t.Errorf("%s by %v", d.Status, got)
	}
	if !slices.Equal(d.Obligations, []string{"z", "x", "y"}) {
		t.Errorf("the obligations are %q", d.Obligations)
	}
}

// TestErrorThatMatters answers a partial case with the error of a condition only where
// the answer hangs on it.
func TestErrorThatMatters(t *testing.T) {
	const head = `
outcomes a > b
kind Item { n: number  flag: bool  hot: bool }
role item: Item
policy p {
  r0: a when item.flag
  r1: b when `
	for cond, matters := range map[string]bool{
		"3 / item.n != 1":                               true,
		"item.hot and 3 / item.n != 1":                  true,
		"item.hot and not item.hot and 3 / item.n != 1": false,
		"item.flag and 3 / item.n != 1":                 false,
	} {
		d, err := decideText(t, head+cond+"\n}", "item.n = 0")
		var failed *EvalError
		switch {
		case matters && !(errors.As(err, &failed) && failed.Code == code.CannotEvaluate):
			t.Errorf("%s: %v, %v", cond, d, err)
		case !matters && (err != nil || d.Status != Undetermined || len(d.Possible) != 2 || !d.Exact):
			t.Errorf("%s: %+v, %v", cond, d, err)
		}
	}
}

// TestConstraintErrorThatMatters is the same about constraints.
func TestConstraintErrorThatMatters(t *testing.T) {
	for cond, matters := range map[string]bool{
		"item.flag or 3 / item.n != 1":                 true,
		"item.flag or item.n in 1 .. abs(3 / item.n)":  false, // 0 is not in it, whatever its end
		"not item.flag or item.hot or 3 / item.n != 1": true,
	} {
		d, err := decideText(t, `
outcomes a > b
kind Item { n: number  flag: bool  hot: bool }
role item: Item
constraint k: `+cond+`
policy p { a when item.flag  otherwise b }`, "item.n = 0")
		var failed *EvalError
		switch {
		case matters && !(errors.As(err, &failed) && failed.Code == code.CannotEvaluate):
			t.Errorf("%s: %v, %v", cond, d, err)
		case !matters && (err != nil || d.Status != Decided || d.Outcome.Name != "a"):
			t.Errorf("%s: %+v, %v", cond, d, err)
		}
	}
}

// TestValueBesideAttribute reads a word as the value of what stands beside it, also where
// an attribute is called so.
func TestValueBesideAttribute(t *testing.T) {
	for cond, want := range map[string]Status{
		"mode = b": Decided, "b = mode": Decided, "b in tags": Decided, "mode in (b)": Decided, "b = a": Undecided, "side = b": Decided,
	} {
		d, err := decideText(t, `
outcomes yes_it_is
kind Item { a: bool  b: bool  mode: a | b  side: b | c  tags: set of a | b }
role item: Item
term T of Item: `+cond+`
policy p { yes_it_is when item is T }`, "item.mode = b", "item.side = b", "item.tags = (b)", "item.a", "not item.b")
		if err != nil || d.Status != want {
			t.Errorf("%s: %v, %v", cond, d, err)
		}
	}
}
