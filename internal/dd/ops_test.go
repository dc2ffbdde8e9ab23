package dd

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestLiteral(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 3), 0)
		v := rapid.IntRange(0, len(s.domains)-1).Draw(t, "v")
		cells := rapid.SliceOf(rapid.IntRange(0, s.domains[v]-1)).Draw(t, "cells")
		f, err := s.Literal(v, cells)
		same(t, s, f, err, func(_ int, p []int) Leaf { return truth(slices.Contains(cells, p[v])) })
		lo := rapid.IntRange(0, s.domains[v]-1).Draw(t, "lo")
		hi := rapid.IntRange(0, s.domains[v]-1).Draw(t, "hi")
		f, err = s.Between(v, lo, hi)
		same(t, s, f, err, func(_ int, p []int) Leaf { return truth(lo <= p[v] && p[v] <= hi) })
	})
}

func TestConnectives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawBool(t, s, "f")
		g, tg := drawBool(t, s, "g")
		h, th := drawBool(t, s, "h")
		two := func(op func(f, g Node) (Node, error), want func(a, b bool) bool) {
			r, err := op(f, g)
			same(t, s, r, err, func(i int, _ []int) Leaf { return truth(want(tf[i] == 1, tg[i] == 1)) })
		}
		two(s.And, func(a, b bool) bool { return a && b })
		two(s.Or, func(a, b bool) bool { return a || b })
		two(s.Xor, func(a, b bool) bool { return a != b })
		two(s.Diff, func(a, b bool) bool { return a && !b })
		two(s.Implies, func(a, b bool) bool { return !a || b })
		two(func(f, _ Node) (Node, error) { return s.Not(f) }, func(a, _ bool) bool { return !a })
		two(func(f, g Node) (Node, error) { return s.AndAll(f, g, f, True) }, func(a, b bool) bool { return a && b })
		two(func(f, g Node) (Node, error) { return s.OrAll(f, g, False) }, func(a, b bool) bool { return a || b })
		for k := range 5 {
			r, err := s.AtLeast(k, []Node{f, g, h})
			same(t, s, r, err, func(i int, _ []int) Leaf { return truth(int(tf[i]+tg[i]+th[i]) >= k) })
		}
	})
}

func TestManyLeaves(t *testing.T) {
	add := NewOp(func(a, b Leaf) Leaf { return a*10 + b })
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		c, tc := drawBool(t, s, "c")
		f, tf := drawFunction(t, s, "f", 0, 1, 5, 7, Impossible)
		g, tg := drawFunction(t, s, "g", 1, 2, 3)
		r, err := s.Ite(c, f, g)
		same(t, s, r, err, func(i int, _ []int) Leaf {
			if tc[i] == 1 {
				return tf[i]
			}
			return tg[i]
		})
		r, err = s.Apply(add, f, g)
		same(t, s, r, err, func(i int, _ []int) Leaf { return tf[i]*10 + tg[i] })
		r, err = s.Map(f, func(l Leaf) Leaf { return l / 2 })
		same(t, s, r, err, func(i int, _ []int) Leaf { return tf[i] / 2 })
		r, err = s.Is(f, 7, 1)
		same(t, s, r, err, func(i int, _ []int) Leaf { return truth(tf[i] == 7 || tf[i] == 1) })
		r, err = s.Within(f, c)
		same(t, s, r, err, func(i int, _ []int) Leaf {
			if tc[i] == 1 {
				return tf[i]
			}
			return Impossible
		})
	})
}

func TestRestricting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, _ := drawFunction(t, s, "f", 0, 1, 2)
		known := map[int]int{}
		for v, n := range s.domains {
			if rapid.Bool().Draw(t, "known") {
				known[v] = rapid.IntRange(0, n-1).Draw(t, "cell")
			}
		}
		moved := func(p []int) []int {
			p = slices.Clone(p)
			for v, c := range known {
				p[v] = c
			}
			return p
		}
		r, err := s.Constrain(f, known)
		same(t, s, r, err, func(_ int, p []int) Leaf { return s.Eval(f, moved(p)) })
		one := f
		for v, c := range known {
			if one, err = s.Restrict(one, v, c); err != nil {
				t.Fatal(err)
			}
		}
		if one != r {
			t.Fatal("one by one gives another diagram")
		}
	})
}

func TestNarrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawFunction(t, s, "f", 0, 1, 2)
		admitted := drawAdmitted(t, s)
		r, err := s.Narrow(f, admitted)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range eachPoint(s.domains) {
			if within(admitted, p) && s.Eval(r, p) != tf[i] {
				t.Fatalf("at %v: got %d, want %d", p, s.Eval(r, p), tf[i])
			}
		}
		for _, v := range s.Support(r) {
			if !turnsWithin(s, f, v, admitted) {
				t.Fatalf("depends on %d without need", v)
			}
		}
	})
}

func drawAdmitted(t *rapid.T, s *Store) map[int][]int {
	admitted := map[int][]int{}
	for v, n := range s.domains {
		if rapid.Bool().Draw(t, "narrow") {
			admitted[v] = rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 1, n, rapid.ID[int]).Draw(t, "admitted")
		}
	}
	return admitted
}

func within(admitted map[int][]int, p []int) bool {
	for v, cells := range admitted {
		if !slices.Contains(cells, p[v]) {
			return false
		}
	}
	return true
}

// turnsWithin reports whether v alone changes f between two admitted points.
func turnsWithin(s *Store, f Node, v int, admitted map[int][]int) bool {
	for _, p := range eachPoint(s.domains) {
		for c := range s.domains[v] {
			q := slices.Clone(p)
			q[v] = c
			if within(admitted, p) && within(admitted, q) && s.Eval(f, p) != s.Eval(f, q) {
				return true
			}
		}
	}
	return false
}

func TestCofactors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, _ := drawFunction(t, s, "f", 0, 1, 2)
		v := rapid.IntRange(0, len(s.domains)-1).Draw(t, "v")
		classes, err := s.Cofactors(f, v)
		if err != nil {
			t.Fatal(err)
		}
		var cells []int
		seen := map[Node]bool{}
		for _, class := range classes {
			if seen[class.To] {
				t.Fatal("two classes with the same result")
			}
			seen[class.To] = true
			for _, c := range class.Cells {
				cells = append(cells, c)
				if r, _ := s.Restrict(f, v, c); r != class.To {
					t.Fatalf("cell %d leads elsewhere", c)
				}
			}
		}
		slices.Sort(cells)
		if !slices.Equal(cells, s.identity(v)) {
			t.Fatalf("classes hold %v", cells)
		}
	})
}

func TestQuantifiers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawBool(t, s, "f")
		var vars []int
		for v := range s.domains {
			if rapid.Bool().Draw(t, "quantified") {
				vars = append(vars, v)
			}
		}
		points := eachPoint(s.domains)
		any := func(p []int, l Leaf) bool {
			for i, q := range points {
				agree := true
				for v := range q {
					agree = agree && (q[v] == p[v] || slices.Contains(vars, v))
				}
				if agree && tf[i] == l {
					return true
				}
			}
			return false
		}
		r, err := s.Exists(f, vars...)
		same(t, s, r, err, func(_ int, p []int) Leaf { return truth(any(p, 1)) })
		r, err = s.Forall(f, vars...)
		same(t, s, r, err, func(_ int, p []int) Leaf { return truth(!any(p, 0)) })
	})
}

func TestMoving(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, _ := drawFunction(t, s, "f", 0, 1, 2)
		var swaps []Swap
		to := map[int][]int{}
		for v, n := range s.domains {
			if rapid.Bool().Draw(t, "swap") {
				swaps = append(swaps, Swap{v, rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")})
			}
			if rapid.Bool().Draw(t, "move") {
				to[v] = rapid.SliceOfN(rapid.IntRange(0, n-1), n, n).Draw(t, "to")
			}
		}
		r, err := s.SwapCells(f, swaps...)
		same(t, s, r, err, func(_ int, p []int) Leaf {
			q := slices.Clone(p)
			for _, w := range swaps {
				switch p[w.Var] {
				case w.A:
					q[w.Var] = w.B
				case w.B:
					q[w.Var] = w.A
				}
			}
			return s.Eval(f, q)
		})
		r, err = s.MoveCells(f, to)
		same(t, s, r, err, func(_ int, p []int) Leaf {
			q := slices.Clone(p)
			for v, cells := range to {
				q[v] = cells[p[v]]
			}
			return s.Eval(f, q)
		})
	})
}

func TestRename(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 3).Draw(t, "cells")
		s := New([]int{n, n, n, n}, 0)
		f, _ := drawFunction(t, s, "f", 0, 1, 2)
		order := rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "order")
		to := map[int]int{}
		for v, w := range order {
			to[v] = w
		}
		r, err := s.Rename(f, to)
		same(t, s, r, err, func(_ int, p []int) Leaf {
			q := make([]int, 4)
			for v, w := range order {
				q[v] = p[w]
			}
			return s.Eval(f, q)
		})
	})
}
