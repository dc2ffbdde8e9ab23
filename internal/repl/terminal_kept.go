package repl

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ctl-lang/ctl/internal/osfile"
)

// What was declared in a session and is in no file when it ends is kept beside the
// history, so that it can be taken up again: in keptName, until the next session has
// told of it, and then under the time at which it was kept.
const (
	keptName = "unsaved.ctl"
	mostKept = 20 // files of earlier sessions
)

// unsaved is what was declared and is in no file, and how many tests of it tell what is
// sensitive and are left out.
type unsaved struct {
	text string
	left int
}

// mayLeave is false once where tests were declared that are neither in a file nor kept.
func (t *terminal) mayLeave() bool {
	t.mu.Lock()
	left := t.keep.left
	t.mu.Unlock()
	if left == 0 || left == t.told {
		return true
	}
	t.told = left
	t.say("Tests that tell what is sensitive are in no file and are not kept: `save FILE unmasked` writes them, and `quit` leaves without.\n")
	return false
}

// keepUnsaved keeps what is in no file, and says where. It looks at no session, as it is
// called when that may be in the middle of an input.
func (t *terminal) keepUnsaved() string {
	t.mu.Lock()
	text, left := t.keep.text, ""
	if t.keep.left > 0 {
		left = "Tests that tell what is sensitive are not kept.\n"
	}
	t.keep = unsaved{}
	t.mu.Unlock()
	if text == "" {
		return left
	}
	dir := stateFolder(t.cfg.Getenv)
	file := filepath.Join(dir, keptName)
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return "nothing was kept of what was declared: there is no folder for it\n" + text
	}
	setAside(file)
	if err := osfile.Write(file, []byte(text), 0o600); err != nil {
		return "nothing was kept of what was declared: " + err.Error() + "\n" + text
	}
	return "What was declared and not saved is kept: `load " + shortened(file, t.cfg.Getenv) + "` takes it up again.\n" + left
}

// setAside gives a file that was kept before the name of its time.
func setAside(file string) (name string, ok bool) {
	info, err := os.Stat(file)
	if err != nil {
		return "", false
	}
	name = strings.TrimSuffix(file, ".ctl") + info.ModTime().Format("-20060102-150405.000") + ".ctl"
	if os.Rename(file, name) != nil {
		return "", false
	}
	if old, _ := filepath.Glob(strings.TrimSuffix(file, ".ctl") + "-*.ctl"); len(old) > mostKept { // in order of time
		for _, o := range old[:len(old)-mostKept] {
			_ = os.Remove(o)
		}
	}
	return name, true
}

// keptBefore tells once of what the session before has kept.
func (t *terminal) keptBefore() string {
	dir := stateFolder(t.cfg.Getenv)
	if dir == "" {
		return ""
	}
	file := filepath.Join(dir, keptName)
	info, err := os.Stat(file)
	if err != nil {
		return ""
	}
	name, ok := setAside(file)
	if !ok {
		return ""
	}
	return "A session that ended on " + info.ModTime().Format(time.DateTime) + " had declared what it did not save: `load " + shortened(name, t.cfg.Getenv) + "` takes it up again.\n"
}

// shortened is the name of a file as people write it, and load reads it.
func shortened(file string, getenv func(string) string) string {
	if rest, ok := strings.CutPrefix(file, getenv("HOME")+string(filepath.Separator)); ok && getenv("HOME") != "" {
		file = "~/" + filepath.ToSlash(rest)
	}
	if strings.ContainsAny(file, " \t") {
		return `"` + file + `"`
	}
	return file
}
