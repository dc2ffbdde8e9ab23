package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSessionHelp runs the examples of the session's help text, under both its names.
func TestSessionHelp(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash to read the command lines")
	}
	dir := helpFolder(t)
	script := "item.category = I\nrecipient = SA\n\nwhy\n"
	if err := os.WriteFile(filepath.Join(dir, "session.txt"), []byte(script), 0o666); err != nil {
		t.Fatal(err)
	}
	text := string(output(t, dir, bash, "-c", "ctl repl --help"))
	if other := string(output(t, dir, bash, "-c", "ctlrepl --help")); other != text {
		t.Errorf("ctlrepl --help differs:\n%s", other)
	}
	examples := 0
	for _, line := range strings.Split(text, "\n") {
		if example := strings.TrimSpace(line); strings.HasPrefix(line, "    ") && strings.HasPrefix(example, "ctl ") {
			examples++
			if out := output(t, dir, bash, "-c", example); len(out) == 0 {
				t.Errorf("%s says nothing", example)
			}
		}
	}
	if examples == 0 {
		t.Errorf("the help text has no example:\n%s", text)
	}
}
