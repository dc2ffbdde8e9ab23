package interp

import (
	"context"
	"errors"
	"fmt"
)

// Status is the sort of answer that a case gets.
type Status string

// The statuses. Undetermined: facts are missing and matter. Undecided: no rule
// applies and there is no otherwise. Conflict: undefeated rules of outcomes that
// do not rank.
const (
	Decided      Status = "decided"
	Undetermined Status = "undetermined"
	Undecided    Status = "undecided"
	Conflict     Status = "conflict"
)

// Decision is the answer to a case, and what it rests on.
type Decision struct {
	Policy      *Policy
	AsOf        Date
	Status      Status
	Outcome     *Outcome   // of a decided case, else nil
	Otherwise   *Otherwise // what decided where no rule did
	Rules       []*Rule    // the deciding rules; of a conflict those that conflict
	Defeated    []Defeat   // rules that applied and were defeated
	Outranked   []*Rule    // rules that applied, undefeated, and did not prevail
	Obligations []string   // of the deciding rules, each once
	MayOblige   []string   // further obligations if rules that may apply do
	Possible    []Possibility
	Needs       []Need // the most decisive first
	Questions   int    // how many facts at most are left to find out, if asked in the best order; 0 where it is not known
	Exact       bool   // the answer is exact, not only safe
	Notes       []string
}

// Defeat is a rule that applied and the rules that defeated it.
type Defeat struct {
	Rule *Rule
	By   []string // labels of rules or sections
}

// Possibility is an answer that the facts leave open: an outcome, or without one
// the status Undecided or Conflict.
type Possibility struct {
	Status  Status
	Outcome *Outcome
	When    string // a condition on the unknown facts; "" where it is not known
}

// Name is the outcome's name or else the status.
func (p Possibility) Name() string {
	if p.Outcome != nil {
		return p.Outcome.Name
	}
	return string(p.Status)
}

// Need is a fact that could settle an undetermined case.
type Need struct {
	Fact     string // recipient.vetted
	Question string
}

// Decide answers a case. Its error is a lang.Diagnostics where the case breaks a
// constraint, and an *EvalError where a condition could not be evaluated.
//
// A decision is shared by all cases that are decided alike, so it must not be changed.
func (p *Policy) Decide(c *Case) (*Decision, error) { return p.DecideContext(context.Background(), c) }

// DecideContext is Decide that ends within milliseconds once ctx is done, with an
// *EvalError that wraps the context's error.
func (p *Policy) DecideContext(ctx context.Context, c *Case) (*Decision, error) {
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	if d := p.recall(ctx, c); d != nil {
		return d, nil
	}
	return p.decideByWalk(ctx, c)
}

// decideByWalk is the reference: every condition is evaluated.
func (p *Policy) decideByWalk(ctx context.Context, c *Case) (*Decision, error) {
	e, err := p.evaluate(ctx, c)
	if err != nil {
		return nil, err
	}
	return e.answer()
}

