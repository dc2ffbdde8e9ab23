package record_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
)

// Wherever a record is torn, what other writers append is read, and the part is told.
func TestTorn(t *testing.T) {
	prog := load(t, screening)
	p := policy(t, prog, "sales")
	c := told(t, prog, `buyer = "Zoë {\"ctl\":1}"`, "item.price = 5")
	write := func(out io.Writer, id string) {
		d, err := p.Decide(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		if err := record.NewWriter(out, record.Options{Unmasked: true}).Decided(id, c, d); err != nil {
			t.Fatal(err)
		}
	}
	var whole bytes.Buffer
	write(&whole, "torn")
	text := whole.Bytes()
	for n := range text {
		file := bytes.NewBuffer(nil)
		write(file, "before")
		file.Write(text[:n])
		file.Write(text[:n/2])
		write(file, "behind")
		var got []string
		for r, err := range record.Read(file) {
			var torn *record.TornError
			switch {
			case err == nil:
				got = append(got, r.ID)
			case !errors.As(err, &torn):
				t.Errorf("after %d bytes: %v", n, err)
			case torn.ID != "" && torn.ID != "torn":
				t.Errorf("after %d bytes the id is %q", n, torn.ID)
			default:
				got = append(got, "part")
			}
		}
		want := []string{"before", "part", "part", "behind"}
		switch {
		case n < 2: // no byte of the record is there
			want = []string{"before", "behind"}
		case n < 4:
			want = []string{"before", "part", "behind"}
		case n == len(text)-1: // all of it is
			want = []string{"before", "torn", "part", "behind"}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("after %d bytes: %s", n, diff)
		}
	}
}

// What is torn is counted by a replay, which decides all else.
func TestReplayOfTorn(t *testing.T) {
	prog := load(t, screening)
	p := policy(t, prog, "sales")
	c := told(t, prog, `buyer = "Acme"`, "item.price = 5")
	var file bytes.Buffer
	w := record.NewWriter(&file, record.Options{Unmasked: true})
	write(t, w, p, c)
	file.Truncate(file.Len() - 10)
	write(t, record.NewWriter(&file, record.Options{Unmasked: true}), p, c, c)
	got, counts := replay(t, &file, p)
	if diff := cmp.Diff(record.Counts{Same: 2, Bad: 1, Torn: 1}, counts); diff != "" || len(got) != 1 || !strings.Contains(got[0], `line 2: the record "case 1" is torn`) {
		t.Errorf("%q %s", got, diff)
	}
}

// Files that were written before records began with a line break are read as they were.
func TestRecordsWithoutEmptyLines(t *testing.T) {
	const one = `{"ctl":1,"id":"a","policy":"p","version":"v","as_of":"2025-06-01","facts":{},"status":"undecided"}` + "\n"
	var got []string
	for r, err := range record.Read(strings.NewReader(one + strings.Replace(one, `"a"`, `"b"`, 1) + one[:30])) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, fmt.Sprint(r.ID, " ", r.Line))
	}
	if diff := cmp.Diff([]string{"a 1", "b 2", `line 3: the record "a" is torn: it breaks off after 30 bytes`}, got); diff != "" {
		t.Error(diff)
	}
}

// storage has on its platters what was there when it was synced.
type storage struct {
	mu            sync.Mutex
	written, safe []byte
	syncs         int
	fails         map[int]bool // which calls of Sync fail
	takes         time.Duration
}

func (s *storage) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written = append(s.written, p...)
	return len(p), nil
}

func (s *storage) Sync() error {
	s.mu.Lock()
	all := slices.Clone(s.written)
	s.syncs++
	bad := s.fails[s.syncs]
	s.mu.Unlock()
	time.Sleep(s.takes)
	if bad {
		return errDisk
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.safe = all
	return nil
}

func (s *storage) ids(t *testing.T) (ids []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for r, err := range record.Read(bytes.NewReader(s.safe)) {
		if err != nil {
			t.Error(err)
			continue
		}
		ids = append(ids, r.ID)
	}
	return ids
}

func decidedCase(t *testing.T) (*interp.Case, *interp.Decision) {
	prog := load(t, screening)
	c := told(t, prog, `buyer = "Acme"`, "item.price = 5")
	d, err := policy(t, prog, "sales").Decide(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return c, d
}

// Synced at once, a record is on the storage when its write returns, and many that are
// written at the same time are synced together.
func TestSyncAtOnce(t *testing.T) {
	c, d := decidedCase(t)
	s := &storage{takes: 5 * time.Millisecond}
	w := record.NewWriter(s, record.Options{Sync: record.AtOnce})
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			id := fmt.Sprint("case ", i)
			if err := w.Decided(id, c, d); err != nil {
				t.Error(err)
			}
			if !slices.Contains(s.ids(t), id) {
				t.Errorf("%s is not on the storage", id)
			}
		})
	}
	all.Wait()
	if s.syncs > 50 {
		t.Errorf("%d syncs for 100 records at once", s.syncs)
	}
}

// Synced at intervals, a record is on the storage when its time is over.
func TestSyncInTime(t *testing.T) {
	c, d := decidedCase(t)
	synctest.Test(t, func(t *testing.T) {
		s := &storage{}
		w := record.NewWriter(s, record.Options{Sync: 10 * time.Millisecond})
		for i := range 25 {
			if err := w.Decided(fmt.Sprint(i), c, d); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond)
			if late := i + 1 - len(s.ids(t)); late > 10 {
				t.Fatalf("%d records wait", late)
			}
		}
		if s.syncs == 0 || s.syncs > 3 {
			t.Errorf("%d syncs in 25 ms", s.syncs)
		}
		if err := w.Sync(); err != nil || len(s.ids(t)) != 25 {
			t.Errorf("%v, and %d records are on the storage", err, len(s.ids(t)))
		}
		time.Sleep(time.Second)
	})
}

// What the storage may have lost was not recorded, even if the next Sync succeeds.
func TestSyncFails(t *testing.T) {
	c, d := decidedCase(t)
	s := &storage{fails: map[int]bool{2: true}}
	w := record.NewWriter(s, record.Options{Sync: record.AtOnce})
	for i, bad := range []bool{false, true, false} {
		if err := w.Decided(fmt.Sprint(i), c, d); errors.Is(err, errDisk) != bad {
			t.Errorf("record %d: %v", i, err)
		}
	}
	if err := w.Err(); !errors.Is(err, errDisk) || !strings.Contains(err.Error(), "1 decisions") {
		t.Error(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s := &storage{fails: map[int]bool{1: true}}
		w := record.NewWriter(s, record.Options{Sync: time.Millisecond})
		if err := w.Decided("late", c, d); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := w.Err(); !errors.Is(err, errDisk) {
			t.Error(err)
		}
	})
	if err := record.NewWriter(io.Discard, record.Options{Sync: record.AtOnce}).Decided("", c, d); err == nil {
		t.Error("what cannot be synced is written")
	}
}
