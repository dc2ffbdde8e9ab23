package lang

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/lang/code"
)

// The tests of this file hold the EBNF that Grammar prints equal to the parser,
// in both directions: what the EBNF derives parses, and what parses the EBNF
// derives.

// production of the EBNF, as a tree.
type ebnf struct {
	op    string // "|", " " (sequence), "[", "{", "(", `"` (a word), "n" (a name)
	text  string
	parts []*ebnf
}

// readGrammar reads the EBNF; productions described in words are left out.
func readGrammar(t fataler) map[string]*ebnf {
	t.Helper()
	rules := map[string]*ebnf{}
	lexis, _, _ := strings.Cut(lexisGrammar, "Name ")
	text := Grammar()
	text = text[:strings.Index(text, "\nName    =")] + lexis
	for _, production := range strings.Split(text, " .\n") {
		name, body, ok := strings.Cut(strings.TrimSpace(production), "=")
		if !ok {
			continue
		}
		r := &ebnfReader{words: regexp.MustCompile(`"[^"]*"|\w+|[\[\]{}()|]`).FindAllString(body, -1)}
		rules[strings.TrimSpace(name)] = r.alternatives()
		if len(r.words) > 0 {
			t.Fatalf("%s: %v is left over", name, r.words)
		}
	}
	return rules
}

type ebnfReader struct{ words []string }

func (r *ebnfReader) next() string {
	w := r.words[0]
	r.words = r.words[1:]
	return w
}

func (r *ebnfReader) alternatives() *ebnf {
	out := &ebnf{op: "|", parts: []*ebnf{r.sequence()}}
	for len(r.words) > 0 && r.words[0] == "|" {
		r.next()
		out.parts = append(out.parts, r.sequence())
	}
	return out
}

func (r *ebnfReader) sequence() *ebnf {
	out := &ebnf{op: " "}
	for len(r.words) > 0 && !strings.Contains("|)]}", r.words[0]) {
		switch w := r.next(); w[0] {
		case '[', '{', '(':
			out.parts = append(out.parts, &ebnf{op: w, parts: []*ebnf{r.alternatives()}})
			r.next()
		case '"':
			out.parts = append(out.parts, &ebnf{op: `"`, text: w[1 : len(w)-1]})
		default:
			out.parts = append(out.parts, &ebnf{op: "n", text: w})
		}
	}
	return out
}

// terminals are the names that the lexer knows.
var terminals = map[string]func(*token) bool{
	"Name":     func(t *token) bool { return t.kind == identToken },
	"String":   func(t *token) bool { return t.kind == stringToken },
	"Literal":  func(t *token) bool { return t.kind == literalToken },
	"Network":  func(t *token) bool { return t.kind == literalToken },
	"Date":     func(t *token) bool { return t.kind == dateToken },
	"Decimal":  func(t *token) bool { return t.kind == numberToken },
	"Digits":   func(t *token) bool { return t.kind == numberToken },
	"Reserved": func(t *token) bool { return t.kind == keywordToken },
	"Year":     func(t *token) bool { return t.kind == numberToken && t.end-t.start == 4 },
}

func TestGrammarIsComplete(t *testing.T) {
	rules := readGrammar(t)
	if len(rules) < 50 {
		t.Fatalf("only %d productions", len(rules))
	}
	used := map[string]bool{"File": true}
	var check func(e *ebnf)
	check = func(e *ebnf) {
		if e.op == "n" {
			used[e.text] = true
			if rules[e.text] == nil && terminals[e.text] == nil {
				t.Errorf("%s is not defined", e.text)
			}
		}
		for _, p := range e.parts {
			check(p)
		}
	}
	for _, r := range rules {
		check(r)
	}
	for name := range rules {
		if !used[name] {
			t.Errorf("%s is not used", name)
		}
	}
	// What participle calls a production is one here, save what only it has.
	for _, line := range strings.Split(newGrammar().root.String(), "\n") {
		name, _, _ := strings.Cut(line, " = ")
		if name != "Declaration" && rules[name] == nil {
			t.Errorf("participle's production %s is missing", name)
		}
	}
	// Every word that the lexer gives a meaning to is in the grammar, and every
	// word in the grammar has one.
	words := map[string]bool{}
	for _, w := range regexp.MustCompile(`"([a-z]+)"`).FindAllStringSubmatch(Grammar(), -1) {
		words[w[1]] = true
		if _, ok := wordSymbols[w[1]]; !ok && w[1] != "u" && w[1] != "n" && w[1] != "t" {
			t.Errorf("%q is no word to the lexer", w[1])
		}
	}
	for w := range wordSymbols {
		if !words[w] {
			t.Errorf("%q is not in the grammar", w)
		}
	}
}

