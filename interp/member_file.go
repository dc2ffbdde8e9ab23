package interp

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
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

// readGroup reads the members of a group that is declared with its file.
func (k *checker) readGroup(g *Group, d *lang.Group) {
	f := &memberFile{GroupFile{Name: d.From.Value}, d}
	if d.Column != nil {
		f.Column = d.Column.Value
	}
	if r, ok := k.l.data(k.dir, d.From, k.src); ok {
		k.readMembers(g, f, r)
	} else {
		k.unreadable()
	}
}

// readGroupFile reads the members of an external group from one of the GroupFiles.
func (k *checker) readGroupFile(g *Group, d *lang.Group, from GroupFile) {
	if data, ok := k.l.read(from.Name, k.src, d.Name.Range()); ok {
		k.readMembers(g, &memberFile{from, d}, bytes.NewReader(data))
	} else {
		k.unreadable()
	}
}

// unreadable says of a file that could not be read that it is one of members.
func (k *checker) unreadable() {
	if last := k.l.diags[len(k.l.diags)-1]; last.Code == lang.CannotRead {
		last.Code = lang.BadData
	}
}

// readMembers reads the column id, or the one named, or the first; with columns since and
// until where membership is dated. A first line that holds no identity but the word id, or the
// column's name, is the heading.
func (k *checker) readMembers(g *Group, f *memberFile, r io.Reader) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	rows.ReuseRecord = true
	rows.Comment = '#'
	cols := columns{id: 0, since: -1, until: -1}
	bad := 0
	for first := true; ; first = false {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			k.errorf(lang.BadData, f.at(), "%s is no CSV file: %s", f.Name, err)
			return
		}
		if first {
			row[0] = strings.TrimPrefix(row[0], "\ufeff")
			if by := otherSeparator(row, strings.ToLower(f.idColumn()), "since", "until"); by != "" {
				k.errorf(lang.BadData, f.at(), "the fields of %s are separated by %s, and a CSV file has commas", f.Name, by)
				return
			}
			heading, ok := k.heading(&cols, row, f)
			if !ok {
				return
			}
			if heading {
				continue
			}
		}
		line, _ := rows.FieldPos(0)
		if by := otherSeparator(row); by != "" {
			k.errorf(lang.BadData, f.at(), "%s, line %d: the fields are separated by %s, and a CSV file has commas", f.Name, line, by)
			return
		}
		if problem := k.row(g, cols, row); problem != "" {
			if bad++; bad > mostBadMembers {
				k.errorf(lang.BadData, f.at(), "%s has more such lines", f.Name)
				return
			}
			k.errorf(lang.BadData, f.at(), "%s, line %d: %s", f.Name, line, problem)
		}
	}
}

type columns struct{ id, since, until int }

// otherSeparator says what separates the fields of a row if it is no comma: where
// each part behind the first is empty, a date or one of the words of a heading. A name
// may hold a semicolon.
func otherSeparator(row []string, heading ...string) string {
	for _, by := range [][2]string{{";", "`;`"}, {"\t", "tabs"}} {
		sep, name := by[0], by[1]
		if len(row) != 1 || !strings.Contains(row[0], sep) {
			continue
		}
		told := true
		for i, w := range strings.Split(row[0], sep) {
			w = strings.ToLower(strings.TrimSpace(w))
			if slices.Contains(heading, w) {
				return name
			}
			told = told && (i == 0 || strings.Trim(w, "0123456789.-/") == "")
		}
		if told {
			return name
		}
	}
	return ""
}

// idColumn is the column of the identities.
func (f *memberFile) idColumn() string { return cmp.Or(f.Column, "id") }

// unnamedColumn reports a heading, told by its columns of dates, that has no column id:
// read as a member, it would leave the dates aside. It says whether there is one.
func (k *checker) unnamedColumn(row []string, f *memberFile) bool {
	var words, others []string
	for _, cell := range row {
		cell = strings.TrimSpace(cell)
		words = append(words, "`"+cell+"`")
		if !strings.EqualFold(cell, "since") && !strings.EqualFold(cell, "until") {
			others = append(others, cell)
		}
	}
	if len(others) == len(words) || len(words) == 1 {
		return false
	}
	diag := k.errorf(lang.BadData, f.at(), "the first line of %s looks like a heading (%s), and has no column `id`", f.Name, strings.Join(words, ", "))
	switch {
	case len(others) > 0 && f.named():
		column := "column " + lang.Quote(others[0])
		end := f.d.From.Range().End
		diag.Fix = &lang.Fix{Label: "write `" + column + "` behind the file, if that holds the identities", Span: lang.Span{Start: end, End: end}, Replacement: " " + column}
	case len(others) > 0:
		diag.Notes = append(diag.Notes, lang.Note{Text: "if `" + others[0] + "` holds the identities, name that column where the file is named"})
	}
	return true
}

// heading reads the first line if it is one.
func (k *checker) heading(cols *columns, row []string, f *memberFile) (heading, ok bool) {
	for i, cell := range row {
		if strings.EqualFold(strings.TrimSpace(cell), f.idColumn()) {
			cols.id, heading = i, true
		}
	}
	if !heading && f.Column != "" {
		k.noColumn(row, f)
		return false, false
	}
	if !heading && k.unnamedColumn(row, f) {
		return false, false
	}
	if heading {
		for i, cell := range row {
			switch strings.ToLower(strings.TrimSpace(cell)) {
			case "since":
				cols.since = i
			case "until":
				cols.until = i
			}
		}
	}
	return heading, true
}

// noColumn reports that the column that is named is not there.
func (k *checker) noColumn(row []string, f *memberFile) {
	if f.named() {
		k.misspelt(lang.BadData, f.d.Column, f.Column, slices.Clone(row), "%s has no column `%s`", f.Name, f.Column)
		return
	}
	d := k.errorf(lang.BadData, f.at(), "%s has no column `%s`", f.Name, f.Column)
	if near, ok := lang.Nearest(f.Column, row); ok {
		d.Notes = append(d.Notes, lang.Note{Text: "there is a column `" + strings.Clone(near) + "`"})
	}
}

// row adds one line's member; it gives what is wrong with the line.
func (k *checker) row(g *Group, cols columns, row []string) string {
	cell := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	id := cell(cols.id)
	switch {
	case id == "":
		return ""
	case !utf8.ValidString(id):
		return "this is no UTF-8 text: save the file as UTF-8"
	}
	p := always
	for i, at := range []*num.Date{&p.since, &p.until} {
		text := cell([]int{cols.since, cols.until}[i])
		if text == "" {
			continue
		}
		d, err := num.ParseDate(text)
		if err != nil {
			return err.Error()
		}
		k.noteDate(d)
		*at = d
	}
	return g.admit(strings.Clone(id), p) // a row's cells share one string
}
