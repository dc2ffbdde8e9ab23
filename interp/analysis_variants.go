package interp

import (
	"context"
	"maps"
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// Clause is a phrase, the when or the unless of a rule.
//
// Unstable: it serves package analysis, and changes with it.
type Clause struct {
	Rule *Rule
	Kind ClauseKind
	Text string // to nonMember
	Site Site
	c    cond
}

// Variant is a policy with one small thing changed: what a mistake would leave out
// or get wrong. Tests that cannot tell a variant from the policy do not test it; a
// thing whose absence nobody could tell is idle.
//
// Unstable: it serves package analysis, and changes with it.
type Variant struct {
	Kind VariantKind
	Rule *Rule  // whose text is changed; nil for the when of a section
	Site Site   // of what is left out or changed
	Text string // the change in words: without `unless vetted`
	Has  bool   // what is left out is a has of a fact that the rule compares and that may have no value
	of   *Policy
	edit func(*Policy)
	node int          // of a variant of a rule, the rule's,
	rule func() *Rule // and the other version of it; nil where something else is changed
}

// VariantKind says in what way a variant of a policy differs from it.
//
// Unstable: it serves package analysis, and changes with it.
type VariantKind string

// The kinds of variants.
const (
	VariantRule       VariantKind = "rule"       // a rule is left out
	VariantClause     VariantKind = "clause"     // a phrase, the when or the unless of a rule, or the when of a section
	VariantPart       VariantKind = "part"       // one of several conditions joined by and, by or, or by commas
	VariantPriority   VariantKind = "priority"   // a notwithstanding or a subject to
	WithoutObligation VariantKind = "obligation" // one of the texts of a requiring; it changes no answer
	VariantNudged     VariantKind = "nudge"      // a comparison asks for a little more or less
)

// Variants are all the variants of a policy, in the order of the text. Those about
// a rule that it inherits are among them if inherited is true. They end where the context does.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Variants(ctx context.Context, inherited bool) []*Variant {
	var out []*Variant
	for i, n := range p.nodes {
		if ctx.Err() != nil {
			break
		}
		switch {
		case n.section != nil && n.section.when != nil && n.section.src == p.src && (i > 0 || p.decl.When != nil):
			out = append(out, p.withoutWhen(i))
		case n.rule != nil && (inherited || n.rule.Policy == p.Name):
			out = append(out, p.ruleVariants(i)...)
		}
	}
	return out
}

func (p *Policy) ruleVariants(i int) []*Variant {
	r := p.nodes[i].rule
	out := []*Variant{{Kind: VariantRule, Rule: r, Site: r.Site(), Text: "without the rule `" + r.Label + "`", of: p, node: i,
		rule: r.never}}
	for j, cl := range r.clauses() {
		out = append(out, p.clauseVariants(i, j, cl)...)
	}
	out = append(out, p.priorityVariants(i)...)
	for j, o := range r.decl.Requiring {
		out = append(out, &Variant{Kind: WithoutObligation, Rule: r, Site: Site{r.src, o.Range()}, Text: "without `requiring " + lang.Quote(o.Value) + "`", of: p, node: i, rule: func() *Rule {
			less := *r
			less.Requiring = dropped(r.Requiring, j)
			return &less
		}})
	}
	return out
}

// changed is the rule with other conditions.
func (r *Rule) changed(clauses []clause) *Rule {
	q := *r
	q.checked, q.later = clauses, nil
	return &q
}

// never is the rule where it never applies.
func (r *Rule) never() *Rule { return r.changed([]clause{{ClauseWhen, &constCond{t: False}}}) }

