package oracle

import "github.com/ctl-lang/ctl/lang"

// phrase says whether the thing in the role of a preposition is as a phrase says. A
// rule without the phrase says nothing of it.
func (s *scope) phrase(prep string, x lang.Expr) bool {
	if x == nil {
		return true
	}
	role := s.roleOf(prep, x)
	if role == nil {
		return true // any
	}
	return s.fits(s.c.things[role.Name.Text], x)
}

// roleOf is the role with the preposition that the words of a phrase fit.
func (s *scope) roleOf(prep string, x lang.Expr) *lang.Role {
	names := words(x)
	for _, r := range s.roles {
		if p := r.Prep; (p == nil) != (prep == "") || p != nil && p.Text != prep {
			continue
		}
		fits := len(names) > 0
		for _, n := range names {
			fits = fits && s.isOf(n, s.kinds[r.Kind.Text])
		}
		if fits {
			return r
		}
	}
	return nil
}

// words are the names and texts of a phrase.
func words(x lang.Expr) []lang.Expr {
	switch x := x.(type) {
	case *lang.Paren:
		return words(x.X)
	case *lang.Unary:
		return words(x.X)
	case *lang.Binary:
		return append(words(x.X), words(x.Y)...)
	case *lang.Alternatives:
		var out []lang.Expr
		for _, e := range x.Elems {
			out = append(out, words(e)...)
		}
		return out
	case *lang.Any:
		return nil
	}
	return []lang.Expr{x}
}

// isOf says whether a word of a phrase can be said of things of a kind.
func (s *scope) isOf(x lang.Expr, k *kind) bool {
	if t, ok := x.(*lang.Text); ok {
		_, known := (&typ{values: k.ids}).choice(t.Value, true)
		return known || k.text
	}
	name := x.(*lang.Ref).Path[0].Text
	if t := s.terms[name]; t != nil {
		return t.Of != nil && s.kinds[t.Of.Text] == k
	}
	if g := s.groups[name]; g != nil {
		return s.kinds[g.Kind.Text] == k
	}
	if a := k.attrs[name]; a != nil && a.typ == boolean {
		return true
	}
	_, known := (&typ{values: k.ids}).choice(name, false)
	return known
}

func (s *scope) fits(t *thing, x lang.Expr) bool {
	switch x := x.(type) {
	case *lang.Paren:
		return s.fits(t, x.X)
	case *lang.Unary:
		return !s.fits(t, x.X)
	case *lang.Binary:
		if x.Op == lang.And {
			return s.fits(t, x.X) && s.fits(t, x.Y)
		}
		return s.fits(t, x.X) || s.fits(t, x.Y)
	case *lang.Alternatives:
		for _, e := range x.Elems {
			if s.fits(t, e) {
				return true
			}
		}
		return false
	case *lang.Any:
		return true
	case *lang.Text:
		id, ok := (&typ{values: t.kind.ids}).choice(x.Value, true)
		if !ok {
			id = (&typ{kind: t.kind}).text(x.Value)
		}
		return t.identity() == id
	}
	name := x.(*lang.Ref).Path[0].Text
	switch {
	case s.terms[name] != nil:
		return s.isTerm(t, t.kind, name)
	case s.groups[name] != nil:
		return s.in(t, name)
	}
	if a := t.kind.attrs[name]; a != nil && a.typ == boolean {
		return s.of(t, a) == true
	}
	return t.identity() == name
}
