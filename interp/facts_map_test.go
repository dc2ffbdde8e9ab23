package interp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const sensitiveRules = `
outcomes deny > permit
kind Party = text sensitive { age: number  vip: bool  born: date? sensitive "date of birth"  maker: Maker }
kind Maker { name: text sensitive  code: text }
kind Part { serial: text sensitive  weight: mass }
kind Item { parts: list of Part  owners: set of Party  secret: length sensitive  heat: temperature  cost: number  wait: duration }
kind Country = US | FR
role item: Item
role to buyer: Party
role via route: Country
open term informant sensitive "told by an informant"
open term urgent
policy p { deny when item.secret > 3 km  otherwise permit }
`

const sensitiveFacts = `{
	"item": {
		"parts": [{"serial": "A1", "weight": "2 kg"}, {}], "owners": ["Ann", {"id": "Bob", "age": 3}],
		"secret": "4 km", "heat": "20 degC", "cost": 12.50, "wait": "30 days"
	},
	"buyer": {"id": "Acme", "born": null, "maker": {"name": "M", "code": "c"}},
	"route": "FR",
	"informant": true
}`

func sensitiveCase(t *testing.T) *Case {
	t.Helper()
	prog, err := LoadText(context.Background(), "rules.ctl", sensitiveRules)
	if err != nil {
		t.Fatal(err)
	}
	c := prog.NewCase()
	if err := c.ReadJSON(context.Background(), "case", []byte(sensitiveFacts)); err != nil {
		t.Fatal(err)
	}
	return c
}

func asJSON(t *testing.T, v any) (out any) {
	t.Helper()
	data, ok := v.(string)
	if !ok {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		data = string(b)
	}
	if err := json.Unmarshal([]byte(data), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// What Map gives is what was read, lists of things too, and ReadMap and ReadJSON take it.
func TestMap(t *testing.T) {
	c := sensitiveCase(t)
	if diff := cmp.Diff(asJSON(t, sensitiveFacts), asJSON(t, c.Map())); diff != "" {
		t.Error(diff)
	}
	again := c.Program().NewCase()
	if err := again.ReadMap(c.Map()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(asJSON(t, c.Map()), asJSON(t, again.Map())); diff != "" {
		t.Error(diff)
	}
}

func TestMaskedMap(t *testing.T) {
	c := sensitiveCase(t)
	facts, masked := c.MaskedMap(func(Value) any { return "***" })
	want := `{
		"item": {
			"parts": [{"serial": "***", "weight": "2 kg"}, {}], "owners": ["***", {"id": "***", "age": 3}],
			"secret": "***", "heat": "20 degC", "cost": 12.50, "wait": "30 days"
		},
		"buyer": {"id": "***", "born": "***", "maker": {"name": "***", "code": "c"}},
		"route": "FR",
		"informant": "***"
	}`
	if diff := cmp.Diff(asJSON(t, want), asJSON(t, facts)); diff != "" {
		t.Error(diff)
	}
	names := []string{"item.parts", "item.owners", "item.secret", "buyer.born", "buyer.maker.name", "buyer", "informant"}
	if diff := cmp.Diff(names, masked); diff != "" {
		t.Error(diff)
	}
}

// FactInfo says which facts are masked.
func TestSensitiveFacts(t *testing.T) {
	prog := sensitiveCase(t).Program()
	var got []string
	for _, name := range prog.FactNames() {
		if info, _ := prog.FactInfo(name); info.Sensitive {
			got = append(got, name)
		}
	}
	want := []string{"item.owners", "item.secret", "buyer", "buyer.born", "buyer.maker.name", "informant"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever is told of a case, its map tells the same of another.
func TestMapOfRandomCases(t *testing.T) {
	prog, err := LoadText(context.Background(), "rules.ctl", "outcomes o0\n"+randomVocabulary+"policy p { o0 }")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := prog.NewCase()
		for _, f := range randomFacts {
			if rapid.Bool().Draw(t, f.name) {
				if err := c.Tell(fmt.Sprintf("%s = %s", f.name, rapid.SampledFrom(f.values).Draw(t, "value"))); err != nil {
					t.Fatal(err)
				}
			}
		}
		data, err := json.Marshal(c.Map())
		if err != nil {
			t.Fatal(err)
		}
		again := prog.NewCase()
		if err := again.ReadJSON(context.Background(), "again", data); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if diff := cmp.Diff(fmt.Sprint(c.Facts()), fmt.Sprint(again.Facts())); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestVersion(t *testing.T) {
	const rules = "outcomes deny > permit\nkind Party = text\nrole to buyer: Party\ngroup G of Party from \"g.csv\"\ngroup H of Party from \"h.csv\"\n"
	const policy = "policy p { deny to G otherwise permit }\n"
	version := func(files map[string]string, names ...string) string {
		t.Helper()
		fsys := fstest.MapFS{}
		for name, text := range files {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		p, err := Load(context.Background(), fsys, names...)
		if err != nil {
			t.Fatal(err)
		}
		return p.Version()
	}
	with := func(name, text string) map[string]string {
		m := map[string]string{"a.ctl": rules, "b.ctl": policy, "g.csv": "x\n", "h.csv": "y\n"}
		m[name] = text
		return m
	}
	first := version(with("", ""), "a.ctl", "b.ctl")
	if len(first) != len("sha256:")+64 {
		t.Errorf("a strange version: %s", first)
	}
	if got := version(with("", ""), "b.ctl", "a.ctl"); got != first {
		t.Error("the order of the files matters")
	}
	moved := map[string]string{"d/z.ctl": rules, "d/y.ctl": policy, "d/g.csv": "x\n", "d/h.csv": "y\n"}
	if got := version(moved, "d"); got != first {
		t.Error("the names of the files matter")
	}
	var compiled bytes.Buffer
	fsys := fstest.MapFS{}
	for name, text := range with("", "") {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if err := (Options{}).Compile(context.Background(), &compiled, fsys, "a.ctl", "b.ctl"); err != nil {
		t.Fatal(err)
	}
	if got := version(map[string]string{"rules.ctlc": compiled.String()}, "rules.ctlc"); got != first {
		t.Error("the compiled form is another version")
	}
	swapped := with("g.csv", "y\n")
	swapped["h.csv"] = "x\n"
	seen := map[string]string{first: "as it was"}
	for what, got := range map[string]string{
		"a member":      version(with("g.csv", "z\n"), "a.ctl", "b.ctl"),
		"swapped files": version(swapped, "a.ctl", "b.ctl"),
		"a comment":     version(with("b.ctl", policy+"# a comment\n"), "a.ctl", "b.ctl"),
		"a module":      version(with("b.ctl", policy+"use iso3166\n"), "a.ctl", "b.ctl"),
		"a file more":   version(with("c.ctl", ""), "a.ctl", "b.ctl", "c.ctl"),
	} {
		if other := seen[got]; other != "" {
			t.Errorf("%s: the version is that of: %s", what, other)
		}
		seen[got] = what
	}
}
