package oracle

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/lang"
)

// Answer is the decision on a full case.
type Answer struct {
	Status      string // decided, undecided, conflict, broken, error
	Outcome     string
	Rules       []string            // the deciding ones; of a conflict those that conflict
	Defeated    map[string][]string // rules that apply, and what defeats them
	Outranked   []string
	Obligations []string
	Erred       bool // a condition could not be evaluated, and the status is the same either way
}

// Name is the outcome, or else the status.
func (a *Answer) Name() string {
	if a.Outcome != "" {
		return a.Outcome
	}
	return a.Status
}

// run is the evaluation of a case under a policy.
type run struct {
	*Program
	c            *Case
	policy       *policy
	supposed     map[string]bool // of conditions that cannot be evaluated
	open         string          // one of them of which nothing is supposed yet
	applies      map[*rule]bool
	effect       map[string]bool
	live         map[*section]bool
	constraining bool // a constraint is asked, and not the policy
	gives        map[*section][]string
}

// suppose is what is supposed of a condition that cannot be evaluated, or of a part of one.
func (s *scope) suppose(about string, x lang.Expr) bool {
	key := fmt.Sprintf("%s %s of %p", about, lang.FormatExpr(x), s.self)
	for _, v := range s.vars {
		key += fmt.Sprintf(", %s = %v", v.name, v.value)
	}
	v, known := s.supposed[key]
	if !known {
		s.run.open = key
	}
	return v
}

// most is how many conditions that cannot be evaluated are told apart in a case.
const most = 10

// Decide answers a full case under a policy, or under that of a series which is in
// force. The error says which fact the case lacks.
func (p *Program) Decide(name string, c *Case) (a *Answer, err error) {
	defer func() { err = lacking(recover(), err) }()
	return p.decide(p.inForce(name, c.on), c, map[string]bool{}), nil
}

// decide tries both ways where a condition cannot be evaluated.
func (p *Program) decide(of *policy, c *Case, supposed map[string]bool) *Answer {
	r := &run{
		Program: p, c: c, policy: of, supposed: supposed, applies: map[*rule]bool{}, effect: map[string]bool{},
		live: map[*section]bool{}, gives: map[*section][]string{},
	}
	a := r.answer()
	if r.open == "" {
		return a
	}
	if len(supposed) == most {
		return &Answer{Status: "error"}
	}
	var ways [2]*Answer
	for i := range ways {
		further := map[string]bool{r.open: i == 1}
		for k, v := range supposed {
			further[k] = v
		}
		ways[i] = p.decide(of, c, further)
	}
	if ways[0].Name() != ways[1].Name() {
		return &Answer{Status: "error"}
	}
	ways[0].Erred = true
	return ways[0]
}

// Holds says whether a condition holds in a full case.
func (p *Program) Holds(text string, c *Case) (bool, error) {
	x, _, problems := lang.ParseExpr("condition", text)
	if problems.HasErrors() {
		return false, problems
	}
	return p.truth(x, c)
}

func (p *Program) truth(x lang.Expr, c *Case) (holds bool, err error) {
	defer func() { err = lacking(recover(), err) }()
	r := &run{Program: p, c: c, supposed: map[string]bool{}}
	holds = (&scope{run: r}).holds(x)
	if r.open != "" {
		return false, fmt.Errorf("%s cannot be evaluated", r.open)
	}
	return holds, nil
}

// lacking is the error of what was thrown where a fact is not told.
func lacking(thrown any, err error) error {
	switch thrown := thrown.(type) {
	case nil:
		return err
	case untold:
		return fmt.Errorf("%s is not told", thrown.fact)
	}
	panic(thrown)
}

func (r *run) answer() *Answer {
	broken := false
	r.constraining = true
	for _, k := range r.constraints {
		broken = !(&scope{run: r}).holds(k.Cond) || broken
	}
	r.constraining = false
	if broken {
		return &Answer{Status: "broken"}
	}
	a := &Answer{Defeated: map[string][]string{}}
	yielded := r.yield(&r.policy.section)
	switch len(yielded) {
	case 0:
		a.Status = "undecided"
	case 1:
		a.Status, a.Outcome = "decided", yielded[0]
	default:
		a.Status = "conflict"
	}
	var deciding []*rule
	var otherwise []*lang.Otherwise
	for _, x := range r.deciding(&r.policy.section, yielded) {
		switch x := x.(type) {
		case *rule:
			deciding = append(deciding, x)
			a.oblige(x.Requiring)
		case *lang.Otherwise:
			otherwise = append(otherwise, x)
		}
	}
	for _, x := range otherwise {
		a.oblige(x.Requiring)
	}
	for _, x := range r.policy.rules {
		if !r.appliesTo(x) || !r.reached(x) {
			continue
		}
		by := r.defeaters(x)
		switch {
		case len(by) > 0:
			a.Defeated[x.label] = by
		case slices.Contains(deciding, x):
			a.Rules = append(a.Rules, x.label)
		default:
			a.Outranked = append(a.Outranked, x.label)
		}
	}
	return a
}

