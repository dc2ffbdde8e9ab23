package tests

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const module = "github.com/ctl-lang/ctl"

// pkg is what go list says of a package.
type pkg struct {
	ImportPath string
	Standard   bool
	Module     struct{ Path string }
	Imports    []string
	Dir        string
	GoFiles    []string
}

// arrows are the packages of the project that each of its packages may import: what
// stands below it. A package that is not named here may not exist.
var arrows = map[string][]string{
	"internal/num":             {},
	"internal/addr":            {"internal/num"},
	"internal/dd":              {},
	"internal/match":           {},
	"internal/automaton":       {},
	"internal/namefold":        {}, // which writings of a name are one
	"internal/namefold/gen":    {},
	"internal/screen":          {"internal/namefold"}, // which listed names a name is much like
	"internal/table":           {},
	"internal/osfile":          {},
	"internal/book":            {"internal/plain"},         // spreadsheets
	"internal/convert":         {"lang", "internal/plain"}, // decision tables and policies of others
	"internal/plain":           {},                         // what a text of others may hold where it is shown
	"internal/looks":           {},                         // what a reader sees of a name
	"internal/zone":            {},
	"internal/zone/gen":        {},
	"stdlib":                   {"internal/num", "internal/zone"},
	"lang/code":                {},
	"lang":                     {"lang/code", "internal/addr", "internal/num", "internal/plain"},
	"internal/oracle":          {"lang", "stdlib", "internal/num"}, // what tests hold the engines to: nothing of interp
	"internal/randpolicy":      {"internal/oracle"},                // random rule files for the tests of several packages
	"interp":                   {"lang", "lang/code", "stdlib", "internal/addr", "internal/automaton", "internal/dd", "internal/match", "internal/namefold", "internal/num", "internal/plain", "internal/screen", "internal/table", "internal/zone"},
	"analysis":                 {"interp", "lang", "lang/code", "internal/dd", "internal/looks"},
	"record":                   {"interp", "lang", "lang/code", "internal/plain", "internal/sensitive"}, // what is written and read back: files and time stay out of interp
	"watch":                    {"analysis", "interp", "internal/osfile", "internal/plain"},             // what reads files again, and runs in the background
	"internal/gen":             {"interp", "lang"},
	"rules":                    {},
	"internal/render":          {"analysis", "interp", "lang", "lang/code", "internal/plain"},
	"internal/sensitive":       {"interp"}, // which facts are not written in clear
	"internal/interview":       {"interp", "lang", "lang/code", "internal/plain", "internal/sensitive"},
	"internal/cli":             {"analysis", "interp", "lang", "lang/code", "internal/book", "internal/convert", "internal/osfile", "internal/gen", "internal/interview", "internal/plain", "internal/render", "internal/repl", "internal/sensitive", "internal/session", "internal/table", "rules"},
	"internal/repl":            {"internal/session", "internal/interview", "internal/osfile", "internal/plain", "internal/render", "lang", "lang/code"},                                           // the terminal
	"internal/session":         {"analysis", "interp", "lang", "lang/code", "internal/osfile", "internal/interview", "internal/plain", "internal/render", "internal/sensitive", "internal/table"}, // no terminal
	"cli":                      {"internal/cli", "interp"},                                                                                                                                        // the commands, for programs that bring functions of their own
	"cmd/ctl":                  {"cli", "interp"},
	"cmd/ctlrepl":              {"internal/cli"},
	"tests/examples/access":    {"interp"},
	"tests/examples/licensing": {"interp", "lang", "record", "watch"},
	"tests/examples/screening": {"interp"},
	"tests":                    {},

	// What is generated from the rules that are shipped, and from one file with everything.
	"internal/gen/internal/mtcr":  {"interp"},
	"internal/gen/internal/every": {"interp"},
}

// outside are the modules of others that a package may import. What interp and
// analysis pull in is what everybody who embeds Ctl downloads and compiles.
var outside = map[string][]string{
	"lang":            {"github.com/alecthomas/participle/v2"},
	"internal/looks":  {"go.mau.fi/util/confusable"},
	"analysis":        {"golang.org/x/text/unicode/norm"},
	"watch":           {"github.com/fsnotify/fsnotify"},
	"internal/render": {"github.com/rivo/uniseg"},
	"internal/cli":    {"github.com/alecthomas/kong", "github.com/mattn/go-isatty", "github.com/rogpeppe/go-internal/diff"},
	"internal/repl":   {"github.com/chzyer/readline"},
	"internal/book":   {"github.com/xuri/excelize/v2", "github.com/xuri/nfp"},

	"internal/convert": {"github.com/cedar-policy/cedar-go"},

	"internal/namefold/gen": {"golang.org/x/text/cases", "golang.org/x/text/unicode/norm"}, // what writes its table

	"internal/randpolicy": {"pgregory.net/rapid"}, // whose random values tests are made of
}

