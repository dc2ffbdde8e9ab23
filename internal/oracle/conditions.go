package oracle

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// holds says whether a condition holds. One that cannot be evaluated is neither true nor
// false: what the run supposes of it counts.
func (s *scope) holds(x lang.Expr) bool {
	switch x := x.(type) {
	case *lang.Paren:
		return s.holds(x.X)
	case *lang.Unary:
		if x.Op == lang.Not {
			return !s.holds(x.X)
		}
	case *lang.Binary:
		switch x.Op {
		case lang.And:
			return s.holds(x.X) && s.holds(x.Y)
		case lang.Or:
			return s.holds(x.X) || s.holds(x.Y)
		case lang.Implies:
			return !s.holds(x.X) || s.holds(x.Y)
		}
	case *lang.AtLeast:
		return s.tally(x)
	case *lang.Quant:
		if x.Op != lang.Count {
			return s.quantified(x)
		}
	}
	v, err := s.relation(x)
	if err != nil {
		return s.suppose("", x)
	}
	return v
}

func (s *scope) tally(x *lang.AtLeast) bool {
	n := int64(0)
	for _, c := range x.Of {
		if s.holds(c) {
			n++
		}
	}
	want, _ := must(num.Parse(x.N.Text)).Int64()
	switch x.Op {
	case lang.Least:
		return n >= want
	case lang.Most:
		return n <= want
	}
	return n == want
}

// quantified is false of a list that is none.
func (s *scope) quantified(q *lang.Quant) bool {
	each, known := s.each(q)
	if !known {
		return false
	}
	for _, inner := range each {
		if inner.holds(q.Cond) != (q.Op == lang.Every) {
			return q.Op == lang.Some
		}
	}
	return q.Op != lang.Some
}

func (s *scope) relation(x lang.Expr) (bool, error) {
	switch x := x.(type) {
	case *lang.Binary:
		if x.Op <= lang.Ge {
			return s.compared(x)
		}
	case *lang.In:
		return s.membership(x)
	case *lang.Is:
		at, _ := s.path(x.X)
		if at.typ.elem != nil { // is empty
			members, known := elements(at.value())
			return known && (len(members) == 0) != x.Not, nil
		}
		return s.isTerm(at.value(), at.kind, x.Term.Text) != x.Not, nil
	case *lang.Has:
		return s.has(x)
	case *lang.Like:
		return s.like(x)
	case *lang.Under:
		return s.under(x)
	case *lang.Within:
		return s.within(x)
	case *lang.SetQuant:
		return s.setQuantified(x)
	case *lang.Ref:
		return s.bare(x)
	case *lang.Call:
		v, err := s.call(x)
		b, _ := v.(bool)
		return b, err
	}
	return false, fmt.Errorf("%T is no condition", x)
}

// bare is a name as a condition: a bool, a term or a group.
func (s *scope) bare(r *lang.Ref) (bool, error) {
	name := r.Path[0].Text
	if at, ok := s.path(r); ok {
		return at.value() == true, nil // none is not `yes`
	}
	switch {
	case name == "yes" || name == "no":
		return name == "yes", nil
	case s.terms[name] != nil && s.terms[name].Of == nil:
		return (&scope{run: s.run}).holds(s.terms[name].Cond), nil
	case s.terms[name] != nil:
		k := s.kinds[s.terms[name].Of.Text]
		return s.isTerm(s.only(k), k, name), nil
	case s.groups[name] != nil:
		return s.in(s.only(s.kinds[s.groups[name].Kind.Text]), name), nil
	}
	for _, k := range s.kinds { // an open term of the only role of its kind
		if k.attrs[name] != nil && k != s.kind {
			if only := s.only(k); only != nil {
				return s.of(only, k.attrs[name]) == true, nil
			}
		}
	}
	return false, fmt.Errorf("nothing is called %s", name)
}

// only is the thing that a bare term is about: what the term around it is about, or the
// thing in the only role of its kind.
func (s *scope) only(k *kind) any {
	if s.kind == k {
		return s.self
	}
	for _, r := range s.roles {
		if s.kinds[r.Kind.Text] == k {
			return s.c.things[r.Name.Text]
		}
	}
	return nil
}

// isTerm says whether a thing is as a term says. None is as no term says.
func (s *scope) isTerm(thing any, k *kind, term string) bool {
	if isNone(thing) {
		return false
	}
	if t, ok := s.terms[term]; ok {
		return (&scope{run: s.run, self: thing, kind: k}).holds(t.Cond)
	}
	return s.of(thing, k.attrs[term]) == true
}

