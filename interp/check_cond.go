package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// scope is what a name can mean at some place.
type scope struct {
	self  *Kind // in a term: the kind of thing it is about
	roles bool  // the roles of the case can be named
	vars  []binding
}

type binding struct {
	name string
	t    *Type
}

func (sc scope) bind(name string, t *Type) scope {
	sc.vars = append(append([]binding(nil), sc.vars...), binding{name, t})
	return sc
}

// lost stands for a condition whose problem has been reported.
func lost(e lang.Expr) cond { return &constCond{at{e}, Unknown} }

// cond checks a condition.
func (k *checker) cond(e lang.Expr, sc scope) cond {
	switch e := e.(type) {
	case *lang.Paren:
		return k.cond(e.X, sc)
	case *lang.Binary:
		return k.binaryCond(e, sc)
	case *lang.Unary:
		if e.Op == lang.Not {
			return &notCond{at{e}, k.cond(e.X, sc)}
		}
	case *lang.Ref:
		return k.refCond(e, sc)
	case *lang.Is:
		return k.isCond(e, sc)
	case *lang.In:
		return k.inCond(e, sc)
	case *lang.Has:
		p := k.path(e.X, sc)
		if p == nil {
			return lost(e)
		}
		return &hasCond{at{e}, p}
	case *lang.Like:
		return k.likeCond(e, sc)
	case *lang.Within:
		return k.withinCond(e, sc)
	case *lang.AtLeast:
		return k.tallyCond(e, sc)
	case *lang.SetQuant:
		return k.setCond(e, sc)
	case *lang.Quant:
		if e.Op != lang.Count {
			if q := k.quant(e, sc); q != nil {
				return q
			}
			return lost(e)
		}
	case *lang.Call:
		return k.boolCond(e, sc)
	case *lang.Any:
		k.errorf(lang.NotACondition, e, "`any` stands for every thing in a phrase, such as `to any`; it is no condition")
		return lost(e)
	case nil:
		return lost(nil)
	}
	k.errorf(lang.NotACondition, e, "`%s` is neither true nor false, and a condition is wanted here", lang.FormatExpr(e))
	return lost(e)
}

func (k *checker) binaryCond(e *lang.Binary, sc scope) cond {
	switch e.Op {
	case lang.And:
		return &allCond{at{e}, k.chain(e, lang.And, sc)}
	case lang.Or:
		return &anyCond{at{e}, k.chain(e, lang.Or, sc)}
	case lang.Implies:
		return &impliesCond{at{e}, k.cond(e.X, sc), k.cond(e.Y, sc)}
	case lang.Eq, lang.Ne, lang.Lt, lang.Le, lang.Gt, lang.Ge:
		return k.compare(e, sc)
	}
	k.errorf(lang.NotACondition, e, "`%s` is a value, and a condition is wanted here", lang.FormatExpr(e))
	return lost(e)
}

// chain is the operands of a and b and c, from left to right.
func (k *checker) chain(e lang.Expr, op lang.Op, sc scope) []cond {
	var parts []lang.Expr
	for {
		b, ok := e.(*lang.Binary)
		if !ok || b.Op != op {
			break
		}
		parts = append(parts, b.Y)
		e = b.X
	}
	parts = append(parts, e)
	out := make([]cond, 0, len(parts))
	for i := len(parts) - 1; i >= 0; i-- {
		out = append(out, k.cond(parts[i], sc))
	}
	return out
}

// refCond is a bare name or path as a condition: yes, no, a term, a group, a bool attribute.
func (k *checker) refCond(e *lang.Ref, sc scope) cond {
	if len(e.Path) == 1 {
		name := e.Path[0].Text
		switch {
		case sc.self != nil && sc.self.index[name] != nil, k.bound(name, sc) != nil:
			// an attribute of the thing itself, or a variable: below
		case k.prog.terms[name] != nil:
			return k.bareTerm(e, k.prog.terms[name], sc)
		case k.prog.groups[name] != nil:
			g := k.prog.groups[name]
			if subject := k.subject(e, g.Kind, name, sc); subject != nil {
				return k.memberOf(e, g, subject)
			}
			return lost(e)
		case name == "yes":
			return &constCond{at{e}, True}
		case name == "no":
			return &constCond{at{e}, False}
		}
	}
	return k.boolCond(e, sc)
}

