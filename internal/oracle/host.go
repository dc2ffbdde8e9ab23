package oracle

import (
	"context"
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

// members are those rows of a CSV file that a group is declared with which are meant.
func (r *reader) members(g *lang.Group, name, column string) ([]Member, error) {
	rows, err := r.rows(name)
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%s has no members: %w", name, err)
	}
	field := func(row []string, named *lang.String, name string) string {
		if named != nil {
			name = named.Value
		}
		if i := slices.Index(rows[0], name); i >= 0 {
			return row[i]
		}
		return ""
	}
	var out []Member
	for _, row := range rows[1:] {
		cells := func(e lang.Expr) string { return row[slices.Index(rows[0], e.(*lang.Text).Value)] }
		if g.Where == nil || meant(g.Where, cells) {
			out = append(out, Member{field(row, nil, column), field(row, g.Since, "since"), field(row, g.Until, "until")})
		}
	}
	return out, nil
}

// meant says whether a condition on the cells of a row holds.
func meant(e lang.Expr, cell func(lang.Expr) string) bool {
	switch e := unwrap(e).(type) {
	case *lang.Unary:
		return !meant(e.X, cell)
	case *lang.Binary:
		switch e.Op {
		case lang.And:
			return meant(e.X, cell) && meant(e.Y, cell)
		case lang.Or:
			return meant(e.X, cell) || meant(e.Y, cell)
		}
		return (cell(e.X) == e.Y.(*lang.Text).Value) == (e.Op == lang.Eq)
	case *lang.In:
		return slices.ContainsFunc(e.Target.(*lang.Tuple).Elems, func(x lang.Expr) bool { return cell(e.X) == x.(*lang.Text).Value }) != e.Not
	case *lang.Like:
		return matches([]rune(cell(e.X)), []rune(e.Pattern.Value)) != e.Not
	}
	panic(fmt.Sprintf("%T says nothing of a row", e))
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
			given, err := r.members(d, path.Join(path.Dir(name), d.From.Value), column)
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
