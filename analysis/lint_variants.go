package analysis

import (
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// lonely says whether a rule can be looked at by itself: it defeats no other and
// none defeats it.
func (n *inspection) lonely(i int) bool {
	return n.simple && !n.opposite[n.rules[i].Label] && len(n.defeats[i]) == 0
}

// removable says whether leaving a rule out changes nothing, and which other rules
// decide alike where it decides.
func (n *inspection) removable(i int) (bool, []*interp.Rule) {
	r := n.rules[i]
	decides := n.and(n.and(n.care, n.effects[i]), n.is(n.bare, n.leafOf(r.Outcome)))
	if len(r.Requiring) > 0 && decides != dd.False {
		return false, nil
	}
	if n.lonely(i) {
		return n.covered(i, decides)
	}
	v := n.variantOf(i)
	if v == nil || !n.same(v.Policy()) {
		return false, nil
	}
	_, by := n.covered(i, decides)
	return true, by
}

func (n *inspection) variantOf(i int) *interp.Variant {
	for _, v := range n.p.Variants(true) {
		if v.Kind == interp.WithoutRule && v.Rule == n.rules[i] {
			return v
		}
	}
	return nil
}

// same says whether a variant answers every real case as the policy does.
func (n *inspection) same(q *interp.Policy) bool {
	answers, _ := n.graph.policy(interp.Dated{Policy: q, On: n.on})
	return answers == n.answers
}

// covered says whether cases that a rule decides would be decided alike without it:
// by other rules of its outcome, which it lists, or by the otherwise.
func (n *inspection) covered(i int, cases dd.Node) (bool, []*interp.Rule) {
	r := n.rules[i]
	var by []*interp.Rule
	for cases != dd.False && n.err == nil {
		j := n.another(i, cases)
		if j < 0 {
			break
		}
		by = append(by, n.rules[j])
		cases = n.diff(cases, n.effects[j])
	}
	if o := n.p.Otherwise(); cases == dd.False || o == nil || o.Outcome != r.Outcome {
		return cases == dd.False, by
	}
	for j, other := range n.rules { // the otherwise has one case, and others may share the rest with it
		if j != i && other.Outcome == r.Outcome && n.meet(cases, n.effects[j], 1) {
			by = append(by, other)
			cases = n.diff(cases, n.effects[j])
		}
	}
	for j := range n.rules { // the otherwise speaks only where no rule is left
		if j != i && n.meet(cases, n.effects[j], 1) {
			return false, by
		}
	}
	return true, by
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
		if j != i && r.Outcome == n.rules[i].Outcome && n.Store.Eval(n.effects[j], point) == 1 {
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
	for _, v := range n.p.Variants(true) {
		if v.Kind == interp.WithoutRule || v.Kind == interp.Nudged || v.Has { // a reader wants the has, though no answer hangs on it
			continue
		}
		if n.Store.Stats().Steps > n.until {
			skipped = true
			continue
		}
		i, ofRule := index[v.Rule]
		live := true
		switch q := v.Policy(); {
		case ofRule && v.Kind != interp.WithoutPriority && n.lonely(i):
			live = !n.idle(i, q.Rules()[i])
		case ofRule && len(v.Rule.Requiring) > 0 && v.Kind != interp.WithoutPriority:
			live = !n.same(q) || n.obliges(i, q)
		case v.Kind == interp.WithoutPriority:
			live = !n.same(q) || n.obligesOtherwise(q)
		default:
			live = !n.same(q)
		}
		if n.err != nil {
			return
		}
		n.l.matters(fmt.Sprint(v.Kind, v.Site.Source.Name, v.Site.Span, v.Text), live, func() Finding { return n.idleVariant(v) })
	}
	if skipped {
		n.l.note(fmt.Sprintf("`%s` is so large that not all of its conditions were tried one by one", n.p.Name))
	}
}

func (n *inspection) idleVariant(v *interp.Variant) Finding {
	what := v.Text[len("without "):]
	code := lang.IdleCondition
	if v.Kind == interp.WithoutPriority {
		code = lang.IdlePriority
	}
	if v.Rule == nil {
		return finding(code, v.Site, "%s changes nothing: every case is answered as it would be without it", what).about(n.p, nil)
	}
	return finding(code, v.Site, "%s changes nothing in `%s`: every case is answered as it would be without it", what, v.Rule.Label).about(n.p, v.Rule)
}

// idle says whether a rule could have the conditions of another version of it, with
// the same answers and obligations.
func (n *inspection) idle(i int, version *interp.Rule) bool {
	r := n.rules[i]
	now := n.keep(n.RuleApplies(version, n.on))
	more, fewer := n.and(n.care, n.diff(now, n.applies[i])), n.and(n.care, n.diff(n.applies[i], now))
	decided := n.is(n.bare, n.leafOf(r.Outcome))
	if len(r.Requiring) > 0 && n.and(decided, n.or(more, fewer)) != dd.False {
		return false
	}
	if n.diff(more, n.unmoved(r)) != dd.False {
		return false
	}
	ok, _ := n.covered(i, n.and(fewer, decided))
	return ok
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
	if o := n.p.Otherwise(); o != nil && o.Outcome == r.Outcome && len(r.Requiring) == 0 {
		out = n.or(out, n.is(n.bare, n.Leaf(interp.Undecided, nil)))
	}
	return out
}

// obliges says whether a rule with obligations decides other cases in a variant.
func (n *inspection) obliges(i int, q *interp.Policy) bool {
	effects, _, err := n.Effects(interp.Dated{Policy: q, On: n.on})
	n.keep(dd.False, err)
	if n.err != nil {
		return true
	}
	return n.decides(i, n.effects[i]) != n.decides(i, effects[i])
}

// obligesOtherwise says whether any rule with obligations decides other cases in a variant.
func (n *inspection) obligesOtherwise(q *interp.Policy) bool {
	for i, r := range n.rules {
		if len(r.Requiring) > 0 && n.obliges(i, q) {
			return true
		}
	}
	return false
}

// decides is the cases in which a rule with that effect is among those that decide.
func (n *inspection) decides(i int, effect dd.Node) dd.Node {
	return n.and(n.care, n.and(effect, n.is(n.bare, n.leafOf(n.rules[i].Outcome))))
}

// amendments finds what an amendment says without changing anything.
func (n *inspection) amendments() {
	if n.p.Amends == nil {
		return
	}
	said := false
	for _, a := range n.p.Amendments() {
		old := n.p.Amends.Rule(a.Label)
		if old == nil {
			continue
		}
		live := true
		if a.Rule != nil && slices.Equal(a.Rule.Requiring, old.Requiring) {
			live = !n.same(n.p.With(a.Label, old)) || len(old.Requiring) > 0 && n.obligesOtherwise(n.p.With(a.Label, old))
		}
		said = said || !live
		n.l.matters("amendment "+n.p.Name+" "+a.Label, live, func() Finding {
			f := finding(lang.IdleAmendment, a.Site, "replacing `%s` changes nothing: every case is answered as before", a.Label).about(n.p, a.Rule)
			f.also = a.Site
			return f.note(old.Site(), "the rule as it was")
		})
	}
	if said || n.obligesMore(n.p.Amends) {
		return
	}
	live := !n.same(n.p.Amends)
	n.l.matters("policy "+n.p.Name, live, func() Finding {
		return finding(lang.IdleAmendment, n.p.Site(), "`%s` answers every case as `%s`, which it amends", n.p.Name, n.p.Amends.Name).about(n.p, nil).
			note(n.p.Amends.Site(), "the policy that it amends")
	})
}

// obligesMore says whether the amended policy has other obligations, which an equal
// answer would not show.
func (n *inspection) obligesMore(base *interp.Policy) bool {
	obliged := func(p *interp.Policy) int {
		count := 0
		for _, r := range p.Rules() {
			count += len(r.Requiring)
		}
		return count
	}
	return obliged(base) != obliged(n.p)
}
