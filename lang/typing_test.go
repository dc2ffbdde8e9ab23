package lang

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The forms below are what stands in a text while somebody writes it. ‸ is where the one
// diagnostic must be; behind the bar stands what the tree must keep of the form.
const (
	unfinishedItems = `
a: deny X to‸ | a
a: deny X,‸ | a
a: deny X to Y from‸ | a
a: deny X to not‸ | a
a: deny X to (Y or‸ | a
a: deny X to (Y‸ | a
a: deny X and‸ | a
a: deny (X, Y‸ | a
a:‸ | a
a: deny X when‸ | a
a: deny X unless Y and‸ | a
a: deny X when y or not‸ | a
a: deny X when not‸ | a
a: deny X when x.a =‸ | a
a: deny X when x.a >= 3 km +‸ | a
a: deny X when x in‸ | a
a: deny X when x in (1,‸ | a
a: deny X when x in 1 ..‸ | a
a: deny X when (x or‸ | a
a: deny X when (x‸ | a
a: deny X when max(x.a,‸ | a
a: deny X when x is‸ | a
a: deny X when x is not‸ | a
a: deny X when x like‸ | a
a: deny X when x within‸ | a
a: deny X when x within 90 days‸ | a
a: deny X when x within 90 days of‸ | a
a: deny X when x‸. | a!
a: deny X when at least‸ | a
a: deny X when at least 2‸ | a
a: deny X when at least 2 of‸ | a
a: deny X when at least 2 of (x,‸ | a
a: deny X when some p in x.l‸ | a
a: deny X when some p in x.l has‸ | a
a: deny X when any of x.l in‸ | a
a: deny X when x implies‸ | a
a: deny X ‸whe | a
a: deny X ‸becaus | a
a: deny X because‸ | a
a: deny X because ‸"it | a!
a: deny X requiring‸ | a
a: deny X requiring "r",‸ | a
a: deny X source‸ | a
a: deny X notwithstanding‸ | a
a: deny X notwithstanding b,‸ | a
a: deny X notwithstanding p/‸ | a
a: deny X subject‸ | a
a: deny X subject to‸ | a
a: deny X until‸ | a
a: deny X until ‸2025 | a
a: deny X until ‸2025- | a
a: deny X from ‸2025-01 | a
otherwise‸ |
otherwise deny because‸ | otherwise deny
repeal‸ |
repeal a,‸ | repeal a
replace‸ |
replace a‸ | replace a
replace a:‸ | replace a
replace a: deny X to‸ | replace a
section‸ |
section s‸ | section s
section s when‸ | section s
section s decides‸ | section s
section s decides by‸ | section s
`
	unfinishedDeclarations = `
use‸ |
outcomes‸ |
kind‸ |
kind K =‸ | K
kind K = A \‸ | K
kind K {‸ | K!
kind K { a‸ | K! a
kind K { a:‸ | K! a
kind K { a: set of‸ | K! a
kind K { a: x \‸ | K! a
kind K { a: length =‸ | K! a
unit‸ |
unit mi‸ | mi
unit mi =‸ | mi
unit mi = ‸2 | mi
unit mi of‸ | mi
role‸ |
role to‸ |
role x‸ | x
role x:‸ | x
group‸ |
group G‸ | G
group G of‸ | G
group G of K‸ | G
group G of K:‸ | G
group G of K: US‸, | G!
group G of K: US since‸ | G
group G of K: US since 2025-01-01 until‸ | G
group G of K from‸ | G
term‸ |
term T‸ | T
term T of‸ | T
term T of K‸ | T
term T of K:‸ | T
term T: a and‸ | T
term T: (a‸ | T
open‸ |
open term‸ |
open term T of‸ | T
constraint‸ |
constraint c‸ | c
constraint c:‸ | c
constraint c: a implies‸ | c
policy‸ |
policy r‸ | r
policy r amends‸ | r
policy r from‸ | r
policy r decides‸ | r
policy r {‸ | r!
policy r { deny X to‸ | r! deny
series‸ |
series s‸ | s
series s:‸ | s
series s: p,‸ | s
test‸ |
test "t"‸ | t00
test "t" under‸ | t00
test "t" {‸ | t00!
test "t" { given‸ | t00!
test "t" { given x =‸ | t00!
test "t" { given x‸. | t10!
test "t" { expect‸ | t00!
test "t" { as of‸ | t00!
claim‸ |
claim "c"‸ | c
claim "c" under‸ | c
claim "c":‸ | c
claim "c": always‸ | c
claim "c": never deny or‸ | c
claim "c": p never‸ | c
claim "c": p never stricter‸ | c
claim "c": p same as‸ | c
claim "c": p requires no‸ | c
claim "c": same decision when‸ | c
claim "c": same decision when x.a swaps‸ | c
claim "c": same decision when x.a swaps v,‸ | c
claim "c": never deny when‸ | c
`
	unfinishedFacts = `
given‸ |
given x =‸ |
given x = (a,‸ |
given x is‸ |
given not‸ |
expect‸ |
expect deny by‸ |
expect deny needing‸ |
expect deny requiring‸ |
as of‸ |
as of ‸2025 |
`
	unfinishedAttrs = `
z‸ | z
z:‸ | z
z: set of‸ | z
z: k = (‸ | z
`
)

