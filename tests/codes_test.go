package tests

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
	"github.com/ctl-lang/ctl/lang"
	"github.com/ctl-lang/ctl/lang/code"
)

// docCode is a diagnostic code with its documentation.
type docCode struct {
	name      string
	code      code.Code
	says      string
	example   string // "" where there is none
	condition bool   // the example is a condition and not a rule file
}

// codes reads the codes and their examples off the source of package code, by code.
func codes(t *testing.T) []docCode {
	t.Helper()
	files, err := filepath.Glob("../lang/code/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files with codes: %v", err)
	}
	var out []docCode
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, spec := range g.Specs {
				if v := spec.(*ast.ValueSpec); isOfType(v, "Code") {
					out = append(out, docOf(t, v))
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b docCode) int { return strings.Compare(string(a.code), string(b.code)) })
	return out
}

func isOfType(v *ast.ValueSpec, name string) bool {
	typ, ok := v.Type.(*ast.Ident)
	return ok && typ.Name == name
}

func docOf(t *testing.T, spec *ast.ValueSpec) docCode {
	t.Helper()
	text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	d := docCode{name: spec.Names[0].Name, code: code.Code(text)}
	head, example, found := strings.Cut(spec.Doc.Text(), ":\n\n\t")
	d.says = head
	if found {
		d.example = expand(strings.ReplaceAll(example, "\n\t", "\n"))
		d.condition = strings.HasSuffix(head, "Example (a condition)")
	}
	return d
}

var braces = regexp.MustCompile(`\{\{(?:byte ([0-9A-F]{2})|([0-9]+) times (.*?))\}\}`)

// expand writes out what stands in double braces in an example: {{byte FF}} is a byte,
// {{3 times ab}} is ababab.
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

// withoutExample are the codes that no rule file of a few lines triggers: they are about
// facts, dates asked for and sizes. Their own tests stand below.
var withoutExample = map[code.Code]bool{
	code.NotInForce: true, code.TooMuch: true, code.EmptyList: true, code.NoSuchCell: true,
	code.UnknownFact: true, code.FactType: true, code.FactUnit: true, code.UnknownIdentity: true, code.FactDate: true,
	code.BrokenConstraint: true, code.Contradiction: true, code.NotAFact: true, code.BadJSON: true, code.FactTooLarge: true,
	code.BadFunction: true, code.CannotEvaluate: true, code.TooManySteps: true, code.Stopped: true, // see the tests of interp
}

// TestCodes runs the example of every code: the first problem reported has that code.
func TestCodes(t *testing.T) {
	seen := map[code.Code]string{}
	for _, c := range codes(t) {
		t.Run(string(c.code)+"_"+c.name, func(t *testing.T) {
			if other, twice := seen[c.code]; twice {
				t.Errorf("%s has the code of %s", c.name, other)
			}
			seen[c.code] = c.name
			if !strings.HasPrefix(c.says, c.name+" occurs when ") {
				t.Errorf("the comment begins %q, not %q", firstLine(c.says), c.name+" occurs when")
			}
			if c.example == "" {
				if !withoutExample[c.code] {
					t.Error("there is no example")
				}
				return
			}
			ds := problemsOf(c)
			if len(ds) == 0 {
				t.Fatalf("no problem is reported for\n%.2000s", c.example)
			}
			if i := slices.IndexFunc(ds, func(d *lang.Diagnostic) bool { return d.Code != c.code }); c.ofText() && i >= 0 {
				t.Errorf("the example also triggers %v", ds[i])
			}
			if first := firstOf(ds, c.code.Severity()); first == nil || first.Code != c.code {
				t.Errorf("reported for\n%.2000s\n%v", c.example, ds)
			}
		})
	}
}

// TestExplanations finds every code in what Explain and Explanations know.
func TestExplanations(t *testing.T) {
	declared := codes(t)
	if got := len(code.Pages()); got != len(declared) {
		t.Errorf("%d codes are explained, and %d declared", got, len(declared))
	}
	for _, c := range declared {
		x, known := code.Explain(c.code)
		if !known || x.Name != c.name || !strings.HasPrefix(c.says, c.name+" occurs when "+x.Occurs+".") || (x.Example == "") != (c.example == "") {
			t.Errorf("%s: %+v, %t", c.code, x, known)
		}
	}
}

func firstLine(s string) string { line, _, _ := strings.Cut(s, "\n"); return line }

// ofText says whether the code is one of lexis or syntax.
func (c docCode) ofText() bool {
	return strings.HasPrefix(string(c.code), "E00") || strings.HasPrefix(string(c.code), "E01")
}

// problemsOf are the problems of an example: those of the text alone where the code is
// about the text, and else those of the program.
func problemsOf(c docCode) lang.Diagnostics {
	switch {
	case c.condition:
		_, _, ds := lang.ParseExpr("example.ctl", c.example)
		return ds
	case c.ofText():
		_, ds := lang.Parse(context.Background(), "example.ctl", c.example)
		return ds
	case strings.HasPrefix(string(c.code), "W02"):
		return lints(c.code, fstest.MapFS{"example.ctl": {Data: []byte(c.example)}}, "example.ctl")
	}
	open := interp.Options{OpenGroups: c.code != code.NoMembers}
	return problemsWith(open, "example.ctl", c.example)
}

