package screen

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
)

// Score is how much alike two names are: a fraction from 0 to 1, exact.
type Score struct{ n, d int64 }

// String is the score to two digits, never more than it is.
func (s Score) String() string {
	hundredths := s.n * 100 / s.d
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}

// Compare is -1, 0 or 1 as a score is lower than, equal to or higher than another.
func (s Score) Compare(t Score) int {
	high, low := bits.Mul64(uint64(s.n), uint64(t.d))
	thanHigh, thanLow := bits.Mul64(uint64(t.n), uint64(s.d))
	return cmp.Or(cmp.Compare(high, thanHigh), cmp.Compare(low, thanLow))
}

// less says whether a score is lower than another.
func (s Score) less(t Score) bool { return s.Compare(t) < 0 }

// mostPrefix is how many letters at the beginning count for more.
const mostPrefix = 4

// likeness is the measure of Jaro and Winkler of two texts that are not empty: with m letters of a
// and b letters of the other of which match letters are the same near the same place, and turns of
// these out of order, it is (match/a + match/b + (match-turns/2)/match) / 3; and where that is over
// 0.7, a tenth of what is missing to 1 is added for each of the first four letters that both begin
// with. (Winkler, String Comparator Metrics, 1990; the turns are halved to whole numbers, as in
// Winkler's own program.)
func (m *measuring) likeness(first, second []rune) Score {
	match, turns := m.matching(first, second)
	if match == 0 {
		return Score{0, 1}
	}
	a, b, both := int64(len(first)), int64(len(second)), int64(match)
	s := Score{both*both*(a+b) + a*b*(both-int64(turns/2)), 3 * a * b * both}
	if s.n*10 > s.d*7 {
		p := int64(samePrefix(first, second))
		s = Score{s.n*(10-p) + p*s.d, 10 * s.d}
	}
	return s
}

// samePrefix is how many of the first letters of two texts are the same, at most mostPrefix.
func samePrefix(a, b []rune) int {
	n := 0
	for n < mostPrefix && n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// measuring is the memory for one comparison after another.
type measuring struct {
	inFirst, inSecond []bool
	at                [128]int32 // by a letter's last bits, the first of its places in the second text, counted from 1
	next              []int32    // the next of the places of letters with the same bits
}

// matching is how many letters of two texts are the same, each with the first one of the other that
// is left and no further away than half of the longer text less one; and how many of them stand in
// another order.
func (m *measuring) matching(first, second []rune) (match, turns int) {
	reach := max(max(len(first), len(second))/2-1, 0)
	m.inFirst, m.inSecond = cleared(m.inFirst, len(first)), cleared(m.inSecond, len(second))
	m.at, m.next = [128]int32{}, cleared(m.next, len(second))
	for j, r := range slices.Backward(second) {
		m.next[j], m.at[r&127] = m.at[r&127], int32(j+1)
	}
	for i, r := range first {
		for j := int(m.at[r&127]) - 1; j >= 0 && j <= i+reach; j = int(m.next[j]) - 1 {
			if j >= i-reach && second[j] == r && !m.inSecond[j] {
				m.inFirst[i], m.inSecond[j] = true, true
				match++
				break
			}
		}
	}
	j := 0
	for i, r := range first {
		if !m.inFirst[i] {
			continue
		}
		for !m.inSecond[j] {
			j++
		}
		if r != second[j] {
			turns++
		}
		j++
	}
	return match, turns
}

func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}
