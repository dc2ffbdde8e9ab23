package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// twoLarge are two policies of so many unlike rules that to compare them takes long.
func twoLarge() string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("outcomes deny > review > permit\nkind Item {\n")
	for i := range 50 {
		fmt.Fprintf(&b, "  a%d: bool\n", i)
	}
	b.WriteString("}\nrole item: Item\n")
	for _, name := range []string{"one", "two"} {
		fmt.Fprintf(&b, "policy %s {\n", name)
		for range 300 {
			fmt.Fprintf(&b, "  %s any when item.a%d and not item.a%d and item.a%d and not item.a%d\n", []string{"deny", "review", "permit"}[r.IntN(3)], r.IntN(50), r.IntN(50), r.IntN(50), r.IntN(50))
		}
		b.WriteString("  otherwise permit\n}\n")
	}
	return b.String()
}

// Ctrl-C ends what takes long with a message and an exit status of its own.
func TestInterrupted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "large.ctl")
	if err := os.WriteFile(file, []byte(twoLarge()), 0o666); err != nil {
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