func (s *scope) has(x *lang.Has) (bool, error) {
	at, ok := s.path(x.X)
	if !ok {
		return false, fmt.Errorf("there is no %s", lang.FormatExpr(x.X))
	}
	return !isNone(at.value()), nil
}

// compared is false where a side is none.
func (s *scope) compared(b *lang.Binary) (bool, error) {
	if of := s.typeIn(b.X); of != nil && of.elem != nil {
		if members, ok := s.writtenOut(b.Y); ok {
			return s.hasMembers(b, of, members)
		}
	}
	x, xErr := s.value(b.X, s.typeIn(b.Y))
	y, yErr := s.value(b.Y, s.typeIn(b.X))
	if isNone(x, y) {
		return false, nil // whatever the other side is, also if it cannot be computed
	}
	if err := cmp.Or(xErr, yErr); err != nil {
		return false, err
	}
	return compare(b.Op, x, y), nil
}

// writtenOut are the members of a list in parentheses, be it one of a single value; false of what is
// itself a set or a list.
func (s *scope) writtenOut(x lang.Expr) ([]lang.Expr, bool) {
	switch x := x.(type) {
	case *lang.Tuple:
		return x.Elems, true
	case *lang.Paren:
		t := s.typeIn(x)
		return []lang.Expr{x.X}, t == nil || t.elem == nil
	}
	return nil, false
}

// hasMembers is whether a set or a list is the one of some members, false where it or one of them is
// none.
func (s *scope) hasMembers(b *lang.Binary, of *typ, members []lang.Expr) (bool, error) {
	x, err := s.value(b.X, nil)
	var values []any
	for _, m := range members {
		v, wrong := s.value(m, of.elem)
		values, err = append(values, v), cmp.Or(err, wrong)
	}
	if isNone(append(values, x)...) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return compare(b.Op, x, collection(of.word, values)), nil
}

func compare(op lang.Op, x, y any) bool {
	if isNone(x, y) {
		return false
	}
	switch op {
	case lang.Eq:
		return equal(x, y)
	case lang.Ne:
		return !equal(x, y)
	}
	if alien(x, y) {
		return false
	}
	switch op {
	case lang.Lt:
		return order(x, y) < 0
	case lang.Le:
		return order(x, y) <= 0
	case lang.Gt:
		return order(x, y) > 0
	}
	return order(x, y) >= 0
}

func (s *scope) like(l *lang.Like) (bool, error) {
	v, err := s.value(l.X, nil)
	if err != nil || isNone(v) {
		return false, err
	}
	return matches([]rune(identity(v)), []rune(s.typeIn(l.X).text(l.Pattern.Value))) != l.Not, nil
}

func matches(text, pattern []rune) bool {
	if len(pattern) == 0 {
		return len(text) == 0
	}
	if pattern[0] == '*' {
		return matches(text, pattern[1:]) || len(text) > 0 && matches(text[1:], pattern)
	}
	wild := pattern[0] == '?'
	if pattern[0] == '\\' { // what follows is itself
		pattern = pattern[1:]
	}
	return len(text) > 0 && (wild || pattern[0] == text[0]) && matches(text[1:], pattern[1:])
}

// under is whether a code is another, or goes on from it with a separator.
func (s *scope) under(u *lang.Under) (bool, error) {
	v, err := s.value(u.X, nil)
	if err != nil || isNone(v) {
		return false, err
	}
	parent, code := s.typeIn(u.X).text(u.Code.Value), identity(v)
	under := code == parent
	for _, mark := range []string{".", "-", "/"} {
		under = under || strings.HasPrefix(code, parent+mark)
	}
	return under != u.Not, nil
}

func (s *scope) within(w *lang.Within) (bool, error) {
	x, err := s.value(w.X, nil)
	if err != nil {
		return false, err
	}
	y, err := s.value(w.Y, nil)
	if err != nil || isNone(x, y) {
		return false, err
	}
	amount, ok := num.DurationOf(must(num.Parse(w.Amount.Text)), w.Amount.Unit)
	if !ok {
		return false, fmt.Errorf("%s is no duration", w.Amount.Text+w.Amount.Unit)
	}
	day, of := x.(num.Date), y.(num.Date)
	from, until := of, of
	if w.Dir.Text != "after" {
		if from, err = of.Add(amount.Neg()); err != nil {
			return false, err
		}
	}
	if w.Dir.Text != "before" {
		if until, err = of.Add(amount); err != nil {
			return false, err
		}
	}
	return (from <= day && day <= until) != w.Not, nil
}

