package gen

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/ctl-lang/ctl/interp"
)

// oddNames are names that Go would write as another name, or has for itself.
var oddNames = []string{
	"item", "Item", "_item", "item_", "it_em", "case_", "Case2", "case_2", "outcome", "Outcome", "no_outcome", "outcome_of", "check",
	"type_", "func", "range", "string", "error", "nil", "id", "url", "URL", "straße", "ß", "größe", "中文", "文", "ǆ", "é", "e\u0301", "x١", "_", "__", "vocabulary", "A", "a", "int", "interp", "fmt",
	"Length", "length_km", "Members", "answer", "decide", "numeric", "functions",
}

// draw takes some names out of a pool, each once.
func draw(t *rapid.T, what string, pool *[]string, least, most int) []string {
	n := min(rapid.IntRange(least, most).Draw(t, what), len(*pool))
	out := (*pool)[:n]
	*pool = (*pool)[n:]
	return out
}

func shuffled(t *rapid.T, what string) *[]string {
	names := rapid.Permutation(oddNames).Draw(t, what)
	return &names
}

// randomRules is a vocabulary under odd names, what it leaves to the program, and policies whose
// rules read all of it.
func randomRules(t *rapid.T) string {
	var b strings.Builder
	words, kinds, policies := shuffled(t, "words"), shuffled(t, "kinds"), shuffled(t, "policies")
	outcomes := draw(t, "outcomes", words, 1, 6)
	fmt.Fprintf(&b, "outcomes %s\n", strings.Join(outcomes, rapid.SampledFrom([]string{" > ", ", "}).Draw(t, "rank")))
	b.WriteString("unit groat of money\nunit crown = 60 groat\nunit mite = 0.0000000000000000000000001 groat\n")
	names := draw(t, "kinds", kinds, 1, 5)
	var identified []string
	member := map[string]string{} // an identity of a kind
	for i, k := range names {
		fmt.Fprintf(&b, "# %s\nkind %s", rapid.SampledFrom([]string{"", "# Heading\n#\n#  - a list\n# /* */ `code` go:build x"}).Draw(t, "doc"), k)
		identity := rapid.IntRange(0, 3).Draw(t, "identity")
		switch identity {
		case 1:
			b.WriteString(" = text")
		case 2:
			ids := draw(t, "ids", shuffled(t, "ids"), 2, 6)
			member[k] = strconv.Quote(ids[0]) // a group may be called like it
			fmt.Fprintf(&b, " = %s", strings.Join(ids, " | "))
		case 3:
			fmt.Fprintf(&b, " = %s", rapid.SampledFrom([]string{"name", "code"}).Draw(t, "folded"))
		}
		if identity > 0 {
			identified = append(identified, k)
		}
		b.WriteString(" {\n")
		for _, a := range draw(t, "attributes", shuffled(t, "attributes"), 0, 8) {
			if a == "id" && identity > 0 {
				continue
			}
			called := ""
			if rapid.IntRange(0, 3).Draw(t, "called") == 0 {
				called = " json " + strconv.Quote("x-"+a+".é")
			}
			rest := rapid.SampledFrom([]string{"", `"a title"`, `"*/ \u{202E} \n // x"`, "sensitive"}).Draw(t, "title")
			if rest == "sensitive" {
				rest += called
			} else {
				rest = called + " " + rest
			}
			typ := randomType(t, names[:i])
			if rapid.IntRange(0, 7).Draw(t, "own kind") == 0 {
				typ = rapid.SampledFrom([]string{k + "?", "list of " + k}).Draw(t, "within itself")
			}
			fmt.Fprintf(&b, "  %s: %s %s\n", a, typ, rest)
		}
		b.WriteString("}\n")
	}
	for i, r := range draw(t, "roles", words, 1, 4) {
		fmt.Fprintf(&b, "role %s %s: %s\n", []string{"to", "from", "by", "via"}[i], r, rapid.SampledFrom(names).Draw(t, "of"))
	}
	for _, term := range draw(t, "terms", words, 0, 4) {
		fmt.Fprintf(&b, "open term %s \"asked\"\n", term)
	}
	if len(identified) > 0 {
		for i, g := range draw(t, "groups", words, 0, 4) {
			of := rapid.SampledFrom(identified).Draw(t, "members")
			fmt.Fprintf(&b, "group %s of %s%s\n", g, of, []string{" external", " external", ": since 2010-01-01: " + cmp.Or(member[of], `"Acme"`)}[min(i, 2)])
		}
	}
	for _, f := range draw(t, "functions", words, 0, 5) {
		params := make([]string, rapid.IntRange(1, 3).Draw(t, "parameters"))
		for i := range params {
			params[i] = rapid.SampledFrom(append([]string{"bool", "number", "integer", "text", "date", "duration", "address", "moment", "time_of_day", "length", "money", "temperature", "list of length", "set of number"}, identified...)).Draw(t, "parameter")
		}
		result := rapid.SampledFrom(append([]string{"bool", "number", "integer", "text", "date", "duration", "address", "moment", "time_of_day", "length", "money", "temperature", "list of length", "item | _item | 文"}, identified...)).Draw(t, "result")
		fmt.Fprintf(&b, "function %s(%s) -> %s \"what it gives\"\n", f, strings.Join(params, ", "), result)
	}
	vocabulary := b.String()
	conditions := randomConditions(t, vocabulary)
	drawn := draw(t, "policies", policies, 0, 4)
	if len(drawn) > 0 {
		for _, s := range draw(t, "series", policies, 0, 1) {
			fmt.Fprintf(&b, "series %s: %s\n", s, strings.Join(drawn, ", "))
		}
	}
	for i, p := range drawn {
		until := ""
		if i+1 < len(drawn) {
			until = fmt.Sprintf(" until %d-07-01", 2010+10*i)
		}
		fmt.Fprintf(&b, "policy %s from %d-07-01%s {\n", p, 2000+10*i, until)
		for _, l := range draw(t, "labels", shuffled(t, "labels"), 0, 8) {
			fmt.Fprintf(&b, "  %s: %s%s because \"of this\"\n", l, rapid.SampledFrom(outcomes).Draw(t, "outcome"), rapid.SampledFrom(conditions).Draw(t, "condition"))
		}
		fmt.Fprintf(&b, "  otherwise %s\n}\n", outcomes[0])
	}
	return b.String()
}

