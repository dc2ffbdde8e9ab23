package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// rulesOneByOne finds rules that never apply, never decide, or are not needed.
func (n *inspection) rulesOneByOne() {
	for i, r := range n.rules {
		applies := n.and(n.care, n.decide.Applies[i])
		if n.err != nil {
			return
		}
		n.l.matters("applies "+ruleKey(r), applies != dd.False, func() Finding { return n.neverApplies(i) })
		key := "needed " + ruleKey(r)
		switch {
		case applies == dd.False || n.l.live(key):
		case n.over() || !n.removable(i):
			n.l.matters(key, true, nil)
		default:
			at := n.l.at(key)
			if at.rule == nil {
				at.rule = &needless{policy: n.p, rule: r}
				at.finding = at.rule.finding()
			}
			n.lookAt(at.rule, i, applies)
		}
	}
}

// needless is a rule that can be left out, on all the days looked at so far.
type needless struct {
	policy   *interp.Policy
	rule     *interp.Rule
	blockers []voice // where it does not decide
	heirs    []voice // where it does
	decides  bool    // on some day
	witness  *interp.Case
	decision *interp.Decision
}

// mostLookedAt bounds, for a policy on a day, the needless rules times all its rules: so long does it
// take to find out what stands in their way or decides in their place. Of further ones it is not told.
const mostLookedAt = 500_000

// lookAt notes what stands in the way of a rule, or decides alike, on this day.
func (n *inspection) lookAt(x *needless, i int, applies dd.Node) {
	x.decides = x.decides || n.decide.Rules[i] != dd.False
	n.spend(len(n.rules))
	if n.looked += len(n.rules); n.looked > mostLookedAt || n.err != nil {
		return
	}
	for _, v := range n.blockers(i, applies) {
		x.blockers = withVoice(x.blockers, v)
	}
	for _, v := range n.heirs(i) {
		x.heirs = withVoice(x.heirs, v)
	}
	if x.witness == nil {
		x.witness, x.decision = n.witness(applies, "")
	}
}

func withVoice(list []voice, v voice) []voice {
	if slices.ContainsFunc(list, func(w voice) bool { return w.site == v.site }) {
		return list
	}
	return append(list, v)
}

// finding is the finding about a rule that can be left out.
func (x *needless) finding() Finding {
	if !x.decides {
		f := finding(code.NeverDecides, x.rule.Site(), "`%s` never decides: wherever it applies, %s", x.rule.Label, prevail(x.rule, x.blockers)).about(x.policy, x.rule)
		for _, b := range x.blockers {
			f = f.by(b)
		}
		return f.shown(x.witness, x.decision)
	}
	var names []string
	for _, b := range x.heirs {
		names = append(names, b.name)
	}
	f := finding(code.RedundantRule, x.rule.Site(), "`%s` is not needed: what it decides is decided alike by %s", x.rule.Label, orNames(names)).about(x.policy, x.rule)
	for _, b := range x.heirs {
		f = f.by(b)
	}
	return f
}

func (n *inspection) neverApplies(i int) Finding {
	r, whose := n.rules[i], "its conditions"
	if n.p.SectionOf(i) != nil {
		whose = "its conditions, those of the section that it stands in"
	}
	return finding(code.NeverApplies, r.Site(), "`%s` can never apply: %s, and the constraints, cannot all hold in one case", r.Label, whose).about(n.p, r)
}

// by adds what decides in the place of the rule that the finding is about.
func (f Finding) by(v voice) Finding {
	if v.rule == nil {
		return f
	}
	f.By = append(f.By, v.rule)
	return f.note(v.site, "%s (%s)", v.name, v.outcome)
}

func prevail(r *interp.Rule, by []voice) string {
	alike, other := true, true
	var names []string
	for _, b := range by {
		names = append(names, b.name)
		alike, other = alike && b.outcome == r.Outcome, other && b.outcome != r.Outcome
	}
	switch {
	case len(by) == 0:
		return "others do"
	case alike:
		return orNames(names) + " decides alike"
	case other:
		return orNames(names) + " prevails"
	}
	return orNames(names) + " decides"
}

func orNames(names []string) string {
	if len(names) > 4 {
		names = append(names[:3], fmt.Sprintf("%d more rules", len(names)-3))
	}
	switch len(names) {
	case 0:
		return "others"
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// blockers are what together decides, or defeats the rule, wherever it applies.
func (n *inspection) blockers(i int, applies dd.Node) []voice {
	defeat := n.p.DefeatedBy(i)
	voices := n.voices()
	for j := range n.rules {
		if slices.Contains(defeat, j) {
			voices[j].cases = n.or(voices[j].cases, n.decide.Effects[j])
		}
	}
	return n.covering(applies, slices.Delete(voices, i, i+1))
}

// heirs are what would decide in the place of a rule.
func (n *inspection) heirs(i int) []voice {
	left := n.without(i)
	if left == nil { // the context was done before all variants were there
		return nil
	}
	without := *n
	without.p = left.Policy()
	d := interp.Dated{Policy: without.p, On: n.on}
	answers, _ := n.graph.policy(d)
	without.decide = n.deciding(d, answers)
	return n.covering(n.decide.Rules[i], slices.Delete(without.voices(), i, i+1))
}

// covering are voices that together speak in all of the cases in which any of them
// does: none of them could be left out.
func (n *inspection) covering(cases dd.Node, voices []voice) []voice {
	var out []voice
	left := cases
	for _, v := range voices {
		if less := n.diff(left, v.cases); less != left && n.err == nil {
			out, left = append(out, v), less
		}
	}
	for i := 0; i < len(out); {
		fewer := slices.Delete(slices.Clone(out), i, i+1)
		rest := cases
		for _, v := range fewer {
			rest = n.diff(rest, v.cases)
		}
		if rest == left {
			out = fewer
		} else {
			i++
		}
	}
	return out
}
