package repl

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// Runes that stand for keys and events which the editor has no rune for, or does the
// wrong thing on. They are of the private use area, which nobody types.
const (
	keyDelete = '\uE003' // the key Delete: never the end of the session
	keyPaste  = '\uE004' // a block was pasted that is too much for the line
	keyNone   = '\uE005' // a key without a meaning
	keyStop   = '\uE006' // Ctrl-Z
	keyUp     = '\uE007' // the line before in the history
	keyDown   = '\uE008' // the line behind
	keyUndo   = '\uE009' // Ctrl-_
	keyWord   = '\uE00A' // Alt-. : the last word of the line before
)

// Control characters by what the editor does on them.
const (
	ctrlA, ctrlB, ctrlC, ctrlD, ctrlE, ctrlF, ctrlG, ctrlH = 1, 2, 3, 4, 5, 6, 7, 8
	tabKey, ctrlJ, ctrlK, ctrlL, enter, ctrlN, ctrlP       = 9, 10, 11, 12, 13, 14, 16
	ctrlR, ctrlS, ctrlT, ctrlU, ctrlW, ctrlY, ctrlZ, esc   = 18, 19, 20, 21, 23, 25, 26, 27
	ctrlUnderscore                                         = 31
	backspace                                              = 127
)

// longestTyped is how much of a paste goes through the editor, whose effort grows with
// the square of a line's length.
const longestTyped = 500

// The brackets round a paste.
var (
	pasteBegin = []byte("\x1b[200~")
	pasteEnd   = []byte("\x1b[201~")
)

// keys stands between the terminal and the editor. It takes pastes out of the stream of
// keys whole, translates the keys that the editor does not know, and keeps back those
// that would end or crash it. It reads only when it is asked to, so that what is typed
// while an editor or nothing runs is left to that.
type keys struct {
	in  io.Reader
	raw []byte // read and not looked at yet
	out []byte // for the editor
	err error

	mu     sync.Mutex
	pastes []string // whole, in order
}

// Read gives the editor what it may see.
func (k *keys) Read(p []byte) (int, error) {
	for len(k.out) == 0 {
		if k.err != nil {
			return 0, k.err
		}
		k.fill()
		k.translate()
	}
	n := copy(p, k.out)
	k.out = k.out[n:]
	return n, nil
}

// Close is asked for by the editor; the terminal stays open.
func (k *keys) Close() error { return nil }

// fill reads what the terminal has. Ctrl-C gives up a paste that does not end: while
// nothing is read the terminal edits by itself, and may have dropped the closing bracket.
func (k *keys) fill() {
	buf := make([]byte, 4096)
	n, err := k.in.Read(buf)
	k.raw = append(k.raw, buf[:n]...)
	if bytes.HasPrefix(k.raw, pasteBegin) && interrupts(buf[:n]) {
		k.raw = []byte{ctrlC}
	}
	if err != nil {
		k.err = err
	}
}

// interrupts says whether a read is Ctrl-C pressed by hand, and no text that holds one.
func interrupts(read []byte) bool {
	isText := func(r rune) bool { return r >= ' ' || r == esc }
	return bytes.IndexByte(read, ctrlC) >= 0 && bytes.IndexFunc(read, isText) < 0
}

// translate moves what is complete from raw to out.
func (k *keys) translate() {
	for len(k.raw) > 0 {
		n := k.one()
		if n == 0 {
			if k.err != nil { // nothing will complete it
				k.raw = nil
			}
			return
		}
		k.raw = k.raw[n:]
	}
}

// one translates one key at the beginning of raw, and is the number of its bytes; 0
// where it is not complete.
func (k *keys) one() int {
	switch c := k.raw[0]; {
	case c == esc:
		return k.escape()
	case c == tabKey && k.tabOfText():
		k.out = append(k.out, ' ')
		return 1
	case controls[c] != 0:
		k.emit(controls[c])
		return 1
	case c < ' ' && !known(c):
		k.emit(keyNone)
		return 1
	case c < utf8.RuneSelf:
		k.out = append(k.out, c)
		return 1
	}
	if !utf8.FullRune(k.raw) {
		return 0
	}
	r, n := utf8.DecodeRune(k.raw)
	if stands(r) {
		r = utf8.RuneError
	}
	k.emit(r)
	return n
}

// controls are the control characters that are carried out here.
var controls = [256]rune{ctrlZ: keyStop, ctrlP: keyUp, ctrlN: keyDown, ctrlUnderscore: keyUndo}

