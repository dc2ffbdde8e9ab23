package namefold

import "slices"

// The letters of Hangul, and the syllables that they make.
const (
	firstLead, leads   = 0x1100, 19
	firstVowel, vowels = 0x1161, 21
	beforeTail, tails  = 0x11A7, 28
	firstSyllable      = 0xAC00
)

func isSyllable(r rune) bool { return firstSyllable <= r && r < firstSyllable+leads*vowels*tails }

// appendJamo appends the letters of a syllable of Hangul.
func appendJamo(to []rune, r rune) []rune {
	n := r - firstSyllable
	to = append(to, firstLead+n/(vowels*tails), firstVowel+n/tails%vowels)
	if tail := n % tails; tail != 0 {
		to = append(to, beforeTail+tail)
	}
	return to
}

// order puts marks behind a letter in the order of Unicode.
func (t *foldTables) order(text []rune) {
	for start := 0; start < len(text); start++ {
		end := start
		for end < len(text) && t.class[text[end]] != 0 {
			end++
		}
		if marks := text[start:end]; len(marks) > 1 {
			slices.SortStableFunc(marks, func(a, b rune) int { return int(t.class[a]) - int(t.class[b]) })
		}
		start = end
	}
}

// compose puts together the characters that are one, as Unicode's form NFC does.
func (t *foldTables) compose(text []rune) []rune {
	out := text[:0]
	letter := -1 // the last character of out that is no mark
	between := 0 // the class of the last character behind it
	for _, r := range text {
		class := int(t.class[r])
		if letter >= 0 && (letter == len(out)-1 || between != 0 && between < class) {
			if one, ok := t.pair(out[letter], r); ok {
				out[letter] = one
				continue
			}
		}
		if class == 0 {
			letter = len(out)
		}
		between = class
		out = append(out, r)
	}
	return out
}

// pair is the one character that two are.
func (t *foldTables) pair(a, b rune) (rune, bool) {
	switch {
	case firstLead <= a && a < firstLead+leads && firstVowel <= b && b < firstVowel+vowels:
		return firstSyllable + ((a-firstLead)*vowels+b-firstVowel)*tails, true
	case isSyllable(a) && (a-firstSyllable)%tails == 0 && beforeTail < b && b < beforeTail+tails:
		return a + b - beforeTail, true
	}
	one, ok := t.pairs[[2]rune{a, b}]
	return one, ok
}
