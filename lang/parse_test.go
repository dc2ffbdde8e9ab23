package lang

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// explicit writes an expression with parentheses round every operator, to show
// how it has been read.
func explicit(e Expr) string {
	switch e := e.(type) {
	case *Binary:
		return "(" + explicit(e.X) + " " + e.Op.String() + " " + explicit(e.Y) + ")"
	case *Unary:
		return "(" + e.Op.String() + " " + explicit(e.X) + ")"
	case *Paren:
		return explicit(e.X)
	case *In:
		x := "it"
		if e.X != nil {
			x = explicit(e.X)
		}
		return "(" + x + not(e.Not) + " in " + explicit(e.Target) + ")"
	case *Tuple:
		return "[" + explicitList(e.Elems) + "]"
	case *Interval:
		return explicit(e.Lo) + " .. " + explicit(e.Hi)
	case *Is:
		return "(" + explicit(e.X) + " is" + not(e.Not) + " " + e.Term.Text + ")"
	case *Has:
		return "(has " + explicit(e.X) + ")"
	case *Like:
		return "(" + explicit(e.X) + not(e.Not) + " like " + QuotePattern(e.Pattern.Value) + ")"
	case *Under:
		return "(" + explicit(e.X) + not(e.Not) + " under " + Quote(e.Code.Value) + ")"
	case *Within:
		return "(" + explicit(e.X) + not(e.Not) + " within " + explicit(e.Amount) + " " + e.Dir.Text + " " + explicit(e.Y) + ")"
	case *AtLeast:
		return "(" + e.Op.String() + " " + e.N.Text + " of [" + explicitList(e.Of) + "])"
	case *SetQuant:
		return "(" + e.Op.String() + " " + explicit(e.X) + " in " + explicit(e.Target) + ")"
	case *Quant:
		return "(" + e.Op.String() + " " + e.Var.Text + " in " + explicit(e.List) + " has " + explicit(e.Cond) + ")"
	case *Call:
		return e.Fun.Text + "[" + explicitList(e.Args) + "]"
	case *Alternatives:
		return "<" + explicitList(e.Elems) + ">"
	case nil:
		return "nothing"
	default:
		return FormatExpr(e)
	}
}

func explicitList(list []Expr) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = explicit(e)
	}
	return strings.Join(texts, ", ")
}

func not(n bool) string {
	if n {
		return " not"
	}
	return ""
}

