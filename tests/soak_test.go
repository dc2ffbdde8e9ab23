package tests

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/record"
	"github.com/ctl-lang/ctl/watch"
)

// soak is a service as it runs for months: it decides by JSON and by a case, records each
// decision, takes new versions of its rules and tells what they change, all at once.
type soak struct {
	t       *testing.T
	rules   *watch.Watcher
	records *rotating
	log     *record.Writer
	decided atomic.Int64
	ids     atomic.Int64
	diffs   atomic.Int64

	mu     sync.Mutex
	served []*interp.Program // the last ones, of which what is not read back yet may be
}

// rotating is a file of records that can be taken away while others write.
type rotating struct {
	dir     string
	mu      sync.Mutex
	file    *os.File
	written int
	number  int
}

func (r *rotating) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.written++
	return r.file.Write(line)
}

// take gives the file so far and the number of its records, and begins another.
func (r *rotating) take(t *testing.T) (name string, written int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file != nil {
		name, written = r.file.Name(), r.written
		must(t, r.file.Close())
	}
	var err error
	r.number++
	r.file, err = os.Create(filepath.Join(r.dir, fmt.Sprint("records.", r.number)))
	must(t, err)
	r.written = 0
	return name, written
}

// soakRules are the two files of a version. A mix of two versions answers as neither does.
func soakRules(version int) map[string]string {
	return map[string]string{
		"marks.ctl": fmt.Sprintf("term Marked of Item: m = %d\n", version),
		"rules.ctl": fmt.Sprintf("# version %d\n", version) + `use "marks.ctl"
outcomes deny > permit
kind Item { n: number  m: number  name: text }
role item: Item
policy p {
  ` + fmt.Sprintf("large: deny when item.n > %d", version) + `
  marked: deny when Marked
  named: deny when item.name like "*secret*"
  otherwise permit
}
test "large" under p {
  given item.n = 1000000000
  expect deny
}
`,
	}
}

func putRules(t *testing.T, dir string, version int) {
	for name, text := range soakRules(version) {
		must(t, os.WriteFile(filepath.Join(dir, "new"), []byte(text), 0o600))
		must(t, os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, name)))
	}
}

var versionLine = regexp.MustCompile(`^# version (\d+)`)

