package interp_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/interp"
)

const factVocabulary = `
use iso3166
outcomes deny > permit
kind Item {
  category: I | II
  range: length
  limit: length?
  count: number
  name: text
  made: date
  life: duration
  heavy: bool
  tags: set of red | green | blue
  marks: set of text
  parts: list of Part
  maker: Party
  speed: speed
}
kind Part { weight: mass  ok: bool = yes }
kind Party = text { flagged: bool }
role item: Item
role to recipient: Country
open term vetted of Country "a vetted country"
open term urgent
term First of Item: category = I and heavy
term Either of Item: category = I or heavy
constraint heavy_first: item.heavy implies item.category = I
policy p { deny when some x in item.parts has x.weight > 1 kg and x.ok  permit when urgent }
`

func vocabulary(t *testing.T) *interp.Program {
	t.Helper()
	prog, err := interp.LoadText(context.Background(), "facts.ctl", factVocabulary)
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

func told(c *interp.Case) []string {
	var out []string
	for _, f := range c.Facts() {
		out = append(out, f.String())
	}
	return out
}

func TestTell(t *testing.T) {
	for _, row := range []struct {
		facts []string
		want  []string // the facts then known, or one element that starts with "error:"
	}{
		{[]string{"item.category=I"}, []string{"item.category = I"}},
		{[]string{"item.range = 300 km"}, []string{"item.range = 300 km"}},
		{[]string{"item.range=300km"}, []string{"item.range = 300 km"}},
		{[]string{"item.range = 1.5 mi"}, []string{"item.range = 1.5 mi"}},
		{[]string{"item.speed = 900 km/h"}, []string{"item.speed = 900 km/h"}},
		{[]string{"item.limit = none"}, []string{"item.limit = none"}},
		{[]string{"recipient = India"}, []string{"recipient = IN"}},
		{[]string{"recipient = in"}, []string{"recipient = IN"}},
		{[]string{"recipient = South Korea"}, []string{"recipient = KR"}},
		{[]string{`recipient = "South Korea"`}, []string{"recipient = KR"}},
		{[]string{"recipient is vetted"}, []string{"recipient.vetted = yes"}},
		{[]string{"recipient is not vetted"}, []string{"recipient.vetted = no"}},
		{[]string{"recipient.vetted = yes"}, []string{"recipient.vetted = yes"}},
		{[]string{"urgent"}, []string{"urgent = yes"}},
		{[]string{"not urgent"}, []string{"urgent = no"}},
		{[]string{"item.heavy"}, []string{"item.heavy = yes"}},
		{[]string{"item.made = 2024-02-29"}, []string{"item.made = 2024-02-29"}},
		{[]string{"item.life = 1 year 2 months"}, []string{"item.life = 1 year 2 months"}},
		{[]string{"item.tags = (red, blue)"}, []string{"item.tags = (red, blue)"}},
		{[]string{"item.tags = red, red"}, []string{"item.tags = (red)"}},
		{[]string{"item.tags = ()"}, []string{"item.tags = ()"}},
		{[]string{`item.name = a "b" c`}, []string{`item.name = "a \"b\" c"`}},
		{[]string{"item.maker = Acme Corp", "item.maker.flagged"}, []string{`item.maker = "Acme Corp"`, "item.maker.flagged = yes"}},
		{[]string{"item is First"}, []string{"item.category = I", "item.heavy = yes"}},
		{[]string{"item.category = I", "item.category = I"}, []string{"item.category = I"}},

		{[]string{"item.range = 1 km", "item.range = 1000 m"}, []string{"item.range = 1000 m"}},
		{[]string{"item.tags = (red, blue)", "item.tags = (blue, red)"}, []string{"item.tags = (blue, red)"}},
		{[]string{`item.marks = (a, "b, c)", "\"(", d (e))`}, []string{`item.marks = ("a", "b, c)", "\"(", "d (e)")`}},
		{[]string{`item.marks = (a) b, c (d)`}, []string{`item.marks = ("(a) b", "c (d)")`}},
		{[]string{`item.marks = ("")`}, []string{`item.marks = ("")`}},

		{[]string{"item.marks = (a, b"}, []string{"error: a parenthesis is not closed"}},
		{[]string{"item.marks = a, b)"}, []string{"error: a parenthesis is not closed"}},
		{[]string{"item.tags = (red"}, []string{"error: a parenthesis is not closed"}},
		{[]string{"item.marks = (a,, b)"}, []string{"error: an element is missing beside a comma"}},
		{[]string{"item.marks = a,"}, []string{"error: an element is missing beside a comma"}},
		{[]string{"item.name = a\xffb"}, []string{"error: this is not UTF-8 text"}},
		{[]string{"item.categry = I"}, []string{"error: `item` has no attribute `categry` did you mean `item.category`?"}},
		{[]string{"itm.category = I"}, []string{"error: there is nothing called `itm` in a case did you mean `item.category`?"}},
		{[]string{"category = I"}, []string{"error: there is nothing called `category` in a case did you mean `item.category`?"}},
		{[]string{"item.category = III"}, []string{"error: `III` is not one of `I` and `II` did you mean `II`?"}},
		{[]string{"item.range = 300"}, []string{"error: 300 needs a unit, such as 300 km"}},
		{[]string{"item.range = 300 kg"}, []string{"error: `kg` is a unit of mass, and a quantity (length) is expected, such as 300 km"}},
		{[]string{"item.range = 300 km = 400 km"}, []string{"error: expected a quantity (length), such as 300 km, not `300 km = 400 km`"}},
		{[]string{"item.range = 300 kmm"}, []string{"error: there is no unit `kmm` did you mean `300 km`?"}},
		{[]string{"item.range = far"}, []string{"error: expected a quantity (length), such as 300 km, not `far`"}},
		{[]string{"item.count = 3 km"}, []string{"error: `km` is a unit of length, and a number is expected"}},
		{[]string{"item.heavy = maybe"}, []string{"error: expected yes or no, not `maybe`"}},
		{[]string{"item.range = none"}, []string{"error: expected a quantity (length), such as 300 km, not `none`"}},
		{[]string{"item.made = 2023-02-29"}, []string{"error: there is no 29 February 2023: 2023 is no leap year"}},
		{[]string{"recipient = Indja"}, []string{"error: there is no Country `Indja` did you mean `IN` (India)?"}},
		{[]string{"recipient is veted"}, []string{"error: there is no term `veted` of Country did you mean `vetted`?"}},
		{[]string{"item is Either"}, []string{"error: `Either` follows from other facts and does not fix them: say other facts, of which this holds: category = I or heavy"}},
		{[]string{"item.category = I", "item.category = II"}, []string{"error: `item.category` is said to be I and II"}},
		{[]string{"item.range > 300 km"}, []string{"error: fact:1:12: a fact says what something is"}},
		{[]string{"item.range"}, []string{"error: `item.range` is a quantity (length): say which with `=`"}},
		{[]string{"item = 3"}, []string{"error: Item has no identity of its own: say its attributes, such as `category`"}},
		{[]string{"item.parts = (a)"}, []string{"error: a list of Part is told as JSON"}},
		{[]string{"item.range.more = 3"}, []string{"error: `item.range` is a quantity (length) and has no attributes"}},
		{[]string{""}, []string{"error:"}},
		{[]string{"= 3"}, []string{"error:"}},
		{[]string{"item..range = 3 km"}, []string{"error: `item` has no attribute ``; Item has"}},
	} {
		c := vocabulary(t).NewCase()
		err := c.Tell(row.facts...)
		check(t, strings.Join(row.facts, "; "), c, err, row.want)
	}
}

func check(t *testing.T, what string, c *interp.Case, err error, want []string) {
	t.Helper()
	if err == nil {
		if diff := cmp.Diff(want, told(c)); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
		return
	}
	if len(want) != 1 || !strings.HasPrefix(want[0], "error:") || !strings.Contains(message(err), strings.TrimSpace(strings.TrimPrefix(want[0], "error:"))) {
		t.Errorf("%s:\n got error: %s\nwant %q", what, message(err), want)
	}
	if len(told(c)) > 0 {
		t.Errorf("%s: an error left facts behind: %v", what, told(c))
	}
}

func TestReadJSON(t *testing.T) {
	for _, row := range []struct{ json, want string }{
		{`{}`, ""},
		{`{"item": {"category": "I", "range": "300 km"}, "recipient": {"id": "IN", "vetted": true}}`,
			"item.category = I; item.range = 300 km; recipient = IN; recipient.vetted = yes"},
		{"\ufeff{\"recipient\": \"South Korea\"}", "recipient = KR"},
		{`{"item": {"limit": null}}`, "item.limit = none"},
		{`{"item": {"count": 0.1}}`, "item.count = 0.1"},
		{`{"item": {"count": 1e2}}`, "item.count = 100"},
		{`{"item": {"tags": ["red", "blue", "red"]}}`, "item.tags = (red, blue)"},
		{`{"item": {"parts": [{"weight": "2 kg"}, {"weight": "5 g", "ok": false}]}}`, "item.parts = ({weight = 2 kg}, {ok = no, weight = 5 g})"},
		{`{"item": {"maker": {"id": "Acme", "flagged": false}}}`, `item.maker = "Acme"; item.maker.flagged = no`},
		{`{"urgent": true}`, "urgent = yes"},
		{`{"as_of": "2024-05-06"}`, ""},

		{`{"itme": {}}`, "error: facts.json:1:2: there is nothing called `itme` in a case (did you mean `\"item\"`?)"},
		{`{"category": "I"}`, "error: facts.json:1:2: there is nothing called `category` in a case; facts are nested by role: \"item\": {\"category\": ...}"},
		{`{"item": {"categry": "I"}}`, "error: facts.json:1:11: `item` has no attribute `categry` (did you mean `\"category\"`?)"},
		{`{"item": {"range": 300}}`, "error: facts.json:1:20: 300 needs a unit: write it as a text, such as 300 km"},
		{`{"item": {"heavy": "yes"}}`, "error: facts.json:1:20: `item.heavy` is true or false, not a text"},
		{`{"item": {"count": "three"}}`, "error: facts.json:1:20: `item.count` is a number, not a text"},
		{`{"item": {"name": 3}}`, "error: facts.json:1:19: `item.name` is a text, not 3"},
		{`{"item": {"range": null}}`, "error: facts.json:1:20: `item.range` always has a value, so null is none: leave the fact out where it is not known"},
		{`{"item": "x"}`, "error: facts.json:1:10: Item has no identity of its own"},
		{`{"item": []}`, "error: facts.json:1:10: `item` is an object"},
		{`{"recipient": "Indja"}`, "error: facts.json:1:15: there is no Country `Indja` (did you mean `IN` (India)?)"},
		{`{"item": {"made": "2023-02-30"}}`, "error: facts.json:1:19: there is no 30 February"},
		{`{"item": {"category": "I", "category": "II"}}`, `error: facts.json:1:28: "category" is said twice`},
		{`{"item.category": "I"}`, `error: facts.json:1:2: facts are nested by role: write {"item": {...}}`},
		{`[1]`, "error: facts.json: facts are a JSON object with a member for each role"},
		{`{"item": {`, "error: facts.json:1:11: the JSON text ends too early"},
		{`{"item": {"a" 3}}`, "error: facts.json:1:11: `item` has no attribute `a`"},
		{`{} {}`, "error: facts.json:1:4: something follows the facts"},
		{``, "error: facts.json:1:1: the JSON text ends too early"},
		{"{\"item\": \xff}", "error: facts.json is not UTF-8 text"},
		{`{"recipient": {"id": "\ud83d"}}`, "error: facts.json:1:23: \\ud83d is half of a character"},
		{`{"recipient": "\udE00 \ud83d"}`, "error: facts.json:1:16: \\udE00 is half of a character"},
		{`{"item": "\ud83d\u0041"}`, "error: facts.json:1:11: \\ud83d is half of a character"},
		{`{"item": "\\ud83d \u`, "error: facts.json:1:21: the JSON text ends too early"},
		{`{"recipient": "\ud83d\ude00"}`, "error: facts.json:1:15: there is no Country `😀`"},
		{`{"as_of": 3}`, "error: facts.json:1:11: as_of is a date"},
	} {
		c := vocabulary(t).NewCase()
		err := c.ReadJSON(context.Background(), "facts.json", []byte(row.json))
		switch want, isError := strings.CutPrefix(row.want, "error: "); {
		case isError && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%s:\n got %v\nwant %s", row.json, err, want)
		case !isError && err != nil:
			t.Errorf("%s: %v", row.json, err)
		case !isError && strings.Join(told(c), "; ") != row.want:
			t.Errorf("%s:\n got %s\nwant %s", row.json, strings.Join(told(c), "; "), row.want)
		}
	}
}

type color string

func TestReadStructAndMap(t *testing.T) {
	yes := true
	type part struct {
		Weight float64 `ctl:"weight,unit=kg"`
	}
	type application struct {
		Item struct {
			Category string    `ctl:"category"`
			Range    float64   `ctl:"range,unit=km,omitzero"`
			Count    int       `ctl:"count"`
			Made     time.Time `ctl:"made"`
			Heavy    *bool     `ctl:"heavy"`
			Tags     []color   `ctl:"tags"`
			Parts    []part    `ctl:"parts"`
			Internal int
		} `ctl:"item"`
		Recipient string `ctl:"recipient"`
		Urgent    *bool  `ctl:"urgent"`
	}
	var a application
	a.Item.Category, a.Item.Range, a.Item.Count = "I", 300.5, 3
	a.Item.Made = time.Date(2024, 2, 29, 1, 2, 3, 0, time.UTC)
	a.Item.Tags, a.Item.Parts = []color{"red"}, []part{{0.1}}
	a.Recipient, a.Urgent = "IN", &yes
	c := vocabulary(t).NewCase()
	if err := c.ReadStruct(&a); err != nil {
		t.Fatal(err)
	}
	want := []string{"item.category = I", "item.range = 300.5 km", "item.count = 3", "item.made = 2024-02-29",
		"item.tags = (red)", "item.parts = ({weight = 0.1 kg})", "recipient = IN", "urgent = yes"}
	if diff := cmp.Diff(want, told(c)); diff != "" {
		t.Error(diff)
	}

	var m map[string]any
	text := `{"item": {"category": "I", "range": "300 km", "tags": ["red"], "limit": null, "maker": {"id": "Acme"}}, "recipient": "IN", "urgent": false}`
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	c = vocabulary(t).NewCase()
	if err := c.ReadMap(m); err != nil {
		t.Fatal(err)
	}
	want = []string{"item.category = I", "item.range = 300 km", "item.limit = none", "item.tags = (red)", `item.maker = "Acme"`, "recipient = IN", "urgent = no"}
	if diff := cmp.Diff(want, told(c)); diff != "" {
		t.Error(diff)
	}
}

func TestGoFactErrors(t *testing.T) {
	for _, row := range []struct {
		name string
		v    any
		want string
	}{
		{"item.range", 300, "`item.range`: 300 needs a unit, such as 300 km"},
		{"item.range", "300 kg", "`item.range`: `kg` is a unit of mass"},
		{"item.count", "three", "`item.count` is a number"},
		{"item.heavy", 1, "`item.heavy` is yes or no"},
		{"item.range", nil, "`item.range` always has a value"},
		{"item.tags", []string{"red", "rde"}, "`item.tags[1]`: `rde` is not one of"},
		{"item.parts", []map[string]any{{"wieght": "1 kg"}}, "has no attribute `wieght`"},
		{"item.rnge", 3, "`item` has no attribute `rnge`"},
		{"item.made", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), "`item.made`: "},
		{"recipient", 3, "`recipient` is a Country"},
		{"item.category", make(chan int), "`item.category` is one of"},
	} {
		c := vocabulary(t).NewCase()
		err := c.Set(row.name, row.v)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s = %v:\n got %v\nwant %s", row.name, row.v, err, row.want)
		}
	}
	c := vocabulary(t).NewCase()
	if err := c.ReadStruct(3); err == nil {
		t.Error("a number is no struct")
	}
	type misnamed struct {
		X string `ctl:"itme"`
	}
	if err := c.ReadStruct(misnamed{"x"}); err == nil || !strings.Contains(err.Error(), "did you mean `item`?") {
		t.Error(err)
	}
}

