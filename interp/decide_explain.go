package interp

import (
	"context"
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// Explanation justifies a decision: its rules as trees from the sentence down to the facts.
type Explanation struct {
	Decision  *Decision
	Case      *Case // as it was decided
	Deciding  []*RuleReason
	Defeated  []*RuleReason // applied, and were defeated
	Outranked []*RuleReason // applied, undefeated, and did not prevail
	Open      []*RuleReason // of an undetermined case: may apply
}

// RuleReason is why a rule applies, or may.
type RuleReason struct {
	Rule    *Rule
	By      []string  // of a defeated rule: what defeated it
	Clauses []*Reason // in the order of the sentence
}

// Reason is a clause or a part of one: its words, whether it holds, and what makes
// it so: its parts, or at the leaves the facts.
type Reason struct {
	Clause ClauseKind // of a rule's clause; of a part of one ""
	Text   string     // the author's words
	Truth  Truth      // of the words themselves, so an unless that holds keeps the rule from applying
	Facts  []UsedFact
	Term   *Term // whose definition Sub gives
	Sub    []*Reason
}

// UsedFact is a fact that a condition read.
type UsedFact struct {
	Name    string
	Value   Value  // nil: unknown
	There   bool   // of what has is asked of: there is one, of which no value tells
	Default bool   // not given, and so the kind's default
	Note    string // of a dated membership: since when, or that it is none on the date
}

// String is name = value, or that it is unknown.
func (f UsedFact) String() string {
	switch {
	case f.There:
		return f.Name + " is there"
	case f.Value == nil:
		return f.Name + " is not known"
	case f.Default:
		return f.Name + " = " + f.Value.String() + " (by default)"
	}
	return f.Name + " = " + f.Value.String()
}

// Explain decides a case and says why. Its errors are those of Decide, and like Decide it
// ends soon once ctx is done.
func (p *Policy) Explain(ctx context.Context, c *Case) (*Explanation, error) {
	ctx = p.prog.watch(ctx)
	e, d, err := p.evaluated(ctx, c)
	if err != nil {
		return nil, err
	}
	x := &Explanation{Decision: d, Case: c.Clone()}
	e.s.again()
	for _, r := range d.Rules {
		x.Deciding = append(x.Deciding, e.reason(r))
	}
	for _, f := range d.Defeated {
		r := e.reason(f.Rule)
		r.By = f.By
		x.Defeated = append(x.Defeated, r)
	}
	for _, r := range d.Outranked {
		x.Outranked = append(x.Outranked, e.reason(r))
	}
	if d.Status == Undetermined {
		for i, n := range p.nodes {
			if n.rule != nil && e.takesEffect(int32(i)) != False {
				x.Open = append(x.Open, e.reason(n.rule))
			}
		}
	}
	if err := e.s.cut(); err != nil {
		return nil, err
	}
	return x, nil
}

// evaluated is an evaluation of a case by the reference, with the decision.
func (p *Policy) evaluated(ctx context.Context, c *Case) (*evaluation, *Decision, error) {
	if ctx.Err() != nil {
		return nil, nil, stopped(ctx)
	}
	if p.undated(c) {
		return p.evaluatedUndated(ctx, c)
	}
	e, err := p.evaluate(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	d, err := e.answer()
	return e, d, err
}

func (e *evaluation) reason(r *Rule) *RuleReason {
	out := &RuleReason{Rule: r}
	for _, cl := range r.clauses() {
		reason := e.s.why(cl.c)
		reason.Clause = cl.kind
		out.Clauses = append(out.Clauses, reason)
	}
	return out
}

// why evaluates a condition once more and keeps what it finds on the way. Its
// parts are all shown, also those that a decided one makes idle.
func (s *state) why(c cond) *Reason {
	r := &Reason{Truth: c.truth(s)}
	if s.reasons++; s.reasons > maxReasons || !s.step() {
		return r
	}
	if n := c.node(); n != nil {
		r.Text = lang.FormatExpr(n)
		s.spend(len(r.Text) / bytesAStep)
	}
	switch c := c.(type) {
	case *allCond:
		r.Sub = s.whyAll(c.xs)
	case *anyCond:
		r.Sub = s.whyAll(c.xs)
	case *tallyCond:
		r.Sub = s.whyAll(c.xs)
	case *impliesCond:
		r.Sub = s.whyAll([]cond{c.x, c.y})
	case *notCond:
		r.Sub = s.denied(c)
	case *termCond:
		s.whyTerm(c, r)
	case *constCond:
	default:
		r.Facts = s.factsRead(c)
	}
	return r
}

// maxReasons bounds an explanation; past it parts are left out.
const maxReasons = 20_000

func (s *state) whyAll(cs []cond) []*Reason {
	var out []*Reason
	for _, c := range cs {
		out = append(out, s.why(c))
	}
	return out
}

// denied is what a negation denies; where the author wrote both as one (not in,
// is not), what that in turn rests on.
func (s *state) denied(c *notCond) []*Reason {
	x := s.why(c.x)
	if c.x.node() == c.node() && (len(x.Sub) > 0 || len(x.Facts) > 0) {
		x.Text = ""
	}
	return []*Reason{x}
}

func (s *state) whyTerm(c *termCond, r *Reason) {
	r.Term = c.term
	if c.subject == nil {
		r.Sub = []*Reason{s.why(c.term.cond)}
		return
	}
	thing, _ := c.subject.thing(s)
	if thing == nil {
		return
	}
	self, name := s.self, s.name
	s.self, s.name = thing, c.subject.under(s.name)
	r.Sub = []*Reason{s.why(c.term.cond)}
	s.self, s.name = self, name
}

// factsRead lists what a leaf condition reads, with the values.
func (s *state) factsRead(c cond) []UsedFact {
	read := newFactReader()
	read.cond(c, s.name)
	var out []UsedFact
	for _, name := range keys(read.names) {
		out = append(out, s.c.used(name))
	}
	for _, call := range s.resultsRead(c) {
		out = append(out, UsedFact{Name: call, Value: s.c.results[call]})
	}
	if has, ok := c.(*hasCond); ok && len(out) == 1 && out[0].Value == nil {
		out[0].There = has.truth(s) == True
	}
	if d, ok := c.(*deniedCond); ok {
		c = d.rel
	}
	if g, ok := c.(*groupCond); ok && len(out) > 0 && out[0].Value != nil {
		out[0].Note = g.group.membership(out[0].Value, s.date)
		if id, ok := identity(out[0].Value); !ok || len(g.group.unsureOn(id, s.date)) == 0 && g.group.nearNote(out[0].Value, s.date) == "" {
			out = out[:1] // what is told settles nothing
		}
	}
	return out
}

// resultsRead are the calls on whose results a condition rests, told or missing.
func (s *state) resultsRead(c cond) []string {
	if !callsDeclared(c) {
		return nil
	}
	t := *s
	t.missing = &missing{seen: map[string]bool{}}
	c.truth(&t)
	calls := t.missing.told
	for _, f := range t.missing.facts {
		if f.result != nil {
			calls = append(calls, f.name)
		}
	}
	slices.Sort(calls)
	return slices.Compact(calls)
}

// used is a fact with its value and where that comes from.
func (c *Case) used(name string) UsedFact {
	fact, _ := c.peek(name)
	used := UsedFact{Name: name, Value: fact.v, Default: fact.Default}
	if fact.file != "" {
		used.Note = "from " + fact.file
	}
	return used
}

// Condition evaluates a condition in the author's words on the case, as far as it
// is known, with what it rests on. The error is a lang.Diagnostics where the text
// is no condition, and an *EvalError where it cannot be evaluated.
func (c *Case) Condition(text string) (*Reason, error) {
	cond, err := c.prog.Condition(text)
	if err != nil {
		return nil, err
	}
	s := &state{c: c, date: c.day()}
	r := s.why(cond.c)
	return r, s.err
}
