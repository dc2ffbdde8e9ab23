package oracle

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// dataFile is what a file says of an attribute: the cells of each identity by their headings.
type dataFile struct {
	given *lang.Given
	value string // the heading of the column of the values, or ""
	ids   *typ   // of the identities
	rows  map[string]map[string]string
}

// data reads the file that lists a kind's identities, and those of its attributes.
func (r *reader) data(k *lang.Kind, dir string) error {
	spelled := &typ{kind: &kind{code: k.Code, names: k.ByName}}
	if k.From != nil && !k.Open {
		rows, err := r.rows(path.Join(dir, k.From.Value))
		if err != nil {
			return err
		}
		id := slices.Index(rows[0], k.Column.Value)
		for _, row := range rows[1:] {
			if !slices.ContainsFunc(k.Ids, func(c *lang.Choice) bool { return spelled.text(c.Name.Text) == spelled.text(row[id]) }) {
				k.Ids = append(k.Ids, &lang.Choice{Name: lang.Name{Text: row[id]}})
			}
		}
	}
	for _, a := range k.Attrs {
		g := a.Given
		if g == nil {
			continue
		}
		file, column, value := g.File, g.ID, g.Value
		if file == nil {
			file, column, value = k.From, k.Column, g.Column
		}
		rows, err := r.rows(path.Join(dir, file.Value))
		if err != nil {
			return err
		}
		out := &dataFile{given: g, ids: spelled, rows: map[string]map[string]string{}}
		if value != nil {
			out.value = value.Value
		}
		id := slices.Index(rows[0], column.Value)
		for _, row := range rows[1:] {
			cells := map[string]string{}
			for i, heading := range rows[0] {
				cells[heading] = row[i]
			}
			out.rows[spelled.text(row[id])] = cells
		}
		r.files[a] = out
	}
	return nil
}

// rows are those of a CSV file, the heading first.
func (r *reader) rows(name string) ([][]string, error) {
	if r.fsys == nil {
		return nil, fmt.Errorf("%s is no part of the text", name)
	}
	text, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		return nil, err
	}
	in := csv.NewReader(bytes.NewReader(text))
	heading, _, _ := bytes.Cut(text, []byte("\n"))
	for _, separator := range ";\t" {
		if bytes.ContainsRune(heading, separator) {
			in.Comma = separator
		}
	}
	return in.ReadAll()
}

// of is what the file says of an identity; false where it says nothing.
func (f *dataFile) of(p *Program, id string, t *typ) (any, bool) {
	row, ok := f.rows[f.ids.text(id)]
	if !ok {
		return nil, false
	}
	g := f.given
	switch {
	case g.Marks != nil:
		out := set{}
		for _, c := range t.elem.values {
			if row[c.Name.Text] == g.Marks.Value {
				out = append(out, c.Name.Text)
			}
		}
		return out, true
	case g.Marked != nil:
		return slices.Contains([]string{"X", "yes", "true", "1"}, row[g.Marked.Value]), true
	case g.Split != nil:
		var elems []any
		for _, part := range strings.Split(row[f.value], g.Split.Value) {
			if part != "" {
				elems = append(elems, must(p.told(t.elem, part)))
			}
		}
		return collection(t.word, elems), true
	case row[f.value] == "":
		return none{}, true
	case g.Unit != nil:
		return p.quantity(&lang.Number{Text: row[f.value], Unit: g.Unit.Text}), true
	}
	return must(p.told(t, row[f.value])), true
}
