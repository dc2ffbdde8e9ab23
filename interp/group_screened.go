package interp

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/internal/screen"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// screening finds the members of a group that a name is near. Of a name that is near one and is
// none itself it is not known whether it is in the group: that is a fact of the thing.
type screening struct {
	index *screen.Index // which counts the members as the group does

	mu   sync.Mutex
	kept map[string][]nearMember // by the name as it is written
}

// nearMember is a member that a name is near.
type nearMember struct {
	id    string
	score screen.Score
}

// mostScreened bounds the names of which it is kept what they are near, mostLettersKept the letters
// of one of them, and mostNearKept the members that it is near.
const (
	mostScreened    = 4096
	mostLettersKept = 256
	mostNearKept    = 64
)

// screenAt makes the index of the members.
func (g *Group) screenAt(at screen.Threshold) {
	names := slices.Collect(g.Identities())
	g.screening, g.screens = &screening{index: screen.New(names, at)}, []openIn{{g, always}}
}

// near are the members that a name is near, itself among them, the nearest first.
func (g *Group) near(name string) []nearMember {
	s := g.screening
	s.mu.Lock()
	out, known := s.kept[name]
	s.mu.Unlock()
	if known {
		return out
	}
	for _, n := range s.index.Near(name) {
		out = append(out, nearMember{g.members[n.Listed].id(), n.Score})
	}
	slices.SortFunc(out, func(a, b nearMember) int { return cmp.Or(b.score.Compare(a.score), cmp.Compare(a.id, b.id)) })
	if len(name) <= mostLettersKept && len(out) <= mostNearKept {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.kept == nil || len(s.kept) == mostScreened {
			s.kept = map[string][]nearMember{}
		}
		s.kept[name] = out
	}
	return out
}

// nearOn are the members on a day that a name is near, and who is a member then. Of a case whose
// date nobody told they are those who are members on all days; sometime, that there are others.
func (g *Group) nearOn(name string, on num.Date) (near []nearMember, sometime bool) {
	for _, n := range g.near(name) {
		switch {
		case on == firstDay && g.sometimes(n.id):
			sometime = true
		case on == firstDay || g.mayHave(n.id, on):
			near = append(near, n)
		}
	}
	return near, sometime
}

// mayHave says whether an identity is a member on a day, or may be.
func (g *Group) mayHave(id string, on num.Date) bool {
	return g.has(id, on) || len(g.unsureOn(id, on)) > 0
}

// screensOn are the screened groups that are this one, or in it on a day.
func (g *Group) screensOn(on num.Date) []*Group {
	var out []*Group
	for _, s := range g.screens {
		if s.days.contains(on) && !slices.Contains(out, s.group) {
			out = append(out, s.group)
		}
	}
	return out
}

// toldOf is whether a thing is told to be in a group.
func toldOf(g *Group, v Value) Truth {
	thing, ok := v.(*Thing)
	if !ok || g.unsure.told == nil {
		return Unknown
	}
	if told, ok := thing.get(g.unsure.told).(Bool); ok {
		return truth(bool(told))
	}
	return Unknown
}

// screens says whether an attribute is what is told of membership in a screened group.
func (a *Attr) screens() bool { return a != nil && a.Group != nil && a.Group.screening != nil }

// byScreening is the fact whether a thing is in a screened group on a day, where nobody told it: no,
// of one that is listed, which it does not matter to, and of one that is not near; nil: not known.
func (a *Attr) byScreening(t *Thing, on num.Date) Value {
	if !a.screens() || t.ID == nil {
		return nil
	}
	if id, known := identity(t.ID); known && (on != firstDay || !a.Group.sometimes(id)) && a.Group.has(id, on) {
		return Bool(false)
	}
	if near, sometime := a.Group.nearOn(writtenAs(t), on); len(near) > 0 || sometime {
		return nil
	}
	return Bool(false)
}

// whichNear asks whether the listed name that a name is nearest to is meant; "" where it is near none.
func (g *Group) whichNear(fact, name string, on num.Date) string {
	near, _ := g.nearOn(name, on)
	if len(near) == 0 {
		return ""
	}
	q := "is the " + fact + " " + lang.Quote(name) + " the listed " + g.saysNear(near[0])
	switch more := len(near) - 1; {
	case more == 1:
		q += ", or another that it is like"
	case more > 1:
		q += ", or one of " + strconv.Itoa(more) + " others that it is like"
	}
	return q + "?"
}

// saysNear is a listed name that a name is near, with the score.
func (g *Group) saysNear(n nearMember) string {
	return lang.Quote(g.name(n.id)) + " (" + n.score.String() + ")"
}

// nearNote says which listed name one is nearest to that is not listed itself; "" where it is near none.
func (g *Group) nearNote(v Value, on num.Date) string {
	for _, s := range g.screensOn(on) {
		if near, _ := s.nearOn(writtenAs(v), on); len(near) > 0 {
			return "like the listed " + s.saysNear(near[0])
		}
	}
	return ""
}

// listedAlways says whether a thing is a member of a screened group on all days.
func (t *Thing) listedAlways(g *Group) bool {
	if t.ID == nil || g.screening == nil {
		return false
	}
	id, _ := identity(t.ID)
	m, listed := g.find(id)
	return listed && m.days == allDays
}

// mayBeScreened says what is wrong with telling whether a thing is in a screened group: of one that
// is listed it is known. That it is in the group is then told no more.
func (t *Thing) mayBeScreened(a *Attr, name string) *lang.Diagnostic {
	if !t.listedAlways(a.Group) {
		return nil
	}
	if t.attrs[a.index] != Value(Bool(true)) {
		return spot{}.errorf(code.Contradiction, "`%s` is told not to be in `%s`, and %s is listed there", name, a.Group.Name, t.ID)
	}
	t.attrs[a.index] = nil
	return nil
}
