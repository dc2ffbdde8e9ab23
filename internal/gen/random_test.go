package gen

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/interp"
)

// Whatever a vocabulary is called, its code is Go: it type-checks, is laid out as gofmt
// does it, and comes out the same again. Built and run, it decides as the engine does.
func TestRandomVocabularies(t *testing.T) {
	imports := packages(t)
	loaded := 0
	run, most := &built{dir: t.TempDir()}, *mostBuilt
	if testing.Short() {
		most = 1
	}
	rapid.Check(t, func(t *rapid.T) {
		text := randomRules(t)
		prog, err := interp.Options{OpenGroups: true}.LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		loaded++
		options := Options{Package: "random", From: "random.ctl", Exact: rapid.Bool().Draw(t, "exact"), Floats: rapid.IntRange(0, 3).Draw(t, "floats") == 0}
		for _, g := range prog.Groups() {
			if g.Open() && slices.Contains(prog.CaseKinds(), g.Kind) && rapid.Bool().Draw(t, "open") {
				options.OpenGroups = append(options.OpenGroups, g.Name)
			}
		}
		folder := filepath.Join(run.dir, fmt.Sprint("random", loaded))
		var files [2]string
		for i, write := range []func() ([]byte, error){
			func() ([]byte, error) { return Go(prog, options) },
			func() ([]byte, error) {
				return FuzzTest(prog, options, Place{Folder: folder, Files: []string{"random.ctl"}})
			},
		} {
			code, err := write()
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			again, err := write()
			if err != nil || !bytes.Equal(code, again) {
				t.Fatalf("the code comes out differently: %v\n%s", err, text)
			}
			if laidOut, err := format.Source(code); err != nil || !bytes.Equal(code, laidOut) {
				t.Fatalf("gofmt lays it out differently: %v\n%s", err, code)
			}
			files[i] = string(code)
		}
		if err := typeCheck(imports, files[0], files[1]); err != nil {
			t.Fatalf("%v\n%s\n%s\n%s", err, text, files[0], files[1])
		}
		if len(run.folders) < most && len(prog.Policies()) > 0 {
			run.keep(t, folder, map[string]string{"random.ctl": text, "random.go": files[0], "random_test.go": files[1]})
		}
	})
	if loaded == 0 && !testing.Short() { // a short run draws too few
		t.Error("no vocabulary was looked at")
	}
	if len(run.folders) == 0 {
		return
	}
	failed, said := run.test(t)
	if said != "" {
		t.Error(said)
	}
	for _, name := range failed {
		rules, err := os.ReadFile(filepath.Join(run.dir, name, "random.ctl"))
		t.Errorf("%s:\n%s%v", name, rules, err)
	}
}

// The test that is written beside the code finds what is wrong with it.
func TestFuzzTestsFindFaults(t *testing.T) {
	code, err := os.ReadFile("internal/every/every.go")
	if err != nil {
		t.Fatal(err)
	}
	test, err := os.ReadFile("internal/every/every_test.go")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	run := &built{dir: t.TempDir()}
	var want []string
	for name, fault := range map[string][2]string{
		"none": {"", ""},
		"unit": {`quantityText(n, "km")`, `quantityText(n, "m")`}, "zero": {"`ctl:\"volume\"`", "`ctl:\"volume,omitzero\"`"}, "outcome": {"return OutcomeLog\n", "return OutcomeAdmit\n"},
		"policy": {"PolicyOutside, on", "PolicyType, on"}, "day": {"c.SetDate(day)", "c.SetDate(day + 1)"}, "value": {`RequestPurpose = "commerce"`, `RequestPurpose = "research"`},
		"rounded": {"strconv.FormatFloat(v.Float(), 'f', -1", "strconv.FormatFloat(v.Float(), 'f', 2"}, "denominator": {"n.FloatString(digits)", "n.FloatString(0)"},
	} {
		faulty := strings.Replace(string(code), fault[0], fault[1], 1)
		if name != "none" {
			want = append(want, name)
			if faulty == string(code) {
				t.Fatalf("the code does not hold %s", fault[0])
			}
		}
		run.keep(t, filepath.Join(run.dir, name), map[string]string{
			"every.go": faulty, "every_test.go": strings.Replace(string(test), `os.DirFS("../../testdata")`, fmt.Sprintf("os.DirFS(%q)", rules), 1),
		})
	}
	failed, _ := run.test(t)
	slices.Sort(want)
	slices.Sort(failed)
	if !slices.Equal(want, failed) {
		t.Errorf("the faults %v are found, and not %v", failed, want)
	}
}