// derivation draws a sentence of the EBNF.
type derivation struct {
	*rapid.T
	rules map[string]*ebnf
	out   []string
	depth int
}

func (d *derivation) emit(word string) { d.out = append(d.out, word) }

func (d *derivation) derive(e *ebnf) {
	switch e.op {
	case `"`:
		d.emit(e.text)
	case "n":
		d.name(e.text)
	case "|":
		d.derive(e.parts[rapid.IntRange(0, len(e.parts)-1).Draw(d.T, "alternative")])
	case " ", "(":
		for _, p := range e.parts {
			d.derive(p)
		}
	case "[":
		if d.depth < 25 && rapid.Bool().Draw(d.T, "optional") {
			d.derive(e.parts[0])
		}
	case "{":
		if d.depth < 25 {
			for range rapid.IntRange(0, 2).Draw(d.T, "repeated") {
				d.derive(e.parts[0])
			}
		}
	}
}

func (d *derivation) name(name string) {
	switch name {
	case "Name":
		d.emit(rapid.SampledFrom(plainNames).Draw(d.T, "name"))
	case "Outcome":
		d.emit(rapid.SampledFrom([]string{"deny", "permit"}).Draw(d.T, "outcome"))
	case "String":
		d.emit(`"text"`)
	case "Date":
		d.emit("1993-09-27")
	case "Language":
		d.emit(rapid.SampledFrom(languages).Draw(d.T, "language"))
	case "Year":
		d.emit("1993")
	case "Literal":
		d.emit(rapid.SampledFrom([]string{"10.0.0.1", "fe80::/10", "09:00", "2026-11-29T18:42:00Z"}).Draw(d.T, "literal"))
	case "Network":
		d.emit("10.0.0.0/8")
	case "Digits":
		d.emit("3")
	case "Decimal":
		d.emit(rapid.SampledFrom([]string{"3", "0.5"}).Draw(d.T, "decimal"))
	case "UnitName":
		d.emit(rapid.SampledFrom([]string{"km", "km/h"}).Draw(d.T, "unit"))
	case "Declaration", "Item": // begin a line, as they do wherever people write
		d.emit("\n")
		d.descend(name)
	case "Operand":
		if d.depth > 25 {
			d.emit("x")
			return
		}
		at := len(d.out)
		d.descend(name)
		switch d.out[at] {
		case "some", "every", "no", "count", "sum", "min", "max", "average": // its condition reaches as far as it can
			d.out[at] = "(" + d.out[at]
			d.emit(")")
		}
	case "Plain":
		if d.depth > 25 {
			d.emit("text")
			return
		}
		d.descend(name)
	case "Range", "Value":
		d.withoutParenthesis(name)
	default:
		d.descend(name)
	}
}

// withoutParenthesis derives what is read as a list if it begins with a
// parenthesis, unless it is one.
func (d *derivation) withoutParenthesis(name string) {
	at := len(d.out)
	alternative := d.rules[name]
	if name == "Value" && rapid.Bool().Draw(d.T, "a list") {
		d.depth++
		d.derive(alternative.parts[1])
		d.depth--
		return
	}
	d.depth++
	d.derive(alternative.parts[0])
	d.depth--
	if strings.HasPrefix(d.out[at], "(") {
		d.out[at] = "x + " + d.out[at]
	}
}

