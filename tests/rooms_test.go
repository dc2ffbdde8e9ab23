package tests

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms are the parts of the package interp, the lowest first: what is declared in one may
// use what is declared in it and below it, and nothing above. The name of a file begins with
// the name of its room; the files of the model, which is below all others, begin with none.
var rooms = []string{"model", "eval", "check", "facts", "space", "exact", "engine", "decide", "bind", "packed", "load", "rebase", "analysis"}

// roomOf is the place among the rooms of a file.
func roomOf(file string) int {
	word, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".go"), "_")
	return max(slices.Index(rooms, word), 0)
}

// TestRooms holds the arrows between the rooms of interp: none leads up.
func TestRooms(t *testing.T) {
	fset := token.NewFileSet()
	uses, pkg := usesWithin(t, fset, "../interp")
	up := map[string]bool{}
	for id, obj := range uses {
		if obj.Pkg() != pkg || !declared(obj, pkg) {
			continue
		}
		from, to := fset.Position(id.Pos()).Filename, fset.Position(obj.Pos()).Filename
		if roomOf(to) > roomOf(from) {
			up[fmt.Sprintf("%s uses %s, which %s declares: %s stands below %s",
				filepath.Base(from), obj.Name(), filepath.Base(to), rooms[roomOf(from)], rooms[roomOf(to)])] = true
		}
	}
	for _, arrow := range slices.Sorted(maps.Keys(up)) {
		t.Error(arrow)
	}
}

// declared says whether an object is a declaration of the package, a method or a field, and
// no variable of a function.
func declared(obj types.Object, pkg *types.Package) bool {
	switch o := obj.(type) {
	case *types.Func:
		return true
	case *types.Var:
		return o.IsField() || o.Parent() == pkg.Scope()
	case *types.TypeName, *types.Const:
		return obj.Parent() == pkg.Scope()
	}
	return false
}

// usesWithin are the uses of names in the files of a package, its tests left out.
func usesWithin(t *testing.T, fset *token.FileSet, dir string) (map[*ast.Ident]types.Object, *types.Package) {
	t.Helper()
	var files []*ast.File
	for _, name := range sources(t, dir) {
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", exportOf(t, dir))}
	pkg, err := conf.Check(dir, fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	return info.Uses, pkg
}

// sources are the files of a package, its tests left out.
func sources(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(dir + "/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d files in %s: %v", len(names), dir, err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
}

// exportOf finds what the compiler has written about the packages that a package imports.
func exportOf(t *testing.T, dir string) importer.Lookup {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export", ".")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	export := map[string]string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		export[p.ImportPath] = p.Export
	}
	return func(path string) (io.ReadCloser, error) { return os.Open(export[path]) }
}

// TestRoomsAreOnTheMap holds the map in interp's doc.go complete: it tells every room, in
// order, and of every file what it holds.
func TestRoomsAreOnTheMap(t *testing.T) {
	doc, err := os.ReadFile("../interp/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.FieldsFunc(string(doc), func(r rune) bool { return strings.ContainsRune(" \t\n,;:()", r) })
	at := 0
	for _, room := range rooms {
		i := slices.Index(words[at:], room)
		if i < 0 {
			t.Fatalf("the map does not tell the room %s, or not behind those below it", room)
		}
		at += i
	}
	for _, name := range sources(t, "../interp") {
		if base := filepath.Base(name); base != "doc.go" && !slices.Contains(words, base) {
			t.Errorf("%s is not on the map", base)
		}
	}
}
