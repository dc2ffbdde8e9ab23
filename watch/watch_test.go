package watch_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
	"github.com/ctl-lang/ctl/watch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// speedRules are rules with a limit of so many km/h.
func speedRules(limit int) string {
	return fmt.Sprintf(`outcomes deny > permit
kind Car { speed: speed }
role car: Car
policy road {
  fast: deny any when car.speed > %d kmh
  otherwise permit
}
test "on foot" under road { given car.speed = 5 kmh expect permit }
claim "nobody flies" under road: always deny when car.speed > 1000 kmh
`, limit)
}

// limit is what the rules that serve say.
func limit(t testing.TB, prog *interp.Program) string {
	t.Helper()
	p, err := prog.Policy("road")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(p.Rules()[0].Text(), "> ")
	return text
}

// events collects what the hooks are told.
type events struct {
	changed chan *watch.Change
	refused chan error
}

func newEvents() *events {
	return &events{make(chan *watch.Change, 100), make(chan error, 100)}
}

// hooks are options that tell nobody but the events, and look only when told.
func (e *events) hooks() watch.Options {
	return watch.Options{
		Changed: func(c *watch.Change) { e.changed <- c }, Refused: func(err error) { e.refused <- err },
		Settle: 10 * time.Millisecond, Poll: time.Hour,
	}
}

// long is how long something that is to happen may take before the test gives up.
const long = 30 * time.Second

// now waits for a version to serve.
func (e *events) now(t *testing.T, w *watch.Watcher, want string) {
	t.Helper()
	for {
		select {
		case c := <-e.changed:
			if limit(t, c.New) == want {
				if got := limit(t, w.Program()); got != want {
					t.Errorf("%s serves after the change to %s", got, want)
				}
				return
			}
		case <-e.refused: // a file that was half written, or not there for a moment
		case <-time.After(long):
			t.Fatalf("the rules do not change to %s", want)
		}
	}
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func files(t *testing.T, o watch.Options, names ...string) *watch.Watcher {
	t.Helper()
	w, err := watch.Files(o, names...)
	must(t, err)
	t.Cleanup(func() { must(t, w.Close()) })
	return w
}

// However a file is replaced, the new one is found, and the one after it too.
func TestReplacedFiles(t *testing.T) {
	for _, row := range []struct {
		name    string
		replace func(t *testing.T, dir, text string)
	}{
		{"written in place", func(t *testing.T, dir, text string) {
			write(t, filepath.Join(dir, "rules.ctl"), text)
		}},
		{"renamed over", func(t *testing.T, dir, text string) {
			write(t, filepath.Join(dir, ".rules.ctl.swp"), text)
			must(t, os.Rename(filepath.Join(dir, ".rules.ctl.swp"), filepath.Join(dir, "rules.ctl")))
		}},
		{"moved away and written anew", func(t *testing.T, dir, text string) {
			must(t, os.Rename(filepath.Join(dir, "rules.ctl"), filepath.Join(dir, "rules.ctl~")))
			write(t, filepath.Join(dir, "rules.ctl"), text)
		}},
		{"deleted and created", func(t *testing.T, dir, text string) {
			must(t, os.Remove(filepath.Join(dir, "rules.ctl")))
			write(t, filepath.Join(dir, "rules.ctl"), text)
		}},
		{"the folder replaced", func(t *testing.T, dir, text string) {
			write(t, filepath.Join(dir+".new", "rules.ctl"), text)
			must(t, os.RemoveAll(dir+".old"))
			must(t, os.Rename(dir, dir+".old"))
			must(t, os.Rename(dir+".new", dir))
		}},
		{"the folder deleted and created", func(t *testing.T, dir, text string) {
			must(t, os.RemoveAll(dir))
			write(t, filepath.Join(dir, "rules.ctl"), text)
		}},
	} {
		for _, whole := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, whole folder %t", row.name, whole), func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "rules")
				file := filepath.Join(dir, "rules.ctl")
				write(t, file, speedRules(100))
				name := file
				if whole {
					name = dir
				}
				e := newEvents()
				w := files(t, e.hooks(), name)
				for _, n := range []int{110, 120, 130} {
					row.replace(t, dir, speedRules(n))
					e.now(t, w, fmt.Sprintf("%d kmh", n))
				}
			})
		}
	}
}

