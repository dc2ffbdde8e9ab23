package interp

import "strings"

// Facts are the names of the facts that the rule's clauses read, through terms too, sorted.
func (r *Rule) Facts() []string {
	read := newFactReader()
	for _, cl := range r.clauses() {
		read.cond(cl.c, "")
	}
	return keys(read.names)
}

// Facts are the names of the facts that the policy can ask for, sorted: those that its rules and
// the conditions of its sections read, whatever the date. FactInfo says how to ask for each.
func (p *Policy) Facts() []string {
	read := newFactReader()
	for _, n := range p.nodes {
		switch {
		case n.rule != nil:
			for _, cl := range n.rule.clauses() {
				read.cond(cl.c, "")
			}
		case n.section != nil && n.section.when != nil:
			read.cond(n.section.when, "")
		}
	}
	return keys(read.names)
}

// Facts are the names of the facts that the term rests on, through other terms too, sorted; of an open term itself. What
// it asks of its own thing begins with the name of the kind: Item.range.
func (t *Term) Facts() []string {
	self := ""
	if t.Kind != nil {
		self = t.Kind.Name
	}
	if t.Open {
		return []string{strings.TrimPrefix(self+"."+t.Name, ".")}
	}
	read := newFactReader()
	read.cond(t.cond, self)
	return keys(read.names)
}
