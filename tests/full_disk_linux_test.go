package tests

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
)

// TestFullDisk has commands and a writer of records write to a disk that is full: a small
// one, which it mounts where only its own process sees it.
func TestFullDisk(t *testing.T) {
	if dir := os.Getenv("CTL_DISK"); dir != "" {
		mountDisk(t, dir)
		t.Run("commands", func(t *testing.T) { commandsOnFullDisk(t, dir) })
		t.Run("records", func(t *testing.T) { recordsOnFullDisk(t, dir) })
		return
	}
	again := exec.Command(os.Args[0], "-test.run=^TestFullDisk$", "-test.v")
	again.Env = append(os.Environ(), "CTL_DISK="+t.TempDir())
	again.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if uid := os.Getuid(); uid != 0 {
		again.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		again.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: uid, Size: 1}}
		again.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	out, err := again.CombinedOutput()
	var ended *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &ended):
		t.Skipf("NOT TESTED: no disk can be mounted here: %v", err)
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP: TestFullDisk"):
		t.Skipf("NOT TESTED: %s", out)
	}
}

// mountDisk mounts a disk of 256 KiB.
func mountDisk(t *testing.T, dir string) {
	err := syscall.Mount("", "/", "", syscall.MS_PRIVATE|syscall.MS_REC, "")
	if err == nil {
		err = syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k")
	}
	if err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
}

// fillDisk writes a file until nothing more fits on its disk.
func fillDisk(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	must(t, err)
	for err == nil {
		_, err = f.Write(make([]byte, 512))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	must(t, f.Close())
}

const fullDiskRules = `outcomes deny > permit
kind Item { n: number   name: text }
role item: Item
policy p {
  deny when item.n > 3
  otherwise permit
}
test "three" under p { given item.n = 4 expect deny }
`

// What a command writes to a full disk is the old file still, with nothing beside it, and it
// says so; with room it is the new one.
func commandsOnFullDisk(t *testing.T, dir string) {
	rules := filepath.Join(t.TempDir(), "rules.ctl")
	must(t, os.WriteFile(rules, []byte(fullDiskRules), 0o600))
	for _, row := range []struct {
		file, words, stdin, old string
	}{
		{"rules.ctlc", "compile RULES -o FILE", "", "old"},
		{"rules.go", "gen go RULES --package rules -o FILE", "", "old"},
		{"case.json", "ask RULES --save FILE", "4\n", "old"},
		{"record.txt", "ask RULES --transcript FILE", "4\n", "old"},
		{"junit.xml", "test RULES --junit FILE", "", "old"},
		{"odd.ctl", "fmt -w FILE", "", fullDiskRules},
		{"session.json", "repl RULES", "item.n = 4\nsave! case FILE\n", "old"},
	} {
		file, filler := filepath.Join(dir, row.file), filepath.Join(dir, "filler")
		must(t, os.WriteFile(file, []byte(row.old), 0o600))
		run := func() (string, error) {
			cmd := exec.Command("ctl", strings.Fields(strings.ReplaceAll(strings.ReplaceAll(row.words, "RULES", rules), "FILE", file))...)
			cmd.Stdin = strings.NewReader(strings.ReplaceAll(row.stdin, "FILE", file))
			out, err := cmd.CombinedOutput()
			return string(out), err
		}
		fillDisk(t, filler)
		out, err := run()
		data, readErr := os.ReadFile(file)
		must(t, readErr)
		left, globErr := os.ReadDir(dir)
		must(t, globErr)
		if err == nil || !strings.Contains(out, "no space left on device") || string(data) != row.old || len(left) != 2 {
			t.Errorf("%s: %v, the file holds %.20q, beside it stand %v\n%s", row.words, err, data, left, out)
		}
		must(t, os.Remove(filler))
		out, err = run()
		if data, readErr := os.ReadFile(file); err != nil || readErr != nil || string(data) == row.old {
			t.Errorf("%s, with room: %v, the file holds %.20q\n%s", row.words, err, data, out)
		}
		must(t, os.Remove(file))
	}
}

// Of records on a disk that is full now and then, each whose write succeeded is read back, once.
func recordsOnFullDisk(t *testing.T, dir string) {
	p, err := mustLoad(t, func() (*interp.Program, error) { return interp.LoadText(t.Context(), "rules.ctl", fullDiskRules) }).Policy("p")
	must(t, err)
	c := p.Program().NewCase()
	must(t, c.Tell("item.n = 4", `item.name = "`+strings.Repeat("x", 5_000)+`"`))
	d, err := p.Decide(t.Context(), c)
	must(t, err)
	name, filler := filepath.Join(dir, "records.jsonl"), filepath.Join(dir, "filler")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(t, err)
	w := record.NewWriter(f, record.Options{})
	written, refused := map[string]bool{}, 0
	for i := range 60 {
		if i%10 == 5 {
			fillDisk(t, filler)
		} else if i%10 == 9 {
			must(t, os.Remove(filler))
		}
		id := fmt.Sprint(i)
		switch err := w.Decided(id, c, d); {
		case err == nil:
			written[id] = true
		case !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, io.ErrShortWrite): // of which a part fits
			t.Error(err)
		default:
			refused++
		}
	}
	must(t, f.Close())
	read, torn := map[string]int{}, 0
	data, err := os.Open(name)
	must(t, err)
	for r, err := range record.Read(data) {
		var broken *record.TornError
		switch {
		case err == nil:
			read[r.ID]++
		case errors.As(err, &broken):
			torn++
		default:
			t.Error(err)
		}
	}
	for id := range written {
		if read[id] != 1 {
			t.Errorf("record %s was written and is read %d times", id, read[id])
		}
	}
	if len(read) != len(written) || refused == 0 || torn > refused {
		t.Errorf("%d written, %d refused; %d read, %d torn", len(written), refused, len(read), torn)
	}
	t.Logf("%d written, %d refused, %d torn", len(written), refused, torn)
}
