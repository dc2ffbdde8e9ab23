package gen

import (
	"bytes"
	"cmp"
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
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/interp"
)

// oddNames are names that Go would write as another name, or has for itself.
var oddNames = []string{
	"item", "Item", "_item", "item_", "it_em", "case_", "Case2", "case_2", "outcome", "Outcome", "no_outcome", "outcome_of", "check",
	"type_", "func", "range", "string", "error", "nil", "id", "url", "URL", "straße", "ß", "größe", "中文", "文", "ǆ", "é", "e\u0301", "x١", "_", "__", "vocabulary", "A", "a", "int", "interp", "fmt",
}

// draw takes some names out of a pool, each once.
func draw(t *rapid.T, what string, pool *[]string, least, most int) []string {
	n := min(rapid.IntRange(least, most).Draw(t, what), len(*pool))
	out := (*pool)[:n]
	*pool = (*pool)[n:]
	return out
}

func shuffled(t *rapid.T, what string) *[]string {
	names := rapid.Permutation(oddNames).Draw(t, what)
	return &names
}

// randomRules is a vocabulary under odd names, what it leaves to the program, and policies whose
// rules read all of it.
func randomRules(t *rapid.T) string {
	var b strings.Builder
	words, kinds, policies := shuffled(t, "words"), shuffled(t, "kinds"), shuffled(t, "policies")
	outcomes := draw(t, "outcomes", words, 1, 6)
	fmt.Fprintf(&b, "outcomes %s\n", strings.Join(outcomes, rapid.SampledFrom([]string{" > ", ", "}).Draw(t, "rank")))
	b.WriteString("unit groat of money\nunit crown = 60 groat\n")
	names := draw(t, "kinds", kinds, 1, 5)
	var identified []string
	member := map[string]string{} // an identity of a kind
	for i, k := range names {
		fmt.Fprintf(&b, "# %s\nkind %s", rapid.SampledFrom([]string{"", "# Heading\n#\n#  - a list\n# /* */ `code` go:build x"}).Draw(t, "doc"), k)
		identity := rapid.IntRange(0, 3).Draw(t, "identity")
		switch identity {
		case 1:
			b.WriteString(" = text")
		case 2:
			ids := draw(t, "ids", shuffled(t, "ids"), 2, 6)
			member[k] = strconv.Quote(ids[0]) // a group may be called like it
			fmt.Fprintf(&b, " = %s", strings.Join(ids, " | "))
		case 3:
			fmt.Fprintf(&b, " = %s", rapid.SampledFrom([]string{"name", "code"}).Draw(t, "folded"))
		}
		if identity > 0 {
			identified = append(identified, k)
		}
		b.WriteString(" {\n")
		for _, a := range draw(t, "attributes", shuffled(t, "attributes"), 0, 8) {
			if a == "id" && identity > 0 {
				continue
			}
			fmt.Fprintf(&b, "  %s: %s %s\n", a, randomType(t, names[:i]), rapid.SampledFrom([]string{"", `"a title"`, `"*/ \u{202E} \n // x"`, "sensitive"}).Draw(t, "title"))
		}
		b.WriteString("}\n")
	}
	for i, r := range draw(t, "roles", words, 1, 4) {
		fmt.Fprintf(&b, "role %s %s: %s\n", []string{"to", "from", "by", "via"}[i], r, rapid.SampledFrom(names).Draw(t, "of"))
	}
	for _, term := range draw(t, "terms", words, 0, 4) {
		fmt.Fprintf(&b, "open term %s \"asked\"\n", term)
	}
	if len(identified) > 0 {
		for i, g := range draw(t, "groups", words, 0, 4) {
			of := rapid.SampledFrom(identified).Draw(t, "members")
			fmt.Fprintf(&b, "group %s of %s%s\n", g, of, []string{" external", " external", ": since 2010-01-01: " + cmp.Or(member[of], `"Acme"`)}[min(i, 2)])
		}
	}
	for _, f := range draw(t, "functions", words, 0, 5) {
		params := make([]string, rapid.IntRange(1, 3).Draw(t, "parameters"))
		for i := range params {
			params[i] = rapid.SampledFrom(append([]string{"bool", "number", "text", "date", "duration", "length", "money", "temperature", "list of length", "set of number"}, identified...)).Draw(t, "parameter")
		}
		result := rapid.SampledFrom(append([]string{"bool", "number", "text", "date", "duration", "length", "money", "temperature", "list of length", "item | _item | 文"}, identified...)).Draw(t, "result")
		fmt.Fprintf(&b, "function %s(%s) -> %s \"what it gives\"\n", f, strings.Join(params, ", "), result)
	}
	vocabulary := b.String()
	conditions := randomConditions(t, vocabulary)
	for _, p := range draw(t, "policies", policies, 0, 4) {
		fmt.Fprintf(&b, "policy %s {\n", p)
		for _, l := range draw(t, "labels", shuffled(t, "labels"), 0, 8) {
			fmt.Fprintf(&b, "  %s: %s%s because \"of this\"\n", l, rapid.SampledFrom(outcomes).Draw(t, "outcome"), rapid.SampledFrom(conditions).Draw(t, "condition"))
		}
		fmt.Fprintf(&b, "  otherwise %s\n}\n", outcomes[0])
	}
	return b.String()
}