func versionOf(prog *interp.Program) int {
	for _, s := range prog.Sources() {
		if m := versionLine.FindStringSubmatch(s.Text); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}

// program is the version that serves.
func (s *soak) program() (*interp.Program, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	prog := s.rules.Program()
	if !slices.Contains(s.served, prog) {
		s.served = append(s.served, prog)
		s.served = s.served[max(0, len(s.served)-30):]
	}
	return prog, versionOf(prog)
}

// under is the policy that made a record.
func (s *soak) under(r *record.Record) (*interp.Policy, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, prog := range s.served {
		if prog.Version() == r.Version {
			return prog.Policy(r.Policy)
		}
	}
	return nil, fmt.Errorf("nothing is known of version %s", r.Version)
}

// decide decides cases, now as JSON that a bound policy reads and now as a Case, and records them.
func (s *soak) decide(ctx context.Context) {
	for ctx.Err() == nil {
		prog, version := s.program()
		p, err := prog.Policy("p")
		if err != nil {
			s.t.Error(err)
			return
		}
		bound, err := interp.Bind[interp.JSON](p)
		if err != nil {
			s.t.Error(err)
			return
		}
		for range 200 {
			n, m := version+rand.IntN(5)-2, version+rand.IntN(5)-2
			name := []string{"plain", "a secret one", fmt.Sprint("item ", rand.IntN(1_000_000))}[rand.IntN(3)]
			facts := interp.JSON(fmt.Sprintf(`{"item": {"n": %d, "m": %d, "name": %q}}`, n, m, name))
			want := "permit"
			if n > version || m == version || name == "a secret one" {
				want = "deny"
			}
			s.one(ctx, p, bound, facts, want)
		}
		runtime.Gosched()
	}
}

// one decides one case twice over and records it.
func (s *soak) one(ctx context.Context, p *interp.Policy, bound *interp.Bound[interp.JSON], facts interp.JSON, want string) {
	c := p.Program().NewCase()
	if err := c.ReadJSON(context.WithoutCancel(ctx), "facts", facts); err != nil {
		s.t.Error(err)
		return
	}
	d, err := p.Decide(context.WithoutCancel(ctx), c)
	if err != nil || d.Answer() != want {
		s.t.Errorf("%s: %v %v, and not %s", facts, d, err, want)
		return
	}
	if b, err := bound.Decide(&facts); err != nil || b.Answer() != want {
		s.t.Errorf("%s, bound: %v %v, and not %s", facts, b, err, want)
	}
	if err := s.log.Decided(fmt.Sprint(s.ids.Add(1)), c, d); err != nil {
		s.t.Error(err)
	}
	s.decided.Add(1)
}

// readBack decides the records so far again, each under its own version.
func (s *soak) readBack() {
	name, written := s.records.take(s.t)
	f, err := os.Open(name)
	must(s.t, err)
	defer os.Remove(name)
	defer f.Close()
	replay := record.NewReplayUnder(f, s.under)
	for change, err := range replay.Changes(s.t.Context()) {
		s.t.Errorf("%+v %v", change, err)
	}
	if got := (record.Counts{Same: written}); replay.Counts() != got {
		s.t.Errorf("of %d records %+v", written, replay.Counts())
	}
}

// TestSoak runs such a service until three versions have served, or as long as CTL_SOAK says, such
// as 1h: every answer is that of one version, every record is read back as it was decided, every
// change is told, and in the last quarter of a long run it takes no more memory than in the second.
func TestSoak(t *testing.T) {
	length := time.Duration(0)
	if s := os.Getenv("CTL_SOAK"); s != "" {
		var err error
		length, err = time.ParseDuration(s)
		must(t, err)
	}
	dir := t.TempDir()
	putRules(t, dir, 100)
	s := &soak{t: t, records: &rotating{dir: t.TempDir()}}
	s.records.take(t)
	s.log = record.NewWriter(s.records, record.Options{})
	var err error
	s.rules, err = watch.Files(watch.Options{Settle: time.Millisecond, Tests: true, Compare: []string{"p"}, Changed: func(c *watch.Change) {
		s.diffs.Add(1)
		if d := c.Diffs[0]; d.Err != nil || len(d.Difference.Changes) == 0 {
			t.Errorf("from version %d to %d nothing changes: %v", versionOf(c.Old), versionOf(c.New), d.Err)
		}
	}, Refused: func(err error) { t.Error(err) }}, filepath.Join(dir, "rules.ctl"))
	must(t, err)

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var deciding sync.WaitGroup
	for range 2 {
		deciding.Go(func() { s.decide(ctx) })
	}
	var memory []uint64
	began, goroutines := time.Now(), 0
	for version := 101; version < 104 || time.Since(began) < length; version++ {
		putRules(t, dir, version)
		must(t, s.rules.Reload())
		if got := versionOf(s.rules.Program()); got != version {
			t.Errorf("version %d serves, and not %d", got, version)
		}
		s.readBack()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		memory = append(memory, m.HeapAlloc)
		if version == 103 {
			goroutines = runtime.NumGoroutine()
		}
		if t.Failed() {
			break
		}
	}
	after := runtime.NumGoroutine()
	stop()
	deciding.Wait()
	s.readBack()
	must(t, s.rules.Close())

	t.Logf("%s: %d decisions twice, each recorded and read back; %d versions, %d of them compared with the one before",
		time.Since(began).Round(time.Second), s.decided.Load(), len(memory)+1, s.diffs.Load())
	if s.decided.Load() == 0 || s.diffs.Load() < 3 {
		t.Error("too little was done")
	}
	if after > goroutines+2 {
		t.Errorf("%d goroutines, where %d were at the beginning", after, goroutines)
	}
	if quarter := len(memory) / 4; quarter >= 20 {
		second, last := slices.Max(memory[quarter:2*quarter]), slices.Max(memory[3*quarter:])
		t.Logf("memory in use: at most %.1f MB in the second quarter, %.1f MB in the last", float64(second)/1e6, float64(last)/1e6)
		if last > second+second/4 {
			t.Error("memory grows")
		}
	}
}