// typeCheck checks the files of a package.
func typeCheck(imports importer.Lookup, texts ...string) error {
	set := token.NewFileSet()
	var files []*ast.File
	for i, text := range texts {
		file, err := parser.ParseFile(set, fmt.Sprintf("%d.go", i), text, parser.ParseComments)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	conf := types.Config{Importer: importer.ForCompiler(set, "gc", imports)}
	_, err := conf.Check("x", set, files, nil)
	return err
}

// What is taken away from the rules breaks the build of the code that speaks of it.
func TestBreaksTheBuild(t *testing.T) {
	const before = `outcomes deny > permit
unit groat of money
kind Item { form: missile | launcher  range: length  price: money  made: date }
role item: Item
function risk(text) -> number
policy export { missiles: deny when item.form = missile  otherwise permit }`
	const client = `package x
import "context"
var known = Case{Item: Item{Form: ItemFormLauncher, Range: LengthKm(300), Price: MoneyGroat(3), Made: nil}}
var outcome Outcome = OutcomeDeny
var rule, policy string = RuleExportMissiles, PolicyExport
var decide = DecideExport
type own struct{}
func (own) Risk(context.Context, string) (float64, bool, error) { return 0, false, nil }
var options = Options(own{})`
	imports := packages(t)
	for _, row := range []struct{ name, old, new, err string }{
		{"nothing", "otherwise", "otherwise", ""},
		{"a value", "launcher", "launch_vehicle", "undefined: ItemFormLauncher"},
		{"a type", "range: length", "range: text", "undefined: LengthKm"},
		{"an attribute", "made: date", "", "unknown field Made"},
		{"a role", "item", "thing", "unknown field Item"},
		{"a label", "missiles: deny", "deny", "undefined: RuleExportMissiles"},
		{"a policy", "policy export", "policy exports", "undefined: "},
		{"an outcome", "deny", "refuse", "undefined: OutcomeDeny"},
		{"a unit", "unit groat", "unit penny", "undefined: MoneyGroat"},
		{"a dimension", "range: length", "range: mass", "undefined: LengthKm"},
		{"a further function", "role item", "function size(text) -> length role item", "missing method Size"},
		{"a function's type", "risk(text)", "risk(date)", "wrong type for method Risk"},
		{"a function", "function risk(text) -> number", "", "too many arguments"},
		{"a group for the program to fill", "role item", "kind Party = text group Denied of Party external role by buyer: Party role item", "not enough arguments"},
	} {
		t.Run(row.name, func(t *testing.T) {
			prog, err := interp.Options{OpenGroups: true}.LoadText(context.Background(), "rules.ctl", strings.ReplaceAll(before, row.old, row.new))
			if err != nil {
				t.Fatal(err)
			}
			code, err := Go(prog, Options{Package: "x"})
			if err != nil {
				t.Fatal(err)
			}
			err = typeCheck(imports, string(code), client)
			if (err == nil) != (row.err == "") || err != nil && !strings.Contains(err.Error(), row.err) {
				t.Errorf("the error is %v, and not %s", err, row.err)
			}
		})
	}
}

// packages finds the compiled packages that generated code imports.
func packages(t *testing.T) importer.Lookup {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", "context", "crypto/sha256", "encoding/json", "errors", "fmt", "math/big", "math/rand/v2", "os", "reflect", "strconv", "strings", "testing", "time", "github.com/ctl-lang/ctl/interp")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[name] = file
	}
	return func(path string) (io.ReadCloser, error) { return os.Open(files[path]) }
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"space_launch": "SpaceLaunch", "nonMember": "NonMember", "item_id": "ItemID", "I": "I", "größe": "Größe", "中文": "X中文",
		"ß": "Xß", "_": "X", "_x": "X", "us2025": "Us2025", "e\u0301t": "Et", "url": "URL", "x١": "X١",
	} {
		if got := exported(name); got != want {
			t.Errorf("%s is %s, not %s", name, got, want)
		}
	}
}

func TestPackageNames(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "rules.ctl", "outcomes deny")
	if err != nil {
		t.Fatal(err)
	}
	for name, good := range map[string]bool{"mtcr": true, "größe": true, "": false, "_": false, "func": false, "a-b": false, "1a": false, "a\nb": false} {
		if _, err := Go(prog, Options{Package: name}); (err == nil) != good {
			t.Errorf("%q: %v", name, err)
		}
	}
}
