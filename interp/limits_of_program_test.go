package interp_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

const limitsHead = `outcomes deny > permit
kind Party = text
kind Part { mass: number  of: list of number }
kind Item { a: bool  name: text  tags: set of text  numbers: list of number  parts: list of Part }
role item: Item
role to party: Party
`

// TestLimitsOfAProgram exceeds every limit of loading by one.
func TestLimitsOfAProgram(t *testing.T) {
	for _, row := range []struct {
		limits interp.Limits
		text   string
		want   string // "": it loads
	}{
		{interp.Limits{Files: 2}, `use "one.ctl"`, ""},
		{interp.Limits{Files: 1}, `use "one.ctl"`, "the program has more than 1 files"},
		{interp.Limits{Bytes: 1 << 10}, limitsHead, ""},
		{interp.Limits{Bytes: 100}, limitsHead, "with main.ctl the program is larger than 100 bytes"},
		{interp.Limits{Rules: 3}, limitsHead + "policy p { deny when item.a  permit } policy q amends p { } ", "more than 3 rules and sections"},
		{interp.Limits{Rules: 4}, limitsHead + "policy p { deny when item.a  permit } policy q amends p { } ", ""},
		{interp.Limits{Nesting: 1}, limitsHead + "term a1 of Item: a  term a2 of Item: a1 term a3 of Item: a2", "terms use one another more than 1 deep"},
		{interp.Limits{Nesting: 2}, limitsHead + "term a1 of Item: a  term a2 of Item: a1 term a3 of Item: a2", ""},
		{interp.Limits{Nesting: 1}, limitsHead + "value v1 = v2 value v2 = v3 value v3 = 1", "values use one another more than 1 deep"},
		{interp.Limits{Nesting: 2}, limitsHead + "value v1 = v2 value v2 = v3 value v3 = 1", ""},
		{interp.Limits{Members: 2}, limitsHead + `group G of Party: "a", "b", "c"`, "the groups have more than 2 members altogether"},
		{interp.Limits{Members: 3}, limitsHead + `group G of Party: "a", "b", "c"`, ""},
		{interp.Limits{Members: 2}, limitsHead + `group G of Party from "three.csv"`, "the groups have more than 2 members altogether"},
		{interp.Limits{Members: 3}, limitsHead + `group G of Party from "three.csv"`, ""},
		{interp.Limits{Members: 4}, limitsHead + `group G of Party: "a", "b", "c" group H of Party: G`, "groups of groups come to more than 4 members"},
	} {
		files := fstest.MapFS{"main.ctl": {Data: []byte(row.text)}, "one.ctl": {}, "three.csv": {Data: []byte("id\na\nb\nc\n")}}
		_, err := interp.Options{Limits: row.limits}.Load(context.Background(), files, "main.ctl")
		switch {
		case row.want == "" && err != nil:
			t.Errorf("%+v: %v", row.limits, err)
		case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)):
			t.Errorf("%+v: got %v, want %s", row.limits, err, row.want)
		case row.want != "" && !hasCode(err, code.TooMuch):
			t.Errorf("%+v: %v has no %s", row.limits, err, code.TooMuch)
		}
	}
}

func hasCode(err error, c code.Code) bool {
	var ds lang.Diagnostics
	if errors.As(err, &ds) {
		for _, d := range ds {
			if d.Code == c {
				return true
			}
		}
	}
	var e *interp.EvalError
	return errors.As(err, &e) && e.Code == c
}

