package interp

import (
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

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
			k.errorf(code.OtherThing, e, "`%s` is about %s, and this term is about %s", name, article(&Type{basic: thingType, kind: kind}), article(&Type{basic: thingType, kind: sc.self}))
		} else {
			k.errorf(code.NoRole, e, "`%s` is about %s, and no role of the case is one", name, article(&Type{basic: thingType, kind: kind}))
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
	d := k.errorf(code.AmbiguousRole, e, "`%s` could be about %s: write %s", name, listNames(pathNames(found)), strings.Join(quoteAll(forms), " or "))
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

func (k *checker) selfPath(kind *Kind) *path {
	return &path{root: selfRoot, kind: kind, t: &Type{basic: thingType, kind: kind}}
}

// intern is the one path of the program that reads a fact from a root.
func (k *checker) intern(p path) *path {
	key := pathKey{p.root, p.index, p.kind, p.fact(), nil}
	if p.root == varRoot { // other lists may have members of another type, and the same name for them
		key.t = p.t
	}
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
	t     *Type
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
