package repl

import (
	"io"
	"strings"

	"github.com/chzyer/readline"
)

// plainLines reads lines as the terminal edits them, one when it is asked for one:
// nothing is drawn anew, and what is typed ahead stays for whoever reads next.
type plainLines struct {
	t       *terminal
	ask     chan struct{}
	got     chan plainLine
	waiting bool // for a line that was asked for before Ctrl-C
}

type plainLine struct {
	text string
	err  error
}

func newPlainLines(t *terminal) *plainLines {
	p := &plainLines{t: t, ask: make(chan struct{}), got: make(chan plainLine)}
	go func() {
		in := newLines(t.in)
		for range p.ask {
			text, err := in.next()
			p.got <- plainLine{strings.TrimRight(text, "\r\n"), err}
		}
	}()
	return p
}

// read shows a prompt and waits for a line, or for Ctrl-C.
func (p *plainLines) read(prompt string) (string, error) {
	p.t.say(prompt)
	if !p.waiting {
		p.ask <- struct{}{}
		p.waiting = true
	}
	select {
	case l := <-p.got:
		p.waiting = false
		if l.err != nil && l.text == "" {
			p.t.say("\n")
			return "", io.EOF
		}
		return l.text, nil
	case <-p.t.stop:
		p.t.say("\n")
		return "", readline.ErrInterrupt
	}
}
