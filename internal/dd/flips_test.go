package dd

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestMinimalChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawFunction(t, s, "f", 0, 0, 1, Impossible)
		point := make([]int, len(s.domains))
		var allowed []int
		for v, n := range s.domains {
			point[v] = rapid.IntRange(-1, n-1).Draw(t, "cell")
			if rapid.IntRange(0, 3).Draw(t, "allowed") > 0 {
				allowed = append(allowed, v)
			}
		}
		most := rapid.IntRange(0, 3).Draw(t, "most")
		changes, err := s.MinimalChanges(f, point, allowed, most)
		if err != nil {
			t.Fatal(err)
		}
		var want [][]int
		for set := range subsets(allowed, most) {
			known := slices.ContainsFunc(want, func(m []int) bool { return isSubset(m, set) })
			if !known && len(leading(s, tf, point, set)) > 0 {
				want = append(want, set)
			}
		}
		var got [][]int
		for _, c := range changes {
			got = append(got, c.Vars)
			checkWays(t, s, tf, point, c)
		}
		if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// leading returns the points that give the variables of the set any cells,
// keep the other known ones and force 1 whatever the unknown ones are; the
// cells of variables outside the set are left as in the point.
func leading(s *Store, table []Leaf, point, set []int) [][]int {
	var found [][]int
	for _, p := range eachPoint(s.domains) {
		var choices []Choice
		q := slices.Clone(point)
		first := true // of the points that differ outside the set alone
		for v := range p {
			switch {
			case slices.Contains(set, v):
				q[v] = p[v]
			case p[v] != 0:
				first = false
			}
			if q[v] != Unknown {
				choices = append(choices, Choice{v, q[v]})
			}
		}
		if first && forcedBy(s, table, 1, choices) {
			found = append(found, q)
		}
	}
	return found
}

// checkWays compares the cubes of a change with all the ways there are.
func checkWays(t *rapid.T, s *Store, table []Leaf, point []int, c Change) {
	want := leading(s, table, point, c.Vars)
	for _, p := range eachPoint(s.domains) {
		q := slices.Clone(point)
		for _, v := range c.Vars {
			q[v] = p[v]
		}
		works := slices.ContainsFunc(want, func(w []int) bool { return slices.Equal(w, q) })
		in := slices.ContainsFunc(c.To, func(c Cube) bool { return c.Has(q) })
		if works != in {
			t.Fatalf("%v: %v works %v, offered %v", c, q, works, in)
		}
	}
	for _, cube := range c.To {
		for _, l := range cube {
			if !slices.Contains(c.Vars, l.Var) {
				t.Fatalf("%v names another variable", c)
			}
		}
	}
}
