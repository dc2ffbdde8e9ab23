package interp_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"pgregory.net/rapid"
)

const streamRules = `
outcomes deny > permit
kind Order { value: number }
role order: Order
policy p {
  deny when remainder(order.value, 7) = 0
  otherwise permit
}
policy slow {
  deny when remainder(waited(order.value), 7) = 0
  otherwise permit
}
`

type order struct {
	Order struct {
		Value int `ctl:"value"`
	} `ctl:"order"`
}

func orderOf(value int) (o order) {
	o.Order.Value = value
	return o
}

func streamed(t testing.TB, policy string, waited func(int) int) *interp.Bound[order] {
	t.Helper()
	if waited == nil {
		waited = func(n int) int { return n }
	}
	prog, err := interp.Options{Functions: []interp.Function{{Name: "waited", Go: waited}}}.LoadText(t.Context(), "stream.ctl", streamRules)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.Policy(policy)
	if err != nil {
		t.Fatal(err)
	}
	b, err := interp.Bind[order](p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// soon fails where something does not come to its end.
func soon(t rapid.TB, what string, f func()) {
	t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f()
	}()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatalf("%s does not end", what)
	}
}

// TestDecideSeqAsTheyCome has what gives the cases wait for some answers before it gives the
// next case, and some decisions wait for the answer to the case before: none may come later.
// Some loops end early; some cases have errors.
func TestDecideSeqAsTheyCome(t *testing.T) {
	type waiting struct {
		decision int
		before   chan struct{} // closed once the answer before it is taken, or the loop has ended
	}
	var waits atomic.Pointer[waiting]
	b := streamed(t, "slow", func(n int) int {
		if w := waits.Load(); w.decision == n {
			<-w.before
		}
		return n
	})
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(0, 3000).Draw(r, "cases")
		waitsFrom := rapid.IntRange(0, 2*n+1).Draw(r, "each waits for the answer before it, from")
		end := rapid.IntRange(0, 2*n+1).Draw(r, "the loop ends at")
		w := &waiting{rapid.IntRange(1, 2*n+1).Draw(r, "the decision that waits"), make(chan struct{})}
		waits.Store(w)
		reached := sync.OnceFunc(func() { close(w.before) })
		defer reached()
		answers := make(chan int, n+1)
		defer close(answers) // a giver that still waits then ends
		soon(r, "the loop", func() {
			i := 0
			for d, err := range b.DecideSeq(t.Context(), givenOneByOne(n, waitsFrom, answers)) {
				if want := map[bool]string{true: "deny", false: "permit"}[i%7 == 0]; err != nil || d.Answer() != want {
					r.Errorf("case %d: %s and %v, not %s", i, d.Answer(), err, want)
				}
				answers <- i
				if i == w.decision-1 {
					reached()
				}
				if i++; i == end {
					break
				}
			}
			if want := min(n, max(end, 1)); i != want && end != 0 {
				r.Errorf("%d answers, not %d", i, want)
			}
		})
	})
}

// givenOneByOne gives cases, from one on each after the answer to the one before.
func givenOneByOne(n, waitsFrom int, answers <-chan int) iter.Seq[order] {
	return func(yield func(order) bool) {
		taken := -1
		for i := range n {
			for open := true; open && i > waitsFrom && taken < i-1; {
				taken, open = <-answers
			}
			if !yield(orderOf(i)) {
				return
			}
		}
	}
}

// TestDecideSeqIsNotAhead counts the cases that were asked for when an answer comes: of a
// slow giver one, of a fast one not many more than were answered.
func TestDecideSeqIsNotAhead(t *testing.T) {
	b := streamed(t, "p", nil)
	asked := 0
	slow := func(yield func(order) bool) {
		for asked = 1; yield(orderOf(asked)); asked++ {
			time.Sleep(time.Millisecond)
		}
	}
	n := 0
	for range b.DecideSeq(t.Context(), slow) {
		if n++; asked != n {
			t.Fatalf("%d cases were asked for at answer %d", asked, n)
		}
		if n == 100 {
			break
		}
	}
	for _, taken := range []int{1, 10, 1000, 100_000} {
		asked, n = 0, 0
		fast := func(yield func(order) bool) {
			for asked = 1; yield(orderOf(asked)); asked++ {
			}
		}
		for range b.DecideSeq(t.Context(), fast) {
			if n++; n == taken {
				break
			}
		}
		if most := taken + min(taken+64, 4*512*runtime.GOMAXPROCS(0)) + 1; asked > most {
			t.Errorf("%d cases were asked for %d answers", asked, taken)
		}
	}
}

