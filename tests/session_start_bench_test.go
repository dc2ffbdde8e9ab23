package tests

import (
	"bytes"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/creack/pty"
)

// BenchmarkSessionStart takes the time from the start of the program to its first
// prompt, and the processor time that was spent on it: the median, which a busy machine
// changes little.
func BenchmarkSessionStart(b *testing.B) {
	home := b.TempDir()
	var waits, works []time.Duration
	buf := make([]byte, 4096)
	for b.Loop() {
		cmd := exec.Command("ctlrepl")
		cmd.Dir = home
		cmd.Env = append(os.Environ(), "HOME="+home, "XDG_STATE_HOME="+home, "TERM=xterm")
		began := time.Now()
		tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 100})
		if err != nil {
			b.Fatal(err)
		}
		var seen bytes.Buffer
		for !bytes.Contains(seen.Bytes(), []byte("missing>")) {
			n, err := tty.Read(buf)
			seen.Write(buf[:n])
			if err != nil {
				b.Fatalf("there is no prompt: %v\n%s", err, seen.String())
			}
		}
		waits = append(waits, time.Since(began))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = tty.Close()
		works = append(works, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	}
	for name, ts := range map[string][]time.Duration{"ms-to-prompt": waits, "ms-of-processor": works} {
		slices.Sort(ts)
		b.ReportMetric(float64(ts[len(ts)/2].Microseconds())/1000, name)
	}
}
