package interp

import (
	"maps"
	"slices"
	"sort"
	"sync"

	"github.com/ctl-lang/ctl/internal/num"
)

// Epochs are days on which a policy is in force and between which nothing that it or a
// constraint says changes with the date: one day of each stretch, the earliest first.
// Where conditions compare the date of the case with facts, a stretch ends also so far
// from each date as they say.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) Epochs() []Date { return p.epochsAmong(p.turns()) }

// EpochsOf are one day of each stretch between which what some conditions say changes, among those on
// which the policy is in force. Not all: there may be days of which none of them tells, as with
// Claim.Days.
//
// Unstable: it serves package analysis, and changes with it.
func (p *Policy) EpochsOf(conds ...*Cond) (days []Date, all bool) {
	u := newUser()
	for _, c := range conds {
		u.cond(c.c)
	}
	u.ofTerms()
	return p.epochsAmong(u.turns(u.memberTurns(nil, nil), nil, p.prog)), u.whole()
}

// epochsAmong are one day of each stretch that ends at some of the days.
func (p *Policy) epochsAmong(turns []num.Date) []Date {
	var out []Date
	for _, d := range turns {
		if day := Date(d); p.InForce(day) {
			out = append(out, day)
		}
	}
	if p.From != Date(firstDay) {
		out = append(out, p.From)
	} else if len(out) == 0 {
		out = append(out, min(p.prog.LatestDate(), p.Until-1))
	} else if before, err := num.Date(slices.Min(out)).AddDays(-1); err == nil {
		out = append(out, Date(before))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// turns are the days on which something that a policy or a constraint says changes.
func (p *Policy) turns() []num.Date {
	once := keptIn[struct {
		sync.Once
		found []num.Date
	}](&p.cache.turns)
	once.Do(func() {
		u := p.uses()
		once.found = u.turns(u.memberTurns(p.ruleTurns(), nil), nil, p.prog)
	})
	return once.found
}

// ruleTurns are the days on which a rule begins to hold, or no longer does.
func (p *Policy) ruleTurns() []num.Date {
	var out []num.Date
	for _, n := range p.nodes {
		if n.rule != nil {
			out = append(out, n.rule.from, n.rule.until)
		}
	}
	return out
}

// memberTurns adds the days on which somebody begins or ceases to be in a group: of ids,
// where they are not nil, and else of everybody.
func (u *user) memberTurns(out []num.Date, ids map[string]bool) []num.Date {
	add := func(ps []period) {
		for _, p := range ps {
			out = append(out, p.since, p.until)
		}
	}
	for g := range u.groups {
		of := maps.Keys(g.numbers)
		if ids != nil && len(g.screens) == 0 { // else whoever a name is near matters too
			of = maps.Keys(ids)
		}
		for id := range of {
			if g.sometimes(id) {
				add(g.periodsOf(id))
				add(g.doubtful(id))
			}
		}
	}
	return out
}

// turns are the days at which something changes: those given, and where the date of the case
// is read, those that conditions name and the told ones, and those so far from them as
// conditions say.
func (u *user) turns(days, told []num.Date, prog *Program) []num.Date {
	var out []num.Date
	add := func(ds ...num.Date) {
		for _, d := range ds {
			if d != firstDay && d != endOfDay {
				out = append(out, d)
			}
		}
	}
	add(days...)
	add(u.days...)
	if !u.asOf {
		return out
	}
	add(told...)
	spans := slices.Clone(u.spans)
	for _, c := range u.fixed {
		switch v := c.v.(type) {
		case Date:
			add(num.Date(v))
		case Duration:
			spans = append(spans, num.Duration(v))
		}
	}
	if len(spans) > 0 { // months are of different lengths
		add(monthEnds(num.Date(prog.LatestDate()))...)
	}
	near := 1 + int32(u.datesRead()) // so many dates stand one behind the other at least
	for _, d := range slices.Clone(out) {
		add(around(d, near)...)
		for _, span := range spans {
			for _, by := range []num.Duration{span, span.Neg()} {
				if to, err := d.Add(by); err == nil {
					add(around(to, near+min(2, span.Months))...)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// DatesMatter says whether a decision may hang on the date of the case.
func (p *Policy) DatesMatter() bool {
	if len(p.prog.dates) == 0 && !p.prog.readsDate {
		return false
	}
	return len(p.turns()) > 0 || p.uses().asOf
}

// undated says whether nobody told the date of a case and the policy's answer may hang on
// it.
func (p *Policy) undated(c *Case) bool {
	return c != nil && c.prog == p.prog && c.date == NoDate && p.DatesMatter()
}

// uses are what the conditions of a policy and the constraints use, by way of terms too. They are
// found once.
func (p *Policy) uses() *user {
	once := keptIn[struct {
		sync.Once
		found *user
	}](&p.cache.uses)
	once.Do(func() { once.found = p.findUses() })
	return once.found
}

func newUser() *user {
	return &user{terms: map[*Term]bool{}, groups: map[*Group]bool{}, attrs: map[*Attr]bool{}}
}

func (p *Policy) findUses(more ...cond) *user {
	u := newUser()
	for _, n := range p.nodes {
		switch {
		case n.rule != nil:
			for _, cl := range n.rule.clauses() {
				u.cond(cl.c)
			}
		case n.section.when != nil:
			u.cond(n.section.when)
		}
	}
	for _, k := range p.prog.constraints {
		u.cond(k.cond)
	}
	for _, c := range more {
		u.cond(c)
	}
	u.ofTerms()
	return u
}

// ofTerms adds what the conditions of the terms use, and of those that these use.
func (u *user) ofTerms() {
	read := map[*Term]bool{}
	for len(read) < len(u.terms) {
		for t := range u.terms {
			if !read[t] && t.cond != nil {
				u.cond(t.cond)
			}
			read[t] = true
		}
	}
}

// around are the days up to so many before and behind one, and the day itself.
func around(d num.Date, days int32) []num.Date {
	var out []num.Date
	for by := -days; by <= days; by++ {
		if to, err := d.AddDays(int(by)); err == nil {
			out = append(out, to)
		}
	}
	return out
}

// monthEnds are the days at which months of 28, 30 and 31 days end, around one day.
func monthEnds(d num.Date) []num.Date {
	year, _, _ := d.YMD()
	var out []num.Date
	for _, day := range [][2]int{{1, 31}, {2, 28}, {3, 1}, {3, 31}, {4, 30}, {7, 31}} {
		if at, err := num.MakeDate(year, day[0], day[1]); err == nil {
			out = append(out, at)
		}
	}
	return out
}

// epoch is the last date named in the program on or before a day: between two such
// dates nothing changes. Where conditions read as_of, every day is its own.
func (p *Program) epoch(on num.Date) num.Date {
	from, _ := p.epochSpan(on)
	return from
}

// epochSpan are the days around one between which nothing changes, from the first
// to the day after the last.
func (p *Program) epochSpan(on num.Date) (from, until num.Date) {
	if p.readsDate {
		return on, on + 1
	}
	from, until = firstDay, endOfDay
	i := sort.Search(len(p.dates), func(i int) bool { return p.dates[i] > on })
	if i > 0 {
		from = p.dates[i-1]
	}
	if i < len(p.dates) {
		until = p.dates[i]
	}
	return from, until
}
