package dd

import (
	"slices"

	"pgregory.net/rapid"
)

// The tests compare every operation with a table of all points of a small
// space. A table lists what a function says at each point, in the order of
// eachPoint.

func drawDomains(t *rapid.T, most int) []int {
	return rapid.SliceOfN(rapid.IntRange(2, 4), 2, most).Draw(t, "domains")
}

func eachPoint(domains []int) [][]int {
	points := [][]int{{}}
	for _, n := range domains {
		var longer [][]int
		for _, p := range points {
			for c := range n {
				longer = append(longer, append(slices.Clone(p), c))
			}
		}
		points = longer
	}
	return points
}

// drawFunction draws a diagram together with its table. Functions of few
// conditions are as likely as wild ones.
func drawFunction(t *rapid.T, s *Store, label string, leaves ...Leaf) (Node, []Leaf) {
	points := eachPoint(s.domains)
	table := make([]Leaf, len(points))
	if rapid.Bool().Draw(t, label+" wild") {
		for i := range table {
			table[i] = rapid.SampledFrom(leaves).Draw(t, label)
		}
		return fromTable(s, table), table
	}
	first := rapid.SampledFrom(leaves).Draw(t, label)
	for i := range table {
		table[i] = first
	}
	for range rapid.IntRange(0, 4).Draw(t, label+" rules") {
		cube := drawCube(t, s, label)
		l := rapid.SampledFrom(leaves).Draw(t, label)
		for i, p := range points {
			if cube.Has(p) {
				table[i] = l
			}
		}
	}
	return fromTable(s, table), table
}

func drawBool(t *rapid.T, s *Store, label string) (Node, []Leaf) {
	return drawFunction(t, s, label, 0, 1)
}

func drawCube(t *rapid.T, s *Store, label string) Cube {
	var cube Cube
	for v, n := range s.domains {
		if rapid.IntRange(0, 2).Draw(t, label+" use") > 0 {
			continue
		}
		cells := rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 1, n-1, rapid.ID[int]).Draw(t, label+" cells")
		slices.Sort(cells)
		cube = append(cube, Lit{v, cells})
	}
	return cube
}

// fromTable makes the diagram of a table by joining its points one by one,
// from the last variable up.
func fromTable(s *Store, table []Leaf) Node {
	row := make([]Node, len(table))
	for i, l := range table {
		row[i] = s.leaf(l)
	}
	for v := len(s.domains) - 1; v >= 0; v-- {
		n := s.domains[v]
		above := make([]Node, len(row)/n)
		for i := range above {
			base := len(s.tmp)
			for c := range n {
				s.push(base, uint32(c), row[i*n+c])
			}
			above[i] = s.mk(uint32(v), base)
		}
		row = above
	}
	return row[0]
}

// same fails unless the diagram says what the function does at every point,
// and is the one canonical diagram that does.
func same(t *rapid.T, s *Store, f Node, err error, want func(i int, p []int) Leaf) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	points := eachPoint(s.domains)
	table := make([]Leaf, len(points))
	for i, p := range points {
		table[i] = want(i, p)
		if got := s.Eval(f, p); got != table[i] {
			t.Fatalf("at %v: got %d, want %d", p, got, table[i])
		}
	}
	if fromTable(s, table) != f {
		t.Fatal("the diagram is not canonical")
	}
}

func truth(b bool) Leaf {
	if b {
		return 1
	}
	return 0
}

func allVars(s *Store) []int {
	vars := make([]int, s.Vars())
	for v := range vars {
		vars[v] = v
	}
	return vars
}