// lints are what looking at every possible case finds in an example; a code that is
// told on request is asked for.
func lints(c code.Code, files fstest.MapFS, name string) lang.Diagnostics {
	prog, err := interp.Load(context.Background(), files, name)
	if err != nil {
		ds, _ := err.(lang.Diagnostics)
		return ds
	}
	var opts analysis.LintOptions
	if analysis.OnRequest(c) {
		opts.Quiet = append(opts.Quiet, c)
	}
	report, err := analysis.Lint(context.Background(), prog, opts)
	if err != nil {
		return nil
	}
	return report.Diagnostics()
}

// problems are those of a rule file that stands alone in its folder.
func problems(name, text string) lang.Diagnostics { return problemsWith(interp.Options{}, name, text) }

func problemsWith(o interp.Options, name, text string) lang.Diagnostics {
	prog, err := o.Load(context.Background(), fstest.MapFS{name: {Data: []byte(text)}}, name)
	if err != nil {
		ds, _ := err.(lang.Diagnostics)
		return ds
	}
	return prog.Warnings()
}

func firstOf(ds lang.Diagnostics, s code.Severity) *lang.Diagnostic {
	for _, d := range ds {
		if d.Code.Severity() == s {
			return d
		}
	}
	return nil
}

// TestFactCodes triggers the codes about facts.
func TestFactCodes(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "facts.ctl", `
use iso3166
outcomes deny > permit
kind Item { category: I | II  range: length  payload: mass  made: date  tags: set of text }
role item: Item
role to recipient: Country
term MissileClass of Item: range >= 300 km and payload >= 500 kg
constraint missile_class: item is MissileClass implies item.category = I
policy p from 2020-01-01 until 2021-01-01 { deny any otherwise permit }
series s: p
`)
	if err != nil {
		t.Fatal(err)
	}
	tell := func(facts ...string) func(*interp.Case) error {
		return func(c *interp.Case) error { return c.Tell(facts...) }
	}
	read := func(text string) func(*interp.Case) error {
		return func(c *interp.Case) error { return c.ReadJSON(context.Background(), "facts.json", []byte(text)) }
	}
	for _, row := range []struct {
		code code.Code
		do   func(*interp.Case) error
	}{
		{code.UnknownFact, tell("itm.category = I")},
		{code.UnknownFact, tell("item.catgory = I")},
		{code.UnknownFact, read(`{"item": {"catgory": "I"}}`)},
		{code.FactType, tell("item.category = III")},
		{code.FactType, read(`{"item": {"category": true}}`)},
		{code.FactType, read(`{"item": []}`)},
		{code.FactUnit, tell("item.range = 300")},
		{code.FactUnit, tell("item.range = 300 kg")},
		{code.FactUnit, read(`{"item": {"range": 300}}`)},
		{code.UnknownIdentity, tell("recipient = Indai")},
		{code.UnknownIdentity, read(`{"recipient": "Indai"}`)},
		{code.FactDate, tell("item.made = 2021-02-29")},
		{code.FactDate, read(`{"item": {"made": "yesterday"}}`)},
		{code.FactDate, read(`{"as_of": "2025-13-01"}`)},
		{code.Contradiction, tell("item.category = I", "item.category = II")},
		{code.Contradiction, read(`{"item": {}, "item": {}}`)},
		{code.NotAFact, tell("item.category")},
		{code.NotAFact, tell("item is MissileClass")},
		{code.BadJSON, read(`{"item": }`)},
		{code.BadJSON, read(`[]`)},
		{code.BadJSON, read(``)},
		{code.BrokenConstraint, func(c *interp.Case) error {
			if err := c.Tell("item.category = II", "item.range = 300 km", "item.payload = 500 kg"); err != nil {
				return err
			}
			_, err := prog.Policies()[0].Decide(t.Context(), c)
			return err
		}},
	} {
		ds, ok := row.do(prog.NewCase()).(lang.Diagnostics)
		if !ok || len(ds) == 0 || ds[0].Code != row.code {
			t.Errorf("want %s, got %v", row.code, ds)
		}
	}
	_, err = prog.PolicyOn("s", mustDate(t, "2021-01-01"))
	if d, ok := err.(*lang.Diagnostic); !ok || d.Code != code.NotInForce {
		t.Errorf("want %s, got %v", code.NotInForce, err)
	}
}

// TestTooMuch loads more files than a program may have.
func TestTooMuch(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range 1100 {
		fsys["rules/"+strconv.Itoa(i)+".ctl"] = &fstest.MapFile{}
	}
	_, err := interp.Load(context.Background(), fsys, "rules")
	ds, _ := err.(lang.Diagnostics)
	if d := firstOf(ds, code.Error); d == nil || d.Code != code.TooMuch {
		t.Errorf("want %s, got %v", code.TooMuch, err)
	}
}

func mustDate(t *testing.T, s string) interp.Date {
	t.Helper()
	d, err := interp.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
