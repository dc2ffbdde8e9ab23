package cli

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// A long run says what it does, and the line is gone at its end.
func TestProgress(t *testing.T) {
	r, w := io.Pipe()
	stop := tell(w, func() string { return "comparing one with two" }, time.Millisecond)
	line := make([]byte, 100)
	n, err := r.Read(line)
	if err != nil || !strings.HasPrefix(string(line[:n]), "\r\x1b[Kcomparing one with two: 0 s") {
		t.Errorf("%q, %v", line[:n], err)
	}
	go func() {
		stop()
		stop()
		w.Close()
	}()
	rest, err := io.ReadAll(r)
	if err != nil || !strings.HasSuffix(string(rest), "\r\x1b[K") {
		t.Errorf("%q, %v", rest, err)
	}
}

// A run that is short, or whose diagnostics go to no terminal, says nothing.
func TestNoProgress(t *testing.T) {
	var b bytes.Buffer
	tell(&b, func() string { return "checking" }, time.Hour)()
	if b.Len() > 0 {
		t.Errorf("%q", b.String())
	}
	f, err := os.Create(t.TempDir() + "/errors")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	(&App{Stderr: f}).progress("checking")()
	if at, err := f.Seek(0, io.SeekCurrent); err != nil || at > 0 {
		t.Errorf("%d bytes, %v", at, err)
	}
}
