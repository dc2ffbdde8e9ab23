package interp

import (
	"github.com/ctl-lang/ctl/internal/screen"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// threshold reads how much a name has to be like a member of a group for it to be asked about; nil
// where only the members' own names count.
func (k *checker) threshold(g *Group, d *lang.Group) *screen.Threshold {
	if d.Screened == nil {
		return nil
	}
	if g.ofAddresses() {
		k.errorf(code.BadScreening, d.Screened, "names are screened; whether an address lies in a network is known exactly")
		return nil
	}
	if g.Kind.fold != nameFold || g.Kind.Ids != nil {
		k.errorf(code.BadScreening, d.Screened, "names are screened, and %s is not one of many names: declare `kind %s = name`", article(&Type{basic: thingType, kind: g.Kind}), g.Kind.Name)
		return nil
	}
	at, err := screen.ParseThreshold(d.Screened.Text)
	if err != nil {
		k.errorf(code.BadScreening, d.Screened, "%s", err)
		return nil
	}
	return &at
}

// screen makes the index of a group against which names are screened, and the membership of those
// who are near a fact of theirs.
func (k *checker) screen(g *Group) {
	if g.screenedAt == nil || g.Len() == 0 {
		return
	}
	size := 0
	for name := range g.Identities() {
		if size += len(name); size > screen.MostBytes {
			k.errorf(code.TooMuch, g.decl.Name, "the names of `%s` are more than %s together, and cannot be screened against", g.Name, bytesText(screen.MostBytes))
			return
		}
		if k.goOn(); screen.TooLong(name) {
			k.errorf(code.BadData, g.decl.Name, "the name that begins with `%s` is too long to be screened against: it has more than %d letters", name[:40], screen.MostLetters)
			return
		}
	}
	k.take(g.decl.Name, g.Len()*memoryOfScreened)
	k.beUnsure(g)
	g.screenAt(*g.screenedAt)
}

// joinScreens makes names near a member of a group that is in another ones of whom it is not known
// whether they are in the other.
func (k *checker) joinScreens(g *Group, m groupIn) {
	days, sure := m.stay.period()
	if len(m.group.screens) > 0 && !sure {
		k.errorf(code.BadScreening, m.at, "names are screened against `%s`, so that the days on which it is in `%s` are to be known exactly", m.group.Name, g.Name)
		return
	}
	for _, s := range m.group.screens {
		if on := s.days.cut(days); !on.empty() {
			g.screens = append(g.screens, openIn{s.group, on})
		}
	}
	if len(g.screens) > 0 && g.unsure == nil {
		g.unsure = &unsureMembers{doubts: map[string][]doubt{}}
	}
}