func (k *checker) boolCond(e lang.Expr, sc scope) cond {
	x := k.operand(e, nil, sc)
	if x == nil {
		return lost(e)
	}
	if x.typ().basic != boolType {
		d := k.errorf(lang.NotACondition, e, "`%s` is %s, which is neither true nor false", lang.FormatExpr(e), article(x.typ()))
		if p, ok := x.(*path); ok && x.typ().optional {
			d.Fix = &lang.Fix{Label: "did you mean `has " + p.fact() + "`?", Span: e.Range(), Replacement: "has " + p.fact()}
		}
		return lost(e)
	}
	return &boolCond{at{e}, x}
}

// bareTerm is a term named without saying of what, where only one thing can be meant.
func (k *checker) bareTerm(e *lang.Ref, t *Term, sc scope) cond {
	if t.Kind == nil {
		if !sc.roles {
			k.errorf(lang.OtherThing, e, "the term `%s` is about the whole case, and this one is about %s alone", t.Name, article(&Type{basic: thingType, kind: sc.self}))
			return lost(e)
		}
		return k.termAbout(e, t, nil)
	}
	subject := k.subject(e, t.Kind, t.Name, sc)
	if subject == nil {
		return lost(e)
	}
	return k.termAbout(e, t, subject)
}

// termAbout asks a term of a thing. An open term is a fact of it.
func (k *checker) termAbout(e lang.Expr, t *Term, subject *path) cond {
	switch {
	case t.Open && subject == nil:
		return &boolCond{at{e}, k.intern(path{root: caseRoot, kind: k.prog.whole, attrs: []*Attr{t.attr}, t: typeBool})}
	case t.Open && t.attr != nil:
		return k.factAbout(e, t.attr, subject)
	}
	k.defineTerm(t, t.decl)
	k.below = max(k.below, t.depth+1)
	return &termCond{at{e}, t, subject}
}

// subject is the one thing of a kind that a bare term or group can be about here.
func (k *checker) subject(e *lang.Ref, kind *Kind, name string, sc scope) *path {
	var found []*path
	if sc.self != nil {
		if sc.self == kind {
			found = append(found, k.selfPath(kind))
		}
	}
	for i, v := range sc.vars {
		if v.t != nil && v.t.kind == kind {
			found = append(found, &path{root: varRoot, index: i, name: v.name, kind: kind, t: v.t})
		}
	}
	if sc.roles {
		for _, r := range k.prog.roles {
			if r.Kind == kind {
				found = append(found, k.rolePath(r))
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		if sc.self != nil {
			k.errorf(lang.OtherThing, e, "`%s` is about %s, and this term is about %s", name, article(&Type{basic: thingType, kind: kind}), article(&Type{basic: thingType, kind: sc.self}))
		} else {
			k.errorf(lang.NoRole, e, "`%s` is about %s, and no role of the case is one", name, article(&Type{basic: thingType, kind: kind}))
		}
		return nil
	}
	verb := " is "
	if k.prog.terms[name] == nil {
		verb = " in "
	}
	forms := make([]string, len(found))
	for i, p := range found {
		forms[i] = p.name + verb + name
	}
	d := k.errorf(lang.AmbiguousRole, e, "`%s` could be about %s: write %s", name, listNames(pathNames(found)), strings.Join(quoteAll(forms), " or "))
	d.Fix = &lang.Fix{Label: "did you mean `" + forms[0] + "`?", Span: e.Range(), Replacement: forms[0]}
	return nil
}

func pathNames(ps []*path) []string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = p.name
	}
	return names
}

func quoteAll(ss []string) []string {
	out := make([]string, len(ss))
	for i, s := range ss {
		out[i] = "`" + s + "`"
	}
	return out
}