// TestDecideSeqEndsWithin ends a loop, by break and by the context, while decisions on other
// cases take long.
func TestDecideSeqEndsWithin(t *testing.T) {
	hold := make(chan struct{})
	defer close(hold)
	b := streamed(t, "slow", func(n int) int {
		if n == 200 {
			<-hold
		}
		return n
	})
	cases := make([]order, 10_000)
	for i := range cases {
		cases[i] = orderOf(i)
	}
	soon(t, "the loop", func() {
		n := 0
		for range b.DecideSeq(t.Context(), slices.Values(cases)) {
			if n++; n == 190 {
				break
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		n = 0
		for d, err := range b.DecideSeq(ctx, slices.Values(cases)) {
			if n++; n == 190 {
				cancel()
			}
			if n == 191 && (!errors.Is(err, context.Canceled) || d != nil) {
				t.Errorf("the answer after the end of the context is %s, %v", d.Answer(), err)
			}
		}
		if n != 191 {
			t.Errorf("%d answers", n)
		}
	})
}

// TestDecideSeqEndsWithoutTheGiver ends the context while what gives the cases, which came fast until
// then, waits for something else.
func TestDecideSeqEndsWithoutTheGiver(t *testing.T) {
	if runtime.GOMAXPROCS(0) == 1 {
		t.Skip("with one core all cases are fetched in the course of the loop")
	}
	b := streamed(t, "p", nil)
	hold := make(chan struct{})
	defer close(hold)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const fast = 5000
	cases := func(yield func(order) bool) {
		for i := 0; yield(orderOf(i)); i++ {
			if i == fast-1 {
				time.AfterFunc(20*time.Millisecond, cancel)
				<-hold
			}
		}
	}
	soon(t, "the loop", func() {
		n, last := 0, error(nil)
		for _, last = range b.DecideSeq(ctx, cases) {
			if n++; last != nil && !errors.Is(last, context.Canceled) {
				t.Errorf("answer %d: %v", n, last)
			}
		}
		if last == nil {
			t.Errorf("the last of %d answers is not the context's error", n)
		}
	})
}

// TestDecideSeqGiverFails has what gives the cases panic, and end its goroutine.
func TestDecideSeqGiverFails(t *testing.T) {
	b := streamed(t, "p", nil)
	for _, at := range []int{0, 1, 20, 5000} {
		for how, fail := range map[string]func(){"panic": func() { panic("no more") }, "exit": runtime.Goexit} {
			n, came := 0, ""
			done := make(chan struct{})
			go func() {
				defer close(done)
				defer func() {
					if p := recover(); p != nil {
						came = fmt.Sprint(p)
					}
				}()
				for range b.DecideSeq(t.Context(), func(yield func(order) bool) {
					for i := range at {
						yield(orderOf(i))
					}
					fail()
				}) {
					n++
				}
				came = "an end"
			}()
			<-done
			if want := map[string]string{"panic": "no more", "exit": ""}[how]; came != want || n != at {
				t.Errorf("%s at %d: it came to %q after %d answers", how, at, came, n)
			}
		}
	}
}

// TestAnswersAreSafe looks at the answers of a batch whose context ended, and at errors.
func TestAnswersAreSafe(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b := streamed(t, "slow", func(n int) int {
		if n == 600 {
			cancel()
		}
		return n
	})
	cases := make([]order, 5000)
	for i := range cases {
		cases[i] = orderOf(i)
	}
	answers, err := b.DecideAll(ctx, cases)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the batch gives %v", err)
	}
	open := 0
	for i, a := range answers {
		switch {
		case a.Err == nil && a.Status == interp.Decided && a.Answer() == a.Outcome.Name:
		case errors.Is(a.Err, context.Canceled) && a.Status == "" && a.Outcome == nil && a.Answer() == "" && a.Rules == nil:
			open++
		default:
			t.Fatalf("case %d: %q, %v", i, a.Answer(), a.Err)
		}
	}
	if open == 0 {
		t.Error("every case was answered")
	}
	if a := (interp.Answer{}); a.Answer() != "" {
		t.Errorf("the zero Answer is %q", a.Answer())
	}
}