// TestLimitsOfFacts brings facts that are as large as allowed, and larger, through
// every door.
func TestLimitsOfFacts(t *testing.T) {
	limits := interp.Limits{List: 3, Text: 8, JSON: 100, Levels: 6, Facts: 6}
	prog, err := interp.Options{Limits: limits}.LoadText(context.Background(), "p.ctl", limitsHead+"policy p { permit }")
	if err != nil {
		t.Fatal(err)
	}
	type name struct {
		Item struct {
			Name    string   `ctl:"name,omitzero"`
			Tags    []string `ctl:"tags,omitzero"`
			Numbers []int    `ctl:"numbers,omitzero"`
		} `ctl:"item"`
		Party string `ctl:"party,omitzero"`
	}
	long := name{}
	long.Item.Name = "123456789"
	tags := name{Party: "me"}
	tags.Item.Tags = []string{"a", "b", "c", "d"}
	many := name{Party: "me"}
	many.Item.Tags, many.Item.Numbers = []string{"a", "b", "c"}, []int{1, 2, 3}
	anonymous := name{Party: "123456789"}
	json := func(s string) func(*interp.Case) error {
		return func(c *interp.Case) error { return c.ReadJSON(context.Background(), "facts.json", []byte(s)) }
	}
	tell := func(s ...string) func(*interp.Case) error {
		return func(c *interp.Case) error { return c.Tell(s...) }
	}
	read := func(v name) func(*interp.Case) error {
		return func(c *interp.Case) error { return c.ReadStruct(&v) }
	}
	for _, row := range []struct {
		name string
		say  func(*interp.Case) error
		ok   bool
	}{
		{"a text", tell("item.name = 12345678"), true},
		{"a long text", tell("item.name = 123456789"), false},
		{"a long text in JSON", json(`{"item":{"name":"123456789"}}`), false},
		{"a long text in a struct", read(long), false},
		{"a long name", tell("party = 123456789"), false},
		{"a long name in JSON", json(`{"party":"123456789"}`), false},
		{"a long name in an object", json(`{"party":{"id":"123456789"}}`), false},
		{"a long name in a struct", read(anonymous), false},
		{"a long name in a map", func(c *interp.Case) error {
			return c.ReadMap(map[string]any{"party": map[string]any{"id": "123456789"}})
		}, false},
		{"a list", tell("item.tags = (a, b, c)"), true},
		{"a long list", tell("item.tags = (a, b, c, d)"), false},
		{"a long list in JSON", json(`{"item":{"tags":["a","b","c","d"]}}`), false},
		{"a long list in a struct", read(tags), false},
		{"a long list by Set", func(c *interp.Case) error { return c.Set("item.tags", []string{"a", "b", "c", "d"}) }, false},
		{"many facts", tell("item.tags = (a, b, c)", "item.numbers = (1)"), true},
		{"too many facts", tell("item.tags = (a, b, c)", "item.numbers = (1, 2)"), false},
		{"too many facts in a struct", read(many), false},
		{"too many facts in JSON", json(`{"party":"me","item":{"parts":[{"mass":1},{"mass":1},{"of":[1,2]}]}}`), false},
		{"many in JSON", json(`{"party":"me","item":{"parts":[{"mass":1},{"mass":1},{"mass":1}]}}`), true},
		{"a large file", json(`{` + strings.Repeat(" ", 100) + `}`), false},
	} {
		c := prog.NewCase()
		err := row.say(c)
		switch {
		case row.ok && err != nil:
			t.Errorf("%s: %v", row.name, err)
		case !row.ok && !hasCode(err, code.FactTooLarge):
			t.Errorf("%s: got %v, want %s", row.name, err, code.FactTooLarge)
		case !row.ok && len(c.Facts()) > 0:
			t.Errorf("%s: refused, and yet the case has %v", row.name, c.Facts())
		}
	}
}

// TestSteps decides with fewer steps than a case needs: it is an error and never an
// answer as if what was not evaluated were false.
func TestSteps(t *testing.T) {
	rules := limitsHead + `
term Named of Item: name like "b*"
term Long of Item: Named or (every n in numbers has n < 10)
policy p { deny when item is Long  otherwise permit }`
	for steps, want := range map[int]bool{1: false, 2: false, 5: false, 10_000: true} {
		prog, err := interp.Options{Limits: interp.Limits{Steps: steps}}.LoadText(context.Background(), "p.ctl", rules)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := prog.Policy("p")
		c := prog.NewCase()
		if err := c.Tell("item.name = a", "item.numbers = (1, 2, 3, 4, 5, 6, 7, 8, 9, 9)"); err != nil {
			t.Fatal(err)
		}
		for range 20 { // by the reference, and compiled
			d, err := p.Decide(t.Context(), c)
			switch {
			case want && (err != nil || d.Answer() != "deny"):
				t.Fatalf("with %d steps: %v, %v", steps, d, err)
			case !want && !hasCode(err, code.TooManySteps):
				t.Fatalf("with %d steps: got %v, %v, want %s", steps, d, err, code.TooManySteps)
			}
		}
	}
}

// slowRules ask something of every pair and triple of a list.
const slowRules = limitsHead + `
policy nested { deny when some x in item.numbers has some y in item.numbers has some z in item.numbers has x + y + z = 0.5  otherwise permit }
policy sets { deny when every x in item.numbers has x in item.numbers  otherwise permit }
policy pattern { deny when item.name like "PATTERN"  otherwise permit }
constraint real: item.a implies not (some x in item.numbers has some y in item.numbers has x + y = 0.5)
`

