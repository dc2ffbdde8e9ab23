package interp

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEveryPartIsWalked holds the walk over conditions and operands to all their types: what
// has a method truth is a condition, what has typ an operand.
func TestEveryPartIsWalked(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]map[string]bool{"truth": {}, "typ": {}}
	params := map[string]int{"truth": 1, "typ": 0}
	cases := map[string]map[string]bool{"eachPart": {}, "eachOperandPart": {}}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if star, ok := receiver(fn).(*ast.StarExpr); ok && len(fn.Type.Params.List) == params[fn.Name.Name] && types[fn.Name.Name] != nil {
				types[fn.Name.Name][star.X.(*ast.Ident).Name] = true
			}
			if seen := cases[fn.Name.Name]; seen != nil && fn.Recv == nil {
				ast.Inspect(fn, func(n ast.Node) bool {
					if c, ok := n.(*ast.CaseClause); ok {
						for _, e := range c.List {
							seen[e.(*ast.StarExpr).X.(*ast.Ident).Name] = true
						}
					}
					return true
				})
			}
		}
	}
	for walk, method := range map[string]string{"eachPart": "truth", "eachOperandPart": "typ"} {
		want, got := slices.Sorted(maps.Keys(types[method])), slices.Sorted(maps.Keys(cases[walk]))
		if len(want) == 0 {
			t.Errorf("no type has a method %s", method)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s goes through other types than have a method %s: %s", walk, method, diff)
		}
	}
}

func receiver(fn *ast.FuncDecl) ast.Expr {
	if fn.Recv == nil {
		return nil
	}
	return fn.Recv.List[0].Type
}
