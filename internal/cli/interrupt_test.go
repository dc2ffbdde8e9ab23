package cli

import (
	"bytes"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/internal/randpolicy"
)

// Ctrl-C ends what takes long with a message and an exit status of its own.
func TestInterrupted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "large.ctl")
	if err := os.WriteFile(file, []byte(randpolicy.TwoLarge()), 0o666); err != nil {
		t.Fatal(err)
	}
	signals := make(chan os.Signal, 1) // that of before the analysis is not to end the tests
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	for _, args := range [][]string{
		{"diff", file, "one", "two"},
		{"check", file},
		{"decide", file, "-p", "one"},
		{"explain", file, "-p", "one", "--flip", "deny"},
	} {
		var out, errs bytes.Buffer
		app := &App{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now}
		status := make(chan int)
		go func() { status <- app.Run(args) }()
		got := -1
		for got < 0 {
			select {
			case got = <-status:
			case <-time.After(20 * time.Millisecond):
				_ = syscall.Kill(os.Getpid(), syscall.SIGINT)
			}
		}
		if got != exitInterrupted || out.Len() != 0 || !strings.HasPrefix(errs.String(), "ctl: interrupted") {
			t.Errorf("%s: status %d, answer %q, message %q", args[0], got, out.String(), errs.String())
		}
	}
}
