package interp

import (
	"fmt"
	"maps"
)

// gainedRows takes in what the old version knew of things of which files say something only now:
// the default, where a case did not tell it. Without one the old version asked, and is read as if it
// had been told what files say now, which is noted.
func (a *rebaser) gainedRows(x, y *Attr, by map[string]Value) {
	if y.given == nil {
		return
	}
	var asked []string
	for _, id := range keys(y.given.by) {
		if _, was := by[id]; was || x.owner.Ids != nil && !x.owner.Ids.has(id) { // or it is a new identity
			continue
		}
		if x.Default != nil {
			by[id] = a.value(x.Default)
		} else {
			asked = append(asked, id)
		}
	}
	if len(asked) > 0 {
		a.note(fmt.Sprintf("of %s files say what `%s.%s` is, and said nothing before: of these the old version is read as if it had been told what they say now", listNames(asked), y.owner.Name, y.Name))
	}
}

// given is the attribute y of the new vocabulary with what files said of x in the old one. Of
// identities that only the new one has it is what files say now.
func (a *rebaser) given(x, y *Attr) *Attr {
	if x.given == nil {
		return y
	}
	if z, known := a.attrs[x]; known {
		return z
	}
	by := map[string]Value{}
	for id, v := range x.given.by {
		if y.owner.Ids == nil {
			by[id] = a.value(v)
		} else if i, known := y.owner.Ids.find(id, false); known {
			by[y.owner.Ids.Choices[i].Name] = a.value(v)
		}
	}
	a.gainedRows(x, y, by)
	z := *y
	if y.given != nil && maps.EqualFunc(by, y.given.by, equalValues) {
		a.attrs[x] = y
		return y
	}
	if ids := x.owner.Ids; y.given != nil && ids != nil {
		for id, v := range y.given.by {
			if !ids.has(id) {
				by[id] = v
				a.note(fmt.Sprintf("`%s` has new identities: of these the old version is read as if its files said what the new ones say", y.owner.Name))
			}
		}
	}
	z.give(x.File, by)
	if y.given != nil {
		z.given.told = y.given.told
	}
	a.attrs[x] = &z
	return &z
}
