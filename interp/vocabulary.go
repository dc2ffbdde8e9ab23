package interp

import (
	"strconv"
	"strings"
)

// Vocabulary lists what programs that embed the rules may depend on, an entry each: the
// outcomes with their rank in one entry, the roles, the kinds of things that a case has
// with their identities and attributes, the open terms about the whole case, the series,
// the policies and the labels that authors gave to their rules. Two programs with one vocabulary are told the same
// facts and give the same outcomes; what their rules say may differ.
func (p *Program) Vocabulary() []string {
	out := []string{"outcomes " + p.ranking()}
	for _, r := range p.roles {
		out = append(out, "role "+r.Name+": "+r.Kind.Name)
	}
	for _, k := range p.CaseKinds() {
		out = append(out, k.vocabulary()...)
	}
	for _, a := range p.whole.Attrs {
		out = append(out, "fact "+a.Name+": "+a.Type.String())
	}
	for _, s := range p.order.series {
		out = append(out, "series "+s.Name)
	}
	for _, pol := range p.order.policies {
		out = append(out, "policy "+pol.Name)
		for _, r := range pol.Rules() {
			if r.Labelled() {
				out = append(out, "rule "+pol.Name+"."+r.Label)
			}
		}
	}
	return out
}

// Labelled says whether the author gave the rule its label. Others are called by their
// policy and number, and change their names when a rule is put in front of them.
func (r *Rule) Labelled() bool { return !strings.Contains(r.Label, "/") }

// ranking is the outcomes as an author would declare them.
func (p *Program) ranking() string {
	var b strings.Builder
	for i, o := range p.outcomes {
		switch {
		case i > 0 && o.Chain == p.outcomes[i-1].Chain:
			b.WriteString(" > ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(o.Name)
	}
	return b.String()
}

func (k *Kind) vocabulary() []string {
	head := "kind " + k.Name
	switch {
	case k.fold != nil:
		head += " = " + k.fold.name
	case k.TextIds, k.File != "":
		head += " = text"
	case k.Ids != nil:
		head += " = " + strings.Join(k.Ids.Names(), " | ")
	}
	out := []string{head}
	for _, a := range k.Attrs {
		if a.Group == nil && a.Told() { // which is no fact once the members are given, or the file is read
			fact := "fact " + k.Name + "." + a.Name + ": " + a.Type.String()
			if a.JSON != "" {
				fact += " json " + strconv.Quote(a.JSON)
			}
			out = append(out, fact)
		}
	}
	return out
}

// CaseKinds are the kinds that the things of a case are of, those of its roles and what
// they hold, in the order in which they are met.
func (p *Program) CaseKinds() []*Kind {
	var out []*Kind
	seen := map[*Kind]bool{}
	var visit func(k *Kind)
	visit = func(k *Kind) {
		if k == nil || seen[k] {
			return
		}
		seen[k] = true
		out = append(out, k)
		for _, a := range k.Attrs {
			visit(a.Type.Member().kind)
		}
	}
	for _, r := range p.roles {
		visit(r.Kind)
	}
	return out
}
