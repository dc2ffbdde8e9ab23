package interp

import (
	"context"
	"slices"
)

// Verdict says in what way an outcome is not the answer.
type Verdict string

// The verdicts. Forbidden: a rule of another outcome prevails over the rules that
// give it. NotPermitted: no rule that gives it applies. IsAnswer: it is the answer.
// Open: facts are missing and it is still possible. RuledOut: facts are missing,
// and it is no longer possible.
const (
	VerdictIsAnswer     Verdict = "is the answer"
	VerdictForbidden    Verdict = "forbidden"
	VerdictNotPermitted Verdict = "not permitted"
	VerdictOpen         Verdict = "open"
	VerdictRuledOut     Verdict = "ruled out"
	VerdictInConflict   Verdict = "in conflict"
)

// WhyNot says why a case does not have an outcome.
type WhyNot struct {
	Decision *Decision
	Case     *Case // as it was decided
	Outcome  *Outcome
	Verdict  Verdict
	Fates    []*Fate       // of every rule that gives the outcome
	Deciding []*RuleReason // the rules that decided otherwise, and why they apply; of an undetermined case those of other outcomes that apply
}

// FateKind is what became of a rule that could have given the outcome.
type FateKind string

// The fates of a rule.
const (
	FateFailed     FateKind = "failed"       // clauses of it do not hold
	FateNotInForce FateKind = "not in force" // outside its own dates
	FateDefeated   FateKind = "defeated"
	FateOutranked  FateKind = "outranked"
	FateOpen       FateKind = "open" // it depends on missing facts
	FateDecides    FateKind = "decides"
)

// Fate is what became of a rule: the clauses that failed with the facts that made
// them fail, or what defeated or out-ranked it.
type Fate struct {
	Kind   FateKind
	Reason *RuleReason // all clauses of the rule
	Failed []*Reason   // of a failed rule the clauses that keep it from applying, of an open one those that are unknown
	By     []string    // of a defeated rule what defeated it, of an out-ranked one the deciding rules
}

// WhyNot says why the case does not have the outcome, rule by rule. Its errors are
// those of Decide, and an unknown outcome's; like Decide it ends soon once ctx is done.
func (p *Policy) WhyNot(ctx context.Context, c *Case, outcome string) (*WhyNot, error) {
	ctx = p.prog.watch(ctx)
	o, err := p.prog.Outcome(outcome)
	if err != nil {
		return nil, err
	}
	e, d, err := p.evaluated(ctx, c)
	if err != nil {
		return nil, err
	}
	w := &WhyNot{Decision: d, Case: c.Clone(), Outcome: o}
	e.s.again()
	for i, n := range p.nodes {
		switch {
		case n.rule == nil:
		case n.rule.Outcome == o:
			w.Fates = append(w.Fates, e.fate(d, int32(i)))
		case d.Status == Undetermined && e.applies[i] == True && e.takesEffect(int32(i)) != False:
			w.Deciding = append(w.Deciding, e.reason(n.rule))
		}
	}
	w.Verdict = e.verdict(d, o, w.Fates)
	if w.Verdict != VerdictIsAnswer {
		for _, r := range d.Rules {
			w.Deciding = append(w.Deciding, e.reason(r))
		}
	}
	if err := e.s.cut(); err != nil {
		return nil, err
	}
	return w, nil
}

func (e *evaluation) verdict(d *Decision, o *Outcome, fates []*Fate) Verdict {
	switch d.Status {
	case Undetermined:
		for _, p := range d.Possible {
			if p.Outcome == o {
				return VerdictOpen
			}
		}
		return VerdictRuledOut
	case Conflict:
		return VerdictInConflict
	case Decided:
		if d.Outcome == o {
			return VerdictIsAnswer
		}
	}
	for _, f := range fates {
		if f.Kind == FateOutranked || f.Kind == FateDefeated {
			return VerdictForbidden
		}
	}
	if d.Status == Decided && len(d.Rules) > 0 && e.forbids(d.Outcome, o) {
		return VerdictForbidden
	}
	return VerdictNotPermitted
}

// forbids says whether the prevailing outcome would have won over o had a rule given that.
func (e *evaluation) forbids(prevailing, o *Outcome) bool {
	return e.beats(e.p.root.Mode, prevailing.Index, o.Index) && e.p.root.Mode != ByFirst
}

func (e *evaluation) fate(d *Decision, i int32) *Fate {
	r := e.p.nodes[i].rule
	f := &Fate{Reason: e.reason(r)}
	switch {
	case e.s.isDay(r) == False:
		f.Kind = FateNotInForce
	case e.applies[i] == False:
		f.Kind = FateFailed
		f.Failed = f.Reason.blocking(False)
	case e.applies[i] == Unknown:
		f.Kind = FateOpen
		f.Failed = f.Reason.blocking(Unknown)
	default:
		if f.By = e.defeatedBy(i, Unknown); len(f.By) > 0 {
			f.Kind = FateDefeated
			break
		}
		e.fateOfEffect(d, i, f)
	}
	return f
}

func (e *evaluation) fateOfEffect(d *Decision, i int32, f *Fate) {
	switch {
	case e.takesEffect(i) == Unknown:
		f.Kind = FateOpen
	case e.takesEffect(i) == False: // a section it stands in takes no part
		f.Kind = FateFailed
		for i = e.p.nodes[i].parent; i >= 0; i = e.p.nodes[i].parent {
			if e.applies[i] == False {
				f.Failed = []*Reason{e.s.why(e.p.nodes[i].section.when)}
			}
		}
	case d.Status == Decided && slices.Contains(d.Rules, f.Reason.Rule):
		f.Kind = FateDecides
	default:
		f.Kind = FateOutranked
		for _, r := range d.Rules {
			if r != f.Reason.Rule {
				f.By = append(f.By, r.Label)
			}
		}
	}
}

// blocking are the clauses whose part in the rule has a truth: those that fail, or
// those that are unknown.
func (r *RuleReason) blocking(t Truth) []*Reason {
	var out []*Reason
	for _, c := range r.Clauses {
		held := c.Truth
		if c.Clause == ClauseUnless {
			held = held.not()
		}
		if held == t {
			out = append(out, c)
		}
	}
	return out
}
