package analysis

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// unanswered finds gaps and conflicts.
func (n *inspection) unanswered() {
	whole := n.everywhere()
	gap := n.circuit.And(n.decide.Speaks, n.decide.Answers[n.Leaf(interp.Undecided, nil)])
	n.tell("gap "+n.p.Name, whole, gap, string(interp.Undecided), func(may bool) Finding {
		words := "`%s` leaves cases without an answer: no rule speaks of them, and there is no `otherwise`"
		if may {
			words = "`%s` may leave cases without an answer, of which no rule speaks: there is no `otherwise`"
		}
		return finding(code.Gap, n.p.Site(), words, n.p.Name).about(n.p, nil)
	})
	conflict := n.Leaf(interp.Conflict, nil)
	if _, found := n.find(whole, n.decide.Answers[conflict]); !found {
		return
	}
	every, err := n.circuit.Neighbours(n.own)
	n.keep(dd.False, err)
	for i, r := range n.rules {
		at := n.beside(every, i)
		voices := n.voices(at, n.decidingAt(at))
		own, _ := at.local(i)
		for k, j := range at.rules[:own] {
			if n.rules[j].Outcome.Chain != r.Outcome.Chain {
				n.conflict(at, voices[k], voices[own])
			}
		}
	}
	voices := n.voices(whole, n.decide)
	for i := len(n.rules); i < len(voices); i++ {
		for _, w := range voices[:i] {
			if w.outcome.Chain != voices[i].outcome.Chain {
				n.conflict(whole, w, voices[i])
			}
		}
	}
}

// beside is where a rule applies, with all rules that may apply there.
func (n *inspection) beside(every *dd.Neighbours, i int) *place {
	if n.err != nil {
		return n.place
	}
	near, err := every.Of(n.own[i])
	n.keep(dd.False, err)
	return n.at(n.own[i], near...)
}

// conflict finds cases in which two voices can both decide, and neither prevails.
func (n *inspection) conflict(at *place, w, v voice) {
	both := at.circuit.And(at.answers[n.Leaf(interp.Conflict, nil)], v.cases, w.cases)
	n.tell("conflict "+n.p.Name+" "+siteKey(w.site)+" "+siteKey(v.site), at, both, string(interp.Conflict), func(may bool) Finding {
		words := "%s (%s) and %s (%s) can both apply, and nothing says which prevails"
		if may {
			words = "%s (%s) and %s (%s) may both apply, and nothing says which prevails"
		}
		f := finding(code.PossibleConflict, v.site, words, w.name, w.outcome, v.name, v.outcome).about(n.p, v.rule)
		if w.rule != nil {
			f.By = []*interp.Rule{w.rule}
		}
		return f.note(w.site, "the other %s", w.kind)
	})
}

// witnessEffort is how many steps may be spent on the diagram of the cases of a finding, from
// which the one of fewest facts is read off.
const witnessEffort = 300_000

// tell adds a finding of what happens in some cases of a place, with a case that shows it, if
// there are any. Where none can be shown, it only may happen: on another day one may be found yet.
func (n *inspection) tell(key string, at *place, cases dd.Gate, want string, f func(may bool) Finding) {
	if n.l.settled(key) || cases == dd.No {
		return
	}
	c, words, found := n.shows(at, cases, want)
	switch {
	case !found:
		return
	case c != nil:
		n.l.happens(key, f(false).shown(c), true)
		return
	}
	may := f(true)
	may.Notes = append(may.Notes, lang.Note{Text: hanging(words)})
	n.l.happens(key, may, false)
}

// shows looks for a case among some of a place that is answered as is wanted. Found is whether there
// is one, for all that the diagrams tell; where it is not shown, words are those of the conditions that
// hide it. It is false, too, where the search was given up, as n.given then says.
func (n *inspection) shows(at *place, cases dd.Gate, want string) (c *interp.Case, words []string, found bool) {
	choices, found := n.find(at, cases)
	if !found || choices == nil && n.given { // it took too long to find out
		return nil, nil, false
	}
	if f, ok := n.worked(at, cases); ok {
		return n.witness(f, want), n.OpaqueWords(f), true
	}
	return n.found(choices, want), n.opaqueOf(choices), true
}

