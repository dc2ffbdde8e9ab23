package repl

import (
	"fmt"
	"strings"

	"github.com/chzyer/readline"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/internal/session"
)

// showPage shows an answer as far as it fits on the screen, and says how to see the rest.
func (t *terminal) showPage(r session.Result) {
	_, height, err := readline.GetSize(int(t.out.Fd()))
	if t.cfg.JSON || t.plain != nil || err != nil || height < 10 {
		t.show(r)
		return
	}
	t.say(t.page(r.Text, height))
}

// page is the beginning of a text that fits on a screen of some height, above the words
// that tell of the rest and the next prompt.
func (t *terminal) page(text string, height int) string {
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < height {
		t.rest = ""
		return text
	}
	further := func(n int) string {
		return render.Style{Width: t.width()}.Wrap("", "... ", fmt.Sprintf("%d further lines: `more` shows them, `more all` at once", n))
	}
	fits := max(1, height-1-strings.Count(further(len(lines)), "\n"))
	t.rest = strings.Join(lines[fits:], "") + "\n"
	return strings.Join(lines[:fits], "") + further(len(lines)-fits)
}

// showMore shows what did not fit on the screen, if an input asks for that.
func (t *terminal) showMore(input string) bool {
	switch strings.Join(strings.Fields(input), " ") {
	case "more":
		_, height, err := readline.GetSize(int(t.out.Fd()))
		if err != nil || height < 10 {
			height = 24
		}
		t.say(t.page(t.rest, height))
		return true
	case "more all":
		t.say(t.rest)
		t.rest = ""
		return true
	}
	return false
}
