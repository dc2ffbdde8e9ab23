package dd

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// drawGate draws a gate together with what it says at each point.
func drawGate(t *rapid.T, c *Circuit, leaves []Node, tables [][]Leaf) (Gate, []bool) {
	gates := []Gate{No, Yes}
	said := [][]bool{make([]bool, len(tables[0])), make([]bool, len(tables[0]))}
	for i := range tables[0] {
		said[1][i] = true
	}
	for i, f := range leaves {
		row := make([]bool, len(tables[i]))
		for j, l := range tables[i] {
			row[j] = l == 1
		}
		gates, said = append(gates, c.Leaf(f)), append(said, row)
	}
	for range rapid.IntRange(1, 12).Draw(t, "gates") {
		kind := rapid.IntRange(0, 5).Draw(t, "kind")
		parts := rapid.SliceOfN(rapid.IntRange(0, len(gates)-1), 1, 5).Draw(t, "parts")
		row := make([]bool, len(said[0]))
		var gs []Gate
		for _, p := range parts {
			gs = append(gs, gates[p])
		}
		for j := range row {
			all, any := true, false
			for _, p := range parts {
				all, any = all && said[p][j], any || said[p][j]
			}
			row[j] = []bool{all, any, !said[parts[0]][j], said[parts[0]][j] != said[parts[len(parts)-1]][j], all, said[parts[0]][j] && !said[parts[len(parts)-1]][j]}[kind]
		}
		gates = append(gates, []Gate{c.And(gs...), c.Or(gs...), c.Not(gs[0]), c.Xor(gs[0], gs[len(gs)-1]), c.Conjoin(gs...), c.Less(gs[0], gs[len(gs)-1])}[kind])
		said = append(said, row)
	}
	return gates[len(gates)-1], said[len(said)-1]
}

// What is found holds, nothing is found only where nothing holds, and the diagram of a gate
// says what the gate does.
func TestFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 5), 0)
		points := eachPoint(s.domains)
		c := s.NewCircuit()
		for range rapid.IntRange(1, 3).Draw(t, "rounds") {
			region, here := drawBool(t, s, "region")
			c.Reset(region)
			var leaves []Node
			var tables [][]Leaf
			for i := range rapid.IntRange(1, 8).Draw(t, "leaves") {
				f, table := drawBool(t, s, fmt.Sprint("leaf ", i))
				leaves, tables = append(leaves, f), append(tables, table)
			}
			g, said := drawGate(t, c, leaves, tables)
			choices, ok, err := c.Find(g, 0)
			if err != nil {
				t.Fatal(err)
			}
			any := false
			for i, p := range points {
				said[i] = said[i] && here[i] == 1
				any = any || said[i]
				in := ok
				for _, ch := range choices {
					in = in && p[ch.Var] == ch.Cell
				}
				if in && !said[i] {
					t.Fatalf("found %v, and it fails at %v", choices, p)
				}
			}
			if any != ok {
				t.Fatalf("holds somewhere: %v, found: %v", any, ok)
			}
			f, err := c.Within(g, region)
			same(t, s, f, err, func(i int, _ []int) Leaf { return truth(said[i]) })
		}
	})
}

// Diagrams that hold together are neighbours.
func TestNeighbours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 5), 0)
		c := s.NewCircuit()
		var fs []Node
		for i := range rapid.IntRange(1, 8).Draw(t, "diagrams") {
			f, _ := drawBool(t, s, fmt.Sprint(i))
			fs = append(fs, f)
		}
		near, err := c.Neighbours(fs)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range fs {
			of, err := near.Of(f)
			if err != nil {
				t.Fatal(err)
			}
			is := map[int]bool{}
			for _, j := range of {
				is[j] = true
			}
			for j, g := range fs {
				if both, _ := s.And(f, g); both != False && !is[j] {
					t.Fatalf("%d is no neighbour of %d", j, i)
				}
			}
		}
	})
}

// A case that no rule speaks of is found among many rules over many variables, and that
// there is none is seen by the few rules that show it; no diagram of all rules could be made.
func TestFindAmongMany(t *testing.T) {
	const vars, rules = 20, 2000
	domains := make([]int, vars)
	for i := range domains {
		domains[i] = 100
	}
	s := New(domains, 0)
	c := s.NewCircuit()
	var any []Gate
	for i := range rules {
		f := True
		for k := range 3 {
			v := (i*7 + k*(1+i%5)*3) % vars
			lo := (i*13 + k*29) % 90
			lit, _ := s.Between(v, lo, lo+4)
			f, _ = s.And(f, lit)
		}
		any = append(any, c.Leaf(f))
	}
	before := s.Stats().Steps
	if _, ok, err := c.Find(c.Not(c.Or(any...)), 0); !ok || err != nil {
		t.Fatal(ok, err)
	}
	low, _ := s.Between(11, 0, 49)
	high, _ := s.Between(11, 50, 99)
	all := c.Or(append(any, c.Leaf(low), c.Leaf(high))...)
	if _, ok, err := c.Find(c.Not(all), 0); ok || err != nil {
		t.Fatal(ok, err)
	}
	if steps := s.Stats().Steps - before; steps > 20_000 {
		t.Errorf("%d steps", steps)
	}
}