// everywhere is the place of all cases, with all rules.
func (n *inspection) everywhere() *place {
	out := &place{circuit: n.circuit, cases: dd.True, answers: n.decide.Answers, decide: n.decide}
	for i := range n.rules {
		out.rules = append(out.rules, i)
	}
	return out
}

// worked is the diagram of some cases of a place; not ok where it is large.
func (n *inspection) worked(at *place, cases dd.Gate) (f dd.Node, ok bool) {
	n.Store.SetStepLimit(witnessEffort)
	defer n.Store.SetStepLimit(0)
	f, err := n.Store.And(n.care, at.cases)
	if err == nil {
		f, err = at.circuit.Within(cases, f)
	}
	if err == nil {
		_, err = n.Store.Diff(n.care, f)
	}
	return f, err == nil && f != dd.False
}

// opaqueOf are the conditions into which the diagrams cannot look, among some choices.
func (n *inspection) opaqueOf(choices []dd.Choice) []string {
	var out []string
	for _, c := range choices {
		if n.Opaque(c.Var) {
			out = append(out, n.OpaqueWords(n.literal(c.Var, []int{0}))...)
		}
	}
	return out
}

// voice is what can give an outcome: a rule, or the otherwise of a section.
type voice struct {
	name, kind string
	rule       *interp.Rule // nil of an otherwise
	index      int          // of the rule in its place
	site       interp.Site
	outcome    *interp.Outcome
	cases      dd.Gate // where it is among what decides
}

// voices are the rules of a place in the order of the text, and the otherwises.
func (n *inspection) voices(at *place, on *interp.Deciding) []voice {
	var out []voice
	for k, i := range at.rules {
		r := n.rules[i]
		out = append(out, voice{"`" + r.Label + "`", "rule", r, k, r.Site(), r.Outcome, on.Rules[k]})
	}
	for _, o := range on.Others {
		out = append(out, voice{n.otherwiseName(o), "`otherwise`", nil, 0, o.Otherwise.Site(), o.Otherwise.Outcome, o.Cases})
	}
	return out
}

// otherwiseName is how a finding speaks of an otherwise.
func (n *inspection) otherwiseName(o interp.OtherwiseCases) string {
	if o.Otherwise == n.p.Otherwise() {
		return "the `otherwise`"
	}
	return "the `otherwise` of the section `" + o.Section.Name + "`"
}

// overlaps finds pairs of rules of which only the rank, or their order where the first
// decides, tells which prevails.
func (n *inspection) overlaps() {
	if !slices.Contains(n.l.opts.Quiet, code.RankedOverlap) {
		return
	}
	every, err := n.circuit.Neighbours(n.own)
	n.keep(dd.False, err)
	for i, r := range n.rules {
		at := n.beside(every, i)
		giving, err := n.Giving(at.circuit, interp.Dated{Policy: at.policy, On: n.on})
		n.keep(dd.False, err)
		own, _ := at.local(i)
		for k, j := range at.rules {
			s := n.rules[j]
			if j >= i || r.Outcome == s.Outcome || n.err != nil {
				continue
			}
			x, y := meeting(giving[own], giving[k])
			first, second, why := s, r, "the order of the text"
			if mode := x.Section.Mode; mode != interp.ByFirst {
				if r.Outcome.Chain != s.Outcome.Chain {
					continue
				}
				why = "the rank of the outcomes"
				if r.Outcome.StricterThan(s.Outcome) == (mode == interp.ByStrictest) {
					first, second = r, s
				}
			} else if x.Place < y.Place {
				first, second = r, s
			}
			n.tell("overlap "+n.p.Name+" "+s.Label+" "+r.Label, at, at.circuit.And(x.Cases, y.Cases), "", func(may bool) Finding {
				where := "where"
				if may {
					where = "if there are cases where"
				}
				f := finding(code.RankedOverlap, second.Site(), "%s `%s` (%s) and `%s` (%s) both apply, %s decides for `%s`", where, first.Label, first.Outcome, second.Label, second.Outcome, why, first.Label).about(n.p, second)
				f.By = []*interp.Rule{first}
				return f.note(first.Site(), "the rule that prevails")
			})
		}
	}
}