// A config map of Kubernetes is a folder of links through ..data, a link to a folder with
// the files of one version; a new version is a new folder, and ..data is renamed over.
func TestConfigMap(t *testing.T) {
	for _, whole := range []bool{false, true} {
		t.Run(fmt.Sprintf("whole folder %t", whole), func(t *testing.T) {
			mount := filepath.Join(t.TempDir(), "config")
			version := func(n int) {
				t.Helper()
				folder := fmt.Sprintf("..2025_%d", n)
				write(t, filepath.Join(mount, folder, "rules.ctl"), speedRules(n))
				must(t, os.Symlink(folder, filepath.Join(mount, "..data_tmp")))
				old, _ := os.Readlink(filepath.Join(mount, "..data"))
				must(t, os.Rename(filepath.Join(mount, "..data_tmp"), filepath.Join(mount, "..data")))
				if old != "" {
					must(t, os.RemoveAll(filepath.Join(mount, old)))
				}
			}
			version(100)
			must(t, os.Symlink(filepath.Join("..data", "rules.ctl"), filepath.Join(mount, "rules.ctl")))
			name := filepath.Join(mount, "rules.ctl")
			if whole {
				name = mount
			}
			e := newEvents()
			w := files(t, e.hooks(), name)
			for _, n := range []int{110, 120, 130} {
				version(n)
				e.now(t, w, fmt.Sprintf("%d kmh", n))
			}
		})
	}
}

// A link to a whole folder may lead elsewhere tomorrow, and links to links too.
func TestLinkedFolder(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []int{100, 110, 120} {
		write(t, filepath.Join(dir, fmt.Sprint("v", n), "rules.ctl"), speedRules(n))
	}
	point := func(n int) {
		t.Helper()
		must(t, os.Symlink(filepath.Join(dir, fmt.Sprint("v", n)), filepath.Join(dir, "tmp")))
		must(t, os.Rename(filepath.Join(dir, "tmp"), filepath.Join(dir, "current")))
	}
	point(100)
	must(t, os.Symlink("current", filepath.Join(dir, "rules")))
	e := newEvents()
	w := files(t, e.hooks(), filepath.Join(dir, "rules", "rules.ctl"))
	for _, n := range []int{110, 120} {
		point(n)
		e.now(t, w, fmt.Sprintf("%d kmh", n))
	}
	write(t, filepath.Join(dir, "v120", "rules.ctl"), speedRules(130))
	e.now(t, w, "130 kmh")
}