func (k *checker) selfPath(kind *Kind) *path {
	return &path{root: selfRoot, kind: kind, t: &Type{basic: thingType, kind: kind}}
}

// intern is the one path of the program that reads a fact from a root.
func (k *checker) intern(p path) *path {
	key := pathKey{p.root, p.index, p.kind, p.fact()}
	known := k.paths[key]
	if known == nil {
		known = &p
		k.paths[key] = known
	}
	return known
}

// pathKey is what a path reads.
type pathKey struct {
	root  rootKind
	index int
	kind  *Kind
	fact  string
}

// rolePath is the path of a role; one for the whole program.
func (k *checker) rolePath(r *Role) *path {
	p := k.rootOf[r]
	if p == nil {
		p = &path{root: roleRoot, index: r.Index, name: r.Name, kind: r.Kind, t: &Type{basic: thingType, kind: r.Kind}}
		k.rootOf[r] = p
	}
	return p
}

// isCond is role is Term.
func (k *checker) isCond(e *lang.Is, sc scope) cond {
	p := k.path(e.X, sc)
	name := e.Term.Text
	if p == nil {
		return lost(e)
	}
	c := lost(e)
	switch {
	case k.prog.groups[name] != nil:
		k.form(e, "`%s` is a group", name, k.inForm(e))
	case p.t.basic == thingType && p.t.kind.Ids != nil && k.prog.terms[name] == nil && p.t.kind.Ids.has(name):
		op := " = "
		if e.Not {
			op = " != "
		}
		k.form(e, "`%s` is an identity", name, lang.FormatExpr(e.X)+op+name)
	case k.prog.terms[name] == nil:
		var known []string
		for _, t := range k.prog.order.terms {
			if t.Kind == p.t.kind {
				known = append(known, t.Name)
			}
		}
		k.misspelt(lang.UnknownName, e.Term, name, known, "there is no term `%s`", name)
	default:
		t := k.prog.terms[name]
		if p.t.basic != thingType || t.Kind != p.t.kind {
			about := "the whole case"
			if t.Kind != nil {
				about = article(&Type{basic: thingType, kind: t.Kind})
			}
			k.errorf(lang.OtherThing, e.Term, "`%s` is about %s, and `%s` is %s", name, about, lang.FormatExpr(e.X), article(p.t))
			break
		}
		c = k.termAbout(e, t, p)
	}
	if e.Not {
		return &notCond{at{e}, c}
	}
	return c
}

func (k *checker) inForm(e *lang.Is) string {
	if e.Not {
		return lang.FormatExpr(e.X) + " not in " + e.Term.Text
	}
	return lang.FormatExpr(e.X) + " in " + e.Term.Text
}

func (k *checker) form(e *lang.Is, format, name, better string) {
	d := k.errorf(lang.UseAnotherForm, e, format+", and `is` asks for a term", name)
	d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Range(), Replacement: better}
}

// inCond is X in a group, a tuple, an interval, a set or a list.
func (k *checker) inCond(e *lang.In, sc scope) cond {
	c := k.inTarget(e, sc)
	if c == nil {
		return lost(e)
	}
	if e.Not {
		return k.denied(e, c)
	}
	return c
}

// termForGroup reports x in Term.
func (k *checker) termForGroup(e *lang.In, name string) {
	d := k.errorf(lang.UseAnotherForm, e, "`%s` is a term, and `in` asks for a group", name)
	if e.X != nil {
		is := " is "
		if e.Not {
			is = " is not "
		}
		better := lang.FormatExpr(e.X) + is + name
		d.Fix = &lang.Fix{Label: "did you mean `" + better + "`?", Span: e.Range(), Replacement: better}
	}
}

// oneRelation says whether the author wrote the parts as one: x not in y, which is
// false of none.
func (c *allCond) oneRelation() bool {
	for _, x := range c.xs {
		if x.node() != c.node() {
			return false
		}
	}
	return true
}

