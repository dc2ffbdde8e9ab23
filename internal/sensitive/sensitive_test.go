package sensitive_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctl-lang/ctl/internal/sensitive"
	"github.com/ctl-lang/ctl/interp"
)

const rules = `outcomes deny > permit
kind Person = text sensitive { born: date sensitive  ward: text  tags: set of text sensitive }
kind Part { code: text sensitive  mass: number? }
kind Item { parts: list of Part  spare: Part?  owner: Person? }
role by person: Person
role item: Item
policy p { deny by any when person.ward = "x" }
`

// TestWithout leaves sensitive facts out, wherever they stand, and all others as they are.
func TestWithout(t *testing.T) {
	prog, err := interp.LoadText(context.Background(), "rules.ctl", rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		facts string
		left  []string
	}{
		{`{"person": {"ward": "north"}, "item": {"parts": [{"mass": 1}], "spare": {}}}`, nil},
		{`{"person": "Jane"}`, []string{"person"}},
		{`{"person": {"id": "Jane", "born": "1999-02-03", "tags": ["a"], "ward": "north"}}`, []string{"person", "person.born", "person.tags"}},
		{`{"item": {"parts": [{"code": "A"}], "spare": {"code": "B"}, "owner": "Jane"}}`, []string{"item.owner", "item.parts", "item.spare.code"}},
	} {
		c := prog.NewCase()
		if err := c.ReadJSON(context.Background(), "facts", []byte(tt.facts)); err != nil {
			t.Fatal(err)
		}
		facts, left := sensitive.Without(c)
		if diff := cmp.Diff(tt.left, left); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.facts, diff)
		}
		kept := prog.NewCase()
		if err := kept.ReadMap(facts); err != nil {
			t.Errorf("%s without these: %v", tt.facts, err)
		}
		if names := sensitive.Names(kept); names != nil {
			t.Errorf("%s: %v are kept", tt.facts, names)
		}
		if len(tt.left) == 0 && !cmp.Equal(c.Sentences(), kept.Sentences()) {
			t.Errorf("%s is kept as %v", tt.facts, kept.Sentences())
		}
	}
}