// Files that are used are watched where they are, new ones of a folder too, and so are
// files that are missing.
func TestUsedFiles(t *testing.T) {
	dir := t.TempDir()
	rules := filepath.Join(dir, "rules")
	main := func(limit int) string {
		return "use \"../lib/cars.ctl\"\nuse \"../lib/more.ctl\"\n" + strings.Replace(speedRules(limit), "kind Car { speed: speed }\nrole car: Car\n", "", 1)
	}
	cars := "kind Car { speed: speed }\nkind Owner = text\nrole car: Car\nrole by owner: Owner\ngroup Banned of Owner from \"banned.csv\"\n"
	write(t, filepath.Join(rules, "rules.ctl"), main(100))
	write(t, filepath.Join(dir, "lib", "cars.ctl"), cars)
	write(t, filepath.Join(dir, "lib", "more.ctl"), "")
	write(t, filepath.Join(dir, "lib", "banned.csv"), "Toad\n")
	e := newEvents()
	w := files(t, e.hooks(), rules)
	version := w.Program().Version()
	changes := func(what string, happen func()) {
		t.Helper()
		happen()
		select {
		case c := <-e.changed:
			if c.Old.Version() != version || c.New.Version() == version || w.Program() != c.New {
				t.Errorf("%s: from %s to %s", what, c.Old.Version(), c.New.Version())
			}
			version = c.New.Version()
		case err := <-e.refused:
			t.Fatalf("%s: %v", what, err)
		case <-time.After(long):
			t.Fatalf("%s: no change is seen", what)
		}
	}
	changes("a data file", func() {
		write(t, filepath.Join(dir, "tmp"), "Toad\nRat\n")
		must(t, os.Rename(filepath.Join(dir, "tmp"), filepath.Join(dir, "lib", "banned.csv")))
	})
	changes("a used file", func() {
		write(t, filepath.Join(dir, "tmp"), cars+"# more\n")
		must(t, os.Rename(filepath.Join(dir, "tmp"), filepath.Join(dir, "lib", "cars.ctl")))
	})
	changes("a new file", func() {
		write(t, filepath.Join(dir, "tmp"), "policy other { deny }\n")
		must(t, os.Rename(filepath.Join(dir, "tmp"), filepath.Join(rules, "other.ctl")))
	})
	changes("a file less", func() { must(t, os.Remove(filepath.Join(rules, "other.ctl"))) })

	must(t, os.Remove(filepath.Join(dir, "lib", "more.ctl")))
	select {
	case err := <-e.refused:
		if !strings.Contains(err.Error(), "there is no file lib/more.ctl") && !strings.Contains(err.Error(), "more.ctl") {
			t.Error(err)
		}
	case <-time.After(long):
		t.Fatal("the missing file is not missed")
	}
	if w.Program().Version() != version {
		t.Error("another version serves")
	}
	changes("the missing file", func() {
		write(t, filepath.Join(dir, "tmp"), "# here again\n")
		must(t, os.Rename(filepath.Join(dir, "tmp"), filepath.Join(dir, "lib", "more.ctl")))
	})
}

// Names of files and tests steer no terminal in the reasons for which a version is refused.
func TestErrorsAreText(t *testing.T) {
	const name = "\x1b[2J\u009b31m\u202e.ctl"
	files := fstest.MapFS{name: {Data: []byte("outcomes deny > permit\npolicy p { deny }\ntest \"\\u{9b}31m\" under p { expect permit }\n")}}
	_, err := watch.FS(files, watch.Options{Tests: true, Settle: time.Nanosecond}, name)
	var refused *watch.Refused
	if !errors.As(err, &refused) || len(refused.Tests) != 1 || strings.ContainsAny(err.Error(), "\x1b\u009b\u202e") {
		t.Errorf("%q", err)
	}
}

// A version that is no good is refused with all its reasons, and the old one serves.
func TestRefused(t *testing.T) {
	good := speedRules(100)
	for _, row := range []struct {
		name, text string
		codes      []code.Code
		tests      []string
		claims     []string
		accept     bool // it is Accept that refuses
		empty      bool // there is nothing to decide by
	}{
		{name: "misspelt", text: strings.ReplaceAll(good, "deny any when car", "deney any when care"), codes: []code.Code{code.UnknownOutcome, code.UnknownName}},
		{name: "half a file", text: good[:strings.Index(good, "otherwise")], codes: []code.Code{code.Unclosed}},
		{name: "a failing test", text: strings.Replace(good, "> 100 kmh", "> 1 kmh", 1), tests: []string{"on foot"}},
		{name: "a refuted claim", text: strings.Replace(good, "> 100 kmh", "> 2000 kmh", 1), claims: []string{"nobody flies"}},
		{name: "empty, as a file is that is just being written", text: "", empty: true},
		{name: "both", text: strings.Replace(good, "fast: deny", "deny any when car.speed < 10 kmh  fast: permit", 1), tests: []string{"on foot"}, claims: []string{"nobody flies"}},
		{name: "not accepted", text: strings.ReplaceAll(good, "road", "street"), accept: true},
	} {
		t.Run(row.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "rules.ctl")
			write(t, file, good)
			e := newEvents()
			o := e.hooks()
			o.Tests, o.Claims = true, true
			wanting := errors.New("there is no policy road")
			o.Accept = func(p *interp.Program) error {
				if row.empty {
					return nil
				}
				if _, err := p.Policy("road"); err != nil {
					return wanting
				}
				return nil
			}
			w := files(t, o, file)
			write(t, file, row.text)
			err := w.Reload()
			var refused *watch.Refused
			if !errors.As(err, &refused) {
				t.Fatalf("the error is %v", err)
			}
			if again := w.Reload(); again != err {
				t.Errorf("looked at again it is %v", again)
			}
			var ds lang.Diagnostics
			errors.As(err, &ds)
			for _, c := range row.codes {
				found := false
				for _, d := range ds {
					found = found || d.Code == c
				}
				if !found {
					t.Errorf("%s is not among %v", c, ds)
				}
			}
			if row.empty != strings.Contains(err.Error(), "hold no policy any more") {
				t.Errorf("the error is %v", err)
			}
			if (len(row.codes) > 0) != ds.HasErrors() || errors.Is(err, wanting) != row.accept {
				t.Errorf("the error is %v", err)
			}
			var tests, claims []string
			for _, r := range refused.Tests {
				tests = append(tests, r.Test.Name)
			}
			for _, p := range refused.Claims {
				claims = append(claims, p.Claim.Name)
			}
			if diff := cmp.Diff(row.tests, tests) + cmp.Diff(row.claims, claims); diff != "" {
				t.Error(diff)
			}
			for _, name := range append(tests, claims...) {
				if !strings.Contains(err.Error(), name) {
					t.Errorf("%s is not named in: %v", name, err)
				}
			}
			if got := limit(t, w.Program()); got != "100 kmh" {
				t.Errorf("%s serves", got)
			}
			write(t, file, speedRules(90))
			must(t, w.Reload())
			if got := limit(t, w.Program()); got != "90 kmh" {
				t.Errorf("after the repair %s serves", got)
			}
		})
	}
}

