package interp

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// VariantKind says in what way a variant of a policy differs from it.
type VariantKind string

// The kinds of variants.
const (
	WithoutRule     VariantKind = "rule"     // a rule is left out
	WithoutClause   VariantKind = "clause"   // a phrase, the when or the unless of a rule, or the when of a section
	WithoutPart     VariantKind = "part"     // one of several conditions joined by and, by or, or by commas
	WithoutPriority VariantKind = "priority" // a notwithstanding or a subject to
	Nudged          VariantKind = "nudge"    // a comparison asks for a little more or less
)

// Variant is a policy with one small thing changed: what a mistake would leave out
// or get wrong. Tests that cannot tell a variant from the policy do not test it; a
// thing whose absence nobody could tell is idle.
type Variant struct {
	Kind VariantKind
	Rule *Rule  // whose text is changed; nil for the when of a section
	Site Site   // of what is left out or changed
	Text string // the change in words: without `unless vetted`
	Has  bool   // what is left out is a has of a fact that the rule compares and that may have no value
	edit func(*Policy)
	of   *Policy
}

// Policy is the variant as a policy. It belongs to the same program.
func (v *Variant) Policy() *Policy {
	p := v.of
	q := &Policy{Name: p.Name, Title: p.Title, Doc: p.Doc, Amends: p.Amends, Source: p.Source, From: p.From, Until: p.Until,
		prog: p.prog, root: p.root, nodes: slices.Clone(p.nodes), kids: p.kids, defeaters: p.defeaters, byLabel: p.byLabel, src: p.src, decl: p.decl}
	v.edit(q)
	q.root = q.nodes[0].section
	return q
}

// Variants are all the variants of a policy, in the order of the text. Those about
// a rule that it inherits are among them if inherited is true.
func (p *Policy) Variants(inherited bool) []*Variant {
	var out []*Variant
	for i, n := range p.nodes {
		switch {
		case n.section != nil && n.section.when != nil && n.section.src == p.src:
			out = append(out, p.withoutWhen(i))
		case n.rule != nil && (inherited || n.rule.Policy == p.Name):
			out = append(out, p.ruleVariants(i)...)
		}
	}
	return out
}

func (p *Policy) ruleVariants(i int) []*Variant {
	r := p.nodes[i].rule
	out := []*Variant{{Kind: WithoutRule, Rule: r, Site: r.Site(), Text: "without the rule `" + r.Label + "`", of: p, edit: func(q *Policy) {
		q.nodes[i].rule = r.changed([]part{{whenClause, &constCond{t: False}}})
	}}}
	for j, pt := range r.conditions() {
		out = append(out, p.clauseVariants(i, j, pt)...)
	}
	return append(out, p.priorityVariants(i)...)
}

// changed is the rule with other conditions.
func (r *Rule) changed(parts []part) *Rule {
	q := *r
	q.parts, q.later = parts, nil
	return &q
}

func (p *Policy) clauseVariants(i, j int, pt part) []*Variant {
	r := p.nodes[i].rule
	words := clauseWords(pt)
	out := []*Variant{{Kind: WithoutClause, Rule: r, Site: r.siteOf(pt.c), Text: "without `" + words + "`", Has: wanted(pt.c, r.conditions()), of: p, edit: func(q *Policy) {
		q.nodes[i].rule = r.changed(dropped(r.conditions(), j))
	}}}
	if k, any := pt.c.(*constCond); any && k.t == True {
		return nil // `to any` says nothing, and is meant to
	}
	for _, e := range edits(pt.c) {
		out = append(out, &Variant{Kind: e.kind, Rule: r, Site: r.siteOf(e.at), Text: e.text, Has: wanted(e.at, r.conditions()), of: p, edit: func(q *Policy) {
			parts := slices.Clone(r.conditions())
			parts[j].c = substitute(pt.c, e.at, e.by)
			q.nodes[i].rule = r.changed(parts)
		}})
	}
	return out
}

