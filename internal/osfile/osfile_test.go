//go:build unix

package osfile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/internal/osfile"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// soon gives up where something waits.
func soon(t *testing.T, do func()) {
	t.Helper()
	done := make(chan bool)
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it waits")
	}
}

// What is no ordinary file is refused at once, with what it is.
func TestOrdinary(t *testing.T) {
	dir := t.TempDir()
	pipe, link := filepath.Join(dir, "pipe"), filepath.Join(dir, "link")
	must(t, syscall.Mkfifo(pipe, 0o600))
	must(t, os.Symlink(pipe, link))
	must(t, os.WriteFile(filepath.Join(dir, "file"), []byte("text"), 0o600))
	for name, want := range map[string]string{
		pipe: "it is a pipe", link: "it is a pipe", dir: "it is a folder", "/dev/zero": "it is a device", filepath.Join(dir, "none"): "no such file",
		filepath.Join(dir, "file"): "it is larger than",
	} {
		soon(t, func() {
			_, err := osfile.Read(name, 3)
			var at *fs.PathError
			if !errors.As(err, &at) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	if data, err := osfile.Read(filepath.Join(dir, "file"), 4); err != nil || string(data) != "text" {
		t.Errorf("%q, %v", data, err)
	}
	soon(t, func() { // nobody reads the pipe
		if err := osfile.Write(pipe, []byte("text"), 0o600); err == nil {
			t.Error("what nobody reads is written")
		}
	})
	if err := osfile.Write(dir, nil, 0o600); err == nil || osfile.Writable(dir) == nil {
		t.Error("a folder is written")
	}
	must(t, osfile.Write("/dev/null", []byte("text"), 0o600))
	if info, err := os.Stat("/dev/null"); err != nil || info.Mode().IsRegular() {
		t.Error("a device is replaced")
	}
}

// No link leads out of a folder.
func TestWithin(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "rules"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "rules", "own"), []byte("own"), 0o600))
	must(t, os.Symlink("../secret", filepath.Join(dir, "rules", "out")))
	must(t, os.Symlink("own", filepath.Join(dir, "rules", "in")))
	root, err := os.OpenRoot(filepath.Join(dir, "rules"))
	must(t, err)
	defer root.Close()
	for _, name := range []string{"out", "../secret", filepath.Join(dir, "secret")} {
		if data, err := osfile.ReadIn(root, name, 100); err == nil {
			t.Errorf("%s holds %q", name, data)
		}
	}
	if data, err := osfile.ReadIn(root, "in", 100); err != nil || string(data) != "own" {
		t.Errorf("%q, %v", data, err)
	}
}

// What is written is there, and keeps the permissions and the links that were there.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	must(t, osfile.Writable(name))
	must(t, osfile.Write(name, []byte("one"), 0o640))
	must(t, os.Chmod(name, 0o604))
	must(t, os.Symlink("file", link))
	must(t, osfile.Writable(link))
	must(t, osfile.Write(link, []byte("two"), 0o600))
	info, err := os.Lstat(name)
	must(t, err)
	data, err := os.ReadFile(name)
	must(t, err)
	if to, _ := os.Readlink(link); string(data) != "two" || info.Mode() != 0o604 || to != "file" {
		t.Errorf("%q, %v, a link to %q", data, info.Mode(), to)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("there are %v", entries)
	}
}

// Where the disk is full, the old file stays, and nothing beside it.
func TestFull(t *testing.T) {
	if name := os.Getenv("CTL_FULL_DISK"); name != "" {
		signal.Ignore(syscall.SIGXFSZ)
		must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 16, Max: 1 << 16}))
		if err := osfile.Write(name, bytes.Repeat([]byte("new"), 1<<16), 0o600); err == nil {
			t.Error("there is room")
		}
		return
	}
	name := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(name, []byte("old"), 0o600))
	again := exec.Command(os.Args[0], "-test.run=^TestFull$")
	again.Env = append(os.Environ(), "CTL_FULL_DISK="+name)
	if out, err := again.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(name)
	must(t, err)
	entries, err := os.ReadDir(filepath.Dir(name))
	must(t, err)
	if string(data) != "old" || len(entries) != 1 {
		t.Errorf("%d bytes, and there are %v", len(data), entries)
	}
}
