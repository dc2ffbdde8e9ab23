package interp

// screened says whether a thing that is not listed is in the screened groups among those of a group:
// as it is told, no where its name is not near, and else not known.
func (s *state) screened(g *Group, v Value, p *path) Truth {
	t := False
	for _, in := range g.screens {
		if in.days != always && s.undated() {
			t = t.or(Unknown)
		} else if in.days.contains(s.date) {
			t = t.or(s.screenedIn(in.group, v, p))
		}
	}
	return t
}

// screenedIn is screened of one group.
func (s *state) screenedIn(g *Group, v Value, p *path) Truth {
	if told := toldOf(g, v); told != Unknown {
		return told
	}
	near, sometime := g.nearOn(writtenAs(v), s.date)
	switch {
	case len(near) > 0 && p != nil && g.unsure.told != nil:
		p.to(g.unsure.told).unknownIn(s)
		return Unknown
	case len(near) > 0:
		return Unknown
	case sometime:
		s.undated()
		return Unknown
	}
	return False
}
