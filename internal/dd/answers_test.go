package dd

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestLeavesAndSupport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawFunction(t, s, "f", 0, 1, 2, Impossible)
		want := slices.Compact(slices.Sorted(slices.Values(tf)))
		want = slices.DeleteFunc(want, func(l Leaf) bool { return l == Impossible })
		if got := s.Leaves(f); !slices.Equal(got, want) {
			t.Fatalf("leaves %v, want %v", got, want)
		}
		support := s.Support(f)
		for v := range s.domains {
			if turnsWithin(s, f, v, nil) != slices.Contains(support, v) {
				t.Fatalf("support %v is wrong about %d", support, v)
			}
		}
	})
}

func TestMeets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawBool(t, s, "f")
		g, tg := drawFunction(t, s, "g", 0, 1, 2, Impossible)
		for _, leaves := range [][]Leaf{{1}, {2, 0}, {0, 2}, {Impossible}, nil} {
			want := false
			for i := range tf {
				want = want || tf[i] == 1 && slices.Contains(leaves, tg[i])
			}
			nodes := len(s.nodes)
			if got, err := s.Meets(f, g, leaves...); err != nil || got != want || len(s.nodes) != nodes {
				t.Fatalf("%v: found %v, %v, want %v", leaves, got, err, want)
			}
		}
	})
}

func TestCountAndShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawFunction(t, s, "f", 0, 1, Impossible)
		var w Weights
		if rapid.Bool().Draw(t, "weighted") {
			for _, n := range s.domains {
				w = append(w, rapid.SliceOfN(rapid.Int64Range(1, 9), n, n).Draw(t, "weights"))
			}
		}
		said, possible := int64(0), int64(0)
		for i, p := range eachPoint(s.domains) {
			weight := int64(1)
			for v, c := range p {
				if w != nil {
					weight *= w[v][c]
				}
			}
			if tf[i] == 1 {
				said += weight
			}
			if tf[i] != Impossible {
				possible += weight
			}
		}
		if got := s.Count(f, 1, w); got.Cmp(big.NewInt(said)) != 0 {
			t.Fatalf("counted %v, want %d", got, said)
		}
		all := big.NewInt(0)
		for _, n := range s.Counts(f, w) {
			all.Add(all, n)
		}
		if want := s.Count(True, 1, w); all.Cmp(want) != 0 {
			t.Fatalf("the counts make %v of %v", all, want)
		}
		want := 0.0
		if possible > 0 {
			want = float64(said) / float64(possible)
		}
		if got := s.Share(f, 1, w); math.Abs(got-want) > 1e-9 {
			t.Fatalf("share %v, want %v", got, want)
		}
	})
}

func TestPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawFunction(t, s, "f", 0, 1, 2)
		var cost Cost
		if rapid.Bool().Draw(t, "with cost") {
			costs := rapid.SliceOfN(rapid.Int64Range(0, 3), 16, 16).Draw(t, "costs")
			cost = func(v, c int) int64 { return costs[4*v+c] }
		}
		choices, ok := s.Path(f, 1, cost)
		if ok != slices.Contains(tf, 1) {
			t.Fatalf("found %v", ok)
		}
		if !ok {
			return
		}
		total := int64(0)
		g := f
		for _, c := range choices {
			total += cost.of(c.Var, c.Cell)
			g, _ = s.Restrict(g, c.Var, c.Cell)
		}
		if g != True {
			t.Fatalf("%v does not force the leaf", choices)
		}
		for cube := range s.Paths(f, 1) {
			least := int64(0)
			for _, l := range cube {
				best := int64(math.MaxInt64)
				for _, c := range l.Cells {
					best = min(best, cost.of(l.Var, c))
				}
				least += best
			}
			if least < total || least == total && len(cube) < len(choices) {
				t.Fatalf("%v costs %d, %v only %d", choices, total, cube, least)
			}
		}
	})
}

func TestPaths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawFunction(t, s, "f", 0, 1, 2)
		hits := make([]int, len(tf))
		for cube := range s.Paths(f, 1) {
			for i, p := range eachPoint(s.domains) {
				if cube.Has(p) {
					hits[i]++
				}
			}
		}
		for i, l := range tf {
			if hits[i] != int(truth(l == 1)) {
				t.Fatalf("point %d is in %d paths", i, hits[i])
			}
		}
		for range s.Paths(f, 1) {
			break // stopping early is allowed
		}
	})
}

// forcedBy reports whether the choices leave nothing possible but the leaf, and
// leave it possible.
func forcedBy(s *Store, table []Leaf, l Leaf, choices []Choice) bool {
	found := false
	for i, p := range eachPoint(s.domains) {
		if slices.ContainsFunc(choices, func(c Choice) bool { return p[c.Var] != c.Cell }) {
			continue
		}
		if table[i] != l && table[i] != Impossible {
			return false
		}
		found = found || table[i] == l
	}
	return found
}

