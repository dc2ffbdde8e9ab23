package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// With --within, rules read nothing outside of a folder, whichever way leads there.
func TestWithin(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "rules")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	const rest = "kind Who = text\nrole who: Who\npolicy p { deny }\n"
	for name, text := range map[string]string{
		"secret.ctl": "outcomes deny\n", "secret.csv": "Jo Doe\n", "rules/own.ctl": "outcomes deny\n",
		"rules/in.ctl": "use \"own.ctl\"\n" + rest, "rules/link.ctl": "use \"out.ctl\"\n" + rest, "rules/above.ctl": "use \"../secret.ctl\"\n" + rest,
		"rules/whole.ctl": "use \"" + filepath.ToSlash(dir) + "/secret.ctl\"\n" + rest, "rules/group.ctl": "outcomes deny\n" + rest + "group Secret of Who from \"out.csv\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"out.ctl": "../secret.ctl", "out.csv": "../secret.csv", "dir": ".."} {
		if err := os.Symlink(to, filepath.Join(folder, link)); err != nil {
			t.Skip(err)
		}
	}
	run := func(args ...string) (int, string) {
		var out, problems bytes.Buffer
		a := &App{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Now: time.Now}
		return a.Run(args), out.String() + problems.String()
	}
	if status, text := run("check", filepath.Join(folder, "in.ctl"), "--within", folder); status != exitOK {
		t.Error(text)
	}
	for _, name := range []string{"link.ctl", "above.ctl", "whole.ctl", "group.ctl", "out.ctl", "dir/secret.ctl", "dir", "../secret.ctl"} {
		file := filepath.Join(folder, name)
		if name == "dir/secret.ctl" || name == "../secret.ctl" {
			file = folder + "/" + name
		}
		commands := [][]string{{"check", file}, {"decide", file}, {"compile", file, "-o", filepath.Join(dir, "x.ctlc")}, {"repl", file}, {"version", file}}
		if strings.HasPrefix(name, "out") || strings.HasPrefix(name, "dir") || strings.HasPrefix(name, "..") { // fmt follows no use
			commands = append(commands, []string{"fmt", file}, []string{"fmt", "-w", file})
		}
		for _, args := range commands {
			status, text := run(append([]string{args[0], "--within=" + folder}, args[1:]...)...)
			if status == exitOK || !strings.Contains(text, "it is outside of the folder that --within names") || strings.Contains(text, "Jo Doe") {
				t.Errorf("%q: status %d, %s", args, status, text)
			}
		}
	}
	if status, text := run("check", "--within", filepath.Join(dir, "none"), filepath.Join(folder, "in.ctl")); status != exitUsage {
		t.Error(text)
	}
}
