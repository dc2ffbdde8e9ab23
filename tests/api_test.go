package tests

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// public are the packages that other programs import.
var public = []string{"analysis", "interp", "lang", "record", "rules", "stdlib", "watch"}

// TestAPI holds what the public packages export equal to docs/api.txt, so that no name
// comes, goes or changes unseen. With -update it writes the file.
func TestAPI(t *testing.T) {
	var b bytes.Buffer
	for _, name := range public {
		fmt.Fprintf(&b, "package %s\n\n", name)
		for _, line := range exported(t, name) {
			fmt.Fprintln(&b, line)
		}
		fmt.Fprintln(&b)
	}
	const name = "../docs/api.txt"
	if *update {
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("the API has changed; if that is meant, run this test with -update\n%s", cmp.Diff(string(want), b.String()))
	}
}

// TestComments wants a comment on everything that the public packages export.
func TestComments(t *testing.T) {
	for _, name := range public {
		p := documented(t, name)
		check := func(what, doc string) {
			if strings.TrimSpace(doc) == "" {
				t.Errorf("%s.%s has no comment", name, what)
			}
		}
		for _, f := range p.Funcs {
			check(f.Name, f.Doc)
		}
		for _, v := range slices.Concat(p.Consts, p.Vars) {
			check(v.Names[0], v.Doc+commentsWithin(v.Decl))
		}
		for _, typ := range p.Types {
			check(typ.Name, typ.Doc+commentsWithin(typ.Decl))
			for _, f := range slices.Concat(typ.Funcs, typ.Methods) {
				check(typ.Name+"."+f.Name, f.Doc)
			}
			for _, v := range slices.Concat(typ.Consts, typ.Vars) {
				check(v.Names[0], v.Doc+commentsWithin(v.Decl))
			}
		}
	}
}

// commentsWithin are the comments on the members of a declaration in parentheses.
func commentsWithin(d *ast.GenDecl) string {
	all := ""
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.ValueSpec:
			all += s.Doc.Text()
		case *ast.TypeSpec:
			all += s.Doc.Text()
		}
	}
	return all
}

// documented is a package as go doc sees it.
func documented(t *testing.T, name string) *doc.Package {
	t.Helper()
	fset := token.NewFileSet()
	files := parsed(t, fset, name, parser.ParseComments)
	p, err := doc.NewFromFiles(fset, files, module+"/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parsed(t *testing.T, fset *token.FileSet, name string, mode parser.Mode) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("../" + name + "/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files of %s: %v", name, err)
	}
	var files []*ast.File
	for _, file := range names {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, file, nil, mode)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// exported are the declarations that a package exports, without bodies and comments,
// in the order of their names.
func exported(t *testing.T, name string) []string {
	fset := token.NewFileSet()
	var out []string
	for _, f := range parsed(t, fset, name, parser.SkipObjectResolution) {
		ast.FileExports(f)
		for _, d := range f.Decls {
			for _, part := range parts(d) {
				var b bytes.Buffer
				if err := (&printer.Config{Mode: printer.TabIndent, Tabwidth: 8}).Fprint(&b, token.NewFileSet(), part); err != nil {
					t.Fatal(err)
				}
				out = append(out, b.String())
			}
		}
	}
	slices.Sort(out)
	return out
}

// parts are the declarations of one, each by itself and without its body.
func parts(d ast.Decl) []ast.Decl {
	switch d := d.(type) {
	case *ast.FuncDecl:
		f := *d
		if f.Body, f.Doc = nil, nil; f.Recv != nil {
			f.Recv = &ast.FieldList{List: []*ast.Field{{Type: f.Recv.List[0].Type}}}
		}
		return []ast.Decl{&f}
	case *ast.GenDecl:
		var out []ast.Decl
		for _, s := range d.Specs {
			if _, isImport := s.(*ast.ImportSpec); !isImport {
				out = append(out, &ast.GenDecl{Tok: d.Tok, Specs: []ast.Spec{s}})
			}
		}
		return out
	}
	return nil
}

// TestWeight builds a program that decides a case, and one that says hello. What
// embedding interp adds to a program as it is shipped, without tables for debuggers,
// stays below 4 MB.
func TestWeight(t *testing.T) {
	if testing.Short() {
		t.Skip("links two programs")
	}
	const head = "package main\n\nimport (\n\t\"fmt\"\n"
	hello := head + ")\n\nfunc main() { fmt.Println(\"hello\") }\n"
	decide := head + `	"github.com/ctl-lang/ctl/interp"
)

func main() {
	prog, err := interp.LoadText("p.ctl", "outcomes deny > permit policy p { otherwise permit }")
	if err != nil {
		panic(err)
	}
	p, _ := prog.Policy("p")
	fmt.Println(p.Decide(prog.NewCase()))
}
`
	grown := linked(t, decide) - linked(t, hello)
	t.Logf("embedding interp adds %d bytes", grown)
	if grown >= 4<<20 {
		t.Errorf("embedding interp adds %.1f MiB to a program", float64(grown)/(1<<20))
	}
}

// linked is the size of a program, which is built within this module.
func linked(t *testing.T, text string) int64 {
	t.Helper()
	dir := t.TempDir()
	file, out := filepath.Join(dir, "main.go"), filepath.Join(dir, "main.exe")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-ldflags=-s -w", "-o", out, file)
	cmd.Dir = ".."
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	info, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
