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
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// public are the packages that other programs import.
var public = []string{"analysis", "interp", "lang", "lang/code", "record", "rules", "stdlib", "watch"}

// TestAPI holds what the public packages export equal to docs/api.txt, so that no name
// comes, goes or changes unseen. With -update it writes the file.
func TestAPI(t *testing.T) {
	var b bytes.Buffer
	for _, name := range public {
		for _, list := range surface(t, name) {
			fmt.Fprintf(&b, "%s\n\n%s\n\n", list.title, strings.Join(list.lines, "\n"))
		}
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

// TestSurface bounds how many types interp promises: whoever adds one looks for one that can go.
func TestSurface(t *testing.T) {
	n := 0
	for _, line := range surface(t, "interp")[0].lines {
		if strings.HasPrefix(line, "type ") {
			n++
		}
	}
	if n > 72 {
		t.Errorf("interp promises %d types", n)
	}
}

// TestInternalTypes keeps the types of internal packages out of what is promised.
func TestInternalTypes(t *testing.T) {
	internal := regexp.MustCompile(`\b(dd|num|match|oracle)\.[A-Z]`)
	for _, name := range public {
		for _, line := range surface(t, name)[0].lines {
			if internal.MatchString(line) {
				t.Errorf("%s: an internal type is promised: %s", name, line)
			}
		}
	}
}

// unstable is what the comment of a declaration says that no promise holds for.
const unstable = "Unstable: "

// lines are declarations that a package exports, under a title.
type lines struct {
	title string
	lines []string
}

// surface is what a package exports, without bodies and comments, in the order of the names:
// what it promises, and, where there is such, what it says is unstable. What is said of a
// type is said of its methods and constants.
func surface(t *testing.T, name string) []lines {
	fset := token.NewFileSet()
	var all []shown
	changing := map[string]bool{}
	for _, f := range parsed(t, fset, name, parser.SkipObjectResolution|parser.ParseComments) {
		ast.FileExports(f)
		for _, d := range f.Decls {
			for _, x := range parts(d) {
				all = append(all, x)
				if x.name != "" && strings.Contains(x.doc, unstable) {
					changing[x.name] = true
				}
			}
		}
	}
	out := []lines{{title: "package " + name}, {title: "package " + name + ", unstable"}}
	for _, x := range all {
		ast.Inspect(x.decl, func(n ast.Node) bool {
			if f, ok := n.(*ast.Field); ok {
				f.Doc, f.Comment = nil, nil
			}
			return true
		})
		var b bytes.Buffer
		if err := (&printer.Config{Mode: printer.TabIndent, Tabwidth: 8}).Fprint(&b, token.NewFileSet(), x.decl); err != nil {
			t.Fatal(err)
		}
		i := 0
		if strings.Contains(x.doc, unstable) || changing[x.owner] {
			i = 1
		}
		out[i].lines = append(out[i].lines, b.String())
	}
	if out[1].lines == nil {
		out = out[:1]
	}
	for _, list := range out {
		slices.Sort(list.lines)
	}
	return out
}

// shown is one declaration without its body and comments.
type shown struct {
	decl  ast.Decl
	doc   string
	name  string // of a type
	owner string // the type of a method or constant
}

// parts are the declarations of one, each by itself.
func parts(d ast.Decl) []shown {
	switch d := d.(type) {
	case *ast.FuncDecl:
		f := *d
		x := shown{decl: &f, doc: d.Doc.Text()}
		if f.Body, f.Doc = nil, nil; f.Recv != nil {
			f.Recv = &ast.FieldList{List: []*ast.Field{{Type: f.Recv.List[0].Type}}}
			x.owner = typeName(f.Recv.List[0].Type)
		}
		return []shown{x}
	case *ast.GenDecl:
		var out []shown
		for _, s := range d.Specs {
			x := shown{doc: d.Doc.Text()}
			switch s := s.(type) {
			case *ast.ImportSpec:
				continue
			case *ast.TypeSpec:
				x.name, x.doc = s.Name.Name, x.doc+s.Doc.Text()
				s.Doc, s.Comment = nil, nil
			case *ast.ValueSpec:
				x.owner, x.doc = typeName(s.Type), x.doc+s.Doc.Text()
				s.Doc, s.Comment = nil, nil
			}
			x.decl = &ast.GenDecl{Tok: d.Tok, Specs: []ast.Spec{s}}
			out = append(out, x)
		}
		return out
	}
	return nil
}

// typeName is the name of a type, or of what a pointer points to.
func typeName(e ast.Expr) string {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// TestWeight builds a program that decides a case, and one that says hello. What
// embedding interp adds to a program as it is shipped, without tables for debuggers,
// stays below 5.6 MiB, of which a quarter are the zones.
func TestWeight(t *testing.T) {
	if testing.Short() {
		t.Skip("links two programs")
	}
	const head = "package main\n\nimport (\n\t\"fmt\"\n"
	hello := head + ")\n\nfunc main() { fmt.Println(\"hello\") }\n"
	decide := head + `	"context"

	"github.com/ctl-lang/ctl/interp"
)

func main() {
	prog, err := interp.LoadText(context.Background(), "p.ctl", "outcomes deny > permit policy p { otherwise permit }")
	if err != nil {
		panic(err)
	}
	p, _ := prog.Policy("p")
	fmt.Println(p.Decide(context.Background(), prog.NewCase()))
}
`
	grown := linked(t, decide) - linked(t, hello)
	t.Logf("embedding interp adds %d bytes", grown)
	if grown >= 5760<<10 {
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
