package render

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Narrow breaks the lines of a text that are wider than a terminal at spaces. What is
// carried over is indented a little further than its line. Lines without a fitting
// space stay as they are, and the terminal breaks them.
func Narrow(text string, width int) string {
	if width <= 0 {
		return text
	}
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		narrowLine(&b, line, width)
	}
	return b.String()
}

func narrowLine(b *strings.Builder, line string, width int) {
	if visibleWidth(line) <= width {
		b.WriteString(line)
		return
	}
	if head, tail, ok := columns(line); ok && visibleWidth(head) <= width {
		b.WriteString(head + "\n")
		in := min(len(head)-len(strings.TrimLeft(head, " "))+10, max(width/4, 2))
		narrowLine(b, strings.Repeat(" ", in)+tail, width)
		return
	}
	body := strings.TrimLeft(line, " ")
	indent := min(len(line)-len(body), max(width/4, 2))
	hang := min(indent+2, max(width/4, 2))
	b.WriteString(strings.Repeat(" ", indent))
	at, begun := indent, false
	for rest := body; rest != ""; {
		gap := len(rest) - len(strings.TrimLeft(rest, " "))
		word := rest[gap:]
		if i := strings.IndexByte(word, ' '); i >= 0 {
			word = word[:i]
		}
		rest = rest[gap+len(word):]
		w := visibleWidth(word)
		if word != "" && begun && at+gap+w > width {
			b.WriteString("\n" + strings.Repeat(" ", hang))
			at, gap = hang, 0
		}
		b.WriteString(strings.Repeat(" ", gap) + word)
		at += gap + w
		begun = true
	}
}

// columns cuts a line of two columns, such as one of a tree with its facts, between them.
func columns(line string) (head, tail string, ok bool) {
	i := strings.LastIndex(line, "   ")
	if i < 0 {
		return "", "", false
	}
	head, tail = strings.TrimRight(line[:i], " "), strings.TrimLeft(line[i:], " ")
	return head, tail, visibleWidth(strings.TrimLeft(head, " ")) > len("yes") && tail != ""
}

// visibleWidth is how many columns a text takes, colours not counted.
func visibleWidth(s string) int {
	if !strings.Contains(s, "\x1b") {
		return uniseg.StringWidth(s)
	}
	var b strings.Builder
	for rest := s; ; {
		i := strings.Index(rest, "\x1b[")
		if i < 0 {
			b.WriteString(rest)
			return uniseg.StringWidth(b.String())
		}
		b.WriteString(rest[:i])
		end := strings.IndexByte(rest[i:], 'm')
		if end < 0 {
			return uniseg.StringWidth(b.String())
		}
		rest = rest[i+end+1:]
	}
}

// Width is how many columns of a terminal a text takes.
func Width(s string) int { return uniseg.StringWidth(s) }

// Cut is a text as far as it fits into some columns.
func Cut(s string, width int) string {
	if uniseg.StringWidth(s) <= width {
		return s
	}
	var b strings.Builder
	at := 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if at += g.Width(); at > width {
			break
		}
		b.WriteString(g.Str())
	}
	return b.String()
}
