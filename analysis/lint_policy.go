package analysis

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
)

// mostEpochs bounds the days on which a policy is looked at.
const mostEpochs = 16

// variantEffort is how many steps are spent on a policy in trying what it would be
// without this or that; what is left over then is told of in a note.
const variantEffort = 40_000_000

// inspection is one policy on one day.
type inspection struct {
	*graph
	l        *linter
	p        *interp.Policy
	on       interp.Date
	rules    []*interp.Rule
	effects  []dd.Node
	applies  []dd.Node
	answers  dd.Node
	bare     dd.Node // the answers without the policy's otherwise
	care     dd.Node
	simple   bool // no sections, and the outcomes rank: rules can be looked at one by one
	defeats  [][]string
	until    uint64 // steps
	opposite map[string]bool
}

// policy looks at a policy on each of its days.
func (l *linter) policy(p *interp.Policy) error {
	days := p.Epochs(mostEpochs)
	l.expired(p)
	for i, on := range days {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		n := &inspection{graph: newGraph(l.ctx, l.opts.Budget, l.needed(p, on), nil), l: l, p: p, on: on, rules: p.Rules()}
		n.build()
		if err := n.fail(); errors.Is(err, ErrTooLarge) {
			l.note(fmt.Sprintf("`%s` was not looked at: %s", p.Name, err))
			return nil
		}
		if bounded := p.From.String() != "" && p.From > days[0]-1; bounded || i == len(days)-1 {
			if err := n.unanswered(); err != nil {
				return err
			}
		}
		if slices.Contains(l.opts.Quiet, lang.RankedOverlap) && i == len(days)-1 {
			n.overlaps()
		}
		n.rulesOneByOne()
		if n.err == nil {
			n.variants()
			n.amendments()
		}
		if err := n.fail(); err != nil {
			l.note(fmt.Sprintf("`%s` was not looked at in full: %s", p.Name, err))
			return nil
		}
	}
	return nil
}

// needed are the policies whose conditions are read: what the policy amends, too.
func (l *linter) needed(p *interp.Policy, on interp.Date) []interp.Dated {
	out := []interp.Dated{{Policy: p, On: on}}
	if p.Amends != nil {
		out = append(out, interp.Dated{Policy: p.Amends, On: on})
	}
	return out
}

func (n *inspection) build() {
	d := interp.Dated{Policy: n.p, On: n.on}
	n.answers, n.care = n.graph.policy(d)
	n.bare, _ = n.graph.policy(interp.Dated{Policy: n.p.WithoutOtherwise(), On: n.on})
	var err error
	n.effects, n.applies, err = n.Effects(d)
	n.keep(dd.False, err)
	n.defeats = n.p.Defeaters()
	n.simple = n.p.Flat() && n.p.Mode() != interp.ByFirst && oneChain(n.p.Program())
	n.opposite = map[string]bool{}
	for _, by := range n.defeats {
		for _, label := range by {
			n.opposite[label] = true
		}
	}
	n.until = n.Store.Stats().Steps + variantEffort
}

func oneChain(prog *interp.Program) bool {
	for _, o := range prog.Outcomes() {
		if o.Chain != prog.Outcomes()[0].Chain {
			return false
		}
	}
	return true
}

// leafOf is the leaf of an outcome.
func (n *inspection) leafOf(o *interp.Outcome) dd.Leaf { return n.Leaf(interp.Decided, o) }

// witness is a case of few facts in a set, decided by the interpreter.
func (n *inspection) witness(cases dd.Node, want string) (*interp.Case, *interp.Decision, error) {
	choices, ok := n.smallest(cases, n.diff(n.care, cases), anyFacts, n.Store.Size(cases) > largeSize)
	if !ok {
		return nil, nil, nil
	}
	c := n.Case(choices, n.on)
	d, err := n.p.Decide(c)
	if err != nil {
		return nil, nil, fmt.Errorf("deciding a case of `%s` again: %w", n.p.Name, err)
	}
	if want != "" && d.Answer() != want {
		return nil, nil, fmt.Errorf("mistake in the analysis: %s should say %s of a case, and says %s (%v)", n.p.Name, want, d.Answer(), c.Sentences())
	}
	return c, d, nil
}

