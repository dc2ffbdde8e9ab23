package dd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// hard makes a diagram that grows fast in the order of its variables: it says
// whether the first half of them equals the second.
func hard(s *Store) (f Node, err error) {
	f = True
	half := s.Vars() / 2
	for v := range half {
		a, _ := s.Literal(v, []int{1})
		b, _ := s.Literal(v+half, []int{1})
		apart, err := s.Xor(a, b)
		if err != nil {
			return f, err
		}
		if f, err = s.Diff(f, apart); err != nil {
			return f, err
		}
	}
	return f, nil
}

func booleans(n int) []int { return slices.Repeat([]int{2}, n) }

func TestNodeBudget(t *testing.T) {
	s := New(booleans(40), 5000)
	_, err := hard(s)
	var over *BudgetError
	if !errors.Is(err, ErrBudget) || !errors.As(err, &over) || over.What != "nodes" || over.Limit != 5000 {
		t.Fatalf("got %v", err)
	}
	if s.Stats().Nodes > 5000 {
		t.Fatalf("%d nodes", s.Stats().Nodes)
	}
	// What fits is still answered.
	x, _ := s.Literal(0, []int{1})
	if y, err := s.And(x, x); err != nil || y != x {
		t.Fatal("the store is broken after the failure")
	}
}

// Whatever the budget, an operation gives the right answer or ErrBudget.
func TestEveryBudget(t *testing.T) {
	failed := 0
	rapid.Check(t, func(t *rapid.T) {
		domains := drawDomains(t, 3)
		free := New(domains, 0)
		f, tf := drawFunction(t, free, "f", 0, 1, Impossible)
		care, tc := drawBool(t, free, "care")
		tight := New(domains, rapid.IntRange(4, 60).Draw(t, "budget"))
		defer func() {
			if x := recover(); x != nil {
				if a, ok := x.(abort); !ok || !errors.Is(a.err, ErrBudget) {
					panic(x)
				}
			}
		}()
		if f2, care2 := fromTable(tight, tf), fromTable(tight, tc); true {
			failed += sameAnswers(t, free, f, care, tight, f2, care2)
		}
	})
	if failed == 0 && !testing.Short() { // a short run draws too few
		t.Fatal("no budget was too small")
	}
}

// sameAnswers asks two stores the same and returns how often the second ran
// out of nodes.
func sameAnswers(t *rapid.T, a *Store, f, care Node, b *Store, f2, care2 Node) (failed int) {
	ask := func(s *Store, f, care Node) []func() (string, error) {
		return []func() (string, error){
			func() (string, error) {
				one, err := s.Is(f, 1)
				if err != nil {
					return "", err
				}
				cubes, err := s.Cover(one, care)
				return fmt.Sprint(cubes), err
			},
			func() (string, error) {
				p, err := s.Questions(f, Asking{})
				return fmt.Sprint(p), err
			},
			func() (string, error) {
				c, err := s.MinimalChanges(f, make([]int, s.Vars()), allVars(s), 2)
				return fmt.Sprint(c), err
			},
			func() (string, error) {
				b, err := s.Build([]Rule{{care, 1}, {care, 2}}, 3, True)
				return fmt.Sprint(s.Leaves(b)), err
			},
			func() (string, error) {
				c, ok, err := s.Implicant(f, 1)
				return fmt.Sprint(c, ok), err
			},
		}
	}
	wants, gots := ask(a, f, care), ask(b, f2, care2)
	for i := range wants {
		want, err := wants[i]()
		if err != nil {
			t.Fatal(err)
		}
		got, err := gots[i]()
		switch {
		case errors.Is(err, ErrBudget):
			failed++
		case err != nil:
			t.Fatal(err)
		case got != want:
			t.Fatalf("got %s, want %s", got, want)
		}
	}
	return failed
}

