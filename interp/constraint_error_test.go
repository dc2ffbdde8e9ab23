package interp

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// TestErrorInConstraint has a constraint of which a part cannot be evaluated: that is an
// error where the constraint hangs on it, the same by the engine and by the reference.
func TestErrorInConstraint(t *testing.T) {
	for _, c := range []struct {
		constraint string
		fails      bool
	}{
		{"1 / item.n > 1 or as_of >= 2010-01-01", false},
		{"1 / item.n > 1 or item.ok", false},
		{"1 / item.n > 1 or item.range > 1 km", true},
		{"1 / item.n > 1", true},
	} {
		prog, err := LoadText(context.Background(), "edge.ctl", withRules("o0 when item.ok otherwise o1")+"constraint k: "+c.constraint)
		if err != nil {
			t.Fatal(err)
		}
		p := prog.order.policies[0]
		facts := prog.NewCase()
		facts.SetDate(prog.LatestDate())
		if err := facts.Tell("item.n = 0", "item.ok = yes", "item.range = 1 km"); err != nil {
			t.Fatal(err)
		}
		_, first := p.decideByWalk(context.Background(), facts)
		var failed *EvalError
		if errors.As(first, &failed) != c.fails {
			t.Errorf("%s: %v", c.constraint, first)
		}
		for range worthCompiling + 2 {
			if _, err := p.Decide(t.Context(), facts); fmt.Sprint(err) != fmt.Sprint(first) {
				t.Errorf("%s: %v at first, and then %v", c.constraint, first, err)
			}
		}
	}
}
