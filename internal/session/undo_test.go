package session

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/rules"
)

// depth is how many moments can be gone back to.
func depth(st *step) int {
	if st == nil {
		return 0
	}
	return 1 + depth(st.next)
}

func TestUndoBringsEverythingBack(t *testing.T) {
	inputs := []string{
		"item is SLV", "item is CategoryI", "recipient = IN", "recipient = FR", "forget recipient", "reset", "use us1993", "use us", "as of 1994-05-01", "as of today",
		"mine: deny CategoryI to nonMember", "mine: review CategoryI", "repeal mine", "term Heavy of Item: payload > 1 t", "deny CategoryII to AE", "otherwise deny", "reload", "xyzzy", "deny Nothing",
	}
	rapid.Check(t, func(t *rapid.T) {
		s, err := New(Options{FS: rules.Files, Files: []string{rules.MTCR}, Date: 20_000})
		if err != nil {
			t.Fatal(err)
		}
		states := []string{snapshot(s)}
		for range rapid.IntRange(1, 6).Draw(t, "inputs") {
			s.Eval(context.Background(), rapid.SampledFrom(inputs).Draw(t, "input"))
			if depth(s.past) == len(states) {
				states = append(states, snapshot(s))
			}
		}
		for i := len(states) - 2; i >= 0; i-- {
			s.Eval(context.Background(), "undo")
			if got := snapshot(s); got != states[i] {
				t.Fatalf("undo leads to\n%s\nand not\n%s", got, states[i])
			}
		}
		for _, want := range states[1:] {
			s.Eval(context.Background(), "redo")
			if got := snapshot(s); got != want {
				t.Fatalf("redo leads to\n%s\nand not\n%s", got, want)
			}
		}
	})
}
