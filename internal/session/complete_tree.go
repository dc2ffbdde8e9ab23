package session

import (
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// A text is completed by its tree: a word is put in for the one that is being typed, the
// text is parsed, and where the word stands in the tree says what may stand there.

// standIn is the word put in: no name of anybody's, and near to no word of the language.
const standIn = "_the_word_at_the_cursor_"

// completer walks a tree to the stand-in.
type completer struct {
	s       *Session
	c       cursor
	members []member // the names bound where the walk is
	about   string   // the role of whose attributes a term speaks by their names alone, or ""
	found   []candidate
	ok      bool // the stand-in was found
}

// within finds what may stand at a cursor, by a function that parses the text with what
// is put in for the rest of it, and walks the tree. The rest is as short as the tree
// allows: the brackets that are open, or else the body that a declaration has.
func (s *Session) within(c cursor, parse func(rest string) *completer) (found []candidate, ok bool) {
	closers := closing(c.tokens)
	for _, body := range []string{"", " {}", ": x"} {
		if p := parse(standIn + body + closers); p.ok {
			return p.found, true
		}
	}
	return nil, false
}

// closing is what closes the brackets that are open behind tokens.
func closing(tokens []lang.Token) string {
	closers := ""
	for _, t := range tokens {
		switch {
		case t.Text == "(":
			closers = ")" + closers
		case t.Text == "{":
			closers = "\n}" + closers
		case (t.Text == ")" || t.Text == "}") && closers != "":
			closers = strings.TrimPrefix(closers, "\n")[1:]
		}
	}
	return closers
}

func (p *completer) offer(found []candidate) { p.found, p.ok = found, true }

// name offers candidates where a name is the stand-in.
func (p *completer) name(n *lang.Name, found func() []candidate) {
	if n != nil && n.Text == standIn {
		p.offer(found())
	}
}

func (p *completer) names(ns []lang.Name, found func() []candidate) {
	for i := range ns {
		p.name(&ns[i], found)
	}
}

func (p *completer) labels(ls []lang.LabelRef) {
	for _, l := range ls {
		if l.Text == standIn {
			p.offer(p.s.labels(p.c.typed()))
		}
	}
}

func (p *completer) policies() []candidate { return words(p.s.now.prog.index().policies) }
func (p *completer) kinds() []candidate    { return words(p.s.now.prog.index().kinds) }
func (p *completer) outcomes() []candidate { return words(p.s.now.prog.index().outcomes) }

func (p *completer) file(f *lang.File) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *lang.Role:
			p.name(&d.Kind, p.kinds)
		case *lang.Group:
			p.name(&d.Kind, p.kinds)
			for i := range d.Members {
				p.name(&d.Members[i].Name, func() []candidate { return p.s.members(d.Kind.Text) })
			}
		case *lang.Function:
			for _, t := range append(d.Params[:len(d.Params):len(d.Params)], d.Result) {
				if t != nil {
					p.name(t.Member().Name, p.kinds)
				}
			}
		case *lang.Term:
			p.name(d.Of, p.kinds)
			p.about = p.s.roleOf(d.Of)
			p.condition(d.Cond)
			p.about = ""
		case *lang.Constraint:
			p.condition(d.Cond)
		case *lang.Policy:
			p.name(d.Amends, p.policies)
			p.items(d.Items)
		case *lang.Series:
			p.names(d.Policies, p.policies)
		case *lang.Test:
			p.names(d.Under, p.policies)
			p.conditions(d.Given)
			for _, e := range d.Expect {
				p.name(&e.Outcome, p.outcomes)
				p.names(e.Between, p.outcomes)
				p.labels(e.By)
			}
		case *lang.Claim:
			p.names(d.Under, p.policies)
			p.names(d.Outcomes, p.outcomes)
			p.name(d.A, p.policies)
			p.name(d.B, p.policies)
			p.condition(d.When)
		}
	}
}

// members are what a group of a kind may have as its members.
func (s *Session) members(kind string) []candidate {
	var out []candidate
	for _, g := range s.now.prog.Groups() {
		if g.Kind.Name == kind {
			out = append(out, candidate{text: g.Name})
		}
	}
	for _, k := range s.now.prog.Kinds() {
		if k.Name == kind {
			out = append(out, s.now.prog.index().identities(k)...)
		}
	}
	return out
}

func (p *completer) items(items []lang.Item) {
	for i, it := range items {
		switch it := it.(type) {
		case *lang.Rule:
			p.rule(it)
			if i > 0 && it.Outcome.Text == standIn && it.Label == nil {
				p.found = append(p.follow(items[i-1]), p.found...)
			}
		case *lang.Otherwise:
			p.name(&it.Outcome, p.outcomes)
		case *lang.Repeal:
			p.labels(it.Labels)
		case *lang.Replace:
			p.labels([]lang.LabelRef{it.Label})
			p.rule(it.Rule)
		case *lang.ReplaceValue:
			p.name(&it.Value.Name, func() []candidate { return words(p.s.now.prog.ValuesFor("")) })
		case *lang.Section:
			p.condition(it.When)
			p.items(it.Items)
		}
	}
}

func (p *completer) rule(r *lang.Rule) {
	p.name(&r.Outcome, p.outcomes)
	p.phrase(r.Object, p.s.object())
	for _, ph := range r.Phrases {
		if role := p.s.now.prog.index().preps[ph.Prep.Text]; role != nil {
			p.phrase(ph.X, role.Kind)
		}
	}
	p.condition(r.When)
	p.condition(r.Unless)
	p.labels(r.Notwithstanding)
	p.labels(r.SubjectTo)
}

