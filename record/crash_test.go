//go:build unix

package record_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/record"
)

// fullAt is how large a file of records may become where the disk is to be full.
const fullAt = 1 << 20

// TestWriterProcess is a process of TestCrashes that writes records until it is killed, and
// prints the id of each whose write has returned nil.
func TestWriterProcess(t *testing.T) {
	name := os.Getenv("CTL_RECORDS")
	if name == "" {
		t.Skip("it is a part of TestCrashes")
	}
	if os.Getenv("CTL_FULL") != "" { // as a disk that is full: a part of what is written fits
		signal.Ignore(syscall.SIGXFSZ)
		must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: fullAt, Max: fullAt}))
	}
	size, _ := strconv.Atoi(os.Getenv("CTL_SIZE"))
	prog := load(t, "outcomes deny\nkind Item { notes: list of text }\nrole item: Item\npolicy p { deny }")
	c := prog.NewCase()
	var notes []string
	for n := size; n > 0; n -= 50_000 {
		notes = append(notes, strings.Repeat("x", min(n, 50_000)))
	}
	must(t, c.Set("item.notes", notes))
	d, err := policy(t, prog, "p").Decide(t.Context(), c)
	must(t, err)
	open := func() (*os.File, *record.Writer) {
		f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		must(t, err)
		return f, record.NewWriter(f, record.Options{})
	}
	f, w := open()
	for i := 0; ; i++ {
		id := fmt.Sprintf("%s/%d", os.Getenv("CTL_TAG"), i)
		if err := w.Decided(id, c, d); err == nil {
			fmt.Println("written", id)
		} else {
			fmt.Println("not written", err)
		}
		if size < 100_000 {
			time.Sleep(time.Millisecond) // so that the large ones have their turn
		}
		if i%20 == 19 { // the file may have another name by now
			f.Close()
			f, w = open()
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever ends the processes that write to a file, every record whose write returned is
// read back, once, and what else is there is told as torn. CTL_CRASHES makes more runs.
func TestCrashes(t *testing.T) {
	runs := 2
	if s := os.Getenv("CTL_CRASHES"); s != "" {
		runs, _ = strconv.Atoi(s)
	}
	written, torn := 0, 0
	for run := range runs {
		n, bad := crash(t, filepath.Join(t.TempDir(), "records.jsonl"), run%2 == 1)
		written, torn = written+n, torn+bad
	}
	t.Logf("%d runs: %d records written, %d torn", runs, written, torn)
	if written == 0 {
		t.Error("nothing was written")
	}
}

// sizes are those of the records that each process writes: the last two are written in parts
// by a disk that is full.
var sizes = []int{10, 5_000, 300_000, 4_000_000}

// office is what the processes of a run have in common.
type office struct {
	name    string
	full    bool
	begun   chan bool // a process has come to write
	readers sync.WaitGroup

	mu           sync.Mutex
	acknowledged map[string]bool
}

func (o *office) start(t *testing.T, i int, tag string) *exec.Cmd {
	w := exec.Command(os.Args[0], "-test.run=^TestWriterProcess$")
	w.Env = append(os.Environ(), "CTL_RECORDS="+o.name, "CTL_TAG="+tag, "CTL_SIZE="+strconv.Itoa(sizes[i]))
	if o.full && i > 1 {
		w.Env = append(w.Env, "CTL_FULL=1")
	}
	out, err := w.StdoutPipe()
	must(t, err)
	must(t, w.Start())
	o.readers.Go(func() {
		for n, lines := 0, bufio.NewScanner(out); lines.Scan(); n++ {
			if n == 0 {
				o.begun <- true
			}
			if id, ok := strings.CutPrefix(lines.Text(), "written "); ok {
				o.mu.Lock()
				o.acknowledged[id] = true
				o.mu.Unlock()
			}
		}
	})
	return w
}

// crash has four processes write to a file, kills one after the other while the rest go on,
// with new ones in their places, and gives the file another name now and then.
func crash(t *testing.T, name string, full bool) (written, torn int) {
	o := office{name: name, full: full, acknowledged: map[string]bool{}, begun: make(chan bool, 2*len(sizes))}
	var writers []*exec.Cmd
	for i := range sizes {
		writers = append(writers, o.start(t, i, fmt.Sprint("first ", i)))
	}
	for range writers {
		<-o.begun
	}
	pause := func() { time.Sleep(time.Duration(rand.IntN(30)) * time.Millisecond) }
	for i := range sizes {
		pause()
		must(t, writers[i].Process.Kill())
		writers = append(writers, o.start(t, i, fmt.Sprint("second ", i)))
		pause()
		must(t, os.Rename(name, fmt.Sprint(name, ".", i)))
		for !exists(name) {
			time.Sleep(time.Millisecond)
		}
	}
	for _, w := range writers[len(sizes):] {
		pause()
		must(t, w.Process.Kill())
	}
	o.readers.Wait()
	for _, w := range writers {
		_ = w.Wait() // it was killed
	}
	files, err := filepath.Glob(name + "*")
	must(t, err)
	read := map[string]int{}
	for _, name := range files {
		f, err := os.Open(name)
		must(t, err)
		for r, err := range record.Read(f) {
			var broken *record.TornError
			switch {
			case err == nil:
				read[r.ID]++
			case errors.As(err, &broken):
				torn++
			default:
				t.Error(err)
			}
		}
		f.Close()
		must(t, os.Remove(name))
	}
	for id := range o.acknowledged {
		if read[id] != 1 {
			t.Errorf("the record %s was written, and is read %d times", id, read[id])
		}
	}
	return len(o.acknowledged), torn
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
