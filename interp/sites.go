package interp

import (
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// Site is where something stands in a rule file.
type Site struct {
	Source *lang.Source
	Span   lang.Span
}

// String is file:line:col.
func (s Site) String() string { return s.Source.Place(s.Span.Start) }

// Text is the author's words there.
func (s Site) Text() string { return s.Source.Slice(s.Span) }

// Site is where the rule stands.
func (r *Rule) Site() Site { return Site{r.src, r.decl.Range()} }

// Syntax is the rule as it was read: with the fields of lang.Rule, its label aside where that of an
// amendment stands for it.
//
// Unstable: it serves tables of rules, and changes with the language.
func (r *Rule) Syntax() *lang.Rule { return r.decl }

// Period is the days on which the rule is in force: from the first to the day before
// the second. Both lie far away where the rule has no dates.
func (r *Rule) Period() (from, until Date) { return Date(r.from), Date(r.until) }

// UntilSite is where the rule's until stands; not ok where it has none.
//
// Unstable: it serves package analysis, and changes with it.
func (r *Rule) UntilSite() (Site, bool) {
	if r.decl.Until == nil {
		return Site{}, false
	}
	return Site{r.src, r.decl.Until.Range()}, true
}

// Site is where the policy's name stands in its declaration.
func (p *Policy) Site() Site { return Site{p.src, p.decl.Name.Range()} }

// Amendment is one item of a policy's own text that changes what it amends.
//
// Unstable: it serves package analysis, and changes with it.
type Amendment struct {
	Site   Site
	Repeal string // the label it repeals, or
	Rule   *Rule  // the rule that it puts in the place of another
	Label  string // of what it changes
	Value  string // the value that it replaces, or ""
}

// Amendments are the repeals and replacements of a policy's own text.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Amendments() []Amendment {
	var out []Amendment
	var walk func(items []lang.Item)
	walk = func(items []lang.Item) {
		for _, it := range items {
			switch it := it.(type) {
			case *lang.Repeal:
				for _, l := range it.Labels {
					out = append(out, Amendment{Site: Site{p.src, l.Range()}, Repeal: l.Text, Label: l.Text})
				}
			case *lang.Replace:
				if i, ok := p.byLabel[it.Label.Text]; ok && p.nodes[i].rule != nil {
					out = append(out, Amendment{Site: Site{p.src, it.Range()}, Rule: p.nodes[i].rule, Label: it.Label.Text})
				}
			case *lang.ReplaceValue:
				out = append(out, Amendment{Site: Site{p.src, it.Range()}, Value: it.Value.Name.Text})
			case *lang.Section:
				walk(it.Items)
			}
		}
	}
	walk(p.decl.Items)
	return out
}

// Rule is the policy's rule with a label, nil where it has none.
func (p *Policy) Rule(label string) *Rule {
	if i, ok := p.byLabel[label]; ok {
		return p.nodes[i].rule
	}
	return nil
}

// Mode is how the outcomes of the policy's rules combine.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Mode() Mode { return p.root.Mode }

// Flat says whether the policy has no sections.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Flat() bool {
	return !slices.ContainsFunc(p.nodes[1:], func(n node) bool { return n.section != nil }) // one without rules has its otherwise
}

// Site is where the term's name stands in its declaration.
func (t *Term) Site() Site { return Site{t.src, t.decl.Name.Range()} }

// Site is where the group's name stands in its declaration.
func (g *Group) Site() Site { return Site{g.src, g.decl.Name.Range()} }

// Site is where the attribute's name stands. The Source is nil where no text declares it.
func (a *Attr) Site() Site { return Site{a.src, a.span} }

// Site is where the constraint stands.
func (c *Constraint) Site() Site { return Site{c.src, c.decl.Range()} }

// Site is where the claim stands.
func (c *Claim) Site() Site { return Site{c.src, c.decl.Range()} }

// Site is where the outcome is declared.
func (o *Outcome) Site() Site { return o.at }

// Site is where the test stands.
func (t *Test) Site() Site { return Site{t.src, t.decl.Range()} }

// Constraints are what every real case satisfies.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Program) Constraints() []*Constraint { return p.constraints }

// Condition is the constraint's condition.
//
// Unstable: it serves package analysis, and changes with it.
func (c *Constraint) Condition(p *Program) *Cond {
	return &Cond{text: lang.FormatExpr(c.decl.Cond), prog: p, c: c.cond}
}

// Policies are those under which the test decides; of a series the one in force.
func (t *Test) Policies() []*Policy {
	var out []*Policy
	for _, tp := range t.policies {
		p := tp.policy
		if tp.series != nil {
			p, _ = tp.series.On(t.given.Date())
		}
		if p != nil {
			out = append(out, p)
		}
	}
	return out
}
