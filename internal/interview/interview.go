// Package interview asks for the facts that a case still needs, the most decisive
// first, until it is decided. It keeps the conversation; who talks to the person
// (a terminal, a pipe, a session) is the caller's.
//
//	iv := interview.New(policy, c)
//	for {
//		q, err := iv.Next()
//		if err != nil || q == nil {
//			break // decided, or nothing left to ask: see iv.Decision()
//		}
//		err = iv.Answer("300 km")
//	}
package interview

import (
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
func (iv *Interview) Next() (*Question, error) {
	d, err := iv.policy.Decide(iv.c)
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
// a name or code, the number of a choice listed, or unknown. An answer that does
// not fit, or that no real case has, is an error and changes nothing.
func (iv *Interview) Answer(text string) error {
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
	if q.Form == interp.ListAnswer && (isYes(text) || isNo(text)) && !q.lists(text) {
		return fmt.Errorf("`%s` says nothing about which: expected %s", text, q.Hint())
	}
	if err := next.Tell(q.Name + " = " + q.value(text)); err != nil {
		return err
	}
	if _, err := iv.policy.Decide(next); err != nil {
		return err
	}
	v, err := next.Lookup(q.Name)
	if err != nil {
		return err
	}
	turn.Answer, turn.Fact = text, &interp.Fact{Name: q.Name, Value: v}
	iv.turns = append(iv.turns, turn)
	iv.c = next
	return nil
}

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
// choice is that choice, and none are no members of a list.
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
	case interp.ListAnswer:
		if strings.EqualFold(text, "none") && !q.Optional && !q.lists(text) {
			return "()"
		}
	}
	return text
}

// Offer is the answer that a misspelt one may have meant, from the error of Answer.
func Offer(err error) (string, bool) {
	list, ok := err.(lang.Diagnostics)
	if !ok || len(list) != 1 || list[0].Fix == nil {
		return "", false
	}
	return list[0].Fix.Replacement, list[0].Code == lang.UnknownIdentity || list[0].Code == lang.FactType
}

// Hint says what answers the question takes.
func (q *Question) Hint() string {
	var s string
	switch q.Form {
	case interp.YesNoAnswer:
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
		if s = q.Type + ", as (a, b) or none"; q.Optional {
			s = q.Type + ", as (a, b) or ()"
		}
	case interp.NumberAnswer:
		s = "a number"
	default:
		s = "a text"
	}
	if q.Optional {
		s += ", none"
	}
	return s + ", unknown"
}
