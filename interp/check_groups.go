package interp

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

func (k *checker) declareGroup(d *lang.Group) {
	kind := addressKind
	if d.Kind.Text != kind.Name || k.prog.kinds[kind.Name] != nil {
		kind = k.kindNamed(d.Kind)
	}
	if !k.claimName(k.names, d.Name, "a group") {
		return
	}
	if kind == nil {
		k.l.lost.name(d.Name.Text)
		return
	}
	if !kind.Identified() {
		k.errorf(code.BadIdentities, d.Kind, "a group lists identities, and %s has none: declare `kind %s = text` or with its identities", article(&Type{basic: thingType, kind: kind}), kind.Name)
		return
	}
	g := newGroup(d.Name.Text, kind)
	g.Doc, g.src, g.decl = d.Doc(), k.src, d
	k.prog.groups[g.Name] = g
	k.prog.order.groups = append(k.prog.order.groups, g)
	g.screenedAt = k.threshold(g, d)
	if d.External && kind != addressKind && k.l.options.OpenGroups && !k.l.options.givesMembers(g.Name) {
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
	defer k.screen(g)
	switch {
	case d.External:
		k.takeMembers(g, d)
		return
	case d.From != nil:
		k.readGroup(g, d)
		return
	}
	k.checkReach(d.Members)
	for i, s := range k.memberStays(d.Members) {
		k.goOn()
		m := d.Members[i]
		inner := k.prog.groups[m.Name.Text]
		switch {
		case m.Literal != nil:
			k.memberNetwork(g, m.Literal, s)
		case g.ofAddresses() && (m.Quote != nil || inner == nil):
			k.noNetwork(m)
		case g.ofAddresses() && len(s.doubts()) > 0:
			k.errorf(code.BadData, m.Name, "%s", unsureAddress)
		case m.Quote != nil:
			if v, bad := identify(g.Kind, m.Quote.Value, k.spot(m.Quote)); bad != nil {
				k.report(bad)
			} else {
				k.put(g, writtenAs(v), s)
			}
		case inner != nil:
			k.within[g] = append(k.within[g], groupIn{m.Name, inner, s})
		case g.Kind.Ids != nil && g.Kind.Ids.has(m.Name.Text):
			k.put(g, m.Name.Text, s)
		case g.Kind.TextIds:
			d := k.errorf(code.UnknownValue, m.Name, "there is no group `%s`; the name of a %s stands in quotes", m.Name.Text, g.Kind.Name)
			d.Fix = &lang.Fix{Label: "did you mean \"" + m.Name.Text + "\"?", Span: m.Name.Range(), Replacement: `"` + m.Name.Text + `"`}
		default:
			if d := k.misspelt(code.UnknownValue, m.Name, m.Name.Text, func() []string { return keys(k.prog.groups) }, "there is no %s and no group `%s`", g.Kind.Name, m.Name.Text); d.Fix == nil {
				k.l.spell.offer(g.Kind.Ids, d, m.Name.Text, m.Name.Range())
			}
		}
	}
}

// unsureAddress is what is wrong with a date in a group of addresses that is not known to the day.
const unsureAddress = "since when, or until when, an address is in a group is known to the day: nobody can be asked about each address of a network"

// memberNetwork makes a network, or an address, a member.
func (k *checker) memberNetwork(g *Group, l *lang.Literal, s stay) {
	p, err := parseNetwork(l.Text)
	switch {
	case !g.ofAddresses():
		k.errorf(code.UnknownValue, l, "`%s` is %s, and this is a group of %s", l.Text, typeOfLiteral(l.Form()).scalar.noun(), g.Kind.Name)
	case err != nil && typeOfLiteral(l.Form()) != typeAddress:
		k.errorf(code.UnknownValue, l, "the members of a group of addresses are addresses and networks, and `%s` is none", l.Text)
	case err != nil: // which has been said
	case len(s.doubts()) > 0:
		k.errorf(code.BadData, l, "%s", unsureAddress)
	default:
		k.put(g, textOfNetwork(p), s)
	}
}

// noNetwork reports a member of a group of addresses that is a text, or a name that no group has.
func (k *checker) noNetwork(m lang.Member) {
	if m.Quote == nil {
		k.misspelt(code.UnknownValue, m.Name, m.Name.Text, func() []string { return keys(k.prog.groups) }, "there is no group `%s`, and an address is written as 10.0.0.1 or 10.0.0.0/8", m.Name.Text)
		return
	}
	d := k.errorf(code.UnknownValue, m.Quote, "addresses and networks are written without quotes")
	if _, err := parseNetwork(m.Quote.Value); err == nil {
		d.Fix = &lang.Fix{Label: "did you mean `" + m.Quote.Value + "`?", Span: m.Quote.Span, Replacement: m.Quote.Value}
	}
}

// countMembers refuses groups that are too large.
func (k *checker) countMembers(g *Group) {
	g.fit()
	k.take(g.decl.Name, g.Len()*memoryOfMember)
	if k.members += g.Len(); k.members > k.prog.options.Limits.Members {
		k.tooManyMembers(g)
	}
}

func (k *checker) tooManyMembers(g *Group) {
	k.errorf(code.TooMuch, g.decl.Name, "the groups have more than %d members altogether", k.prog.options.Limits.Members)
}

// groupIn is a group among the members of another.
type groupIn struct {
	at    lang.Name
	group *Group
	stay  stay
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
		for _, m := range k.within[g] {
			inner := m.group
			if inner.Kind != g.Kind {
				k.errorf(code.OtherThing, m.at, "`%s` is a group of %s, and this is one of %s", inner.Name, inner.Kind.Name, g.Kind.Name)
				continue
			}
			if state[inner] == 0 {
				visit(inner)
				k.src = g.src
			}
			if state[inner] == 1 {
				k.errorf(code.GroupCycle, m.at, "the group `%s` contains itself, by way of `%s`", g.Name, inner.Name)
				continue
			}
			days, sure := m.stay.period()
			switch {
			case inner.Open() && !sure && g.told == nil:
				k.openGroup(g)
			case inner.told != nil:
				g.open = append(g.open, openIn{inner, days})
			}
			for _, o := range inner.open {
				if on := o.days.cut(days); !on.empty() {
					g.open = append(g.open, openIn{o.group, on})
				}
			}
			if k.members += len(inner.open); len(inner.open) > 0 && k.members > most.Members {
				k.tooManyMembers(g)
				break
			}
			if k.members += len(inner.members); k.members > most.Members || depth > most.Nesting {
				k.errorf(code.TooMuch, m.at, "groups of groups come to more than %d members, or are more than %d deep", most.Members, most.Nesting)
				break
			}
			k.joinScreens(g, m)
			for _, one := range inner.members {
				k.goOn()
				k.joinWith(g, one, m)
			}
		}
		g.spread(k.goOn)
		g.fit()
		if g.Open() && g.Len() > 0 {
			known := *g
			known.Name, known.open, known.told = "", nil, nil
			g.known = &known
		}
		state[g] = 2
	}
	for _, g := range k.prog.order.groups {
		if state[g] == 0 {
			visit(g)
		}
	}
}

