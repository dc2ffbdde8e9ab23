package match

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// randomCubes draws cubes over a few variables, some with many cells.
func randomCubes(r *rand.Rand, n int) (domains []int, cubes []Cube) {
	for range 1 + r.IntN(6) {
		domains = append(domains, []int{2, 3, 5, 40, 300, 5000}[r.IntN(6)])
	}
	for range n {
		var c Cube
		for v, d := range domains {
			if r.IntN(2) == 0 {
				continue
			}
			var cells []Span
			switch r.IntN(5) {
			case 0: // none: what contradicts itself
			case 1:
				lo := 1 + uint32(r.IntN(d))
				cells = []Span{{lo, lo + uint32(r.IntN(d-int(lo)+1))}}
			case 2:
				lo := 1 + uint32(r.IntN(d))
				cells = Others([]Span{{lo, lo}}, d)
			default:
				lo := 1 + uint32(r.IntN(min(d, 20)))
				cells = []Span{{lo, lo}}
			}
			c = append(c, Literal{v, cells})
		}
		cubes = append(cubes, c)
	}
	return domains, cubes
}

// brute says which cubes hold, and which hold or may, by looking at each.
func brute(cubes []Cube, cells []uint32) (sure, maybe []uint32) {
	for i, c := range cubes {
		holds, may := true, true
		for _, l := range c {
			switch cell := cells[l.Var]; {
			case cell == Unknown:
				holds = false
			case !slices.ContainsFunc(l.Cells, func(s Span) bool { return s.Lo <= cell && cell <= s.Hi }):
				holds, may = false, false
			}
		}
		if holds {
			sure = append(sure, uint32(i))
		} else if may {
			maybe = append(maybe, uint32(i))
		}
	}
	return sure, maybe
}

// found reads hits as sorted numbers; what is sure in one hit is not open in another.
func found(x *Index, hits []Hit) (sure, maybe []uint32) {
	for _, h := range hits {
		sure, maybe = x.Cubes(h, sure, maybe)
	}
	slices.Sort(sure)
	slices.Sort(maybe)
	sure, maybe = slices.Compact(sure), slices.Compact(maybe)
	maybe = slices.DeleteFunc(maybe, func(c uint32) bool { return slices.Contains(sure, c) })
	return slices.Clip(sure), maybe
}

func TestFindEqualsLookingAtEach(t *testing.T) {
	classed := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		domains, cubes := randomCubes(r, []int{1, 5, 64, 65, 200, 1500}[r.IntN(6)])
		var about []int32
		if r.IntN(2) == 0 {
			for range cubes {
				about = append(about, int32(r.IntN(1+len(cubes)/3)))
			}
		}
		x := Build(domains, cubes, about, 1<<30, func(int) {})
		classes := map[string]uint32{}
		for range 60 {
			cells := make([]uint32, len(domains))
			known, full := x.point(), true
			for v, d := range domains {
				cells[v] = 1 + uint32(r.IntN(min(d, 25)))
				if r.IntN(4) == 0 {
					cells[v] = 1 + uint32(r.IntN(d))
				}
				if r.IntN(8) == 0 {
					cells[v], full = Unknown, false
				}
				known.Set(x, v, cells[v])
			}
			wantSure, wantMaybe := brute(cubes, cells)
			sure, maybe := found(x, x.FindOpen(known, nil))
			if diff := cmp.Diff([][]uint32{wantSure, wantMaybe}, [][]uint32{sure, maybe}, equalEmpty); diff != "" {
				t.Fatalf("seed %d, %d cubes over %v at %v: %s", seed, len(cubes), domains, cells, diff)
			}
			if !full {
				continue
			}
			sure, maybe = found(x, x.Find(known, nil))
			if diff := cmp.Diff([][]uint32{wantSure, nil}, [][]uint32{sure, maybe}, equalEmpty); diff != "" {
				t.Fatalf("seed %d, %d cubes over %v at %v, all known: %s", seed, len(cubes), domains, cells, diff)
			}
			if h, ok := x.FindOne(known); ok {
				if hits := x.Find(known, nil); len(hits) != 1 || hits[0] != h {
					t.Fatalf("seed %d: one way leads to %v, all to %v", seed, h, hits)
				}
			}
			if class, ok := x.Class(known); ok != (x.Classes() > 0) {
				t.Fatalf("seed %d: a point of %d classes is in none of them", seed, x.Classes())
			} else if ok {
				classed++
				key := fmt.Sprint(aboutOf(wantSure, about))
				if other, seen := classes[key]; seen && other != class || !seen && slices.Contains(slices.Collect(maps.Values(classes)), class) {
					t.Fatalf("seed %d, %d cubes over %v at %v: class %d, and %v", seed, len(cubes), domains, cells, class, classes)
				}
				classes[key] = class
			}
			if one, ok := x.One(); ok {
				m := one.All
				for i, off := range one.Offs {
					m &= one.Sure[off+known[i]]
				}
				if h := x.Find(known, nil); len(h) != 1 || h[0].Sure != m {
					t.Fatalf("seed %d: the one block says %b, the index %v", seed, m, h)
				}
			}
		}
	}
	if classed < 100 {
		t.Errorf("%d points only had a class", classed)
	}
}

var equalEmpty = cmp.Transformer("empty", func(s []uint32) string { return fmt.Sprint(s) })

func (x *Index) point() Point { return make(Point, x.Width()) }

// aboutOf is what some cubes are about, each once, in order.
func aboutOf(ids []uint32, about []int32) []int32 {
	var out []int32
	for _, id := range ids {
		if about == nil {
			out = append(out, int32(id))
		} else {
			out = append(out, about[id])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestTreeStaysSmall builds the tree of many cubes
// that two variables tell apart: each stands in one place, with one table left.
func TestTreeStaysSmall(t *testing.T) {
	domains := []int{600, 250, 101}
	var cubes []Cube
	r := rand.New(rand.NewPCG(1, 1))
	for range 50_000 {
		c, d, k := 1+uint32(r.IntN(600)), 1+uint32(r.IntN(250)), 1+uint32(r.IntN(100))
		cubes = append(cubes, Cube{{0, []Span{{c, c}}}, {1, []Span{{d, d}}}, {2, []Span{{1, k}}}})
	}
	x := Build(domains, cubes, nil, 1<<30, func(int) {})
	if n := len(x.cubes) + len(x.lone); n > len(cubes)*101/100 {
		t.Errorf("%d cubes stand in %d places", len(cubes), n)
	}
	if n := len(x.shapes); n > 20 {
		t.Errorf("the blocks have %d shapes", n)
	}
}

func TestSpans(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		const n = 12
		draw := func() (s []Span, in [n + 1]bool) {
			for c := uint32(1); c <= n; c++ {
				if r.IntN(2) == 0 {
					s, in[c] = Either(s, []Span{{c, c}}), true
				}
			}
			return s, in
		}
		a, inA := draw()
		b, inB := draw()
		both, either, others := Both(a, b), Either(a, b), Others(a, n)
		for c := uint32(1); c <= n; c++ {
			if Has(both, c) != (inA[c] && inB[c]) || Has(either, c) != (inA[c] || inB[c]) || Has(others, c) == inA[c] {
				t.Fatalf("%v %v at %d: both %v, either %v, others %v", a, b, c, both, either, others)
			}
		}
		for i := 1; i < len(either); i++ {
			if either[i].Lo <= either[i-1].Hi+1 {
				t.Fatalf("%v touch", either)
			}
		}
	}
}