// There is no watcher without a version to begin with.
func TestFirstVersion(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rules.ctl")
	var refused *watch.Refused
	if _, err := watch.Files(watch.Options{}, file); !errors.As(err, &refused) || strings.Contains(err.Error(), "new version") {
		t.Errorf("a missing file: %v", err)
	}
	write(t, file, strings.Replace(speedRules(100), "> 100 kmh", "> 1 kmh", 1))
	if _, err := watch.Files(watch.Options{Tests: true}, file); !errors.As(err, &refused) || len(refused.Tests) != 1 {
		t.Errorf("a failing test: %v", err)
	}
	if _, err := watch.FS(os.DirFS(filepath.Dir(file)), watch.Options{Tests: true}, "rules.ctl"); !errors.As(err, &refused) {
		t.Errorf("a failing test in a file system: %v", err)
	}
}

// What a change changes is told, of the policies asked for.
func TestDiffs(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "rules.ctl")
	write(t, file, speedRules(100)+"policy gone { deny }\npolicy same { deny }\n")
	e := newEvents()
	o := e.hooks()
	o.Compare = []string{"road", "same", "gone", "new"}
	w := files(t, o, file)
	write(t, file, speedRules(120)+"policy same { deny }\npolicy new { permit }\n")
	must(t, w.Reload())
	c := <-e.changed
	if limit(t, c.Old) != "100 kmh" || limit(t, c.New) != "120 kmh" || len(c.Diffs) != 4 {
		t.Fatalf("%+v", c)
	}
	road := c.Diffs[0]
	if road.Err != nil || road.Difference.Equal || len(road.Difference.Changes) != 1 {
		t.Fatalf("%+v", road)
	}
	change := road.Difference.Changes[0]
	if change.From.Name() != "deny" || change.To.Name() != "permit" || change.Direction != analysis.Looser || change.Groups[0].When != "car.speed > 100 kmh and car.speed <= 120 kmh" {
		t.Errorf("%s -> %s, %s: %s", change.From.Name(), change.To.Name(), change.Direction, change.Groups[0].When)
	}
	if same := c.Diffs[1]; same.Err != nil || !same.Difference.Equal {
		t.Errorf("%+v", same)
	}
	for i, version := range []string{"new", "old"} {
		d := c.Diffs[2+i]
		if d.Difference != nil || d.Err == nil || !strings.Contains(d.Err.Error(), "the "+version+" version: there is no policy `"+d.Policy+"`") {
			t.Errorf("%s: %v", d.Policy, d.Err)
		}
	}

	// Where the vocabularies do not fit, the new version serves all the same.
	write(t, file, strings.ReplaceAll(speedRules(130), "car.speed", "car.velocity"))
	if err := w.Reload(); err == nil {
		t.Fatal("the file is no good, and is taken")
	}
	write(t, file, strings.NewReplacer("car.speed", "car.velocity", "{ speed: speed }", "{ velocity: speed }").Replace(speedRules(130)))
	must(t, w.Reload())
	var ds lang.Diagnostics
	if d := (<-e.changed).Diffs[0]; !errors.As(d.Err, &ds) {
		t.Errorf("%+v", d)
	}
}

