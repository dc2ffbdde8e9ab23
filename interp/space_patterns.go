package interp

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/automaton"
)

// patterns are all that conditions ask of one text besides what it is equal to and which
// groups it is in, read at once.
type patterns struct {
	list  []*pattern
	index map[string]int // in list, by what they describe
	a     *automaton.Automaton
	work  int      // that it took, and takes to hold
	bits  []string // of each class, by pattern: '1' where its texts match
}

// patternOf is the pattern that a condition asks an operand for; nil of another condition.
func patternOf(c cond) (operand, *pattern) {
	switch c := c.(type) {
	case *likeCond:
		return c.x, c.pattern
	case *boolCond:
		f, ok := c.x.(*call)
		if !ok || f.own != nil || len(f.args) != 2 {
			return nil, nil
		}
		part, fixed := f.args[1].(*constant)
		if !fixed {
			return nil, nil
		}
		if text, ok := part.v.(Text); ok {
			return f.args[0], partPattern(f.fn.Name, string(text))
		}
	}
	return nil, nil
}

// key is the same for patterns that describe the same, written alike but for blanks and case.
func (p *pattern) key() string { return fmt.Sprint(p.under, p.glob) }

// globs are what the automaton reads.
func (p *pattern) globs() automaton.Pattern {
	glob := make(automaton.Glob, len(p.glob))
	for i, r := range p.glob {
		switch r {
		case anyRun:
			r = automaton.AnyRun
		case anyOne:
			r = automaton.AnyOne
		}
		glob[i] = r
	}
	if !p.under {
		return automaton.Pattern{glob}
	}
	out := automaton.Pattern{glob}
	for _, mark := range separators {
		out = append(out, append(slices.Clip(glob), mark, automaton.AnyRun))
	}
	return out
}

// mostAsked bounds the patterns of a text times the classes and names that they are asked of.
const mostAsked = 1 << 22

// newPatterns puts as many patterns together as may be had for the work: of those that would be
// too many the ones with the fewest runs. They are asked of so many names besides. It is nil
// where there are none.
func newPatterns(all []*pattern, names, work int, goOn func(work int)) *patterns {
	x := &patterns{index: map[string]int{}}
	for _, p := range all {
		if _, has := x.index[p.key()]; !has {
			x.index[p.key()] = len(x.list)
			x.list = append(x.list, p)
		}
	}
	slices.SortStableFunc(x.list, func(p, q *pattern) int { return p.runs() - q.runs() })
	for ; len(x.list) > 0; x.list = x.list[:len(x.list)/2] {
		if x.build(names, work, goOn) {
			return x
		}
	}
	return nil
}

// runs is how many runs a pattern has but at its end.
func (p *pattern) runs() int {
	n := 0
	for _, r := range p.glob[:max(0, len(p.glob)-1)] {
		if r == anyRun {
			n++
		}
	}
	return n
}

func (x *patterns) build(names, work int, goOn func(work int)) bool {
	globs := make([]automaton.Pattern, len(x.list))
	x.index = map[string]int{}
	for i, p := range x.list {
		globs[i] = p.globs()
		x.index[p.key()] = i
	}
	a, err := automaton.New(globs, work, goOn)
	if err != nil {
		return false
	}
	size := a.Classes() * len(x.list)
	if x.work = a.Work + size; size+names*len(x.list) > mostAsked || x.work > work {
		return false
	}
	x.a, x.bits = a, make([]string, a.Classes())
	for class := range x.bits {
		bits := make([]byte, len(x.list))
		for i := range bits {
			bits[i] = '0'
			if a.Matches(class, i) {
				bits[i] = '1'
			}
		}
		x.bits[class] = string(bits)
	}
	return true
}

// has says whether a pattern is among those that are read at once.
func (x *patterns) has(p *pattern) bool {
	if x == nil {
		return false
	}
	_, ok := x.index[p.key()]
	return ok
}

// classes is how many classes of texts the patterns tell apart.
func (x *patterns) classes() int {
	if x == nil {
		return 1
	}
	return x.a.Classes()
}

// class is that of a text, folded.
func (x *patterns) class(text string) int {
	if x == nil {
		return 0
	}
	return x.a.Class(text)
}

// of are the bits of a text, folded.
func (x *patterns) of(text string) string {
	if x == nil {
		return ""
	}
	return x.bits[x.a.Class(text)]
}

// takePatterns finds the patterns that are asked of a variable's texts. What is asked with a
// pattern too many becomes opaque.
func (g *gatherer) takePatterns(v *variable) {
	var asked []*pattern
	for _, a := range v.atoms {
		if _, p := patternOf(a.key.c); p != nil {
			asked = append(asked, p)
		}
	}
	if asked == nil || !v.t.freeText() {
		return
	}
	if v.patterns = newPatterns(asked, g.s.namesOf(v), g.s.patternWork, g.s.goOn); v.patterns != nil {
		g.s.patternWork -= v.patterns.work
	}
	v.atoms = slices.DeleteFunc(v.atoms, func(a *atom) bool {
		_, p := patternOf(a.key.c)
		if p == nil || v.patterns.has(p) {
			return false
		}
		g.opaque(a, a.key.c)
		a.v.aside = a.v.aside && v.aside
		return true
	})
}

// namesOf is about how many texts are named to tell a variable's apart.
func (s *Space) namesOf(v *variable) int {
	n := 0
	for _, a := range v.atoms {
		n += len(s.namedTexts(a.key.c))
	}
	for _, g := range groupsOf(v.atoms) {
		n += min(len(g.group.members), mostListed)
	}
	return n
}

// letterFor is what stands in examples for a character that no pattern names.
func letterFor(i int) rune {
	const few = "xyzabcdefghijklmnopqrstuvw0123456789"
	if i < len(few) {
		return rune(few[i])
	}
	const cjk, more = 0x4E00, 0x20000 // without cases and blanks, so that they are their own fold
	if i -= len(few); i < 0x5000 {
		return cjk + rune(i)
	}
	return more + rune(i-0x5000)
}
