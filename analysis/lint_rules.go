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
		applies := n.inside(n.decide.Applies[i], n.care)
		if n.err != nil {
			return
		}
		n.l.matters("applies "+ruleKey(r), applies != dd.False, func() Finding { return n.neverApplies(i) })
		key := "needed " + ruleKey(r)
		switch {
		case applies == dd.False || n.l.live(key):
		case n.needed(i):
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

// needed says whether some case is answered differently without a rule, as far as that was found out.
func (n *inspection) needed(i int) bool {
	if n.over() {
		n.given = true
		return true
	}
	return n.matters(n.own[i], func(p *interp.Policy) *interp.Policy { return p.Without(i) }, i)
}

// needless is a rule that can be left out, on all the days looked at so far.
type needless struct {
	policy   *interp.Policy
	rule     *interp.Rule
	blockers []voice // where it does not decide, if it never does
	heirs    []voice // where it does
	decides  bool    // on some day
	witness  *interp.Case
}

// lookEffort is how many steps are spent, for a policy on a day, to find out what stands in the way of
// needless rules or decides in their place. Of further ones it is not told.
const lookEffort = 12_000_000

// lookAt notes what stands in the way of a rule, or decides alike, on this day.
func (n *inspection) lookAt(x *needless, i int, applies dd.Node) {
	at := n.at(n.own[i], i)
	own, _ := at.local(i)
	_, decides := n.find(at, n.decidingAt(at).Rules[own])
	x.decides = x.decides || decides
	if n.looked > lookEffort || n.err != nil {
		return
	}
	before := n.Store.Stats().Steps
	defer func() { n.looked += n.Store.Stats().Steps - before }()
	switch {
	case decides:
		for _, v := range n.heirs(at, i) {
			x.heirs = withVoice(x.heirs, v)
		}
	case !x.decides:
		for _, v := range n.blockers(at, i) {
			x.blockers = withVoice(x.blockers, v)
		}
	}
	if x.witness == nil {
		x.witness = n.witness(applies, "")
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
		return f.shown(x.witness)
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
func (n *inspection) blockers(at *place, i int) []voice {
	on := n.decidingAt(at)
	voices := n.voices(at, on)
	for _, j := range n.p.DefeatedBy(i) {
		if k, there := at.local(j); there {
			voices[k].cases = at.circuit.Or(voices[k].cases, on.Effects[k])
		}
	}
	own, _ := at.local(i)
	return n.covering(at, on.Applies[own], slices.Delete(voices, own, own+1))
}

// heirs are what would decide in the place of a rule.
func (n *inspection) heirs(at *place, i int) []voice {
	then, err := n.Deciding(at.circuit, interp.Dated{Policy: at.policy.Without(i), On: n.on})
	if n.keep(dd.False, err); err != nil {
		return nil
	}
	own, _ := at.local(i)
	return n.covering(at, n.decidingAt(at).Rules[own], slices.Delete(n.voices(at, then), own, own+1))
}
