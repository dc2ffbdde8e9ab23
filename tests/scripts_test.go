package tests

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/ctl-lang/ctl/internal/cli"
	"github.com/ctl-lang/ctl/interp"
)

var update = flag.Bool("update", false, "rewrite the expected output of scripts and documents")

// TestMain runs the commands of scripts on one day, whatever day it is.
func TestMain(m *testing.M) {
	cli.Clock = func() time.Time { return time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC) }
	testscript.Main(m, map[string]func(){
		"ctl":     func() { os.Exit(cli.Main(os.Args[1:], interp.Options{})) },
		"ctlrepl": func() { os.Exit(cli.Repl(os.Args[1:])) },
	})
}

// TestScripts runs the scripts, each in a folder of its own, over the real command.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "scripts",
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"fill":  fill,
			"nest":  nest,
			"unhex": unhex,
			"mode":  mode,
		},
	})
}

// exits runs a command and wants a certain status of it: exits 3 ctl decide ...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND ...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var status *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &status):
		got = status.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("%s ended with status %d, not %d", strings.Join(args[1:], " "), got, want)
	}
}

// fill makes a file of so many MiB out of a line that repeats: fill big.ctl 50 '# line'
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fill FILE MIB LINE")
	}
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	line := args[2] + "\n"
	text := strings.Repeat(line, size<<20/len(line)+1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

// nest makes a file of a text nested so deep: nest deep.ctl 10000 '(' item.a ')' head tail
func nest(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 7 {
		ts.Fatalf("usage: nest FILE DEPTH OPEN MIDDLE CLOSE HEAD TAIL")
	}
	depth, err := strconv.Atoi(args[1])
	ts.Check(err)
	head, tail := ts.ReadFile(args[5]), ts.ReadFile(args[6])
	text := head + strings.Repeat(args[2], depth) + args[3] + strings.Repeat(args[4], depth) + tail
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

// unhex makes a file of bytes that a script cannot hold, written as in a Go string:
// unhex bad.ctl 'policy p \xff {'
func unhex(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf(`usage: unhex FILE 'text with \xff'`)
	}
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(args[1], `"`, `\"`) + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

// mode wants a file to have certain permissions: mode 640 rules.ctl
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode PERMISSIONS FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] {
		ts.Fatalf("%s has the permissions %s, not %s", args[1], got, args[0])
	}
}
