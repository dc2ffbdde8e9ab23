package repl

import (
	"slices"
	"strings"
)

// walk is a way through the history that is being gone: Up and Down go from line to line
// that begins as the line did before the cursor.
type walk struct {
	begun  []rune // the line before
	prefix string
	at     int    // in the history
	shown  string // what the last step showed; another line ends the way

	word       int // how many words Alt-. has gone back
	from, upTo int // where the last one stands in the line
}

// walkHistory goes a step through the history.
func (t *terminal) walkHistory(line []rune, pos int, back bool) ([]rune, int, bool) {
	w, lines := &t.walk, t.hist.lines
	if w.shown == "" || w.shown != string(line) {
		t.walk = walk{begun: slices.Clone(line), prefix: string(line[:pos]), at: len(lines)}
	}
	step := 1
	if back {
		step = -1
	}
	for i := w.at + step; i >= 0 && i < len(lines); i += step {
		if strings.HasPrefix(lines[i], w.prefix) && lines[i] != string(line) {
			w.at, w.shown = i, lines[i]
			r := []rune(lines[i])
			return r, len(r), true
		}
	}
	if back || w.at == len(lines) {
		t.say("\a")
		return line, pos, false
	}
	begun := w.begun
	t.walk = walk{}
	return begun, len(begun), true
}

// lastWord puts the last word of the line before at the cursor; again, that of the line
// before that in its place.
func (t *terminal) lastWord(line []rune, pos int) ([]rune, int, bool) {
	w, lines := &t.walk, t.hist.lines
	if w.word > 0 && w.shown == string(line) && w.upTo == pos {
		line = slices.Delete(slices.Clone(line), w.from, w.upTo)
		pos = w.from
	} else {
		t.walk = walk{}
	}
	if w.word >= len(lines) {
		t.say("\a")
		w.word = 0
		return line, pos, true
	}
	words := strings.Fields(strings.ReplaceAll(lines[len(lines)-1-w.word], lineBreak, " "))
	last := []rune(words[len(words)-1])
	line = slices.Insert(slices.Clone(line), pos, last...)
	w.word++
	w.from, w.upTo, w.shown = pos, pos+len(last), string(line)
	return line, w.upTo, true
}

// edit is a line before a change of it.
type edit struct {
	line []rune
	pos  int
}

// mostEdits is how many changes of a line can be taken back.
const mostEdits = 500

// noteEdit keeps the line as it was, if a key has changed it. Letters typed one after
// another are one change.
func (t *terminal) noteEdit(line []rune, pos int) {
	if slices.Equal(line, t.line) {
		return
	}
	letter := len(line) == len(t.line)+1 && pos == t.pos+1 && line[t.pos] != ' '
	if letter && t.typing {
		return
	}
	t.typing = letter
	if len(t.undo) == mostEdits {
		t.undo = t.undo[1:]
	}
	t.undo = append(t.undo, edit{t.line, t.pos})
}

// undoEdit takes the last change of the line back.
func (t *terminal) undoEdit(line []rune, pos int) ([]rune, int, bool) {
	n := len(t.undo)
	if n == 0 {
		t.say("\a")
		return line, pos, false
	}
	last := t.undo[n-1]
	t.undo, t.typing = t.undo[:n-1], false
	return slices.Clone(last.line), last.pos, true
}
