package session

import (
	"context"
	"strings"

	"github.com/ctl-lang/ctl/internal/render"
	"github.com/ctl-lang/ctl/lang"
)

// helpData is a text of help, for JSON.
type helpData struct {
	Topic    string   `json:"topic"`
	Text     string   `json:"text"`
	Examples []string `json:"examples"`
}

func (s *Session) helpCommand(ctx context.Context, rest string) *answer {
	if rest == "" {
		return s.helpList()
	}
	for _, t := range topics {
		if t.name == rest {
			return t.answer(s.opts.Style)
		}
	}
	if c := commandNamed(firstWord(rest)); c != nil {
		text := c.usage + "\n  " + c.about + "\n"
		if t := topicOf(c); t != nil {
			text += "  help " + t.name + ": " + t.about + "\n"
		}
		return &answer{kind: "help", data: helpData{c.name, c.about, []string{}}, text: text, unlisted: true}
	}
	if a := s.showCommand(ctx, rest); !a.failed {
		return a
	}
	var known []string
	for _, t := range topics {
		known = append(known, t.name)
	}
	for _, c := range commands {
		known = append(known, c.name)
	}
	d := (&lang.Diagnostic{}).Say("there is no help about `%s`; `help` lists the topics", rest)
	if near, ok := lang.Nearest(rest, known); ok {
		d.Fix = &lang.Fix{Label: "did you mean `" + near + "`?", Replacement: near}
	}
	return failure(d)
}

// topicOf is the topic whose examples use a command.
func topicOf(c *command) *topic {
	for i, t := range topics {
		for _, e := range t.examples {
			if firstWord(e) == c.name {
				return &topics[i]
			}
		}
	}
	return nil
}

func (t *topic) answer(st render.Style) *answer {
	text := st.Wrap("", "", t.text) + "\nFor example:\n"
	for _, e := range t.examples {
		text += "  " + e + "\n"
	}
	return &answer{kind: "help", data: helpData{t.name, t.text, t.examples}, text: text, unlisted: true}
}

func (s *Session) helpList() *answer {
	var b strings.Builder
	b.WriteString("Type a fact, a question, a rule or a command; an empty line decides the case.\n\n")
	width := 0
	for _, c := range commands {
		if len(c.usage) <= 24 {
			width = max(width, len(c.usage))
		}
	}
	for _, c := range commands {
		if len(c.usage) > width {
			b.WriteString("  " + c.usage + "\n")
			b.WriteString(s.opts.Style.Wrap("  ", strings.Repeat(" ", width+2), c.about))
			continue
		}
		b.WriteString(s.opts.Style.Wrap("  ", padTo(c.usage, width)+"  ", c.about))
	}
	b.WriteString("\nTopics, with examples:\n")
	for _, t := range topics {
		b.WriteString(s.opts.Style.Wrap("  ", padTo("help "+t.name, width)+"  ", t.about))
	}
	var data []helpData
	for _, t := range topics {
		data = append(data, helpData{t.name, t.text, t.examples})
	}
	return &answer{kind: "help", text: b.String(), data: data, unlisted: true}
}
