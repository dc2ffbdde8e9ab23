// Package interview asks for the facts that a case still needs, the most decisive
// first, until it is decided. It keeps the conversation; who talks to the person
// (a terminal, a pipe, a session) is the caller's.
//
//	iv := interview.New(policy, c)
//	for {
//		q, err := iv.Next(ctx)
//		if err != nil || q == nil {
//			break // decided, or nothing left to ask: see iv.Decision()
//		}
//		err = iv.Answer(ctx, "300 km")
//	}
package interview

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// Question is what is asked now.
type Question struct {
	interp.FactInfo
	AtMost int // questions left at most, this one included; 0 where that is not known
}

// Turn is a question and what was answered.
type Turn struct {
	Question Question
	Answer   string // the fact told, or "" where the answer was "unknown"
	Fact     *interp.Fact
	before   *interp.Case
}

// Interview is a conversation about one case.
type Interview struct {
	policy   *interp.Policy
	c        *interp.Case
	turns    []Turn
	decision *interp.Decision
	now      *Question
}

// New begins with what the case already tells; the case itself is not changed.
func New(p *interp.Policy, c *interp.Case) *Interview {
	return &Interview{policy: p, c: c.Clone()}
}

// Case is the case as told so far.
func (iv *Interview) Case() *interp.Case { return iv.c }

// Decision is the answer on what is told so far; after Next it is never nil.
func (iv *Interview) Decision() *interp.Decision { return iv.decision }

// Turns are the questions asked and answered so far.
func (iv *Interview) Turns() []Turn { return iv.turns }

// Next is the question to ask now, or nil when the case is decided or nothing is
// left to ask. Its errors are those of Policy.Decide.
func (iv *Interview) Next(ctx context.Context) (*Question, error) {
	d, err := iv.policy.Decide(ctx, iv.c)
	if err != nil {
		return nil, err
	}
	iv.decision, iv.now = d, nil
	passed := iv.passed()
	left := 0
	for _, n := range d.Needs {
		if !passed[n.Fact] {
			left++
		}
	}
	for _, n := range d.Needs {
		if passed[n.Fact] {
			continue
		}
		info, ok := iv.c.Program().FactInfo(n.Fact)
		if !ok {
			continue
		}
		info.Question = n.Question // which says of this case what it can
		iv.now = &Question{FactInfo: info, AtMost: left}
		if len(passed) == 0 {
			iv.now.AtMost = d.Questions
		}
		return iv.now, nil
	}
	return nil, nil
}

// passed are the facts that the person does not know.
func (iv *Interview) passed() map[string]bool {
	out := map[string]bool{}
	for _, t := range iv.turns {
		if t.Fact == nil {
			out[t.Question.Name] = true
		}
	}
	return out
}

// Answer takes the answer to the present question: yes, no, a value with its unit,
// a name or code, the number of a choice listed, or unknown; or a fact that is told
// besides, which need not be the one that is asked for. An answer that does
// not fit, or that no real case has, is an error and changes nothing.
func (iv *Interview) Answer(ctx context.Context, text string) error {
	q := iv.now
	if q == nil {
		return nil
	}
	text = strings.TrimSpace(text)
	turn := Turn{Question: *q, before: iv.c}
	if isUnknown(text) {
		iv.turns = append(iv.turns, turn)
		return nil
	}
	next := iv.c.Clone()
	fact, err := q.tell(next, text)
	if q.isSentence(next.Program(), text) {
		next = iv.c.Clone()
		turn.Question = Question{FactInfo: interp.FactInfo{Name: text, Question: "told besides"}}
		fact, err = &interp.Fact{Name: text, Value: interp.Bool(true)}, next.Tell(text)
	}
	if err != nil {
		return err
	}
	if _, err := iv.policy.Decide(ctx, next); err != nil {
		return err
	}
	turn.Answer, turn.Fact = text, fact
	iv.turns = append(iv.turns, turn)
	iv.c = next
	return nil
}

// isSentence says whether an answer is a fact with its name, and no value of the fact
// that is asked for: that of another fact, or what a term says of a thing.
func (q *Question) isSentence(p *interp.Program, text string) bool {
	if q.isNone(text) != "" {
		return false
	}
	if name, value, ok := strings.Cut(text, "="); ok && !strings.HasPrefix(value, "=") {
		_, known := p.FactInfo(strings.TrimSpace(name))
		return known
	}
	anyText := q.Form == interp.TextAnswer || q.Form == interp.IdentityAnswer && len(q.Choices) == 0
	name, _, ok := strings.Cut(text, " is ")
	_, known := p.FactInfo(strings.TrimSpace(name))
	if !known {
		known = slices.ContainsFunc(p.Roles(), func(r *interp.Role) bool { return r.Name == strings.TrimSpace(name) })
	}
	return ok && known && !anyText
}