func clauseWords(pt part) string {
	words := ""
	if pt.c.node() != nil {
		words = lang.FormatExpr(pt.c.node())
	}
	if pt.clause == objectClause {
		return words
	}
	return pt.clause + " " + words
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
	return &Variant{Kind: WithoutClause, Site: Site{s.src, s.when.node().Range()}, Text: "without the condition of the section `" + s.Name + "`", of: p, edit: func(q *Policy) {
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
		out = append(out, &Variant{Kind: WithoutPriority, Rule: r, Site: Site{r.src, l.Range()}, Text: "without `" + words + " " + l.Text + "`", of: p, edit: func(q *Policy) {
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

// edit puts one condition in the place of another.
type edit struct {
	kind   VariantKind
	at, by cond
	text   string
}

// edits are the small changes to a condition, outside of the terms that it names.
func edits(c cond) []edit {
	switch c := c.(type) {
	case *allCond:
		if c.oneRelation() {
			return nil
		}
		return append(partEdits(c.xs, func(xs []cond) cond { return &allCond{c.at, xs} }, c), editsAll(c.xs)...)
	case *anyCond:
		return append(partEdits(c.xs, func(xs []cond) cond { return &anyCond{c.at, xs} }, c), editsAll(c.xs)...)
	case *notCond:
		return edits(c.x)
	case *impliesCond:
		return editsAll([]cond{c.x, c.y})
	case *tallyCond:
		return append(nudgedTally(c), editsAll(c.xs)...)
	case *compareCond:
		return nudged(c)
	}
	return nil
}

func editsAll(cs []cond) []edit {
	var out []edit
	for _, c := range cs {
		out = append(out, edits(c)...)
	}
	return out
}

// partEdits leave out each of several conditions. What is changed is found by the
// part left out, so that it is the part's place that is shown.
func partEdits(xs []cond, join func([]cond) cond, whole cond) []edit {
	var out []edit
	for i, x := range xs {
		rest := dropped(xs, i)
		by := join(rest)
		if len(rest) == 1 {
			by = rest[0]
		}
		words := "a condition"
		if x.node() != nil {
			words = "`" + lang.FormatExpr(x.node()) + "`"
		}
		out = append(out, edit{kind: WithoutPart, at: &partOf{x, whole}, by: by, text: "without " + words})
	}
	return out
}

// partOf marks a part of a condition that is left out: substitute replaces the whole.
type partOf struct {
	cond
	whole cond
}

// nudged are a comparison with its ends taken in or left out, or turned round.
func nudged(c *compareCond) []edit {
	to, ok := map[lang.Op]lang.Op{lang.Lt: lang.Le, lang.Le: lang.Lt, lang.Gt: lang.Ge, lang.Ge: lang.Gt, lang.Eq: lang.Ne, lang.Ne: lang.Eq}[c.op]
	if !ok {
		return nil
	}
	d := *c
	d.op = to
	words := "the comparison"
	if c.node() != nil {
		words = "`" + lang.FormatExpr(c.node()) + "`"
	}
	return []edit{{kind: Nudged, at: c, by: &d, text: fmt.Sprintf("%s with `%s` for `%s`", words, opSign(to), opSign(c.op))}}
}

func opSign(op lang.Op) string {
	return map[lang.Op]string{lang.Lt: "<", lang.Le: "<=", lang.Gt: ">", lang.Ge: ">=", lang.Eq: "=", lang.Ne: "!="}[op]
}

// nudgedTally are at least n and the like with one more or one less.
func nudgedTally(c *tallyCond) []edit {
	var out []edit
	for _, n := range []int{c.n - 1, c.n + 1} {
		d := *c
		d.n = n
		out = append(out, edit{kind: Nudged, at: c, by: &d, text: fmt.Sprintf("`%s` with %s for %s", lang.FormatExpr(c.node()), num.Int(int64(n)), num.Int(int64(c.n)))})
	}
	return out
}

// substitute is c with one of its conditions replaced.
func substitute(c, at, by cond) cond {
	if p, ok := at.(*partOf); ok {
		at = p.whole
	}
	if c == at {
		return by
	}
	switch c := c.(type) {
	case *allCond:
		return &allCond{c.at, substituteAll(c.xs, at, by)}
	case *anyCond:
		return &anyCond{c.at, substituteAll(c.xs, at, by)}
	case *notCond:
		return &notCond{c.at, substitute(c.x, at, by)}
	case *impliesCond:
		return &impliesCond{c.at, substitute(c.x, at, by), substitute(c.y, at, by)}
	case *tallyCond:
		d := *c
		d.xs = substituteAll(c.xs, at, by)
		return &d
	}
	return c
}

func substituteAll(cs []cond, at, by cond) []cond {
	out := make([]cond, len(cs))
	for i, c := range cs {
		out[i] = substitute(c, at, by)
	}
	return out
}

// Clause is a phrase, the when or the unless of a rule.
type Clause struct {
	Rule *Rule
	Kind string // object, the preposition, when or unless
	Text string // to nonMember
	Site Site
	c    cond
}

// Clauses are the parts of the rule's condition, in the order of the text.
func (r *Rule) Clauses() []Clause {
	var out []Clause
	for _, pt := range r.conditions() {
		out = append(out, Clause{Rule: r, Kind: pt.clause, Text: clauseWords(pt), Site: r.siteOf(pt.c), c: pt.c})
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
func (t *Test) Passes(p *Policy) bool {
	d, err := p.Decide(t.given)
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
