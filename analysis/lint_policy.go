package analysis

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// mostDays bounds the days on which a policy is looked at, one of each stretch between
// which what it says changes with the date.
const mostDays = 200

// variantEffort is how many steps are spent on a policy on a day in trying what it
// would be without this or that; what is left over then is told of in a note.
const variantEffort = 40_000_000

// lintedRule is how many bytes a rule takes while a policy is looked at: its variants, diagrams and findings.
const lintedRule = 6 << 10

// inspection is one policy on one day.
type inspection struct {
	*graph
	l       *linter
	p       *interp.Policy
	on      interp.Date
	rules   []*interp.Rule
	care    dd.Node
	decide  *interp.Deciding // what its decisions rest on
	own     []dd.Node        // where the conditions of each rule hold
	near    *dd.Neighbours   // of these
	place   *place
	places  *interp.Places
	until   uint64 // steps of the diagrams
	looked  uint64 // steps spent on needless rules
	oneDay  bool   // no other day is looked at
	obliges bool   // anything in the policy, or the one that it amends, has obligations
	given   bool   // something was given up, since it took too long
}

// policy looks at a policy on each of its days, the latest first.
func (l *linter) policy(p *interp.Policy) error {
	days := p.Epochs()
	slices.Reverse(days)
	if err := room(l.prog, len(p.Rules()), lintedRule); err != nil {
		l.partial[p] = true
		l.note(fmt.Sprintf("`%s` was not looked at: %s", p.Name, err))
		return nil
	}
	l.expired(p)
	if len(days) > mostDays {
		l.note(fmt.Sprintf("`%s` was looked at on the latest %d of the %d days from which on something changes: what is said never to happen may happen before", p.Name, mostDays, len(days)))
		days = days[:mostDays]
	}
	for _, on := range days {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		n := l.inspect(p, on, len(days) == 1)
		if n.err == nil {
			n.alike()
			n.divisions()
			n.unanswered()
			n.overlaps()
			n.rulesOneByOne()
			n.otherwises()
			n.variants()
			n.amendments()
			if n.given {
				l.note(fmt.Sprintf("`%s` is so large that not all of its rules and conditions were looked into: of some it was given up to find out whether they matter", p.Name))
			}
		}
		if err := n.fail(); err != nil {
			// What has not been seen to matter may matter on this day.
			l.partial[p] = true
			words := "`%s` was not looked at in full: %s"
			if errors.Is(err, ErrTooLarge) && n.decide == nil {
				words = "`%s` was not looked at: %s"
			}
			l.note(fmt.Sprintf(words, p.Name, err))
			return nil
		}
	}
	return nil
}

// inspect makes ready to look at a policy on a day.
func (l *linter) inspect(p *interp.Policy, on interp.Date, oneDay bool) *inspection {
	n := &inspection{graph: newGraphOfConditions(l.ctx, l.needed(p, on), l.where()...), l: l, p: p, on: on, rules: p.Rules(), oneDay: oneDay}
	n.build()
	return n
}

// where is the condition of the cases that are looked at, if it is not all of them.
func (l *linter) where() []*interp.Cond {
	if l.opts.Where == nil {
		return nil
	}
	return []*interp.Cond{l.opts.Where}
}

// needed are the policies whose conditions are read: what the policy amends, too.
func (l *linter) needed(p *interp.Policy, on interp.Date) []interp.Dated {
	out := []interp.Dated{{Policy: p, On: on}}
	if p.Amends != nil {
		out = append(out, interp.Dated{Policy: p.Amends, On: on})
	}
	for _, r := range l.replacing(p) {
		out = append(out, interp.Dated{Policy: r.without, On: on})
	}
	return out
}

// replaced is a value that an amendment replaces, and the amendment without that.
type replaced struct {
	interp.Amendment
	without *interp.Policy
	was     interp.Site
}

