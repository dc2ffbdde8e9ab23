package interp

import (
	"sync"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// Mode is how the outcomes of several rules combine.
//
// Unstable: it serves package analysis, and changes with it.
type Mode uint8

// The modes: the strictest outcome prevails, the loosest, or the first rule's in the text.
const (
	ByStrictest Mode = iota
	ByLoosest
	ByFirst
)

// Policy is a set of rules with the amendments of the policies it amends carried out.
type Policy struct {
	Name        string
	Title       string
	Doc         string
	Amends      *Policy
	values      map[string]*namedValue // those that it, or what it amends, replaces, and what is worked out from them
	Source      []string
	From, Until Date // the days it is in force: from From to the day before Until
	prog        *Program
	root        *Section
	nodes       []node            // rules and sections in the order of the text, the root first
	instead     map[int32]*Rule   // by node: other versions of rules, of a policy that spaces alone are asked about
	kids        map[int32][]int32 // of a section, by node
	defeaters   map[int32][]int32
	byLabel     map[string]int32
	cache       *policyCache
	src         *lang.Source
	dir         string // for the files that it names
	decl        *lang.Policy
}

// policyCache is what is kept of a policy between decisions: its diagrams and its engines.
// The model carries it, and the rooms that fill it alone look into it.
type policyCache struct{ diagrams, engines, uses, turns kept }

// kept is something that is made when it is first asked for.
type kept struct {
	once sync.Once
	v    any
}

// node is a rule or a section in its place in a policy.
type node struct {
	rule    *Rule
	section *Section
	parent  int32 // the section it stands in; -1 for the root
}

// Section is a part of a policy that is decided by itself and then counts as one
// rule. The policy itself is the outermost one.
//
// Unstable: it serves package analysis, and changes with it.
type Section struct {
	Name      string
	Title     string
	Mode      Mode
	Otherwise *Otherwise
	when      cond // nil: always
	items     []item
	src       *lang.Source
	decl      *lang.Section // nil for the policy itself
}

// item is a rule or a section: one field is set.
type item struct {
	rule    *Rule
	section *Section
}

// Otherwise is the outcome where no rule applies.
type Otherwise struct {
	Outcome   *Outcome
	Requiring []string
	Because   string
	Source    []string
	src       *lang.Source
	decl      *lang.Otherwise
}

// Rule is one sentence of a policy.
type Rule struct {
	Label     string // the author's, or policy/number
	Outcome   *Outcome
	Requiring []string
	Because   string
	Source    []string
	Policy    string // where it is written
	checked   []clause
	later     *later // of a rule whose conditions have not been checked yet
	from      num.Date
	until     num.Date
	src       *lang.Source
	decl      *lang.Rule
}

// later checks a rule's conditions when they are first asked for. They are those of a
// program that has been checked before.
type later struct {
	once  sync.Once
	check func(*Rule)
}

// clause is one part of a rule's condition: the object, a phrase by its
// preposition, when or unless.
type clause struct {
	kind ClauseKind
	c    cond
}

// ClauseKind is which clause of a rule's sentence it is: one of the constants, or the
// preposition of a phrase.
type ClauseKind string

// The clauses that have no preposition.
const (
	ClauseObject ClauseKind = "object"
	ClauseWhen   ClauseKind = "when"
	ClauseUnless ClauseKind = "unless"
)

// keptIn is the T in k, made when it is first asked for; k is always asked for the same T.
func keptIn[T any](k *kept) *T {
	k.once.Do(func() { k.v = new(T) })
	return k.v.(*T)
}

// clauses are the parts of the rule's condition.
func (r *Rule) clauses() []clause {
	if r.later != nil {
		r.later.once.Do(func() { r.later.check(r) })
	}
	return r.checked
}

// Text is the rule as its author wrote it.
func (r *Rule) Text() string { return r.src.Slice(r.decl.Range()) }

// InForce says whether the policy is in force on a date.
func (p *Policy) InForce(d Date) bool { return p.From <= d && d < p.Until }

// Rules are the policy's rules, inherited ones too, in the order of the text.
func (p *Policy) Rules() []*Rule {
	var rules []*Rule
	for _, n := range p.nodes {
		if n.rule != nil {
			rules = append(rules, n.rule)
		}
	}
	return rules
}

// ruleAt is the rule of a node; nil of a section.
func (p *Policy) ruleAt(i int32) *Rule {
	if r := p.instead[i]; r != nil {
		return r
	}
	return p.nodes[i].rule
}

// Program is the program the policy belongs to.
func (p *Policy) Program() *Program { return p.prog }

// label of a node: the rule's, or the section's name.
func (p *Policy) label(i int32) string {
	if r := p.nodes[i].rule; r != nil {
		return r.Label
	}
	return p.nodes[i].section.Name
}

func (r *Rule) inForce(on num.Date) bool { return on >= r.from && on < r.until }

// Speaks is the condition of the cases that the policy speaks of, in the author's words; "" where
// it speaks of all.
func (p *Policy) Speaks() string {
	if p.root.when == nil {
		return ""
	}
	return lang.FormatExpr(p.root.when.node())
}

// Otherwise is what the policy says where no rule applies; nil where it says nothing.
func (p *Policy) Otherwise() *Otherwise { return p.root.Otherwise }

// Site is where the otherwise stands.
func (o *Otherwise) Site() Site { return Site{o.src, o.decl.Range()} }

// Otherwises are what the policy and its sections say otherwise, in the order of the text.
func (p *Policy) Otherwises() []*Otherwise {
	var out []*Otherwise
	for _, n := range p.nodes {
		if n.section != nil && n.section.Otherwise != nil {
			out = append(out, n.section.Otherwise)
		}
	}
	return out
}
