package interp

import (
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// openGroup makes the membership in a group a fact of each thing of its kind. It has a
// name that no author can give, and that reads as a sentence: buyer is in Denied.
func (k *checker) openGroup(g *Group) {
	g.told = &Attr{Name: "in " + g.Name, Type: typeBool, Doc: g.Doc, Open: true, Group: g, src: g.src, span: g.decl.Name.Range()}
	k.addAttr(g.Kind, g.told, g.decl.Name)
}

// beUnsure makes the membership in a group a fact of those of whom it is not known on some
// days whether they are in it.
func (k *checker) beUnsure(g *Group) {
	if g.unsure == nil {
		g.unsure = &unsureMembers{doubts: map[string][]doubt{}}
	}
	if g.unsure.told == nil {
		g.unsure.told = &Attr{Name: "in " + g.Name, Type: typeBool, Doc: g.Doc, Open: true, Group: g, src: g.src, span: g.decl.Name.Range()}
		k.addAttr(g.Kind, g.unsure.told, g.decl.Name)
		k.prog.dataGiven = true
	}
}

// memberOf asks whether what an operand gives is in a group; nil where that cannot be asked.
func (k *checker) memberOf(e lang.Expr, g *Group, x operand) cond {
	subject, ok := x.(*path)
	switch {
	case !g.Open() && g.unsure != nil && !ok:
		k.errorf(code.TypeMismatch, e, "on some days it is not known who is in `%s`, so that it is asked of a fact", g.Name)
		return nil
	case !g.Open():
		return &groupCond{at{e}, g, x}
	case !ok:
		k.noMembers(g, e)
		return nil
	}
	return k.mayBeIn(e, g, subject)
}

// mayBeIn asks whether a thing is in a group of which not all members are known: among those that
// are, or in one of the groups that nobody gives members.
func (k *checker) mayBeIn(e lang.Expr, g *Group, subject *path) cond {
	if g.told != nil && g.known == nil {
		return k.factAbout(e, g.told, subject)
	}
	in := &anyCond{at: at{e}}
	if g.known != nil {
		in.xs = append(in.xs, &groupCond{at{e}, g.known, subject})
	}
	if g.told != nil {
		in.xs = append(in.xs, k.factAbout(e, g.told, subject))
	}
	for _, o := range g.open {
		there := k.factAbout(&lang.Ref{Path: []lang.Name{{Text: o.group.Name}}}, o.group.told, subject)
		in.xs = append(in.xs, k.onDays(o.days, there))
	}
	return in
}

// onDays is a condition on some days, and false on all others.
func (k *checker) onDays(days period, c cond) cond {
	all := &allCond{at: at{c.node()}, xs: []cond{c}}
	compare := func(op lang.Op, day num.Date) {
		k.readsDate = true
		word := lang.DateLit{Text: day.String()}
		date := &lang.Ref{Path: []lang.Name{{Text: caseDateName}}}
		all.xs = append(all.xs, &compareCond{at{&lang.Binary{Op: op, X: date, Y: &word}}, op, &caseDate{}, &constant{Date(day), typeDate}})
	}
	if days.since != always.since {
		compare(lang.Ge, days.since)
	}
	if days.until != always.until {
		compare(lang.Lt, days.until)
	}
	if len(all.xs) == 1 {
		return c
	}
	return all
}

// membersOf asks whether all or any of some things are in a group; nil where that
// cannot be asked.
func (k *checker) membersOf(e *lang.SetQuant, g *Group, set operand, sc scope) cond {
	if !g.Open() {
		return &setCond{at: at{e}, op: e.Op, set: set, target: target{group: g}}
	}
	op := lang.Some
	if e.Op == lang.AllOf {
		op = lang.Every
	}
	each := &path{root: varRoot, index: len(sc.vars), name: "member", kind: g.Kind, t: set.typ().elem}
	return &quantCond{at: at{e}, op: op, name: each.name, depth: each.index, list: set, body: k.mayBeIn(e, g, each)}
}

// noMembers reports a group whose members nothing gives, where they are needed.
func (k *checker) noMembers(g *Group, at lang.Node) {
	d := k.errorf(code.NoMembers, at, "nothing gives the members of the external group `%s`", g.Name)
	d.Notes = append(d.Notes, lang.Note{Text: "`ctl` reads them from a file with --members " + g.Name + "=FILE, and a program that embeds the rules gives them in interp.Options"})
}
