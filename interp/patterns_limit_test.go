package interp

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// What the patterns of a stranger's file take together is bounded, over all facts: what is more is
// opaque, and the rest is not.
func TestPatternsOfAStranger(t *testing.T) {
	const most = 100_000
	var attrs, conds strings.Builder
	for i := range 60 {
		fmt.Fprintf(&attrs, " a%d: text", i)
		for j := range 9 {
			fmt.Fprintf(&conds, ` or item.a%d like "*%c*"`, i, 'a'+rune(j))
		}
	}
	prog, err := Options{Limits: Limits{AnalysisNodes: most}}.Load(t.Context(), fstest.MapFS{"p.ctl": {Data: []byte(
		"outcomes deny > permit\nkind Item {" + attrs.String() + " }\nrole item: Item\npolicy p { deny any when no" + conds.String() + "  otherwise permit }")}}, "p.ctl")
	if err != nil {
		t.Fatal(err)
	}
	p := prog.policies["p"]
	s := NewSpace(t.Context(), []Dated{{p, prog.LatestDate()}}, nil, most)
	work, opaque, whole := 0, 0, 0
	for _, v := range s.vars {
		switch {
		case v.opaque != nil:
			opaque++
		case v.patterns != nil:
			work += v.patterns.work
			whole++
		}
	}
	if work > most || opaque == 0 || whole == 0 {
		t.Errorf("patterns of %d facts took %d, and %d are opaque", whole, work, opaque)
	}
	b := newEngineBuilder(t.Context(), prog, s.first, mostEngineWork)
	b.mostCubes = leastConditionCubes
	for _, r := range p.nodes {
		if r.rule != nil {
			for _, cl := range r.rule.clauses() {
				b.gather(cl.c, nil)
			}
		}
	}
	b.number()
	work = 0
	for _, slot := range b.slots {
		if slot.patterns != nil {
			work += slot.patterns.work
		}
	}
	if work > most || work == 0 {
		t.Errorf("those of the engine took %d", work)
	}
}
