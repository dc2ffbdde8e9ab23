package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// inheritance is what a policy takes over from the one that it amends: where each label
// stands, and what the amendment does with it.
type inheritance struct {
	places  map[string]place
	labels  map[string]bool // those not repealed
	parents map[*Section]*Section
	gone    map[*Section]bool    // sections repealed, or replaced by a rule
	changed map[string]lang.Span // labels repealed or replaced
	holes   map[*Section]bool    // sections of which items have been repealed
}

// place is where a rule or a section stands.
type place struct {
	in *Section
	i  int
}

// inherit finds all that stands in a section.
func inherit(root *Section, goOn func()) *inheritance {
	h := &inheritance{places: map[string]place{}, labels: map[string]bool{}, parents: map[*Section]*Section{}, gone: map[*Section]bool{}, changed: map[string]lang.Span{}, holes: map[*Section]bool{}}
	var walk func(s *Section)
	walk = func(s *Section) {
		for i, it := range s.items {
			goOn()
			label := it.label()
			if !h.labels[label] {
				h.labels[label], h.places[label] = true, place{s, i}
			}
			if it.section != nil {
				h.parents[it.section] = s
				walk(it.section)
			}
		}
	}
	walk(root)
	return h
}

func (it item) label() string {
	if it.rule != nil {
		return it.rule.Label
	}
	return it.section.Name
}

func (h *inheritance) has(label string) bool { return h.labels[label] }

// find is the place of a label that is still there.
func (h *inheritance) find(label string) (place, bool) {
	if !h.labels[label] {
		return place{}, false
	}
	at := h.places[label]
	for s := at.in; s != nil; s = h.parents[s] {
		if h.gone[s] {
			return place{}, false
		}
	}
	return at, true
}

// section is the inherited section of a name that stands in another, or within what that holds.
func (h *inheritance) section(name string, in *Section) *Section {
	at, ok := h.find(name)
	if !ok {
		return nil
	}
	for s := at.in; s != nil; s = h.parents[s] {
		if s == in {
			return at.in.items[at.i].section
		}
	}
	return nil
}

// put puts an item in the place of another; one without anything takes it away.
func (h *inheritance) put(at place, it item) {
	if old := at.in.items[at.i].section; old != nil {
		h.gone[old] = true
	}
	at.in.items[at.i] = it
	if it == (item{}) {
		h.holes[at.in] = true
	}
}

// compact takes the places out in which nothing stands any more.
func (h *inheritance) compact() {
	for s := range h.holes {
		s.items = slices.DeleteFunc(s.items, func(it item) bool { return it == (item{}) })
	}
}

// inBase finds a label that the amended policy has, or reports that it has none.
func (b *builder) inBase(l lang.LabelRef, verb string) (place, bool) {
	if b.p.Amends == nil {
		if b.p.decl.Amends == nil {
			b.k.errorf(code.AmendsNothing, l, "`%s` amends no policy, so there is nothing to %s", b.p.Name, verb)
		}
		return place{}, false
	}
	at, ok := b.inherited.find(l.Text)
	if !ok {
		b.k.misspelt(code.NothingThere, l, l.Text, func() []string { return keys(b.inherited.labels) }, "`%s` has no rule `%s` to %s", b.p.Amends.Name, l.Text, verb)
		return place{}, false
	}
	return at, true
}

// once refuses a second change of one inherited rule.
func (b *builder) once(l lang.LabelRef) bool {
	if old, changed := b.inherited.changed[l.Text]; changed {
		e := b.k.errorf(code.DuplicateLabel, l, "`%s` is repealed or replaced twice", l.Text)
		e.Notes = append(e.Notes, lang.Note{Source: b.k.src, Span: old, Text: "here first"})
		return false
	}
	b.inherited.changed[l.Text] = l.Span
	return true
}

func (b *builder) repeal(d *lang.Repeal) {
	for _, l := range d.Labels {
		b.k.goOn()
		if at, ok := b.inBase(l, "repeal"); ok && b.once(l) {
			b.inherited.put(at, item{})
			delete(b.inherited.labels, l.Text)
		}
	}
}

func (b *builder) replace(d *lang.Replace) {
	at, ok := b.inBase(d.Label, "replace")
	if d.Rule == nil {
		return
	}
	r := b.k.rule(d.Rule, d.Label.Text, b.p)
	if ok && b.once(d.Label) {
		b.inherited.put(at, item{rule: r})
	}
}
