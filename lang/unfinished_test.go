package lang

import (
	"context"
	"strings"
	"testing"
)

func TestUnfinished(t *testing.T) {
	for _, text := range []string{
		"policy p {", "policy p {\n deny A", "policy", "policy p", `policy p "title"`, "policy p amends", "policy p decides by", `test "x"`, `test "x" under p {`,
		"term A of Item", "term A of Item:", "term A: b and", "term A: b and (c", "term A: b +", "term A: not", "term A: x in", "term A: x in (a,", "term A: x has",
		"item.range >", "item.range > 300 km and", "a implies", "recipient is", "recipient is not", "some p in item.parts has", "x like", "at least 2 of", "at least",
		"role to recipient", "group G of Country", "group G of Country: US,", "outcomes deny >", "kind Item {", "kind", "use", "series s", `claim "c"`, `claim "c":`,
		"unit mi", "open", "x within 90 days of", "deny A to", "deny A unless", `deny A because`, "given a = 1,", "{",
	} {
		if !Unfinished(text) {
			t.Errorf("%q is not seen to be unfinished", text)
		}
	}
	for _, text := range []string{
		"", " \n", "# note", "use iso3166", "policy p { deny A }", "policy p { deny A\n}", "term A: b and c", "item.range > 300 km", "deny any", "deny A to any", "open term vetted",
		`open term vetted "a partner"`, `"open`, "x = source", "a.has", "has", "role to recipient: Country", "kind Item", "kind Item { range: length? }", "x)", "}", "x = (1 + 2)",
		"recipient is vetted", "count", "given", "\x00(", "x\n", "unit mi = 1609.344 m", "group G of Party from \"denied.csv\"", "group G of Party external",
	} {
		if Unfinished(text) {
			t.Errorf("%q is taken for unfinished", text)
		}
	}
}

// TestPrefixesOfADeclaration cuts a declaration after each token: what is neither
// unfinished nor free of mistakes would be a complaint in the middle of typing.
func TestPrefixesOfADeclaration(t *testing.T) {
	for _, text := range []string{
		"outcomes deny > permit",
		"policy us2025 \"title\" amends us1993 from 2025-01-03 { }",
		"group Member of Country : US , GB since 1987-04-16",
		"term Big of Item : range >= 300 km and ( payload >= 500 kg or not in Member )",
		"constraint c : item is MissileClass implies item . category = I",
	} {
		words := strings.Fields(text)
		for n := 1; n < len(words); n++ {
			prefix := strings.Join(words[:n], " ")
			if _, ds := Parse(context.Background(), "", prefix); len(ds) > 0 && !Unfinished(prefix) {
				t.Errorf("%q: %v", prefix, ds)
			}
		}
	}
}