func (p *Policy) clauseVariants(i, j int, cl clause) []*Variant {
	r := p.nodes[i].rule
	words := clauseWords(cl)
	out := []*Variant{{Kind: VariantClause, Rule: r, Site: r.siteOf(cl.c), Text: "without `" + words + "`", Has: wanted(cl.c, r.clauses()), of: p, node: i,
		rule: func() *Rule { return r.changed(dropped(r.clauses(), j)) }}}
	if k, any := cl.c.(*constCond); any && k.t == True {
		return nil // `to any` says nothing, and is meant to
	}
	for _, e := range edits(cl.c) {
		out = append(out, &Variant{Kind: e.kind, Rule: r, Site: r.siteOf(e.at), Text: e.text, Has: wanted(e.at, r.clauses()), of: p, node: i, rule: func() *Rule {
			clauses := slices.Clone(r.clauses())
			clauses[j].c = substitute(cl.c, e.at, e.by)
			return r.changed(clauses)
		}})
	}
	return out
}

func clauseWords(cl clause) string {
	words := ""
	if cl.c.node() != nil {
		words = lang.FormatExpr(cl.c.node())
	}
	if cl.kind == ClauseObject {
		return words
	}
	return string(cl.kind) + " " + words
}

// siteOf is where a condition of the rule stands.
func (r *Rule) siteOf(c cond) Site {
	if e := c.node(); e != nil {
		return Site{r.src, e.Range()}
	}
	return r.Site()
}

func (p *Policy) withoutWhen(i int) *Variant {
	s := p.nodes[i].section
	what := "section"
	if i == 0 {
		what = "policy"
	}
	return &Variant{Kind: VariantClause, Site: Site{s.src, s.when.node().Range()}, Text: "without the condition of the " + what + " `" + s.Name + "`", of: p, edit: func(q *Policy) {
		t := *s
		t.when = nil
		q.nodes[i].section = &t
	}}
}

// priorityVariants leave out each label of a rule's notwithstanding and subject to.
func (p *Policy) priorityVariants(i int) []*Variant {
	r := p.nodes[i].rule
	var out []*Variant
	add := func(l lang.LabelRef, words string, loser, winner int32) {
		out = append(out, &Variant{Kind: VariantPriority, Rule: r, Site: Site{r.src, l.Range()}, Text: "without `" + words + " " + l.Text + "`", of: p, edit: func(q *Policy) {
			q.defeaters = maps.Clone(p.defeaters)
			at := slices.Index(q.defeaters[loser], winner)
			q.defeaters[loser] = dropped(q.defeaters[loser], at)
		}})
	}
	for _, l := range r.decl.Notwithstanding {
		if j, ok := p.byLabel[l.Text]; ok && slices.Contains(p.defeaters[j], int32(i)) {
			add(l, "notwithstanding", j, int32(i))
		}
	}
	for _, l := range r.decl.SubjectTo {
		if j, ok := p.byLabel[l.Text]; ok && slices.Contains(p.defeaters[int32(i)], j) {
			add(l, "subject to", int32(i), j)
		}
	}
	return out
}

// Clauses are the clauses of the rule's condition, in the order of the text.
//
// Unstable: it serves package analysis, and changes with it.
func (r *Rule) Clauses() []Clause {
	var out []Clause
	for _, cl := range r.clauses() {
		out = append(out, Clause{Rule: r, Kind: cl.kind, Text: clauseWords(cl), Site: r.siteOf(cl.c), c: cl.c})
	}
	return out
}

// Truth of the clause in a case: of an unless that of its condition. It is Unknown
// where it cannot be evaluated.
func (c Clause) Truth(x *Case) Truth {
	s := &state{c: x, date: x.day()}
	t := c.c.truth(s)
	if s.err != nil {
		return Unknown
	}
	return t
}

// Passes says whether a policy, in the place of one of the test's, meets what the
// test expects.
//
// Unstable: it serves package analysis, and changes with it.
func (t *Test) Passes(ctx context.Context, p *Policy) bool {
	d, err := p.Unobserved(ctx, t.given)
	if err != nil {
		return false
	}
	for _, e := range t.decl.Expect {
		if len(t.compare(d, e)) > 0 {
			return false
		}
	}
	return true
}