// membership is `in` and `not in`.
func (s *scope) membership(in *lang.In) (bool, error) {
	x, of := s.self, (*typ)(nil)
	if in.X == nil {
		of = &typ{word: "thing", kind: s.kind, values: s.kind.ids}
	} else {
		var err error
		of = s.typeIn(in.X)
		if x, err = s.value(in.X, s.memberType(in.Target)); err != nil {
			_, interval := in.Target.(*lang.Interval)
			if s.holdsNone(in.Target, of, in.Not || interval) {
				return false, nil
			}
			return false, err
		}
	}
	if isNone(x) {
		return false, nil
	}
	return s.among(x, of, in.Target, in.Not), nil
}

// memberType is the type of the members of a target: what a word before `in` is read by.
func (s *scope) memberType(target lang.Expr) *typ {
	switch t := target.(type) {
	case *lang.Ref:
		if at, ok := s.path(t); ok {
			return at.elem
		}
		k := s.kinds[s.groups[t.Path[0].Text].Kind.Text]
		if k == nil {
			return &typ{word: "address"}
		}
		return &typ{word: "thing", kind: k, values: k.ids}
	case *lang.Tuple:
		return s.typeIn(t.Elems[0])
	}
	return nil
}

// among says whether x, which is not none, is in a target or, if not is true, is not.
// What is none in the target is neither equal to x nor different from it.
func (s *scope) among(x any, of *typ, target lang.Expr, not bool) bool {
	switch t := target.(type) {
	case *lang.Interval:
		return s.inInterval(x, t, not)
	case *lang.Literal:
		return inNetwork(x, t.Text) != not
	case *lang.Tuple:
		for _, e := range t.Elems {
			if s.isElement(x, of, e, not) != not {
				return !not
			}
		}
		return not
	}
	r := target.(*lang.Ref)
	at, ok := s.path(r)
	if !ok {
		return s.in(x, r.Path[0].Text) != not
	}
	members, known := elements(at.value())
	return known && subset([]any{x}, members) != not
}

// isElement compares x with an element of a tuple: `=`, or `!=` if not is true.
func (s *scope) isElement(x any, of *typ, e lang.Expr, not bool) bool {
	if i, ok := e.(*lang.Interval); ok {
		return s.inInterval(x, i, not)
	}
	if l, ok := e.(*lang.Literal); ok && l.Form() == lang.NetworkLiteral {
		return inNetwork(x, l.Text) != not
	}
	y, err := s.value(e, of)
	if err != nil {
		return s.suppose(fmt.Sprint(x), e) != not
	}
	return !isNone(y) && equal(x, y) != not
}

// inInterval is `lo <= x and x <= hi`.
func (s *scope) inInterval(x any, i *lang.Interval, not bool) bool {
	lo, loErr := s.value(i.Lo, nil)
	hi, hiErr := s.value(i.Hi, nil)
	if isNone(lo, hi) {
		return false
	}
	above := loErr != nil && s.suppose(fmt.Sprint(x, ">="), i.Lo) || loErr == nil && compare(lang.Ge, x, lo)
	below := above && (hiErr != nil && s.suppose(fmt.Sprint(x, "<="), i.Hi) || hiErr == nil && compare(lang.Le, x, hi))
	return (above && below) != not
}

// setQuantified is any of, all of and none of; false where the set is none, or what it
// is held against.
func (s *scope) setQuantified(q *lang.SetQuant) (bool, error) {
	v, err := s.value(q.X, nil)
	if err != nil {
		return false, err
	}
	members, known := elements(v)
	if !known {
		return false, nil
	}
	var elem *typ
	if t := s.typeIn(q.X); t != nil {
		elem = t.elem
	}
	if s.holdsNone(q.Target, elem, q.Op == lang.NoneOf) {
		return false, nil
	}
	for _, m := range members {
		if s.among(m, elem, q.Target, q.Op == lang.NoneOf) == (q.Op == lang.AnyOf) {
			return q.Op == lang.AnyOf, nil
		}
	}
	return q.Op != lang.AnyOf, nil
}

// holdsNone says whether a target is none or, where its parts count, one of them is.
func (s *scope) holdsNone(target lang.Expr, elem *typ, parts bool) bool {
	var of []lang.Expr
	switch t := target.(type) {
	case *lang.Ref:
		at, ok := s.path(t)
		return ok && isNone(at.value())
	case *lang.Interval:
		of = []lang.Expr{t.Lo, t.Hi}
	case *lang.Tuple:
		for _, e := range t.Elems {
			if i, ok := e.(*lang.Interval); ok {
				of = append(of, i.Lo, i.Hi)
			} else if l, ok := e.(*lang.Literal); !ok || l.Form() != lang.NetworkLiteral {
				of = append(of, e)
			}
		}
	}
	for _, e := range of {
		if v, err := s.value(e, elem); parts && err == nil && isNone(v) {
			return true
		}
	}
	return false
}
