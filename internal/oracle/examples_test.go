package oracle

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ctl-lang/ctl/lang"
)

// TestExamples decides the cases of the examples' tests: those of the specification and
// of the conformance files of which every fact that counts is told.
func TestExamples(t *testing.T) {
	texts := map[string]string{}
	spec, err := os.ReadFile("../../SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, block := range strings.Split(string(spec), "```ctl")[1:] {
		head, text, _ := strings.Cut(block, "\n")
		if !strings.Contains(head, "error") {
			texts[fmt.Sprint("SPEC.md block ", i, head)], _, _ = strings.Cut(text, "\n```")
		}
	}
	files, _ := filepath.Glob("../../tests/conformance/*.ctl")
	for _, file := range append(files, "../../rules/mtcr.ctl") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = string(text)
	}
	held, lacking := 0, 0
	for name, text := range texts {
		prog, err := New(name, text)
		if err != nil {
			t.Logf("%s: %s", name, err)
			continue
		}
		file, _ := lang.Parse(context.Background(), name, text)
		for _, d := range file.Decls {
			if test, ok := d.(*lang.Test); ok {
				if prog.try(t, name, test) {
					held++
				} else {
					lacking++
				}
			}
		}
	}
	t.Logf("%d tests hold, %d lack a fact", held, lacking)
	if held < 100 {
		t.Errorf("only %d tests were tried", held)
	}
}

// try says whether all facts that a test's answer hangs on are told.
func (p *Program) try(t *testing.T, name string, test *lang.Test) bool {
	on := "2030-01-01"
	if test.AsOf != nil {
		on = test.AsOf.Text
	}
	facts := map[string]any{}
	for _, f := range test.Given {
		if !p.give(facts, f) {
			return false
		}
	}
	c, err := p.Case(facts, on)
	if err != nil {
		t.Errorf("%s: test %q: %s", name, test.Name.Value, err)
		return true
	}
	for _, policy := range p.under(test) {
		a, err := p.Decide(policy, c)
		if err != nil {
			return false
		}
		for _, e := range test.Expect {
			if e.Outcome.Text == "undetermined" {
				return false
			}
			if a.Name() != e.Outcome.Text {
				t.Errorf("%s: test %q under %s: %s by %v, not %s", name, test.Name.Value, policy, a.Name(), a.Rules, e.Outcome.Text)
			}
			for _, l := range e.By {
				if !slices.Contains(a.Rules, l.Text) {
					t.Errorf("%s: test %q: by %v, not %s", name, test.Name.Value, a.Rules, l.Text)
				}
			}
			for _, o := range e.Requiring {
				if !slices.Contains(a.Obligations, o.Value) {
					t.Errorf("%s: test %q: requires %v, not %s", name, test.Name.Value, a.Obligations, o.Value)
				}
			}
		}
	}
	return true
}

func (p *Program) under(test *lang.Test) []string {
	var out []string
	for _, n := range test.Under {
		out = append(out, n.Text)
	}
	if len(out) > 0 {
		return out
	}
	for name := range p.series {
		return []string{name}
	}
	for name := range p.policies {
		out = append(out, name)
	}
	return out
}

// give puts a fact of a test where JSON would have it; false where it is a term with a
// definition, which says several facts, and of what functions give, which the host alone says.
func (p *Program) give(facts map[string]any, x lang.Expr) bool {
	switch x := x.(type) {
	case *lang.Call:
		return false
	case *lang.Binary:
		if _, ok := x.X.(*lang.Call); ok {
			return false
		}
		v := plain(x.Y)
		if at, _ := (&scope{run: &run{Program: p}}).path(x.X.(*lang.Ref)); v == "none" && at.typ.optional {
			v = nil
		}
		p.put(facts, x.X.(*lang.Ref).Path, v)
	case *lang.Is:
		if p.terms[x.Term.Text] != nil {
			return false
		}
		fact := x.Term
		if p.groups[fact.Text] != nil {
			fact.Text = "in " + fact.Text
		}
		p.put(facts, append(slices.Clone(x.X.Path), fact), !x.Not)
	case *lang.Unary:
		p.put(facts, x.X.(*lang.Ref).Path, false)
	case *lang.Ref:
		p.put(facts, x.Path, true)
	}
	return true
}

// put gives a thing that has facts an object of its own, with its identity as `id`.
func (p *Program) put(facts map[string]any, path []lang.Name, v any) {
	for _, n := range path[:len(path)-1] {
		inner, ok := facts[n.Text].(map[string]any)
		if !ok {
			inner = map[string]any{}
			if id, told := facts[n.Text]; told {
				inner["id"] = id
			}
			facts[n.Text] = inner
		}
		facts = inner
	}
	last := path[len(path)-1].Text
	if inner, ok := facts[last].(map[string]any); ok {
		inner["id"] = v
		return
	}
	facts[last] = v
}

func plain(x lang.Expr) any {
	switch x := x.(type) {
	case *lang.Ref:
		switch name := x.Path[0].Text; name {
		case "yes", "no":
			return name == "yes"
		default:
			return name
		}
	case *lang.Text:
		return x.Value
	case *lang.DateLit:
		return x.Text
	case *lang.Literal:
		return x.Text
	case *lang.Number:
		return strings.TrimSpace(x.Text + " " + x.Unit)
	case *lang.Unary:
		return "-" + plain(x.X).(string)
	case *lang.Paren:
		return []any{plain(x.X)}
	case *lang.Tuple:
		out := []any{}
		for _, e := range x.Elems {
			out = append(out, plain(e))
		}
		return out
	}
	return nil
}