// WithoutOtherwise is the policy as it would be if it said nothing of the cases to
// which no rule applies.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) WithoutOtherwise() *Policy {
	v := Variant{of: p, edit: func(q *Policy) {
		root := *p.root
		root.Otherwise = nil
		q.nodes[0].section = &root
	}}
	return v.Policy()
}

// With is the policy with another rule in the place of the one with a label.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) With(label string, r *Rule) *Policy {
	v := Variant{of: p, node: int(p.byLabel[label]), rule: func() *Rule { return r }}
	return v.Policy()
}

// Version is the changed rule of a variant of one; nil where something else is changed.
//
// Unstable: it serves package analysis, and changes with it.
func (v *Variant) Version() *Rule {
	if v.rule == nil {
		return nil
	}
	return v.rule()
}

// Places are the rules and sections of a policy by their places.
//
// Unstable: it serves package analysis, and changes with it.
type Places struct {
	p        *Policy
	rules    []int32 // the nodes of Policy.Rules
	sections []int32
}

// Places lists them.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Places() *Places {
	out := &Places{p: p}
	for i, n := range p.nodes[1:] {
		if n.rule != nil {
			out.rules = append(out.rules, int32(i+1))
		} else {
			out.sections = append(out.sections, int32(i+1))
		}
	}
	return out
}

// Only is the policy with only some of its rules, by their places among Policy.Rules, in order: as
// it is in cases in which the others do not apply. Spaces alone may be asked about it, and
// Deciding and Giving speak of these rules alone.
func (s *Places) Only(rules []int) *Policy {
	q := *s.p
	q.kids, q.cache, q.instead = map[int32][]int32{}, &policyCache{}, map[int32]*Rule{}
	sections := s.sections
	add := func(i int32) {
		in := s.p.nodes[i].parent
		q.kids[in] = append(q.kids[in], i)
	}
	for _, r := range rules {
		for len(sections) > 0 && sections[0] < s.rules[r] {
			add(sections[0])
			sections = sections[1:]
		}
		add(s.rules[r])
	}
	for _, i := range sections {
		add(i)
	}
	return &q
}

// Without is the policy without one of its rules, by its place among Policy.Rules.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Without(rule int) *Policy {
	i := p.node(rule)
	v := Variant{of: p, node: int(i), rule: p.nodes[i].rule.never}
	return v.Policy()
}

// Policy is the variant as a policy. It belongs to the same program.
func (v *Variant) Policy() *Policy { return v.In(v.of) }

// In is the variant of the policy with only some of its rules; see Places.Only.
func (v *Variant) In(p *Policy) *Policy {
	q := *p
	q.cache = &policyCache{}
	switch {
	case v.rule != nil && p.instead != nil:
		q.instead = map[int32]*Rule{int32(v.node): v.rule()}
		return &q
	case v.rule != nil:
		q.nodes = slices.Clone(p.nodes)
		q.nodes[v.node].rule = v.rule()
	default:
		q.nodes = slices.Clone(p.nodes)
		v.edit(&q)
	}
	q.root = q.nodes[0].section
	return &q
}

// WithoutReplacing is an amendment that leaves a value as it is in the policy that it amends; nil where
// other values are worked out from it. At says where that was given.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) WithoutReplacing(value string) (q *Policy, at Site) {
	was := p.Amends.values[value]
	if was == nil {
		was = p.prog.values[value]
	}
	for _, v := range p.values {
		if declared := p.prog.values[v.name]; declared != nil && declared.restsOn(func(name string) bool { return name == value }) {
			return nil, at
		}
	}
	values := maps.Clone(p.values)
	values[value] = was
	a := newRevaluer(otherValues(values))
	v := Variant{of: p, edit: func(q *Policy) {
		for i, n := range q.nodes {
			if n.rule != nil {
				q.nodes[i].rule = a.rule(n.rule)
			} else if n.section.when != nil {
				s := *n.section
				s.when = a.cond(s.when)
				q.nodes[i].section = &s
			}
		}
	}}
	return v.Policy(), Site{was.src, was.decl.Range()}
}
