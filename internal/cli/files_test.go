//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// No command waits for what is no ordinary file, or reads it without end.
func TestNoOrdinaryFile(t *testing.T) {
	dir := t.TempDir()
	rules := filepath.Join(dir, "rules.ctl")
	if err := os.WriteFile(rules, []byte("outcomes deny\nkind Item { n: number m: number }\nrole item: Item\npolicy p { deny }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	uses := filepath.Join(dir, "uses.ctl")
	if err := os.WriteFile(uses, []byte("use \"pipe\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{pipe, "/dev/zero", dir + "/none", uses} {
		for _, words := range []string{
			"check FILE", "fmt FILE", "decide FILE", "explain FILE", "ask FILE", "repl FILE", "prove FILE", "test FILE", "gen go FILE", "compile FILE -o " + dir + "/x.ctlc", "version FILE",
			"table FILE --rows item.n --cols item.m", "diff --old FILE " + rules + " -p p", "diff --old " + rules + " FILE -p p",
			"decide RULES --facts FILE", "decide RULES --lines FILE", "test RULES --cases FILE", "diff --old RULES RULES --over FILE", "check RULES --members Banned=FILE",
		} {
			if file == uses && (strings.HasPrefix(words, "fmt") || strings.HasPrefix(words, "decide RULES --lines")) {
				continue // it does not look at what is used; and this is no file of cases
			}
			words = strings.ReplaceAll(strings.ReplaceAll(words, "FILE", file), "RULES", rules)
			var out, problems bytes.Buffer
			a := &App{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Now: time.Now}
			done := make(chan int, 1)
			go func() { done <- a.Run(strings.Fields(words)) }()
			select {
			case status := <-done:
				if status != exitUsage && status != exitProblems || problems.Len() == 0 {
					t.Errorf("ctl %s: status %d, %s%s", words, status, out.String(), problems.String())
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("ctl %s waits", words)
			}
		}
	}
}
