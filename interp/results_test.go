package interp

import (
	"context"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/internal/randpolicy"
	"pgregory.net/rapid"
)

// TestToldResultsDecideAsFunctions loads hosted programs without the functions that they declare, and
// tells the results that are asked for: the answers are those with the functions, and one that is
// given before all results are told is never another.
func TestToldResultsDecideAsFunctions(t *testing.T) {
	asked := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, randpolicy.Options{Policies: 2}, Options{})
		if !d.Hosted {
			t.Skip("it declares no functions")
		}
		opts := withHost(Options{})
		opts.Functions = slices.DeleteFunc(opts.Functions, func(f Function) bool { return f.Name != "half" })
		without, err := opts.Load(context.Background(), d.FS(), randpolicy.Main)
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			asked += toldResults(t, d, without)
		}
	})
	if asked == 0 && !testing.Short() {
		t.Error("no result was ever asked for")
	}
}

// toldResults decides a random case with the functions and without, and tells how often it had to be told a result.
func toldResults(t *rapid.T, d *drawn, without *Program) int {
	on := rapid.SampledFrom(d.Dates).Draw(t, "as of")
	told := d.DrawFull(t)
	name := rapid.SampledFrom(d.Policies).Draw(t, "policy")
	want, err := d.policy(name, on, d.prog).Decide(context.Background(), d.told(t, told, on))
	if err != nil {
		return 0
	}
	c := without.NewCase()
	if err := c.ReadMap(d.Facts(told)); err != nil {
		t.Fatal(err)
	}
	day, _ := ParseDate(on)
	c.SetDate(day)
	p := d.policy(name, on, without)
	for asked := range 100 {
		got, err := p.Decide(context.Background(), c)
		if cannotEvaluate(err) { // what cannot be evaluated may hang on a result that is not told
			return asked
		}
		if err != nil {
			t.Fatal(err)
		}
		need := slices.IndexFunc(got.Needs, func(n Need) bool { return namesResult(n.Fact) })
		decided := got.Status != Undetermined
		if decided && got.Answer() != want.Answer() || !decided && need < 0 && want.Status != Undetermined {
			t.Fatalf("%s, with the functions %s\n%v", got.describe(), want.describe(), c.Facts())
		}
		if decided || need < 0 {
			return asked
		}
		if err := c.Set(got.Needs[need].Fact, hostResult(t, got.Needs[need].Fact)); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("it asks for ever")
	return 0
}

// hostResult is what the host's function gives in a call such as worse(2).
func hostResult(t *rapid.T, call string) any {
	name, arg, _ := strings.Cut(strings.TrimSuffix(call, ")"), "(")
	switch f := randpolicy.Host.Functions[name].(type) {
	case func(string) bool:
		return f(unquote(arg))
	case func(*big.Rat) *big.Rat:
		r, ok := new(big.Rat).SetString(arg)
		if !ok {
			t.Fatalf("%s has no number", call)
		}
		return f(r)
	}
	t.Fatalf("there is no function %s", name)
	return nil
}
