package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// String is the condition as Ctl, as Program.Condition reads it. Of one that a program put together
// and that cannot be, it says what is wrong, which Program.Condition refuses.
func (c *Condition) String() string {
	if err := c.mistake(); err != nil {
		return "(no condition: " + err.Error() + ")"
	}
	return c.inCtl()
}

func (c *Condition) inCtl() string {
	switch c.Op {
	case OpAnd:
		return c.join(" and ", Bool(true))
	case OpOr:
		return c.join(" or ", Bool(false))
	case OpNot:
		return c.Parts[0].denied()
	case OpHas:
		return "has " + c.Fact
	case OpIn, OpNotIn:
		return c.Fact + " " + string(c.Op) + " " + c.target()
	case OpBetween:
		if net, is := networkOf(c.Values); is {
			return c.Fact + " in " + net
		}
		return c.Fact + " in " + constantWords(c.Values[0]) + " .. " + constantWords(c.Values[1])
	case OpAnyOf, OpNoneOf, OpAllOf:
		return c.ofSet()
	case OpSome:
		if c.Parts == nil {
			return c.Fact + " is not " + isEmpty
		}
		return "(some member in " + c.Fact + " has " + c.Parts[0].inCtl() + ")"
	case OpOpaque, opTerm:
		return c.Text
	}
	if c.isYes() {
		return c.flag("is ")
	}
	return c.Fact + " " + string(c.Op) + " " + c.operand()
}

// words are those of a condition for people; "" of one without parts.
func (c *Condition) words() string {
	if c.Op == OpAnd && c.Parts == nil {
		return ""
	}
	return c.String()
}

// join writes the parts with a word between them.
func (c *Condition) join(by string, none Bool) string {
	if len(c.Parts) == 0 {
		return none.String()
	}
	words := make([]string, len(c.Parts))
	for i, p := range c.Parts {
		words[i] = p.beside(c.Op)
	}
	return strings.Join(words, by)
}

// beside is the condition as it stands beside and, or and not: in parentheses where it is
// joined by another of them.
func (c *Condition) beside(op ConditionOp) string {
	if (c.Op == OpAnd || c.Op == OpOr) && c.Op != op && len(c.Parts) > 0 {
		return "(" + c.inCtl() + ")"
	}
	if c.Op == OpOpaque && joins(c.Text) {
		return "(" + c.Text + ")"
	}
	return c.inCtl()
}

func (c *Condition) denied() string {
	switch {
	case c.isYes():
		return c.flag("is not ")
	case c.Op == OpOpaque:
		return "not (" + c.Text + ")"
	case c.Op == OpSome && c.Parts == nil && c.there:
		return c.Fact + " is " + isEmpty
	case c.Op == OpSome && c.Parts == nil:
		return "not (" + c.inCtl() + ")"
	}
	return "not " + c.beside(OpNot)
}

// isYes says whether it asks of a fact that is yes or no whether it is yes.
func (c *Condition) isYes() bool {
	return c.Op == OpEqual && len(c.Values) == 1 && c.Values[0] == Value(Bool(true))
}

// flag is a fact that is yes or no, or its denial.
func (c *Condition) flag(is string) string {
	i := strings.LastIndexByte(c.Fact, '.')
	switch {
	case c.open && i >= 0:
		return c.Fact[:i] + " " + is + c.Fact[i+1:]
	case is == "is ":
		return c.Fact
	}
	return "not " + c.Fact
}

// operand is what the fact is compared with.
func (c *Condition) operand() string {
	if c.Other != "" {
		return c.Other
	}
	if c.Op == OpLike || c.Op == OpNotLike {
		return lang.QuotePattern(string(c.Values[0].(Text)))
	}
	return constantWords(c.Values[0])
}

// target is the group or the list that a fact is in, or members of a set are.
func (c *Condition) target() string {
	if c.Group != nil {
		return c.Group.Name
	}
	return "(" + strings.Join(valueNames(c.Values), ", ") + ")"
}

// ofSet are the words of a condition on the members of a set.
func (c *Condition) ofSet() string {
	if c.Op != OpAllOf && len(c.Values) == 1 {
		if c.Op == OpNoneOf {
			return c.Values[0].String() + " not in " + c.Fact
		}
		return c.Values[0].String() + " in " + c.Fact
	}
	return string(c.Op) + " " + c.Fact + " in " + c.target()
}

// valueNames are values as an author writes them.
func valueNames(vs []Value) []string {
	names := make([]string, len(vs))
	for i, v := range vs {
		names[i] = v.String()
	}
	return names
}

// constantWords is a value as a condition states it.
func constantWords(v Value) string {
	d, ok := v.(Duration)
	if !ok {
		return v.String()
	}
	var words []string
	for _, part := range []num.Duration{{Months: d.Months / 12 * 12}, {Months: d.Months % 12}, {Days: d.Days}} {
		if part != (num.Duration{}) {
			words = append(words, part.String())
		}
	}
	if words == nil {
		return v.String()
	}
	return strings.Join(words, " + ")
}
