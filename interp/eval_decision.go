package interp

import (
	"errors"
	"fmt"
	"strings"
)

// decision reads the answer off a finished evaluation: the reference's own, which
// may leave open what is not. Its Possible then holds every answer that some
// completion has, and maybe more.
func (e *evaluation) decision() *Decision {
	d := &Decision{Policy: e.p, AsOf: Date(e.s.date)}
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
	if d.Status == Undecided && e.isLive(0) == False {
		d.Notes = append(d.Notes, "the policy speaks of no such case: it speaks where "+e.p.Speaks())
	}
	d.Exact = d.Status != Undetermined
	e.account(d, e.yields[0])
	return d
}

// nothing says whether no rule applies, and there is no otherwise or the policy does not speak of
// the case.
func (e *evaluation) nothing() Truth {
	none := truth(e.p.root.Otherwise == nil).or(e.isLive(0).not())
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
		d.Needs = append(d.Needs, Need{Fact: f.name, Question: e.question(f.name, f.attr)})
	}
}

// notes say where the policy is not in force on the date, and which one is.
func (p *Policy) notes(d Date) []string {
	if p.InForce(d) || d == NoDate {
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

// errUndated says that a question cannot be answered over all days.
func errUndated(p *Policy) error {
	return fmt.Errorf("what %s says hangs on the date, and nobody told it: Case.SetDate tells that of a case", p.Name)
}

func errOtherProgram(p *Policy, c *Case) error {
	if c == nil {
		return errors.New("the case is nil: Program.NewCase makes one")
	}
	return fmt.Errorf("%w than the policy %s", ErrOtherProgram, p.Name)
}

// ErrOtherProgram says that a case was made by another program than the one whose
// policy is to decide it, such as the version of the rules before.
var ErrOtherProgram = errors.New("the case belongs to another program")

// question is how to ask for a fact of the case, with why it is not known from the rules.
func (e *evaluation) question(fact string, a *Attr) string {
	q := e.p.prog.question(fact, a)
	if a == nil || a.Group == nil || a.Group.unsure == nil {
		return q
	}
	thing, _ := e.s.c.peek(strings.TrimSuffix(fact, "."+a.Name))
	if id, ok := identity(thing.v); ok {
		if a.screens() {
			if near := a.Group.whichNear(strings.TrimSuffix(fact, "."+a.Name), writtenAs(thing.v), e.s.date); near != "" {
				return near
			}
		}
		if why := a.Group.whyUnsure(id, e.s.date); why != "" {
			q += " T" + strings.TrimPrefix(why, "t")
		}
	}
	return q
}
