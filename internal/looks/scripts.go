package looks

import (
	"slices"
	"unicode"
)

// Script is the name of a script, as Unicode has it, or Imitation.
type Script string

// Imitation is the script, for this package, of what looks like a letter or digit of ASCII
// and belongs to no alphabet with which Latin names are written: fullwidth, mathematical
// and phonetic letters.
const Imitation Script = "Imitation"

const (
	latin Script = "Latin"
	greek Script = "Greek"
	han   Script = "Han"
)

// Letter is a letter, digit or mark, with its script; "" where it goes with every script.
type Letter struct {
	Rune   rune
	Script Script
	Seems  bool // it looks like a letter or digit of ASCII, and is none
}

// Letters knows the letters that it was asked about. It belongs to one goroutine.
type Letters struct {
	known map[rune]Letter
}

// Of is a letter; false of a character that is none.
func (l *Letters) Of(r rune) (Letter, bool) {
	if r < 0x80 {
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return Letter{Rune: r, Script: latin}, true
		}
		return Letter{Rune: r}, '0' <= r && r <= '9'
	}
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
		return Letter{}, false
	}
	found, known := l.known[r]
	if !known {
		found = Letter{r, scriptOf(r), seemsASCII(r)}
		if found.Seems && (found.Script == "" || found.Script == latin && !inAlphabets(r)) {
			found.Script = Imitation
		}
		if l.known == nil {
			l.known = map[rune]Letter{}
		}
		l.known[r] = found
	}
	return found, true
}

// inAlphabets says whether a Latin letter outside ASCII is one of those with which
// European languages and Vietnamese are written.
func inAlphabets(r rune) bool {
	return r >= 0xC0 && r <= 0x17F || r >= 0x1E00 && r <= 0x1EFF
}

func scriptOf(r rune) Script {
	for name, table := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && unicode.Is(table, r) {
			return Script(name)
		}
	}
	return ""
}

// together are the scripts that one name may have: those of which UTS 39 makes the level
// highly restrictive, with fullwidth letters in the place of Latin ones too.
var together = [][]Script{
	{latin, han, "Hiragana", "Katakana"},
	{latin, han, "Bopomofo"},
	{latin, han, "Hangul"},
	{Imitation, han, "Hiragana", "Katakana"},
	{Imitation, han, "Bopomofo"},
	{Imitation, han, "Hangul"},
}

// EastAsian says whether a script is one of those beside which fullwidth letters stand.
func (s Script) EastAsian() bool {
	return s != latin && s != Imitation && slices.ContainsFunc(together, func(scripts []Script) bool { return slices.Contains(scripts, s) })
}

// Mixed are the letters of a word, of each of its scripts the first, where these are not
// written together; nil where they are. Greek letters that look like no letter of ASCII may
// stand among Latin ones, as in names of units and differences.
func (l *Letters) Mixed(word string) []Letter {
	var first []Letter
	for _, r := range word {
		x, is := l.Of(r)
		if is && x.Script != "" && !slices.ContainsFunc(first, func(y Letter) bool { return y.Script == x.Script && (y.Seems || !x.Seems) }) {
			first = slices.DeleteFunc(first, func(y Letter) bool { return y.Script == x.Script })
			first = append(first, x)
		}
	}
	if len(first) < 2 || isGreekAmongLatin(first) || slices.ContainsFunc(together, func(scripts []Script) bool { return within(first, scripts) }) {
		return nil
	}
	return first
}

func isGreekAmongLatin(letters []Letter) bool {
	return within(letters, []Script{latin, greek}) && !slices.ContainsFunc(letters, func(x Letter) bool { return x.Script == greek && x.Seems })
}

func within(letters []Letter, scripts []Script) bool {
	return !slices.ContainsFunc(letters, func(x Letter) bool { return !slices.Contains(scripts, x.Script) })
}

// Borrowed is the script of a word of two letters or more that all look like letters of
// ASCII and are none; "" of any other.
func (l *Letters) Borrowed(word string) Script {
	script, n := Script(""), 0
	for _, r := range word {
		switch x, is := l.Of(r); {
		case !is || r < 0x80 && x.Script == "":
		case !x.Seems || script != "" && x.Script != script:
			return ""
		default:
			script = x.Script
			n++
		}
	}
	if n < 2 || script == latin {
		return ""
	}
	return script
}
