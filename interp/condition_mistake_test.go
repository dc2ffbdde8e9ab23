package interp_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/interp"
)

const conditionRules = `
outcomes deny > permit
kind Firm = text { listed: bool }
kind Item { category: I | II  count: number  colour: text?  tags: set of text  until: date }
role item: Item
role to buyer: Firm
group Known of Firm: "A", "B"
policy p { deny when item.count > 2 and item.category = I or buyer in Known or item.colour like "r*"  otherwise permit }
`

// TestBrokenConditions has conditions that programs put together wrongly: no method panics, and
// nobody reads one as something else.
func TestBrokenConditions(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "c.ctl", conditionRules)
	if err != nil {
		t.Fatal(err)
	}
	type C = interp.Condition
	one := []interp.Value{interp.Text("x")}
	good := &C{Op: interp.OpHas, Fact: "item.colour"}
	round := &C{Op: interp.OpNot}
	round.Parts = []*C{{Op: interp.OpAnd, Parts: []*C{good, round}}}
	for name, c := range map[string]*C{
		"nothing": {}, "nil": nil, "no operator": {Op: "xor", Parts: []*C{good, good}}, "a word for people": {Op: "term", Text: "x // "},
		"a nil part": {Op: interp.OpAnd, Parts: []*C{good, nil}}, "holds itself": round,
		"not of nothing": {Op: interp.OpNot}, "not of two": {Op: interp.OpNot, Parts: []*C{good, good}},
		"without a value": {Op: interp.OpEqual, Fact: "item.count"}, "with a nil value": {Op: interp.OpEqual, Fact: "item.count", Values: []interp.Value{nil}},
		"without a fact": {Op: interp.OpEqual, Values: one}, "two values": {Op: interp.OpEqual, Fact: "item.colour", Values: []interp.Value{one[0], one[0]}},
		"half a range": {Op: interp.OpBetween, Fact: "item.count", Values: one}, "among none": {Op: interp.OpIn, Fact: "item.colour"},
		"a group and values": {Op: interp.OpIn, Fact: "buyer", Values: one, Group: prog.Groups()[0]}, "an empty group": {Op: interp.OpIn, Fact: "buyer", Group: &interp.Group{}},
		"no pattern": {Op: interp.OpLike, Fact: "item.colour", Values: []interp.Value{interp.Bool(true)}}, "no text": {Op: interp.OpOpaque},
		"an empty choice": {Op: interp.OpEqual, Fact: "item.category", Values: []interp.Value{interp.Choice{}}}, "an own enumeration": {Op: interp.OpEqual, Fact: "item.category", Values: []interp.Value{interp.Choice{Enum: &interp.Enum{Choices: make([]interp.EnumChoice, 1)}}}},
		"an empty thing": {Op: interp.OpEqual, Fact: "buyer", Values: []interp.Value{&interp.Thing{}}}, "a nil thing": {Op: interp.OpEqual, Fact: "buyer", Values: []interp.Value{(*interp.Thing)(nil)}},
		"no date": {Op: interp.OpEqual, Fact: "item.until", Values: []interp.Value{interp.NoDate}}, "a list": {Op: interp.OpEqual, Fact: "item.tags", Values: []interp.Value{interp.List{nil}}},
		"more than a fact": {Op: interp.OpHas, Fact: "item.colour or item.category = I or has item.colour"}, "more than another": {Op: interp.OpEqual, Fact: "item.count", Other: "3 or item.count"},
		"a comment": {Op: interp.OpOpaque, Text: "item.count > 2 // and"}, "half a text": {Op: interp.OpOpaque, Text: "item.count > 2) or (true"}, "parts of a fact": {Op: interp.OpHas, Fact: "item.colour", Parts: []*C{good}},
	} {
		if _, err := json.Marshal(c); err == nil && c != nil {
			t.Errorf("%s: marshals", name)
		}
		if text := c.String(); !strings.HasPrefix(text, "(no condition: ") {
			t.Errorf("%s: %s", name, text)
		} else if _, err := prog.Condition(text); err == nil {
			t.Errorf("%s: %s is read", name, text)
		}
		if c.Exact() {
			t.Errorf("%s: exact", name)
		}
	}
}