// tell adds what an answer says to a case.
func (q *Question) tell(c *interp.Case, text string) (*interp.Fact, error) {
	name := q.Name
	var err error
	switch owner := q.isNone(text); {
	case owner != "":
		name = owner
		err = c.Tell(owner + " = none")
	case q.Form == interp.ThereAnswer && isYes(text):
		return &interp.Fact{Name: name, Value: interp.Bool(true)}, c.Set(name, map[string]any{})
	case q.Form == interp.ThereAnswer && isNo(text):
		err = c.Tell(name + " = none")
	case q.Form == interp.ThereAnswer, q.Form == interp.ListAnswer && (isYes(text) || isNo(text)) && !q.lists(text):
		return nil, fmt.Errorf("`%s` says nothing about which: expected %s", text, q.Hint())
	default:
		if err := q.thousands(text); err != nil {
			return nil, err
		}
		err = c.Tell(name + " = " + q.value(text))
	}
	if err != nil {
		return nil, err
	}
	v, err := c.Lookup(name)
	return &interp.Fact{Name: name, Value: v}, err
}

// thousands asks back where the point of an amount may set thousands apart.
func (q *Question) thousands(text string) error {
	number, unit, _ := strings.Cut(strings.TrimPrefix(text, "-"), " ")
	meant := lang.Thousands(number)
	if meant == "" || q.Form != interp.QuantityAnswer {
		return nil
	}
	whole, _, _ := strings.Cut(number, ".")
	return fmt.Errorf("is this %s %s and a part, or %s %s? for the one write `%s0 %s`, for the other `%s %s`", whole, unit, meant, unit, number, unit, meant, unit)
}

// isNone is the thing, of those that what is asked for belongs to, of which an answer
// says that there is none.
func (q *Question) isNone(text string) string {
	name, value, ok := strings.Cut(text, "=")
	name = strings.TrimSpace(name)
	if ok && strings.TrimSpace(value) == "none" && slices.Contains(q.Within, name) {
		return name
	}
	return ""
}

// told is what the last answer was understood as; "" where that is not known.
func (iv *Interview) told() string {
	t := iv.turns[len(iv.turns)-1]
	if t.Fact == nil {
		return ""
	}
	if t.besides() {
		return t.Fact.Name
	}
	return t.Fact.String()
}

// besides says whether a turn is a fact that was not asked for.
func (t Turn) besides() bool { return t.Question.Type == "" }

// Back takes the last answer back; false where there is none.
func (iv *Interview) Back() bool {
	if len(iv.turns) == 0 {
		return false
	}
	last := iv.turns[len(iv.turns)-1]
	iv.turns = iv.turns[:len(iv.turns)-1]
	iv.c = last.before
	return true
}

func isUnknown(text string) bool {
	switch strings.ToLower(text) {
	case "unknown", "don't know", "dont know", "not known", "u":
		return true
	}
	return false
}

// lists says whether a word names one of the members that a list may have.
func (q *Question) lists(word string) bool {
	return slices.ContainsFunc(q.Choices, func(c interp.EnumChoice) bool { return c.Name == word })
}

// value is an answer as Tell reads it: y and n are yes and no, the number of a
// choice is that choice.
func (q *Question) value(text string) string {
	switch q.Form {
	case interp.YesNoAnswer:
		switch strings.ToLower(text) {
		case "y":
			return "yes"
		case "n":
			return "no"
		}
	case interp.ChoiceAnswer:
		if i, err := strconv.Atoi(text); err == nil && i >= 1 && i <= len(q.Choices) {
			return q.Choices[i-1].Name
		}
	}
	return text
}

// Hint says what answers the question takes.
func (q *Question) Hint() string {
	var s string
	switch q.Form {
	case interp.YesNoAnswer, interp.ThereAnswer:
		s = "yes, no"
	case interp.ChoiceAnswer:
		s = "a number or a name of the list"
	case interp.QuantityAnswer:
		s = "a quantity, such as " + q.Example
	case interp.DateAnswer:
		s = "a date, YYYY-MM-DD"
	case interp.DurationAnswer:
		s = "a duration, such as 30 days"
	case interp.IdentityAnswer:
		s = "a " + q.Type + ", by name or code"
		if len(q.Choices) == 0 {
			s = "a name"
		}
	case interp.ListAnswer:
		s = q.Type + ", as (a, b), or () for no members"
	case interp.NumberAnswer:
		s = "a number"
	case interp.IntegerAnswer:
		s = "a whole number"
	case interp.AddressAnswer:
		s = "an address, such as " + q.Example
	case interp.MomentAnswer, interp.TimeAnswer:
		s = "a " + string(q.Form) + ", such as " + q.Example
	default:
		s = "a text"
	}
	if q.Optional && q.Form != interp.ThereAnswer {
		s += ", none"
	}
	for _, thing := range q.Within {
		s += ", " + thing + " = none"
	}
	return s + ", unknown"
}
