package interp

import "context"

// evaluation is the state of every rule and section of a policy in one case.
type evaluation struct {
	p       *Policy
	s       *state
	sure    bool    // the case breaks no constraint, whatever the missing facts are
	unkept  error   // a constraint could not be evaluated
	spared  bool    // no answer hangs on what could not be evaluated
	applies []Truth // rules: the conditions hold; sections: the when does
	effect  []Truth // undefeated, in a live section, and (sections) deciding something
	done    []bool
	live    []Truth   // sections, by node: may its rules speak
	yields  [][]Truth // sections, by node: per outcome, what it decides
	settled []bool
}

func (p *Policy) evaluate(ctx context.Context, c *Case) (*evaluation, error) {
	if c == nil || c.prog != p.prog {
		return nil, errOtherProgram(p, c)
	}
	s := &state{ctx: ctx, c: c, date: c.day(), missing: &missing{seen: map[string]bool{}}}
	sure, err := c.checkConstraints(ctx)
	if err != nil && !cannotEvaluate(err) {
		return nil, err
	}
	e := &evaluation{p: p, s: s, sure: sure, unkept: err, applies: make([]Truth, len(p.nodes))}
	e.allocate()
	for i, node := range p.nodes {
		switch {
		case node.rule != nil:
			e.applies[i] = node.rule.applies(s)
		case node.section.when != nil:
			e.applies[i] = node.section.when.truth(s)
		default:
			e.applies[i] = True
		}
	}
	e.decide(0)
	return e, nil
}

// allocate makes the slices of what is found out of every node.
func (e *evaluation) allocate() {
	n := len(e.p.nodes)
	e.effect, e.done = make([]Truth, n), make([]bool, n)
	e.live, e.yields, e.settled = make([]Truth, n), make([][]Truth, n), make([]bool, n)
}

// undefeated says whether no rule or section that takes effect defeats node i.
func (e *evaluation) undefeated(i int32) Truth {
	t := True
	for _, d := range e.p.defeaters[i] {
		if t = t.and(e.takesEffect(d).not()); t == False {
			break
		}
	}
	return t
}

// takesEffect is the effect of a node. The priority relation is acyclic, so this ends.
func (e *evaluation) takesEffect(i int32) Truth {
	if e.done[i] {
		return e.effect[i]
	}
	n := e.p.nodes[i]
	t := False
	if n.rule != nil {
		if t = e.applies[i]; t != False {
			t = t.and(e.isLive(n.parent)).and(e.undefeated(i))
		}
	} else {
		for _, y := range e.decide(i) {
			t = t.or(y)
		}
	}
	e.effect[i], e.done[i] = t, true
	return t
}

// isLive says whether the rules of a section may speak.
func (e *evaluation) isLive(i int32) Truth {
	if !e.settled[i] {
		t := e.applies[i]
		if parent := e.p.nodes[i].parent; parent >= 0 && t != False {
			t = t.and(e.isLive(parent)).and(e.undefeated(i))
		}
		e.live[i], e.settled[i] = t, true
	}
	return e.live[i]
}

// decide is what a section gives: per outcome whether it is (one of) its answers.
func (e *evaluation) decide(i int32) []Truth {
	if e.yields[i] != nil {
		return e.yields[i]
	}
	sec := e.p.nodes[i].section
	given, any := e.given(i)
	out := make([]Truth, len(given))
	for o, t := range given {
		if t == False {
			continue
		}
		if sec.Mode != ByFirst {
			for q, u := range given {
				if u != False && e.beats(sec.Mode, q, o) {
					t = t.and(u.not())
				}
			}
		}
		out[o] = t
	}
	if sec.Otherwise != nil {
		o := sec.Otherwise.Outcome.Index
		out[o] = out[o].or(any.not().and(e.isLive(i)))
	}
	e.yields[i] = out
	return out
}

func (e *evaluation) beats(m Mode, q, o int) bool {
	a, b := e.p.prog.outcomes[q], e.p.prog.outcomes[o]
	if m == ByLoosest {
		return b.StricterThan(a)
	}
	return a.StricterThan(b)
}

// given collects what the rules and sections of a section give, before they are
// ranked; by first, a later one gives only what no earlier one has pre-empted.
func (e *evaluation) given(i int32) (given []Truth, any Truth) {
	given = make([]Truth, len(e.p.prog.outcomes))
	first := e.p.nodes[i].section.Mode == ByFirst
	for _, child := range e.p.kids[i] {
		before := any
		add := func(o int, t Truth) {
			if first {
				t = t.and(before.not())
			}
			given[o] = given[o].or(t)
		}
		if r := e.p.nodes[child].rule; r != nil {
			t := e.takesEffect(child)
			add(r.Outcome.Index, t)
			any = any.or(t)
			continue
		}
		for o, t := range e.decide(child) {
			add(o, t)
			any = any.or(t)
		}
	}
	return given, any
}

// truth of the clause as a conjunct of the rule: an unless counts when it does not hold.
func (cl clause) truth(s *state) Truth {
	t := cl.c.truth(s)
	if cl.kind == ClauseUnless {
		return t.not()
	}
	return t
}

// applies says whether the rule's phrases and when hold, its unless does not, and
// the date of the case is one of its days.
func (r *Rule) applies(s *state) Truth {
	before, t := s.err, s.isDay(r)
	if t == False {
		return False
	}
	for _, cl := range r.clauses() {
		if !s.step() {
			return Unknown
		}
		if t = t.and(cl.truth(s)); t == False {
			break
		}
	}
	return s.settled(before, t)
}

// isDay says whether the date of the case is one of the rule's days.
func (s *state) isDay(r *Rule) Truth {
	switch {
	case r.from == firstDay && r.until == endOfDay:
		return True
	case s.undated():
		return Unknown
	}
	return truth(r.from <= s.date && s.date < r.until)
}
