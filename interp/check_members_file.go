package interp

import (
	"cmp"
	"errors"
	"io"
	slash "path"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// memberFile is the CSV file of a group: one that the rules name, or one of Options.GroupFiles.
type memberFile struct {
	GroupFile
	d *lang.Group
}

// at is what its problems are said of.
func (f *memberFile) at() lang.Node {
	if f.named() {
		return f.d.From
	}
	return f.d.Name
}

// named says whether the rules name it, so that what is wrong with that can be mended there.
func (f *memberFile) named() bool { return f.d.From != nil }

// table says whether its name is that of a table. What another file holds is shown nowhere.
func (f *memberFile) table() bool {
	switch strings.ToLower(slash.Ext(f.Name)) {
	case ".csv", ".tsv", ".tab", ".txt":
		return true
	}
	return false
}

// readGroup reads the members of a group that is declared with its file.
func (k *checker) readGroup(g *Group, d *lang.Group) {
	f := &memberFile{GroupFile{Name: d.From.Value}, d}
	if d.Column != nil {
		f.Column = d.Column.Value
	}
	if !f.table() {
		k.errorf(code.BadData, f.at(), "%s is no list of members by its name, which ends in .csv, .tsv or .txt", f.Name)
		return
	}
	if data, ok := k.l.data(k.dir, d.From, k.src); ok {
		k.readMembers(g, f, data)
	} else {
		k.unreadable()
	}
}

// readGroupFile reads the members of an external group from one of the GroupFiles.
func (k *checker) readGroupFile(g *Group, d *lang.Group, from GroupFile) {
	if data, ok := k.l.read(from.Name, k.src, d.Name.Range()); ok {
		k.readMembers(g, &memberFile{from, d}, data)
	} else {
		k.unreadable()
	}
}

// unreadable says of a file that could not be read that it is one of members.
func (k *checker) unreadable() {
	if last := k.l.diags[len(k.l.diags)-1]; last.Code == code.CannotRead {
		last.Code = code.BadData
	}
}

// readMembers reads the column id, or the one named, with columns since and until where
// membership is dated; or a list without a heading, which has one column. A first line is
// the heading if it has the column of the identities.
func (k *checker) readMembers(g *Group, f *memberFile, data []byte) {
	before := len(k.l.diags)
	defer func() {
		if found := k.l.diags[before:]; !f.table() && found.HasErrors() {
			k.l.diags = append(k.l.diags[:before], k.spot(f.at()).errorf(code.BadData,
				"%s does not read as a list of members, and what is wrong is shown only of a file whose name ends in .csv, .tsv or .txt", f.Name))
		}
	}()
	r, err := table.NewReader(data)
	if err != nil {
		k.errorf(code.BadData, f.at(), "%s, %s", f.Name, err)
		return
	}
	r.Comments = true
	first, found, err := r.Heading(func(cells []string) bool { return slices.ContainsFunc(cells, f.isID) })
	switch {
	case errors.Is(err, io.EOF):
		k.errorf(code.BadData, f.at(), "%s is empty: a list without members has a heading, `%s`, and nothing below", f.Name, f.idColumn())
	case err != nil:
		k.errorf(code.BadData, f.at(), "%s, %s", f.Name, err)
	case found:
		k.memberRows(g, f, r, k.columns(first.Cells(), f))
	case f.Column != "":
		k.noColumn(first.Cells(), f)
	case len(first.Fields) > 1 || k.looksLikeHeading(g, first.Fields[0]):
		k.unnamedColumn(first.Cells(), f)
	default:
		k.memberRows(g, f, r, columns{id: 0, since: -1, until: -1, list: true})
	}
}

// columns says in which columns the identities and dates stand.
type columns struct {
	id, since, until int
	list             bool // there is no heading, and one column
}

// isID says whether a column of this heading is that of the identities.
func (f *memberFile) isID(heading string) bool { return strings.EqualFold(heading, f.idColumn()) }

// idColumn is the column of the identities.
func (f *memberFile) idColumn() string { return cmp.Or(f.Column, "id") }

// columns reads a heading.
func (k *checker) columns(heading []string, f *memberFile) columns {
	cols := columns{id: -1, since: -1, until: -1}
	for i, cell := range heading {
		for _, c := range []struct {
			column *int
			is     bool
		}{{&cols.id, f.isID(cell)}, {&cols.since, strings.EqualFold(cell, "since")}, {&cols.until, strings.EqualFold(cell, "until")}} {
			switch {
			case !c.is:
			case *c.column >= 0:
				k.errorf(code.BadData, f.at(), "%s has two columns `%s`", f.Name, cell)
			default:
				*c.column = i
			}
		}
	}
	return cols
}

// memberRows reads the rows below a heading, or those of a list.
func (k *checker) memberRows(g *Group, f *memberFile, r *table.Reader, cols columns) {
	bad := 0
	for n := 0; ; n++ {
		k.goOn()
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			if n == 0 {
				k.errorf(code.EmptyList, f.at(), "%s has a heading and nothing below it, so nothing is in `%s`", f.Name, g.Name)
			}
			return
		}
		if err == nil && cols.list {
			if parts := partsOf(row); slices.ContainsFunc(parts, f.isID) {
				k.errorf(code.BadData, f.at(), "%s, line %d: this looks like the heading (%s): take away what stands above it", f.Name, row.Line, ticked(parts))
				return
			}
			err = r.Single(row)
		}
		if err == nil {
			err = k.memberRow(g, f, cols, row)
		}
		if err == nil {
			continue
		}
		if bad++; bad > mostBadMembers {
			k.errorf(code.BadData, f.at(), "%s has more such lines", f.Name)
			return
		}
		k.errorf(code.BadData, f.at(), "%s, %s", f.Name, err)
		if row.Fields == nil {
			return // it is not known where the next row begins
		}
	}
}

