package interp_test

import (
	"context"
	"errors"
	"io/fs"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

const functionRules = `
outcomes deny > permit
kind Party = text { score: number }
kind Place = north | south { far: bool }
kind Item {
  category: I | II
  name: text
  range: length
  made: date
  shelf: duration
  spare: bool
  counts: list of number
  tags: set of text
}
role item: Item
role to party: Party
role at place: Place
`

type grade string

var errDown = errors.New("the list is down")

// ownFunctions are of every type that a function may have.
var ownFunctions = []interp.Function{
	{Name: "not_so", Go: func(b bool) bool { return !b }},
	{Name: "grade_of", Params: []string{"text"}, Result: "Item.category", Go: func(name string) grade {
		return grade(strings.TrimPrefix(name, "grade "))
	}},
	{Name: "home_of", Params: []string{"Party"}, Result: "Place", Go: func(p string) (string, bool) { return "north", p != "nobody" }},
	{Name: "thrice", Go: func(n int) int { return 3 * n }},
	{Name: "near", Go: func(x float64) float64 { return x + 0.1 }},
	{Name: "exactly_third", Go: func(r *big.Rat) *big.Rat { return new(big.Rat).Quo(r, big.NewRat(3, 1)) }},
	{Name: "longer", Params: []string{"length", "length"}, Result: "length", Go: func(x, y interp.Number) interp.Number {
		if x.Rat().Cmp(y.Rat()) > 0 {
			return x
		}
		return y
	}},
	{Name: "metres", Params: []string{"length"}, Result: "number", Go: func(x float64) float64 { return x }},
	{Name: "next_day", Go: func(d interp.Date) interp.Date { return d + 1 }},
	{Name: "noon", Go: func(d time.Time) time.Time { return d.Add(12 * time.Hour) }},
	{Name: "doubled", Go: func(d interp.Duration) interp.Duration {
		return interp.Duration{Months: 2 * d.Months, Days: 2 * d.Days}
	}},
	{Name: "total", Go: func(ns []int64) (sum int64) {
		for _, n := range ns {
			sum += n
		}
		return sum
	}},
	{Name: "upper_all", Go: func(ss []string) []string { return []string{strings.ToUpper(strings.Join(ss, ""))} }},
	{Name: "flaky", Go: func(s string) (bool, error) {
		if s == "down" {
			return false, errDown
		}
		return s == "yes", nil
	}},
	{Name: "broken", Go: func(s string) bool {
		if s == "error" {
			panic(fs.ErrClosed)
		}
		return []bool{true}[len(s)]
	}},
	{Name: "said", Go: func(s string) (bool, bool, error) { return s == "yes", s != "", nil }},
}

func functionProgram(t *testing.T, policy string) (*interp.Program, *interp.Policy) {
	t.Helper()
	prog, err := interp.Options{Functions: ownFunctions}.LoadText(context.Background(), "functions.ctl", functionRules+policy)
	if err != nil {
		t.Fatal(err)
	}
	p, err := prog.PolicyOn("", prog.LatestDate())
	if err != nil {
		t.Fatal(err)
	}
	return prog, p
}

// TestFunctions decides with a function of every type: by the reference, and compiled.
func TestFunctions(t *testing.T) {
	for _, row := range []struct{ when, facts, want string }{
		{"not_so(item.spare)", "item.spare = no", "deny"},
		{"not_so(item.spare)", "item.spare = yes", "permit"},
		{"not_so(item.spare)", "", "undetermined"},
		{"not_so(item.spare) or item.name = \"x\"", "item.name = x", "deny"},
		{"grade_of(item.name) = I", "item.name = grade I", "deny"},
		{"grade_of(item.name) = I", "item.name = grade II", "permit"},
		{"grade_of(item.name) = item.category", "item.name = grade II; item.category = II", "deny"},
		{"grade_of(item.name) = I", "item.name = grade X", "error: the function gave `X`, which is not one of `I` and `II`"},
		{"home_of(party) = north", "party = somebody", "deny"},
		{"home_of(party) = north", "party = nobody", "undetermined"},
		{"home_of(party) = place", "party = somebody; place = south", "permit"},
		{"home_of(party) in (south, north)", "party = somebody", "deny"},
		{"thrice(count(item.counts)) = 6", "item.counts = (1, 2)", "deny"},
		{"thrice(item.counts_sum) = 6", "", "load: Item has no attribute"},
		{"thrice(sum(item.counts)) = 4.5", "item.counts = (1.5)", "error: the function thrice, argument 1: 1.5 is no whole number that fits an int"},
		{"near(sum(item.counts)) = 0.3", "item.counts = (0.2)", "permit"}, // rounded: 0.30000000000000004
		{"near(sum(item.counts)) > 0.3", "item.counts = (0.2)", "deny"},
		{"exactly_third(sum(item.counts)) * 3 = 1", "item.counts = (1)", "deny"},
		{"longer(item.range, 2 km) = 2000 m", "item.range = 3 ft", "deny"},
		{"longer(item.range, 2 km) = item.range", "item.range = 2.5 km", "deny"},
		{"metres(item.range) = 1500", "item.range = 1.5 km", "deny"},
		{"next_day(item.made) = 2024-03-01", "item.made = 2024-02-29", "deny"},
		{"next_day(item.made) > item.made", "item.made = 9999-12-31", "error: the function next_day gave what is no date: there is no year 10000 here"},
		{"noon(item.made) = item.made", "item.made = 2024-02-29", "deny"},
		{"doubled(item.shelf) = 14 days", "item.shelf = 7 days", "deny"},
		{"total(item.counts) = 6", "item.counts = (1, 2, 3)", "deny"},
		{"total((1, 2)) = 3", "", "deny"},
		{"count(upper_all(item.tags)) = 1", "item.tags = (a, b)", "deny"},

		{"flaky(item.name)", "item.name = yes", "deny"},
		{"flaky(item.name)", "item.name = no", "permit"},
		{"flaky(item.name)", "item.name = down", "error: the function flaky failed: the list is down in `flaky(item.name)`"},
		{"not flaky(item.name)", "item.name = down", "error: the function flaky failed"},
		{"flaky(item.name) or item.spare", "item.name = down; item.spare = yes", "deny"},
		{"flaky(item.name) or item.spare", "item.name = down; item.spare = no", "error: the function flaky failed"},
		{"broken(item.name)", "item.name = x", "error: the function broken panicked: runtime error: index out of range"},
		{"broken(item.name)", "item.name = error", "error: the function broken panicked: file already closed"},
		{"said(item.name)", "item.name = yes", "deny"},
		{"said(item.name)", "item.name = \"\"", "undetermined"},
		{"nosaid(item.name)", "", "load: there is no function `nosaid`"},
		{"thrce(1) = 3", "", "load: did you mean `thrice`?"},
		{"thrice(item.name) = 3", "", "load: thrice(number) -> number wants a number here, and this is a text"},
		{"thrice(1, 2) = 3", "", "load: thrice(number) -> number takes one argument, and here stand 2"},
		{"home_of(place) = north", "", "load: home_of(Party) -> Place wants a Party here, and this is a Place"},
		{"metres(300) = 300", "", "load: metres(length) -> number wants a quantity (length) here"},
		{"home_of(party) = east", "", "load: there is no Place `east`"},
	} {
		rules := "policy p { deny when " + row.when + "  otherwise permit }"
		if problem, ok := strings.CutPrefix(row.want, "load: "); ok {
			_, err := interp.Options{Functions: ownFunctions}.LoadText(context.Background(), "functions.ctl", functionRules+rules)
			if err == nil || !strings.Contains(err.Error(), problem) {
				t.Errorf("%s: got %v, want %s", row.when, err, problem)
			}
			continue
		}
		prog, p := functionProgram(t, rules)
		c := prog.NewCase()
		if row.facts != "" {
			if err := c.Tell(strings.Split(row.facts, "; ")...); err != nil {
				t.Fatal(err)
			}
		}
		for range 12 {
			d, err := p.Decide(t.Context(), c)
			got := ""
			if err != nil {
				got = "error: " + err.Error()
			} else {
				got = d.Answer()
			}
			if !strings.HasPrefix(got, row.want) {
				t.Errorf("%s with %s: got %s, want %s", row.when, row.facts, got, row.want)
			}
		}
		if _, err := p.Explain(t.Context(), c); (err != nil) != strings.HasPrefix(row.want, "error") {
			t.Errorf("%s with %s: explain gives %v", row.when, row.facts, err)
		}
	}
}

// What an error says of a fact steers no terminal, and makes no line of its own.
func TestErrorsAreText(t *testing.T) {
	prog, p := functionProgram(t, "policy p { deny when grade_of(item.name) = I otherwise permit }")
	c := prog.NewCase()
	if err := c.Set("item.name", "grade \x1b[2J\u009b31m\u202e\nforged"); err != nil {
		t.Fatal(err)
	}
	_, err := p.Decide(t.Context(), c)
	var failed *interp.EvalError
	if !errors.As(err, &failed) || strings.ContainsAny(err.Error(), "\x1b\u009b\u202e\n") || !strings.Contains(err.Error(), "forged") {
		t.Errorf("%q", err)
	}
}

// TestFunctionErrors reaches what a function gave by way of errors.Is and errors.As.
func TestFunctionErrors(t *testing.T) {
	prog, p := functionProgram(t, "policy p { deny when flaky(item.name) or broken(item.name)  otherwise permit }")
	for name, want := range map[string]error{"down": errDown, "error": fs.ErrClosed} {
		c := prog.NewCase()
		if err := c.Tell("item.name = " + name); err != nil {
			t.Fatal(err)
		}
		_, err := p.Decide(t.Context(), c)
		if name == "error" {
			_, err = c.Condition("broken(item.name)")
		}
		var e *interp.EvalError
		if !errors.Is(err, want) || !errors.As(err, &e) || e.Code != code.CannotEvaluate || lang.FormatExpr(e.Expr) == "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestBadFunctions refuses what the language cannot call, each by a sentence.
func TestBadFunctions(t *testing.T) {
	type f = interp.Function
	for _, row := range []struct {
		f    f
		want string
	}{
		{f{Name: "f"}, "it is nil"},
		{f{Name: "f", Go: 3}, "it is of the type int, which is no Go function"},
		{f{Name: "f", Go: (func() bool)(nil)}, "it is a nil func() bool"},
		{f{Name: "", Go: func() bool { return true }}, "that is no name"},
		{f{Name: "a b", Go: func() bool { return true }}, "that is no name"},
		{f{Name: "unless", Go: func() bool { return true }}, "that is no name"},
		{f{Name: "sum", Go: func() bool { return true }}, "stdlib has a function of that name"},
		{f{Name: "thrice", Go: func() bool { return true }}, "it is given twice"},
		{f{Name: "f", Go: func(...string) bool { return true }}, "let it take a slice"},
		{f{Name: "f", Go: func() {}}, "it gives T, (T, bool), (T, error) or (T, bool, error), and not ()"},
		{f{Name: "f", Go: func() error { return nil }}, "it gives T"},
		{f{Name: "f", Go: func() (int, int) { return 0, 0 }}, "it gives T"},
		{f{Name: "f", Go: func(uint) bool { return true }}, "parameter 1: the language has no values for a uint"},
		{f{Name: "f", Go: func(map[string]int) bool { return true }}, "parameter 1: the language has no values for a map[string]int"},
		{f{Name: "f", Go: func([][]string) bool { return true }}, "parameter 1: the language has no values for a [][]string"},
		{f{Name: "f", Go: func(time.Duration) bool { return true }}, "take an interp.Duration"},
		{f{Name: "f", Go: func() any { return true }}, "the result: the language has no values for a interface {}"},
		{f{Name: "f", Params: []string{"text"}, Result: "bool", Go: func(a, b string) bool { return true }}, "it has one parameter and the Go function 2"},
		{f{Name: "f", Params: []string{"text"}, Go: func(a string) bool { return true }}, "it has parameters and no result"},
		{f{Name: "f", Params: []string{"number"}, Result: "bool", Go: func(a string) bool { return true }}, "parameter 1: string cannot hold `number`"},
		{f{Name: "f", Params: []string{"Item"}, Result: "bool", Go: func(a string) bool { return true }}, "parameter 1: string cannot hold `Item`"},
		{f{Name: "f", Params: []string{"Partty"}, Result: "bool", Go: func(a string) bool { return true }}, "there is no type `Partty`; did you mean `Party`?"},
		{f{Name: "f", Params: []string{"Item.colour"}, Result: "bool", Go: func(a string) bool { return true }}, "there is no type `Item.colour`"},
	} {
		_, err := interp.Options{Functions: append(ownFunctions[:len(ownFunctions):len(ownFunctions)], row.f)}.LoadText(context.Background(), "f.ctl", functionRules)
		if err == nil || !strings.Contains(err.Error(), row.want) || !hasCode(err, code.BadFunction) {
			t.Errorf("%q %T: got %v, want %s", row.f.Name, row.f.Go, err, row.want)
		}
	}
}