func randomType(t *rapid.T, kinds []string) string {
	types := []string{"bool", "number", "integer", "text", "date", "duration", "length", "temperature", "money", "name", "code", "address", "moment", "time_of_day"}
	typ := rapid.SampledFrom(append(types, kinds...)).Draw(t, "type")
	if rapid.IntRange(0, 3).Draw(t, "enumeration") == 0 {
		typ = strings.Join(draw(t, "choices", shuffled(t, "choices"), 2, 5), " | ")
	}
	return rapid.SampledFrom([]string{"", "", "", "set of ", "list of ", "list of set of "}).Draw(t, "collection") + typ +
		rapid.SampledFrom([]string{"", "", "?"}).Draw(t, "optional")
}

// randomConditions are clauses on the facts of a vocabulary, those of them that can be read.
func randomConditions(t *rapid.T, vocabulary string) []string {
	prog, err := interp.Options{OpenGroups: true}.LoadText(context.Background(), "random.ctl", vocabulary)
	if err != nil {
		t.Fatalf("%v\n%s", err, vocabulary)
	}
	var out []string
	byType := map[string][]string{}
	for _, about := range prog.Roles() {
		out = append(out, conditionsOn(prog, about.Name, about.Kind, byType, 3)...)
	}
	for _, s := range prog.Signatures() {
		args := make([]string, len(s.Params))
		for i, p := range s.Params {
			from := byType[p.String()]
			if len(from) == 0 {
				from = []string{literals[p.String()]}
			}
			args[i] = rapid.SampledFrom(from).Draw(t, "argument")
		}
		out = append(out, compared(prog, s.Name+"("+strings.Join(args, ", ")+")", s.Result)...)
	}
	good := []string{""}
	for _, cond := range out {
		if _, err := prog.Condition(cond); err == nil {
			good = append(good, " when "+cond)
		}
	}
	return good
}

// literals are arguments of types of which a vocabulary may have no fact.
var literals = map[string]string{
	"bool": "yes", "number": "3", "integer": "5", "text": `"Acme"`, "date": "2020-02-02", "duration": "30 days", "address": "10.0.0.7", "moment": "2026-03-29T02:30:00+01:00", "time_of_day": "09:00", "length": "2 km", "money": "3 groat", "temperature": "20 degC",
	"list of length": "(1 m, 2 km)", "set of number": "(1, 2)",
}

// conditionsOn are comparisons with a thing and its attributes; byType takes their paths.
func conditionsOn(prog *interp.Program, path string, k *interp.Kind, byType map[string][]string, depth int) []string {
	var out []string
	if k.Identified() {
		byType[k.Name] = append(byType[k.Name], path)
		id := `"Acme"`
		if k.Ids != nil {
			id = k.Ids.Choices[0].Name
		}
		out = append(out, path+" = "+id)
		for _, g := range prog.Groups() {
			if g.Kind == k {
				out = append(out, path+" in "+g.Name)
			}
		}
	}
	if depth == 0 {
		return out
	}
	for _, a := range k.Attrs {
		if a.Group != nil {
			continue
		}
		at := path + "." + a.Name
		var on []string
		if a.Type.Thing() != nil {
			on = conditionsOn(prog, at, a.Type.Thing(), byType, depth-1)
		} else {
			byType[a.Type.String()] = append(byType[a.Type.String()], at)
			on = compared(prog, at, a.Type)
		}
		if a.Type.Optional() {
			for i := range on {
				on[i] = "has " + at + " and " + on[i]
			}
			on = append(on, "has "+at)
		}
		out = append(out, on...)
	}
	return out
}

// compared are comparisons of a value with others.
func compared(prog *interp.Program, x string, t *interp.Type) []string {
	switch t.Form() {
	case interp.YesNoAnswer:
		return []string{x}
	case interp.ListAnswer:
		if m := t.Elem(); m.Elem() == nil && m.Thing() == nil {
			return []string{"count(" + x + ") > 1", "some one in " + x + " has " + compared(prog, "one", m)[0]}
		}
		return []string{"count(" + x + ") > 1"}
	case interp.ChoiceAnswer:
		return []string{x + " = " + t.Choices()[0].Name}
	case interp.IdentityAnswer:
		if k := t.Thing(); k.Ids != nil {
			return []string{x + " = " + k.Ids.Choices[0].Name}
		}
		return []string{x + ` = "Acme"`}
	case interp.TextAnswer:
		return []string{x + ` = "Acme"`}
	}
	return []string{x + " > " + literals[strings.TrimSuffix(t.String(), "?")]}
}