func list(t *testing.T, args ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Standard,Module,Imports,Dir,GoFiles"}, args...)...)
	cmd.Dir = ".."
	out, err := cmd.Output()
	var ee *exec.ExitError
	if errors.As(err, &ee) {
		t.Fatalf("go list: %s", ee.Stderr)
	}
	if err != nil {
		t.Fatal(err)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

// TestArrows holds every package to what it may import.
func TestArrows(t *testing.T) {
	for _, p := range list(t, "./...") {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		below, known := arrows[name]
		if !known {
			t.Errorf("%s: say in this test what it may import", name)
			continue
		}
		for _, imp := range p.Imports {
			own, isOwn := strings.CutPrefix(imp, module+"/")
			switch {
			case isOwn && !slices.Contains(below, own):
				t.Errorf("%s imports %s, which does not stand below it", name, own)
			case !isOwn && isForeign(imp) && !allowed(outside[name], imp):
				t.Errorf("%s imports %s", name, imp)
			}
		}
	}
}

func isForeign(imp string) bool {
	first, _, _ := strings.Cut(imp, "/")
	return strings.Contains(first, ".")
}

func allowed(modules []string, imp string) bool {
	for _, m := range modules {
		if imp == m || strings.HasPrefix(imp, m+"/") {
			return true
		}
	}
	return false
}

// modulesOf are the modules that a package and all below it need, besides the standard library.
func modulesOf(t *testing.T, name string) []string {
	t.Helper()
	modules := map[string]bool{}
	for _, p := range list(t, "-deps", name) {
		if !p.Standard {
			modules[p.Module.Path] = true
		}
	}
	return slices.Sorted(maps.Keys(modules))
}

var (
	toEmbed   = []string{"github.com/alecthomas/participle/v2", module}
	toAnalyse = []string{"github.com/alecthomas/participle/v2", module, "go.mau.fi/util", "golang.org/x/text"}
)

// TestEmbedding holds what an embedder downloads and compiles besides the standard
// library: this module and participle; with analysis, what knows which letters look alike.
func TestEmbedding(t *testing.T) {
	for name, want := range map[string][]string{"./interp": toEmbed, "./record": toEmbed, "./analysis": toAnalyse} {
		if d := cmp.Diff(want, modulesOf(t, name)); d != "" {
			t.Errorf("the modules that %s needs have changed:\n%s", name, d)
		}
	}
}

// TestSessionKnowsNoTerminal holds that an editor or a page can carry a session: it needs
// no module that package analysis does not need, but for the one that measures text, and
// compiles where there is no terminal.
func TestSessionKnowsNoTerminal(t *testing.T) {
	for _, p := range list(t, "-deps", "./internal/session") {
		if p.ImportPath == "os/signal" || p.ImportPath == "os/exec" {
			t.Errorf("the session needs %s", p.ImportPath)
		}
	}
	want := append([]string{"github.com/rivo/uniseg"}, toAnalyse...)
	slices.Sort(want)
	if d := cmp.Diff(want, modulesOf(t, "./internal/session")); d != "" {
		t.Errorf("the modules that a session needs have changed:\n%s", d)
	}
	cmd := exec.Command("go", "build", "./internal/session")
	cmd.Dir, cmd.Env = "..", append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("it does not compile for a page: %v\n%s", err, out)
	}
}

// TestFilesAreOnTheMap holds the maps in the doc.go of a package complete: every file is
// on it, and every file on it is there.
func TestFilesAreOnTheMap(t *testing.T) {
	named := regexp.MustCompile(`\b[a-z_]+(_\*)?\.go\b`)
	for _, dir := range []string{"../internal/session", "../internal/repl"} {
		doc, err := os.ReadFile(dir + "/doc.go")
		if err != nil {
			t.Fatal(err)
		}
		onMap := map[string]bool{"doc.go": true}
		for _, pattern := range named.FindAllString(string(doc), -1) {
			found, err := filepath.Glob(dir + "/" + pattern)
			if err != nil || len(found) == 0 {
				t.Errorf("%s: there is no %s, which the map tells of", dir, pattern)
			}
			for _, file := range found {
				onMap[filepath.Base(file)] = true
			}
		}
		for _, file := range sources(t, dir) {
			if !onMap[filepath.Base(file)] {
				t.Errorf("%s is not on the map", file)
			}
		}
	}
}

// TestNoClock holds the language to its word: nothing that decides reads the time, the
// network or a random number.
func TestNoClock(t *testing.T) {
	clock := regexp.MustCompile(`\btime\.(Now|Since|Until|After|AfterFunc|Sleep|Tick|NewTimer|NewTicker)\b`)
	for _, p := range list(t, "./interp", "./lang", "./lang/code", "./stdlib", "./internal/num", "./internal/dd", "./internal/match") {
		for _, name := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if name == "bind_stream.go" { // how far ahead cases are fetched, on which no decision hangs
				continue
			}
			if call := clock.Find(text); call != nil {
				t.Errorf("%s/%s calls %s", p.ImportPath, name, call)
			}
		}
		for _, imp := range p.Imports {
			if imp == "os" || imp == "net" || strings.HasPrefix(imp, "net/") && imp != "net/netip" || path.Dir(imp) == "math" && strings.Contains(imp, "rand") {
				t.Errorf("%s imports %s", p.ImportPath, imp)
			}
		}
	}
}
