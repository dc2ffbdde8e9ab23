package interp

import (
	"context"
	"testing"
)

// TestHostileEngines restores engines that no compiler writes: each is refused, or
// answers without a panic whatever the facts come in.
func TestHostileEngines(t *testing.T) {
	const rules = `o0 when item.ok o1 when item.n > 3 or party = "Acme" or party in Denied or item.note = "x" otherwise o2`
	for name, change := range map[string]func(e *storedEngine, s *storedSlot){
		"a group of truths": func(_ *storedEngine, s *storedSlot) {
			if s.fact == "item.ok" {
				s.kind, s.group = memberSlot, "Denied"
			}
		},
		"a group of numbers": func(_ *storedEngine, s *storedSlot) {
			if s.fact == "item.n" {
				s.kind, s.group, s.n = memberSlot, "Denied", 2
			}
		},
		"a cell of unknown facts": func(_ *storedEngine, s *storedSlot) {
			if len(s.cell) > 0 {
				s.cell[0] = 99_999
			}
		},
		"cells without number": func(_ *storedEngine, s *storedSlot) { s.n = 1 << 23 },
		"a number of a million digits": func(_ *storedEngine, s *storedSlot) {
			if len(s.points) > 0 {
				s.points[0] = "1e999999"
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			prog, err := LoadText(context.Background(), "edge.ctl", withRules(rules))
			if err != nil {
				t.Fatal(err)
			}
			p := prog.order.policies[0]
			e, err := p.engineOn(t.Context(), p.lastDay())
			if err != nil {
				t.Fatal(err)
			}
			s := getEngine(&packedReader{b: putEngine(nil, e)})
			for i := range s.slots {
				change(&s, &s.slots[i])
			}
			if err := prog.restore(s); err == nil {
				t.Error("it is not refused")
			}
			for _, text := range []JSON{JSON(`{}`), JSON(`{"item": {"ok": true, "n": 5}, "party": "Acme"}`)} {
				lines, err := Bind[JSON](p)
				if err != nil {
					t.Fatal(err)
				}
				lines.Decide(&text)
				c := prog.NewCase()
				if err := c.ReadJSON(context.Background(), "facts", text); err != nil {
					t.Fatal(err)
				}
				p.engines().asked.Store(worthCompiling)
				p.Decide(t.Context(), c)
			}
		})
	}
}