// put makes a thing a member for a time, by its name.
func (k *checker) put(g *Group, name string, s stay) {
	id := g.Kind.key(name)
	g.add(id, name, s.sure())
	for _, d := range s.doubts() {
		k.beUnsure(g)
		d.in, d.who = g, strings.Clone(name)
		g.doubt(id, name, d)
	}
}

// joinWith makes one of a group that is in this one a member for that time.
func (k *checker) joinWith(g *Group, one groupMember, m groupIn) {
	inner, id, name := m.group, one.id(), one.name()
	days := inner.periods[one.days]
	for _, q := range days {
		g.add(id, name, q.cut(m.stay.sure()))
	}
	for _, d := range m.stay.doubts() {
		k.beUnsure(g)
		d.in, d.who = g, inner.Name
		for _, q := range slices.Concat(days, inner.doubtful(id)) {
			d := d
			d.period = d.cut(q)
			g.doubt(id, name, d)
		}
	}
	if inner.unsure == nil {
		return
	}
	for _, d := range inner.unsure.doubts[id] {
		d.period = d.cut(m.stay.sure())
		if g.unsure == nil {
			g.unsure = &unsureMembers{doubts: map[string][]doubt{}}
		}
		g.doubt(id, name, d)
	}
}

// admit makes a thing a member by its name; it gives what is wrong with it.
func (k *checker) admit(g *Group, name string, s stay) string {
	if s.possible().empty() {
		return "until is not after since"
	}
	if g.ofAddresses() {
		p, err := parseNetwork(name)
		switch {
		case err != nil:
			return err.Error()
		case len(s.doubts()) > 0:
			return unsureAddress
		}
		name = textOfNetwork(p)
	}
	if g.Kind.Ids != nil {
		i, ok := g.Kind.Ids.find(name, true)
		if !ok {
			return "there is no " + g.Kind.Name + " `" + name + "`"
		}
		name = g.Kind.Ids.Choices[i].Name
	}
	k.put(g, name, s)
	return ""
}