// meeting is the innermost section that two rules stand in, and what each gives to it.
func meeting(x, y []interp.Giving) (interp.Giving, interp.Giving) {
	for _, a := range x {
		for _, b := range y {
			if a.Section == b.Section {
				return a, b
			}
		}
	}
	return x[len(x)-1], y[len(y)-1] // the policy itself, in which both stand
}

// otherwises finds what is said to hold otherwise, and never does.
func (n *inspection) otherwises() {
	for _, o := range n.decide.Others {
		key := "otherwise " + siteKey(o.Otherwise.Site())
		_, live := n.anywhere(o.Cases)
		n.l.matters(key, live, func() Finding {
			f := finding(code.DeadOtherwise, o.Otherwise.Site(), "%s never decides", n.otherwiseName(o)).about(n.p, nil)
			f.also = o.Otherwise.Site()
			return f
		})
		if i := n.l.at(key); !i.live {
			i.instead = append(i.instead, n.instead(o))
		}
	}
}

// instead says what decides in the place of an otherwise.
func (n *inspection) instead(o interp.OtherwiseCases) string {
	for i, r := range n.rules {
		if n.inside(n.circuit.Not(n.decide.Applies[i]), n.care) == dd.False {
			return fmt.Sprintf("`%s` applies in every case", r.Label)
		}
	}
	if o.Otherwise == n.p.Otherwise() {
		return "some rule applies in every case"
	}
	return "no decision rests on it in any case"
}

// alike finds that every case is answered alike, whatever the conditions say.
func (n *inspection) alike() {
	if n.l.opts.Where != nil || obliges(n.p) || !slices.ContainsFunc(n.rules, func(r *interp.Rule) bool { return len(r.Clauses()) > 0 }) {
		return
	}
	var given []dd.Leaf
	for l, gate := range n.decide.Answers {
		if _, found := n.anywhere(gate); found {
			given = append(given, dd.Leaf(l))
		}
		if len(given) > 1 || n.given {
			break
		}
	}
	speaks := false // some rule with conditions: of others more is said
	for i, r := range n.rules {
		if len(given) == 1 && len(r.Clauses()) > 0 && !speaks {
			_, speaks = n.anywhere(n.decide.Rules[i])
		}
	}
	n.l.matters("alike "+n.p.Name, !speaks || n.given, func() Finding {
		f := finding(code.AlwaysAlike, n.p.Site(), "`%s` answers every case alike: %s", n.p.Name, n.Answer(given[0]).Name()).about(n.p, nil)
		for i, r := range n.rules {
			if len(r.Clauses()) > 0 && n.inside(n.circuit.Not(n.decide.Rules[i]), n.care) == dd.False {
				return f.note(r.Site(), "`%s` applies in every case", r.Label)
			}
		}
		return f
	})
}

// divisions finds a case whose decision would be a division by zero.
func (n *inspection) divisions() {
	for _, d := range n.p.Divisions(n.on) {
		key := "division " + n.p.Name + " " + d.Text
		if n.l.settled(key) {
			continue
		}
		g := newGraphOfConditions(n.ctx, []interp.Dated{{Policy: n.p, On: n.on}}, d.ByZero, d.In)
		care := g.keep(g.Care(n.on))
		zero, in := g.and(care, g.keep(g.Where(d.ByZero, n.on))), g.keep(g.Where(d.In, n.on))
		var c *interp.Case
		for _, cases := range []dd.Node{g.and(zero, in), g.diff(zero, in)} {
			if c == nil && cases != dd.False {
				c = g.seek(cases, dd.False, n.on, func(c *interp.Case) bool {
					_, err := n.p.Unobserved(n.ctx, c)
					return interp.DividesByZero(err)
				})
			}
		}
		if c != nil {
			f := finding(code.DivisionByZero, d.Rule.Site(), "`%s` can be a division by zero, which is an error and no answer", d.Text).about(n.p, d.Rule)
			n.l.happens(key, f.shown(c), true)
		}
	}
}
