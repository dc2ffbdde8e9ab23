package repl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func stateIn(dir string) func(string) string {
	return func(name string) string {
		if name == "XDG_STATE_HOME" {
			return dir
		}
		return ""
	}
}

func TestHistory(t *testing.T) {
	dir := t.TempDir()
	h := openHistory(stateIn(dir))
	for _, in := range []string{"facts", "facts", "", "deny X\n  unless Y", "a = 1\nb = 2", "deny X # why\n unless Y", strings.Repeat("x", longestHistory+1), "x \\\n= 1"} {
		h.add(in)
	}
	file := filepath.Join(dir, "ctl", "history")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "facts\ndeny X unless Y\na = 1⏎b = 2\ndeny X # why⏎ unless Y\nx \\⏎= 1\n"; string(text) != want {
		t.Errorf("the history is %q, not %q", text, want)
	}
	for name, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700 | os.ModeDir} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s has the mode %v", name, info.Mode())
		}
	}
	if again := openHistory(stateIn(dir)); len(again.lines) != 5 {
		t.Errorf("read back: %q", again.lines)
	}
}

func TestHistoryIsMadePrivateAndShortened(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "ctl", "history")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Repeat("facts\n\xff\n", 3*mostHistory)), 0o644); err != nil {
		t.Fatal(err)
	}
	h := openHistory(stateIn(dir))
	if len(h.lines) != mostHistory {
		t.Errorf("%d lines are kept", len(h.lines))
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if text, _ := os.ReadFile(file); strings.Count(string(text), "\n") != mostHistory {
		t.Errorf("the file has %d lines", strings.Count(string(text), "\n"))
	}
}

// TestHistoryOfAKilledSession has a line in the file that was not written to its end.
func TestHistoryOfAKilledSession(t *testing.T) {
	dir := t.TempDir()
	openHistory(stateIn(dir)).add("facts")
	file := filepath.Join(dir, "ctl", "history")
	if err := os.WriteFile(file, []byte("facts\nrecipi"), 0o600); err != nil {
		t.Fatal(err)
	}
	openHistory(stateIn(dir)).add("why")
	if text, _ := os.ReadFile(file); string(text) != "facts\nrecipi\nwhy\n" {
		t.Errorf("the file is %q", text)
	}
}

func TestStateFolder(t *testing.T) {
	env := func(vars map[string]string) func(string) string { return func(n string) string { return vars[n] } }
	for want, vars := range map[string]map[string]string{
		"/s/ctl":              {"XDG_STATE_HOME": "/s", "HOME": "/h"},
		"/h/.local/state/ctl": {"HOME": "/h", "XDG_STATE_HOME": "relative"},
		"":                    {},
	} {
		if got := stateFolder(env(vars)); got != want {
			t.Errorf("%v: %q, not %q", vars, got, want)
		}
	}
	h := openHistory(env(nil))
	h.add("facts")
	h.add(" facts of a blank before")
	h.Keep(false)
	h.add("why")
	h.Keep(true)
	if len(h.lines) != 1 {
		t.Error("a history that is not kept on disk is not kept at all")
	}
}
