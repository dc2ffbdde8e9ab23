package plain

import (
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// unsafe says whether a character steers what shows it instead of being shown: it moves the
// cursor, breaks the line, turns the direction of writing, or is not to be seen.
func unsafe(r rune) bool {
	switch r {
	case utf8.RuneError, '\u2028', '\u2029':
		return true
	case '\u200c', '\u200d', '\u00ad': // joiners, which scripts and emoji need, and the soft hyphen
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

func replaced(s string, kept string) string {
	return strings.Map(func(r rune) rune {
		if unsafe(r) && !strings.ContainsRune(kept, r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// Line is a text on one line of a terminal or a log: what is unsafe, line breaks too, is
// shown as a replacement mark.
func Line(s string) string { return replaced(s, "") }

// Lines is a text of several lines.
func Lines(s string) string { return replaced(s, "\n\t") }

// colors are the sequences by which a terminal changes its colours.
var colors = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Painted is Lines for a text that was given colours, which stay.
func Painted(s string) string {
	var b strings.Builder
	end := 0
	for _, at := range colors.FindAllStringIndex(s, -1) {
		b.WriteString(Lines(s[end:at[0]]))
		b.WriteString(s[at[0]:at[1]])
		end = at[1]
	}
	b.WriteString(Lines(s[end:]))
	return b.String()
}

// Writer passes on texts as a terminal may show them. Each Write is one of whole characters.
type Writer struct {
	W      io.Writer
	Colors bool // are they in the texts?
}

// Write writes a text.
func (w Writer) Write(text []byte) (int, error) {
	shown := Lines
	if w.Colors {
		shown = Painted
	}
	if _, err := io.WriteString(w.W, shown(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}
