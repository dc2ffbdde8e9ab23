package dd

import (
	"errors"
	"math/rand/v2"
	"testing"
)

// policyShape describes random policies. Guards of real rules speak of few
// attributes that belong together: a window of neighbouring variables. A window
// of 0 lets every guard speak of any variables, which no real policy does.
type policyShape struct {
	rules, vars, window, literals int
	domain                        int // 0: mixed, of 2 to 8 cells
}

type policy struct {
	domains []int
	guards  []Cube
	leaves  []Leaf
}

func randomPolicy(o policyShape, seed uint64) policy {
	r := rand.New(rand.NewPCG(seed, 1))
	p := policy{domains: make([]int, o.vars)}
	for v := range p.domains {
		p.domains[v] = o.domain
		if o.domain == 0 {
			p.domains[v] = []int{2, 2, 2, 3, 4, 8}[r.IntN(6)]
		}
	}
	for range o.rules {
		first, width := 0, o.vars
		if o.window > 0 {
			first, width = r.IntN(o.vars-o.window+1), o.window
		}
		used := make([]bool, o.vars)
		for _, v := range r.Perm(width)[:2+r.IntN(o.literals-1)] {
			used[first+v] = true
		}
		var guard Cube
		for v, u := range used {
			if u {
				guard = append(guard, Lit{v, randomCells(r, p.domains[v])})
			}
		}
		p.guards = append(p.guards, guard)
		p.leaves = append(p.leaves, Leaf(r.IntN(4)))
	}
	return p
}

// randomCells returns one cell or an interval, but not all cells.
func randomCells(r *rand.Rand, n int) []int {
	lo := r.IntN(n)
	hi := lo
	if r.IntN(2) == 0 {
		hi = min(lo+r.IntN(n), n-1)
	}
	if lo == 0 && hi == n-1 {
		hi--
	}
	var cells []int
	for c := lo; c <= hi; c++ {
		cells = append(cells, c)
	}
	return cells
}

func (p policy) rules(s *Store) []Rule {
	rules := make([]Rule, len(p.guards))
	for i, g := range p.guards {
		rules[i] = Rule{s.cube(g), p.leaves[i]}
	}
	return rules
}

var shapes = []struct {
	name string
	policyShape
}{
	{"300x30-local", policyShape{rules: 300, vars: 30, window: 6, literals: 4}},
	{"300x30-local6", policyShape{rules: 300, vars: 30, window: 8, literals: 6}},
	{"300x15-local", policyShape{rules: 300, vars: 15, window: 6, literals: 4}},
	{"300x15-any", policyShape{rules: 300, vars: 15, literals: 4}},
	{"300x15-any6", policyShape{rules: 300, vars: 15, literals: 6}},
	{"2000x60-local", policyShape{rules: 2000, vars: 60, window: 6, literals: 4}},
	{"2000x60-local6", policyShape{rules: 2000, vars: 60, window: 8, literals: 6}},
	{"2000x60-local10", policyShape{rules: 2000, vars: 60, window: 10, literals: 6}},
	{"2000x200-local", policyShape{rules: 2000, vars: 200, window: 6, literals: 4}},
	{"300x30-any-boolean", policyShape{rules: 300, vars: 30, literals: 6, domain: 2}},
	{"300x30-any", policyShape{rules: 300, vars: 30, literals: 6}},
	{"2000x60-any", policyShape{rules: 2000, vars: 60, literals: 6}},
}

// BenchmarkBuild makes a decision of a list of rules, their guards included.
// Shapes that pass the default node budget say so.
func BenchmarkBuild(b *testing.B) {
	for _, shape := range shapes {
		p := randomPolicy(shape.policyShape, 1)
		b.Run(shape.name, func(b *testing.B) {
			for b.Loop() {
				s := New(p.domains, 0)
				built, err := s.Build(p.rules(s), 0, True)
				b.ReportMetric(float64(s.Stats().Nodes), "nodes")
				b.ReportMetric(float64(s.Size(built)), "final")
				if errors.Is(err, ErrBudget) {
					b.ReportMetric(1, "overBudget")
				} else if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDiff builds two policies of which a tenth of the rules differ, and
// the diagram of where and how they differ.
func BenchmarkDiff(b *testing.B) {
	pair := NewOp(func(old, new Leaf) Leaf {
		if old == new {
			return Impossible
		}
		return old*16 + new
	})
	for _, shape := range shapes[:7] {
		p := randomPolicy(shape.policyShape, 1)
		other := randomPolicy(shape.policyShape, 2)
		q := policy{domains: p.domains}
		for i := range p.guards {
			g, l := p.guards[i], p.leaves[i]
			if i%10 == 9 {
				l = other.leaves[i]
			}
			q.guards, q.leaves = append(q.guards, g), append(q.leaves, l)
		}
		b.Run(shape.name, func(b *testing.B) {
			for b.Loop() {
				s := New(p.domains, 0)
				x, err := s.Build(p.rules(s), 0, True)
				if err != nil {
					b.Fatal(err)
				}
				y, err := s.Build(q.rules(s), 0, True)
				if err != nil {
					b.Fatal(err)
				}
				d, err := s.Apply(pair, x, y)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(s.Stats().Nodes), "nodes")
				b.ReportMetric(float64(s.Size(d)), "final")
			}
		})
	}
}

// small is the policy by which single answers are measured: 40 rules over 10
// variables.
func small(b *testing.B) (*Store, Node) {
	p := randomPolicy(policyShape{rules: 40, vars: 10, window: 5, literals: 4}, 3)
	s := New(p.domains, 0)
	built, err := s.Build(p.rules(s), 0, True)
	if err != nil {
		b.Fatal(err)
	}
	return s, built
}

func BenchmarkCover(b *testing.B) {
	s, f := small(b)
	for b.Loop() {
		m := s.Mark()
		one, _ := s.Is(f, 1)
		cubes, err := s.Cover(one, True)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(cubes)), "cubes")
		s.Release(m)
	}
}

func BenchmarkQuestions(b *testing.B) {
	s, f := small(b)
	for _, c := range []struct {
		name     string
		known    int
		together [][]int
	}{
		{"10-unknown", 0, nil}, {"6-unknown", 4, nil}, {"3-unknown", 7, nil},
		{"10-unknown-in-6", 0, [][]int{{0, 1, 2}, {6, 7, 8}}}, {"6-unknown-in-3", 4, [][]int{{5, 6, 7, 8}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				m := s.Mark()
				cells := map[int]int{}
				for v := range c.known {
					cells[v] = 0
				}
				g, _ := s.Constrain(f, cells)
				p, err := s.Questions(g, Asking{Together: c.together})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(p.Depth), "depth")
				b.ReportMetric(float64(truth(p.Exact)), "exact")
				s.Release(m)
			}
		})
	}
}

func BenchmarkMinimalChanges(b *testing.B) {
	s, f := small(b)
	one, _ := s.Is(f, 1)
	point := make([]int, s.Vars())
	for b.Loop() {
		m := s.Mark()
		changes, err := s.MinimalChanges(one, point, allVars(s), 3)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(changes)), "sets")
		s.Release(m)
	}
}
