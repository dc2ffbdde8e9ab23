package interp

import (
	"fmt"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/stdlib"
)

// Limits bound what a program and a call may take. A zero value has the default. What
// exceeds one is an error: a diagnostic of lang.TooMuch where a program is loaded, of
// lang.FactTooLarge where facts come in, and an *EvalError of lang.TooManySteps where
// a case is decided; of Nodes see there.
type Limits struct {
	// Of a program.

	Files   int // rule files, modules of stdlib not counted: 1,000
	Bytes   int // of all rule and data files together: 64 MiB
	Rules   int // rules and sections of all policies, those that an amendment takes over counted again: 1,000,000
	Nesting int // terms, groups and amendments that rest on one another: 1,000
	Members int // of all groups, those of groups in groups counted again: 10,000,000
	// Nodes of a policy's decision diagram: 200,000. Past it, the answer on a partial
	// case comes from the reference evaluator and a bounded search: never wrong, and
	// saying so where it is not exact.
	Nodes int

	// Of a call. How long it may take is for the context to say.

	Steps  int // of deciding one case: 20,000,000
	Facts  int // of a case, members of lists and sets counted: 1,000,000
	List   int // members of a list or a set: 10,000
	Text   int // bytes of a text: 64 KiB; functions of stdlib take no longer ones
	JSON   int // bytes of facts as JSON: 16 MiB
	Levels int // of JSON, structs and maps within one another: 32
}

var defaultLimits = Limits{
	Files: 1_000, Bytes: 64 << 20, Rules: 1_000_000, Nesting: 1_000, Members: 10_000_000, Nodes: 200_000,
	Steps: 20_000_000, Facts: 1_000_000, List: 10_000, Text: stdlib.MaxText, JSON: 16 << 20, Levels: 32,
}

// orDefault puts the default wherever nothing else is said.
func (l Limits) orDefault() Limits {
	d := defaultLimits
	for _, x := range []struct{ own, or *int }{
		{&l.Files, &d.Files}, {&l.Bytes, &d.Bytes}, {&l.Rules, &d.Rules}, {&l.Nesting, &d.Nesting}, {&l.Members, &d.Members}, {&l.Nodes, &d.Nodes},
		{&l.Steps, &d.Steps}, {&l.Facts, &d.Facts}, {&l.List, &d.List}, {&l.Text, &d.Text}, {&l.JSON, &d.JSON}, {&l.Levels, &d.Levels},
	} {
		if *x.own > 0 {
			*x.or = *x.own
		}
	}
	return d
}

// bytesText is a number of bytes in words.
func bytesText(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// become takes over a case to which facts have been added, unless it is too large.
func (c *Case) become(next *Case) error {
	if d := next.small(); d != nil {
		return lang.Diagnostics{d}
	}
	*c = *next
	return nil
}

// small refuses a case that holds more facts than the limit.
func (c *Case) small() *lang.Diagnostic {
	most := c.prog.options.Limits.Facts
	left := most
	for _, t := range c.things {
		t.count(&left)
	}
	c.whole.count(&left)
	if left < 0 {
		return spot{}.errorf(lang.FactTooLarge, "a case holds at most %d facts, members of lists counted", most)
	}
	return nil
}

// count takes what is known of a thing off what is left.
func (t *Thing) count(left *int) {
	if t.ID != nil {
		*left--
	}
	for _, v := range t.attrs {
		countValue(v, left)
	}
}

func countValue(v Value, left *int) {
	switch v := v.(type) {
	case nil:
	case *Thing:
		v.count(left)
	case Set:
		*left -= len(v) + 1
	case List:
		*left -= len(v) + 1
		for _, m := range v {
			thing, ok := m.(*Thing)
			if !ok || *left < 0 {
				break
			}
			*left++ // its facts count instead
			thing.count(left)
		}
	default:
		*left--
	}
}