// replacing are the values that an amendment replaces, as far as it can leave one as it was.
func (l *linter) replacing(p *interp.Policy) []replaced {
	out, known := l.replaced[p]
	if known || p.Amends == nil {
		return out
	}
	for _, a := range p.Amendments() {
		if a.Value == "" {
			continue
		}
		if without, was := p.WithoutReplacing(a.Value); without != nil {
			out = append(out, replaced{a, without, was})
		}
	}
	l.replaced[p] = out
	return out
}

func (n *inspection) build() {
	d := interp.Dated{Policy: n.p, On: n.on}
	n.care = n.keep(n.Care(n.on))
	for _, c := range n.l.where() {
		n.care = n.and(n.care, n.keep(n.Where(c, n.on)))
	}
	if n.err != nil {
		return
	}
	n.decide = n.deciding(d)
	n.obliges = obliges(n.p) || n.p.Amends != nil && obliges(n.p.Amends)
	for _, r := range n.rules {
		n.own = append(n.own, n.keep(n.RuleApplies(r, n.on)))
	}
	near, err := n.circuit.Neighbours(n.distinct())
	n.keep(dd.False, err)
	n.places = n.p.Places()
	n.near, n.place = near, &place{circuit: n.circuit.Beside()}
	n.until = n.Store.Stats().Steps + variantEffort
}

// distinct is where the conditions of each rule hold, but for rules that say the same as two before
// them: what holds beside these holds beside one of them. Of them it is False.
func (n *inspection) distinct() []dd.Node {
	type saying struct {
		own       dd.Node
		outcome   *interp.Outcome
		section   *interp.Section
		requiring string
	}
	out, met := slices.Clone(n.own), map[saying]int{}
	sections, plain := n.p.Sections(), n.p.Plain()
	for i, r := range n.rules {
		s := saying{n.own[i], r.Outcome, sections[i], fmt.Sprintf("%q", r.Requiring)}
		if met[s]++; met[s] > 2 && plain[i] {
			out[i] = dd.False
		}
	}
	return out
}

// over says whether as much has been tried as may be.
func (n *inspection) over() bool { return n.Store.Stats().Steps > n.until }

// witness is a case of few facts in a set, which the interpreter answers as is wanted, "" for any,
// when what the case leaves open is filled in; nil where none is found.
func (n *inspection) witness(cases dd.Node, want string) *interp.Case {
	bad := n.diff(n.care, cases)
	choices, ok := n.smallest(cases, bad, anyFacts, n.Store.Size(cases) > largeSize)
	if !ok {
		return n.seek(cases, bad, n.on, func(c *interp.Case) bool { return n.answers(c, want) })
	}
	full, ok := n.whole(cases, choices)
	if !ok {
		full = choices
	}
	c := n.Case(choices, n.on)
	if !n.answers(n.Case(full, n.on), want) {
		n.l.note(fmt.Sprintf("mistake in the analysis: `%s` should say %s of a case, and does not (%v)", n.p.Name, want, c.Sentences()))
		return nil
	}
	return c
}

// answers says whether the interpreter gives a case an answer, or with "" any.
func (n *inspection) answers(c *interp.Case, want string) bool {
	d, err := n.p.Unobserved(n.ctx, c)
	return err == nil && (want == "" || d.Answer() == want)
}

// found is the case that a search came upon, whose choices are given; nil where the interpreter
// does not answer it as is wanted.
func (n *inspection) found(choices []dd.Choice, want string) *interp.Case {
	full, ok := n.whole(n.care, choices)
	if !ok || !n.answers(n.Case(full, n.on), want) {
		return nil
	}
	return n.Case(choices, n.on)
}

// hanging says why no case is shown of what may be, and hangs on conditions with some words.
func hanging(words []string) string {
	if len(words) > 0 {
		return "no case was found, as this hangs on " + quoted(words) + ", into which the analysis cannot look"
	}
	return "no case was found"
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
			return finding(code.ExpiredRule, at, words, r.Label, p.Name).about(p, r)
		})
	}
}

// ruleKey tells rules apart by where they stand.
func ruleKey(r *interp.Rule) string { return siteKey(r.Site()) }

func siteKey(at interp.Site) string { return fmt.Sprint(at.Source.Name, " ", at.Span) }