// unanswered finds gaps and conflicts.
func (n *inspection) unanswered() error {
	if gap := n.is(n.answers, n.Leaf(interp.Undecided, nil)); gap != dd.False {
		c, d, err := n.witness(gap, string(interp.Undecided))
		if err != nil {
			return err
		}
		n.l.matters("gap "+n.p.Name, false, func() Finding {
			return finding(lang.Gap, n.p.Site(), "`%s` leaves cases without an answer: no rule speaks of them, and there is no `otherwise`", n.p.Name).about(n.p, nil).shown(c, d)
		})
	}
	conflict := n.is(n.answers, n.Leaf(interp.Conflict, nil))
	for i, r := range n.rules {
		if conflict == dd.False {
			break
		}
		for j, s := range n.rules[:i] {
			if r.Outcome.Chain == s.Outcome.Chain {
				continue
			}
			both := n.and(conflict, n.and(n.effects[i], n.effects[j]))
			if both == dd.False {
				continue
			}
			c, d, err := n.witness(both, string(interp.Conflict))
			if err != nil {
				return err
			}
			n.l.matters("conflict "+n.p.Name+" "+s.Label+" "+r.Label, false, func() Finding {
				f := finding(lang.PossibleConflict, r.Site(), "`%s` (%s) and `%s` (%s) can both apply, and nothing says which prevails", s.Label, s.Outcome, r.Label, r.Outcome).about(n.p, r)
				f.By = []*interp.Rule{s}
				return f.note(s.Site(), "the other rule").shown(c, d)
			})
		}
	}
	return nil
}

// overlaps finds pairs of rules of which only the rank tells which prevails.
func (n *inspection) overlaps() {
	for i, r := range n.rules {
		for j, s := range n.rules[:i] {
			if r.Outcome == s.Outcome || r.Outcome.Chain != s.Outcome.Chain {
				continue
			}
			both := n.and(n.care, n.and(n.effects[i], n.effects[j]))
			if both == dd.False {
				continue
			}
			first, second := s, r
			if r.Outcome.StricterThan(s.Outcome) == (n.p.Mode() == interp.ByStrictest) {
				first, second = r, s
			}
			c, d, err := n.witness(both, "")
			if err != nil {
				n.keep(dd.False, err)
			}
			n.l.matters("overlap "+n.p.Name+" "+s.Label+" "+r.Label, false, func() Finding {
				f := finding(lang.RankedOverlap, second.Site(), "where `%s` (%s) and `%s` (%s) both apply, the rank of the outcomes decides for `%s`", first.Label, first.Outcome, second.Label, second.Outcome, first.Label).about(n.p, second)
				f.By = []*interp.Rule{first}
				return f.note(first.Site(), "the rule that prevails").shown(c, d)
			})
		}
	}
}

// expired finds rules that are in force on no day of the policy.
func (l *linter) expired(p *interp.Policy) {
	for _, r := range p.Rules() {
		from, until := r.Period()
		live := from < p.Until && until > p.From
		l.matters("expired "+ruleKey(r), live, func() Finding {
			at := r.Site()
			words := "`%s` is not in force on any day on which `%s` is"
			if u, ok := r.UntilSite(); ok && until <= p.From {
				at, words = u, "`%s` ended before the first day of `%s`"
			}
			return finding(lang.ExpiredRule, at, words, r.Label, p.Name).about(p, r)
		})
	}
}

// ruleKey tells rules apart by where they stand.
func ruleKey(r *interp.Rule) string {
	at := r.Site()
	return fmt.Sprint(at.Source.Name, " ", at.Span)
}

