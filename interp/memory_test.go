package interp_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// manyCodes is a policy of n rules about a code.
func manyCodes(n int) string {
	var b strings.Builder
	b.WriteString("outcomes deny > permit\nkind Item { code: text  n: number  a: bool }\nrole item: Item\npolicy p {\n")
	for i := range n {
		fmt.Fprintf(&b, "deny when item.code = \"c%d\" and item.n > %d and not item.a\n", i, i)
	}
	return b.String() + "otherwise permit }\n"
}

// TestMemory refuses a program that takes more memory than it may, and decides without an engine
// and a diagram that would.
func TestMemory(t *testing.T) {
	within := func(bytes int) (*interp.Program, error) {
		return interp.Options{Limits: interp.Limits{Memory: bytes}}.LoadText(t.Context(), "many.ctl", manyCodes(500))
	}
	_, err := within(100 << 10)
	var found lang.Diagnostics
	if !errors.As(err, &found) || found[0].Code != code.TooMuch || !strings.Contains(err.Error(), "the program takes more than 100 KiB of memory") {
		t.Errorf("too small for the program: %v", err)
	}
	small, err := within(600 << 10)
	if err != nil {
		t.Fatal(err)
	}
	large, err := within(0)
	if err != nil {
		t.Fatal(err)
	}
	if small.Limits().Memory != 600<<10 || large.Limits().Memory < 1<<30 {
		t.Errorf("the limits are %d and %d", small.Limits().Memory, large.Limits().Memory)
	}
	for _, facts := range [][]string{{"item.code = c499", "item.n = 500", "item.a = no"}, {"item.code = c499", "item.n = 500"}, {"item.n = 3"}} {
		var answers []string
		for _, prog := range []*interp.Program{small, large} {
			p, err := prog.Policy("p")
			if err != nil {
				t.Fatal(err)
			}
			c := prog.NewCase()
			if err := c.Tell(facts...); err != nil {
				t.Fatal(err)
			}
			for range 12 {
				d, err := p.Decide(t.Context(), c)
				if err != nil {
					t.Fatal(err)
				}
				answers = append(answers, d.Answer())
			}
		}
		for _, a := range answers {
			if a != answers[0] {
				t.Errorf("%v: the answers are %v", facts, answers)
				break
			}
		}
	}
}

// TestReadingStops ends what loads and reads where the context is done, with its error.
func TestReadingStops(t *testing.T) {
	done, cancel := context.WithCancel(t.Context())
	cancel()
	prog, err := interp.LoadText(t.Context(), "many.ctl", manyCodes(10))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := interp.LoadText(done, "many.ctl", manyCodes(2_000)); !errors.Is(err, context.Canceled) {
		t.Errorf("LoadText: %v", err)
	}
	c := prog.NewCase()
	if err := c.ReadJSON(done, "facts", []byte(`{"item": {"n": 1}}`)); !errors.Is(err, context.Canceled) || len(c.Facts()) > 0 {
		t.Errorf("ReadJSON: %v, %v", err, c.Facts())
	}
	p, _ := prog.Policy("p")
	if err := p.WarmUp(done, prog.LatestDate()); !errors.Is(err, context.Canceled) {
		t.Errorf("WarmUp: %v", err)
	}
	if err := p.WarmUp(t.Context(), prog.LatestDate()); err != nil {
		t.Errorf("WarmUp after one that was stopped: %v", err)
	}
}

// TestManyFactProblems shows a hundred problems of facts, and says that there is more.
func TestManyFactProblems(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "many.ctl", manyCodes(10))
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for i := range 1_000 {
		keys = append(keys, fmt.Sprintf(`"cod%d": 1`, i))
	}
	var found lang.Diagnostics
	if err := prog.NewCase().ReadJSON(t.Context(), "facts", []byte(`{"item": {`+strings.Join(keys, ", ")+`}}`)); !errors.As(err, &found) {
		t.Fatal(err)
	}
	if len(found) != 100 {
		t.Fatalf("%d problems", len(found))
	}
	if last := found[99]; len(last.Notes) != 1 || last.Notes[0].Text != "what follows was not looked at" {
		t.Errorf("the last one says %+v", last.Notes)
	}
}

// TestManyErrors ends the checking with the last problem that is shown, and takes many warnings for no error.
func TestManyErrors(t *testing.T) {
	var wrong strings.Builder
	wrong.WriteString("outcomes deny\nkind Item { a: bool }\nrole item: Item\npolicy p {\n")
	for i := range 5_000 {
		fmt.Fprintf(&wrong, "deny when item.b%d\n", i)
	}
	_, err := interp.LoadText(t.Context(), "wrong.ctl", wrong.String()+"}")
	var found lang.Diagnostics
	if !errors.As(err, &found) || len(found) != 1_000 {
		t.Errorf("%d problems", len(found))
	}
}
