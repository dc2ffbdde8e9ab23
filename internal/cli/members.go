package cli

import (
	"maps"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// memberFlags say who is in the groups that the rules declare external.
type memberFlags struct {
	Members []string `sep:"none" placeholder:"GROUP=FILE" help:"A CSV file of the members of a group that the rules declare external; once for each such group. Where another column than id holds them: 'GROUP=FILE column NAME'."`
}

// loading is what the rules are loaded with: what the program brings, and the members that the
// command line names. Of the groups of neither, who is in them is a fact of each case.
func (a *App) loading(f memberFlags) (interp.Options, error) {
	opts := a.opening()
	files := map[string]interp.GroupFile{}
	for _, word := range f.Members {
		group, file, _ := strings.Cut(word, "=")
		file, column, named := strings.Cut(file, " column ")
		from := interp.GroupFile{Name: strings.TrimSpace(file), Column: strings.TrimSpace(column)}
		group = strings.TrimSpace(group)
		_, twice := files[group]
		switch {
		case group == "" || from.Name == "" || named && from.Column == "":
			return opts, usage("--members %s: say the group and its file, as in --members Denied=denied.csv", word)
		case from.Name == "-":
			return opts, usage("--members %s: the members are read from a file, and not from standard input", word)
		case twice:
			return opts, usage("--members: the members of %s are given twice", group)
		}
		files[group] = from
	}
	opts.Groups = maps.Clone(opts.Groups)
	for group, file := range opts.GroupFiles {
		if _, named := files[group]; !named {
			files[group] = file
		}
	}
	for group := range files {
		delete(opts.Groups, group)
	}
	opts.GroupFiles = files
	return opts, nil
}

// opening is what rules are loaded with whose groups need no members.
func (a *App) opening() interp.Options {
	opts := a.with
	opts.OpenGroups = true
	return opts
}

// openGroups are the groups of which nobody knows the members here.
func openGroups(prog *interp.Program) []string {
	var names []string
	for _, g := range prog.Groups() {
		if g.Open() {
			names = append(names, g.Name)
		}
	}
	return names
}

// loadVersions reads two versions of rules.
func (a *App) loadVersions(old, new []string, groups memberFlags) (before, prog *interp.Program, err error) {
	opts, err := a.loading(groups)
	if err != nil {
		return nil, nil, err
	}
	ofOld, ofNew, err := a.ofVersions(opts, old, new)
	if err == nil {
		before, err = a.loadWith(ofOld, old)
	}
	if err == nil {
		prog, err = a.loadWith(ofNew, new)
	}
	return before, prog, unusable(err)
}

// ofVersions gives each version the members of the groups that it declares external: a list
// may stand in the rules of the other. Those of a group that neither has are a mistake, which the
// newer tells.
func (a *App) ofVersions(opts interp.Options, old, new []string) (ofOld, ofNew interp.Options, err error) {
	if len(opts.GroupFiles) == 0 {
		return opts, opts, nil
	}
	bare := a.opening()
	bare.Groups, bare.GroupFiles = nil, nil
	before, err := a.loadWith(bare, old)
	if err != nil {
		return opts, opts, err
	}
	prog, err := a.loadWith(bare, new)
	if err != nil {
		return opts, opts, err
	}
	inOld, inNew := openGroups(before), openGroups(prog)
	ofOld, ofNew = opts, opts
	ofOld.GroupFiles, ofNew.GroupFiles = map[string]interp.GroupFile{}, map[string]interp.GroupFile{}
	for group, file := range opts.GroupFiles {
		if slices.Contains(inOld, group) {
			ofOld.GroupFiles[group] = file
		}
		if slices.Contains(inNew, group) || !slices.Contains(inOld, group) {
			ofNew.GroupFiles[group] = file
		}
	}
	return ofOld, ofNew, nil
}
