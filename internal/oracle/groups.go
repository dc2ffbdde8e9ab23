package oracle

import (
	"cmp"

	"github.com/ctl-lang/ctl/internal/num"
	"github.com/ctl-lang/ctl/lang"
)

// span is the days from the first to the day before the second.
type span struct{ from, until num.Date }

var always = span{num.MinDate, num.MaxDate + 1}

func within(s span, on num.Date) bool { return s.from <= on && on < s.until }

func spanOf(from, until *lang.Date) span {
	s := always
	if from != nil {
		s.from = must(num.ParseDate(from.Text))
	}
	if until != nil {
		s.until = must(num.ParseDate(until.Text))
	}
	return s
}

// in says whether an identity is in a group on a day.
func (p *Program) in(id string, group string, on num.Date) bool {
	for _, s := range p.membersOf(group)[id] {
		if within(s, on) {
			return true
		}
	}
	return false
}

// membersOf are the identities of a group with the days on which they are in it.
func (p *Program) membersOf(group string) map[string][]span {
	if known, ok := p.members[group]; ok {
		return known
	}
	g := p.groups[group]
	out := map[string][]span{}
	of := &typ{values: p.kinds[g.Kind.Text].ids, kind: p.kinds[g.Kind.Text]}
	for _, m := range g.Members {
		days := always
		if d := cmp.Or(m.Dates, m.Head); d != nil {
			days = spanOf(d.Since, d.Until)
		}
		if m.Quote != nil {
			id, ok := of.choice(m.Quote.Value, true)
			if !ok {
				id = of.text(m.Quote.Value)
			}
			out[id] = append(out[id], days)
		} else if _, nested := p.groups[m.Name.Text]; nested {
			for id, spans := range p.membersOf(m.Name.Text) {
				for _, s := range spans {
					out[id] = append(out[id], span{max(s.from, days.from), min(s.until, days.until)})
				}
			}
		} else {
			out[m.Name.Text] = append(out[m.Name.Text], days)
		}
	}
	p.members[group] = out
	return out
}