func (a *Answer) oblige(texts []lang.String) {
	for _, t := range texts {
		if !slices.Contains(a.Obligations, t.Value) {
			a.Obligations = append(a.Obligations, t.Value)
		}
	}
}

// appliesTo says whether a rule's phrases and its when hold, its unless does not, and
// the date is one of its days.
func (r *run) appliesTo(x *rule) bool {
	if v, known := r.applies[x]; known {
		return v
	}
	s := &scope{run: r}
	v := within(spanOf(x.From, x.Until), r.c.on) && s.phrase("", x.Object)
	for _, p := range x.Phrases {
		v = v && s.phrase(p.Prep.Text, p.X)
	}
	v = v && (x.When == nil || s.holds(x.When)) && (x.Unless == nil || !s.holds(x.Unless))
	r.applies[x] = v
	return v
}

// reached says whether the when of every section around a rule holds.
func (r *run) reached(x *rule) bool {
	for s := x.within; s != nil; s = s.within {
		if s.when != nil && !(&scope{run: r}).holds(s.when) {
			return false
		}
	}
	return true
}

// takesEffect says whether a rule, or a section as one rule, takes effect.
func (r *run) takesEffect(name string) bool {
	if v, known := r.effect[name]; known {
		return v
	}
	v := false
	switch x := r.policy.find(&r.policy.section, name).(type) {
	case *rule:
		v = r.appliesTo(x) && r.reached(x) && len(r.defeaters(x)) == 0
	case *section:
		v = len(r.yield(x)) > 0
	}
	r.effect[name] = v
	return v
}

// defeaters are what takes effect and defeats a rule or a section around it.
func (r *run) defeaters(x *rule) []string {
	by := r.over(x.label)
	for s := x.within; s.within != nil; s = s.within {
		for _, d := range r.over(s.name) {
			if !slices.Contains(by, d) {
				by = append(by, d)
			}
		}
	}
	return by
}

func (r *run) over(name string) []string {
	var by []string
	for _, d := range r.policy.defeats[name] {
		if r.takesEffect(d) && !slices.Contains(by, d) {
			by = append(by, d)
		}
	}
	return by
}

// isLive says whether a section and all around it take part.
func (r *run) isLive(s *section) bool {
	if v, known := r.live[s]; known {
		return v
	}
	v := s.when == nil || (&scope{run: r}).holds(s.when)
	v = v && (s.within == nil || r.isLive(s.within) && len(r.over(s.name)) == 0)
	r.live[s] = v
	return v
}

// yield are the outcomes that a section yields.
func (r *run) yield(s *section) []string {
	if known, ok := r.gives[s]; ok {
		return known
	}
	var out []string
	if r.isLive(s) {
		out = r.prevailing(s)
		if len(out) == 0 && s.otherwise != nil {
			out = []string{s.otherwise.Outcome.Text}
		}
	}
	r.gives[s] = out
	return out
}

// given are the outcomes that an item of a section gives.
func (r *run) given(item any) []string {
	switch item := item.(type) {
	case *rule:
		if r.takesEffect(item.label) {
			return []string{item.Outcome.Text}
		}
	case *section:
		return r.yield(item)
	}
	return nil
}

// prevailing are those of the outcomes given that prevail by the section's mode.
func (r *run) prevailing(s *section) []string {
	var given []string
	for _, item := range s.items {
		more := r.given(item)
		if s.mode == "first" && len(more) > 0 {
			return more
		}
		for _, o := range more {
			if !slices.Contains(given, o) {
				given = append(given, o)
			}
		}
	}
	var out []string
	for _, o := range given {
		if !slices.ContainsFunc(given, func(over string) bool {
			if s.mode == "loosest" {
				return r.stricter(o, over)
			}
			return r.stricter(over, o)
		}) {
			out = append(out, o)
		}
	}
	return out
}

// deciding are the rules and the otherwise from which a section yields some outcomes.
func (r *run) deciding(s *section, outcomes []string) []any {
	var out []any
	for _, item := range s.items {
		given := r.given(item)
		meant := slices.DeleteFunc(slices.Clone(given), func(o string) bool { return !slices.Contains(outcomes, o) })
		if len(meant) > 0 {
			switch item := item.(type) {
			case *rule:
				out = append(out, item)
			case *section:
				out = append(out, r.deciding(item, meant)...)
			}
		}
		if s.mode == "first" && len(given) > 0 {
			return out
		}
	}
	if len(out) == 0 && s.otherwise != nil && slices.Contains(outcomes, s.otherwise.Outcome.Text) {
		out = append(out, s.otherwise)
	}
	return out
}
