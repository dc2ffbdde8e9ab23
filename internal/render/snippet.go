package render

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/ctl-lang/ctl/internal/plain"
	"github.com/ctl-lang/ctl/lang"
)

// What is shown of a long line: so many bytes before and behind the place.
const (
	showBefore = 60
	showBehind = 100
	tabStop    = 4
)

// writeSnippet shows the line on which a span begins, and underlines it there.
func writeSnippet(w io.Writer, src *lang.Source, span lang.Span, color string, st Style) {
	if src == nil || src.Text == "" {
		return
	}
	number, _ := src.Position(span.Start)
	line := src.Line(number)
	start := int(span.Start) - lineStart(src, span.Start)
	start = min(max(start, 0), len(line))
	end := min(max(start+int(span.End)-int(span.Start), start), len(line))

	text, from, width := layLine(line, start, end)
	gutter := fmt.Sprintf("%4d", number)
	fmt.Fprintf(w, "%s %s\n", st.paint(blue, gutter+" |"), text)
	marks := strings.Repeat("^", max(width, 1))
	fmt.Fprintf(w, "%s %s%s\n", st.paint(blue, strings.Repeat(" ", len(gutter))+" |"), strings.Repeat(" ", from), st.paint(color, marks))
}

// lineStart is the offset of the first byte of the line that an offset is on.
func lineStart(src *lang.Source, offset uint32) int {
	at := min(int(offset), len(src.Text))
	for at > 0 {
		c := src.Text[at-1]
		if c == '\n' || c == '\r' && (at == len(src.Text) || src.Text[at] != '\n') {
			break
		}
		at--
	}
	return at
}

// layLine is a line as a terminal shows it, and where on it the bytes from start to end
// stand: the column of the first, from 0, and how many columns they take. Of a long
// line it is the neighbourhood of start.
func layLine(line string, start, end int) (shown string, column, width int) {
	var b strings.Builder
	lo, hi := neighbourhood(line, start)
	if lo > 0 {
		b.WriteString("…")
		column++
	}
	at := column // the column reached
	state := -1
	for rest := line[lo:hi]; rest != ""; {
		var cluster string
		offset := hi - len(rest)
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		cell := cellOf(cluster, at)
		n := uniseg.StringWidth(cell)
		b.WriteString(cell)
		switch {
		case offset < start:
			column += n
		case offset < end:
			width += n
		}
		at += n
	}
	if hi < len(line) {
		b.WriteString("…")
	}
	return strings.TrimRight(b.String(), " "), column, width
}

// neighbourhood is the part of a line round a place, cut between characters.
func neighbourhood(line string, at int) (lo, hi int) {
	if len(line) <= showBefore+showBehind {
		return 0, len(line)
	}
	lo, hi = max(at-showBefore, 0), min(at+showBehind, len(line))
	for lo > 0 && !utf8.RuneStart(line[lo]) && lo > at-showBefore-utf8.UTFMax {
		lo--
	}
	for hi < len(line) && !utf8.RuneStart(line[hi]) && hi < at+showBehind+utf8.UTFMax {
		hi++
	}
	return lo, hi
}

// cellOf is what stands on the terminal for one character at a column.
func cellOf(cluster string, column int) string {
	if cluster == "\t" {
		return strings.Repeat(" ", tabStop-column%tabStop)
	}
	if r, n := utf8.DecodeRuneInString(cluster); n == len(cluster) && unicode.Is(unicode.Cf, r) {
		return string(utf8.RuneError) // a character that would not be seen
	}
	return plain.Line(cluster)
}
