package interp

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// Where a code says which of many marks matter, the diagrams are small only if the code is asked
// first: in the order that brings together what is asked together they double with every mark.
func TestOrderOfWhatChooses(t *testing.T) {
	const marks = 40
	var text strings.Builder
	text.WriteString("outcomes deny > permit\nkind Item {\n  code: c0")
	for i := 1; i < marks; i++ {
		fmt.Fprintf(&text, " | c%d", i)
	}
	text.WriteString("\n")
	for i := range marks {
		fmt.Fprintf(&text, "  m%d: bool\n", i)
	}
	text.WriteString("}\nrole item: Item\npolicy p {\n")
	for i := range marks {
		fmt.Fprintf(&text, "  deny when item.code in (c%d, c%d) and item.m%d\n", i, (i*7+3)%marks, i)
	}
	text.WriteString("  otherwise permit\n}\n")
	prog, err := LoadText(context.Background(), "chart.ctl", text.String())
	if err != nil {
		t.Fatal(err)
	}
	p := Dated{prog.Policies()[0], prog.LatestDate()}
	s := NewSpace(context.Background(), []Dated{p}, nil, prog.Limits().AnalysisNodes)
	if _, _, err := s.Policy(p); err != nil {
		t.Fatal(err)
	}
	if n := s.Store.Stats().Nodes; n > 40*marks {
		t.Errorf("%d nodes", n)
	}
}
