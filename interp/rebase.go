package interp

import (
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// Rebased is a policy of another program, such as an older version of the file, as
// a policy of this one: it decides this program's cases as it decided its own.
//
// Unstable: it serves package analysis, and changes with it.
type Rebased struct {
	Policy      *Policy
	Constraints []*Cond  // the other program's constraints, in this program's vocabulary
	Notes       []string // where the vocabularies differ without getting in the way
}

// Rebase takes over a policy of another program. Roles, kinds, attributes, values and
// outcomes are matched by name; groups and terms keep the meaning that they have in
// the other program. The error is a lang.Diagnostics with everything that the policy
// needs and this program does not have.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Program) Rebase(from *Policy) (*Rebased, error) {
	a := &rebaser{to: p, from: from.prog, terms: map[*Term]*Term{}, groups: map[*Group]*Group{}, noted: map[string]bool{}, attrs: map[*Attr]*Attr{}, outcomes: map[*Outcome]*Outcome{}}
	a.ranks()
	q := *from
	q.prog, q.Amends, q.nodes, q.cache = p, nil, nil, &policyCache{}
	for _, n := range from.nodes {
		m := node{parent: n.parent}
		if n.rule != nil {
			m.rule = a.rule(n.rule)
		} else {
			m.section = a.section(n.section)
		}
		q.nodes = append(q.nodes, m)
	}
	q.root = q.nodes[0].section
	out := &Rebased{Policy: &q}
	for _, k := range from.prog.constraints {
		out.Constraints = append(out.Constraints, &Cond{text: lang.FormatExpr(k.decl.Cond), prog: p, c: a.cond(k.cond)})
	}
	out.Notes = a.notes
	if len(a.problems) > 0 {
		a.problems.Sort()
		return nil, a.problems
	}
	return out, nil
}

// rebaser puts conditions of one program into the vocabulary of another.
type rebaser struct {
	to, from *Program
	terms    map[*Term]*Term
	groups   map[*Group]*Group
	outcomes map[*Outcome]*Outcome
	attrs    map[*Attr]*Attr // those that files give, as they gave them
	noted    map[string]bool
	notes    []string
	problems lang.Diagnostics
}

// missing notes that the new vocabulary does not have something.
func (a *rebaser) missing(c code.Code, what, name string, known []string) {
	key := what + " " + name
	if a.noted[key] {
		return
	}
	a.noted[key] = true
	d := (&lang.Diagnostic{Code: c}).Say("the old version speaks of the %s `%s`, which the new version does not have: the two cannot be compared", what, name)
	if near, ok := lang.Nearest(name, known); ok {
		d.Notes = append(d.Notes, lang.Note{Text: "is it `" + near + "` now? Give it the same name in both to compare them"})
	}
	a.problems = append(a.problems, d)
}

func (a *rebaser) note(text string) {
	if !a.noted[text] {
		a.noted[text] = true
		a.notes = append(a.notes, text)
	}
}

// ranks says where the outcomes of the two programs rank differently.
func (a *rebaser) ranks() {
	for i, x := range a.from.outcomes {
		for _, y := range a.from.outcomes[:i] {
			u, v := a.to.named(x.Name), a.to.named(y.Name)
			if u != nil && v != nil && (x.StricterThan(y) != u.StricterThan(v) || y.StricterThan(x) != v.StricterThan(u)) {
				a.problems = append(a.problems, (&lang.Diagnostic{Code: code.UnknownOutcome}).
					Say("the outcomes `%s` and `%s` rank differently in the two versions: the two cannot be compared", y.Name, x.Name))
			}
		}
	}
}

func (p *Program) named(outcome string) *Outcome {
	for _, o := range p.outcomes {
		if o.Name == outcome {
			return o
		}
	}
	return nil
}

func (a *rebaser) outcome(o *Outcome) *Outcome {
	if to := a.to.named(o.Name); to != nil {
		return to
	}
	names := make([]string, len(a.to.outcomes))
	for i, x := range a.to.outcomes {
		names[i] = x.Name
	}
	a.missing(code.UnknownOutcome, "outcome", o.Name, names)
	return o
}

func (a *rebaser) rule(r *Rule) *Rule {
	q := *r
	q.Outcome = a.outcome(r.Outcome)
	q.checked, q.later = nil, nil
	for _, cl := range r.clauses() {
		cl.c = a.cond(cl.c)
		q.checked = append(q.checked, cl)
	}
	return &q
}

func (a *rebaser) section(s *Section) *Section {
	q := *s
	q.items = nil
	if s.when != nil {
		q.when = a.cond(s.when)
	}
	if s.Otherwise != nil {
		o := *s.Otherwise
		o.Outcome = a.outcome(s.Otherwise.Outcome)
		q.Otherwise = &o
	}
	return &q
}

func (a *rebaser) term(t *Term) *Term {
	if u, known := a.terms[t]; known {
		return u
	}
	u := *t
	a.terms[t] = &u
	u.Kind = a.kind(t.Kind)
	u.cond = a.cond(t.cond)
	return &u
}

func (a *rebaser) group(g *Group) *Group {
	if h, known := a.groups[g]; known {
		return h
	}
	h := *g
	h.Kind = a.kind(g.Kind)
	a.groups[g] = &h
	if g.unsure != nil {
		h.unsure = a.unsure(g)
	}
	h.screens = nil
	for _, s := range g.screens {
		h.screens = append(h.screens, openIn{a.group(s.group), s.days})
	}
	return &h
}

// unsure is what is not known of a group's members, settled by what is told of the new group,
// if that has a fact for it.
func (a *rebaser) unsure(g *Group) *unsureMembers {
	out := &unsureMembers{doubts: map[string][]doubt{}}
	if g.unsure.told != nil {
		out.told, _ = a.kind(g.Kind).Attr(g.unsure.told.Name)
	}
	if out.told != nil && g.screening != nil { // what is not told is as this version's list has it
		told := *out.told
		told.Group = a.groups[g]
		out.told = &told
	}
	for id, ds := range g.unsure.doubts {
		for _, d := range ds {
			if d.in != g {
				d.in = a.group(d.in)
			} else {
				d.in = a.groups[g]
			}
			out.doubts[id] = append(out.doubts[id], d)
		}
	}
	return out
}

func (a *rebaser) kind(k *Kind) *Kind {
	switch to := a.to.kinds[kindName(k)]; {
	case k == nil:
		return nil
	case k == addressKind:
		return k
	case k == a.from.whole:
		return a.to.whole
	case to == nil:
		a.missing(code.UnknownType, "kind", k.Name, keys(a.to.kinds))
		return k
	default:
		return to
	}
}

func kindName(k *Kind) string {
	if k == nil {
		return ""
	}
	return k.Name
}