// TestDeadline stops decisions that would take long, wherever they are.
func TestDeadline(t *testing.T) {
	pattern := "*" + strings.Repeat("a", 30_000) + "b*"
	prog, err := interp.Options{Limits: interp.Limits{Steps: math.MaxInt}}.LoadText(context.Background(), "slow.ctl", strings.Replace(slowRules, "PATTERN", pattern, 1))
	if err != nil {
		t.Fatal(err)
	}
	numbers := make([]int, 10_000)
	for i := range numbers {
		numbers[i] = i
	}
	c := prog.NewCase()
	for name, v := range map[string]any{"item.numbers": numbers, "item.name": strings.Repeat("a", 65_000), "item.a": false} {
		if err := c.Set(name, v); err != nil {
			t.Fatal(err)
		}
	}
	constrained := c.Clone()
	if err := constrained.Set("item.a", true); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		policy string
		c      *interp.Case
	}{{"nested", c}, {"sets", c}, {"pattern", c}, {"sets", constrained}} {
		p, err := prog.Policy(row.policy)
		if err != nil {
			t.Fatal(err)
		}
		why := errors.New("the caller has gone")
		for range 10 { // by the reference, and compiled
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(5*time.Millisecond, func() { cancel(why) })
			d, err := p.Decide(ctx, row.c)
			if !errors.Is(err, why) || !hasCode(err, code.Stopped) {
				t.Fatalf("%s: got %v, %v", row.policy, d, err)
			}
		}
		for name, ask := range questions(p, row.c, "item.a = no") {
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(5*time.Millisecond, func() { cancel(why) })
			if none, err := ask(ctx); !none || !errors.Is(err, why) || !hasCode(err, code.Stopped) {
				t.Errorf("%s of %s: got %v", name, row.policy, err)
			}
			if none, err := ask(ctx); !none || !errors.Is(err, why) {
				t.Errorf("%s of %s in a context that is done: got %v", name, row.policy, err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		if d, err := p.Decide(ctx, row.c); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: got %v, %v", row.policy, d, err)
		}
		cancel()
		if d, err := p.Decide(ctx, row.c); err == nil {
			t.Errorf("%s: got %v in a context that is done", row.policy, d)
		}
	}
}

// questions are what a policy is asked of a case besides the decision. None says that there is no answer.
func questions(p *interp.Policy, c *interp.Case, fact string) map[string]func(context.Context) (none bool, err error) {
	return map[string]func(context.Context) (bool, error){
		"Explain": func(ctx context.Context) (bool, error) { x, err := p.Explain(ctx, c); return x == nil, err },
		"WhyNot": func(ctx context.Context) (bool, error) {
			x, err := p.WhyNot(ctx, c, "permit")
			return x == nil, err
		},
		"WhatIf": func(ctx context.Context) (bool, error) { x, err := p.WhatIf(ctx, c, fact); return x == nil, err },
		"Flip": func(ctx context.Context) (bool, error) {
			x, err := p.Flip(ctx, c, "deny", interp.FlipOptions{All: true, Most: 4})
			return x == nil, err
		},
	}
}

// TestDeadlineExact stops while the diagrams of an exact answer are made, and
// asks again without haste: nothing cut short is kept.
func TestDeadlineExact(t *testing.T) {
	prog, err := interp.Options{Limits: interp.Limits{Nodes: 4_000_000}}.LoadText(context.Background(), "large.ctl", largeText())
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	c := prog.NewCase()
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Millisecond)
		if d, err := p.Decide(ctx, c); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v, %v", d, err)
		}
		cancel()
	}
	for name, ask := range questions(p, c, "item.a0 = yes") {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Millisecond)
		if none, err := ask(ctx); !none || !errors.Is(err, context.DeadlineExceeded) || !hasCode(err, code.Stopped) {
			t.Errorf("%s: got %v", name, err)
		}
		cancel()
	}
	d, err := p.Decide(t.Context(), c)
	if err != nil || !d.Exact || len(d.Possible) != 2 {
		t.Fatalf("got %+v, %v", d, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Millisecond) // with the diagrams there
	defer cancel()
	if f, err := p.Flip(ctx, c, "permit", interp.FlipOptions{All: true, Most: 22}); f != nil || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Flip: got %d changes, %v", len(f), err)
	}
	for name, ask := range questions(p, c, "item.a0 = yes") {
		if none, err := ask(t.Context()); none || err != nil {
			t.Errorf("%s at leisure: got %v", name, err)
		}
	}
}
