package gen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
)

// groups finds the groups whose members the rules do not give: those of which a case tells, and
// those of which the program does.
func (w *writer) groups() error {
	var all []string
	for _, g := range w.prog.Groups() {
		i := slices.IndexFunc(g.Kind.Attrs, func(a *interp.Attr) bool { return a.Group == g })
		if i < 0 {
			continue
		}
		met := slices.Contains(w.prog.CaseKinds(), g.Kind)
		if met {
			all = append(all, g.Name)
		}
		switch {
		case met && slices.Contains(w.o.OpenGroups, g.Name):
			w.told = append(w.told, g.Kind.Attrs[i])
		case g.Open():
			w.open = append(w.open, g)
		}
	}
	for _, name := range w.o.OpenGroups {
		switch {
		case slices.Contains(all, name):
		case len(all) == 0:
			return fmt.Errorf("--open-group %s: the rules have no group of which a case could tell who is in it", name)
		default:
			return fmt.Errorf("--open-group %s: a case can tell who is in %s, and in no other group", name, strings.Join(all, ", "))
		}
	}
	return nil
}

// asked says whether a case tells who is in a group.
func (w *writer) asked(g *interp.Group) bool {
	return slices.ContainsFunc(w.told, func(a *interp.Attr) bool { return a.Group == g })
}

// outside writes what the program around the rules brings.
func (w *writer) outside() {
	signatures := w.prog.Signatures()
	var params, sets []string
	if len(signatures) > 0 {
		params = append(params, "functions Functions")
		sets = append(sets, w.functions(signatures))
	}
	if len(w.open) > 0 {
		params = append(params, "members Members")
		sets = append(sets, w.members())
	}
	if slices.ContainsFunc(w.told, func(a *interp.Attr) bool { return a.Group.Open() }) {
		sets = append(sets, "o.OpenGroups = true\n")
	}
	w.uses(interpPath)
	w.printf("\n")
	w.doc("Options are what the rules are loaded with: what they leave to the program around them. Set what else is wanted, such as a clock or limits, before they load.")
	w.printf("func Options(%s) interp.Options {\n", strings.Join(params, ", "))
	if len(sets) == 0 {
		w.printf("return interp.Options{}\n}\n")
		return
	}
	w.printf("o := interp.Options{}\n%sreturn o\n}\n", strings.Join(sets, ""))
}

// members writes the type of what the program knows of groups, and gives what Options does
// with it. Where some groups are open to cases, one that was forgotten would be open too.
func (w *writer) members() (set string) {
	w.printf("\n")
	w.doc("Members are those of the groups that the rules declare external, read once while the rules load.")
	w.printf("type Members struct {\n")
	fields := scope{}
	set = "o.Groups = map[string]interp.Members{\n"
	for _, g := range w.open {
		field := fields.name(g.Name)
		w.doc("Who is in the group "+g.Name+" of "+g.Kind.Name+".", g.Doc)
		w.printf("%s interp.Members\n", field)
		value := "members." + field
		if len(w.told) > 0 {
			value = fmt.Sprintf("given(%q, %s)", g.Name, value)
		}
		set += fmt.Sprintf("%q: %s,\n", g.Name, value)
	}
	w.printf("}\n")
	if len(w.told) > 0 {
		w.uses("fmt")
		w.printf("%s", givenHelper)
	}
	return set + "}\n"
}

// givenHelper is for members that may be forgotten.
const givenHelper = `
// given is an error of the rules where the members of a group are forgotten.
func given(group string, members interp.Members) interp.Members {
	if members != nil {
		return members
	}
	return func(yield func(interp.Member, error) bool) {
		yield(interp.Member{}, fmt.Errorf("the members of %s are not given", group))
	}
}
`