func TestConstraintsAtTheDoor(t *testing.T) {
	prog := vocabulary(t)
	p, err := prog.Policy("p")
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.Tell("item.heavy", "item.category = II"); err != nil {
		t.Fatal(err)
	}
	_, err = p.Decide(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "it breaks the constraint `heavy_first`: item.heavy implies item.category = I") {
		t.Error(err)
	}
}

// TestLists asks quantifiers about lists of things with facts missing in them.
func TestLists(t *testing.T) {
	prog := vocabulary(t)
	p, _ := prog.Policy("p")
	for _, row := range []struct{ json, want string }{
		{`{"item": {"parts": []}, "urgent": true}`, "permit"},
		{`{"item": {"parts": [{"weight": "2 kg"}]}, "urgent": true}`, "deny"},
		{`{"item": {"parts": [{"weight": "2 kg", "ok": false}]}, "urgent": true}`, "permit"},
		{`{"item": {"parts": [{}]}, "urgent": true}`, "undetermined"},
		{`{"item": {"parts": [{}, {"weight": "2 kg"}]}, "urgent": true}`, "deny"},
		{`{"urgent": true}`, "undetermined"},
	} {
		c := prog.NewCase()
		if err := c.ReadJSON(context.Background(), "f", []byte(row.json)); err != nil {
			t.Fatal(err)
		}
		d, err := p.Decide(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if d.Answer() != row.want {
			t.Errorf("%s: got %s, want %s", row.json, d.Answer(), row.want)
		}
		if d.Status == interp.Undetermined && d.Exact {
			t.Errorf("%s: an answer that hangs on a list is not exact", row.json)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	f.Add([]byte(`{"item": {"category": "I", "range": "300 km", "parts": [{"weight": "1 kg"}]}, "recipient": {"id": "IN"}, "as_of": "2024-01-01"}`))
	f.Add([]byte(`{"item": {"limit": null, "tags": ["red"], "count": 1e3}}`))
	prog, err := interp.LoadText(context.Background(), "facts.ctl", factVocabulary)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := prog.NewCase()
		if err := c.ReadJSON(context.Background(), "f", data); err != nil {
			if len(c.Facts()) > 0 {
				t.Error("an error left facts behind")
			}
			return
		}
		for _, p := range prog.Policies() {
			if _, err := p.Decide(t.Context(), c); err != nil {
				continue // a broken constraint
			}
		}
	})
}

func FuzzTell(f *testing.F) {
	for _, s := range []string{"item.category=I", "recipient = India", "recipient is vetted", "not urgent", "item.range=300 km", "item.tags=(red)", "item is First"} {
		f.Add(s)
	}
	prog, err := interp.LoadText(context.Background(), "facts.ctl", factVocabulary)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := prog.NewCase()
		if err := c.Tell(s); err != nil {
			return
		}
		d := prog.NewCase()
		for _, fact := range c.Facts() {
			if err := d.Tell(fact.String()); err != nil {
				t.Fatalf("%q was told as %q, which cannot be told: %s", s, fact, err)
			}
		}
		if diff := cmp.Diff(told(c), told(d)); diff != "" {
			t.Errorf("%q: %s", s, diff)
		}
	})
}

// message is an error's text without places and codes, with the fixes.
func message(err error) string {
	s := err.Error()
	s = strings.ReplaceAll(s, "(did you mean", "did you mean")
	return strings.ReplaceAll(s, "?)", "?")
}