// memory is a file system that changes while it is read.
type memory struct {
	mu    sync.Mutex
	files fstest.MapFS
	reads int
}

func (m *memory) Open(name string) (fs.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	return m.files.Open(name)
}

func (m *memory) put(name, text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := fstest.MapFS{}
	for n, f := range m.files {
		next[n] = f
	}
	next[name] = &fstest.MapFile{Data: []byte(text)}
	m.files = next
}

// A file system is looked at every now and then.
func TestFS(t *testing.T) {
	m := &memory{}
	m.put("rules/rules.ctl", speedRules(100))
	e := newEvents()
	o := e.hooks()
	o.Poll = time.Millisecond
	w, err := watch.FS(m, o, "rules")
	must(t, err)
	defer w.Close()
	for _, n := range []int{110, 120} {
		m.put("rules/rules.ctl", speedRules(n))
		e.now(t, w, fmt.Sprintf("%d kmh", n))
	}
	m.put("rules/rules.ctl", "policy")
	select {
	case <-e.refused:
	case <-time.After(long):
		t.Fatal("the bad version is not refused")
	}
	if got := limit(t, w.Program()); got != "120 kmh" {
		t.Errorf("%s serves", got)
	}
	// Looked at again and again, the bad version is told once.
	m.mu.Lock()
	reads := m.reads
	m.mu.Unlock()
	for {
		m.mu.Lock()
		done := m.reads > reads+20
		m.mu.Unlock()
		if done {
			break
		}
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-e.refused:
		t.Errorf("told again: %v", err)
	default:
	}
}

// While versions come and go, readers decide, each by one whole version, and never wait.
func TestReadersUnderLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rules.ctl")
	write(t, file, speedRules(100))
	o := newEvents().hooks()
	o.Changed, o.Refused = nil, nil
	w, err := watch.Files(o, file)
	must(t, err)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				prog := w.Program()
				p, err := prog.Policy("road")
				if err != nil {
					t.Error(err)
					return
				}
				c := prog.NewCase()
				if err := c.Tell("car.speed = 50 kmh"); err != nil {
					t.Error(err)
					return
				}
				if d, err := p.Decide(t.Context(), c); err != nil || d.Answer() != "permit" {
					t.Errorf("%v %v", d, err)
					return
				}
			}
		})
	}
	for n := 101; n < 141; n++ {
		write(t, file+".new", speedRules(n))
		must(t, os.Rename(file+".new", file))
		must(t, w.Reload())
		if got := limit(t, w.Program()); got != fmt.Sprintf("%d kmh", n) {
			t.Errorf("%s serves, and not %d", got, n)
		}
	}
	close(stop)
	readers.Wait()
	must(t, w.Close())
	must(t, w.Close())
	if got := limit(t, w.Program()); got != "140 kmh" {
		t.Errorf("after closing %s serves", got)
	}
}

// Several writes, one upon the other, make one version.
func TestSettles(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits")
	}
	file := filepath.Join(t.TempDir(), "rules.ctl")
	write(t, file, speedRules(100))
	e := newEvents()
	o := e.hooks()
	o.Settle = 2 * time.Second
	w := files(t, o, file)
	for n := 101; n <= 110; n++ {
		write(t, file, speedRules(n))
	}
	select {
	case c := <-e.changed:
		if limit(t, c.Old) != "100 kmh" || limit(t, c.New) != "110 kmh" || c.New != w.Program() {
			t.Errorf("from %s to %s", limit(t, c.Old), limit(t, c.New))
		}
	case <-time.After(long):
		t.Fatal("no change is seen")
	}
}
