// Package screen finds the listed names that a name is much like. It is exact: no listed name at or
// over the threshold is missed, and the scores are whole fractions, so that they are the same
// everywhere.
//
// The files: words.go takes a name apart, measure.go compares two, screen.go finds those worth
// comparing.
package screen

import (
	"bytes"
	"cmp"
	"fmt"
	"math/big"
	"math/bits"
	"slices"
	"strings"
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
	at      Threshold
	lengths []block // by the number of letters
}

// Near is a listed name that a name is much like: its number, and the higher of the scores with the
// words as they are written and with those in the order of the alphabet.
type Near struct {
	Listed int
	Score  Score
}

// block holds the listed names of one length. What each look-up reads of all of them stands
// together, and apart from what it reads of few.
type block struct {
	once, thrice []uint64 // the letters of each
	heads        []heads
	listed       []int32
	words        []byte   // of each in turn, with blanks between
	ends         []uint32 // of the words of each
}

// New is the index of some names.
func New(names []string, at Threshold) *Index {
	x := &Index{at: at}
	for i, name := range names {
		x.add(wordsOf(name), i)
	}
	for i := range x.lengths {
		x.lengths[i].fit()
	}
	return x
}

func (x *Index) add(words []string, listed int) {
	written, sorted := formsOf(words)
	n := utf8.RuneCountInString(written)
	for len(x.lengths) <= n {
		x.lengths = append(x.lengths, block{})
	}
	b := &x.lengths[n]
	in := lettersOf([]rune(written))
	b.once, b.thrice = append(b.once, in.once), append(b.thrice, in.thrice)
	b.heads = append(b.heads, headsOf(written, sorted))
	b.listed = append(b.listed, int32(listed))
	b.words = append(b.words, strings.Join(words, " ")...)
	b.ends = append(b.ends, uint32(len(b.words)))
}

// fit gives back the memory into which nothing has grown.
func (b *block) fit() {
	b.once, b.thrice, b.heads = slices.Clone(b.once), slices.Clone(b.thrice), slices.Clone(b.heads)
	b.listed, b.words, b.ends = slices.Clone(b.listed), slices.Clone(b.words), slices.Clone(b.ends)
}

// Near are the listed names whose score with a name is at least the threshold, the nearest first.
func (x *Index) Near(name string) []Near {
	written, sorted := formsOf(wordsOf(name))
	l := looking{at: x.at, forms: [2][]rune{[]rune(written), []rune(sorted)}, heads: headsOf(written, sorted)}
	l.inside = lettersOf(l.forms[0])
	for n := range x.lengths {
		l.among(&x.lengths[n], n)
	}
	slices.SortFunc(l.near, func(a, b Near) int {
		return cmp.Or(b.Score.Compare(a.Score), cmp.Compare(a.Listed, b.Listed))
	})
	return l.near
}

// looking is the search for the listed names near one.
type looking struct {
	at     Threshold
	forms  [2][]rune
	inside letters
	heads  heads
	near   []Near
	words  [][]byte // of a listed name, and their letters
	listed []rune
	measuring
}

// among looks at the listed names of one length.
func (l *looking) among(b *block, length int) {
	asked := len(l.forms[0])
	need := l.at.needs(asked, length)
	least := need[mostPrefix] // however they begin
	if least > min(asked, length) {
		return
	}
	most := asked + length - 2*least
	for i, once := range b.once {
		differ := bits.OnesCount64(l.inside.once ^ once)
		if differ > most {
			continue
		}
		written, sorted := l.heads.same(b.heads[i])
		if differ > asked+length-2*need[max(written, sorted)] {
			continue
		}
		less, more := bits.OnesCount64(l.inside.once&^once), bits.OnesCount64(once&^l.inside.once)
		if less > asked-least || more > length-least {
			continue
		}
		thrice := b.thrice[i]
		less += bits.OnesCount64(l.inside.thrice &^ thrice)
		more += bits.OnesCount64(thrice &^ l.inside.thrice)
		common := min(asked-less, length-more) // at most
		if asWritten, asSorted := common >= need[written], common >= need[sorted]; asWritten || asSorted {
			l.compare(b, i, asWritten, asSorted)
		}
	}
}

// compare adds a listed name to those that are near, if it is in one of the forms that can be.
func (l *looking) compare(b *block, i int, asWritten, asSorted bool) {
	start := uint32(0)
	if i > 0 {
		start = b.ends[i-1]
	}
	l.words = appendWords(l.words[:0], b.words[start:b.ends[i]])
	score := Score{0, 1}
	if asWritten {
		score = l.score(0)
	}
	if asSorted {
		slices.SortFunc(l.words, bytes.Compare)
		if s := l.score(1); score.less(s) {
			score = s
		}
	}
	if !score.less(l.at.least) {
		l.near = append(l.near, Near{int(b.listed[i]), score})
	}
}

// appendWords appends the words between blanks.
func appendWords(to [][]byte, text []byte) [][]byte {
	for {
		word, more, found := bytes.Cut(text, blank)
		to = append(to, word)
		if !found {
			return to
		}
		text = more
	}
}

var blank = []byte{' '}

// score is how much a form of the name is like the words of a listed one.
func (l *looking) score(form int) Score {
	l.listed = l.listed[:0]
	for _, word := range l.words {
		for len(word) > 0 {
			r, size := utf8.DecodeRune(word)
			l.listed, word = append(l.listed, r), word[size:]
		}
	}
	return l.likeness(l.forms[form], l.listed)
}

// heads are the first letters of both forms of a name, each letter as one of 16 classes.
type heads uint32

func headsOf(written, sorted string) heads { return headOf(written) | headOf(sorted)<<16 }

func headOf(form string) (h heads) {
	n := 0
	for _, r := range form {
		if n == mostPrefix {
			break
		}
		h |= heads(r&15) << (4 * n)
		n++
	}
	return h
}

// same is with how many letters, at most, the forms of two names begin alike.
func (h heads) same(as heads) (written, sorted int) {
	differ := uint32(h ^ as)
	return bits.TrailingZeros16(uint16(differ)) / 4, bits.TrailingZeros16(uint16(differ>>16)) / 4
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
