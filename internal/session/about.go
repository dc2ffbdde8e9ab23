package session

import (
	"context"
	"strconv"
)

// mostListed is how many earlier inputs are listed.
const mostListed = 30

func (s *Session) historyCommand(_ context.Context, rest string) *answer {
	h := s.opts.History
	if h == nil {
		return refuse("no history is kept here, as no person types")
	}
	switch rest {
	case "off", "on":
		h.Keep(rest == "on")
		said := "further inputs are kept in the history"
		if rest == "off" {
			said = "further inputs are not kept in the history, until `history on`"
		}
		return &answer{kind: "history", text: said, unlisted: true}
	case "":
	default:
		return refuse("`history` stands alone, or before on or off")
	}
	a := &answer{kind: "history", unlisted: true}
	lines := h.Lines()
	from := max(0, len(lines)-mostListed)
	for i, line := range lines[from:] {
		a.text += padTo(strconv.Itoa(from+i+1), 4) + "  " + line + "\n"
	}
	if len(lines) == 0 {
		a.text = "the history is empty"
	}
	return a
}

func (s *Session) versionCommand(_ context.Context, rest string) *answer {
	if a := noArguments("version", rest); a != nil {
		return a
	}
	text := "the rules: " + s.now.prog.Version()
	if s.opts.Version != "" {
		text = "ctl " + s.opts.Version + "\n" + text
	}
	return &answer{kind: "version", text: text, unlisted: true}
}