func TestConditions(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a and b or c", "((a and b) or c)"},
		{"a or b and c", "(a or (b and c))"},
		{"a and b and c", "((a and b) and c)"},
		{"a implies b implies c", "(a implies (b implies c))"},
		{"a or b implies not c and d", "((a or b) implies ((not c) and d))"},
		{"not a = b", "(not (a = b))"},
		{"not not a", "(not (not a))"},
		{"(a or b) and c", "((a or b) and c)"},
		{"a + b * c - d / e", "((a + (b * c)) - (d / e))"},
		{"a - b - c", "((a - b) - c)"},
		{"- a * b", "((- a) * b)"},
		{"a - -b", "(a - (- b))"},
		{"item.range >= 300 km and item.payload >= 500kg", "((item.range >= 300 km) and (item.payload >= 500 kg))"},
		{"speed > 900 km/h", "(speed > 900 km/h)"},
		{"300 km / h", "(300 km / h)"},
		{"300 km/h.x", "(300 km / h.x)"},
		{"300 km/f(x)", "(300 km / f[x])"},
		{"x = 300\nkm", ""},
		{"not in Member", "(it not in Member)"},
		{"in (US, GB) or not in Member", "((it in [US, GB]) or (it not in Member))"},
		{"not (in Member)", "(not (it in Member))"},
		{"x not in Member", "(x not in Member)"},
		{"x in 1 .. 5", "(x in 1 .. 5)"},
		{"x in (1 .. 5, 9)", "(x in [1 .. 5, 9])"},
		{"x in (1)", "(x in [1])"},
		{"admin in subject.roles", "(admin in subject.roles)"},
		{"x in 1993-09-27 .. 2025-01-03", "(x in 1993-09-27 .. 2025-01-03)"},
		{"recipient is not vetted and SLV", "((recipient is not vetted) and SLV)"},
		{"has item.range and item.range > 3 km", "((has item.range) and (item.range > 3 km))"},
		{"has and b", "(has and b)"},
		{`code like "9A*" or code not like "?"`, `((code like "9A*") or (code not like "?"))`},
		{`code like "\*\\*\u{5C}\u{2A}" or code not under "9A515"`, `((code like "\*\\*\\*") or (code not under "9A515"))`},
		{"at least 2 of (a, b and c, d) and e", "((at least 2 of [a, (b and c), d]) and e)"},
		{"at most 1 of (a) or exactly 2 of (a, b)", "((at most 1 of [a]) or (exactly 2 of [a, b]))"},
		{"any of a.s in (x, y) and none of s in T or all of s in u.t", "(((any of a.s in [x, y]) and (none of s in T)) or (all of s in u.t))"},
		{"none = all and any of s in T", "((none = all) and (any of s in T))"},
		{"some p in item.parts has p.controlled and p.listed", "(some p in item.parts has (p.controlled and p.listed))"},
		{"(some p in l has a) and b", "((some p in l has a) and b)"},
		{"(count p in l has p.x > 1) >= 2", "((count p in l has (p.x > 1)) >= 2)"},
		{"x = no and every p in l has a", "((x = no) and (every p in l has a))"},
		{"no p in l has a", "(no p in l has a)"},
		{"no = some", "(no = some)"},
		{"signed within 90 days before shipped", "(signed within 90 days before shipped)"},
		{"signed not within 2 years of shipped + 30 days", "(signed not within 2 years of (shipped + 30 days))"},
		{"within = before", "(within = before)"},
		{"upper(name) = \"X\"", `(upper[name] = "X")`},
		{"f() and g(a, b + 1)", "(f[] and g[a, (b + 1)])"},
		{"a.in.not = to.when", ""},
		{"a.in.not = b.when", "(a.in.not = b.when)"},
	} {
		e, _, ds := ParseExpr("condition", c.text)
		if c.want == "" {
			if len(ds) == 0 {
				t.Errorf("%s: read as %s", c.text, explicit(e))
			}
			continue
		}
		if len(ds) > 0 {
			t.Errorf("%s: %v", c.text, ds)
			continue
		}
		if diff := cmp.Diff(c.want, explicit(e)); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

func TestFormatExprAddsParentheses(t *testing.T) {
	a, b, c := ref("a"), ref("b"), ref("c")
	quant := &Quant{Op: Some, Var: Name{Text: "p"}, List: ref("l"), Cond: a}
	for _, x := range []struct {
		e    Expr
		want string
	}{
		{&Binary{Op: And, X: &Binary{Op: Or, X: a, Y: b}, Y: c}, "(a or b) and c"},
		{&Binary{Op: And, X: a, Y: &Binary{Op: And, X: b, Y: c}}, "a and (b and c)"},
		{&Binary{Op: Implies, X: &Binary{Op: Implies, X: a, Y: b}, Y: c}, "(a implies b) implies c"},
		{&Binary{Op: Sub, X: a, Y: &Binary{Op: Add, X: b, Y: c}}, "a - (b + c)"},
		{&Binary{Op: Eq, X: &Binary{Op: Eq, X: a, Y: b}, Y: c}, "(a = b) = c"},
		{&Unary{Op: Not, X: &Binary{Op: And, X: a, Y: b}}, "not (a and b)"},
		{&Unary{Op: Not, X: &In{Target: a}}, "not (in a)"},
		{&Unary{Op: Sub, X: &Unary{Op: Sub, X: a}}, "--a"},
		{&Binary{Op: And, X: quant, Y: b}, "(some p in l has a) and b"},
		{&Binary{Op: And, X: b, Y: quant}, "b and some p in l has a"},
		{&In{X: &Binary{Op: Or, X: a, Y: b}, Target: &Interval{Lo: a, Hi: b}}, "(a or b) in a .. b"},
		{&Is{X: a, Term: Name{Text: "T"}}, "a is T"},
		{nil, ""},
	} {
		if got := FormatExpr(x.e); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
}

func ref(name string) *Ref { return &Ref{Path: []Name{{Text: name}}} }

// TestRules shows how rules are read: outcome, object, phrases, clauses.
func TestRules(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"deny CategoryI to nonMember unless SLV and vetted", "deny CategoryI, to nonMember, unless (SLV and vetted)"},
		{"deny CategoryI and not SLV to FR, JP or US for any", "deny (CategoryI and (not SLV)), to <FR, (JP or US)>, for any"},
		{"l: deny", "l: deny"},
		{"deny permit X", "deny | permit X"},
		{"deny l: permit X", "deny | l: permit X"},
		{"deny when x > 3 permit X", "deny, when (x > 3) | permit X"},
		{"deny when x > 3 km permit X", "deny, when (x > 3 km) | permit X"},
		{"deny when x > 3 l: permit", "deny, when (x > 3) | l: permit"},
		{"deny when x > 3 subject to l", "deny, when (x > 3), subject to l"},
		{"deny from US from 2020-01-01 until 2021-01-01", "deny, from US, from 2020-01-01, until 2021-01-01"},
		{"deny source to subject", "deny source, to subject"},
		{`deny source source "text"`, `deny source, source "text"`},
		{"deny X notwithstanding a, us/3 notwithstanding b", "deny X, notwithstanding a, us/3, b"},
		{`deny X because "b" requiring "a", "c" unless x requiring "d" when y`, `deny X, when y, unless x, requiring "a", "c", "d", because "b"`},
		{`deny "Acme Ltd" to ("A", B)`, `deny "Acme Ltd", to <"A", B>`},
		{"not: deny not x to not y", "not: deny (not x), to (not y)"},
		{"replace l: deny X otherwise permit", "replace l: deny X | otherwise permit"},
		{"repeal a, b/2 deny X", "repeal a, b/2 | deny X"},
		{"deny repeal unless x", "deny repeal, unless x"},
		{"section s { deny X } permit", "section s [deny X] | permit"},
		{`section s "title" decides by first when a or b { }`, `section s "title" decides by first when (a or b) []`},
		{`otherwise permit requiring "x" because "y"`, `otherwise permit, requiring "x", because "y"`},
	} {
		file, ds := Parse(context.Background(), "rules.ctl", "outcomes deny > permit policy p { "+c.text+" }")
		if len(ds) > 0 {
			t.Errorf("%s: %v", c.text, ds)
			continue
		}
		if diff := cmp.Diff(c.want, explicitItems(file.Decls[1].(*Policy).Items)); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

func explicitItems(items []Item) string {
	var out []string
	for _, item := range items {
		switch i := item.(type) {
		case *Rule:
			out = append(out, explicitRule(i))
		case *Otherwise:
			out = append(out, "otherwise "+explicitRule(&Rule{Outcome: i.Outcome, Requiring: i.Requiring, Because: i.Because, Source: i.Source}))
		case *Repeal:
			out = append(out, "repeal "+labelTexts(i.Labels))
		case *Replace:
			out = append(out, "replace "+i.Label.Text+": "+explicitRule(i.Rule))
		case *Section:
			s := "section " + i.Name.Text
			if i.Title != nil {
				s += " " + Quote(i.Title.Value)
			}
			if i.Decides != nil {
				s += " decides by " + i.Decides.Text
			}
			if i.When != nil {
				s += " when " + explicit(i.When)
			}
			out = append(out, s+" ["+explicitItems(i.Items)+"]")
		}
	}
	return strings.Join(out, " | ")
}

func explicitRule(r *Rule) string {
	s := r.Outcome.Text
	if r.Label != nil {
		s = r.Label.Text + ": " + s
	}
	if r.Object != nil {
		s += " " + explicit(r.Object)
	}
	add := func(format string, args ...any) { s += ", " + fmt.Sprintf(format, args...) }
	for _, p := range r.Phrases {
		add("%s %s", p.Prep.Text, explicit(p.X))
	}
	if r.When != nil {
		add("when %s", explicit(r.When))
	}
	if r.Unless != nil {
		add("unless %s", explicit(r.Unless))
	}
	if r.Notwithstanding != nil {
		add("notwithstanding %s", labelTexts(r.Notwithstanding))
	}
	if r.SubjectTo != nil {
		add("subject to %s", labelTexts(r.SubjectTo))
	}
	if r.Requiring != nil {
		add("requiring %s", quotedTexts(r.Requiring))
	}
	if r.Because != nil {
		add("because %s", Quote(r.Because.Value))
	}
	if r.Source != nil {
		add("source %s", quotedTexts(r.Source))
	}
	if r.From != nil {
		add("from %s", r.From.Text)
	}
	if r.Until != nil {
		add("until %s", r.Until.Text)
	}
	return s
}

func labelTexts(list []LabelRef) string {
	texts := make([]string, len(list))
	for i, l := range list {
		texts[i] = l.Text
	}
	return strings.Join(texts, ", ")
}

func quotedTexts(list []String) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = Quote(s.Value)
	}
	return strings.Join(texts, ", ")
}

