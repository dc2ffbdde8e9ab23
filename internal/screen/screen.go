// Package screen finds the listed names that a name is much like. It is exact: no listed name at or
// over the threshold is missed, and the scores are whole fractions, so that they are the same
// everywhere.
//
// The files: words.go takes a name apart, measure.go compares two, screen.go finds those worth
// comparing.
package screen

import (
	"cmp"
	"fmt"
	"math/big"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Threshold is the least score of a name that is near.
type Threshold struct{ least Score }

// mostDigits bounds the threshold's digits behind the point, so that comparing with it stays within
// whole numbers of 64 bits.
const mostDigits = 3

// ParseThreshold reads a threshold such as 0.9. Under 0.8 hardly anything is unlike.
func ParseThreshold(text string) (Threshold, error) {
	r, ok := new(big.Rat).SetString(text)
	if !ok || r.Cmp(big.NewRat(8, 10)) < 0 || r.Cmp(big.NewRat(1, 1)) > 0 {
		return Threshold{}, fmt.Errorf("names are screened at 0.8 to 1, and not at %s", text)
	}
	if scaled := new(big.Rat).Mul(r, big.NewRat(1000, 1)); !scaled.IsInt() {
		return Threshold{}, fmt.Errorf("a threshold has at most %d digits behind the point", mostDigits)
	}
	return Threshold{Score{r.Num().Int64(), r.Denom().Int64()}}, nil
}

// Index holds the listed names.
type Index struct {
	at Threshold
	by [2]order
}

// Near is a listed name that a name is much like: its number, and the higher of the scores with the
// words as they are written and with those in the order of the alphabet.
type Near struct {
	Listed int
	Score  Score
}

// order holds one form of every listed name, by the number of its letters.
type order struct{ lengths []block }

// block is the forms of one length, in the order of their bytes, so that those that begin alike
// stand together.
type block struct {
	entries []entry
	inside  []letters // of the entries; apart, since most are looked at no further
}

type entry struct {
	form   string
	listed int32
}

// New is the index of some names.
func New(names []string, at Threshold) *Index {
	x := &Index{at: at}
	for i, name := range names {
		for o, form := range forms(name) {
			x.by[o].add(form, i)
		}
	}
	for o := range x.by {
		for i := range x.by[o].lengths {
			b := &x.by[o].lengths[i]
			b.entries = slices.Clip(b.entries)
			slices.SortFunc(b.entries, func(e, f entry) int { return cmp.Or(cmp.Compare(e.form, f.form), cmp.Compare(e.listed, f.listed)) })
			b.inside = make([]letters, len(b.entries))
			for j, e := range b.entries {
				b.inside[j] = lettersOf([]rune(e.form))
			}
		}
	}
	return x
}

func (o *order) add(form string, listed int) {
	n := utf8.RuneCountInString(form)
	for len(o.lengths) <= n {
		o.lengths = append(o.lengths, block{})
	}
	o.lengths[n].entries = append(o.lengths[n].entries, entry{form, int32(listed)})
}

// Near are the listed names whose score with a name is at least the threshold, the nearest first.
func (x *Index) Near(name string) []Near {
	best := map[int32]Score{}
	for o, form := range forms(name) {
		x.by[o].near(form, x.at, best)
	}
	out := make([]Near, 0, len(best))
	for listed, score := range best {
		out = append(out, Near{int(listed), score})
	}
	slices.SortFunc(out, func(a, b Near) int {
		return cmp.Or(b.Score.compare(a.Score), cmp.Compare(a.Listed, b.Listed))
	})
	return out
}

// near adds to best the listed names whose form is near.
func (o *order) near(form string, at Threshold, best map[int32]Score) {
	l := looking{form: []rune(form), at: at, best: best}
	l.inside = lettersOf(l.form)
	for n := range o.lengths {
		b := &o.lengths[n]
		need := at.needs(len(l.form), n)
		if len(b.entries) == 0 || need[mostPrefix] > min(len(l.form), n) {
			continue
		}
		from, to := 0, len(b.entries) // those that begin with as many letters of the form
		end := 0
		for p := 0; p < mostPrefix && end < len(form); p++ {
			_, size := utf8.DecodeRuneInString(form[end:])
			end += size
			first, last := b.beginning(form[:end], from, to)
			l.among(b, from, first, n, need[p])
			l.among(b, last, to, n, need[p])
			from, to = first, last
		}
		l.among(b, from, to, n, need[mostPrefix])
	}
}

// beginning are the entries that begin with a text, among some.
func (b *block) beginning(head string, from, to int) (first, last int) {
	among := b.entries[from:to]
	first, _ = slices.BinarySearchFunc(among, head, func(e entry, head string) int { return cmp.Compare(e.form, head) })
	last, _ = slices.BinarySearchFunc(among, head, func(e entry, head string) int {
		return cmp.Or(cmp.Compare(e.form[:min(len(e.form), len(head))], head), -1)
	})
	return from + first, from + last
}

// looking is the search for the listed names near a form.
type looking struct {
	form   []rune
	inside letters
	at     Threshold
	best   map[int32]Score
	listed []rune
	measuring
}

// among looks at some entries of one length, which need so many letters in common with the form.
func (l *looking) among(b *block, from, to, length, need int) {
	mine, others := len(l.form)-need, length-need // how many letters may be in one alone
	if mine < 0 || others < 0 {
		return
	}
	for i, in := range b.inside[from:to] {
		less, more := bits.OnesCount64(l.inside.once&^in.once), bits.OnesCount64(in.once&^l.inside.once)
		if less > mine || more > others ||
			less+bits.OnesCount64(l.inside.thrice&^in.thrice) > mine || more+bits.OnesCount64(in.thrice&^l.inside.thrice) > others {
			continue
		}
		e := b.entries[from+i]
		l.listed = l.listed[:0]
		for _, r := range e.form {
			l.listed = append(l.listed, r)
		}
		s := l.likeness(l.form, l.listed)
		if old, known := l.best[e.listed]; !s.less(l.at.least) && (!known || old.less(s)) {
			l.best[e.listed] = s
		}
	}
}

// needs are how many letters two texts of some lengths have to have in common, at least, to be near,
// by how many of their first letters are the same. A score without those letters of s becomes
// s + p/10 (1-s), and is at most (m/a + m/b + 1) / 3 with m letters in common.
func (t Threshold) needs(a, b int) (need [mostPrefix + 1]int) {
	n, d := t.least.n, t.least.d
	for p := range need {
		// s >= (10 n - p d) / ((10 - p) d), so that m (a+b) / (a b) >= 3 s - 1
		over, under := 3*(10*n-int64(p)*d)-int64(10-p)*d, int64(10-p)*d
		m := (over*int64(a)*int64(b) + under*int64(a+b) - 1) / (under * int64(max(a+b, 1)))
		need[p] = int(max(m, 1))
	}
	return need
}

// letters says how often the letters of each of 32 classes stand in a text: once, twice, three times,
// four times or more.
type letters struct{ once, thrice uint64 }

func lettersOf(form []rune) (l letters) {
	for _, r := range form {
		c := uint64(1) << (classOf(r) * 2)
		switch {
		case l.once&c == 0:
			l.once |= c
		case l.once&(c<<1) == 0:
			l.once |= c << 1
		case l.thrice&c == 0:
			l.thrice |= c
		default:
			l.thrice |= c << 1
		}
	}
	return l
}

// classOf is the class of a letter: those of English have one each.
func classOf(r rune) uint {
	switch {
	case 'a' <= r && r <= 'z':
		return uint(r - 'a')
	case '0' <= r && r <= '9':
		return 26 + uint(r-'0')%6
	}
	return uint(r) % 32
}
