package analysis_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ctl-lang/ctl/analysis"
	"github.com/ctl-lang/ctl/interp"
)

// A difference tells every thing that is decided otherwise when no more is told than which it is,
// where the rows of a file that the old version had, or has not, are changed, gained or lost; and no
// other one where none is lost, of which the new version could be told something else.
func TestDiffOfRowsAgainstBruteForce(t *testing.T) {
	things, values := []string{"ta", "tb", "tc", "td"}, []string{"a", "b", "c"}
	kinds := map[string]int{}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 41))
		rows := func() map[string]string {
			out := map[string]string{}
			for _, id := range things {
				if r.IntN(3) > 0 {
					out[id] = values[r.IntN(len(values))]
				}
			}
			if len(out) == 0 { // a file without rows is an error
				out["ta"] = "a"
			}
			return out
		}
		was, is := rows(), rows()
		rules := "outcomes deny > review > permit\nkind T = ta | tb | tc | td { f: a | b | c = " + values[r.IntN(3)] + " from \"f.csv\" column \"id\" value \"f\" }\nrole t: T\npolicy p {\n"
		for range 1 + r.IntN(3) {
			rules += fmt.Sprintf("  %s when t.f %s %s\n", []string{"deny", "review"}[r.IntN(2)], []string{"=", "!="}[r.IntN(2)], values[r.IntN(3)])
		}
		rules += "  otherwise permit\n}\n"
		version := func(rows map[string]string) *interp.Program {
			csv := "id,f\n"
			for _, id := range things {
				if v, ok := rows[id]; ok {
					csv += id + "," + v + "\n"
				}
			}
			p, err := interp.Load(t.Context(), fstest.MapFS{"r.ctl": {Data: []byte(rules)}, "f.csv": {Data: []byte(csv)}}, "r.ctl")
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		old, now := version(was), version(is)
		answer := func(p *interp.Program, id string) string {
			c := p.NewCase()
			if err := c.Tell("t = " + id); err != nil {
				t.Fatal(err)
			}
			d, err := p.Policies()[0].Decide(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			return d.Answer()
		}
		var want []string
		lost := false
		for _, id := range things {
			if a, b := answer(old, id), answer(now, id); a != b {
				want = append(want, a+" "+b)
			}
			_, had := was[id]
			_, has := is[id]
			lost = lost || had && !has
			kinds[fmt.Sprint(had, has)]++
		}
		re, err := now.Rebase(old.Policies()[0])
		if err != nil {
			t.Fatal(err)
		}
		on := now.LatestDate()
		d, err := analysis.Diff(t.Context(), interp.Dated{Policy: re.Policy, On: on}, interp.Dated{Policy: now.Policies()[0], On: on}, analysis.DiffOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range d.Changes {
			got = append(got, c.From.Name()+" "+c.To.Name())
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%v becomes %v: %s is not told, but %s\n%s", was, is, w, strings.Join(got, ", "), rules)
			}
		}
		for _, g := range got {
			if !lost && !slices.Contains(want, g) {
				t.Errorf("%v becomes %v: %s is told, and is not so\n%s", was, is, g, rules)
			}
		}
	}
	for _, k := range []string{"true true", "true false", "false true"} {
		if kinds[k] < 50 {
			t.Errorf("%s: %d only", k, kinds[k])
		}
	}
}
