package interp_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/interp"
)

const passedRules = `
outcomes deny > permit
kind Part { strong_controls: bool  weight: mass }
kind Item { count: number  maker: Firm  parts: list of Part }
kind Firm = text { listed: bool }
role item: Item
role to buyer: Firm
policy p { deny when item.count > 2 or buyer.listed  otherwise permit }
`

// TestPassedOver reads data in which more stands than the rules declare, by every door.
func TestPassedOver(t *testing.T) {
	var mu sync.Mutex
	var passed []string
	options := interp.Options{PassedOver: func(name string) {
		mu.Lock()
		defer mu.Unlock()
		passed = append(passed, name)
	}}
	prog, err := options.LoadText(t.Context(), "p.ctl", passedRules)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := prog.Policy("p")
	strict, err := interp.LoadText(t.Context(), "p.ctl", passedRules)
	if err != nil {
		t.Fatal(err)
	}
	taken := func(what string, want []string, err error) {
		t.Helper()
		slices.Sort(passed)
		if diff := cmp.Diff(want, passed); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", what, err, diff)
		}
		passed = nil
	}
	const text = `{"request": {"item": 1}, "item": {"count": 3, "colour": ["red"], "maker": {"id": "A", "vat": 12}, "parts": [{"weight": "1 kg", "screws": 8}]}, "buyer": {"id": "B", "listed": false}}`
	names := []string{"item.colour", "item.maker.vat", "item.parts[0].screws", "request"}
	taken("ReadJSON", names, prog.NewCase().ReadJSON(t.Context(), "facts", []byte(text)))
	lines, err := interp.Bind[interp.JSON](p)
	if err != nil {
		t.Fatal(err)
	}
	facts := interp.JSON(text)
	d, err := lines.Decide(&facts)
	taken("Bind", names, err)
	if d.Answer() != "deny" {
		t.Errorf("decided %s", d.Answer())
	}
	m := map[string]any{"request": 1, "item": map[string]any{"count": 3, "colour": 1, "maker": map[string]any{"id": "A", "vat": 1}, "parts": []any{map[string]any{"screws": 1}}}}
	taken("ReadMap", names, prog.NewCase().ReadMap(m))
	maps, err := interp.Bind[map[string]any](p)
	if err != nil {
		t.Fatal(err)
	}
	_, err = maps.Decide(&m)
	taken("Bind of a map", names, err)

	if err := strict.NewCase().ReadJSON(t.Context(), "facts", []byte(text)); err == nil || strings.Count(err.Error(), "E0701") != 4 {
		t.Errorf("without the option: %v", err)
	}
	if err := strict.NewCase().ReadMap(m); err == nil {
		t.Error("without the option a map is taken")
	}
}

// TestNotPassedOver tells what may be meant for another name, whatever the option says.
func TestNotPassedOver(t *testing.T) {
	options := interp.Options{PassedOver: func(name string) { t.Errorf("%s is passed over", name) }}
	prog, err := options.LoadText(t.Context(), "p.ctl", passedRules)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`{"itme": {}}`, `{"item": {"cuont": 1}}`, `{"Item": {}}`, `{"count": 1}`, `{"item.count": 1}`, `{"to": "B"}`,
		`{"buyer": {"listd": true}}`, `{"item": {"parts": [{"strongControls": true}]}}`,
		`{"item": {"listed": true}}`, `{"item": {"buyer": "B"}}`, `{"strongControls": true}`, `{"date": "2025-01-01"}`, `{"asOf": "2025-01-01"}`, `{"buyer": {"strong-controls": true}}`,
		`{"risk(\"B\")": 1}`,
	} {
		if err := prog.NewCase().ReadJSON(context.Background(), "facts", []byte(text)); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
	type Odd struct {
		Item struct {
			Colour string `ctl:"colour"`
		} `ctl:"item"`
	}
	if err := prog.NewCase().ReadStruct(Odd{}); err == nil {
		t.Error("a field of a struct is passed over")
	}
}

// TestPassedOverIsBounded writes more names than are looked at: they are mistakes and not passed over unseen.
func TestPassedOverIsBounded(t *testing.T) {
	options := interp.Options{PassedOver: func(string) {}}
	prog, err := options.LoadText(t.Context(), "p.ctl", passedRules)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(`{"item": {"count": 1`)
	for i := range 200_000 {
		b.WriteString(`,"unheard` + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + `of` + strings.Repeat("y", i/1000) + `": 1`)
	}
	b.WriteString(`}}`)
	if err := prog.NewCase().ReadJSON(t.Context(), "facts", []byte(b.String())); err == nil {
		t.Error("all are passed over")
	}
}
