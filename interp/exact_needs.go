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

// ask says what is asked for by a plan: of what may be told of a thing alone that is not known yet,
// which thing it is besides.
func (e *evaluation) ask(d *Decision, s *Space, plan dd.Plan) {
	d.Needs, d.Questions = e.needs(s, plan), plan.Depth
	for _, n := range d.Needs {
		if !slices.ContainsFunc(plan.Questions, func(q dd.Question) bool { return s.vars[q.Var].name == n.Fact }) {
			d.Questions++
		}
	}
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
			follows := e.follows(v.name, v.attr)
			if follows {
				add(identityOf(v))
			}
			if !follows || !v.attr.toldBeside() { // else a file may say it then
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

// identityOf is the fact which thing it is of which a variable is a fact.
func identityOf(v *variable) (string, *Attr) {
	thing := v.fact.thingOf()
	if thing.isAttr() {
		return thing.fact(), thing.lastAttr()
	}
	return thing.fact(), nil
}

// follows says whether a fact may follow from another that is not known, without which it cannot be
// told: which thing it is of.
func (e *evaluation) follows(name string, a *Attr) bool {
	if a == nil || a.File == "" && (a.Group == nil || a.Group.Open()) {
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
