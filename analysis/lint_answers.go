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
	if gap := n.and(n.decide.Speaks, n.is(n.answers, n.Leaf(interp.Undecided, nil))); gap != dd.False {
		n.tell("gap "+n.p.Name, gap, string(interp.Undecided), func(may bool) Finding {
			words := "`%s` leaves cases without an answer: no rule speaks of them, and there is no `otherwise`"
			if may {
				words = "`%s` may leave cases without an answer, of which no rule speaks: there is no `otherwise`"
			}
			return finding(code.Gap, n.p.Site(), words, n.p.Name).about(n.p, nil)
		})
	}
	conflict := n.is(n.answers, n.Leaf(interp.Conflict, nil))
	if conflict == dd.False {
		return
	}
	voices := n.voices()
	for i, v := range voices {
		for _, w := range voices[:i] {
			if v.outcome.Chain == w.outcome.Chain {
				continue
			}
			both := n.and(conflict, n.and(v.cases, w.cases))
			if both == dd.False {
				continue
			}
			n.tell("conflict "+n.p.Name+" "+siteKey(w.site)+" "+siteKey(v.site), both, string(interp.Conflict), func(may bool) Finding {
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
	}
}

// tell adds a finding of what happens in some cases, with a case that shows it. Where
// none is found, it only may happen: on another day one may be found yet.
func (n *inspection) tell(key string, cases dd.Node, want string, f func(may bool) Finding) {
	if n.l.settled(key) {
		return
	}
	c, d := n.witness(cases, want)
	switch {
	case c != nil:
		n.l.happens(key, f(false).shown(c, d), true)
	default:
		may := f(true)
		may.Notes = append(may.Notes, lang.Note{Text: n.hanging(cases)})
		n.l.happens(key, may, false)
	}
}

// voice is what can give an outcome: a rule, or the otherwise of a section.
type voice struct {
	name, kind string
	rule       *interp.Rule // nil of an otherwise
	site       interp.Site
	outcome    *interp.Outcome
	cases      dd.Node // where it is among what decides
}

// voices are the rules of the policy in the order of the text, and its otherwises.
func (n *inspection) voices() []voice {
	var out []voice
	for i, r := range n.rules {
		out = append(out, voice{"`" + r.Label + "`", "rule", r, r.Site(), r.Outcome, n.decide.Rules[i]})
	}
	for _, o := range n.decide.Others {
		out = append(out, voice{n.otherwiseName(o), "`otherwise`", nil, o.Otherwise.Site(), o.Otherwise.Outcome, o.Cases})
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
	giving, err := n.Giving(interp.Dated{Policy: n.p, On: n.on})
	n.keep(dd.False, err)
	if n.err != nil {
		return
	}
	for i, r := range n.rules {
		for j, s := range n.rules[:i] {
			if r.Outcome == s.Outcome {
				continue
			}
			x, y := meeting(giving[i], giving[j])
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
			both := n.and(n.care, n.and(x.Cases, y.Cases))
			if both == dd.False {
				continue
			}
			n.tell("overlap "+n.p.Name+" "+s.Label+" "+r.Label, both, "", func(may bool) Finding {
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
		n.l.matters(key, o.Cases != dd.False, func() Finding {
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
		if n.diff(n.care, n.decide.Applies[i]) == dd.False {
			return fmt.Sprintf("`%s` applies in every case", r.Label)
		}
	}
	if o.Otherwise == n.p.Otherwise() {
		return "some rule applies in every case"
	}
	return "no decision rests on it in any case"
}
