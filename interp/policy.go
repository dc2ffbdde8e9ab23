package interp

import (
	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// Mode is how the outcomes of several rules combine.
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
	Source      []string
	From, Until Date // the days it is in force: from From to the day before Until
	prog        *Program
	root        *Section
	nodes       []node            // rules and sections in the order of the text, the root first
	kids        map[int32][]int32 // of a section, by node
	defeaters   map[int32][]int32
	byLabel     map[string]int32
	lenses      lenses
	engines     engines
	src         *lang.Source
	decl        *lang.Policy
}

// node is a rule or a section in its place in a policy.
type node struct {
	rule    *Rule
	section *Section
	parent  int32 // the section it stands in; -1 for the root
}

// Section is a part of a policy that is decided by itself and then counts as one
// rule. The policy itself is the outermost one.
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

// item is one of its fields.
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
	parts     []part
	later     *later // of a rule whose conditions have not been checked yet
	from      num.Date
	until     num.Date
	src       *lang.Source
	decl      *lang.Rule
}

// Place is file:line:col of the otherwise.
func (o *Otherwise) Place() string { return o.src.Place(o.decl.Range().Start) }

// Place is file:line:col of the rule.
func (r *Rule) Place() string { return r.src.Place(r.decl.Range().Start) }

// Text is the rule as its author wrote it.
func (r *Rule) Text() string { return r.src.Slice(r.decl.Range()) }

// part is one clause of a rule's condition: the object, a phrase by its
// preposition, when or unless.
type part struct {
	clause string
	c      cond
}

const (
	objectClause = "object"
	whenClause   = "when"
	unlessClause = "unless"
)

// truth of the part as a conjunct of the rule: an unless counts when it does not hold.
func (p part) truth(s *state) Truth {
	t := p.c.truth(s)
	if p.clause == unlessClause {
		return t.not()
	}
	return t
}

// applies says whether the rule's phrases and when hold, its unless does not, and
// the date of the case is one of its days.
func (r *Rule) applies(s *state) Truth {
	if s.date < r.from || s.date >= r.until {
		return False
	}
	t := True
	for _, p := range r.conditions() {
		if t = t.and(p.truth(s)); t == False {
			break
		}
	}
	return t
}

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

// Program is the program the policy belongs to.
func (p *Policy) Program() *Program { return p.prog }
