package interp

import (
	"cmp"
	"errors"
	"io"
	slash "path"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/table"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// listFile is a CSV file that lists identities: the members of a group, or those of a kind
// with what is known of each.
type listFile struct {
	GroupFile
	name         lang.Name    // of what the identities are for
	kind         *Kind        // that they are of
	from, column *lang.String // where the rules name it; nil of one of Options.GroupFiles
	since, until *lang.String // the columns of dates that the rules name
	where        lang.Expr    // which rows are meant; nil: all
}

// listedIn is the file that rules name.
func listedIn(from, column *lang.String, name lang.Name, kind *Kind) *listFile {
	f := &listFile{GroupFile: GroupFile{Name: from.Value}, name: name, kind: kind, from: from, column: column}
	if column != nil {
		f.Column = column.Value
	}
	return f
}

// at is what its problems are said of.
func (f *listFile) at() lang.Node {
	if f.named() {
		return f.from
	}
	return f.name
}

// named says whether the rules name it, so that what is wrong with that can be mended there.
func (f *listFile) named() bool { return f.from != nil }

// table says whether its name is that of a table. What another file holds is shown nowhere.
func (f *listFile) table() bool {
	switch strings.ToLower(slash.Ext(f.Name)) {
	case ".csv", ".tsv", ".tab", ".txt":
		return true
	}
	return false
}

// relative is a name as a file in dir means it.
func relative(dir, name string) string {
	if slash.IsAbs(name) || dir == "" {
		return slash.Clean(name)
	}
	return slash.Join(dir, name)
}

// dataOf is what a file holds that the rules name.
func (k *checker) dataOf(f *listFile) (data []byte, ok bool) {
	if !f.table() {
		k.errorf(code.BadData, f.at(), "%s is no list by its name, which ends in .csv, .tsv or .txt", f.Name)
		return nil, false
	}
	if data, ok = k.l.data(k.dir, f.from, k.src); !ok {
		k.unreadable()
	}
	return data, ok
}

// readGroup reads the members of a group that is declared with its file.
func (k *checker) readGroup(g *Group, d *lang.Group) {
	f := listedIn(d.From, d.Column, d.Name, g.Kind)
	f.since, f.until, f.where = d.Since, d.Until, d.Where
	if data, ok := k.dataOf(f); ok {
		k.readMembers(g, f, data)
	}
}

// readGroupFile reads the members of an external group from one of the GroupFiles.
func (k *checker) readGroupFile(g *Group, d *lang.Group, from GroupFile) {
	if data, ok := k.l.outside(from.Name, k.src, d.Name.Range()); ok {
		k.readMembers(g, &listFile{GroupFile: from, name: d.Name, kind: g.Kind}, data)
	} else {
		k.unreadable()
	}
}

// unreadable says of a file that could not be read that it is one of data.
func (k *checker) unreadable() {
	if last := k.l.diags[len(k.l.diags)-1]; last.Code == code.CannotRead {
		last.Code = code.BadData
	}
}

// readMembers reads the column id, or the one named, with columns since and until where
// membership is dated.
func (k *checker) readMembers(g *Group, f *listFile, data []byte) {
	before := len(k.l.diags)
	defer func() {
		if found := k.l.diags[before:]; !f.table() && found.HasErrors() {
			k.l.diags = append(k.l.diags[:before], k.spot(f.at()).errorf(code.BadData,
				"%s does not read as a list of members, and what is wrong is shown only of a file whose name ends in .csv, .tsv or .txt", f.Name))
		}
	}()
	r, heading, ok := k.headingOf(f, data)
	if !ok {
		return
	}
	if cols, ok := k.columns(heading, f); ok {
		k.memberRows(g, f, r, cols)
	}
}

// headingOf reads the heading of a list of identities, which is the first line if that has
// their column; nil of a list without a heading, which has one column.
func (k *checker) headingOf(f *listFile, data []byte) (r *table.Reader, heading []string, ok bool) {
	r, err := table.NewReader(data)
	if err != nil {
		k.errorf(code.BadData, f.at(), "%s, %s", f.Name, err)
		return nil, nil, false
	}
	r.Comments = true
	first, found, err := r.Heading(func(cells []string) bool { return slices.ContainsFunc(cells, f.isID) })
	switch {
	case errors.Is(err, io.EOF):
		k.errorf(code.BadData, f.at(), "%s is empty: a list without members has a heading, `%s`, and nothing below", f.Name, f.idColumn())
	case err != nil:
		k.errorf(code.BadData, f.at(), "%s, %s", f.Name, err)
	case found:
		return r, first.Cells(), true
	case f.Column != "":
		k.noColumn(first.Cells(), f)
	case len(first.Fields) > 1 || k.looksLikeHeading(f, first.Fields[0]):
		k.unnamedColumn(first.Cells(), f)
	default:
		return r, nil, true
	}
	return nil, nil, false
}

// columns says in which columns the identities and dates stand, and which rows are meant.
type columns struct {
	id, since, until int
	list             bool // there is no heading, and one column
	where            rowTest
	tests            *rowTests
}

// isID says whether a column of this heading is that of the identities.
func (f *listFile) isID(heading string) bool { return strings.EqualFold(heading, f.idColumn()) }

// idColumn is the column of the identities.
func (f *listFile) idColumn() string { return cmp.Or(f.Column, "id") }

// columns reads a heading; nil is that of a list without one.
func (k *checker) columns(heading []string, f *listFile) (c columns, ok bool) {
	if heading == nil {
		if said := f.saysColumns(); said != nil {
			k.errorf(code.BadData, said, "%s has one column and no heading", f.Name)
			return c, false
		}
		return columns{since: -1, until: -1, list: true}, true
	}
	c.id, ok = k.column(f, heading, f.idColumn(), f.at())
	for _, day := range []struct {
		named *lang.String
		usual string
		into  *int
	}{{f.since, "since", &c.since}, {f.until, "until", &c.until}} {
		found := true
		switch *day.into = -1; {
		case day.named != nil:
			*day.into, found = k.column(f, heading, day.named.Value, day.named)
		case slices.ContainsFunc(heading, func(h string) bool { return strings.EqualFold(h, day.usual) }):
			*day.into, found = k.column(f, heading, day.usual, f.at())
		}
		ok = ok && found
	}
	if f.where != nil {
		c.tests = &rowTests{k: k, f: f, heading: heading, cells: map[int]map[string]bool{}}
		c.where = c.tests.test(f.where)
		ok = ok && c.where != nil
	}
	return c, ok
}

// saysColumns is what the rules say of the columns of a file besides that of the identities;
// nil where they say nothing.
func (f *listFile) saysColumns() lang.Node {
	switch {
	case f.since != nil:
		return f.since
	case f.until != nil:
		return f.until
	case f.where != nil:
		return f.where
	}
	return nil
}

// memberRows reads the rows below a heading, or those of a list.
func (k *checker) memberRows(g *Group, f *listFile, r *table.Reader, cols columns) {
	problems := k.problemsOf(f, f.at())
	defer problems.tell()
	for ; ; g.rows.read++ {
		k.goOn()
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			k.rowsRead(g, f, cols)
			return
		}
		if err == nil && cols.list {
			if parts := partsOf(row); slices.ContainsFunc(parts, f.isID) {
				k.errorf(code.BadData, f.at(), "%s, line %d: this looks like the heading (%s): take away what stands above it", f.Name, row.Line, ticked(parts))
				return
			}
			err = r.Single(row)
		}
		if err == nil && cols.where != nil && !cols.where(row) {
			continue
		}
		g.rows.meant++
		if err == nil {
			err = k.memberRow(g, f, cols, row)
		}
		if err == nil {
			problems.good++
			continue
		}
		if !problems.add(err) || row.Fields == nil { // it is not known where the next row begins
			return
		}
	}
}

