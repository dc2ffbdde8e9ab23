package watch_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/watch"
)

var parts = []string{"a.ctl", "b.ctl", "c.ctl"}

// part is one of the three files of a version. Files of several versions make rules, too.
func part(name string, version int) string {
	text := fmt.Sprintf("# version %d\n%s", version, strings.Repeat("# …\n", 3000))
	if name != "a.ctl" {
		return text + fmt.Sprintf("term Mark_%c of Item: n = %d\n", name[0], version)
	}
	return text + "use \"b.ctl\"\nuse \"c.ctl\"\noutcomes deny > permit\nkind Item { n: number }\nrole item: Item\npolicy p { deny when Mark_b or Mark_c otherwise permit }\n"
}

// versionsOf are those of the files that make a program.
func versionsOf(t testing.TB, prog *interp.Program) []int {
	var list []int
	for _, s := range prog.Sources() {
		if m := regexp.MustCompile(`^# version (\d+)`).FindStringSubmatch(s.Text); m != nil {
			n, err := strconv.Atoi(m[1])
			must(t, err)
			list = append(list, n)
		}
	}
	return list
}

// untilServes waits until a version serves whose files are left alone. However busy the
// machine, it does within a minute.
func untilServes(t testing.TB, w *watch.Watcher, version int) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if versionsOf(t, w.Program())[0] == version {
			return
		}
	}
	t.Fatalf("%v serve a minute after version %d was written", versionsOf(t, w.Program()), version)
}

// However several files are replaced, and whoever asks for it, what serves is of one version.
// CTL_VERSIONS writes more of them.
func TestNoMix(t *testing.T) {
	versions := 12
	if s := os.Getenv("CTL_VERSIONS"); s != "" {
		versions, _ = strconv.Atoi(s)
	}
	put := func(t testing.TB, dir string, version int) {
		for _, name := range parts {
			write(t, filepath.Join(dir, name), part(name, version))
		}
	}
	for _, row := range []struct {
		name  string
		write func(t testing.TB, dir string, version int)
	}{
		{"a link to a folder of files", func(t testing.TB, dir string, version int) {
			put(t, filepath.Join(dir, fmt.Sprint("v", version)), version)
			must(t, os.Symlink(fmt.Sprint("v", version), filepath.Join(dir, "..data_tmp")))
			must(t, os.Rename(filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data")))
			must(t, os.RemoveAll(filepath.Join(dir, fmt.Sprint("v", version-2))))
		}},
		{"each renamed", func(t testing.TB, dir string, version int) {
			put(t, filepath.Join(dir, "tmp"), version)
			must(t, os.MkdirAll(filepath.Join(dir, "..data"), 0o777))
			for _, name := range parts {
				must(t, os.Rename(filepath.Join(dir, "tmp", name), filepath.Join(dir, "..data", name)))
			}
		}},
		{"written in place", func(t testing.TB, dir string, version int) { put(t, filepath.Join(dir, "..data"), version) }},
	} {
		for _, settle := range []time.Duration{time.Nanosecond, 50 * time.Millisecond} {
			reload := settle < time.Millisecond
			t.Run(fmt.Sprintf("%s, %s", row.name, settle), func(t *testing.T) {
				dir := t.TempDir()
				row.write(t, dir, 1)
				for _, name := range parts {
					must(t, os.Symlink(filepath.Join("..data", name), filepath.Join(dir, name)))
				}
				served := 0
				o := watch.Options{Settle: settle, Poll: 13 * time.Millisecond, Changed: func(c *watch.Change) {
					served++
					if list := versionsOf(t, c.New); len(list) != 3 || list[0] != list[1] || list[1] != list[2] {
						t.Errorf("what serves is of the versions %v", list)
					}
				}}
				w, err := watch.Files(o, filepath.Join(dir, "a.ctl"))
				must(t, err)
				var reloads sync.WaitGroup
				for v := 2; v <= versions; v++ {
					row.write(t, dir, v)
					if reload && v%5 == 0 {
						reloads.Go(func() { _ = w.Reload() }) // the files may keep changing
					}
					if v%6 == 0 { // left alone until it serves
						untilServes(t, w, v)
						continue
					}
					time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
				}
				reloads.Wait()
				must(t, w.Reload())
				must(t, w.Close())
				if got := versionsOf(t, w.Program()); got[0] != versions || served < 2 {
					t.Errorf("at the end %v serves, of %d; %d have served", got, versions, served)
				}
			})
		}
	}
}

// restless is a file system in which a file has another text each time.
type restless struct {
	fstest.MapFS
	reads int
	rest  bool
}

func (r *restless) Open(name string) (fs.File, error) {
	data := r.MapFS[name].Data
	if r.reads++; !r.rest {
		data = fmt.Appendf(nil, "%s# %d\n", data, r.reads)
	}
	return fstest.MapFS{name: {Data: data}}.Open(name)
}

// Files that are never the same twice make no version, and Reload says so.
func TestRestless(t *testing.T) {
	r := &restless{MapFS: fstest.MapFS{"rules.ctl": {Data: []byte(speedRules(100))}}}
	o := newEvents().hooks()
	o.Settle = time.Nanosecond
	if _, err := watch.FS(r, o, "rules.ctl"); err == nil || !strings.Contains(err.Error(), "keep changing") {
		t.Errorf("the error is %v", err)
	}
	r.rest = true
	e := newEvents()
	o = e.hooks()
	w, err := watch.FS(r, o, "rules.ctl")
	must(t, err)
	defer w.Close()
	r.rest = false
	for range 2 {
		if err := w.Reload(); err == nil || !strings.Contains(err.Error(), "keep changing") {
			t.Errorf("the error is %v", err)
		}
	}
	if len(e.refused) != 1 {
		t.Errorf("it is told %d times", len(e.refused))
	}
	r.rest = true
	must(t, w.Reload())
}

// A file of no end is refused, as far as it was read, and another time at once.
func TestEndlessFile(t *testing.T) {
	if _, err := os.Stat("/proc/self/pagemap"); err != nil {
		t.Skip("NOT TESTED: there is no file of no end here: ", err)
	}
	proc, err := os.OpenRoot("/proc/self")
	must(t, err)
	defer proc.Close()
	o := watch.Options{Load: interp.Options{Limits: interp.Limits{Bytes: 1 << 20}}, Settle: time.Nanosecond}
	for name, start := range map[string]func() (*watch.Watcher, error){
		"in a file system": func() (*watch.Watcher, error) { return watch.FS(proc.FS(), o, "pagemap") },
		"of the machine":   func() (*watch.Watcher, error) { return watch.Files(o, "/proc/self/pagemap") },
	} {
		if _, err := start(); err == nil || !strings.Contains(err.Error(), "is larger than 1 MiB") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