func TestStepLimit(t *testing.T) {
	s := New(booleans(40), 0)
	s.SetStepLimit(1000)
	if _, err := hard(s); !errors.Is(err, ErrBudget) {
		t.Fatalf("got %v", err)
	}
	s.SetStepLimit(0)
	s = New(booleans(20), 0)
	s.SetStepLimit(1_000_000)
	if _, err := hard(s); err != nil {
		t.Fatal(err)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := New(booleans(40), 0)
	s.SetContext(ctx)
	if _, err := hard(s); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if n := s.Stats().Steps; n > 5000 {
		t.Fatalf("went on for %d steps", n)
	}
}

func TestArguments(t *testing.T) {
	s := New([]int{2, 3}, 0)
	five, _ := s.Leaf(5)
	six, _ := s.Leaf(6)
	for name, call := range map[string]func() error{
		"variable":  func() error { _, err := s.Literal(2, nil); return err },
		"cell":      func() error { _, err := s.Literal(1, []int{3}); return err },
		"range":     func() error { _, err := s.Between(0, 1, 2); return err },
		"restrict":  func() error { _, err := s.Restrict(True, 0, -1); return err },
		"constrain": func() error { _, err := s.Constrain(True, map[int]int{1: 3}); return err },
		"narrow":    func() error { _, err := s.Narrow(True, map[int][]int{1: nil}); return err },
		"swap":      func() error { _, err := s.SwapCells(True, Swap{0, 0, 2}); return err },
		"move":      func() error { _, err := s.MoveCells(True, map[int][]int{0: {0}}); return err },
		"rename":    func() error { _, err := s.Rename(True, map[int]int{0: 1}); return err },
		"quantify":  func() error { _, err := s.Exists(True, 9); return err },
		"changes":   func() error { _, err := s.MinimalChanges(True, nil, nil, 1); return err },
		"leaf":      func() error { _, err := s.Leaf(clash); return err },
	} {
		if err := call(); !errors.Is(err, ErrArgument) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for name, call := range map[string]func(f, g Node) (Node, error){"and": s.And, "or": s.Or, "xor": s.Xor, "diff": s.Diff} {
		if _, err := call(five, six); !errors.Is(err, ErrNotBoolean) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := s.Ite(five, six, True); !errors.Is(err, ErrNotBoolean) {
		t.Errorf("ite: got %v", err)
	}
}

// After a release the store is as if the work since the mark had never been:
// the old diagrams stand, and new ones are right and canonical.
func TestMarkRelease(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 3), 0)
		f, tf := drawBool(t, s, "f")
		for range 3 {
			before := s.Stats()
			m := s.Mark()
			g, tg := drawBool(t, s, "g")
			inner := s.Mark()
			r, err := s.And(f, g)
			same(t, s, r, err, func(i int, _ []int) Leaf { return tf[i] * tg[i] })
			if _, err = s.Leaf(77); err != nil {
				t.Fatal(err)
			}
			s.Release(inner)
			r, err = s.Or(f, g)
			same(t, s, r, err, func(i int, _ []int) Leaf { return max(tf[i], tg[i]) })
			s.Release(m)
			if after := s.Stats(); after.Nodes != before.Nodes || after.Runs != before.Runs {
				t.Fatalf("%+v before, %+v after", before, after)
			}
			r, err = s.Not(f)
			same(t, s, r, err, func(i int, _ []int) Leaf { return 1 - tf[i] })
			f, tf = r, slices.Clone(tf)
			for i := range tf {
				tf[i] = 1 - tf[i]
			}
		}
	})
}

// A long row of marked work neither grows the store nor spoils it, although
// node names come again for other diagrams.
func TestMarkReleaseLarge(t *testing.T) {
	s := New(booleans(20), 0)
	nodes := s.Stats().Nodes
	for i := range 20 {
		m := s.Mark()
		x, _ := s.Literal(i, []int{1})
		f := True // variable v differs from variable v+5+i%5, for the first ten
		for v := range 10 {
			a, _ := s.Literal(v, []int{1})
			b, _ := s.Literal(v+5+i%5, []int{1})
			apart, _ := s.Xor(a, b)
			f, _ = s.And(f, apart)
		}
		g, _ := s.Or(f, x)
		fresh := New(booleans(20), 0)
		if h := copyOf(fresh, s, g, map[Node]Node{}); fresh.Size(h) != s.Size(g) {
			t.Fatal("not canonical")
		}
		for p := range 1 << 10 {
			point := make([]int, 20)
			for v := range 20 {
				point[v] = (p * 1021 >> (v % 10)) & 1
			}
			want := true
			for v := range 10 {
				want = want && point[v] != point[v+5+i%5]
			}
			if s.Eval(g, point) != truth(want || point[i] == 1) {
				t.Fatalf("round %d: wrong at %v", i, point)
			}
		}
		s.Release(m)
	}
	if n := s.Stats().Nodes; n != nodes {
		t.Fatalf("%d nodes, %d before", n, nodes)
	}
}

