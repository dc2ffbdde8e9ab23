package repl

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctl-lang/ctl/lang"
)

// Bounds on the history.
const (
	mostHistory    = 1000      // lines kept
	longestHistory = 2000      // bytes of a line kept
	largestHistory = 512 << 10 // bytes read of the file
)

// history is the lines typed in this session and in earlier ones. They are kept in a
// file that only its owner can read.
type history struct {
	file  string // "" where none can be kept
	lines []string
}

// openHistory reads the history of earlier sessions. A history that cannot be read or
// kept is no reason not to start.
func openHistory(getenv func(string) string) *history {
	h := &history{file: historyFile(getenv)}
	if h.file == "" {
		return h
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

// historyFile is where the history is kept: in the user's folder for what programs
// remember.
func historyFile(getenv func(string) string) string {
	dir := getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home := getenv("HOME")
		if home == "" {
			return ""
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "ctl", "history")
}

// add keeps an input, on one line.
func (h *history) add(input string) {
	line := flat(input)
	if line == "" || len(line) > longestHistory || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
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

func (h *history) append(line string) error {
	if err := os.MkdirAll(filepath.Dir(h.file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(h.file, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
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

// flat is an input on one line, if it means the same on one line; else nothing.
func flat(input string) string {
	lines := strings.Split(strings.TrimSpace(input), "\n")
	for i, l := range lines {
		if i < len(lines)-1 && strings.Contains(l, "#") {
			return "" // a comment would swallow what follows
		}
		lines[i] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(l), `\`))
	}
	one := strings.Join(lines, " ")
	if strings.ContainsFunc(one, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return ""
	}
	if len(lines) > 1 && !sameDeclarations(input, one) {
		return ""
	}
	return one
}

// sameDeclarations says whether two texts read alike as one declaration or one rule:
// pasted facts, for example, are several inputs and do not fit on one line.
func sameDeclarations(a, b string) bool {
	fa, da := lang.Parse("", a)
	fb, db := lang.Parse("", b)
	if da.HasErrors() || db.HasErrors() {
		ia, da := parseItems(a)
		ib, db := parseItems(b)
		return da == nil && db == nil && len(ia) == 1 && len(ib) == 1
	}
	return len(fa.Decls) == len(fb.Decls)
}
