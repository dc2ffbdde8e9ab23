package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/internal/num"
)

// Trial is a fact that conditions read into which the diagrams cannot look, with
// values that are worth trying.
//
// Unstable: it serves package analysis, and changes with it.
type Trial struct {
	Fact   string
	Values []any // as for Case.Set
}

// The bounds of what is tried: the values of one fact, and the members of a list.
const (
	mostTrials  = 8
	mostMembers = 40
)

// Trials are the facts that the opaque conditions of a diagram read: a few values of
// each, around those that conditions compare with, and lists of up to two members.
func (s *Space) Trials(f dd.Node) []Trial {
	all, facts := s.readByOpaqueIn(f)
	var out []Trial
	for _, fact := range facts {
		if !fact.isAttr() && !fact.t.kind.Identified() || slices.ContainsFunc(out, func(t Trial) bool { return t.Fact == fact.fact() }) {
			continue
		}
		if values := s.trialValues(fact.t, all); len(values) > 0 {
			out = append(out, Trial{fact.fact(), values})
		}
	}
	return out
}

// usedByOpaque is what the opaque conditions of a diagram use.
func (s *Space) usedByOpaque(f dd.Node) *user {
	all, _ := s.readByOpaqueIn(f)
	return all
}

// readByOpaqueIn is what the opaque conditions of a diagram use, the values of one being worth
// trying for the others, and the facts that they read.
func (s *Space) readByOpaqueIn(f dd.Node) (all *user, facts []*path) {
	all = &user{}
	for _, i := range s.Store.Support(f) {
		v := s.vars[i]
		if v.opaque == nil {
			continue
		}
		u := newUser()
		u.cond(v.opaque.key.c)
		facts = append(facts, u.told(v.opaque.self)...)
		u.ofTerms()
		all.fixed, all.paths, all.likes = append(all.fixed, u.fixed...), append(all.paths, u.paths...), append(all.likes, u.likes...)
	}
	for _, fact := range facts {
		s.addCells(all, fact)
	}
	return all, facts
}

// told are the facts among the paths, where a term is about self.
func (u *user) told(self *path) []*path {
	var out []*path
	for _, p := range u.paths {
		if p.root != varRoot {
			out = append(out, p.within(self))
		}
	}
	return out
}

// trialValues are values of a type for a condition that uses these.
func (s *Space) trialValues(t *Type, u *user) []any {
	var out []any
	switch {
	case t.basic == boolType:
		return []any{false, true}
	case t.basic == enumType:
		for _, c := range choices(t.enum) {
			out = append(out, c.values[0])
		}
	case t.basic == listType:
		return s.trialLists(t.elem, u)
	case t.basic == thingType && t.kind.Ids != nil:
		for _, name := range t.kind.Ids.Names() {
			out = append(out, name)
		}
	case t.freeText():
		out = trialTexts(t.foldOf(), u)
		if t.basic == thingType { // as Set takes an identity
			for i, text := range out {
				out[i] = writtenAs(text.(Value))
			}
		}
		return out
	case t.basic == setType:
		return s.trialSets(t.elem, u)
	case ordered(t):
		for _, v := range s.around(t, u) {
			out = append(out, v)
		}
	}
	return out[:min(len(out), mostTrials)]
}

// addCells adds the values that a fact has in the cells of the conditions that the
// diagrams look into.
func (s *Space) addCells(u *user, fact *path) {
	v := s.facts[fact.fact()]
	if v == nil {
		return
	}
	for _, c := range v.cells {
		if len(c.values) > 0 && !isNone(c.values[0]) {
			u.fixed = append(u.fixed, &constant{v: c.values[0], t: v.t})
		}
	}
}