// rowsRead warns of a list that comes to nothing, and of texts that stand in no row.
func (k *checker) rowsRead(g *Group, f *listFile, cols columns) {
	switch {
	case g.rows.read == 0:
		k.errorf(code.EmptyList, f.at(), "%s has a heading and nothing below it, so nothing is in `%s`", f.Name, g.Name)
		return
	case g.rows.meant == 0:
		k.errorf(code.EmptyList, f.where, "`where` leaves out all %d rows of %s, so nothing is in `%s`", g.rows.read, f.Name, g.Name)
	}
	if cols.tests != nil {
		cols.tests.rare()
	}
}

// memberRow adds the member of a row.
func (k *checker) memberRow(g *Group, f *listFile, cols columns, row table.Row) error {
	wrong := func(message string) error { return &table.Error{Line: row.Line, Message: message} }
	id, err := f.identityIn(row, cols.id)
	if err != nil {
		return err
	}
	s := alwaysIn
	for _, day := range []struct {
		column int
		into   *days
	}{{cols.since, &s.since}, {cols.until, &s.until}} {
		if day.column < 0 || row.Fields[day.column].Text == "" {
			continue
		}
		if *day.into, err = parseDays(row.Fields[day.column].Text); err != nil {
			return wrong(err.Error())
		}
		if g.decl.External {
			k.given = append(k.given, day.into.first, day.into.last)
		} else {
			k.noteDate(day.into.first)
			k.noteDate(day.into.last)
		}
	}
	if problem := k.admit(g, id, s); problem != "" {
		return wrong(problem)
	}
	return nil
}