func TestImplicant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawFunction(t, s, "f", 0, 1, 2, Impossible)
		choices, ok, err := s.Implicant(f, 1)
		if err != nil {
			t.Fatal(err)
		}
		if ok != slices.Contains(tf, 1) {
			t.Fatalf("found %v", ok)
		}
		if !ok {
			return
		}
		if !forcedBy(s, tf, 1, choices) {
			t.Fatalf("%v does not force the leaf", choices)
		}
		for _, p := range eachPoint(s.domains) {
			for vars := range subsets(allVars(s), len(choices)-1) {
				var fewer []Choice
				for _, v := range vars {
					fewer = append(fewer, Choice{v, p[v]})
				}
				if forcedBy(s, tf, 1, fewer) {
					t.Fatalf("%v does with less than %v", fewer, choices)
				}
			}
		}
	})
}

func TestCover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		f, tf := drawBool(t, s, "f")
		care, tc := drawBool(t, s, "care")
		if rapid.Bool().Draw(t, "care everywhere") {
			care = True
			for i := range tc {
				tc[i] = 1
			}
		}
		cubes, err := s.Cover(f, care)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "without effort") {
			c := s.newCoverer(s.apply(opAnd, f, care), s.apply(opOr, f, s.not(care)))
			c.careful = 0
			cubes, _ = c.cover(math.MaxInt)
		}
		points := eachPoint(s.domains)
		covers := func(cubes []Cube) bool {
			for i, p := range points {
				in := slices.ContainsFunc(cubes, func(c Cube) bool { return c.Has(p) })
				if tc[i] == 1 && in != (tf[i] == 1) {
					return false
				}
			}
			return true
		}
		if !covers(cubes) {
			t.Fatalf("%v does not cover the function", cubes)
		}
		for i := range cubes {
			if covers(slices.Delete(slices.Clone(cubes), i, i+1)) {
				t.Fatalf("cube %d of %v is of no use", i, cubes)
			}
		}
		for _, cube := range cubes {
			checkMaximal(t, s, cube, points, tf, tc)
		}
	})
}

// checkMaximal fails when a cube could have another cell.
func checkMaximal(t *rapid.T, s *Store, cube Cube, points [][]int, tf, tc []Leaf) {
	for i, l := range cube {
		if len(l.Cells) == s.domains[l.Var] {
			t.Fatalf("%v names a variable in vain", cube)
		}
		for c := range s.domains[l.Var] {
			if slices.Contains(l.Cells, c) {
				continue
			}
			wider := slices.Clone(cube)
			wider[i].Cells = append(slices.Clone(l.Cells), c)
			leaves := false
			for j, p := range points {
				leaves = leaves || wider.Has(p) && tc[j] == 1 && tf[j] == 0
			}
			if !leaves {
				t.Fatalf("%v could be as wide as %v", cube, wider)
			}
		}
	}
}

func TestCoverUpTo(t *testing.T) {
	s := New([]int{2, 2, 2, 2}, 0)
	f := False // odd: eight cubes of one point each
	for v := range 4 {
		x, _ := s.Literal(v, []int{1})
		f, _ = s.Xor(f, x)
	}
	cubes, rest, err := s.CoverUpTo(f, True, 5)
	if err != nil || len(cubes) != 5 {
		t.Fatalf("%d cubes, %v", len(cubes), err)
	}
	held := False
	for _, c := range cubes {
		n, _ := s.Cube(c)
		held, _ = s.Or(held, n)
	}
	if want, _ := s.Diff(f, held); rest != want || rest == False {
		t.Fatal("the rest is not what the cubes leave")
	}
}

// The cover of a policy-like condition is the way a person would put it.
func TestCoverReads(t *testing.T) {
	s := New([]int{10, 2, 2, 6}, 0)
	member, _ := s.Literal(0, []int{1, 4, 7})
	vetted, _ := s.Literal(1, []int{1})
	assured, _ := s.Literal(2, []int{1})
	far, _ := s.Between(3, 4, 5)
	both, _ := s.And(vetted, assured)
	either, _ := s.Or(member, both)
	f, _ := s.Diff(either, far)
	cubes, err := s.Cover(f, True)
	if err != nil {
		t.Fatal(err)
	}
	want := []Cube{
		{{0, []int{1, 4, 7}}, {3, []int{0, 1, 2, 3}}},
		{{1, []int{1}}, {2, []int{1}}, {3, []int{0, 1, 2, 3}}},
	}
	if !slices.EqualFunc(cubes, want, func(a, b Cube) bool { return compareCubes(a, b) == 0 }) {
		t.Fatalf("got %v, want %v", cubes, want)
	}
	// Where nothing is far anyway, the distance is not worth mentioning.
	near, _ := s.Not(far)
	if cubes, err = s.Cover(f, near); err != nil || len(cubes) != 2 || len(cubes[0]) != 1 || len(cubes[1]) != 2 {
		t.Fatalf("got %v, %v", cubes, err)
	}
}
