package lang

import (
	"go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// codeDoc is a code as its source file documents it.
type codeDoc struct {
	name, doc, example string
	code               Code
	condition          bool // the example is a condition and not a file
}

// codeDocs reads the constants of a file with codes.
func codeDocs(t *testing.T, file string) []codeDoc {
	t.Helper()
	f, err := goparser.ParseFile(gotoken.NewFileSet(), file, nil, goparser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var docs []codeDoc
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		doc := codeDoc{name: spec.Names[0].Name, doc: spec.Doc.Text(), code: Code(value)}
		head, example, _ := strings.Cut(doc.doc, ":\n\n\t")
		doc.example = expand(strings.ReplaceAll(example, "\n\t", "\n"))
		doc.condition = strings.HasSuffix(head, "Example (a condition)")
		docs = append(docs, doc)
		return true
	})
	return docs
}

var braces = regexp.MustCompile(`\{\{(?:byte ([0-9A-F]{2})|([0-9]+) times (.*?))\}\}`)

// expand writes out what stands in double braces in an example.
func expand(example string) string {
	return braces.ReplaceAllStringFunc(example, func(s string) string {
		m := braces.FindStringSubmatch(s)
		if m[1] != "" {
			b, _ := strconv.ParseUint(m[1], 16, 8)
			return string([]byte{byte(b)})
		}
		n, _ := strconv.Atoi(m[2])
		return strings.Repeat(m[3], n)
	})
}

func TestEveryCodeHasAnExampleThatTriggersIt(t *testing.T) {
	seen := map[Code]string{}
	for _, file := range []string{"codes_lexis.go", "codes_syntax.go"} {
		docs := codeDocs(t, file)
		if len(docs) < 10 {
			t.Fatalf("%s: only %d codes found", file, len(docs))
		}
		for _, c := range docs {
			t.Run(string(c.code), func(t *testing.T) {
				if seen[c.code] != "" {
					t.Errorf("%s and %s are one code", seen[c.code], c.name)
				}
				seen[c.code] = c.name
				if !strings.HasPrefix(c.doc, c.name+" occurs when ") {
					t.Errorf("the comment should begin with %q", c.name+" occurs when")
				}
				if c.example == "" {
					t.Fatal("no example")
				}
				_, ds := Parse("example.ctl", c.example)
				if c.condition {
					_, _, ds = ParseExpr("example", c.example)
				}
				if len(ds) == 0 {
					t.Fatal("the example is well-formed")
				}
				for _, d := range ds {
					if d.Code != c.code {
						t.Errorf("the example also triggers %v", d)
					}
				}
			})
		}
	}
}