// identityIn is the identity that a row is about.
func (f *listFile) identityIn(row table.Row, column int) (string, error) {
	id := row.Fields[column].Text
	switch {
	case id == "":
		return "", &table.Error{Line: row.Line, Message: "the column `" + f.idColumn() + "` is empty: " + ticked(row.Cells())}
	case strings.ContainsAny(id, "\r\n"):
		first, _, _ := strings.Cut(strings.ReplaceAll(id, "\r", "\n"), "\n")
		return "", &table.Error{Line: row.Line, Message: "the name that begins with `" + first + "` goes over the end of the line: are its quotes closed?"}
	case f.kind != nil && f.kind.fold.empty(id):
		return "", &table.Error{Line: row.Line, Message: "`" + id + "` is no name: a name has a letter or a digit"}
	}
	return id, nil
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
func (k *checker) looksLikeHeading(f *listFile, first table.Field) bool {
	if first.Quoted || f.kind.Ids != nil && f.kind.Ids.has(first.Text) {
		return false
	}
	is := func(word string) bool { return strings.EqualFold(first.Text, word) }
	return is(f.name.Text) || is(f.kind.Name) || slices.ContainsFunc(headings, is)
}

// unnamedColumn reports a first line that is no heading, as it has no column of the
// identities, and no member either.
func (k *checker) unnamedColumn(cells []string, f *listFile) {
	d := k.errorf(code.BadData, f.at(), "the first line of %s (%s) has no column `id`, and a list without a heading has one column of names", f.Name, ticked(cells))
	d.Notes = append(d.Notes, lang.Note{Text: "a name that holds a comma, a semicolon, a tab or a bar, or is the word of a heading, stands in quotes"})
	i := slices.IndexFunc(cells, func(c string) bool {
		return c != "" && !strings.EqualFold(c, "since") && !strings.EqualFold(c, "until")
	})
	switch {
	case i < 0:
	case f.named():
		column := "column " + lang.Quote(cells[i])
		end := f.from.Range().End
		d.Fix = &lang.Fix{Label: "write `" + column + "` behind the file, if that holds the identities", Span: lang.Span{Start: end, End: end}, Replacement: " " + column}
	default:
		d.Notes = append(d.Notes, lang.Note{Text: "if `" + cells[i] + "` holds the identities, name that column where the file is named"})
	}
}

// noColumn reports that the column that is named is not there.
func (k *checker) noColumn(cells []string, f *listFile) {
	if f.named() {
		k.misspeltText(code.BadData, f.column, f.Column, func() []string { return cells }, "%s has no column `%s`", f.Name, f.Column)
		return
	}
	d := k.errorf(code.BadData, f.at(), "%s has no column `%s`", f.Name, f.Column)
	if near, ok := lang.Nearest(f.Column, cells); ok {
		d.Notes = append(d.Notes, lang.Note{Text: "there is a column `" + near + "`"})
	}
}
