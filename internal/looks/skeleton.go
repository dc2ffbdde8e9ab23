package looks

import (
	"strings"

	"go.mau.fi/util/confusable"
)

// Skeleton is the same for names that look alike, and for nothing else: the skeleton of
// UTS 39, in which fullwidth letters count as those that they are wide forms of.
func Skeleton(name string) string {
	return confusable.Skeleton(strings.Map(narrow, name))
}

// narrow is the ASCII character of which another is the fullwidth form.
func narrow(r rune) rune {
	const first, last, apart = '\uFF01', '\uFF5E', '\uFF01' - '!'
	if first <= r && r <= last {
		return r - apart
	}
	return r
}

// seemsASCII says whether a letter or digit looks like one of ASCII, and is none.
func seemsASCII(r rune) bool {
	return r >= 0x80 && asciiSkeletons[Skeleton(string(r))]
}

// asciiSkeletons are those of the letters and digits of ASCII.
var asciiSkeletons = func() map[string]bool {
	m := map[string]bool{}
	for _, r := range "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		m[Skeleton(string(r))] = true
	}
	return m
}()

// Beyond are the characters of a name outside ASCII. Names of which they are the same
// are told apart by letters of ASCII alone, which is for a reader's font to do.
func Beyond(name string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return -1
		}
		return r
	}, name)
}