// denied is not in, not like, not within: like !=, false of none.
func (k *checker) denied(e lang.Expr, c cond) cond {
	var x operand
	switch c := c.(type) {
	case *listedCond:
		x = c.x
	case *elemCond:
		x = c.x
	case *groupCond:
		x = c.subject
	case *boolCond: // of an open group
		x = k.asked(c.x.(*path))
	case *likeCond:
		x = c.x
	case *withinCond:
		x = c.x
	}
	not := &notCond{at{e}, c}
	if p, ok := x.(*path); ok && p.optional() {
		return &allCond{at{e}, []cond{not, &hasCond{at{e}, p}}}
	}
	return not
}

func (k *checker) inTarget(e *lang.In, sc scope) cond {
	var x operand
	if e.X == nil {
		if sc.self == nil {
			k.errorf(lang.UnknownName, e, "what is to be in it? write it before `in`")
			return nil
		}
		x = k.selfPath(sc.self)
	}
	ref, isRef := e.Target.(*lang.Ref)
	var set *path
	if isRef {
		if g := k.groupNamed(ref); g != nil {
			return k.inGroup(e, x, g, sc)
		}
		if len(ref.Path) == 1 && k.prog.terms[ref.Path[0].Text] != nil {
			k.termForGroup(e, ref.Path[0].Text)
			return nil
		}
		if set = k.path(ref, sc); set == nil {
			return nil
		}
		if set.t.elem == nil {
			k.errorf(lang.NotAList, ref, "`%s` is %s: `in` asks for a group, a list, a set, `(a, b)` or `a .. b`", lang.FormatExpr(ref), article(set.t))
			return nil
		}
	}
	if x == nil {
		var want *Type
		if set != nil {
			want = set.t.elem
		}
		if x = k.operand(e.X, want, sc); x == nil {
			return nil
		}
	}
	if set != nil {
		if !k.comparable(e, x.typ(), set.t.elem) {
			return nil
		}
		return &elemCond{at{e}, x, set}
	}
	elems, ok := k.elements(e.Target, x.typ(), sc)
	if !ok {
		return nil
	}
	return &listedCond{at{e}, x, elems}
}

// groupNamed is the group that a reference means, or nil.
func (k *checker) groupNamed(ref *lang.Ref) *Group {
	if len(ref.Path) == 1 {
		return k.prog.groups[ref.Path[0].Text]
	}
	return nil
}

func (k *checker) inGroup(e *lang.In, x operand, g *Group, sc scope) cond {
	if x == nil {
		if x = k.operand(e.X, nil, sc); x == nil {
			return nil
		}
	}
	if x.typ().kind != g.Kind {
		k.errorf(lang.OtherThing, e.Target, "`%s` is a group of %s, and this is %s", g.Name, g.Kind.Name, article(x.typ()))
		return nil
	}
	return k.memberOf(e, g, x)
}

// elements checks a tuple or an interval against the type looked for.
func (k *checker) elements(target lang.Expr, want *Type, sc scope) ([]element, bool) {
	var exprs []lang.Expr
	switch t := target.(type) {
	case *lang.Tuple:
		exprs = t.Elems
	case nil:
		return nil, false
	default:
		exprs = []lang.Expr{target}
	}
	ok := true
	var out []element
	for _, x := range exprs {
		el, good := k.element(x, want, sc)
		ok = ok && good
		out = append(out, el)
	}
	return out, ok
}

func (k *checker) element(x lang.Expr, want *Type, sc scope) (element, bool) {
	iv, isInterval := x.(*lang.Interval)
	if !isInterval {
		lo := k.operand(x, want, sc)
		return element{lo: lo}, lo != nil && k.comparable(x, want, lo.typ())
	}
	lo, hi := k.operand(iv.Lo, want, sc), k.operand(iv.Hi, want, sc)
	if lo == nil || hi == nil || !k.comparable(iv.Lo, want, lo.typ()) || !k.comparable(iv.Hi, want, hi.typ()) {
		return element{}, false
	}
	if !ordered(want) {
		k.errorf(lang.NoOrder, iv, "%s has no order, so there is nothing between two of them", article(want))
		return element{}, false
	}
	a, aok := lo.(*constant)
	b, bok := hi.(*constant)
	if aok && bok && compareValues(lang.Gt, a.v, b.v) == True {
		k.errorf(lang.EmptyInterval, iv, "nothing lies between %s and %s: the smaller one comes first", a.v, b.v)
		return element{}, false
	}
	return element{lo, hi}, true
}