func TestDoc(t *testing.T) {
	file, _ := Parse(context.Background(), "doc.ctl", `# not this: an empty line follows

# The first line,
#   the second.
term A: x # behind
term B: y
# above C
term C: z # behind C
# above D

#above E
#
# with a gap
use e`)
	var got []string
	for _, d := range file.Decls {
		got = append(got, d.Doc())
	}
	want := []string{"The first line,\n  the second.", "", "above C", "above E\n\nwith a gap"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTypes(t *testing.T) {
	file, ds := Parse(context.Background(), "types.ctl", `kind K {
  a: length?
  b: I "one" | II "two" "zwei"
  c: missile | rocket "what it is"
  d: set of Country? "where"
  e: list of set of I | II = I
  set: set
  list: list of list
  of: of = 3 km
}`)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	attrs := file.Decls[0].(*Kind).Attrs
	a, b, c, d, e := attrs[0], attrs[1], attrs[2], attrs[3], attrs[4]
	if !a.Type.Optional || a.Type.Name.Text != "length" {
		t.Errorf("a is %s", dump(a))
	}
	if len(b.Type.Choices) != 2 || len(b.Type.Choices[1].Titles) != 2 || b.Title != nil {
		t.Errorf("b is %s", dump(b))
	}
	if c.Title == nil || c.Type.Choices[1].Titles != nil {
		t.Errorf("c is %s", dump(c))
	}
	if !d.Type.Optional || d.Type.SetOf.Optional || d.Title == nil {
		t.Errorf("d is %s", dump(d))
	}
	if len(e.Type.ListOf.SetOf.Choices) != 2 || e.Default == nil {
		t.Errorf("e is %s", dump(e))
	}
	if attrs[5].Type.Name.Text != "set" || attrs[6].Type.ListOf.Name.Text != "list" || attrs[7].Type.Name.Text != "of" {
		t.Errorf("the names of types that look like words are %s", dump(attrs[5:]))
	}
}

func TestLineEndsAndMarksOfEditors(t *testing.T) {
	plain := "outcomes deny\n# above\npolicy p {\n  deny X\n}\n"
	want, ds := Parse(context.Background(), "", plain)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	for name, text := range map[string]string{
		"CRLF": strings.ReplaceAll(plain, "\n", "\r\n"), "CR": strings.ReplaceAll(plain, "\n", "\r"), "BOM": "\uFEFF" + plain, "tabs": strings.ReplaceAll(plain, " ", "\t"),
		"no break": strings.ReplaceAll(plain, "deny X", "deny\u00a0X"),
	} {
		got, ds := Parse(context.Background(), "", text)
		if len(ds) > 0 {
			t.Errorf("%s: %v", name, ds)
		}
		if diff := cmp.Diff(dump(want), dump(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(Format(want), strings.ReplaceAll(Format(got), "#\tabove", "# above")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if doc := got.Decls[1].Doc(); strings.TrimSpace(doc) != "above" {
			t.Errorf("%s: the doc is %q", name, doc)
		}
	}
}

func TestFactsWithoutQuotes(t *testing.T) {
	_, _, ds := ParseFact("fact", "party.name = Acme Ltd and Sons ")
	if len(ds) != 1 || ds[0].Fix == nil || ds[0].Fix.Replacement != `"Acme Ltd and Sons"` {
		t.Errorf("%v", ds)
	}
	if e, _, ds := ParseFact("fact", ""); e != nil || len(ds) != 1 {
		t.Errorf("an empty fact gives %v, %v", e, ds)
	}
}

// TestParseConcurrently is for the race detector: nothing is shared but what is
// built once.
func TestParseConcurrently(t *testing.T) {
	text, err := os.ReadFile("testdata/language.ctl")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := Parse(context.Background(), "", string(text))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				got, ds := Parse(context.Background(), "", string(text))
				if len(ds) > 0 || dump(got) != dump(want) {
					t.Errorf("another tree, or %v", ds)
					return
				}
			}
		})
	}
	all.Wait()
}

func TestEmptyFiles(t *testing.T) {
	for _, text := range []string{"", "\n", "\uFEFF", "# only a comment", "# one\n\n# two\n"} {
		file, ds := Parse(context.Background(), "empty.ctl", text)
		if len(ds) > 0 || len(file.Decls) > 0 {
			t.Errorf("%q: %v", text, ds)
		}
		if got := Format(file); strings.TrimSpace(got) != strings.TrimSpace(strings.TrimPrefix(text, "\uFEFF")) {
			t.Errorf("%q is formatted as %q", text, got)
		}
	}
}

// An open at the end of a line is that of the kind in front of it, also where a term begins the next.
func TestOpenAtTheEndOfALine(t *testing.T) {
	file, diags := Parse(t.Context(), "p.ctl", "kind K from \"k.csv\" open\nterm T of K: in G\nkind L from \"l.csv\"\nopen term U of L\n")
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	k, term, l, u := file.Decls[0].(*Kind), file.Decls[1].(*Term), file.Decls[2].(*Kind), file.Decls[3].(*Term)
	if !k.Open || term.Open || l.Open || !u.Open {
		t.Errorf("open are: the kind %v, its term %v; the other kind %v, its term %v", k.Open, term.Open, l.Open, u.Open)
	}
}

func TestSensitive(t *testing.T) {
	file, ds := Parse(context.Background(), "sensitive.ctl", `kind P = text sensitive
kind Q = text | sensitive
kind K {
  a: text sensitive "title"
  b: number = 3 sensitive
  c: I | II "two" sensitive "both"
  d: text
  sensitive: bool
  e: sensitive
  f: I | II sensitive "title"
}
open term t of K sensitive "asked"
open term sensitive
term s of K: a = "x"`)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	if p, q := file.Decls[0].(*Kind), file.Decls[1].(*Kind); !p.Sensitive || !p.Text || q.Sensitive || q.Text {
		t.Errorf("P and Q are %s %s", dump(p), dump(q))
	}
	want := map[string]bool{"a": true, "b": true, "c": true, "f": true}
	attrs := file.Decls[2].(*Kind).Attrs
	if len(attrs) != 7 {
		t.Fatalf("%d attributes", len(attrs))
	}
	for _, a := range attrs {
		if a.Sensitive != want[a.Name.Text] {
			t.Errorf("%s is %s", a.Name.Text, dump(a))
		}
	}
	if c, f := attrs[2], attrs[6]; len(c.Type.Choices[1].Titles) != 1 || c.Title == nil || f.Title == nil {
		t.Errorf("c and f are %s %s", dump(c), dump(f))
	}
	if term, named := file.Decls[3].(*Term), file.Decls[4].(*Term); !term.Sensitive || term.Title == nil || named.Sensitive {
		t.Errorf("the terms are %s %s", dump(term), dump(named))
	}
}
