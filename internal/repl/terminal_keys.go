package repl

import (
	"fmt"
	"io"
	"strings"

	"github.com/ctl-lang/ctl/internal/session"
)

// noCompleter leaves the Tab key to OnChange, which can replace what is typed.
type noCompleter struct{}

// Do completes nothing.
func (noCompleter) Do([]rune, int) ([][]rune, int) { return nil, 0 }

// filter sees every key before the editor does. It never swallows one, as the editor
// would then begin to read ahead; a key that is to do nothing becomes one that does
// nothing.
func (t *terminal) filter(r rune) (rune, bool) {
	defer t.guard()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pending = 0
	switch r {
	case keyDelete, keyPaste, keyStop, keyUp, keyDown, keyUndo, keyWord:
		t.pending = r
		return ctrlG, true
	case keyNone:
		return ctrlG, true
	case ctrlT:
		if len(t.line) < 2 {
			return ctrlG, true
		}
	case ctrlR, ctrlS:
		if len(t.hist.lines) == 0 {
			return ctrlG, true
		}
	case ctrlL:
		io.WriteString(t.out, "\x1b[2J")
	case tabKey:
		t.pending = r
		return ctrlG, true
	}
	return r, true
}

// OnChange is told of every key after the editor has carried it out, and carries out
// those that filter kept for it.
func (t *terminal) OnChange(line []rune, pos int, _ rune) ([]rune, int, bool) {
	defer t.guard()
	t.mu.Lock()
	defer t.mu.Unlock()
	key := t.pending
	t.pending = 0
	changed := false
	switch key {
	case keyDelete:
		if pos < len(line) {
			line = append(line[:pos:pos], line[pos+1:]...)
			changed = true
		}
	case keyPaste:
		t.pasted = true
	case keyStop:
		t.stopProcess()
	case tabKey:
		line, pos, changed = t.complete(line, pos)
	case keyUp, keyDown:
		line, pos, changed = t.walkHistory(line, pos, key == keyUp)
	case keyWord:
		line, pos, changed = t.lastWord(line, pos)
	case keyUndo:
		line, pos, changed = t.undoEdit(line, pos)
	}
	if t.pasted && key != keyPaste {
		return nil, 0, false // the end of the line that the block was pasted into
	}
	if key != keyUndo {
		t.noteEdit(line, pos)
	}
	t.line, t.pos = append([]rune(nil), line...), pos
	return line, pos, changed
}

// stopProcess gives the terminal back to the shell until that lets the session go on.
func (t *terminal) stopProcess() {
	t.rl.Clean()
	t.say(bracketsOff)
	_ = t.rl.Terminal.ExitRawMode()
	suspend()
	_ = t.rl.Terminal.EnterRawMode()
	t.say(bracketsOn)
	t.rl.Refresh()
}

// complete goes on with the line before the cursor, or shows how it can go on.
func (t *terminal) complete(line []rune, pos int) ([]rune, int, bool) {
	text := string(line[:pos])
	c := t.s.Complete(text)
	typed := text[c.Start:]
	switch len(c.Candidates) {
	case 0:
		t.say("\a")
		return line, pos, false
	case 1:
		return replaced(line, pos, c.Start, c.Candidates[0].Text+spaceAfter(c.Candidates[0].Text, line[pos:]))
	}
	if common := commonStart(c.Candidates); len(common) > len(typed) || common != typed && strings.EqualFold(common, typed) {
		return replaced(line, pos, c.Start, common)
	}
	_, _ = io.WriteString(t.rl.Stdout(), t.columns(c.Candidates))
	return line, pos, false
}

// spaceAfter is a space behind a word that is complete, where there is none.
func spaceAfter(word string, rest []rune) string {
	if strings.HasSuffix(word, "/") || len(rest) > 0 && rest[0] == ' ' {
		return ""
	}
	return " "
}

// replaced is a line in which a text stands from a byte up to the cursor.
func replaced(line []rune, pos, start int, text string) ([]rune, int, bool) {
	head := []rune(string(line[:pos])[:start])
	head = append(head, []rune(text)...)
	return append(head[:len(head):len(head)], line[pos:]...), len(head), true
}

// commonStart is what all candidates begin with.
func commonStart(cs []session.Candidate) string {
	common := cs[0].Text
	for _, c := range cs[1:] {
		for !strings.HasPrefix(c.Text, common) {
			r := []rune(common)
			common = string(r[:len(r)-1])
		}
	}
	return common
}

// mostShown is how many candidates are shown at once.
const mostShown = 60

// columns lays candidates out: with their titles one below the other where they are
// few, else side by side.
func (t *terminal) columns(cs []session.Candidate) string {
	more := ""
	if n := len(cs) - mostShown; n > 0 {
		cs, more = cs[:mostShown], fmt.Sprintf("... and %d more; type on\n", n)
		if len(cs)+n == session.MostCandidates {
			more = "... and more; type on\n"
		}
	}
	return layOut(cs, t.width()) + more
}
