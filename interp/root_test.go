package interp_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang/code"
)

// What rules name by a link that leads out of the folder of an os.Root is not read.
func TestLinksLeadOut(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "rules")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	const outcomes, rest = "outcomes deny\n", "kind Who = text\nrole who: Who\npolicy p { deny }\n"
	for name, text := range map[string]string{
		"secret.ctl": outcomes, "secret.csv": "Jo\n", "rules/own.ctl": outcomes,
		"rules/uses_own.ctl": "use \"in.ctl\"\n" + rest, "rules/uses.ctl": "use \"out.ctl\"\n" + rest, "rules/above.ctl": "use \"../secret.ctl\"\n" + rest,
		"rules/group.ctl": outcomes + rest + "group Secret of Who from \"out.csv\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"out.ctl": "../secret.ctl", "out.csv": "../secret.csv", "in.ctl": "own.ctl", "dir": ".."} {
		if err := os.Symlink(to, filepath.Join(folder, link)); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, err := interp.Load(t.Context(), root.FS(), "uses_own.ctl"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"uses.ctl", "above.ctl", "group.ctl", "out.ctl", "dir/secret.ctl", "dir"} {
		if _, err := interp.Load(t.Context(), root.FS(), name); err == nil || !strings.Contains(err.Error(), "escapes") && !strings.Contains(err.Error(), "leads out") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is no file is not opened, since that may be to wait for somebody.
func TestNoFile(t *testing.T) {
	for _, mode := range []fs.FileMode{fs.ModeNamedPipe, fs.ModeDevice, fs.ModeDevice | fs.ModeCharDevice, fs.ModeSocket, fs.ModeIrregular} {
		fsys := fstest.MapFS{"rules.ctl": {Mode: mode, Data: []byte("outcomes deny\n")}, "uses.ctl": {Data: []byte("use \"rules.ctl\"\n")}}
		for _, name := range []string{"rules.ctl", "uses.ctl", "."} {
			if _, err := interp.Load(t.Context(), fsys, name); err == nil || !strings.Contains(err.Error(), "it is no file but a pipe, a device or a socket") {
				t.Errorf("%v, %s: %v", mode, name, err)
			}
		}
	}
}

// endless is a file system with a file that calls itself ordinary and empty, and has no end.
type endless struct {
	reads  int
	onRead func()
}

func (e *endless) Open(string) (fs.File, error) { return e, nil }
func (e *endless) Stat() (fs.FileInfo, error) {
	return fs.Stat(fstest.MapFS{"rules.ctl": {}}, "rules.ctl")
}
func (e *endless) Close() error { return nil }
func (e *endless) Read(b []byte) (n int, _ error) {
	e.reads++
	e.onRead()
	return copy(b, "# and so on\n"), nil
}

// A file of no end is read as far as the limits go, or until nobody waits any more.
func TestEndlessFile(t *testing.T) {
	e := &endless{onRead: func() {}}
	_, err := interp.Options{Limits: interp.Limits{Bytes: 120}}.Load(t.Context(), e, "rules.ctl")
	if !hasCode(err, code.TooMuch) || e.reads > 11 {
		t.Errorf("%v after %d reads", err, e.reads)
	}
	ctx, cancel := context.WithCancel(t.Context())
	e = &endless{}
	e.onRead = func() {
		if e.reads == 20 {
			cancel()
		}
	}
	if _, err = interp.Load(ctx, e, "rules.ctl"); !errors.Is(err, context.Canceled) || e.reads != 20 {
		t.Errorf("%v after %d reads", err, e.reads)
	}
	proc, err := os.OpenRoot("/proc/self")
	if err != nil {
		t.Skip("NOT TESTED with a file of the system: ", err)
	}
	defer proc.Close()
	if _, err = interp.Load(t.Context(), proc.FS(), "pagemap"); err == nil {
		t.Error("the map of all memory is loaded")
	}
}