func forms(list string) [][2]string {
	var out [][2]string
	for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
		at := strings.LastIndex(line, " |")
		out = append(out, [2]string{strings.ReplaceAll(line[:at], `\`, "|"), strings.TrimSpace(line[at+2:])})
	}
	return out
}

// isUnfinished checks a text with one form in it: its diagnostic, and what is in the tree.
func isUnfinished(t *testing.T, before, form, after, want string) {
	t.Helper()
	at := strings.Index(form, "‸")
	text := before + strings.Replace(form, "‸", "", 1) + after
	file, ds := Parse(context.Background(), "typing.ctl", text)
	sound(t, text, file, ds)
	if len(ds) != 1 || int(ds[0].Span.Start) != len(before)+at {
		_, column := file.Source.Position(uint32(len(before) + at))
		t.Errorf("%s: one diagnostic is to stand in column %d:\n%v", form, column, ds)
	}
	if got := kept(file); got != want {
		t.Errorf("%s: the tree has\n%s, not\n%s", form, got, want)
	}
}

// kept names what is in a tree; what is unfinished has a question mark.
func kept(file *File) string {
	var out []string
	add := func(n interface{ Unfinished() bool }, name string) {
		if n.Unfinished() {
			name += "?"
		}
		out = append(out, strings.TrimSpace(name))
	}
	var items func([]Item)
	items = func(list []Item) {
		for _, it := range list {
			switch it := it.(type) {
			case *Rule:
				if it.Label != nil {
					add(it, it.Label.Text)
				} else {
					add(it, it.Outcome.Text)
				}
			case *Otherwise:
				add(it, "otherwise "+it.Outcome.Text)
			case *Repeal:
				add(it, "repeal "+it.Labels[0].Text)
			case *Replace:
				add(it, "replace "+it.Label.Text)
			case *Section:
				add(it, "section "+it.Name.Text)
				items(it.Items)
			}
		}
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *Use:
			add(d, "use")
		case *Policy:
			add(d, d.Name.Text)
			items(d.Items)
		case *Kind:
			add(d, d.Name.Text)
			for _, a := range d.Attrs {
				add(a, a.Name.Text)
			}
		case *Test:
			add(d, fmt.Sprintf("%s%d%d", d.Name.Value, len(d.Given), len(d.Expect)))
		case *Claim:
			add(d, d.Name.Value)
		case *Outcomes:
			add(d, "outcomes")
		case *Unit:
			add(d, d.Name.Text)
		case *NamedValue:
			add(d, d.Name.Text)
		case *Role:
			add(d, d.Name.Text)
		case *Group:
			add(d, d.Name.Text)
		case *Term:
			add(d, d.Name.Text)
		case *Constraint:
			add(d, d.Name.Text)
		case *Series:
			add(d, d.Name.Text)
		}
	}
	return strings.Join(out, " ")
}

func TestUnfinishedItems(t *testing.T) {
	const behind = "\n}\nterm T: x\npolicy q { deny any }\n"
	for _, f := range forms(unfinishedItems) {
		part := unfinishedName(f[1])
		for _, outcomes := range []string{"outcomes deny > permit\n", ""} {
			before, tree := outcomes+"policy p {\n  ", "p "+part
			if outcomes != "" {
				tree = "outcomes " + tree
				if strings.HasSuffix(f[0], ":‸") {
					continue // the next line goes on with the sentence
				}
				isUnfinished(t, before, f[0], "\n  permit any\n  deny Y"+behind, tree+"permit deny T q deny")
			}
			if f[0] == "replace‸" {
				continue // so it does with this one
			}
			isUnfinished(t, before, f[0], "\n  b: permit any\n  c: deny Y"+behind, tree+"b c T q deny")
			isUnfinished(t, before, f[0], behind, tree+"T q deny")
		}
	}
}

// unfinishedName is some names, the last of them with a question mark if it has no other mark.
func unfinishedName(name string) string {
	if whole, ok := strings.CutSuffix(name, "!"); ok || name == "" {
		return strings.TrimLeft(whole+" ", " ")
	}
	return name + "? "
}

func TestUnfinishedDeclarations(t *testing.T) {
	for _, f := range forms(unfinishedDeclarations) {
		for _, behind := range [][2]string{
			{"\nterm A: x\npolicy q { deny any }\n", "A q deny"},
			{"\n\n# what follows\nuse iso3166\nkind B { a: bool }\n", "use B a"},
			{"\n# end\nclaim \"d\": never deny\ntest \"u\" { expect deny }\n", "d u01"},
			{"", ""},
		} {
			isUnfinished(t, "outcomes deny > permit\n", f[0], behind[0], strings.TrimSpace("outcomes "+unfinishedName(strings.ReplaceAll(f[1], "! ", " "))+behind[1]))
		}
	}
}

func TestUnfinishedFacts(t *testing.T) {
	for _, f := range forms(unfinishedFacts) {
		isUnfinished(t, "test \"t\" {\n  ", f[0], "\n  given y = 1\n  expect deny\n}\nterm A: x\n", "t11 A")
		isUnfinished(t, "test \"t\" {\n  ", f[0], "\n  expect deny\n  expect permit\n}\nterm A: x\n", "t02 A")
		isUnfinished(t, "test \"t\" { ", f[0], " }\nterm A: x\n", "t00 A")
	}
}

func TestUnfinishedAttributes(t *testing.T) {
	for _, f := range forms(unfinishedAttrs) {
		isUnfinished(t, "kind K {\n  ", f[0], "\n  a: bool\n  b: set of K\n}\nterm A: x\n", "K "+unfinishedName(f[1])+"a b A")
		isUnfinished(t, "kind K {\n  ", f[0], "\n}\nterm A: x\n", "K "+unfinishedName(f[1])+"A")
	}
}

// TestUnfinishedBeforeATokenTakenForAnother has a mistake, `of` for `in`, that takes a word
// of the next declaration for another, which begins a line all the same.
func TestUnfinishedBeforeATokenTakenForAnother(t *testing.T) {
	isUnfinished(t, "", "constraint c:\n  (some‸", "\n\nuse of\n\nterm A: x\n", "c? use A")
}

// TestCutShort takes a file and leaves out the end of one declaration or item, from any
// token on: nothing else is lost, and what is said stands in its lines.
func TestCutShort(t *testing.T) { rapid.Check(t, cutShortText) }

func FuzzCutShort(f *testing.F) { f.Fuzz(rapid.MakeFuzz(cutShortText)) }

func cutShortText(t *rapid.T) {
	text := withOutcomes + Format(gen{t}.file())
	whole, _ := Parse(context.Background(), "whole.ctl", text)
	parts := partsOf(whole)
	if len(parts) == 1 {
		return
	}
	n := rapid.IntRange(1, len(parts)-1).Draw(t, "part") // the outcomes are left whole
	part := parts[n].Range()
	var ends []uint32
	for _, tok := range scan(whole.Source, &problems{source: whole.Source}).tokens {
		if tok.start >= part.Start && tok.end < part.End {
			ends = append(ends, tok.end)
		}
	}
	if len(ends) == 0 {
		return
	}
	end := rapid.SampledFrom(ends).Draw(t, "end")
	if _, section := parts[n].(*Section); section && strings.Contains(text[part.Start:end], "{") {
		return // what follows is in it
	}
	if strings.HasSuffix(text[:end], "|") {
		return // what begins the next line may be a choice with a title
	}
	line := strings.TrimSpace(text[strings.LastIndexByte(text[:end], '\n')+1 : end])
	if strings.HasSuffix(line, "otherwise") || strings.HasSuffix(line, "repeal") || strings.HasPrefix(line, "repeal ") && strings.HasSuffix(line, ",") {
		return // what begins the next line may be its outcome, or a label that it repeals
	}
	cut := text[:end] + text[part.End:]
	file, ds := Parse(context.Background(), "cut.ctl", cut)
	sound(t, cut, file, ds)
	if !ds.HasErrors() {
		return // the form is complete, or the next line goes on with it
	}
	for _, d := range ds {
		if d.Span.Start < part.Start || d.Span.Start > end {
			t.Fatalf("%v is not in what was cut short: %q\n%s", d, text[part.Start:end], cut)
		}
	}
	survived := map[string]int{}
	for _, p := range partsOf(file) {
		survived[dump(p)]++
	}
	for i, p := range parts {
		if i == n || p.Range().Start >= part.Start && p.Range().End <= part.End || p.Range().Start <= part.Start && p.Range().End >= part.End {
			continue
		}
		if survived[dump(p)]--; survived[dump(p)] < 0 {
			t.Fatalf("cut short after %q, this is lost: %s\n%v\n%s", text[part.Start:end], dump(p), ds, cut)
		}
	}
}

// partsOf are the declarations of a file and the items of its policies.
func partsOf(file *File) []Node {
	var out []Node
	var items func([]Item)
	items = func(list []Item) {
		for _, it := range list {
			out = append(out, it)
			if s, ok := it.(*Section); ok {
				items(s.Items)
			}
		}
	}
	for _, d := range file.Decls {
		out = append(out, d)
		if p, ok := d.(*Policy); ok {
			items(p.Items)
		}
	}
	return out
}

// everyKey is 1 for each key; the others are as good a sample.
const everyKey = 97

// TestKeyByKey types a file, key by key: no declaration and no item that stands there is
// lost by what is typed behind it.
func TestKeyByKey(t *testing.T) {
	text, err := os.ReadFile("../rules/mtcr.ctl")
	if err != nil {
		t.Fatal(err)
	}
	whole, ds := Parse(context.Background(), "mtcr.ctl", string(text))
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	parts := partsOf(whole)
	dumps := make([]string, len(parts))
	for i, p := range parts {
		dumps[i] = dump(p)
	}
	for n := 0; n < len(text); n += everyKey {
		file, ds := Parse(context.Background(), "mtcr.ctl", string(text[:n]))
		sound(t, string(text[:n]), file, ds)
		got := partsOf(file)
		at := 0
		for i, p := range parts {
			if int(p.Range().End) >= n || i+1 < len(parts) && int(parts[i+1].Range().Start) >= n {
				continue // it is being written, or the next token may still belong to it
			}
			for at < len(got) && got[at].Range().Start < p.Range().Start {
				at++
			}
			if at == len(got) || got[at].Range() != p.Range() {
				t.Fatalf("%d keys: %q is lost\n%v", n, text[p.Range().Start:p.Range().End], ds)
			}
		}
		for i, p := range got[:max(0, len(got)-3)] {
			if _, policy := p.(*Policy); !policy && dump(p) != dumps[i] {
				t.Fatalf("%d keys: %s\n%v", n, dump(p), ds)
			}
		}
		if open := len(ds); open > 3 {
			t.Fatalf("%d keys: %d problems\n%v", n, open, ds)
		}
	}
}