// trialTexts are texts that match the patterns of conditions, those that they compare
// with, some as long as they say, and two others.
func trialTexts(f *folding, u *user) []any {
	var out []any
	add := func(text string) {
		if v := f.value(text); !f.empty(text) && !slices.ContainsFunc(out, func(w any) bool { return equalValues(w.(Value), v) }) {
			out = append(out, v)
		}
	}
	for _, p := range u.likes {
		add(p.example())
	}
	for _, c := range u.fixed {
		switch v := c.v.(type) {
		case Text, Folded:
			add(writtenAs(v))
		case Number: // how long a text is, it may be
			if n, whole := v.n.Int64(); whole && n >= 0 && n <= mostMembers {
				add(strings.Repeat("x", int(n)))
			}
		}
	}
	out = out[:min(len(out), mostTrials-2)]
	add("x")
	add("y")
	return out
}

// trialSets are sets of none and one of the values that conditions use.
func (s *Space) trialSets(elem *Type, u *user) []any {
	out := []any{[]any{}}
	for _, v := range s.trialValues(elem, u) {
		out = append(out, []any{v})
	}
	return out
}

// around are values at, below and above those that conditions compare facts of the
// type with.
func (s *Space) around(t *Type, u *user) []Value {
	var points []Value
	for _, c := range u.fixed {
		if c.t != nil && c.t.basic == t.basic && c.t.dim == t.dim && c.t.scalar == t.scalar && !isNone(c.v) {
			points = append(points, c.v)
		}
	}
	points = append(points, s.somewhere(&variable{t: t}))
	for _, v := range s.vars {
		if v.opaque == nil && !v.set && v.t.basic == t.basic && v.t.dim == t.dim && v.t.scalar == t.scalar && len(points) < mostTrials {
			points = append(points, s.thresholds(v)...)
		}
	}
	points = wholePoints(t, points)
	for _, p := range slices.Clone(points[:min(len(points), 3)]) {
		for _, q := range []Value{between(t, nil, p), beyond(p)} {
			if q != nil {
				points = append(points, q)
			}
		}
	}
	if t.basic == dateType {
		points = append(points, daysOff(num.Date(points[0].(Date)), u)...)
	}
	return sortedPoints(points, s.goOn)
}

// daysOff are the days so far behind one as conditions say, and the days after those.
func daysOff(day num.Date, u *user) []Value {
	var out []Value
	for _, c := range u.fixed {
		by, ok := c.v.(Duration)
		if !ok {
			continue
		}
		for _, more := range []int32{0, 1} {
			if by, err := num.Duration(by).Add(num.Duration{Days: more}); err == nil {
				if d, err := day.Add(by); err == nil {
					out = append(out, Date(d))
				}
			}
		}
	}
	return out
}

// trialLists are lists of none, one and two members.
func (s *Space) trialLists(elem *Type, u *user) []any {
	members := []any{map[string]any{}}
	if elem.kind == nil {
		members = s.trialValues(elem, u)
	}
	u.within = append(u.within, elem.kind)
	defer func() { u.within = u.within[:len(u.within)-1] }()
	for _, p := range u.paths {
		if len(p.attrs) != 1 || elem.kind == nil || p.lastAttr().owner != elem.kind || p.t.elem != nil && slices.Contains(u.within, p.t.elem.kind) {
			continue
		}
		var next []any
		for _, m := range members {
			for _, v := range s.trialValues(p.t, u) {
				more := map[string]any{p.attrs[0].Name: v}
				for k, w := range m.(map[string]any) {
					more[k] = w
				}
				next = append(next, more)
			}
		}
		members = spread(next, mostMembers)
	}
	out := []any{[]any{}}
	for _, m := range members {
		out = append(out, []any{m})
	}
	for i, m := range members {
		out = append(out, []any{m, members[(i+1)%len(members)]}, []any{m, m})
	}
	return out
}

// spread is some values, or as many as are wanted from all over them.
func spread(of []any, most int) []any {
	if len(of) <= most {
		return of
	}
	out := make([]any, most)
	for i := range out {
		out[i] = of[i*len(of)/most]
	}
	return out
}
