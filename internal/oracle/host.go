package oracle

import (
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"math/big"
	"path"
	"reflect"
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/stdlib"
)

// Host is what a program around the rules gives to them.
type Host struct {
	// Functions are Go functions of texts, bools and exact numbers (*big.Rat), which may
	// give an error besides.
	Functions map[string]any
	// Groups are the members of external groups.
	Groups map[string][]Member

	files map[*lang.Attr]*dataFile
}

// Member is an identity in a group, from Since to the day before Until where these are
// not "".
type Member struct{ ID, Since, Until string }

// asMembers says as declarations do which members a host or a file gives a group.
func asMembers(given []Member) []lang.Member {
	var out []lang.Member
	for _, g := range given {
		m := lang.Member{Quote: &lang.String{Value: g.ID}}
		if g.Since+g.Until != "" {
			m.Dates = &lang.Dates{}
		}
		if g.Since != "" {
			m.Dates.Since = &lang.Day{Text: g.Since}
		}
		if g.Until != "" {
			m.Dates.Until = &lang.Day{Text: g.Until}
		}
		out = append(out, m)
	}
	return out
}

// readMembers reads a CSV file of members that has a heading.
func readMembers(fsys fs.FS, name, column string) ([]Member, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%s has no members: %w", name, err)
	}
	field := func(row []string, name string) string {
		if i := slices.Index(rows[0], name); i >= 0 {
			return row[i]
		}
		return ""
	}
	var out []Member
	for _, row := range rows[1:] {
		out = append(out, Member{field(row, column), field(row, "since"), field(row, "until")})
	}
	return out, nil
}

// reader reads files, each once.
type reader struct {
	fsys  fs.FS
	seen  map[string]bool
	files map[*lang.Attr]*dataFile // of the attributes that files give
}

// read is the declarations of a file and of the files and modules that it uses.
func (r *reader) read(name string) ([]lang.Decl, error) {
	if r.seen[name] {
		return nil, nil
	}
	r.seen[name] = true
	text, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		return nil, err
	}
	return r.parse(name, string(text))
}

func (r *reader) parse(name, text string) ([]lang.Decl, error) {
	file, problems := lang.Parse(context.Background(), name, text)
	if problems.HasErrors() {
		return nil, problems
	}
	var decls []lang.Decl
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *lang.Use:
			more, err := r.use(d, path.Dir(name))
			if err != nil {
				return nil, err
			}
			decls = append(decls, more...)
		case *lang.Kind:
			if err := r.data(d, path.Dir(name)); err != nil {
				return nil, err
			}
		case *lang.Group:
			if d.From == nil {
				continue
			}
			column := "id"
			if d.Column != nil {
				column = d.Column.Value
			}
			if r.fsys == nil {
				return nil, fmt.Errorf("the members of %s are no part of the text", d.Name.Text)
			}
			given, err := readMembers(r.fsys, path.Join(path.Dir(name), d.From.Value), column)
			if err != nil {
				return nil, err
			}
			d.From, d.Members = nil, asMembers(given)
		}
	}
	return append(decls, file.Decls...), nil
}

// use is the declarations of what a file uses.
func (r *reader) use(u *lang.Use, dir string) ([]lang.Decl, error) {
	if u.Module == nil {
		if r.fsys == nil {
			return nil, fmt.Errorf("%s is another file", u.Path.Value)
		}
		return r.read(path.Join(dir, u.Path.Value))
	}
	if r.seen[u.Module.Text] {
		return nil, nil
	}
	r.seen[u.Module.Text] = true
	text, _ := stdlib.Module(u.Module.Text)
	return r.parse(u.Module.Text, text)
}

// callOwn calls a function of the host. Its errors are those of the condition.
func callOwn(f any, args []any) (any, error) {
	var in []reflect.Value
	for _, a := range args {
		if n, ok := a.(num.Number); ok {
			a = n.Rat()
		}
		in = append(in, reflect.ValueOf(a))
	}
	out := reflect.ValueOf(f).Call(in)
	if len(out) > 1 && !out[1].IsNil() {
		return nil, out[1].Interface().(error)
	}
	if r, ok := out[0].Interface().(*big.Rat); ok {
		return num.FromRat(r)
	}
	return out[0].Interface(), nil
}