// memberRow adds the member of a row.
func (k *checker) memberRow(g *Group, f *memberFile, cols columns, row table.Row) error {
	wrong := func(message string) error { return &table.Error{Line: row.Line, Message: message} }
	id := row.Fields[cols.id].Text
	switch {
	case id == "":
		return wrong("the column `" + f.idColumn() + "` is empty: " + ticked(row.Cells()))
	case strings.ContainsAny(id, "\r\n"):
		first, _, _ := strings.Cut(strings.ReplaceAll(id, "\r", "\n"), "\n")
		return wrong("the name that begins with `" + first + "` goes over the end of the line: are its quotes closed?")
	}
	p := always
	for _, day := range []struct {
		column int
		into   *num.Date
	}{{cols.since, &p.since}, {cols.until, &p.until}} {
		if day.column < 0 || row.Fields[day.column].Text == "" {
			continue
		}
		d, err := num.ParseDate(row.Fields[day.column].Text)
		if err != nil {
			return wrong(err.Error())
		}
		k.noteDate(d)
		*day.into = d
	}
	if problem := g.admit(strings.Clone(id), p); problem != "" { // its cell is a piece of the whole file
		return wrong(problem)
	}
	return nil
}

// partsOf are the fields of a row, whatever separates them.
func partsOf(row table.Row) []string {
	var parts []string
	for _, cell := range row.Cells() {
		for _, part := range strings.FieldsFunc(cell, func(c rune) bool { return c == ';' || c == '\t' || c == '|' }) {
			parts = append(parts, strings.TrimSpace(part))
		}
	}
	return parts
}

// ticked are cells for a message.
func ticked(cells []string) string { return "`" + strings.Join(cells, "`, `") + "`" }

// headings are words that stand above a column of names and hardly in it.
var headings = []string{"name", "names", "party", "parties", "entity", "entities", "member", "members", "identity", "identifier", "code", "since", "until"}

// looksLikeHeading says whether the first line of a list is hardly a member.
func (k *checker) looksLikeHeading(g *Group, first table.Field) bool {
	if first.Quoted || g.Kind.Ids != nil && g.Kind.Ids.has(first.Text) {
		return false
	}
	is := func(word string) bool { return strings.EqualFold(first.Text, word) }
	return is(g.Name) || is(g.Kind.Name) || slices.ContainsFunc(headings, is)
}

// unnamedColumn reports a first line that is no heading, as it has no column of the
// identities, and no member either.
func (k *checker) unnamedColumn(cells []string, f *memberFile) {
	d := k.errorf(code.BadData, f.at(), "the first line of %s (%s) has no column `id`, and a list without a heading has one column of names", f.Name, ticked(cells))
	d.Notes = append(d.Notes, lang.Note{Text: "a name that holds a comma, a semicolon, a tab or a bar, or is the word of a heading, stands in quotes"})
	i := slices.IndexFunc(cells, func(c string) bool {
		return c != "" && !strings.EqualFold(c, "since") && !strings.EqualFold(c, "until")
	})
	switch {
	case i < 0:
	case f.named():
		column := "column " + lang.Quote(cells[i])
		end := f.d.From.Range().End
		d.Fix = &lang.Fix{Label: "write `" + column + "` behind the file, if that holds the identities", Span: lang.Span{Start: end, End: end}, Replacement: " " + column}
	default:
		d.Notes = append(d.Notes, lang.Note{Text: "if `" + cells[i] + "` holds the identities, name that column where the file is named"})
	}
}

// noColumn reports that the column that is named is not there.
func (k *checker) noColumn(cells []string, f *memberFile) {
	if f.named() {
		if d := k.misspelt(code.BadData, f.d.Column, f.Column, func() []string { return cells }, "%s has no column `%s`", f.Name, f.Column); d.Fix != nil {
			d.Fix.Replacement = lang.Quote(d.Fix.Replacement)
		}
		return
	}
	d := k.errorf(code.BadData, f.at(), "%s has no column `%s`", f.Name, f.Column)
	if near, ok := lang.Nearest(f.Column, cells); ok {
		d.Notes = append(d.Notes, lang.Note{Text: "there is a column `" + near + "`"})
	}
}
