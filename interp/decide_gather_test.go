package interp_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/rules"
)

const gatherRules = `
outcomes deny > review > permit
kind Party = text { listed: bool  owner: bool  cleared: bool }
kind Item { dual_use: bool  value: number  parts: list of text }
role item: Item
role to party: Party
policy p {
  deny when party.listed
  review when item.dual_use and (party.owner or item.value > 100) and not party.cleared
  otherwise permit
}
`

// TestGather fetches facts until the case is decided, and no others.
func TestGather(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "gather.ctl", gatherRules)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	for _, row := range []struct {
		known  map[string]any
		want   string
		most   int  // facts asked for
		always bool // they are exactly these
	}{
		{map[string]any{"party.listed": true}, "deny", 4, false},
		{map[string]any{"party.listed": true, "item.dual_use": false}, "deny", 2, false},
		{map[string]any{"party.listed": false, "item.dual_use": false}, "permit", 2, true},
		{map[string]any{"party.listed": false, "item.dual_use": true, "party.cleared": true}, "permit", 3, true},
		{map[string]any{"party.listed": false, "item.dual_use": true, "party.cleared": false, "item.value": 200, "party.owner": false}, "review", 5, false},
		{map[string]any{"party.listed": false}, "undetermined", 5, true},
		{nil, "undetermined", 5, true},
	} {
		var asked []string
		source := func(_ context.Context, need interp.Need) (any, bool, error) {
			asked = append(asked, need.Fact)
			v, ok := row.known[need.Fact]
			return v, ok, nil
		}
		c := prog.NewCase()
		d, err := p.Gather(t.Context(), c, source)
		if err != nil || d.Answer() != row.want {
			t.Errorf("%v: got %v, %v", row.known, d, err)
			continue
		}
		if twice := slices.Compact(slices.Sorted(slices.Values(asked))); len(twice) != len(asked) || len(asked) > row.most || row.always && len(asked) != row.most {
			t.Errorf("%v: asked for %v", row.known, asked)
		}
		if again, err := p.Decide(t.Context(), c); err != nil || again.Answer() != row.want {
			t.Errorf("%v: the case gathered is %v, %v", row.known, again, err)
		}
	}
}

// TestGatherErrors ends with the error of whoever fails.
func TestGatherErrors(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "gather.ctl", gatherRules)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	ctx, cancel := context.WithCancel(t.Context())
	for _, row := range []struct {
		name   string
		ctx    context.Context
		source func(context.Context, interp.Need) (any, bool, error)
		want   func(error) bool
	}{
		{"the source fails", t.Context(), func(context.Context, interp.Need) (any, bool, error) { return nil, false, errDown },
			func(err error) bool { return errors.Is(err, errDown) && strings.HasPrefix(err.Error(), "finding out ") }},
		{"a wrong value", t.Context(), func(context.Context, interp.Need) (any, bool, error) { return "perhaps", true, nil },
			func(err error) bool { return hasCode(err, code.FactType) }},
		{"cancelled in the source", ctx, func(context.Context, interp.Need) (any, bool, error) { cancel(); return false, true, nil },
			func(err error) bool { return errors.Is(err, context.Canceled) && hasCode(err, code.Stopped) }},
		{"cancelled before", ctx, func(context.Context, interp.Need) (any, bool, error) { panic("asked") },
			func(err error) bool { return errors.Is(err, context.Canceled) }},
		{"cancelled, and nothing known", func() context.Context { c, cancel := context.WithCancel(t.Context()); cancel(); return c }(),
			func(context.Context, interp.Need) (any, bool, error) { return nil, false, nil }, func(err error) bool { return errors.Is(err, context.Canceled) }},
	} {
		d, err := p.Gather(row.ctx, prog.NewCase(), row.source)
		if err == nil || !row.want(err) {
			t.Errorf("%s: got %v, %v", row.name, d, err)
		}
	}
}

// TestGatherLikeDecide gathers from cases of which everything is known: the decision is
// that on the whole case, with fewer facts.
func TestGatherLikeDecide(t *testing.T) {
	prog, err := interp.Load(context.Background(), rules.Files, rules.MTCR)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 2))
	asked, known := 0, 0
	for range 40 {
		whole := prog.NewCase()
		for _, name := range prog.FactNames() {
			f, _ := prog.FactInfo(name)
			if f.Default != nil { // what is not told has it, and is never asked for
				continue
			}
			if len(f.Choices) > 0 {
				_ = whole.Tell(fmt.Sprintf("%s = %s", f.Name, f.Choices[random.IntN(len(f.Choices))].Name))
			} else if f.Form == interp.YesNoAnswer {
				_ = whole.Set(f.Name, random.IntN(2) == 0)
			}
		}
		for _, p := range prog.Policies() {
			want, wantErr := p.Decide(t.Context(), whole)
			got, err := p.Gather(t.Context(), prog.NewCase(), func(_ context.Context, need interp.Need) (any, bool, error) {
				asked++
				v, err := whole.Lookup(need.Fact)
				return v, v != nil, err
			})
			known += len(whole.Facts())
			if wantErr != nil { // no real case: what has been asked for need not show it
				continue
			}
			if err != nil || got.Answer() != want.Answer() {
				t.Errorf("%s: gathered %v, %v; of the whole case %v\n%v", p.Name, got.Answer(), err, want.Answer(), whole.Sentences())
			}
		}
	}
	if asked == 0 || asked*3 > known {
		t.Errorf("asked for %d facts of %d", asked, known)
	}
}