// rulesOneByOne finds rules that never apply, never decide, or are not needed.
func (n *inspection) rulesOneByOne() {
	for i, r := range n.rules {
		applies := n.and(n.care, n.applies[i])
		if n.err != nil {
			return
		}
		n.l.matters("applies "+ruleKey(r), applies != dd.False, func() Finding {
			return finding(lang.NeverApplies, r.Site(), "`%s` can never apply: its conditions, and the constraints, cannot all hold in one case", r.Label).about(n.p, r)
		})
		if applies == dd.False || n.Store.Stats().Steps > n.until {
			continue
		}
		idle, by := n.removable(i)
		if !idle {
			n.l.matters("needed "+ruleKey(r), true, nil)
			continue
		}
		n.l.matters("needed "+ruleKey(r), false, func() Finding { return n.needless(i, applies, by) })
	}
}

// needless is the finding about a rule that can be left out.
func (n *inspection) needless(i int, applies dd.Node, by []*interp.Rule) Finding {
	r := n.rules[i]
	if n.and(applies, n.and(n.effects[i], n.is(n.answers, n.leafOf(r.Outcome)))) == dd.False || n.preempted(i) {
		blockers := n.blockers(i, applies)
		f := finding(lang.NeverDecides, r.Site(), "`%s` never decides: wherever it applies, %s", r.Label, prevail(r, blockers)).about(n.p, r)
		f.By = blockers
		for _, b := range blockers {
			f = f.note(b.Site(), "`%s` (%s)", b.Label, b.Outcome)
		}
		c, d, err := n.witness(applies, "")
		if err != nil {
			return f
		}
		return f.shown(c, d)
	}
	words, left := "the `otherwise`", n.decides(i, n.effects[i])
	for _, b := range by {
		left = n.diff(left, n.effects[slices.Index(n.rules, b)])
	}
	switch {
	case len(by) > 0 && left == dd.False:
		words = ruleNames(by)
	case len(by) > 0:
		words = ruleNames(by) + " or " + words
	}
	f := finding(lang.RedundantRule, r.Site(), "`%s` is not needed: what it decides is decided alike by %s", r.Label, words).about(n.p, r)
	f.By = by
	for _, b := range by {
		f = f.note(b.Site(), "`%s` (%s)", b.Label, b.Outcome)
	}
	return f
}

func prevail(r *interp.Rule, by []*interp.Rule) string {
	same := true
	for _, b := range by {
		same = same && b.Outcome == r.Outcome
	}
	switch {
	case len(by) == 0:
		return "others do"
	case same:
		return ruleNames(by) + " decides alike"
	}
	return ruleNames(by) + " prevails"
}

func ruleNames(rules []*interp.Rule) string {
	var names []string
	for _, r := range rules {
		names = append(names, "`"+r.Label+"`")
	}
	if len(names) > 4 {
		names = append(names[:3], fmt.Sprintf("%d more rules", len(names)-3))
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// preempted says of a policy that decides by first whether earlier rules always come first.
func (n *inspection) preempted(i int) bool {
	if n.p.Mode() != interp.ByFirst || !n.p.Flat() {
		return false
	}
	left := n.and(n.care, n.effects[i])
	for _, e := range n.effects[:i] {
		left = n.diff(left, e)
	}
	return left == dd.False
}

// blockers are rules that decide in the place of one, few of them.
func (n *inspection) blockers(i int, applies dd.Node) []*interp.Rule {
	var out []*interp.Rule
	left := applies
	for left != dd.False && n.err == nil && len(out) < len(n.rules) {
		choices, ok := n.Store.Path(left, 1, nil)
		if !ok {
			break
		}
		full, ok := n.whole(left, choices)
		if !ok {
			break
		}
		d, err := n.p.Decide(n.Case(full, n.on))
		if err != nil {
			break
		}
		before := len(out)
		for j, r := range n.rules {
			if j == i || !slices.Contains(d.Rules, r) && !slices.Contains(n.defeats[i], r.Label) || slices.Contains(out, r) {
				continue
			}
			if rest := n.diff(left, n.effects[j]); rest != left {
				out, left = append(out, r), rest
				break
			}
		}
		if len(out) == before {
			break
		}
	}
	return out
}
