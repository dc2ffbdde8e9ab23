package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// givenAttrs reads the values of the attributes that files give.
func (k *checker) givenAttrs(d *lang.Kind) {
	kind := k.prog.kinds[d.Name.Text]
	for _, a := range d.Attrs {
		if a.Given == nil || kind == nil {
			continue
		}
		if attr := kind.index[a.Name.Text]; attr != nil && attr.src == k.src && attr.span == a.Name.Range() {
			k.givenAttr(kind, attr, a)
		}
	}
}

// cellWords are the words that say which cells of a file hold an attribute's values.
func cellWords(g *lang.Given) string {
	switch {
	case g.Marks != nil:
		return "marks " + lang.Quote(g.Marks.Value)
	case g.Marked != nil:
		return "marked " + lang.Quote(g.Marked.Value)
	case g.Value != nil:
		return "value " + lang.Quote(g.Value.Value)
	}
	return "value " + lang.Quote(g.Column.Value)
}

func (k *checker) givenAttr(kind *Kind, attr *Attr, d *lang.Attr) {
	g := d.Given
	var t *dataTable
	switch {
	case !kind.Identified():
		k.errorf(code.BadData, g, "a file says what is known of identities, and %s has none", article(&Type{basic: thingType, kind: kind}))
		return
	case g.File != nil:
		t = k.dataTable(listedIn(g.File, g.ID, d.Name, kind))
	case kind.File == "":
		k.errorf(code.BadData, g, "the kind `%s` is declared without a file: name that of `%s`, as in: from \"file.csv\" column \"%s\" %s", kind.Name, attr.Name, strings.ToLower(kind.Name), cellWords(g))
		return
	default:
		t = k.rowsOf[kind]
	}
	read := k.cellReader(attr, d, t)
	if t == nil || read == nil {
		return
	}
	by := map[string]Value{}
	rows := map[string]int{} // the line of each
	problems := k.problemsOf(t.listFile, g)
	defer problems.tell()
	for _, row := range t.rows {
		k.goOn()
		id, err := k.listedIdentity(kind, row)
		var v Value
		if err == nil {
			v, err = read(row)
		}
		if old := by[id]; err == nil && old != nil && !equalValues(old, v) {
			err = row.wrong("of `%s` line %d says that `%s` is %s, and this one that it is %s", row.id, rows[id], attr.Name, old, v)
		}
		switch {
		case err != nil && !problems.add(err):
			return
		case err == nil && v != nil:
			id = strings.Clone(id)
			by[id], rows[id] = v, row.Line
			problems.good++
			k.noteDates(v)
		}
	}
	k.take(g, len(by)*memoryOfMember)
	attr.give(t.Name, by)
	k.prog.dataGiven = true
}

// noteDates remembers the days that a value holds: on them something may change.
func (k *checker) noteDates(v Value) {
	if d, ok := v.(Date); ok {
		k.noteDate(num.Date(d))
	}
	members, _ := elements(v)
	for _, m := range members {
		k.noteDates(m)
	}
}

// spelled is the identity of a name in a file, which is shown as it is written there first.
func (k *Kind) spelled(name string) string {
	id := k.key(name)
	if _, known := k.written[id]; id != name && !known {
		if k.written == nil {
			k.written = map[string]string{}
		}
		k.written[id] = strings.Clone(name)
	}
	return id
}

// listedIdentity is the identity of a kind that a row is about.
func (k *checker) listedIdentity(kind *Kind, row dataRow) (string, error) {
	if kind.Ids == nil {
		return kind.spelled(row.id), nil
	}
	i, ok := kind.Ids.find(row.id, true)
	if ok {
		return kind.Ids.Choices[i].Name, nil
	}
	near := ""
	if name, found := k.l.spell.nearest(row.id, kind.Ids.Names); found {
		near = ": is it `" + name + "`?"
	}
	return "", row.wrong("there is no %s `%s`%s", kind.Name, row.id, near)
}
