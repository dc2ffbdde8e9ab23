package tests

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
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
	"internal/dd":              {},
	"internal/match":           {},
	"stdlib":                   {"internal/num"},
	"lang":                     {},
	"interp":                   {"lang", "stdlib", "internal/dd", "internal/match", "internal/num"},
	"analysis":                 {"interp", "lang", "internal/dd"},
	"record":                   {"interp", "lang"},     // what is written and read back: files and time stay out of interp
	"watch":                    {"analysis", "interp"}, // what reads files again, and runs in the background
	"internal/gen":             {"interp"},
	"rules":                    {},
	"internal/render":          {"analysis", "interp", "lang"},
	"internal/interview":       {"interp", "lang"},
	"internal/cli":             {"analysis", "interp", "lang", "internal/gen", "internal/interview", "internal/render", "internal/repl", "rules"},
	"internal/repl":            {"analysis", "interp", "lang", "internal/interview", "internal/render", "rules"},
	"cmd/ctl":                  {"internal/cli"},
	"cmd/ctlrepl":              {"internal/repl", "internal/cli"},
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
	"watch":           {"github.com/fsnotify/fsnotify"},
	"internal/render": {"github.com/rivo/uniseg"},
	"internal/cli":    {"github.com/alecthomas/kong", "github.com/mattn/go-isatty", "github.com/rogpeppe/go-internal/diff"},
	"internal/repl":   {"github.com/chzyer/readline"},
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

// TestEmbedding holds what an embedder downloads and compiles besides the standard
// library: this module, and participle.
func TestEmbedding(t *testing.T) {
	modules := map[string]bool{}
	for _, p := range list(t, "-deps", "./interp", "./analysis") {
		if !p.Standard {
			modules[p.Module.Path] = true
		}
	}
	want := map[string]bool{module: true, "github.com/alecthomas/participle/v2": true}
	if d := cmp.Diff(want, modules); d != "" {
		t.Errorf("the modules that interp and analysis need have changed:\n%s", d)
	}
}

// TestNoClock holds the language to its word: nothing that decides reads the time, the
// network or a random number.
func TestNoClock(t *testing.T) {
	clock := regexp.MustCompile(`\btime\.(Now|Since|Until|After|AfterFunc|Sleep|Tick|NewTimer|NewTicker)\b`)
	for _, p := range list(t, "./interp", "./lang", "./stdlib", "./internal/num", "./internal/dd", "./internal/match") {
		for _, name := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if call := clock.Find(text); call != nil {
				t.Errorf("%s/%s calls %s", p.ImportPath, name, call)
			}
		}
		for _, imp := range p.Imports {
			if imp == "os" || imp == "net" || strings.HasPrefix(imp, "net/") || path.Dir(imp) == "math" && strings.Contains(imp, "rand") {
				t.Errorf("%s imports %s", p.ImportPath, imp)
			}
		}
	}
}
