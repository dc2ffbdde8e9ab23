package interp

import "github.com/ctl-lang/ctl/lang"

func (k *checker) declareGroup(d *lang.Group) {
	kind := k.kindNamed(d.Kind)
	if !k.claimName(k.names, d.Name, "a group") {
		return
	}
	if kind == nil {
		k.l.lost.name(d.Name.Text)
		return
	}
	if !kind.Identified() {
		k.errorf(lang.BadIdentities, d.Kind, "a group lists identities, and %s has none: declare `kind %s = text` or with its identities", article(&Type{basic: thingType, kind: kind}), kind.Name)
		return
	}
	g := newGroup(d.Name.Text, kind)
	g.Doc, g.src, g.decl = d.Doc(), k.src, d
	k.prog.groups[g.Name] = g
	k.prog.order.groups = append(k.prog.order.groups, g)
	if d.External && k.l.options.OpenGroups && !k.l.options.givesMembers(g.Name) {
		k.openGroup(g)
	}
}

// fillGroup adds a group's own members; joinGroups adds those of the groups it names.
func (k *checker) fillGroup(d *lang.Group) {
	g := k.prog.groups[d.Name.Text]
	if g == nil || g.decl != d {
		return
	}
	defer k.countMembers(g)
	switch {
	case d.External:
		k.takeMembers(g, d)
		return
	case d.From != nil:
		k.readGroup(g, d)
		return
	}
	for i, p := range k.memberPeriods(d.Members) {
		m := d.Members[i]
		switch {
		case m.Quote != nil:
			if v, bad := identify(g.Kind, m.Quote.Value, spot{k.src, m.Quote.Range()}); bad != nil {
				k.l.diags = append(k.l.diags, bad)
			} else {
				id, _ := identity(v)
				g.add(id, p)
			}
		case k.prog.groups[m.Name.Text] != nil:
		case g.Kind.Ids != nil && g.Kind.Ids.has(m.Name.Text):
			g.add(m.Name.Text, p)
		case g.Kind.TextIds:
			d := k.errorf(lang.UnknownValue, m.Name, "there is no group `%s`; the name of a %s stands in quotes", m.Name.Text, g.Kind.Name)
			d.Fix = &lang.Fix{Label: "did you mean \"" + m.Name.Text + "\"?", Span: m.Name.Range(), Replacement: `"` + m.Name.Text + `"`}
		default:
			if d := k.misspelt(lang.UnknownValue, m.Name, m.Name.Text, keys(k.prog.groups), "there is no %s and no group `%s`", g.Kind.Name, m.Name.Text); d.Fix == nil {
				d.Fix = g.Kind.Ids.meant(m.Name.Text, m.Name.Range())
			}
		}
	}
}

// countMembers refuses groups that are too large.
func (k *checker) countMembers(g *Group) {
	if k.members += g.Len(); k.members > k.prog.options.Limits.Members {
		k.tooManyMembers(g)
	}
}

func (k *checker) tooManyMembers(g *Group) {
	k.errorf(lang.TooMuch, g.decl.Name, "the groups have more than %d members altogether", k.prog.options.Limits.Members)
}

// memberPeriods gives every member its dates: a date holds for the members before
// it too, back to the last dated one.
func (k *checker) memberPeriods(ms []lang.Member) []period {
	out := make([]period, len(ms))
	from := 0
	for i, m := range ms {
		out[i] = always
		if m.Since == nil && m.Until == nil {
			continue
		}
		p := k.periodOf(m.Since, m.Until)
		for j := from; j <= i; j++ {
			out[j] = p
		}
		from = i + 1
	}
	return out
}

// joinGroups adds to each group the members of the groups it names, innermost first.
func (k *checker) joinGroups() {
	state := map[*Group]int{}
	depth, most := 0, k.prog.options.Limits
	var visit func(g *Group)
	visit = func(g *Group) {
		state[g] = 1
		k.src = g.src
		depth++
		defer func() { depth-- }()
		for i, p := range k.memberPeriods(g.decl.Members) {
			m := g.decl.Members[i]
			inner := k.prog.groups[m.Name.Text]
			if m.Quote != nil || inner == nil {
				continue
			}
			if inner.Kind != g.Kind {
				k.errorf(lang.OtherThing, m.Name, "`%s` is a group of %s, and this is one of %s", inner.Name, inner.Kind.Name, g.Kind.Name)
				continue
			}
			if state[inner] == 0 {
				visit(inner)
				k.src = g.src
			}
			if state[inner] == 1 {
				k.errorf(lang.GroupCycle, m.Name, "the group `%s` contains itself, by way of `%s`", g.Name, inner.Name)
				continue
			}
			if inner.told != nil && g.told == nil {
				k.openGroup(g)
			}
			if k.members += len(inner.members); k.members > most.Members || depth > most.Nesting {
				k.errorf(lang.TooMuch, m.Name, "groups of groups come to more than %d members, or are more than %d deep", most.Members, most.Nesting)
				break
			}
			for id, j := range inner.members {
				for _, q := range inner.periods[j] {
					g.add(id, q.cut(p))
				}
			}
		}
		state[g] = 2
	}
	for _, g := range k.prog.order.groups {
		if state[g] == 0 {
			visit(g)
		}
	}
}

// admit makes a thing a member by its name; it gives what is wrong with it.
func (g *Group) admit(name string, p period) string {
	if p.empty() {
		return "until is not after since"
	}
	if g.Kind.Ids != nil {
		i, ok := g.Kind.Ids.find(name, true)
		if !ok {
			return "there is no " + g.Kind.Name + " `" + name + "`"
		}
		name = g.Kind.Ids.Choices[i].Name
	}
	g.add(name, p)
	return ""
}
