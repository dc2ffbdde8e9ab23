package interp

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// mostBadMembers is how many members of one group are complained about.
const mostBadMembers = 10

// takeMembers finds and reads the members of an external group.
func (k *checker) takeMembers(g *Group, d *lang.Group) {
	members := k.l.options.Groups[g.Name]
	file, inFile := k.l.options.GroupFiles[g.Name]
	switch {
	case inFile && members != nil:
		k.badMembers(d, "both Groups and GroupFiles of interp.Options give the members of `"+g.Name+"`", nil)
	case inFile && file.Name == "":
		k.badMembers(d, "GroupFiles of interp.Options names no file for `"+g.Name+"`", nil)
	case inFile:
		k.readGroupFile(g, d, file)
	case members != nil:
		k.takeAll(g, d, members)
	case g.told == nil:
		k.noMembers(g, d.Name)
	}
}

// takeAll reads the members that a program gives.
func (k *checker) takeAll(g *Group, d *lang.Group, members Members) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case abandoned:
			panic(p)
		default:
			k.badMembers(d, fmt.Sprintf("reading the members of `%s` panicked: %v", g.Name, p), asError(p))
		}
	}()
	bad, n := 0, 0
	for m, err := range members {
		k.goOn()
		if n++; k.members+n > k.prog.options.Limits.Members {
			k.tooManyMembers(g)
			return
		}
		problem := ""
		if err == nil {
			problem = k.takeMember(g, m)
		}
		switch {
		case err != nil:
			k.badMembers(d, fmt.Sprintf("cannot read the members of `%s`: %s", g.Name, err), err)
			return
		case problem == "":
		case bad == mostBadMembers:
			k.badMembers(d, fmt.Sprintf("`%s` has more such members", g.Name), nil)
			return
		default:
			bad++
			k.badMembers(d, fmt.Sprintf("member %d of `%s`: %s", n, g.Name, problem), nil)
		}
	}
}

func asError(v any) error { err, _ := v.(error); return err }

func (k *checker) badMembers(d *lang.Group, message string, cause error) {
	k.errorf(code.BadData, d.Name, "%s", message).Cause = cause
}

// takeMember adds a member; it gives what is wrong with it.
func (k *checker) takeMember(g *Group, m Member) string {
	s := alwaysIn
	for _, at := range []struct {
		day  *Date
		into *days
	}{{m.Since, &s.since}, {m.Until, &s.until}} {
		if at.day == nil {
			continue
		}
		if y, month, day := num.Date(*at.day).YMD(); y < 1 || y > 9999 {
			_, err := num.MakeDate(y, month, day)
			return err.Error()
		}
		*at.into = oneDay(num.Date(*at.day))
		k.given = append(k.given, at.into.first)
	}
	switch {
	case m.ID == "":
		return "its identity is empty"
	case !utf8.ValidString(m.ID):
		return "its identity is no UTF-8 text"
	case g.Kind.fold.empty(m.ID):
		return "`" + m.ID + "` is no name: a name has a letter or a digit"
	}
	return k.admit(g, m.ID, s)
}

// spareMembers refuses members of groups that the rules do not declare external.
func (k *checker) spareMembers() {
	var external []string
	for _, g := range k.prog.order.groups {
		if g.decl.External {
			external = append(external, g.Name)
		}
	}
	for _, name := range append(keys(k.l.options.Groups), keys(k.l.options.GroupFiles)...) {
		if slices.Contains(external, name) {
			continue
		}
		d := unknownName(code.BadData, "external group", name, external)
		k.report(d.(*lang.Diagnostic))
	}
}
