package looks

import (
	"fmt"
	"strings"
	"unicode"
)

const (
	nonJoiner = '\u200C'
	joiner    = '\u200D'
)

// Invisible are the characters of a text that are not to be seen, in their order: those that
// Unicode lets a reader's program ignore, and what turns the direction of writing. Joiners
// are none where the letters around them are of a script that needs them, or make one emoji
// of several; nor is what chooses between the forms of an emoji or a Chinese character.
func (l *Letters) Invisible(text string) []rune {
	var out []rune
	before := rune(0)
	for _, r := range text {
		if hidden(r) && !l.needed(r, before) {
			out = append(out, r)
		}
		before = r
	}
	return out
}

// hidden says whether a character is not to be seen.
func hidden(r rune) bool {
	return r >= 0x80 && (unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Bidi_Control))
}

// needed says whether what is not to be seen belongs behind the character before it.
func (l *Letters) needed(r, before rune) bool {
	letter, is := l.Of(before)
	emoji := unicode.IsSymbol(before) || unicode.Is(unicode.Variation_Selector, before)
	switch {
	case r == joiner || r == nonJoiner:
		return emoji || is && joining[letter.Script]
	case unicode.Is(unicode.Variation_Selector, r):
		return emoji || letter.Script == han || letter.Script == "Mongolian" || strings.ContainsRune("0123456789#*", before)
	}
	return false
}

// joining are the scripts in which joiners change the form of letters.
var joining = map[Script]bool{
	"Arabic": true, "Syriac": true, "Mongolian": true, "Nko": true, "Mandaic": true,
	"Devanagari": true, "Bengali": true, "Gurmukhi": true, "Gujarati": true, "Oriya": true, "Tamil": true,
	"Telugu": true, "Kannada": true, "Malayalam": true, "Sinhala": true, "Tibetan": true, "Khmer": true, "Myanmar": true,
}

// Shown is a text in which what is not to be seen stands as its code point.
func Shown(text string) string {
	var b strings.Builder
	for _, r := range text {
		if hidden(r) {
			b.WriteString("<" + CodePoint(r) + ">")
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// CodePoint is a character as Unicode numbers it, such as U+041C.
func CodePoint(r rune) string { return fmt.Sprintf("U+%04X", r) }

// CodePoints are those of a text, or `nothing`.
func CodePoints(text string) string {
	if text == "" {
		return "nothing"
	}
	var out []string
	for _, r := range text {
		out = append(out, CodePoint(r))
	}
	return strings.Join(out, " ")
}
