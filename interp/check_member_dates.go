package interp

import (
	"errors"
	"slices"
	"strings"

	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// memberStays gives every member of a list its dates: those behind it, and where it
// has none, those of the head that it stands under.
func (k *checker) memberStays(ms []lang.Member) []stay {
	out := make([]stay, 0, len(ms))
	for _, behind := range byHead(ms) {
		head := alwaysIn
		if d := behind[0].Head; d != nil {
			head = k.stayOf(*d)
		}
		for _, m := range behind {
			s := head
			if m.Dates != nil {
				s = k.stayOf(m.In())
			}
			out = append(out, s)
		}
	}
	return out
}

// stayOf is the time of a membership that dates say.
func (k *checker) stayOf(d lang.Dates) stay {
	s := alwaysIn
	if d.Since != nil {
		s.since = k.daysOf(d.Since)
	}
	if d.Until != nil {
		s.until = k.daysOf(d.Until)
	}
	if d.Since != nil && d.Until != nil && s.possible().empty() {
		k.errorf(code.EmptyPeriod, d.Until, "the first day after the end, %s, is not after the first day, %s", d.Until, d.Since)
	}
	return s
}

// daysOf reads a date as far as it is known.
func (k *checker) daysOf(d *lang.Day) days {
	out, err := parseDays(d.String())
	switch {
	case errors.Is(err, errReversed):
		k.errorf(code.EmptyPeriod, d, "%s", err)
	case err != nil:
		k.errorf(code.NoSuchDay, d, "%s", err)
	}
	k.noteDate(out.first)
	k.noteDate(out.last)
	return out
}

// byHead cuts a list at its heads.
func byHead(ms []lang.Member) [][]lang.Member {
	var parts [][]lang.Member
	from := 0
	for i := range ms {
		if i > 0 && ms[i].Head != ms[i-1].Head {
			parts = append(parts, ms[from:i])
			from = i
		}
	}
	return append(parts, ms[from:])
}

// checkReach warns of a date behind a name before which undated ones stand, as it
// could be meant for all of them. The fix says that it is.
func (k *checker) checkReach(ms []lang.Member) {
	for _, behind := range byHead(ms) {
		runs, tail := datedRuns(behind)
		i := slices.IndexFunc(runs, func(run []lang.Member) bool { return len(run) > 1 })
		if i < 0 {
			continue
		}
		run := runs[i]
		last := run[len(run)-1]
		all, alone := withHead(run, k.src, false), withHead(run, k.src, true)
		d := k.errorf(code.DateReach, last.Dates, "this date holds for %s alone, and for none of the names before it", "`"+nameOf(last, k.src)+"`")
		d.Fix = k.spread(behind, runs, tail, i)
		d.Fix.Label = "if it is meant for all of them, write `" + all + "`"
		d.Notes = append(d.Notes, lang.Note{Text: "if it is meant for that one, put it behind a head of its own: `" + alone + "`"})
	}
}

// datedRuns cuts members behind each that has dates; the tail has none.
func datedRuns(ms []lang.Member) (runs [][]lang.Member, tail []lang.Member) {
	from := 0
	for i, m := range ms {
		if m.Dates != nil {
			runs = append(runs, ms[from:i+1])
			from = i + 1
		}
	}
	return runs, ms[from:]
}

// spread puts the dates in front of their runs, from run i on. What stands between the
// members stays between them, and the tail comes before the first head.
func (k *checker) spread(ms []lang.Member, runs [][]lang.Member, tail []lang.Member, i int) *lang.Fix {
	span := lang.Span{Start: runs[i][0].Written().Start, End: ms[len(ms)-1].Written().End}
	text := ""
	if len(tail) > 0 {
		last := runs[len(runs)-1]
		text = k.src.Slice(lang.Span{Start: tail[0].Written().Start, End: span.End}) +
			k.src.Slice(lang.Span{Start: last[len(last)-1].Written().End, End: tail[0].Written().Start})
	} else if head := ms[0].Head; head != nil && i == 0 {
		span.Start = head.Start // it would have no members
	}
	for j, run := range runs[i:] {
		if j > 0 {
			before := runs[i+j-1]
			text += k.src.Slice(lang.Span{Start: before[len(before)-1].Written().End, End: run[0].Written().Start})
		}
		last := run[len(run)-1]
		undated := last
		undated.Dates = nil
		text += last.In().String() + ": " + k.src.Slice(lang.Span{Start: run[0].Written().Start, End: undated.Written().End})
	}
	return &lang.Fix{Span: span, Replacement: text}
}

// mostNamed is how many members a message names.
const mostNamed = 6

// withHead is a run of members with the dates of the last in front of all, or of the last alone.
func withHead(run []lang.Member, src *lang.Source, alone bool) string {
	last := run[len(run)-1]
	head := last.In().String() + ": "
	var names []string
	for i, m := range run {
		switch {
		case i >= mostNamed && i < len(run)-1:
			continue
		case i == mostNamed-1 && i < len(run)-1:
			names = append(names, "…")
			continue
		}
		name := nameOf(m, src)
		if i == 0 && !alone || i == len(run)-1 && alone {
			name = head + name
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// nameOf is a member as it is written, without its dates.
func nameOf(m lang.Member, src *lang.Source) string {
	m.Dates = nil
	return src.Slice(m.Written())
}