func randomType(t *rapid.T, kinds []string) string {
	types := []string{"bool", "number", "text", "date", "duration", "length", "temperature", "money", "name", "code"}
	typ := rapid.SampledFrom(append(types, kinds...)).Draw(t, "type")
	if rapid.IntRange(0, 3).Draw(t, "enumeration") == 0 {
		typ = strings.Join(draw(t, "choices", shuffled(t, "choices"), 2, 5), " | ")
	}
	return rapid.SampledFrom([]string{"", "", "", "set of ", "list of ", "list of set of "}).Draw(t, "collection") + typ +
		rapid.SampledFrom([]string{"", "", "?"}).Draw(t, "optional")
}

// randomConditions are clauses on the facts of a vocabulary, those of them that can be read.
func randomConditions(t *rapid.T, vocabulary string) []string {
	prog, err := interp.Options{OpenGroups: true}.LoadText(context.Background(), "random.ctl", vocabulary)
	if err != nil {
		t.Fatalf("%v\n%s", err, vocabulary)
	}
	out := []string{""}
	byType := map[string][]string{}
	for _, about := range prog.Roles() {
		for _, cond := range conditionsOn(prog, about.Name, about.Kind, byType, 3) {
			out = append(out, cond)
		}
	}
	for _, s := range prog.Signatures() {
		args := make([]string, len(s.Params))
		for i, p := range s.Params {
			from := byType[p.String()]
			if len(from) == 0 {
				from = []string{literals[p.String()]}
			}
			args[i] = rapid.SampledFrom(from).Draw(t, "argument")
		}
		out = append(out, compared(prog, s.Name+"("+strings.Join(args, ", ")+")", s.Result)...)
	}
	good := out[:0]
	for _, cond := range out {
		if _, err := prog.Condition(cond); cond == "" || err == nil {
			good = append(good, strings.Replace(" when "+cond, " when ", map[bool]string{true: "", false: " when "}[cond == ""], 1))
		}
	}
	return good
}

// literals are arguments of types of which a vocabulary may have no fact.
var literals = map[string]string{
	"bool": "yes", "number": "3", "text": `"Acme"`, "date": "2020-02-02", "duration": "30 days", "length": "2 km", "money": "3 groat", "temperature": "20 degC",
	"list of length": "(1 m, 2 km)", "set of number": "(1, 2)",
}

// conditionsOn are comparisons with a thing and its attributes; byType takes their paths.
func conditionsOn(prog *interp.Program, path string, k *interp.Kind, byType map[string][]string, depth int) []string {
	var out []string
	if k.Identified() {
		byType[k.Name] = append(byType[k.Name], path)
		id := `"Acme"`
		if k.Ids != nil {
			id = k.Ids.Choices[0].Name
		}
		out = append(out, path+" = "+id)
		for _, g := range prog.Groups() {
			if g.Kind == k {
				out = append(out, path+" in "+g.Name)
			}
		}
	}
	if depth == 0 {
		return out
	}
	for _, a := range k.Attrs {
		if a.Group != nil {
			continue
		}
		at := path + "." + a.Name
		var on []string
		if a.Type.Thing() != nil {
			on = conditionsOn(prog, at, a.Type.Thing(), byType, depth-1)
		} else {
			byType[a.Type.String()] = append(byType[a.Type.String()], at)
			on = compared(prog, at, a.Type)
		}
		if a.Type.Optional() {
			for i := range on {
				on[i] = "has " + at + " and " + on[i]
			}
			on = append(on, "has "+at)
		}
		out = append(out, on...)
	}
	return out
}

