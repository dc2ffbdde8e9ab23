package repl

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctl-lang/ctl/internal/session"
)

// Bounds on the history.
const (
	mostHistory    = 1000      // lines kept
	longestHistory = 2000      // bytes of a line kept
	largestHistory = 512 << 10 // bytes read of the file
)

// lineBreak stands in a line of the history, and in the editor's, for a line break of an
// input that does not mean the same on one line.
const lineBreak = "⏎"

// history is the lines typed in this session and in earlier ones. They are kept in a
// file that only its owner can read.
type history struct {
	file  string // "" where none can be kept
	lines []string
	off   bool // nothing is added
}

// openHistory reads the history of earlier sessions. A history that cannot be read or
// kept is no reason not to start.
func openHistory(getenv func(string) string) *history {
	h := &history{}
	if dir := stateFolder(getenv); dir != "" {
		h.file = filepath.Join(dir, "history")
	}
	f, err := os.OpenFile(h.file, os.O_RDWR, 0)
	if err != nil {
		return h
	}
	defer f.Close()
	_ = f.Chmod(0o600)
	if info, err := f.Stat(); err == nil && info.Size() > largestHistory {
		_, _ = f.Seek(-largestHistory, io.SeekEnd)
	}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, longestHistory*4)
	for sc.Scan() {
		if line := strings.ToValidUTF8(sc.Text(), ""); strings.TrimSpace(line) != "" {
			h.lines = append(h.lines, line)
		}
	}
	if len(h.lines) > 2*mostHistory {
		h.lines = h.lines[len(h.lines)-mostHistory:]
		h.rewrite()
	}
	h.lines = h.lines[max(0, len(h.lines)-mostHistory):]
	return h
}

// stateFolder is the user's folder for what this program remembers; "" where there is none.
func stateFolder(getenv func(string) string) string {
	dir := getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home := getenv("HOME")
		if home == "" {
			return ""
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "ctl")
}

// Lines are the inputs kept, the latest last.
func (h *history) Lines() []string { return h.lines }

// Keep says whether further inputs are kept.
func (h *history) Keep(on bool) { h.off = !on }

// add keeps an input, on one line: but not while the history is off, and none that
// begins with a blank.
func (h *history) add(input string) {
	if h.off || strings.HasPrefix(input, " ") {
		return
	}
	line := session.OnOneLine(input)
	if line == "" {
		line = strings.ReplaceAll(strings.TrimSpace(input), "\n", lineBreak)
	}
	if line == "" || len(line) > longestHistory || strings.ContainsFunc(line, isControl) || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.lines = append(h.lines, line)
	if len(h.lines) > mostHistory {
		h.lines = h.lines[1:]
	}
	if h.file == "" {
		return
	}
	if err := h.append(line); err != nil {
		h.file = "" // one that cannot be written is not tried again
	}
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// append adds a line to the file. One that another session did not end, as it was
// killed while it wrote, is ended first.
func (h *history) append(line string) error {
	if err := os.MkdirAll(filepath.Dir(h.file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(h.file, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	last := make([]byte, 1)
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		if _, err := f.ReadAt(last, info.Size()-1); err == nil && last[0] != '\n' {
			line = "\n" + line
		}
	}
	_, err = f.WriteString(line + "\n")
	return errors.Join(err, f.Close())
}

// rewrite shortens the file to the lines kept.
func (h *history) rewrite() {
	next := h.file + ".new"
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return
	}
	_, err = f.WriteString(strings.Join(h.lines, "\n") + "\n")
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(next)
		return
	}
	_ = os.Rename(next, h.file)
}
