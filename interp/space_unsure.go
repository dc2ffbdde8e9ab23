package interp

import (
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// unsure is membership in a group on a day on which it is not known of some whether they are
// in it: that of the others, or one of those and what is told of it.
func (u *unfolder) unsure(c *groupCond, on num.Date) cond {
	in, who := c.group.openOn(on)
	sure := &groupCond{c.at, u.sure(c.group, len(in) == 0), c.subject}
	if len(in) == 0 {
		return sure
	}
	xs := []cond{sure}
	for _, g := range in {
		xs = append(xs, &allCond{xs: []cond{&groupCond{c.at, who[g], c.subject}, asTold(c, g)}})
	}
	return &anyCond{xs: xs}
}

// sure is the group of those who are known to be members, which has the name where they are all.
func (u *unfolder) sure(g *Group, all bool) *Group {
	key := sureGroup{g, all}
	h := u.sures[key]
	if h == nil {
		sure := *g
		h, sure.unsure, sure.of = &sure, nil, g
		if !all {
			h.Name = ""
		}
		u.sures[key] = h
	}
	return h
}

// sureGroup is a group of those who are known to be in another; all: there are no others.
type sureGroup struct {
	of  *Group
	all bool
}

// asTold is that the subject is told to be in a group, or a question of which nothing is known.
func asTold(c *groupCond, g *Group) cond {
	p, ok := c.subject.(*path)
	if !ok || g.unsure.told == nil {
		return &groupCond{c.at, &Group{Name: g.Name, Kind: g.Kind, unsure: &unsureMembers{open: true}}, c.subject}
	}
	return &boolCond{c.at, p.to(g.unsure.told)}
}

// ofSure is any or all of a set in a group: on a day on which it is not known of some whether
// they are in it, as a condition on each.
func (u *unfolder) ofSure(c *setCond, on num.Date) cond {
	g := c.target.group
	if in, _ := g.openOn(on); len(in) == 0 {
		d := *c
		d.target = target{group: u.sure(g, true)}
		return &d
	}
	op := lang.Some
	if c.op == lang.AllOf {
		op = lang.Every
	}
	each := &path{root: varRoot, name: "member", kind: g.Kind, t: c.set.typ().elem}
	return &quantCond{at: c.at, op: op, name: each.name, list: c.set, body: &groupCond{c.at, g, each}}
}
