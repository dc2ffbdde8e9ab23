package analysis

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// variants finds conditions and priorities that change nothing.
func (n *inspection) variants() {
	index := map[*interp.Rule]int{}
	for i, r := range n.rules {
		index[r] = i
	}
	skipped := false
	for _, v := range n.p.Variants(n.ctx, true) {
		key := fmt.Sprint(v.Kind, siteKey(v.Site), v.Text)
		if v.Kind == interp.VariantRule || v.Kind == interp.VariantNudged || v.Kind == interp.WithoutObligation || v.Has || n.l.live(key) { // a reader wants the has, though no answer hangs on it
			continue
		}
		if v.Site.Source.IsTable() { // a row says all that it says, also what other rows would say alike
			continue
		}
		if r := v.Rule; r != nil && n.oneDay && !n.l.live("needed "+ruleKey(r)) { // of a rule that could go as a whole it is not told
			continue
		}
		live := true
		if n.over() {
			skipped = true
		} else {
			live = n.live(v, index)
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

// live says whether a variant answers some case differently than the policy. It does so only
// where the rule applies that is changed, and where only one of the rule and its other version
// does, if its conditions are changed.
func (n *inspection) live(v *interp.Variant, index map[*interp.Rule]int) bool {
	i, ofRule := index[v.Rule]
	if !ofRule {
		return n.matters(dd.True, v.In)
	}
	cases := n.own[i]
	if version := v.Version(); version != nil {
		now := n.keep(n.RuleApplies(version, n.on))
		cases = n.or(n.diff(now, cases), n.diff(cases, now))
	}
	return n.matters(cases, v.In, i)
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

// replacedValues finds values that an amendment replaces without changing anything.
func (n *inspection) replacedValues() {
	for _, r := range n.l.replacing(n.p) {
		key := "amendment " + n.p.Name + " value " + r.Value
		if n.l.live(key) {
			continue
		}
		n.l.matters(key, n.matters(dd.True, func(*interp.Policy) *interp.Policy { return r.without }), func() Finding {
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
		live := a.Rule == nil || n.otherwiseWith(a, old)
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
	n.l.matters(key, n.matters(dd.True, func(*interp.Policy) *interp.Policy { return n.p.Amends }), func() Finding {
		return finding(code.IdleAmendment, n.p.Site(), "`%s` answers every case as `%s`, which it amends", n.p.Name, n.p.Amends.Name).about(n.p, nil).
			note(n.p.Amends.Site(), "the policy that it amends")
	})
}

// otherwiseWith says whether some case is answered differently with the rule that an amendment replaced.
func (n *inspection) otherwiseWith(a interp.Amendment, old *interp.Rule) bool {
	i := slices.Index(n.rules, a.Rule)
	return n.matters(n.or(n.own[i], n.keep(n.RuleApplies(old, n.on))), func(p *interp.Policy) *interp.Policy { return p.With(a.Label, old) }, i)
}
