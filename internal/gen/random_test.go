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

// randomRules is a vocabulary, and policies with labels, under odd names.
func randomRules(t *rapid.T) string {
	var b strings.Builder
	words, kinds, policies := shuffled(t, "words"), shuffled(t, "kinds"), shuffled(t, "policies")
	outcomes := draw(t, "outcomes", words, 1, 6)
	fmt.Fprintf(&b, "outcomes %s\n", strings.Join(outcomes, rapid.SampledFrom([]string{" > ", ", "}).Draw(t, "rank")))
	names := draw(t, "kinds", kinds, 1, 5)
	for i, k := range names {
		fmt.Fprintf(&b, "# %s\nkind %s", rapid.SampledFrom([]string{"", "# Heading\n#\n#  - a list\n# /* */ `code` go:build x"}).Draw(t, "doc"), k)
		identity := rapid.IntRange(0, 2).Draw(t, "identity")
		switch identity {
		case 1:
			b.WriteString(" = text")
		case 2:
			fmt.Fprintf(&b, " = %s", strings.Join(draw(t, "ids", shuffled(t, "ids"), 2, 6), " | "))
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
	for _, p := range draw(t, "policies", policies, 0, 4) {
		fmt.Fprintf(&b, "policy %s {\n", p)
		for _, l := range draw(t, "labels", shuffled(t, "labels"), 0, 5) {
			fmt.Fprintf(&b, "  %s: %s because \"of this\"\n", l, outcomes[0])
		}
		fmt.Fprintf(&b, "  %s\n}\n", outcomes[0])
	}
	return b.String()
}

func randomType(t *rapid.T, kinds []string) string {
	types := []string{"bool", "number", "text", "date", "duration", "length", "temperature"}
	typ := rapid.SampledFrom(append(types, kinds...)).Draw(t, "type")
	if rapid.Bool().Draw(t, "enumeration") {
		typ = strings.Join(draw(t, "choices", shuffled(t, "choices"), 2, 5), " | ")
	}
	return rapid.SampledFrom([]string{"", "", "set of ", "list of ", "list of set of "}).Draw(t, "collection") + typ +
		rapid.SampledFrom([]string{"", "", "?"}).Draw(t, "optional")
}

// Whatever a vocabulary is called, its code is Go: it type-checks, is laid out as gofmt
// does it, and comes out the same again.
func TestRandomVocabularies(t *testing.T) {
	imports := packages(t)
	loaded := 0
	rapid.Check(t, func(t *rapid.T) {
		text := randomRules(t)
		prog, err := interp.LoadText(context.Background(), "random.ctl", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		loaded++
		code, err := Go(prog, Options{Package: "random", From: "random.ctl"})
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		again, err := Go(prog, Options{Package: "random", From: "random.ctl"})
		if err != nil || !bytes.Equal(code, again) {
			t.Fatalf("the code comes out differently: %v\n%s", err, text)
		}
		if laidOut, err := format.Source(code); err != nil || !bytes.Equal(code, laidOut) {
			t.Fatalf("gofmt lays it out differently: %v\n%s", err, code)
		}
		if err := typeCheck(imports, string(code)); err != nil {
			t.Fatalf("%v\n%s\n%s", err, text, code)
		}
	})
	if loaded == 0 && !testing.Short() { // a short run draws too few
		t.Error("no vocabulary was looked at")
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
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", "context", "encoding/json", "errors", "fmt", "math/big", "reflect", "strconv", "strings", "time", "github.com/ctl-lang/ctl/interp")
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
