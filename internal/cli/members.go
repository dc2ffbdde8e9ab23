package cli

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// memberFlags say who is in the groups that the rules declare external.
type memberFlags struct {
	Members []string `sep:"none" placeholder:"GROUP=FILE" help:"A CSV file of the members of a group that the rules declare external; once for each such group. Where another column than id holds them: 'GROUP=FILE column NAME'."`
}

// loading is what the rules are loaded with.
func (f memberFlags) loading() (interp.Options, error) {
	files := map[string]interp.GroupFile{}
	for _, word := range f.Members {
		group, file, _ := strings.Cut(word, "=")
		file, column, named := strings.Cut(file, " column ")
		from := interp.GroupFile{Name: strings.TrimSpace(file), Column: strings.TrimSpace(column)}
		group = strings.TrimSpace(group)
		_, twice := files[group]
		switch {
		case group == "" || from.Name == "" || named && from.Column == "":
			return interp.Options{}, usage("--members %s: say the group and its file, as in --members Denied=denied.csv", word)
		case from.Name == "-":
			return interp.Options{}, usage("--members %s: the members are read from a file, and not from standard input", word)
		case twice:
			return interp.Options{}, usage("--members: the members of %s are given twice", group)
		}
		files[group] = from
	}
	return interp.Options{GroupFiles: files}, nil
}

// declared are the flags for the groups that rule files declare external, and the others.
func (f memberFlags) declared(a *App, files []string) (in, out memberFlags) {
	if len(f.Members) == 0 {
		return f, f
	}
	prog, err := a.loadWith(interp.Options{OpenGroups: true}, files)
	if err != nil {
		return f, memberFlags{} // whose loading says what is wrong
	}
	for _, word := range f.Members {
		name, _, _ := strings.Cut(word, "=")
		if slices.ContainsFunc(prog.Groups(), func(g *interp.Group) bool { return g.Open() && g.Name == strings.TrimSpace(name) }) {
			in.Members = append(in.Members, word)
		} else {
			out.Members = append(out.Members, word)
		}
	}
	return in, out
}