func (d *derivation) descend(name string) {
	d.depth++
	d.derive(d.rules[name])
	d.depth--
}

func TestSentencesOfTheGrammarParse(t *testing.T) {
	rules := readGrammar(t)
	rapid.Check(t, func(t *rapid.T) {
		d := &derivation{T: t, rules: rules}
		d.descend("File")
		text := "outcomes deny > permit\n" + strings.Join(d.out, " ")
		_, ds := Parse(context.Background(), "derived.ctl", text)
		for _, p := range ds {
			// That a clause stands once and conditions are of finite depth is said in words.
			if p.Code != code.ClauseTwice && p.Code != code.TooDeep {
				t.Fatalf("%v\n%s", p, text)
			}
		}
	})
}

// recogniser says how far a production can reach, by memoised descent.
type recogniser struct {
	rules  map[string]*ebnf
	src    *Source
	tokens []token
	memo   map[string]map[int][]int
}

func (r *recogniser) ends(e *ebnf, at int) []int {
	switch e.op {
	case `"`:
		if t := &r.tokens[at]; t.kind != stringToken && t.kind != eofToken && r.src.Slice(t.span()) == e.text {
			return []int{at + 1}
		}
		return nil
	case "n":
		if is := terminals[e.text]; is != nil {
			if is(&r.tokens[at]) {
				return []int{at + 1}
			}
			return nil
		}
		if r.memo[e.text] == nil {
			r.memo[e.text] = map[int][]int{}
		}
		if known, ok := r.memo[e.text][at]; ok {
			return known
		}
		found := r.ends(r.rules[e.text], at)
		r.memo[e.text][at] = found
		return found
	case "|":
		var all []int
		for _, p := range e.parts {
			all = union(all, r.ends(p, at))
		}
		return all
	case "[":
		return union([]int{at}, r.ends(e.parts[0], at))
	case "{":
		all, todo := []int{at}, []int{at}
		for len(todo) > 0 {
			next := r.ends(e.parts[0], todo[0])
			todo = todo[1:]
			for _, n := range next {
				if len(union(all, []int{n})) > len(all) {
					all = append(all, n)
					todo = append(todo, n)
				}
			}
		}
		return all
	}
	starts := []int{at}
	for _, p := range e.parts {
		var next []int
		for _, s := range starts {
			next = union(next, r.ends(p, s))
		}
		starts = next
	}
	return starts
}

func union(a, b []int) []int {
	for _, n := range b {
		known := false
		for _, m := range a {
			known = known || m == n
		}
		if !known {
			a = append(a, n)
		}
	}
	return a
}

// derivable says whether the EBNF derives a text.
func derivable(rules map[string]*ebnf, text string) error {
	src := NewSource("", text)
	r := &recogniser{rules: rules, src: src, tokens: scan(src, &problems{source: src}).tokens, memo: map[string]map[int][]int{}}
	furthest := 0
	for _, end := range r.ends(rules["File"], 0) {
		furthest = max(furthest, end)
	}
	if furthest == len(r.tokens)-1 {
		return nil
	}
	return fmt.Errorf("the grammar derives it only up to %s: %q", src.Place(r.tokens[furthest].start), src.Slice(Span{r.tokens[furthest].start, uint32(len(text))}))
}

func TestWhatParsesTheGrammarDerives(t *testing.T) {
	rules := readGrammar(t)
	text, err := os.ReadFile("testdata/language.ctl")
	if err != nil {
		t.Fatal(err)
	}
	if err := derivable(rules, string(text)); err != nil {
		t.Error(err)
	}
	if derivable(rules, "policy p { deny to unless x }") == nil {
		t.Error("the grammar derives what does not parse")
	}
	rapid.Check(t, func(t *rapid.T) {
		file := gen{t}.file()
		text := Format(file)
		if err := derivable(rules, text); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}
