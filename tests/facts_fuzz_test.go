package tests

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/interp"
)

// vocabulary is a program with facts of every type.
func vocabulary(t testing.TB) *interp.Program {
	t.Helper()
	prog, err := interp.LoadText(context.Background(), "vocabulary.ctl", `
use iso3166
outcomes deny > permit
kind Owner = text { since: date  vetted: bool }
kind Item {
  category: I "Category I" | II | none
  range: length?
  weight: number
  made: date
  lead: duration
  code: text
  listed: bool = no
  tags: set of text
  sizes: list of length
  owner: Owner
  origins: set of Country
}
role item: Item
role to recipient: Country
open term emergency "a state of emergency"
policy p { deny any when item.listed otherwise permit }
`)
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

func factsOf(c *interp.Case) string {
	var lines []string
	for _, f := range c.Facts() {
		lines = append(lines, f.String())
	}
	return strings.Join(lines, "\n")
}

// FuzzFactsJSON reads any text as facts: it is refused, and then the case is as it was,
// or it is read, and what is then printed as JSON is read as the same facts.
func FuzzFactsJSON(f *testing.F) {
	prog := vocabulary(f)
	for _, seed := range []string{
		`{"item": {"category": "I", "range": "300 km", "weight": 0.5, "made": "2020-02-29", "lead": "30 days", "code": "9A012"}}`,
		`{"item": {"range": null, "tags": ["a", "b", "a"], "sizes": ["1 km", "1 mi"], "listed": true}, "emergency": false}`,
		`{"item": {"owner": {"id": "Acme \"Ltd\"", "vetted": true}, "origins": ["IN", "France"]}, "recipient": {"id": "KP"}, "as_of": "1999-12-31"}`,
		`{"item": {"owner": "Acme", "weight": -1e3, "code": "\u0000\u202e\n"}}`,
		`{"item": {"range": 300}}`, `{"a": [[[[]]]]}`, `[`, ``, `{"item": {"category": "I", "category": "II"}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := prog.NewCase()
		if err := c.ReadJSON(context.Background(), "facts.json", []byte(text)); err != nil {
			if factsOf(c) != "" {
				t.Fatalf("%s\nwas refused, and left behind\n%s", err, factsOf(c))
			}
			return
		}
		data, err := json.Marshal(c.Map())
		if err != nil {
			t.Fatal(err)
		}
		again := prog.NewCase()
		if err := again.ReadJSON(context.Background(), "again.json", data); err != nil {
			t.Fatalf("%s\nis not read again: %s", data, err)
		}
		if diff := cmp.Diff(factsOf(c), factsOf(again)); diff != "" {
			t.Fatalf("%s\n%s", data, diff)
		}
	})
}

// FuzzFactWords tells a case any sentence: it is refused, and then the case is as it was,
// or it is understood, and what is then known reads as the same facts.
func FuzzFactWords(f *testing.F) {
	prog := vocabulary(f)
	for _, seed := range []string{
		"item.category = I", "item.range=300 km", "item.range = none", "item.weight = -0.5", "item.made = 2020-02-29",
		"item.lead = 1 year 2 months", `item.code = "9A012"`, "item.code = a = b", "not item.listed", "item.tags = (a, b)",
		`item.tags = ("a, b", c)`, "item.tags = ()", "item.sizes = (1 km, 1 mi)", `item.owner = "Acme"`, "item.owner.vetted",
		"recipient = United Arab Emirates", "item.origins = (IN, FR)", "emergency", "item is Heavy", "item.range = 0.1 um",
		"item.code =", "=", "item.", ".", "item.weight = 1/3", "item.code = \"a\\u{1F600}\"",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := prog.NewCase()
		if err := c.Tell(text); err != nil {
			if factsOf(c) != "" {
				t.Fatalf("%s\nwas refused, and left behind\n%s", err, factsOf(c))
			}
			return
		}
		again := prog.NewCase()
		for _, fact := range c.Facts() {
			if err := again.Tell(fact.String()); err != nil {
				t.Fatalf("%q was told, and its facts are refused: %s: %s", text, fact, err)
			}
		}
		if diff := cmp.Diff(factsOf(c), factsOf(again)); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	})
}
