package dd

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestBuild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New(drawDomains(t, 4), 0)
		care, tc := drawBool(t, s, "care")
		var rules []Rule
		var tables [][]Leaf
		for range rapid.IntRange(0, 20).Draw(t, "rules") {
			var g Node
			var tg []Leaf
			if rapid.IntRange(0, 4).Draw(t, "wild guard") == 0 {
				g, tg = drawBool(t, s, "guard")
			} else {
				cube := drawCube(t, s, "guard")
				g, _ = s.Cube(cube)
				for _, p := range eachPoint(s.domains) {
					tg = append(tg, truth(cube.Has(p)))
				}
			}
			rules = append(rules, Rule{g, rapid.Int32Range(0, 3).Draw(t, "leaf")})
			tables = append(tables, tg)
		}
		otherwise := rapid.SampledFrom([]Leaf{0, 9}).Draw(t, "otherwise")
		b, err := s.Build(rules, otherwise, care)
		same(t, s, b, err, func(i int, _ []int) Leaf {
			if tc[i] == 0 {
				return Impossible
			}
			for k, tg := range tables {
				if tg[i] == 1 {
					return rules[k].Leaf
				}
			}
			return otherwise
		})
	})
}

// What is cut short gives no half-made decision.
func TestBuildCutShort(t *testing.T) {
	p := randomPolicy(policyShape{rules: 60, vars: 8, window: 6, literals: 4}, 1)
	for limit, short := uint64(1), true; short; limit *= 2 {
		s := New(p.domains, 0)
		rules := p.rules(s)
		s.SetStepLimit(limit)
		f, err := s.Build(rules, 9, True)
		if short = err != nil; short && f != False {
			t.Fatalf("%v after %d steps, and %v", f, limit, err)
		}
	}
}

func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		uses := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 4), 0, 20).Draw(t, "uses")
		for _, order := range Orders(uses, rapid.SliceOfN(rapid.IntRange(2, 9), n, n).Draw(t, "domains"), idly) {
			seen := make([]bool, n)
			for _, v := range order {
				if seen[v] {
					t.Fatalf("%v names %d twice", order, v)
				}
				seen[v] = true
			}
			if len(order) != n {
				t.Fatalf("%v is not of %d variables", order, n)
			}
		}
	})
}

// Pairs that are used together but lie far apart in the given order come next
// to each other.
func TestOrderJoinsPairs(t *testing.T) {
	var uses [][]int
	const n = 20
	for v := range n / 2 {
		uses = append(uses, []int{v, v + n/2})
	}
	place := places(Orders(uses, make([]int, n), idly)[0])
	for _, u := range uses {
		if d := place[u[0]] - place[u[1]]; d*d != 1 {
			t.Fatalf("%v lie %d apart", u, d)
		}
	}
}

// Pulling improves on both orders it starts from.
func TestOrderPulls(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	place := r.Perm(60)
	var uses [][]int
	for range 400 {
		first := r.IntN(54)
		uses = append(uses, []int{place[first], place[first+r.IntN(6)], place[first+r.IntN(6)]})
	}
	even := make([]int, 60)
	edges, counts := conditions(uses)
	given := span(edges, counts, Orders(nil, even, idly)[0])
	walked := span(edges, counts, walk(edges, counts, 60, idly))
	if got := span(edges, counts, Orders(uses, even, idly)[0]); got >= given || got >= walked {
		t.Fatalf("span %v, of the starts %v and %v", got, given, walked)
	}
}

// Variables of few cells come first where conditions tie everything to everything,
// and nowhere else.
func TestOrderPutsFewCellsFirst(t *testing.T) {
	domains := []int{8, 2, 4, 2, 8, 3, 2, 8, 2, 2, 8, 2, 4, 2, 8}
	for _, tt := range []struct {
		rules, window int
		want          bool
	}{{300, 15, true}, {300, 6, false}, {20, 15, false}} {
		for seed := range uint64(10) {
			r := rand.New(rand.NewPCG(seed, 5))
			var uses [][]int
			for range tt.rules {
				first := r.IntN(15 - tt.window + 1)
				var use []int
				for _, v := range r.Perm(tt.window)[:3+r.IntN(3)] {
					use = append(use, first+v)
				}
				uses = append(uses, use)
			}
			order := Orders(uses, domains, idly)[0]
			if sorted := slices.IsSortedFunc(order, func(a, b int) int { return domains[a] - domains[b] }); sorted != tt.want {
				t.Errorf("%+v: %v", tt, order)
			}
		}
	}
}

// A policy whose attributes come in an unlucky order takes far more nodes than
// in the order its conditions suggest.
func TestOrderShrinks(t *testing.T) {
	p := randomPolicy(policyShape{rules: 300, vars: 30, window: 6, literals: 4}, 1)
	place := rand.New(rand.NewPCG(5, 5)).Perm(30)
	shuffled := p.moved(place)
	var uses [][]int
	for _, g := range shuffled.guards {
		var use []int
		for _, l := range g {
			use = append(use, l.Var)
		}
		uses = append(uses, use)
	}
	ordered := shuffled.moved(places(Orders(uses, shuffled.domains, idly)[0]))
	size := func(p policy) int {
		s := New(p.domains, 0)
		b, err := s.Build(p.rules(s), 9, True)
		if err != nil {
			t.Fatal(err)
		}
		return s.Size(b)
	}
	if before, after := size(shuffled), size(ordered); after*20 > before {
		t.Fatalf("%d nodes before, %d after", before, after)
	}
}

// moved gives every variable its new place.
func (p policy) moved(place []int) policy {
	q := policy{domains: make([]int, len(p.domains)), leaves: p.leaves}
	for v, n := range p.domains {
		q.domains[place[v]] = n
	}
	for _, g := range p.guards {
		var moved Cube
		for _, l := range g {
			moved = append(moved, Lit{place[l.Var], l.Cells})
		}
		slices.SortFunc(moved, func(a, b Lit) int { return a.Var - b.Var })
		q.guards = append(q.guards, moved)
	}
	return q
}

// idly goes on whatever the work.
func idly(int) {}