// tabOfText says whether a tab is of a text that was pasted where the terminal does not
// bracket that: text came with it, behind it.
func (k *keys) tabOfText() bool {
	behind := bytes.TrimLeft(k.raw, "\t")
	return len(behind) > 0 && behind[0] > ' ' && behind[0] != backspace
}

// known says whether the editor has a use for a control character.
func known(c byte) bool {
	switch c {
	case ctrlA, ctrlB, ctrlC, ctrlD, ctrlE, ctrlF, ctrlG, ctrlH, tabKey, ctrlJ, ctrlK, ctrlL, enter, ctrlR, ctrlS, ctrlT, ctrlU, ctrlW, ctrlY:
		return true
	}
	return false
}

// stands says whether a rune stands for a key or an event.
func stands(r rune) bool { return r >= keyDelete && r <= keyWord }

func (k *keys) emit(r rune) { k.out = utf8.AppendRune(k.out, r) }

// escape translates an escape sequence.
func (k *keys) escape() int {
	if bytes.HasPrefix(k.raw, pasteBegin) {
		return k.paste()
	}
	if len(k.raw) == 1 {
		return 0
	}
	switch k.raw[1] {
	case '[':
		return k.control()
	case 'O':
		if len(k.raw) < 3 {
			return 0
		}
		k.cursor(k.raw[2], "")
		return 3
	case 'b', 'f', 'd', backspace:
		k.out = append(k.out, esc, k.raw[1])
		return 2
	case '.', '_':
		k.emit(keyWord)
		return 2
	case esc:
		return 1 // the second one begins anew
	}
	k.emit(keyNone)
	_, n := utf8.DecodeRune(k.raw[1:])
	if !utf8.FullRune(k.raw[1:]) {
		return 0
	}
	return 1 + n
}

// control translates ESC [ parameters final.
func (k *keys) control() int {
	for i := 2; i < len(k.raw); i++ {
		c := k.raw[i]
		if c >= 0x40 && c <= 0x7e {
			k.cursor(c, string(k.raw[2:i]))
			return i + 1
		}
		if c < 0x20 || c > 0x3f || i > 32 {
			return i // no sequence after all: forget it
		}
	}
	return 0
}

// cursor translates a key of the cursor block by its final byte and its parameters.
func (k *keys) cursor(final byte, params string) {
	word := strings.HasSuffix(params, ";5") || strings.HasSuffix(params, ";3") // with Ctrl or Alt
	switch {
	case final == 'C' && word:
		k.out = append(k.out, esc, 'f')
	case final == 'D' && word:
		k.out = append(k.out, esc, 'b')
	case final == 'A':
		k.emit(keyUp)
	case final == 'B':
		k.emit(keyDown)
	case final == 'C':
		k.out = append(k.out, ctrlF)
	case final == 'D':
		k.out = append(k.out, ctrlB)
	case final == 'H', final == '~' && (params == "1" || params == "7"):
		k.out = append(k.out, ctrlA)
	case final == 'F', final == '~' && (params == "4" || params == "8"):
		k.out = append(k.out, ctrlE)
	case final == '~' && (params == "3" || strings.HasPrefix(params, "3;")):
		k.emit(keyDelete)
	case final == 'M' && params == "":
		k.out = append(k.out, enter) // of the number block
	default:
		k.emit(keyNone)
	}
}

// paste takes a pasted block. What is short and on one line goes into the line; the
// rest is kept whole, and the line so far is ended.
func (k *keys) paste() int {
	end := bytes.Index(k.raw, pasteEnd)
	if end < 0 {
		if k.err == nil {
			return 0
		}
		end = len(k.raw) // the terminal went away in the middle
	}
	text := cleaned(string(k.raw[len(pasteBegin):end]))
	if !strings.Contains(text, "\n") && utf8.RuneCountInString(text) <= longestTyped {
		k.out = append(k.out, text...)
	} else {
		k.mu.Lock()
		k.pastes = append(k.pastes, text)
		k.mu.Unlock()
		k.emit(keyPaste)
		k.out = append(k.out, enter)
	}
	return min(end+len(pasteEnd), len(k.raw))
}

// pasted takes the oldest paste that was kept.
func (k *keys) pasted() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.pastes) == 0 {
		return ""
	}
	text := k.pastes[0]
	k.pastes = k.pastes[1:]
	return text
}

// cleaned is a pasted text with one kind of line end, spaces for tabs, and without
// what is no text.
func cleaned(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	text = strings.ReplaceAll(text, "\t", "    ")
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r < ' ', r >= 0x7f && r < 0xa0, stands(r):
			return -1
		case r == '\u00a0':
			return ' '
		}
		return r
	}, text)
}
