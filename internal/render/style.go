package render

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// Style says how text is set off on a terminal. The zero Style is plain text.
type Style struct {
	Color bool // with the colours of a terminal
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
	return s.paint(color, strings.TrimSuffix(wrap("", "", text), "\n")) + "\n"
}

// lineWidth is how wide running text becomes: what the narrowest usual terminal shows.
const lineWidth = 80

// wrap breaks running text into lines. All are indented: the first, to which lead is
// put in front, by the width of indent and lead, so that lead hangs.
func wrap(indent, lead, text string) string {
	var b strings.Builder
	lead = printable(lead)
	hang := strings.Repeat(" ", uniseg.StringWidth(lead))
	line, width := indent+lead, uniseg.StringWidth(indent+lead)
	empty := true
	for _, word := range strings.Fields(text) {
		word = printable(word)
		w := uniseg.StringWidth(word)
		if !empty && width+1+w > lineWidth {
			b.WriteString(line + "\n")
			line, width, empty = indent+hang, uniseg.StringWidth(indent+hang), true
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

// wrapList is wrap for a list, with commas: it breaks between the items where they fit.
func wrapList(indent, lead string, items []string) string {
	if len(items) == 0 {
		return wrap(indent, lead, "any case")
	}
	var b strings.Builder
	line, hang := "", strings.Repeat(" ", uniseg.StringWidth(lead))
	for i, item := range items {
		if i < len(items)-1 {
			item += ","
		}
		if line != "" && uniseg.StringWidth(indent+lead+line+" "+item) > lineWidth {
			b.WriteString(wrap(indent, lead, line))
			line, lead = "", hang
		}
		line = strings.TrimLeft(line+" "+item, " ")
	}
	return b.String() + wrap(indent, lead, line)
}

// plural is a count with its noun: 1 error, 2 errors.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
