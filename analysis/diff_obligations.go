package analysis

import (
	"slices"

	"github.com/ctl-lang/ctl/internal/dd"
	"github.com/ctl-lang/ctl/interp"
)

// mostObliged bounds the ways in which obligations alone change that are told apart.
const mostObliged = 64

// obliged is the cases with one answer before and after, and other obligations.
type obliged struct {
	answer       dd.Leaf
	lost, gained []string
	some         bool // of too many ways to be told apart: each of these changes in some of the cases
	cases        dd.Node
}

// pairObligations puts the cases whose obligations alone change into pairs.
func (d *differ) pairObligations() {
	old, now := d.oldRules.obliging, d.newRules.obliging
	names := namesOf(old, now)
	other := dd.False
	for _, o := range names {
		other = d.or(other, d.or(d.diff(old[o], now[o]), d.diff(now[o], old[o])))
	}
	other = d.and(other, d.care)
	for _, l := range d.leaves(d.f) {
		start := obliged{answer: l, cases: d.and(other, d.and(d.is(d.f, l), d.is(d.h, l)))}
		if start.cases != dd.False {
			d.obliged = append(d.obliged, d.waysToOblige(start, names)...)
		}
	}
	for i, o := range d.obliged {
		leaf := d.keep(d.Store.Leaf(d.answers*d.answers + dd.Leaf(i)))
		d.pairs = d.keep(d.Store.Ite(o.cases, leaf, d.pairs))
	}
}

// waysToOblige splits cases by which obligations are lost and gained in them.
func (d *differ) waysToOblige(start obliged, names []string) []obliged {
	old, now := d.oldRules.obliging, d.newRules.obliging
	ways := []obliged{start}
	for _, o := range names {
		lost, gained := d.diff(old[o], now[o]), d.diff(now[o], old[o])
		var next []obliged
		for _, w := range ways {
			less, more := d.and(w.cases, lost), d.and(w.cases, gained)
			if len(ways) > mostObliged {
				w.some = w.some || less != dd.False || more != dd.False
				next = append(next, w)
				continue
			}
			same := w
			same.cases = d.diff(d.diff(w.cases, less), more)
			fewer, further := w, w
			fewer.lost, fewer.cases = append(slices.Clone(w.lost), o), less
			further.gained, further.cases = append(slices.Clone(w.gained), o), more
			for _, x := range []obliged{fewer, further, same} {
				if x.cases != dd.False {
					next = append(next, x)
				}
			}
		}
		ways = next
	}
	return ways
}

// shownBy says whether two decisions differ in obligations as o says, whatever the
// facts that are not told.
func (o obliged) shownBy(old, now *interp.Decision) bool {
	lost, gained := missing(old.Obligations, now.Obligations), missing(now.Obligations, old.Obligations)
	if o.some {
		return len(lost)+len(gained) > 0
	}
	open := append(slices.Clone(old.MayOblige), now.MayOblige...)
	return sameTexts(lost, o.lost) && sameTexts(gained, o.gained) && len(missing(open, append(lost, gained...))) == len(open)
}

// sameTexts says whether two lists hold the same texts.
func sameTexts(a, b []string) bool { return len(missing(a, b))+len(missing(b, a)) == 0 }

// missing are the texts of a list that another does not have.
func missing(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
}

// obligationsOf are the obligations that are lost and gained in some of the cases; partly
// are those that are not in all of them.
func (d *differ) obligationsOf(cases dd.Node) (lost, gained, partly []string) {
	old, now := d.oldRules.obliging, d.newRules.obliging
	for _, o := range namesOf(old, now) {
		less, more := d.and(cases, d.diff(old[o], now[o])), d.and(cases, d.diff(now[o], old[o]))
		if less != dd.False {
			lost = append(lost, o)
		}
		if more != dd.False {
			gained = append(gained, o)
		}
		if less != more && less != cases && more != cases {
			partly = append(partly, o)
		}
	}
	return lost, gained, partly
}
