package main

import (
	"fmt"
	"strconv"
	"strings"
)

// Op is how a test compares a fact with constants.
type Op uint8

// The comparisons. Member and Outsider ask whether a country is in the workload's group.
const (
	Is Op = iota
	OneOf
	AtLeast
	Below
	Yes
	No
	Member
	Outsider
	Same // as another fact
)

// Test is one condition of a rule.
type Test struct {
	Fact   Fact
	Op     Op
	Texts  []string // of Is and OneOf
	Number int      // of AtLeast and Below
	Other  Fact     // of Same
}

// Rule applies where all its tests hold. One that denies beats all that permit; where
// none applies the answer is deny.
type Rule struct {
	Permit bool
	Tests  []Test
}

// Rules are a policy in no language yet.
type Rules struct {
	All     []Rule
	Members []string // of the group that Member asks about
	Open    bool     // permit where no rule applies
}

// syntax is how a language writes the tests of a rule. Each format gets the fact, and
// the constant where there is one.
type syntax struct {
	is, atLeast, below, yes, no, same string
	oneOf                             func(fact string, texts []string) string
	member, outsider                  func(fact string, members []string) string
	fact                              func(Fact) string
	text                              func(Fact, string) string
}

// test writes one test.
func (s *syntax) test(t Test, members []string) string {
	name := s.fact(t.Fact)
	switch t.Op {
	case Is:
		return fmt.Sprintf(s.is, name, s.text(t.Fact, t.Texts[0]))
	case OneOf:
		quoted := make([]string, len(t.Texts))
		for i, text := range t.Texts {
			quoted[i] = s.text(t.Fact, text)
		}
		return s.oneOf(name, quoted)
	case AtLeast:
		return fmt.Sprintf(s.atLeast, name, t.Number)
	case Below:
		return fmt.Sprintf(s.below, name, t.Number)
	case Yes:
		return fmt.Sprintf(s.yes, name)
	case No:
		return fmt.Sprintf(s.no, name)
	case Member:
		return s.member(name, members)
	case Outsider:
		return s.outsider(name, members)
	case Same:
		return fmt.Sprintf(s.same, name, s.fact(t.Other))
	}
	panic("no such comparison")
}

// conjunction writes the tests of a rule, joined.
func (s *syntax) conjunction(r Rule, members []string, and string) string {
	parts := make([]string, len(r.Tests))
	for i, t := range r.Tests {
		parts[i] = s.test(t, members)
	}
	return strings.Join(parts, and)
}

// expression writes rules as one condition that holds where the answer is permit:
// the languages of expressions know no rules. What denies stands first, so that the
// first rule that denies ends the evaluation.
func (s *syntax) expression(rules *Rules) string {
	var deny, permit []string
	for _, r := range rules.All {
		text := "(" + s.conjunction(r, rules.Members, " && ") + ")"
		if r.Permit {
			permit = append(permit, text)
		} else {
			deny = append(deny, text)
		}
	}
	var parts []string
	if len(deny) > 0 {
		parts = append(parts, "!("+strings.Join(deny, " ||\n  ")+")")
	}
	if !rules.Open {
		parts = append(parts, "("+strings.Join(permit, " ||\n  ")+")")
	}
	return strings.Join(parts, " &&\n")
}

// quoteAll puts texts into quotes and joins them by commas.
func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = strconv.Quote(t)
	}
	return strings.Join(quoted, ", ")
}

// bare is the name of a fact in a language where it is a variable.
func bare(f Fact) string { return f.Name }

// quoted is a text in the quotes that all the languages share.
func quoted(_ Fact, text string) string { return strconv.Quote(text) }

// cLike is what CEL, expr and the matchers of casbin share.
func cLike() syntax {
	list := func(name string, texts []string) string { return name + " in [" + strings.Join(texts, ", ") + "]" }
	return syntax{
		is: "%s == %s", atLeast: "%s >= %d", below: "%s < %d", yes: "%s", no: "!%s", same: "%s == %s",
		oneOf:    list,
		member:   func(name string, members []string) string { return name + " in [" + quoteAll(members) + "]" },
		outsider: func(name string, members []string) string { return "!(" + name + " in [" + quoteAll(members) + "])" },
		fact:     bare,
		text:     quoted,
	}
}
