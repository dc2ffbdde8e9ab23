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
	l        *linter
	p        *interp.Policy
	on       interp.Date
	rules    []*interp.Rule
	decide   *interp.Deciding // what its decisions rest on
	answers  dd.Node
	bare     dd.Node // the answers without the policy's otherwise
	care     dd.Node
	simple   bool // no sections, and the outcomes rank: rules can be looked at one by one
	defeats  [][]string
	until    uint64 // steps,
	spent    uint64 // and those that are none of the diagrams
	looked   int    // at needless rules
	leftOut  map[*interp.Rule]*interp.Variant
	all      []*interp.Variant
	opposite map[string]bool
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
		n := &inspection{graph: newGraph(l.ctx, l.needed(p, on), nil), l: l, p: p, on: on, rules: p.Rules()}
		n.build()
		if n.err == nil {
			n.unanswered()
			n.overlaps()
			n.rulesOneByOne()
			n.otherwises()
			n.variants()
			n.amendments()
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
	n.answers, n.care = n.graph.policy(d)
	n.bare, _ = n.graph.policy(interp.Dated{Policy: n.p.WithoutOtherwise(), On: n.on})
	if n.err != nil {
		return
	}
	n.decide = n.deciding(d, n.answers)
	n.defeats = n.p.Defeaters()
	n.simple = n.p.Flat() && n.p.Mode() != interp.ByFirst && oneChain(n.p.Program())
	n.opposite = map[string]bool{}
	for _, by := range n.defeats {
		for _, label := range by {
			n.opposite[label] = true
		}
	}
	n.until = n.Store.Stats().Steps + n.spent + variantEffort
}

// spend counts steps that are none of the diagrams, and looks at the context.
func (n *inspection) spend(steps int) {
	const atOnce = 1 << 12
	before := n.spent / atOnce
	if n.spent += uint64(steps); n.spent/atOnce > before {
		n.keep(dd.False, n.ctx.Err())
	}
}

// over says whether as much has been tried as may be.
func (n *inspection) over() bool { return n.Store.Stats().Steps+n.spent > n.until }

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

// witness is a case of few facts in a set, decided by the interpreter; nil where none
// is found. Wanted is its answer, "" for any.
func (n *inspection) witness(cases dd.Node, want string) (*interp.Case, *interp.Decision) {
	bad := n.diff(n.care, cases)
	shows := func(c *interp.Case) bool {
		d, err := n.p.Unobserved(n.ctx, c)
		return err == nil && (want == "" || d.Answer() == want)
	}
	var c *interp.Case
	if choices, ok := n.smallest(cases, bad, anyFacts, n.Store.Size(cases) > largeSize); ok {
		c = n.Case(choices, n.on)
	} else if c = n.seek(cases, bad, n.on, shows); c == nil {
		return nil, nil
	}
	d, err := n.p.Unobserved(n.ctx, c)
	if err != nil || want != "" && d.Answer() != want {
		n.l.note(fmt.Sprintf("mistake in the analysis: `%s` should say %s of a case, and does not (%v)", n.p.Name, want, c.Sentences()))
		return nil, nil
	}
	return c, d
}

// hanging says why no case is shown of what may be: "" where nothing hides it.
func (n *inspection) hanging(cases dd.Node) string {
	if words := n.OpaqueWords(cases); len(words) > 0 {
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