// TestOpaqueStandsApart joins a text that or joins to another condition: it stays one part.
func TestOpaqueStandsApart(t *testing.T) {
	prog, err := interp.LoadText(t.Context(), "c.ctl", conditionRules)
	if err != nil {
		t.Fatal(err)
	}
	c := interp.Condition{Op: interp.OpAnd, Parts: []*interp.Condition{
		{Op: interp.OpOpaque, Text: "item.category = I or item.count > 2"}, {Op: interp.OpHas, Fact: "item.colour"}}}
	again, err := prog.Condition(c.String())
	if err != nil {
		t.Fatal(err)
	}
	x := prog.NewCase()
	if err := x.Tell("item.category = I", "item.colour = none"); err != nil {
		t.Fatal(err)
	}
	if got, err := again.Truth(x); err != nil || got != interp.False {
		t.Errorf("%s: %v, %v", c.String(), got, err)
	}
}

// TestAnyCondition puts conditions together at random. None panics; what is read of its text has
// the truth of its parts.
func TestAnyCondition(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "c.ctl", conditionRules)
	if err != nil {
		t.Fatal(err)
	}
	x := prog.NewCase()
	if err := x.Tell("item.category = I", "item.count = 3", "item.colour = red", "buyer = A", `item.tags = ("x")`); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := randomCondition(t, prog, 3)
		text := c.String()
		_, marshalled := json.Marshal(c)
		if bad := strings.HasPrefix(text, "(no condition: "); bad != (marshalled != nil) {
			t.Fatalf("%s: %v", text, marshalled)
		}
		read, err := prog.Condition(text)
		if err != nil {
			return
		}
		got, err := read.Truth(x)
		if want, ok := truthOf(prog, c, x); ok && (err != nil || got != want) {
			t.Fatalf("%s: %v, %v, not %v", text, got, err, want)
		}
	})
}

func randomCondition(t *rapid.T, prog *interp.Program, depth int) *interp.Condition {
	c := &interp.Condition{Op: rapid.SampledFrom([]interp.ConditionOp{interp.OpAnd, interp.OpOr, interp.OpNot, interp.OpEqual, interp.OpUnequal, interp.OpLess, interp.OpBetween, interp.OpIn, interp.OpNotIn,
		interp.OpHas, interp.OpLike, interp.OpUnder, interp.OpAnyOf, interp.OpNoneOf, interp.OpAllOf, interp.OpSome, interp.OpOpaque, "term", ""}).Draw(t, "op")}
	if joining := c.Op == interp.OpAnd || c.Op == interp.OpOr || c.Op == interp.OpNot; depth > 0 && rapid.IntRange(0, 9).Draw(t, "parts") > 0 == joining {
		for range rapid.IntRange(0, 2).Draw(t, "n") {
			c.Parts = append(c.Parts, randomCondition(t, prog, depth-1))
		}
		return c
	}
	c.Fact = rapid.SampledFrom([]string{"", "item.category", "item.count", "item.colour", "item.tags", "buyer", "member", "item.colour or true"}).Draw(t, "fact")
	c.Other = rapid.SampledFrom([]string{"", "", "", "item.count", "1 or true"}).Draw(t, "other")
	c.Text = rapid.SampledFrom([]string{"", "", "item.count > 2", "item.count > 2 or item.category = I", "not (", "true // "}).Draw(t, "text")
	if rapid.IntRange(0, 5).Draw(t, "group") == 0 {
		c.Group = prog.Groups()[0]
	}
	values := []interp.Value{interp.Text("x"), interp.Text(`" or true`), interp.Bool(true), interp.Choice{}, interp.None{}, nil, interp.Duration{Days: 3}}
	for range rapid.IntRange(0, 2).Draw(t, "values") {
		c.Values = append(c.Values, rapid.SampledFrom(values).Draw(t, "value"))
	}
	return c
}

// truthOf is the truth that the parts have by themselves, joined.
func truthOf(prog *interp.Program, c *interp.Condition, x *interp.Case) (interp.Truth, bool) {
	if c.Op != interp.OpAnd && c.Op != interp.OpOr && c.Op != interp.OpNot {
		read, err := prog.Condition(c.String())
		if err != nil {
			return 0, false
		}
		truth, err := read.Truth(x)
		return truth, err == nil && truth != interp.Unknown
	}
	yes := c.Op == interp.OpAnd
	for _, p := range c.Parts {
		truth, ok := truthOf(prog, p, x)
		if !ok {
			return 0, false
		}
		switch c.Op {
		case interp.OpAnd:
			yes = yes && truth == interp.True
		case interp.OpOr:
			yes = yes || truth == interp.True
		case interp.OpNot:
			yes = truth != interp.True
		}
	}
	if yes {
		return interp.True, true
	}
	return interp.False, true
}