// copyOf makes a diagram of another store anew.
func copyOf(to, from *Store, f Node, done map[Node]Node) Node {
	if l, ok := from.Constant(f); ok {
		return to.leaf(l)
	}
	r, ok := done[f]
	if !ok {
		kids := make([]run, 0, 2)
		for _, k := range from.kids(f) {
			kids = append(kids, run{k.hi, copyOf(to, from, k.to, done)})
		}
		base := len(to.tmp)
		for _, k := range kids {
			to.push(base, k.hi, k.to)
		}
		r = to.mk(from.level(f), base)
		done[f] = r
	}
	return r
}

func TestClone(t *testing.T) {
	s := New(booleans(20), 0)
	f, _ := hard(s)
	c := s.Clone()
	done := make(chan Node)
	go func() {
		x, _ := c.Literal(3, []int{0})
		g, _ := c.And(f, x)
		done <- g
	}()
	x, _ := s.Literal(3, []int{0})
	g, _ := s.And(f, x)
	if h := <-done; h != g {
		t.Fatalf("node %d in the copy, %d in the store", h, g)
	}
}

// A copy searches in its own room, not in what the store had for its last search.
func TestCloneSearches(t *testing.T) {
	s := New(booleans(12), 0)
	f, _ := hard(s)
	ask := func(s *Store, f Node) (int, []Choice) {
		p, err := s.Questions(f, Asking{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		choices, _, err := s.Implicant(f, 1)
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Questions), choices
	}
	ask(s, f)
	c := s.Clone()
	x, _ := c.Literal(3, []int{0})
	g, _ := c.And(f, x)
	done := make(chan bool)
	go func() {
		ask(s, f)
		done <- true
	}()
	asked, choices := ask(c, g)
	<-done
	if asked != len(c.Support(g)) || !slices.Contains(choices, Choice{3, 0}) {
		t.Fatalf("%d questions, %v", asked, choices)
	}
}

// Country lists over a wide domain take a node each, and few runs.
func TestWideDomain(t *testing.T) {
	s := New([]int{249, 60000, 2}, 0)
	member := make([]int, 0, 35)
	for c := 3; c < 249; c += 7 {
		member = append(member, c)
	}
	in, _ := s.Literal(0, member)
	high, _ := s.Between(1, 30000, 59999)
	f, _ := s.And(in, high)
	if n := s.Size(f); n != 4 {
		t.Fatalf("%d nodes", n)
	}
	if got, want := s.Count(f, 1, nil).Int64(), int64(len(member)*30000*2); got != want {
		t.Fatalf("counted %d, want %d", got, want)
	}
	if runs := s.Stats().Runs; runs > 200 {
		t.Fatalf("%d runs", runs)
	}
}

// Two stores that are asked the same do the same work.
func TestSameWork(t *testing.T) {
	work := func() (string, Stats) {
		p := randomPolicy(policyShape{rules: 120, vars: 12, window: 6, literals: 4}, 7)
		s := New(p.domains, 0)
		b, err := s.Build(p.rules(s), 9, True)
		if err != nil {
			t.Fatal(err)
		}
		one, _ := s.Is(b, 1)
		cubes, _, err := s.CoverUpTo(one, True, 20)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := s.Questions(b, Asking{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		changes, err := s.MinimalChanges(one, make([]int, 12), allVars(s), 2)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(b, cubes, plan, changes), s.Stats()
	}
	first, stats := work()
	for range 3 {
		if again, st := work(); again != first || st != stats {
			t.Fatalf("%+v, then %+v", stats, st)
		}
	}
}