// phrase offers what may stand in a phrase about a kind.
func (p *completer) phrase(e lang.Expr, k *interp.Kind) {
	if isStandIn(e) {
		p.offer(p.s.ofKind(k))
	}
	for _, x := range parts(e) {
		p.phrase(x, k)
	}
}

func (p *completer) conditions(es []lang.Expr) {
	for _, e := range es {
		p.condition(e)
	}
}

// condition offers what may stand in a condition.
func (p *completer) condition(e lang.Expr) {
	switch e := e.(type) {
	case *lang.Ref:
		if isStandIn(e) {
			p.offer(append(p.memberWords(), p.s.conditionWords(p.c.typed())...))
		}
	case *lang.Quant:
		p.withMembers(e.Var.Text, e.List, e.Cond)
		return
	case *lang.Aggregate:
		p.withMembers(e.Var.Text, e.List, e.X, e.Where)
		return
	case *lang.Is:
		p.name(&e.Term, func() []candidate {
			found := p.s.termsOf(refText(e.X))
			if info, ok := p.s.now.prog.FactInfo(p.path(e.X)); ok && info.Form == interp.ListAnswer {
				found = append(found, candidate{text: "empty"})
			}
			if !e.Not {
				found = append(found, candidate{text: "not"})
			}
			return found
		})
	case *lang.In:
		path := p.path(e.X)
		if isStandIn(e.Target) {
			p.offer(p.s.groupsOf(path))
			return
		}
		if t, ok := e.Target.(*lang.Tuple); ok && slices.ContainsFunc(t.Elems, isStandIn) {
			p.offer(append(append(p.s.valuesOf(path), words(p.s.now.prog.ValuesFor(path))...), p.s.groupsOf(path)...))
			return
		}
	case *lang.Binary:
		path := p.path(e)
		of := p.ofMember(e)
		switch {
		case of != nil && e.Op >= lang.Eq && e.Op <= lang.Ge && isStandIn(e.Y):
			p.offer(choicesOf(of))
			return
		case of != nil && hasStandInUnit(e):
			p.offer(words(p.s.now.prog.Units(of)))
			return
		case path == "" || e.Op < lang.Eq:
		case e.Op <= lang.Ge && (isStandIn(e.Y) || slices.ContainsFunc(membersOf(e.Y), isStandIn)):
			p.offer(append(p.s.valuesOf(path), words(p.s.now.prog.ValuesFor(path))...))
			return
		case hasStandInUnit(e):
			p.offer(words(p.s.now.prog.UnitsOf(path)))
			return
		}
	}
	p.conditions(parts(e))
}

// roleOf is a role of a kind, or "".
func (s *Session) roleOf(kind *lang.Name) string {
	for _, r := range s.now.prog.Roles() {
		if kind != nil && r.Kind.Name == kind.Text {
			return r.Name
		}
	}
	return ""
}

// path is the fact that an expression begins with.
func (p *completer) path(e lang.Expr) string {
	path := pathOf(e)
	if _, isFact := p.s.now.prog.FactInfo(path); !isFact && p.about != "" && path != "" {
		return p.about + "." + path
	}
	return path
}

// pathOf is the first path in an expression.
func pathOf(e lang.Expr) string {
	if r, ok := e.(*lang.Ref); ok && r != nil && !isStandIn(r) {
		return refText(r)
	}
	for _, x := range parts(e) {
		if path := pathOf(x); path != "" {
			return path
		}
	}
	return ""
}

// membersOf are the members of a set that stand in parentheses; none of another value.
func membersOf(e lang.Expr) []lang.Expr {
	switch e := e.(type) {
	case *lang.Tuple:
		return e.Elems
	case *lang.Paren:
		return []lang.Expr{e.X}
	}
	return nil
}

func isStandIn(e lang.Expr) bool {
	r, ok := e.(*lang.Ref)
	return ok && r != nil && len(r.Path) == 1 && r.Path[0].Text == standIn
}

// hasStandInUnit says whether the stand-in is the unit of a number.
func hasStandInUnit(e lang.Expr) bool {
	n, ok := e.(*lang.Number)
	return ok && n != nil && n.Unit == standIn || slices.ContainsFunc(parts(e), hasStandInUnit)
}

// parts are the expressions that an expression is made of.
func parts(e lang.Expr) []lang.Expr {
	switch e := e.(type) {
	case *lang.Binary:
		return []lang.Expr{e.X, e.Y}
	case *lang.Unary:
		return []lang.Expr{e.X}
	case *lang.Paren:
		return []lang.Expr{e.X}
	case *lang.In:
		return []lang.Expr{e.X, e.Target}
	case *lang.Tuple:
		return e.Elems
	case *lang.Interval:
		return []lang.Expr{e.Lo, e.Hi}
	case *lang.Is:
		return []lang.Expr{e.X}
	case *lang.Has:
		return []lang.Expr{e.X}
	case *lang.Like:
		return []lang.Expr{e.X}
	case *lang.Under:
		return []lang.Expr{e.X}
	case *lang.Within:
		return []lang.Expr{e.X, e.Amount, e.Y}
	case *lang.AtLeast:
		return e.Of
	case *lang.SetQuant:
		return []lang.Expr{e.X, e.Target}
	case *lang.Quant:
		return []lang.Expr{e.List, e.Cond}
	case *lang.Aggregate:
		return []lang.Expr{e.List, e.X, e.Where}
	case *lang.Call:
		return e.Args
	case *lang.Alternatives:
		return e.Elems
	}
	return nil
}
