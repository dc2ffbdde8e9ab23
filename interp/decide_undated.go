package interp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// evaluatedUndated decides a case whose date nobody told: over all days on which the policy
// is in force. The evaluation, by which it is explained, is that of the only stretch of days
// there is, or one in which what hangs on the date is unknown.
func (p *Policy) evaluatedUndated(ctx context.Context, c *Case) (*evaluation, *Decision, error) {
	e, err := p.evaluate(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	if e.s.stopped {
		return nil, nil, e.s.err
	}
	d := e.decision()
	if d.Status != Undetermined && e.sure {
		return e, d, nil
	}
	days, all := e.days()
	if len(days) == 1 && all {
		return p.evaluatedOn(ctx, c, days[0])
	}
	most := mostDays
	if len(e.s.missing.facts) > 1 || !e.sure { // besides the date: a diagram for each day
		most = mostOpenDays
	}
	if len(days) > most {
		days, all = nil, false
	}
	over := &overDays{p: p, days: days, complete: all, walk: d, read: e.s.missing.seen[caseDateName]}
	if err := over.decide(ctx, c); err != nil {
		return nil, nil, err
	}
	return e, over.answer(), nil
}

// mostDays bounds the days on which an undated case is decided, and mostOpenDays those on which
// other facts are missing too; past it the answer is what is possible on some day, as far as
// the walk tells, and not exact.
const (
	mostDays     = 2_000
	mostOpenDays = 100
)

// evaluatedOn evaluates a case on the one day that stands for all.
func (p *Policy) evaluatedOn(ctx context.Context, c *Case, day Date) (*evaluation, *Decision, error) {
	c = c.Clone()
	c.SetDate(day)
	e, shared, err := p.evaluated(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	d := *shared
	d.AsOf = NoDate
	return e, &d, nil
}

// days are those that stand for all days of the case: the answer on any other day in force is that on
// the last of them before it. Not all: there may be days of which none of them tells.
func (e *evaluation) days() (days []Date, all bool) {
	u := e.p.uses()
	ids, dates := e.s.c.told(), e.s.c.toldDates()
	for _, f := range e.s.missing.facts {
		if f.name == caseDateName {
			continue
		}
		if !f.plain() {
			ids = nil
		}
	}
	if u.computed || !e.sure { // of what constraints read nothing is noted as missing
		ids = nil
	}
	turns := u.turns(u.memberTurns(e.p.ruleTurns(), ids), dates, e.p.prog)
	return e.p.epochsAmong(turns), u.whole()
}

// plain says whether a fact is of a type of which no value is an identity, nor holds one.
func (f missingFact) plain() bool {
	if f.attr == nil {
		return false
	}
	switch f.attr.Type.basic {
	case boolType, numberType, dateType, durationType, scalarType:
		return true
	}
	return false
}

// told are the identities that a case speaks of, with those that are defaults.
func (c *Case) told() map[string]bool {
	ids := map[string]bool{}
	c.eachValue(func(v Value) {
		if id, ok := identity(v); ok {
			ids[id] = true
		}
	})
	return ids
}

// toldDates are the dates that a case speaks of, with those that are defaults.
func (c *Case) toldDates() []num.Date {
	var out []num.Date
	c.eachValue(func(v Value) {
		if d, ok := v.(Date); ok {
			out = append(out, num.Date(d))
		}
	})
	return out
}

// eachValue calls f with every value of the case, within lists and things too, and with the
// defaults of every kind.
func (c *Case) eachValue(f func(Value)) {
	var each func(Value)
	each = func(v Value) {
		switch v := v.(type) {
		case nil:
		case Set:
			for _, x := range v {
				each(x)
			}
		case List:
			for _, x := range v {
				each(x)
			}
		case *Thing:
			f(v)
			for _, x := range v.attrs {
				each(x)
			}
		default:
			f(v)
		}
	}
	for _, t := range c.things {
		each(t)
	}
	each(c.whole)
	for _, v := range c.results {
		each(v)
	}
	for _, k := range append(slices.Clone(c.prog.order.kinds), c.prog.whole) {
		for _, a := range k.Attrs {
			each(a.Default)
		}
	}
}

// overDays puts the decisions of all days together.
type overDays struct {
	p        *Policy
	days     []Date
	complete bool        // they stand for all days
	walk     *Decision   // what is sure, or possible, whatever the date is
	by       []*Decision // by day; nil where no case of that day keeps the constraints
	read     bool        // something that the date decides was met
	differ   bool        // two days have different answers
	open     bool        // on some day the answer is open
}

// decide finds the decision of each day.
func (o *overDays) decide(ctx context.Context, c *Case) error {
	var broken lang.Diagnostics
	real := false
	for _, day := range o.days {
		x := c.Clone()
		x.SetDate(day)
		d, err := o.p.decideByWalk(ctx, x) // an engine for each day would cost more
		if err != nil && !errors.As(err, &broken) {
			return err
		}
		real = real || err == nil
		o.by = append(o.by, d)
	}
	if !real && o.complete {
		return broken
	}
	return nil
}

// answer is the decision whatever the date is. Where no day that was looked at keeps the
// constraints, and there may be others, it is what the walk is sure of.
func (o *overDays) answer() *Decision {
	var first *Decision
	for _, d := range o.by {
		switch {
		case d == nil:
			continue
		case first == nil:
			first = d
		}
		o.differ = o.differ || d.Status != first.Status || d.Outcome != first.Outcome
		o.open = o.open || d.Status == Undetermined
	}
	if first == nil {
		d := *o.walk
		d.Exact = false
		return &d
	}
	if o.open || o.differ || !o.complete && o.walk.Status == Undetermined {
		return o.undetermined()
	}
	return o.same()
}

// undetermined is what is left open, by the days on which it comes about.
func (o *overDays) undetermined() *Decision {
	out := *o.walk
	out.Status, out.Outcome, out.Rules, out.Otherwise, out.Needs = Undetermined, nil, nil, nil, nil
	out.Possible, out.Exact = nil, true
	add := func(p possibleAnswer) (further bool) {
		if slices.ContainsFunc(out.Possible, func(q Possibility) bool { return possible(q) == p }) {
			return false
		}
		out.Possible = append(out.Possible, Possibility{Status: p.status, Outcome: p.outcome})
		return true
	}
	for _, d := range o.by {
		if d == nil {
			continue
		}
		out.Exact = out.Exact && d.Exact
		for _, p := range possibleOf(d) {
			add(p)
		}
	}
	if !o.complete {
		for _, p := range possibleOf(o.walk) {
			out.Exact = !add(p) && out.Exact
		}
	}
	slices.SortStableFunc(out.Possible, func(a, b Possibility) int { return possible(a).order() - possible(b).order() })
	for i := range out.Possible {
		p := &out.Possible[i]
		p.When, p.Further = o.when(possible(*p))
	}
	o.needs(&out)
	return &out
}

// possibleOf are the answers that a decision leaves possible.
func possibleOf(d *Decision) []possibleAnswer {
	if d.Status != Undetermined {
		return []possibleAnswer{{d.Status, d.Outcome}}
	}
	var out []possibleAnswer
	for _, p := range d.Possible {
		out = append(out, possible(p))
	}
	return out
}

// when says on which days an answer comes about, and in which cases then, and how many ways
// it leaves out; "" where that is not known.
func (o *overDays) when(p possibleAnswer) (words string, further int) {
	var ways []string
	for i := 0; i < len(o.by); i++ {
		cond, more, comes := o.on(i, p)
		from := i
		for i+1 < len(o.by) {
			if next, _, also := o.on(i+1, p); next != cond || also != comes {
				break
			}
			i++
		}
		further += more
		if !comes {
			continue
		}
		days := o.between(from, i+1)
		switch {
		case cond == notSaid, cond == "" && days == "":
			return "", 0
		case cond == "":
			ways = append(ways, days)
		case days == "":
			ways = append(ways, cond)
		default:
			ways = append(ways, days+" and ("+cond+")")
		}
	}
	if over := len(ways) - mostCubes; over > 0 {
		ways, further = ways[:mostCubes], further+over
	}
	if further > 0 {
		ways = append(ways, inFurtherCases(further, true))
	}
	return strings.Join(ways, " or "), further
}

// notSaid is the condition of an answer of which nothing says when it comes about.
const notSaid = "\x00"

// on is the condition under which an answer comes about on one of the days, "" always, and
// how many ways it leaves out.
func (o *overDays) on(i int, p possibleAnswer) (cond string, further int, comes bool) {
	d := o.by[i]
	switch {
	case d == nil:
		return "", 0, false
	case d.Status != Undetermined:
		return "", 0, p == possibleAnswer{d.Status, d.Outcome}
	}
	for _, q := range d.Possible {
		if possible(q) == p {
			cond := q.When
			if q.Further > 0 {
				cond = cond[:strings.LastIndex(cond, " or in ")]
			}
			if cond == "" {
				cond = notSaid
			}
			return cond, q.Further, true
		}
	}
	return "", 0, false
}

// between says in Ctl that the date is within some of the days; "" where that is always so.
func (o *overDays) between(from, to int) string {
	var out []string
	if from > 0 {
		out = append(out, fmt.Sprintf("%s >= %s", caseDateName, o.days[from]))
	}
	if to < len(o.days) {
		out = append(out, fmt.Sprintf("%s < %s", caseDateName, o.days[to]))
	}
	return strings.Join(out, " and ")
}

// needs are what the days need, and the date where they are not alike: first, where it may
// settle the case.
func (o *overDays) needs(out *Decision) {
	date := Need{Fact: caseDateName, Question: o.p.prog.question(caseDateName, nil)}
	settles, alike, seen := !o.complete, o.complete, map[string]bool{}
	var first *Decision
	most, counted := 0, true
	for _, d := range o.by {
		if d == nil {
			continue
		}
		if first == nil {
			first = d
		}
		settles = settles || d.Status != Undetermined
		alike = alike && sameAnswers(first, d)
		most, counted = max(most, d.Questions), counted && (d.Status != Undetermined || d.Questions > 0)
		for _, n := range d.Needs {
			if !seen[n.Fact] {
				seen[n.Fact] = true
				out.Needs = append(out.Needs, n)
			}
		}
	}
	switch {
	case alike && !o.read:
	case settles:
		out.Needs = append([]Need{date}, out.Needs...)
		most++
	default:
		out.Needs = append(out.Needs, date)
		most++
	}
	if out.Questions = most; !counted || !o.complete {
		out.Questions = 0
	}
}

// sameAnswers says whether two days leave the same open, in the same cases.
func sameAnswers(a, b *Decision) bool {
	return a.Status == b.Status && a.Outcome == b.Outcome && slices.EqualFunc(a.Possible, b.Possible, func(p, q Possibility) bool {
		return possible(p) == possible(q) && p.When == q.When && p.Further == q.Further
	})
}

const rulesByDate = "whatever the date of the case is, the answer is the same; which of the rules gives it depends on it"

// same is the answer that all days have.
func (o *overDays) same() *Decision {
	var out *Decision
	differ := false
	for _, d := range o.by {
		switch {
		case d == nil:
		case out == nil:
			first := *d
			out = &first
			out.Notes = slices.Clone(d.Notes)
		default:
			differ = differ || !slices.Equal(out.Rules, d.Rules) || out.Otherwise != d.Otherwise
			out.take(d)
		}
	}
	out.AsOf = NoDate
	o.p.inOrder(out.Rules)
	o.p.inOrder(out.Outranked)
	if len(out.Rules) > 0 && differ {
		out.Otherwise = nil
	}
	if differ {
		out.Notes = append(out.Notes, rulesByDate)
	}
	return out
}

// take adds what a decision of the same answer rests on. Obligations that only one of them
// has may come.
func (d *Decision) take(e *Decision) {
	add := func(to, more []*Rule) []*Rule {
		to = slices.Clone(to)
		for _, r := range more {
			if !slices.Contains(to, r) {
				to = append(to, r)
			}
		}
		return to
	}
	d.Rules = add(d.Rules, e.Rules)
	d.Outranked = slices.DeleteFunc(add(d.Outranked, e.Outranked), func(r *Rule) bool { return slices.Contains(d.Rules, r) })
	for _, f := range e.Defeated {
		if !slices.ContainsFunc(d.Defeated, func(g Defeat) bool { return g.Rule == f.Rule }) {
			d.Defeated = append(slices.Clone(d.Defeated), f)
		}
	}
	d.Defeated = slices.DeleteFunc(slices.Clone(d.Defeated), func(f Defeat) bool { return slices.Contains(d.Rules, f.Rule) })
	if e.Otherwise != nil {
		d.Otherwise = e.Otherwise
	}
	var sure, may []string
	for _, list := range [][]string{d.Obligations, e.Obligations, d.MayOblige, e.MayOblige} {
		for _, text := range list {
			switch both := slices.Contains(d.Obligations, text) && slices.Contains(e.Obligations, text); {
			case both && !slices.Contains(sure, text):
				sure = append(sure, text)
			case !both && !slices.Contains(may, text):
				may = append(may, text)
			}
		}
	}
	d.Obligations, d.MayOblige = sure, may
	d.Exact = d.Exact && e.Exact
	for _, n := range e.Notes {
		if !slices.Contains(d.Notes, n) {
			d.Notes = append(d.Notes, n)
		}
	}
}

// inOrder puts rules in the order of the text.
func (p *Policy) inOrder(rules []*Rule) {
	at := map[*Rule]int{}
	for i, n := range p.nodes {
		if n.rule != nil {
			at[n.rule] = i
		}
	}
	slices.SortFunc(rules, func(a, b *Rule) int { return at[a] - at[b] })
}
