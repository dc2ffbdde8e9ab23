package render

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"

	"github.com/ctl-lang/ctl/internal/plain"
)

// Style says how text is set off on a terminal. The zero Style is plain text.
type Style struct {
	Color bool // with the colours of a terminal
	Width int  // of the terminal, in columns; 0 where there is none
}

// The colours of a terminal: parameters of its "select graphic rendition".
const (
	bold    = "1"
	dim     = "2"
	red     = "1;31"
	green   = "32"
	yellow  = "1;33"
	blue    = "34"
	cyan    = "36"
	noColor = ""
)

func (s Style) paint(color, text string) string {
	if !s.Color || color == noColor || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// painted is running text in one colour, broken into lines.
func (s Style) painted(color, text string) string {
	return s.paint(color, strings.TrimSuffix(s.Wrap("", "", text), "\n")) + "\n"
}

// usualWidth is how wide text becomes where no terminal says: what the narrowest usual
// one shows.
const usualWidth = 80

// columns is how wide text becomes.
func (s Style) columns() int {
	if s.Width <= 0 {
		return usualWidth
	}
	return s.Width
}

// sideBySide is how wide tables and trees become. Where no terminal says, they are kept
// together rather than narrow.
func (s Style) sideBySide() int {
	if s.Width <= 0 {
		return 120
	}
	return s.Width
}

// Wrap breaks running text into lines. All are indented: the first, to which lead is
// put in front, by the width of indent and lead, so that lead hangs. A lead that would
// leave the text less than half of a narrow terminal stands alone, above the text.
func (s Style) Wrap(indent, lead, text string) string {
	lead = plain.Line(lead)
	most := s.columns()
	hang := indent + strings.Repeat(" ", uniseg.StringWidth(lead))
	words := words(text)
	var b strings.Builder
	line, width := indent+lead, uniseg.StringWidth(indent+lead)
	if width > most/2 && width+uniseg.StringWidth(strings.Join(words, " ")) > most && strings.TrimSpace(lead) != "" {
		b.WriteString(strings.TrimRight(line, " ") + "\n")
		hang = indent + "    "
		line, width = hang, len(hang)
	}
	empty := true
	for _, word := range words {
		word = plain.Line(word)
		w := uniseg.StringWidth(word)
		if !empty && width+1+w > most {
			b.WriteString(line + "\n")
			line, width, empty = hang, uniseg.StringWidth(hang), true
		}
		if !empty {
			line += " "
			width++
		}
		line += word
		width += w
		empty = false
	}
	return b.String() + strings.TrimRight(line, " ") + "\n"
}

// words are the parts of running text between which a line may break, and else one blank
// stands. Blanks within a quoted text all count: the further ones lead the next part.
// No-break blanks hold together what they stand between.
func words(text string) []string {
	var parts []string
	part, quoted, before := "", false, ' '
	for _, r := range text {
		if r == '"' && before != '\\' {
			quoted = !quoted
		}
		before = r
		ends := unicode.IsSpace(r) && !strings.ContainsRune("\u00A0\u2007\u202F", r)
		if quoted && unicode.Is(unicode.Zs, r) && (r != ' ' || part == "") {
			ends = false
		}
		switch {
		case !ends:
			part += string(r)
		case part != "":
			parts, part = append(parts, part), ""
		}
	}
	if part != "" {
		parts = append(parts, part)
	}
	return parts
}

// wrapList is Wrap for a list, with commas: it breaks between the items where they fit.
func (s Style) wrapList(indent, lead string, items []string) string {
	if len(items) == 0 {
		return s.Wrap(indent, lead, "any case")
	}
	var b strings.Builder
	line, hang := "", strings.Repeat(" ", uniseg.StringWidth(lead))
	for i, item := range items {
		if i < len(items)-1 {
			item += ","
		}
		if line != "" && uniseg.StringWidth(indent+lead+line+" "+item) > s.columns() {
			b.WriteString(s.Wrap(indent, lead, line))
			line, lead = "", hang
		}
		line = strings.TrimLeft(line+" "+item, " ")
	}
	return b.String() + s.Wrap(indent, lead, line)
}

// plural is a count with its noun: 1 error, 2 errors.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
