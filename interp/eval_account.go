package interp

import "slices"

// grounds are what gives a policy's answer: rules, and the otherwise of the policy or of
// sections.
type grounds struct {
	rules     []*Rule
	otherwise []*Otherwise
}

// account says what a decision rests on, and which rules applied and did not decide.
// Gives says of each outcome whether it is (one of) the answers.
func (e *evaluation) account(d *Decision, gives []Truth) {
	e.defeats(d)
	if d.Status == Undetermined {
		return
	}
	var sure, may grounds
	e.collect(&sure, 0, gives, True)
	e.collect(&may, 0, gives, Unknown)
	d.Obligations = sure.obligations()
	d.MayOblige = may.obligations(d.Obligations...)
	d.Rules = sure.rules
	if n := len(sure.otherwise); n > 0 {
		d.Otherwise = sure.otherwise[n-1]
	}
	if n := len(may.otherwise); len(sure.rules)+len(sure.otherwise) == 0 && len(may.rules)+n > 0 {
		d.Notes = append(d.Notes, settledNote)
		if d.Rules = may.rules; len(d.Rules) == 0 {
			d.Otherwise = may.otherwise[n-1]
		}
	}
	prevails := map[*Rule]bool{}
	for _, r := range may.rules {
		prevails[r] = true
	}
	for i, n := range e.p.nodes {
		if n.rule != nil && e.takesEffect(int32(i)) == True && !prevails[n.rule] {
			d.Outranked = append(d.Outranked, n.rule)
		}
	}
}

const settledNote = "whatever the missing facts are, the answer is the same; which of the rules gives it may depend on them"

// collect adds what gives outcomes in a section that yields them, in the order of the text:
// with least True what does so whatever the missing facts are, with Unknown what may.
func (e *evaluation) collect(g *grounds, i int32, gives []Truth, least Truth) {
	sec := e.p.nodes[i].section
	any := False
	for _, child := range e.p.kids[i] {
		t := e.takesEffect(child)
		any = any.or(t)
		if r := e.p.nodes[child].rule; r == nil {
			if t >= least {
				e.collect(g, child, both(gives, e.decide(child)), least)
			}
		} else if t >= least && gives[r.Outcome.Index] >= least {
			g.rules = append(g.rules, r)
		}
		if sec.Mode == ByFirst && (t == True || t == Unknown && least == True) {
			break
		}
	}
	if sec.Otherwise != nil && gives[sec.Otherwise.Outcome.Index] >= least && any.not().and(e.isLive(i)) >= least {
		g.otherwise = append(g.otherwise, sec.Otherwise)
	}
}

// both says of each outcome whether two sections give it.
func both(outer, inner []Truth) []Truth {
	out := slices.Clone(inner)
	for o, t := range outer {
		out[o] = t.and(out[o])
	}
	return out
}

// obligations are those of all the grounds but some, each once.
func (g *grounds) obligations(but ...string) []string {
	var out []string
	seen := map[string]bool{}
	for _, o := range but {
		seen[o] = true
	}
	add := func(list []string) {
		for _, o := range list {
			if !seen[o] {
				seen[o] = true
				out = append(out, o)
			}
		}
	}
	for _, r := range g.rules {
		add(r.Requiring)
	}
	for _, o := range g.otherwise {
		add(o.Requiring)
	}
	return out
}

// settle turns an undetermined answer into the one that every completion has.
func (e *evaluation) settle(d *Decision, p Possibility) {
	d.Status, d.Outcome, d.Possible, d.Needs = p.Status, p.Outcome, nil, nil
	gives := e.yields[0]
	if p.Status != Conflict {
		gives = make([]Truth, len(gives))
	}
	if p.Outcome != nil {
		gives[p.Outcome.Index] = True
	}
	d.Defeated = nil
	e.account(d, gives)
}

// defeats lists the rules that applied and were defeated.
func (e *evaluation) defeats(d *Decision) {
	for i, n := range e.p.nodes {
		if n.rule == nil {
			continue
		}
		if by := e.defeatedBy(int32(i), True); len(by) > 0 {
			d.Defeated = append(d.Defeated, Defeat{Rule: n.rule, By: by})
		}
	}
}

// defeatedBy lists what defeats a rule, or a section it stands in, each once. Only what
// takes part is defeated: the rule and the when of its sections hold, or, with least
// Unknown, may.
func (e *evaluation) defeatedBy(i int32, least Truth) []string {
	var by []string
	for ; i >= 0; i = e.p.nodes[i].parent {
		if e.applies[i] < least {
			return nil
		}
		for _, d := range e.p.defeaters[i] {
			if label := e.p.label(d); e.takesEffect(d) == True && !slices.Contains(by, label) {
				by = append(by, label)
			}
		}
	}
	return by
}
