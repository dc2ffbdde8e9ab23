package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// unsure is membership in a group on a day on which it is not known of some whether they are
// in it: that of the others, or one of those and what is told of it. Of a screened group that may
// be anybody who is not listed.
func (u *unfolder) unsure(c *groupCond, on num.Date) cond {
	in, who := c.group.openOn(on)
	screens := c.group.screensOn(on)
	all := len(in) == 0 && len(screens) == 0
	sure := &groupCond{c.at, u.sure(c.group, all), c.subject}
	if all {
		return sure
	}
	xs := []cond{sure}
	for _, g := range screens {
		xs = append(xs, u.asTold(c, g))
	}
	for _, g := range in {
		if !slices.Contains(screens, g) {
			xs = append(xs, &allCond{xs: []cond{&groupCond{c.at, who[g], c.subject}, u.asTold(c, g)}})
		}
	}
	return &anyCond{xs: xs}
}

// screened notes that a condition asks whether the thing of a role is in a screened group: that
// has words of its own.
func (g *gatherer) screened(c *groupCond, self *path) {
	if g.s.prog.groups[c.group.Name] != c.group {
		g.s.otherScreens = true
		return
	}
	subject, ok := c.subject.(*path)
	if !ok {
		return
	}
	if subject = subject.within(self); subject.root == roleRoot && !subject.isAttr() {
		g.s.screened = append(g.s.screened, screenedRole{subject.name, c, self, g.on})
	}
}

// asksScreened says whether some condition asks whether a thing is listed in a screened group.
func (v *variable) asksScreened() bool {
	return slices.ContainsFunc(v.atoms, func(a *atom) bool {
		in, ok := a.key.c.(*groupCond)
		return ok && in.group.of != nil && len(in.group.of.screens) > 0
	})
}

// screenedRole is a condition on whether the thing of a role is in a screened group.
type screenedRole struct {
	role string
	c    *groupCond
	self *path
	on   num.Date
}

// sure is the group of those who are known to be members, which has the name where they are all.
func (u *unfolder) sure(g *Group, all bool) *Group {
	key := sureGroup{g, all}
	h := u.sures[key]
	if h == nil {
		sure := *g
		h, sure.unsure, sure.screening, sure.screens, sure.of = &sure, nil, nil, nil, g
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

// asTold is that the subject is told to be in a group, one condition for all that ask it, or a
// question of which nothing is known.
func (u *unfolder) asTold(c *groupCond, g *Group) cond {
	p, ok := c.subject.(*path)
	if !ok || g.unsure.told == nil {
		return &groupCond{c.at, &Group{Name: g.Name, Kind: g.Kind, unsure: &unsureMembers{open: true}}, c.subject}
	}
	key := toldMember{p, g}
	if u.told[key] == nil {
		u.told[key] = &boolCond{c.at, p.to(g.unsure.told)}
	}
	return u.told[key]
}

// toldMember is what is told of whether the thing of a path is in a group.
type toldMember struct {
	subject *path
	group   *Group
}

// ofSure is any or all of a set in a group: on a day on which it is not known of some whether
// they are in it, as a condition on each.
func (u *unfolder) ofSure(c *setCond, on num.Date) cond {
	g := c.target.group
	if !g.isOpenOn(on) {
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
