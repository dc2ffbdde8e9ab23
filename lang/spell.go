package lang

import (
	"strings"
	"unicode/utf8"
)

// Nearest is the candidate that somebody who wrote word most likely meant, and
// whether there is one near enough to be worth suggesting. A candidate that
// differs only in the case of its letters wins; otherwise the one with the
// fewest slips: a letter left out, added, replaced, or two neighbours swapped
// (the optimal string alignment distance). One slip is forgiven in a word of
// three to five letters, two from six, three from nine on. Equally near
// candidates are settled by the first letter and then by the alphabet, so that
// the answer does not depend on the order of the candidates.
func Nearest(word string, candidates []string) (string, bool) {
	for _, c := range candidates {
		if c != word && strings.EqualFold(c, word) {
			return c, true
		}
	}
	if len(word) > longestMeant {
		return "", false
	}
	folded := []rune(strings.ToLower(word))
	limit := slipsAllowed(len(folded))
	best, bestSlips := "", limit+1
	for _, c := range candidates {
		if c == word || c == "" {
			continue
		}
		if n := utf8.RuneCountInString(c); n-len(folded) > limit || len(folded)-n > limit {
			continue
		}
		runes := []rune(strings.ToLower(c))
		n := slips(folded, runes, bestSlips)
		if len(folded) <= 2 && !swapped(folded, runes) {
			continue // US is no misspelling of GB: of two letters only a swap is forgiven
		}
		if n < bestSlips || n == bestSlips && n <= limit && nearer(word, c, best) {
			best, bestSlips = c, n
		}
	}
	return best, best != ""
}

// NearestName is Nearest for names where a wrong guess does harm, as with countries:
// one slip behind the first letter, and no other candidate as near.
func NearestName(word string, candidates []string) (string, bool) {
	if len(word) > longestMeant {
		return "", false
	}
	folded, found := []rune(strings.ToLower(word)), ""
	for _, c := range candidates {
		switch {
		case len(folded) < 4 || !sameFirst(word, c) || slips(folded, []rune(strings.ToLower(c)), 1) > 1:
		case found != "":
			return "", false
		default:
			found = c
		}
	}
	return found, found != ""
}

// longestMeant is up to how many bytes of a word slips are looked for: a longer one is no name.
const longestMeant = 256

func slipsAllowed(letters int) int {
	switch {
	case letters < 2:
		return 0
	case letters < 6:
		return 1
	case letters < 9:
		return 2
	default:
		return 3
	}
}

// nearer settles a tie between two candidates.
func nearer(word, a, b string) bool {
	aFirst, bFirst := sameFirst(word, a), sameFirst(word, b)
	if aFirst != bFirst {
		return aFirst
	}
	return a < b
}

func sameFirst(a, b string) bool {
	x, n := utf8.DecodeRuneInString(a)
	y, m := utf8.DecodeRuneInString(b)
	return n > 0 && m > 0 && strings.EqualFold(string(x), string(y))
}

func swapped(a, b []rune) bool {
	return len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// slips is the optimal string alignment distance of a and b, or any number
// above most as soon as it must exceed it. Places further than most from the
// diagonal are on no way that is short enough, and are not looked at (Ukkonen 1985).
func slips(a, b []rune, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	before := make([]int, len(b)+1) // the row before the last one
	last := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-most), min(len(b), i+most)
		row[0] = i
		least := i
		if from > 1 {
			row[from-1] = most + 1
		}
		if to < len(b) {
			row[to+1] = most + 1 // for the next row
		}
		for j := from; j <= to; j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > most {
			return least
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
