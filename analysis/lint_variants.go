package analysis

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// lonely says whether a rule can be looked at by itself: it defeats no other, none
// defeats it, and no obligation hangs on whether it decides.
func (n *inspection) lonely(i int) bool {
	r, o := n.rules[i], n.p.Otherwise()
	return n.simple && !n.opposite[r.Label] && len(n.defeats[i]) == 0 && len(r.Requiring) == 0 && (o == nil || len(o.Requiring) == 0)
}

// removable says whether leaving a rule out changes no answer and no obligation.
func (n *inspection) removable(i int) bool {
	if n.lonely(i) {
		return n.covered(i, n.decide.Rules[i])
	}
	v := n.without(i)
	return v != nil && n.same(v.Policy())
}

// without is the policy without one of its rules.
func (n *inspection) without(i int) *interp.Variant {
	if n.leftOut == nil {
		n.leftOut = map[*interp.Rule]*interp.Variant{}
		for _, v := range n.variantsOf() {
			if v.Kind == interp.VariantRule {
				n.leftOut[v.Rule] = v
			}
		}
	}
	return n.leftOut[n.rules[i]]
}

// same says whether a policy answers every real case as the one looked at does, with
// the same obligations.
func (n *inspection) same(q *interp.Policy) bool {
	d := interp.Dated{Policy: q, On: n.on}
	n.spend(len(n.rules))
	answers, _ := n.graph.policy(d)
	if answers != n.answers || n.err != nil {
		return false
	}
	if len(n.decide.Obliging) == 0 && !obliges(q) {
		return true
	}
	then := n.deciding(d, answers).Obliging
	for _, o := range namesOf(n.decide.Obliging, then) {
		if n.decide.Obliging[o] != then[o] {
			return false
		}
	}
	return true
}

// obliges says whether anything in a policy has obligations.
func obliges(p *interp.Policy) bool {
	if o := p.Otherwise(); o != nil && len(o.Requiring) > 0 {
		return true
	}
	return !p.Flat() || slices.ContainsFunc(p.Rules(), func(r *interp.Rule) bool { return len(r.Requiring) > 0 })
}

// covered says whether cases that a lonely rule decides would be decided alike without
// it: by other rules of its outcome, or by the otherwise.
func (n *inspection) covered(i int, cases dd.Node) bool {
	for cases != dd.False && n.err == nil {
		j := n.another(i, cases)
		if j < 0 {
			break
		}
		cases = n.diff(cases, n.decide.Effects[j])
	}
	if o := n.p.Otherwise(); cases == dd.False || o == nil || o.Outcome != n.rules[i].Outcome {
		return cases == dd.False
	}
	for j := range n.rules { // the otherwise has one case; it speaks only where no rule is left
		if j == i {
			continue
		}
		if n.rules[j].Outcome == n.rules[i].Outcome {
			cases = n.diff(cases, n.decide.Effects[j])
		} else if n.meet(cases, n.decide.Effects[j], 1) {
			return false
		}
	}
	return true
}

// another is a further rule of the same outcome that takes effect in one of the
// cases picked out; -1 where there is none, in that one case.
func (n *inspection) another(i int, cases dd.Node) int {
	choices, ok := n.Store.Path(cases, 1, nil)
	if !ok {
		return -1
	}
	point := make([]int, n.Store.Vars())
	for _, c := range choices {
		point[c.Var] = c.Cell
	}
	for j, r := range n.rules {
		n.spend(1)
		if j != i && r.Outcome == n.rules[i].Outcome && n.Store.Eval(n.decide.Effects[j], point) == 1 {
			return j
		}
	}
	return -1
}

// variants finds conditions and priorities that change nothing.
func (n *inspection) variants() {
	index := map[*interp.Rule]int{}
	for i, r := range n.rules {
		index[r] = i
	}
	skipped := false
	for _, v := range n.variantsOf() {
		key := fmt.Sprint(v.Kind, siteKey(v.Site), v.Text)
		if v.Kind == interp.VariantRule || v.Kind == interp.VariantNudged || v.Kind == interp.WithoutObligation || v.Has || n.l.live(key) { // a reader wants the has, though no answer hangs on it
			continue
		}
		if v.Site.Source.IsTable() { // a row says all that it says, also what other rows would say alike
			continue
		}
		live := true
		switch i, ofRule := index[v.Rule]; {
		case n.over():
			skipped = true
		case ofRule && v.Kind != interp.VariantPriority && n.lonely(i):
			live = !n.idle(i, v.Version())
		default:
			live = !n.same(v.Policy())
		}
		if n.err != nil {
			return
		}
		n.l.matters(key, live, func() Finding { return n.idleVariant(v) })
	}
	if skipped {
		n.l.note(fmt.Sprintf("`%s` is so large that not all of its conditions were tried one by one", n.p.Name))
	}
}

