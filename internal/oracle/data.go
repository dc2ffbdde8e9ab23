package oracle

import (
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// dataFile is what a file says of an attribute: the cells of each identity by their headings.
type dataFile struct {
	given *lang.Given
	rows  map[string]map[string]string
}

// data reads the files of a kind's attributes. Identities that a file lists are not read: no
// program of the tests has any.
func (r *reader) data(k *lang.Kind, dir string) error {
	for _, a := range k.Attrs {
		g := a.Given
		if g == nil {
			continue
		}
		if r.fsys == nil || g.File == nil {
			return fmt.Errorf("the data of %s are no part of the text", a.Name.Text)
		}
		f, err := r.fsys.Open(path.Join(dir, g.File.Value))
		if err != nil {
			return err
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			return err
		}
		out := &dataFile{g, map[string]map[string]string{}}
		id := slices.Index(rows[0], g.ID.Value)
		for _, row := range rows[1:] {
			cells := map[string]string{}
			for i, heading := range rows[0] {
				cells[heading] = row[i]
			}
			out.rows[row[id]] = cells
		}
		r.files[a] = out
	}
	return nil
}

// of is what the file says of an identity; false where it says nothing.
func (f *dataFile) of(p *Program, id string, t *typ) (any, bool) {
	row, ok := f.rows[id]
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
		return row[g.Marked.Value] != "", true
	case g.Split != nil:
		var elems []any
		for _, part := range strings.Split(row[g.Value.Value], g.Split.Value) {
			if part != "" {
				elems = append(elems, must(p.told(t.elem, part)))
			}
		}
		return collection(t.word, elems), true
	case row[g.Value.Value] == "":
		return none{}, true
	}
	return must(p.told(t, row[g.Value.Value])), true
}