func (k *checker) likeCond(e *lang.Like, sc scope) cond {
	x := k.operand(e.X, nil, sc)
	if x == nil {
		return lost(e)
	}
	if t := x.typ(); t.basic != textType && t.basic != enumType && t.basic != thingType || t.basic == thingType && !t.kind.Identified() {
		k.errorf(lang.TypeMismatch, e.X, "`like` compares a text with a pattern, and this is %s", article(t))
		return lost(e)
	}
	c := &likeCond{at{e}, x, e.Pattern.Value}
	if e.Not {
		return k.denied(e, c)
	}
	return c
}

func (k *checker) tallyCond(e *lang.AtLeast, sc scope) cond {
	c := &tallyCond{at: at{e}, op: e.Op}
	for _, x := range e.Of {
		c.xs = append(c.xs, k.cond(x, sc))
	}
	n, ok := wholeNumber(&e.N)
	if !ok || n > len(e.Of) {
		k.errorf(lang.BadCount, &e.N, "there are %d conditions, and %s of them cannot hold: give a whole number from 0 to %d", len(e.Of), e.N.Text, len(e.Of))
		return lost(e)
	}
	c.n = n
	return c
}

func (k *checker) setCond(e *lang.SetQuant, sc scope) cond {
	set := k.operand(e.X, nil, sc)
	if set == nil {
		return lost(e)
	}
	t := set.typ()
	if t.elem == nil {
		k.errorf(lang.NotAList, e.X, "`%s` is %s, and a set or a list is wanted here", lang.FormatExpr(e.X), article(t))
		return lost(e)
	}
	c := &setCond{at: at{e}, op: e.Op, set: set}
	if ref, ok := e.Target.(*lang.Ref); ok {
		if g := k.groupNamed(ref); g != nil {
			if g.Kind != t.elem.kind {
				k.errorf(lang.OtherThing, e.Target, "`%s` is a group of %s, and these are %s", g.Name, g.Kind.Name, t.elem)
				return lost(e)
			}
			return k.membersOf(e, g, set, sc)
		}
		p := k.path(ref, sc)
		if p == nil {
			return lost(e)
		}
		if p.t.elem == nil {
			k.errorf(lang.NotAList, ref, "`%s` is %s, and a group, a set or a list is wanted here", lang.FormatExpr(ref), article(p.t))
			return lost(e)
		}
		if !k.comparable(e, t.elem, p.t.elem) {
			return lost(e)
		}
		c.target.set = p
		return c
	}
	elems, ok := k.elements(e.Target, t.elem, sc)
	if !ok {
		return lost(e)
	}
	c.target.elems = elems
	return c
}

// quant checks some, every, no and count.
func (k *checker) quant(e *lang.Quant, sc scope) *quantCond {
	list := k.path(e.List, sc)
	if list == nil {
		return nil
	}
	if list.t.elem == nil {
		k.errorf(lang.NotAList, e.List, "`%s` is %s, and a list or a set is wanted here", lang.FormatExpr(e.List), article(list.t))
		return nil
	}
	if k.roles[e.Var.Text] != nil || k.bound(e.Var.Text, sc) != nil {
		k.errorf(lang.Duplicate, e.Var, "`%s` is already the name of something here: choose another for the members of the list", e.Var.Text)
		return nil
	}
	inner := sc.bind(e.Var.Text, list.t.elem)
	return &quantCond{at: at{e}, op: e.Op, name: e.Var.Text, depth: len(sc.vars), list: list, body: k.cond(e.Cond, inner)}
}

func (k *checker) bound(name string, sc scope) *Type {
	for _, v := range sc.vars {
		if v.name == name {
			return v.t
		}
	}
	return nil
}
