package tests

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// TestSessionWithoutOutput has nobody to read the answers: that is an error where the
// output is closed or full, and none where it is thrown away.
func TestSessionWithoutOutput(t *testing.T) {
	const closed = "ctlrepl: cannot write the answers to standard output: it is closed\n"
	for _, tt := range []struct {
		script string
		status int
		errors string
	}{
		{"ctlrepl -c facts >&-", 2, closed},
		{"echo facts | ctlrepl >&-", 2, closed},
		{"echo facts | ctlrepl --json >&-", 2, closed},
		{"ctlrepl -c 'save! case left.json' >&-; test -e left.json && echo written >&2", 1, closed},
		{"ctlrepl -c facts > /dev/null", 0, ""},
		{"ctlrepl -c facts > /dev/null 2>&1", 0, ""},
		{"ctlrepl -c facts <> /dev/null 1>&0 2>&0", 0, ""},
		{"ctlrepl -c facts <&- > /dev/null", 0, ""},
	} {
		cmd := exec.Command("sh", "-c", tt.script)
		cmd.Dir = t.TempDir()
		var errors bytes.Buffer
		cmd.Stderr = &errors
		_ = cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != tt.status || errors.String() != tt.errors {
			t.Errorf("%s: status %d and %q", tt.script, got, errors.String())
		}
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		if out, _ := exec.Command("sh", "-c", "ctlrepl -c facts > /dev/full; echo $?").CombinedOutput(); !bytes.HasSuffix(out, []byte("no space left on device\n2\n")) {
			t.Errorf("a full device: %s", out)
		}
	}
}