// compared are comparisons of a value with others.
func compared(prog *interp.Program, x string, t *interp.Type) []string {
	switch t.Form() {
	case interp.YesNoAnswer:
		return []string{x}
	case interp.ListAnswer:
		if m := t.Elem(); m.Elem() == nil && m.Thing() == nil {
			return []string{"count(" + x + ") > 1", "some one in " + x + " has " + compared(prog, "one", m)[0]}
		}
		return []string{"count(" + x + ") > 1"}
	case interp.ChoiceAnswer:
		return []string{x + " = " + t.Choices()[0].Name}
	case interp.IdentityAnswer:
		if k := t.Thing(); k.Ids != nil {
			return []string{x + " = " + k.Ids.Choices[0].Name}
		}
		return []string{x + ` = "Acme"`}
	case interp.TextAnswer:
		return []string{x + ` = "Acme"`}
	}
	return []string{x + " > " + literals[strings.TrimSuffix(t.String(), "?")]}
}

// mostBuilt is how many of the random vocabularies are built and run: that takes seconds.
const mostBuilt = 6

// Whatever a vocabulary is called, its code is Go: it type-checks, is laid out as gofmt
// does it, and comes out the same again. Built and run, it decides as the engine does.
func TestRandomVocabularies(t *testing.T) {
	imports := packages(t)
	loaded := 0
	run := &built{dir: t.TempDir()}
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
		if len(run.folders) < mostBuilt && len(prog.Policies()) > 0 {
			run.keep(t, folder, text, files)
		}
	})
	if loaded == 0 && !testing.Short() { // a short run draws too few
		t.Error("no vocabulary was looked at")
	}
	run.test(t)
}

// built are generated packages that are vetted, built and run together, in a module of their own.
type built struct {
	dir     string
	folders []string
}

// keep writes the rules and the code of a package.
func (b *built) keep(t *rapid.T, folder, rules string, code [2]string) {
	err := os.Mkdir(folder, 0o777)
	for name, text := range map[string]string{"random.ctl": rules, "random.go": code[0], "random_test.go": code[1]} {
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	b.folders = append(b.folders, folder)
}

// test runs them. Their module is older than this one, as those of programs are.
func (b *built) test(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod":  "module random\n\ngo 1.25.0\n",
		"go.work": fmt.Sprintf("go 1.26.0\n\nuse (\n\t.\n\t%q\n)\n", root),
	} {
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, what := range []string{"vet", "test"} {
		cmd := exec.Command("go", what, "./...")
		cmd.Dir = b.dir
		cmd.Env = append(os.Environ(), "GOWORK="+filepath.Join(b.dir, "go.work"), "GOFLAGS=")
		if out, err := cmd.CombinedOutput(); err != nil && len(b.folders) > 0 {
			t.Errorf("go %s: %v\n%s", what, err, out)
			for _, folder := range b.folders {
				rules, _ := os.ReadFile(filepath.Join(folder, "random.ctl"))
				t.Logf("%s:\n%s", filepath.Base(folder), rules)
			}
			return
		}
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
kind Item { form: missile | launcher  range: length  made: date }
role item: Item
policy export { missiles: deny when item.form = missile  otherwise permit }`
	const client = `package x
var known = Case{Item: Item{Form: ItemFormLauncher, Range: LengthKm(300), Made: nil}}
var outcome Outcome = OutcomeDeny
var rule, policy string = RuleExportMissiles, PolicyExport`
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
	} {
		t.Run(row.name, func(t *testing.T) {
			prog, err := interp.LoadText(context.Background(), "rules.ctl", strings.ReplaceAll(before, row.old, row.new))
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
