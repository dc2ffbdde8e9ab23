package oracle

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

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

// in says whether a thing is in a group on the day of the case. Where that is not known from
// the rules, it is as told.
func (s *scope) in(x any, group string) bool {
	open := ""
	if a, ok := x.(netip.Addr); ok {
		return s.hasAddress(a, group)
	}
	for _, m := range s.membersOf(group)[identity(x)] {
		switch {
		case !within(m.span, s.c.on):
		case m.open == "":
			return true
		default:
			open = m.open
		}
	}
	if open != "" {
		return toldIn(x, open)
	}
	for _, screened := range s.screensIn(group) { // whom the rules do not know may be told to be in it
		if within(screened.span, s.c.on) && toldIn(x, screened.open) {
			return true
		}
	}
	return false
}

// hasAddress says whether an address is in a group, or in a network that is, on the day of the case.
func (s *scope) hasAddress(a netip.Addr, group string) bool {
	for text, stays := range s.membersOf(group) {
		in := text == a.String()
		if strings.Contains(text, "/") {
			in = netip.MustParsePrefix(text).Contains(a)
		}
		if in && slices.ContainsFunc(stays, func(m stay) bool { return within(m.span, s.c.on) }) {
			return true
		}
	}
	return false
}

// toldIn is whether a thing is told to be in a group.
func toldIn(x any, group string) bool {
	if t, ok := x.(*thing); ok {
		if told, known := t.attrs["in "+group]; known {
			return told.(bool)
		}
	}
	panic(untold{"in " + group})
}

// screensIn are the screened groups in a group, or itself, with the times for which they are.
func (p *Program) screensIn(group string) []stay {
	g := p.groups[group]
	if g.Screened != nil {
		return []stay{{always, group}}
	}
	var out []stay
	for _, m := range g.Members {
		if m.Quote != nil || m.Literal != nil || p.groups[m.Name.Text] == nil {
			continue
		}
		for _, inner := range p.screensIn(m.Name.Text) {
			for _, t := range staysOf(cmp.Or(m.Dates, m.Head), group) {
				out = append(out, stay{span{max(inner.from, t.from), min(inner.until, t.until)}, inner.open})
			}
		}
	}
	return out
}

// stay is a time in which somebody is in a group, or in which it is open whether somebody is
// in the group named.
type stay struct {
	span
	open string
}

// staysOf are the times that dates say.
func staysOf(d *lang.Dates, group string) []stay {
	if d == nil {
		return []stay{{always, ""}}
	}
	since, until := daysOf(d.Since, always.from), daysOf(d.Until, always.until)
	out := []stay{{span{since.until, until.from}, ""}, {span{since.from, since.until}, group}, {span{until.from, until.until}, group}}
	if since.until >= until.from {
		out = []stay{{span{since.from, until.until}, group}}
	}
	return out
}

// daysOf are the first and the last day that a date may be.
func daysOf(d *lang.Day, none num.Date) span {
	if d == nil {
		return span{none, none}
	}
	first, last, err := num.ParseDays(d.Text)
	if err == nil && d.Last != "" {
		_, last, err = num.ParseDays(d.Last)
	}
	return must(span{first, last}, err)
}

// membersOf are the identities of a group with the times in which they are in it.
func (p *Program) membersOf(group string) map[string][]stay {
	if known, ok := p.members[group]; ok {
		return known
	}
	g := p.groups[group]
	out := map[string][]stay{}
	of := &typ{word: "address"}
	if k := p.kinds[g.Kind.Text]; k != nil {
		of = &typ{values: k.ids, kind: k}
	}
	for _, m := range g.Members {
		times := staysOf(cmp.Or(m.Dates, m.Head), group)
		if m.Literal != nil {
			out[m.Literal.Text] = append(out[m.Literal.Text], times...)
		} else if m.Quote != nil {
			id, ok := of.choice(m.Quote.Value, true)
			if !ok {
				id = of.text(m.Quote.Value)
			}
			out[id] = append(out[id], times...)
		} else if _, nested := p.groups[m.Name.Text]; nested {
			for id, stays := range p.membersOf(m.Name.Text) {
				for _, s := range stays {
					for _, t := range times {
						out[id] = append(out[id], stay{span{max(s.from, t.from), min(s.until, t.until)}, cmp.Or(t.open, s.open)})
					}
				}
			}
		} else {
			out[m.Name.Text] = append(out[m.Name.Text], times...)
		}
	}
	p.members[group] = out
	return out
}