// variantsOf are the variants of the policy.
func (n *inspection) variantsOf() []*interp.Variant {
	if n.all == nil {
		n.all = n.p.Variants(n.ctx, true)
	}
	return n.all
}

func (n *inspection) idleVariant(v *interp.Variant) Finding {
	what := v.Text[len("without "):]
	c := code.IdleCondition
	if v.Kind == interp.VariantPriority {
		c = code.IdlePriority
	}
	if v.Rule == nil {
		return finding(c, v.Site, "%s changes nothing: every case is answered as it would be without it", what).about(n.p, nil)
	}
	return finding(c, v.Site, "%s changes nothing in `%s`: every case is answered as it would be without it", what, v.Rule.Label).about(n.p, v.Rule)
}

// idle says whether a lonely rule could have the conditions of another version of it.
func (n *inspection) idle(i int, version *interp.Rule) bool {
	r := n.rules[i]
	now := n.keep(n.RuleApplies(version, n.on))
	more, fewer := n.and(n.care, n.diff(now, n.decide.Applies[i])), n.and(n.care, n.diff(n.decide.Applies[i], now))
	if n.diff(more, n.unmoved(r)) != dd.False {
		return false
	}
	return n.covered(i, n.and(fewer, n.is(n.bare, n.leafOf(r.Outcome))))
}

// unmoved is the cases whose answer stays if a rule comes to apply.
func (n *inspection) unmoved(r *interp.Rule) dd.Node {
	out := dd.False
	for _, o := range n.p.Program().Outcomes() {
		prevails := o.StricterThan(r.Outcome)
		if n.p.Mode() == interp.ByLoosest {
			prevails = r.Outcome.StricterThan(o)
		}
		if o == r.Outcome || prevails {
			out = n.or(out, n.is(n.bare, n.leafOf(o)))
		}
	}
	if o := n.p.Otherwise(); o != nil && o.Outcome == r.Outcome {
		out = n.or(out, n.and(n.decide.Speaks, n.is(n.bare, n.Leaf(interp.Undecided, nil))))
	}
	return out
}

// replacedValues finds values that an amendment replaces without changing anything.
func (n *inspection) replacedValues() {
	for _, r := range n.l.replacing(n.p) {
		key := "amendment " + n.p.Name + " value " + r.Value
		if n.l.live(key) {
			continue
		}
		n.l.matters(key, !n.same(r.without), func() Finding {
			f := finding(code.IdleAmendment, r.Site, "replacing the value `%s` changes nothing: every case is answered as before", r.Value).about(n.p, nil)
			f.also = r.Site
			return f.note(r.was, "the value as it was")
		})
	}
}

// amendments finds what an amendment says without changing anything.
func (n *inspection) amendments() {
	if n.p.Amends == nil {
		return
	}
	n.replacedValues()
	for _, a := range n.p.Amendments() {
		if a.Value != "" {
			continue
		}
		old, key := n.p.Amends.Rule(a.Label), "amendment "+n.p.Name+" "+a.Label
		if old == nil || n.l.live(key) {
			continue
		}
		live := a.Rule == nil || !n.same(n.p.With(a.Label, old))
		n.l.matters(key, live, func() Finding {
			f := finding(code.IdleAmendment, a.Site, "replacing `%s` changes nothing: every case is answered as before", a.Label).about(n.p, a.Rule)
			f.also = a.Site
			return f.note(old.Site(), "the rule as it was")
		})
	}
	key := "policy " + n.p.Name
	if n.l.live(key) {
		return
	}
	n.l.matters(key, !n.same(n.p.Amends), func() Finding {
		return finding(code.IdleAmendment, n.p.Site(), "`%s` answers every case as `%s`, which it amends", n.p.Name, n.p.Amends.Name).about(n.p, nil).
			note(n.p.Amends.Site(), "the policy that it amends")
	})
}
