package interp

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// mistake is what keeps a condition that a program put together from being one.
func (c *Condition) mistake() error { return c.mistakeWithin(map[*Condition]bool{}) }

// mistakeWithin looks at each condition once: looked has those already met, with true while
// what they hold is looked at.
func (c *Condition) mistakeWithin(looked map[*Condition]bool) error {
	if c == nil {
		return errors.New("a part is nil")
	}
	if within, met := looked[c]; met {
		if within {
			return errors.New("a part holds itself")
		}
		return nil
	}
	looked[c] = true
	defer func() { looked[c] = false }()
	if wrong := c.ownMistake(); wrong != "" {
		return fmt.Errorf("`%s` %s", c.Op, wrong)
	}
	for _, p := range c.Parts {
		if err := p.mistakeWithin(looked); err != nil {
			return err
		}
	}
	return nil
}

// ownMistake is what is wrong with a condition apart from its parts; "" where nothing is.
func (c *Condition) ownMistake() string {
	takes, known := conditionTakes[c.Op]
	targets := 0
	for _, there := range []bool{len(c.Values) > 0, c.Other != "", c.Group != nil} {
		if there {
			targets++
		}
	}
	switch {
	case !known:
		return "is no operator"
	case len(c.Parts) < takes.least || len(c.Parts) > takes.most:
		return "has too few parts or too many"
	case takes.fact != (c.Fact != "") || takes.fact && !c.open && !isFactName(c.Fact):
		return "asks about no fact, or about `" + c.Fact + "`"
	case takes.text != (c.Text != "") || takes.text && !standsAlone(c.Text):
		return "has no condition as its text"
	case c.Other != "" && (!takes.other || !isFactName(c.Other)):
		return "cannot be compared with `" + c.Other + "`"
	case c.Group != nil && (!takes.group || !isFactName(c.Group.Name)):
		return "takes no such group"
	case len(c.Values) > takes.values || targets > 1 || takes.values > 0 && targets == 0 && c.Op != OpAllOf || c.Op == OpBetween && len(c.Values) < 2:
		return "has too few values or too many"
	}
	for _, v := range c.Values {
		if text, isText := v.(Text); !statable(v) || takes.pattern && (!isText || text == "") {
			return "cannot be compared with one of its values"
		}
	}
	return ""
}

// takes says which fields an operator has.
type takes struct {
	least, most                       int // parts
	fact, text, other, group, pattern bool
	values                            int // at most
}

const anyNumber = int(^uint(0) >> 1)

var (
	takesParts   = takes{most: anyNumber}
	takesOne     = takes{fact: true, other: true, values: 1}
	takesAny     = takes{fact: true, group: true, values: anyNumber}
	takesPattern = takes{fact: true, pattern: true, values: 1}
)

var conditionTakes = map[ConditionOp]takes{
	OpAnd: takesParts, OpOr: takesParts, OpNot: {least: 1, most: 1},
	OpEqual: takesOne, OpUnequal: takesOne, OpLess: takesOne, OpAtMost: takesOne, OpGreater: takesOne, OpAtLeast: takesOne,
	OpBetween: {fact: true, values: 2}, OpIn: takesAny, OpNotIn: takesAny, OpAnyOf: takesAny, OpNoneOf: takesAny, OpAllOf: takesAny,
	OpHas: {fact: true}, OpSome: {fact: true, most: 1},
	OpLike: takesPattern, OpNotLike: takesPattern, OpUnder: takesPattern, OpNotUnder: takesPattern,
	OpOpaque: {text: true}, opTerm: {text: true},
}

// isFactName says whether a text names a fact, or a group, and is nothing more.
func isFactName(text string) bool {
	other := func(r rune) bool { return r != '_' && r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	if text != "" && strings.IndexFunc(text, other) < 0 {
		return true
	}
	switch e := parsedWhole(text).(type) {
	case *lang.Ref, *lang.Call:
		return e != nil
	}
	return false
}

// standsAlone says whether a text is one condition, and nothing that would go on in what stands
// beside it.
func standsAlone(text string) bool { return parsedWhole(text) != nil }

// parsedWhole is a text as an expression, nil where something else stands in it or about it.
func parsedWhole(text string) lang.Expr {
	e, _, ds := lang.ParseExpr("", text)
	if e == nil || len(ds) > 0 || int(e.Range().Start) != 0 || int(e.Range().End) != len(text) {
		return nil
	}
	return e
}

// joins says whether a text is a condition that and, or or implies joins, so that it stands in
// parentheses beside others.
func joins(text string) bool {
	b, ok := parsedWhole(text).(*lang.Binary)
	return ok && (b.Op == lang.And || b.Op == lang.Or || b.Op == lang.Implies)
}

// statable says whether a value can stand in a condition.
func statable(v Value) bool {
	switch v := v.(type) {
	case Bool, Number, Text, Folded, Duration, scalarValue:
		return true
	case Date:
		return num.MinDate <= num.Date(v) && num.Date(v) <= num.MaxDate
	case Choice:
		return v.Enum != nil && v.I >= 0 && v.I < len(v.Enum.Choices) && (v.Enum.quoted[v.I] || isFactName(v.Name()))
	case *Thing:
		return v != nil && v.Kind != nil && v.ID != nil && statable(v.ID)
	}
	return false
}
