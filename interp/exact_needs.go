package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
)

// together are the variables of each fact of which there are several: whoever is asked
// tells the fact.
func (s *Space) together() [][]int {
	var out [][]int
	at := map[string]int{}
	for i, v := range s.vars {
		if !s.Names(i) {
			continue
		}
		n, known := at[v.name]
		if !known {
			n = len(out)
			at[v.name], out = n, append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return slices.DeleteFunc(out, func(vars []int) bool { return len(vars) == 1 })
}

// aside are the variables that no rule reads: they are asked for only where no
// fact that a rule asks is as good.
func (s *Space) aside() map[int]bool {
	out := map[int]bool{}
	for i, v := range s.vars {
		if v.aside {
			out[i] = true
		}
	}
	return out
}

// needs are the facts of a plan's questions, the most decisive first, each once.
func (e *evaluation) needs(s *Space, plan dd.Plan) []Need {
	var out []Need
	seen := map[string]bool{}
	add := func(fact string, a *Attr) {
		if !seen[fact] {
			seen[fact] = true
			out = append(out, Need{Fact: fact, Question: e.question(fact, a)})
		}
	}
	for _, q := range plan.Questions {
		v := s.vars[q.Var]
		if v.opaque == nil {
			add(e.askedFirst(v))
			if v.attr.screens() { // of which the name is asked first
				add(v.name, v.attr)
			}
			continue
		}
		read := newFactReader()
		read.cond(v.opaque.key.c, v.opaque.key.self)
		before := len(out)
		for _, name := range keys(read.names) {
			if u, ok := e.s.c.peek(name); ok && u.v == nil && !e.follows(name, u.attr) {
				add(name, u.attr)
			}
		}
		for _, f := range s.missingResults(v, e.s.c) {
			add(f.name, nil)
		}
		if len(out) == before { // what is missing is said of members of a list
			for _, n := range e.memberNeeds(read.names) {
				if !seen[n.Fact] {
					seen[n.Fact] = true
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// askedFirst is the fact to ask for to find out a variable: of what a file may say, which
// thing it is.
func (e *evaluation) askedFirst(v *variable) (string, *Attr) {
	if (v.attr.toldBeside() || v.attr.screens()) && e.follows(v.name, v.attr) {
		thing := v.fact.thingOf()
		if thing.isAttr() {
			return thing.fact(), thing.lastAttr()
		}
		return thing.fact(), nil
	}
	return v.name, v.attr
}

// follows says whether a fact may follow from another that is not known: which thing it is of.
func (e *evaluation) follows(name string, a *Attr) bool {
	if a == nil || a.File == "" && !a.screens() {
		return false
	}
	thing, _ := e.s.c.peek(name[:strings.LastIndexByte(name, '.')])
	return thing.v == nil
}

// memberNeeds asks for what is missing of the members of the lists among some facts.
func (e *evaluation) memberNeeds(facts map[string]bool) []Need {
	var out []Need
	for _, name := range keys(facts) {
		if u, ok := e.s.c.peek(name); ok && u.attr != nil && u.attr.Type.basic == listType {
			out = append(out, Need{Fact: name, Question: "what else is known of the members of " + name + "?"})
		}
	}
	return out
}
