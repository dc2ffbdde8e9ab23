package session

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// member is a name that a quantifier or an aggregate gives the members of a list.
type member struct {
	name string
	t    *interp.Type
}

// withMembers walks what is said of the members of a list.
func (p *completer) withMembers(name string, list *lang.Ref, of ...lang.Expr) {
	p.condition(list)
	outer := p.members
	if t := p.typeOf(list); t != nil && t.Elem() != nil {
		p.members = append(p.members[:len(p.members):len(p.members)], member{name, t.Elem()})
	}
	p.conditions(of)
	p.members = outer
}

// typeOf is the type of the value that a path leads to; nil of what is no fact, and of a role.
func (p *completer) typeOf(r *lang.Ref) *interp.Type {
	if r == nil || len(r.Path) == 0 {
		return nil
	}
	var t *interp.Type
	var k *interp.Kind
	rest := r.Path[1:]
	if i := slices.IndexFunc(p.members, func(m member) bool { return m.name == r.Path[0].Text }); i >= 0 {
		t = p.members[i].t
		k = t.Thing()
	} else if role := p.s.now.prog.index().roles[r.Path[0].Text]; role != nil {
		k = role.Kind
	} else if role := p.s.now.prog.index().roles[p.about]; role != nil {
		k, rest = role.Kind, r.Path
	}
	for _, n := range rest {
		if k == nil {
			return nil
		}
		a, ok := k.Attr(n.Text)
		if !ok {
			return nil
		}
		t = a.Type
		k = t.Thing()
	}
	return t
}

// ofMember is the type of what an expression reads first, where that is of a member of a list.
func (p *completer) ofMember(e lang.Expr) *interp.Type {
	if r, ok := e.(*lang.Ref); ok && !isStandIn(r) {
		if slices.ContainsFunc(p.members, func(m member) bool { return m.name == r.Path[0].Text }) {
			return p.typeOf(r)
		}
		return nil
	}
	for _, x := range parts(e) {
		if t := p.ofMember(x); t != nil {
			return t
		}
	}
	return nil
}

// memberWords are the names of members, and of their attributes where one is being typed.
func (p *completer) memberWords() []candidate {
	var out []candidate
	for _, m := range p.members {
		k := m.t.Thing()
		if k == nil || !strings.HasPrefix(p.c.typed(), m.name+".") {
			out = append(out, candidate{text: m.name})
			continue
		}
		for _, a := range k.Attrs {
			out = append(out, candidate{text: m.name + "." + a.Name})
		}
	}
	return out
}

// choicesOf are the values of a type that has few.
func choicesOf(t *interp.Type) []candidate {
	out := choiceCandidates(t.Choices())
	if t.Form() == interp.YesNoAnswer {
		out = words([]string{"yes", "no"})
	}
	if t.Optional() && len(out) > 0 {
		out = append(out, candidate{text: "none"})
	}
	return out
}