// answer is the decision, made exact. A condition that could not be evaluated
// counts as one that may hold or not: where the answer is the same either way it
// stands, and else it is the error.
func (e *evaluation) answer() (*Decision, error) {
	if e.s.stopped {
		return nil, e.s.err
	}
	d := e.decision()
	if err := e.refine(d); err != nil {
		return nil, err
	}
	if d.Status == Undetermined && e.s.err != nil {
		return nil, e.s.err
	}
	if e.sure {
		return d, nil
	}
	none, err := e.p.lensOn(e.s.date).excludes(e.s.ctx, e.s.c)
	if err == nil && none {
		err = e.s.c.impossible()
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// ErrOtherProgram says that a case was made by another program than the one whose
// policy is to decide it, such as the version of the rules before.
var ErrOtherProgram = errors.New("the case belongs to another program")

func errOtherProgram(p *Policy, c *Case) error {
	if c == nil {
		return errors.New("the case is nil: Program.NewCase makes one")
	}
	return fmt.Errorf("%w than the policy %s", ErrOtherProgram, p.Name)
}

// decision reads the answer off a finished evaluation: the reference's own, which
// may leave open what is not. Its Possible then holds every answer that some
// completion has, and maybe more.
func (e *evaluation) decision() *Decision {
	d := &Decision{Policy: e.p, AsOf: Date(e.s.date), Notes: e.p.notes(Date(e.s.date))}
	var sure, open []*Outcome
	none := e.nothing()
	for o, t := range e.yields[0] {
		switch t {
		case True:
			sure = append(sure, e.p.prog.outcomes[o])
		case Unknown:
			open = append(open, e.p.prog.outcomes[o])
		}
	}
	switch {
	case len(sure) > 1:
		d.Status = Conflict
	case len(sure) == 1 && len(open) == 0:
		d.Status, d.Outcome = Decided, sure[0]
	case none == True:
		d.Status = Undecided
	default:
		d.Status = Undetermined
		e.openAnswers(d, append(sure, open...), none)
	}
	d.Exact = d.Status != Undetermined
	for _, o := range sure {
		if d.Status != Undetermined {
			e.collect(d, 0, o)
		}
	}
	e.losers(d)
	d.Obligations = obligations(d.Rules, d.Otherwise)
	if d.Status == Decided {
		d.MayOblige = e.mayOblige(d)
	}
	return d
}

// nothing says whether no rule applies and there is no otherwise.
func (e *evaluation) nothing() Truth {
	none := truth(e.p.root.Otherwise == nil)
	for _, child := range e.p.kids[0] {
		none = none.and(e.takesEffect(child).not())
	}
	return none
}

func (e *evaluation) openAnswers(d *Decision, outcomes []*Outcome, none Truth) {
	conflict := false
	for i, o := range outcomes {
		d.Possible = append(d.Possible, Possibility{Status: Decided, Outcome: o})
		for _, q := range outcomes[:i] {
			conflict = conflict || o.Chain != q.Chain
		}
	}
	sortPossible(d.Possible)
	if none != False {
		d.Possible = append(d.Possible, Possibility{Status: Undecided})
	}
	if conflict {
		d.Possible = append(d.Possible, Possibility{Status: Conflict})
	}
	for _, f := range e.s.missing.facts {
		d.Needs = append(d.Needs, Need{Fact: f.name, Question: e.p.prog.question(f.name, f.attr)})
	}
}

// collect adds the rules of a section that give an outcome it decides.
func (e *evaluation) collect(d *Decision, i int32, o *Outcome) {
	sec := e.p.nodes[i].section
	found := false
	for _, child := range e.p.kids[i] {
		if e.takesEffect(child) != True {
			continue
		}
		if r := e.p.nodes[child].rule; r != nil {
			if r.Outcome == o {
				d.Rules = append(d.Rules, r)
				found = true
			}
		} else if e.decide(child)[o.Index] == True {
			e.collect(d, child, o)
			found = true
		}
		if sec.Mode == ByFirst {
			break
		}
	}
	if !found && sec.Otherwise != nil && sec.Otherwise.Outcome == o {
		d.Otherwise = sec.Otherwise
	}
}

// losers lists the rules that applied and did not decide.
func (e *evaluation) losers(d *Decision) {
	deciding := map[*Rule]bool{}
	for _, r := range d.Rules {
		deciding[r] = true
	}
	for i, n := range e.p.nodes {
		if n.rule == nil || e.applies[i] != True || e.isLive(n.parent) != True && !e.sectionDefeated(n.parent) {
			continue
		}
		by := e.defeatedBy(int32(i))
		switch {
		case len(by) > 0:
			d.Defeated = append(d.Defeated, Defeat{Rule: n.rule, By: by})
		case e.effect[i] == True && !deciding[n.rule] && d.Status != Undetermined:
			d.Outranked = append(d.Outranked, n.rule)
		}
	}
}

// sectionDefeated says whether a section whose when holds is silenced by a defeat.
func (e *evaluation) sectionDefeated(i int32) bool {
	for ; i > 0; i = e.p.nodes[i].parent {
		if e.applies[i] != True {
			return false
		}
		if e.undefeated(i) == False {
			return true
		}
	}
	return false
}

// defeatedBy lists what defeats a rule, or a section it stands in.
func (e *evaluation) defeatedBy(i int32) []string {
	var by []string
	for ; i > 0; i = e.p.nodes[i].parent {
		for _, d := range e.p.defeaters[i] {
			if e.takesEffect(d) == True {
				by = append(by, e.p.label(d))
			}
		}
	}
	return by
}

// mayOblige lists the obligations of rules with the prevailing outcome that may
// still turn out to apply.
func (e *evaluation) mayOblige(d *Decision) []string {
	have := map[string]bool{}
	for _, o := range d.Obligations {
		have[o] = true
	}
	var out []string
	for i, n := range e.p.nodes {
		if n.rule == nil || n.rule.Outcome != d.Outcome || e.takesEffect(int32(i)) != Unknown {
			continue
		}
		for _, o := range n.rule.Requiring {
			if !have[o] {
				have[o] = true
				out = append(out, o)
			}
		}
	}
	return out
}

func obligations(rules []*Rule, otherwise *Otherwise) []string {
	var out []string
	seen := map[string]bool{}
	add := func(list []string) {
		for _, o := range list {
			if !seen[o] {
				seen[o] = true
				out = append(out, o)
			}
		}
	}
	for _, r := range rules {
		add(r.Requiring)
	}
	if otherwise != nil {
		add(otherwise.Requiring)
	}
	return out
}

// sortPossible puts the outcomes in the order declared: the strictest first.
func sortPossible(ps []Possibility) {
	for i := 1; i < len(ps); i++ {
		for j := i; j > 0 && ps[j].Outcome.Index < ps[j-1].Outcome.Index; j-- {
			ps[j], ps[j-1] = ps[j-1], ps[j]
		}
	}
}

// notes say where the policy is not in force on the date, and which one is.
func (p *Policy) notes(d Date) []string {
	if p.InForce(d) {
		return nil
	}
	note := fmt.Sprintf("%s is not in force on %s", p.Name, d)
	for _, s := range p.prog.order.series {
		for _, q := range s.Policies {
			if q != p {
				continue
			}
			if now, err := s.On(d); err == nil {
				return []string{note + "; " + now.Name + " is"}
			}
		}
	}
	return []string{note}
}

// label of a node: the rule's, or the section's name.
func (p *Policy) label(i int32) string {
	if r := p.nodes[i].rule; r != nil {
		return r.Label
	}
	return p.nodes[i].section.Name
}
